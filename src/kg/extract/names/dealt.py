"""Firms and funds that no list knows, by the frames of deals that only they fill: 由甲领投、乙跟投, 收购丙51%股权."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.asides import SHARE_CODE
from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC, kind_of_fund
from kg.extract.names.lists import parted
from kg.extract.text.tokens import between, boundary
from kg.extract.text.words import ending_type, plain_words, stop_words, titles, trade_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_ONE = r"(?P<who>[^,。;:!?、和与及%“”()]{2,16}?)"
_LIST = r"(?P<who>[^,。;:!?%]{2,80}?)"
_SHARES = r"(?:的)?(?:[\d.]+%|全部|部分|少数|控股|多数|剩余)+(?:的)?(?:股权|股份|权益)"
_HOLDS = (
    r"(?:收购|并购|购买|受让|转让|出售|持有|所持|增持|减持|认购|竞得|拍得)(?:了|其|所持(?!有的)|所(?!持)|持有的|的|旗下|控股子公司|全资子公司|参股公司)*"
)
_ROLE = (
    r"(?:(?>(?:(?!轮)[\u4e00-\u9fff]){0,3}轮|基石|主要|社会|财政|其他|新增|新进|老|机构|战略|财务(?!顾问)|产业|联合|执行|普通|有限|独家|基金|[领跟参](?!投方))*+"
    r"(?:投资方|投资人|投资者|投资机构|领投方|跟投方|参投方|出资人|出资方|合伙人|管理人|财务顾问|保荐机构|主承销商|股东方?|收购方|受让方|转让方))"
)
_LEADS = (
    r"(?:领投|跟投|参投|联投|追投|追加投资|独家投资|战略投资|战略入股|加注"
    r"|(?:担任|出任|作为)[^,。;]{0,8}?(?:财务顾问|保荐机构|保荐人|管理人))(?![者人方])"
)
_HOW = r"(?:联合|共同|独家|超额|继续|持续|分别|再次|多轮|连续|均|也|参与|本轮|追加)*"
_KIND = r"[^,。;:、由与和向对在“”]{2,12}(?:企业|公司|独角兽|厂商|(?:研发|开发|服务|供应|制造|运营|生产)商)"
_DOES = r"日前|近日|宣布|完成|获得?(?!奖)|拿到|登陆|递交|冲刺|斩获|披露|已?完成|顺利|正式|再获|连获"
_FRAMES = tuple(
    re.compile(frame)
    for frame in (
        rf"{_HOLDS}{_ONE}{_SHARES}",
        rf"(?:由|获得?|来自){_LIST}(?:等)?(?:[\d一二三四五六七八九十多]+家)?(?:机构|公司|企业|资本)?{_HOW}{_LEADS}",
        rf"轮(?:融资)?(?:还|又|再|中|成功|先后)*(?:引入|引进)(?:了)?{_LIST}(?=等|作为|为|的|,|。|;|$)",
        rf"由{_LIST}(?:等)?(?:[两三四五六七八九十\d]+[方家])(?:共同)?(?:合资|出资|持股|控股)",
        rf"{_ROLE}(?:还|则|主要|分别|新增了?)*(?:为|是|有|包括了?|涵盖|系){_LIST}(?=等|,|。|;|$)",
        rf"^(?:[\u4e00-\u9fff]{{1,4}}类|母基金|创投|私募|银行|保险|券商|信托|租赁|持牌机构|投资机构)(?:机构)?:{_LIST}(?=$|,|。|;)",
        rf"(?:已?投出了?|已投资?了?(?!出)|投资了|参投了?|投中了?|累计投资了?){_LIST}等\d*(?:余|多)?(?:个|家)?(?:优质|明星|重点|科技|硬科技)*(?:项目|企业|公司)",
        rf"(?:(?<=^)|(?<=[,;。:])){_KIND}{_ONE}(?={_DOES})",
        rf"(?:管理人|普通合伙人|投资机构|收购方|老股东){_ONE}(?=面向|负责|向|共同|联合|发起|担任|出资|表示|获得|持有|以)",
        rf"(?:(?<=^)|(?<=[,;、。:])){_ROLE}?(?:还|则)?{_LIST}(?:等)?(?:[\d一二三四五六七八九十多]+家)?(?:机构|公司|企业)?{_HOW}{_LEADS}",
        rf"(?:(?<=^)|(?<=[,;、。:和与及由])){_ONE}\({SHARE_CODE}\)",
    )
)
_DEAL = re.compile(rf"投|股|轮|合资|融资|上市|类:|母基金:|机构:|财务顾问|管理人|合伙人|[收受转][购让]方|\({SHARE_CODE}")
_APART = re.compile(r"、|以及|及|和|与")
_LED = re.compile(
    rf"{_ROLE}|(?:知名|国内|国际|头部|上市|专业|其中|包括|来自|一家|上市公司|龙头企业|投资机构|美元基金|产业资本|现有|此外|还有|本轮融资|融资)+"
)
_NO_FIRM = re.compile(
    r".*(?:机构|投资[者人方]|股东|资金|资本方|团队|双方|各方|多家|若干|员工|管理层|标的公司|目标公司|被投企业|个人|自然人|产品|业务|项目|轮|融资|元)$"
)


def dealt_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The items of each list in such a frame that have the build of a name."""
    if not _DEAL.search(sentence.text):
        return
    for frame in _FRAMES:
        for match in frame.finditer(sentence.text):
            for start, end in _items(sentence, *match.span("who")):
                if _fits(sentence, start, end, rules):
                    yield candidate(sentence, start, end, _type(sentence.text[start:end]), "listed-dealt")


def _items(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of a list's items, without what leads up to one."""
    for a, b in parted(sentence, _APART, start, end):
        led = _LED.match(sentence.text, a, b)
        yield (led.end() if led else a), b


def _fits(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item can be a firm's or fund's name: words that a name is made of, and no common noun."""
    text = sentence.text[start:end]
    if not 3 <= end - start <= 16 or not boundary(sentence, start) or not boundary(sentence, end):
        return False
    if any(kind.fullmatch(text) for kind in (_NO_FIRM, GENERIC, kind_of_fund(rules))) or text in plain_words(rules):
        return False
    tokens = between(sentence, start, end)
    if [t.tag for t in tokens] == ["PER"] or re.search(titles(rules), text):
        return False
    if any(t.tag in _NEVER and t.word != "微" for t in tokens):
        return False
    tails = trade_words(rules)
    if any(t.word in stop_words(rules) for t in tokens if len(t.word) > 1 and t.word not in tails) or _TWO.search(text):
        return False
    if tokens[-1].tag in ("v", "vd", "ad") and tokens[-1].word not in tails:
        return False
    return ending_type(text, rules) in _OWN and text not in trades(rules)


# Two names, or a name and what it does.
_TWO = re.compile(
    r"(?:公司|集团|基金|资本|创投|股份)(?!管理|控股|投资|股份|有限|合伙|集团|发展|创业|实业|国际|科技)[\u4e00-\u9fff]{2}"
)
_NEVER = frozenset({"u", "r", "d", "xc", "w", "p", "c", "TIME", "q"})
_OWN = frozenset({None, EntityType.COMPANY, EntityType.FUND})


def _type(text: str) -> EntityType:
    return EntityType.FUND if text.endswith("基金") else EntityType.COMPANY

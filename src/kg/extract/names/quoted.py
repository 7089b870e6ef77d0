"""Names that stand in quotation marks or book-title marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import ends_common_word
from kg.extract.names.goods import is_goods
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import alternation, any_of, ending_type, endings
from kg.records import EntityType, Sentence
from kg.rules import Rules

_QUOTE = re.compile(r"“(?P<a>[^“”\n]{2,30})”|‘(?P<b>[^‘’]{2,30})’|「(?P<c>[^「」]{2,30})」|『(?P<d>[^『』]{2,30})』")
_BOOK = re.compile(r"《(?P<a>[^《》]{2,60})》")
_RULES_OF = re.compile(r"[0-9一二三四五六七八九十]+条(?:措施|政策|意见)?(?:\d\.0)?$")
_ONE_OF = re.compile(r"(?:之一|成员|的?成员企业)")
_SMALL = re.compile(r"[二三四五六七八九十百\d]+(?:小龙|小虎|虎|强|雄|朵金花|大金刚|巨头|剑客|杰|龙|小巨头|姐妹|兄弟)$")
_CLAUSE = re.compile(r"[。!?;:,]")
_POLICY_HEADS = (
    "改革|规划|战略|计划|行动|倡议|政策|措施|机制|模式|理念|新理念|新模式|制度|办法|方案|思想|"
    "目标|发展目标|奋斗目标|要求|新机制|实事"
)
_PROJECT_HEADS = "项目|工程|干线"


@lru_cache(maxsize=4)
def _heads(rules: Rules) -> re.Pattern[str]:
    """What may follow a closing quote and be the head of the quoted name."""
    ends = alternation(endings(rules)[1])
    return re.compile(rf"(?:{ends}|{_POLICY_HEADS}|{_PROJECT_HEADS})")


# A chain of kinds (“众创空间—孵化器—加速器”) is no name.
_CHAIN = re.compile(r"[\u4e00-\u9fff]{2,6}(?:(?:—|-|→|\+|＋)[\u4e00-\u9fff]{2,6}){2,}")


def quoted_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The readings of every quotation in a sentence."""
    for match in _QUOTE.finditer(sentence.text):
        inside = next(g for g in match.groups() if g)
        at = match.start() + 1
        if _CLAUSE.search(inside) or _CHAIN.fullmatch(inside):
            continue
        found = _headed(sentence, match, inside, rules) or _bare(sentence, match, inside, rules)
        if found:
            yield (
                found
                if found.start != match.start() + 1
                else candidate(sentence, at, at + len(inside), found.type, found.rule, name=found.name)
            )


def _headed(sentence: Sentence, match: re.Match[str], inside: str, rules: Rules) -> Candidate | None:
    """“…”合作论坛, “…”改革: the quotation with its head."""
    head = _heads(rules).match(sentence.text, match.end())
    longer = _longest_head(sentence, match.end(), rules)
    if longer is not None and (head is None or longer.end() > head.end()):
        head = longer
    if head is None or not boundary(sentence, head.end()) or ends_common_word(head[0][-2:]):
        return None
    plain = EntityType.PROJECT if re.fullmatch(_PROJECT_HEADS, head[0]) else EntityType.POLICY
    type_ = ending_type("某" + head[0], rules) or plain
    if re.fullmatch(_POLICY_HEADS, head[0]):
        return _policy(sentence, match, inside, head, rules)
    if type_ in (EntityType.COMPANY, EntityType.PERSON, EntityType.PLACE, EntityType.BODY):
        return None
    if head[0] in ("称号", "荣誉", "荣誉称号"):
        return candidate(sentence, match.start() + 1, match.end() - 1, EntityType.AWARD, "quoted-title")
    return candidate(sentence, match.start(), head.end(), type_, "quoted-head")


@lru_cache(maxsize=4)
def _longer(rules: Rules) -> re.Pattern[str]:
    """A head with nouns before it: “…”区域合作论坛, “…”2025年春季推介会."""
    return re.compile(rf"(?:\d{{4}}年?)?[\u4e00-\u9fff]{{1,16}}(?:{endings(rules)[0].pattern})")


def _longest_head(sentence: Sentence, at: int, rules: Rules) -> re.Match[str] | None:
    """The longest run of nouns after a quotation that ends with the ending of a thing, not of a place or firm."""
    match = _longer(rules).match(sentence.text, at)
    while match is not None:
        ending = [m for m in endings(rules)[0].finditer(match[0]) if m.end() == len(match[0])]
        fits = ending and endings(rules)[1][ending[0][0]].type not in _NO_HEADS
        if fits and _nominal(sentence, at, match.end()):
            return match
        match = _longer(rules).match(sentence.text, at, match.end() - 1)
    return None


_NO_HEADS = frozenset(
    {EntityType.COMPANY, EntityType.PERSON, EntityType.PLACE, EntityType.ZONE, EntityType.UNIVERSITY, EntityType.BODY}
)


def _nominal(sentence: Sentence, start: int, end: int) -> bool:
    plain = all(
        t.tag in NOMINAL or t.tag in ("a", "m", "TIME", "b") or t.word in ("集中", "联合", "专场", "专题")
        for t in between(sentence, start, end)
    )
    return boundary(sentence, end) and plain


def _policy(
    sentence: Sentence, match: re.Match[str], inside: str, head: re.Match[str], rules: Rules
) -> Candidate | None:
    """A quoted policy: with the head where it is its own kind of document, bare where the head only comments."""
    if _ending_type(inside, rules) not in (None, EntityType.POLICY):
        return None
    if re.fullmatch("改革|规划|战略|计划|行动|倡议|政策|工程|实事", head[0]):
        return candidate(sentence, match.start(), head.end(), EntityType.POLICY, "quoted-policy-head")
    return candidate(sentence, match.start() + 1, match.end() - 1, EntityType.POLICY, "quoted-policy")


def _ending_type(text: str, rules: Rules) -> EntityType | None:
    """The type of the ending that closes a text; that of a place is none, since roads and lakes end many slogans."""
    found = ending_type(text, rules)
    return None if found is EntityType.PLACE else found


def _bare(sentence: Sentence, match: re.Match[str], inside: str, rules: Rules) -> Candidate | None:
    """A quotation that is the whole name: by its own ending, or by the words before or after it."""
    start, end = match.start() + 1, match.end() - 1
    before, after = sentence.text[max(0, match.start() - 10) : match.start()], sentence.text[match.end() :]
    won = _won(rules).search(sentence.text[: match.start()])
    shape = _by_shape(inside, after, rules) or _street(sentence, inside)
    type_ = EntityType.AWARD if won and shape is not EntityType.GROUP else shape or _by_context(before, after, rules)
    if type_ in (EntityType.ZONE, EntityType.FACILITY) and re.search("[的中]|一流", inside):
        return None
    if type_ is EntityType.POLICY and _PUBLISHED.search(inside):
        return None
    if type_ in (EntityType.COMPANY, EntityType.PRODUCT) and shape is None and not _nominal(sentence, start, end):
        return None
    return candidate(sentence, start, end, type_, "quoted-" + type_.value.lower()) if type_ else None


_PUBLISHED = re.compile(r"(?:指数|指标|榜单?|排行榜|报告|年报|蓝皮书|手册|地图|画像|贷|保|险|卡|通)$")  # no policies


@lru_cache(maxsize=4)
def _won(rules: Rules) -> re.Pattern[str]:
    """A verb of winning before a quotation, others won beside it included."""
    verb = any_of(rules, "win")
    return re.compile(
        rf"{verb}(?:了|过|为|的|到)?(?:国家级?|全国|首批|省级?|年度|\d{{4}}年度?)*(?:“[^”]{{2,30}}”[、,和及]?)*$"
    )


_STREET = re.compile(r".(?:大街|街|大道|长廊|走廊|创新廊|光都|硅巷)$")
_TRADED = re.compile(r"企业|产业|集群|打造|建设|形成|崛起|构筑|称为|誉为|称作|叫作|名为|美誉|之称")


def _street(sentence: Sentence, inside: str) -> EntityType | None:
    """A street, row or corridor of firms that goes by a name in quotation marks (“机器人大街”): a branded cluster."""
    branded = _STREET.search(inside) and _TRADED.search(sentence.text)
    return EntityType.VALLEY if branded else None


def _by_shape(inside: str, after: str, rules: Rules) -> EntityType | None:
    if _RULES_OF.search(inside) or re.search(r"..(?:计划|行动|工程|战略|改革|新政|方案|攻坚战|保卫战)$", inside):
        return EntityType.POLICY
    if _SMALL.search(inside) or (_ONE_OF.match(after) and re.search(r"[一二三四五六七八九十\d]", inside)):
        return EntityType.GROUP
    return _ending_type(inside, rules)


# The noun right before a quotation that says what the quoted name is of.
_TOLD = (
    (EntityType.PROJECT, re.compile(r"(?:项目|课题|专项|工程)(?:——|:)?$")),
    (
        EntityType.PRODUCT,
        re.compile(r"(?:产品|新品|手游|网游|游戏|软件|大?模型|芯片|机器人|无人机|卫星|新药|疫苗|车型|设备|系统)$"),
    ),
    (EntityType.COMPANY, re.compile(r"(?:公司|企业|厂商|初创团队|独角兽|新锐)$")),
)


def _by_context(before: str, after: str, rules: Rules) -> EntityType | None:
    if not re.match(r"[,。;、)(“和与及]|等|$|[的在是已将由获于]", after):
        return None
    told = next((type_ for type_, noun in _TOLD if noun.search(before)), None)
    if told is not None:
        return told
    if not re.match(r"[,。;、)(“和与及]|等|$", after):
        return None
    if re.search(any_of(rules, "policyverb") + r"(?:了|好|的|实|一批|以|“[^”]*”、?|和|与|、)?[^,。;]{0,3}$", before):
        return None if _OF_GOODS.search(before) or is_goods(before, rules) else EntityType.POLICY
    return None


_OF_GOODS = re.compile(r"(?:云平台|应用|App|APP|星座|飞船|服务)$")


def titled_works(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """《…规划》, 《…条例》 are policies; 《…日报》 or 杂志《…》 media; other works are left alone."""
    for match in _BOOK.finditer(sentence.text):
        before = sentence.text[max(0, match.start() - 4) : match.start()]
        after = sentence.text[match.end() : match.end() + 2]
        if re.search(
            r"[0-9一二三四五六七八九十]条$|(?:规划|意见|办法|条例|方案|计划|纲要|措施|政策|细则|规定|通知|决定|法|白皮书|协议|目录)(?:\(.*\))?$",
            match["a"],
        ):
            yield candidate(sentence, match.start() + 1, match.end() - 1, EntityType.POLICY, "quoted-document")
        elif (
            re.search(r"杂志|期刊|报刊", before)
            or after.startswith(("杂志", "报", "期刊"))
            or re.search(r"(?:日报|晚报|时报|报|周刊|杂志)$", match["a"])
        ):
            yield candidate(sentence, match.start() + 1, match.end() - 1, EntityType.MEDIA, "quoted-media")

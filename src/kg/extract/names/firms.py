"""Firms that go by a short name with a trade word (…生物, …资本), a place before it or not, and by a foreign name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.text.tokens import PROPER, between, boundary, token_at
from kg.extract.text.words import goods_words, places, plain_words, stop_words, titles, trade_words, trades, words
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

_GOES_ON = frozenset({"v", "vd", "d", "ad", "p", "c", "w", "u", "f", "m", "TIME"})
_TAIL_TAGS = frozenset({"n", "nz", "vn", "a", "an", "nw", "ORG"})
# Public investors are named after their city alone.
_OF_PLACE = frozenset("国投 城投 产投 交投 科投 文投 农投 水投 金控 国控 国资 建投 旅投 创投 城建 文旅 能投".split())
_LONGEST_FRONT = 4
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>[A-Z][A-Za-z&]{2,}(?:[ \-][A-Z][A-Za-z&]+){0,3}(?: (?:Inc|Ltd|LLC|GmbH|AG|SA|Co)\b\.?)?)"
)
_LATIN_BEFORE = re.compile(
    r"(?:企业|公司|巨头|集团|龙头|品牌|厂商|机构|供应商|服务商|制造商|开发商|运营商|独角兽|美国|德国|日本|法国|英国|韩国|瑞士|荷兰|瑞典|"
    r"以色列|丹麦|芬兰|意大利|西班牙|加拿大|新加坡|奥地利|比利时|爱尔兰|挪威|印度|澳大利亚)$"
)
_LATIN_AFTER = re.compile(
    r"(?:公司|集团)?(?:在|于)?[^,。;]{0,10}?(?:设立|投资|宣布|收购|入驻|落户|签约|合作|建厂|参股|推出|共建|成立)"
)


# A foreign firm whose kind stands before its name, and that no noun follows.
_LATIN_KIND = re.compile(
    r"(?:[\u4e00-\u9fff]{2}(?:企业|公司|巨头|厂商|供应商|服务商|制造商|开发商|运营商|独角兽)|(?:创办|创立)的)$"
)
_LATIN_GOES_ON = re.compile("[,。;、)则也还已正将把在于]|的|[今去前]年|近日|日前|(?:19|20)\\d\\d年|$")


def _told_latin(text: str, name: re.Match[str]) -> bool:
    """Whether a kind of firm opens its clause or attribute and the name closes it."""
    told = _LATIN_KIND.search(text, 0, name.start()) and _LATIN_GOES_ON.match(text, name.end())
    return bool(told) and not name["name"].isupper()


# State works called by their number: 中国一重, 中国二十冶, 中建三局.
_NUMBERED = re.compile(
    r"中国(?:第)?[一二三四五六七八九十]{1,3}(?:汽|重|拖|冶|航|化建)|中(?:建|铁|交|冶|电建)[一二三四五六七八九十]{1,3}(?:局|航局|公局)"
)
_LED = re.compile("[继由与向被获随了][\u4e00-\u9fff]{2}")  # a preposition that the recogniser took into a name


def firm_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms that a trade word or a foreign name gives away."""
    tails = trade_words(rules)
    for index, token in enumerate(sentence.tokens):
        tail = token.word in tails and (token.tag in _TAIL_TAGS or _IS_FIRM.match(sentence.text, token.end))
        if index and tail and _goes_on(sentence, index, rules):
            first = _front(sentence, index, rules)
            common = sentence.tokens[index - 1].tag not in ("PER", "ORG", "LOC")
            goods = common and token.word in words(rules, "product")
            if first is not None and not (goods and not _told(sentence, sentence.tokens[first].start, token.end)):
                start = sentence.tokens[first].start + bool(_LED.fullmatch(sentence.tokens[first].word))
                yield candidate(sentence, start, token.end, EntityType.COMPANY, "tagged-firm")
    for match in _NUMBERED.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.COMPANY, "ending-numbered")
    for match in _LATIN.finditer(sentence.text):
        before = _LATIN_BEFORE.search(sentence.text[: match.start()])
        if (before and _LATIN_AFTER.match(sentence.text, match.end())) or _told_latin(sentence.text, match):
            yield candidate(sentence, *match.span("name"), EntityType.COMPANY, "tagged-latin")


# A firm that its kind introduces or that is said to have raised money.
_FUNDED = re.compile(
    r"(?:^|[,。;:、的])(?:[^,。;:、]{0,6}的)?(?:小|大|初创|本土|本地|民营|科技|新锐|老牌)*(?:公司|企业)?(?P<name>[\u4e00-\u9fff]{3,8}?)"
    r"(?=,?(?:[今去前]年(?:底|初|\d{1,2}月)?|近日|日前|宣布|又|也|已|再次|成功|刚|先后)*(?:完成|拿到|斩获|获得?)(?:了)?"
    r"[^,。;]{0,30}?(?:轮融资|轮投资|元融资))"
)


def _stands_for_firm(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether words begin with a name and hold nothing that no firm's name holds."""
    tokens = between(sentence, start, end)
    whole = boundary(sentence, start) and boundary(sentence, end) and tokens[0].tag in PROPER
    plain = not any(t.word in stop_words(rules) or t.tag in ("r", "m", "p", "u", "c", "d") for t in tokens)
    return whole and plain and tokens[0].word not in places(rules)


_TOLD = re.compile(
    r"(?:企业|公司|巨头|独角兽|龙头|厂商|集团)(?P<name>[\u4e00-\u9fff]{3,7})"
    r"(?=的[^,。;、的]{2,16}(?:项目|基地|中心|总部|研究院|工厂|平台|产业园)(?:[,。;、和及与]|(?:悉数|相继|先后|成功|双双)?(?:落户|签约|落地|开工|投产|入驻)))"
)


_DEEDS = frozenset("投资 建设 打造 承建 设立 运营 投建 新建 合作 控股 参股 出资 研发 生产".split())


def told_firms(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms that a word for firms introduces before what they set up: 外资企业甲乙的研发中心."""
    for match in _FUNDED.finditer(sentence.text):
        if _stands_for_firm(sentence, *match.span("name"), rules):
            yield candidate(sentence, *match.span("name"), EntityType.COMPANY, "tagged-told")
    for match in _TOLD.finditer(sentence.text):
        tokens = between(sentence, *match.span("name"))
        whole = boundary(sentence, match.start("name")) and boundary(sentence, match.end("name"))
        whole = whole and tokens[-1].word not in _DEEDS
        if whole and tokens[0].tag in PROPER and not any(t.word in stop_words(rules) for t in tokens):
            yield candidate(sentence, *match.span("name"), EntityType.COMPANY, "tagged-told")


_OF_A_KIND = re.compile(
    r"(?:[日德美韩法英意港台外]资企业|中外合资企业|中央企业|央企|国企|链主企业|龙头企业|独角兽企业|瞪羚企业|“?小巨人”?企业|世界500强(?:企业)?"
    r"|(?:本土|初创|老牌|知名|民营)企业)[“]?(?P<name>[\u4e00-\u9fffA-Za-z]{3,8}?)[”]?"
    r"(?=(?:则|也|还|已|正|将|拟|打算|计划|宣布|准备|近日|今年|去年|首次|决定|表示|率先|就|又|落户|入驻|投资|增资|建成|签约|董事长|总经理|负责人)|[,。;])"
)


_INVESTS = re.compile(
    r"(?:^|(?<=[,。;:由])|(?<=公司))(?P<name>[\u4e00-\u9fff]{5,10}?)(?=(?:计划|拟|将|已|共|总)*(?:投资|斥资|出资)(?:约|近|超)?[\d.]+[万亿])"
)


def investors_of_a_place(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms named by place and brand before what they invest (深圳市甲乙新材投资30亿元)."""
    for match in _INVESTS.finditer(sentence.text):
        start, end = match.span("name")
        sizes = [n for n in range(6, 1, -1) if match["name"][:n] in places(rules) and end - start - n >= _BRANDED]
        rest = match["name"][sizes[0] :] if sizes else ""
        if rest and not re.search("[市区县省政委局厅会园人]$", rest) and rest not in plain_words(rules):
            yield candidate(sentence, start, end, EntityType.COMPANY, "tagged-investor")


_BRANDED = 3


def firms_of_a_kind(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms named right behind their kind (日资企业甲乙), whatever their names end in."""
    for match in _OF_A_KIND.finditer(sentence.text):
        words_ = between(sentence, *match.span("name"))
        whole = words_[0].start == match.start("name") and boundary(sentence, match.end("name"))
        plain = match["name"] in plain_words(rules) or all(t.word in plain_words(rules) for t in words_)
        if whole and not plain and all(t.tag in _TAIL_TAGS | {"LOC", "PER", "m"} for t in words_):
            yield candidate(sentence, *match.span("name"), EntityType.COMPANY, "tagged-of-kind")


# Firms of public money and of capital, whose tails only firms bear, behind two characters that mean nothing else.
_PUBLIC = (
    "国投|城投|产投|交投|科投|文投|农投|水投|金控|国控|建投|旅投|科创投|创投|资本"
)
_MONEY = re.compile(
    rf"(?:(?<=平台)|(?<=股东)|(?<=公司)|(?<=由)|(?<=与)|(?<=和)|(?<=、)|(?<=委托)|(?<=携手)|(?<=联合)|(?<=来自)|(?<=获)|^|(?<=[,。;:]))"
    rf"(?P<name>(?P<front>[\u4e00-\u9fff]{{2}})(?:创新|产业|科技)?(?:{_PUBLIC})(?:集团)?)"
)
_FRONT = re.compile(
    "[市区县省国园州本各该两]$|[属省市区县乡镇本各该其]|社会|民间|产业|风险|金融|国有|民营|外来|海外|境[内外]|长期|耐心|各类|自有|注册|实缴|人力|"
    "创新|天使|知名|头部|优质|国际|国内|美元|人民|商业|工业|银行|保险|引导|撬动|吸引|引入|投入|借助|依托|利用|更多|大型|多家|战略|财务|数据|技术|"
    "文化|智力|核心|流动|固定|总部|政府|地方|基层|大量|有限|追加|新增|本土|专业|活跃|机构|家族|全部|部分|股权|项目|企业|公司|团队|成功|曾经"
)


def firms_of_money(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The investors named by two characters and what they are (甲乙产投, 委托甲乙资本管理)."""
    for match in _MONEY.finditer(sentence.text):
        start, end = match.span("name")
        whole = boundary(sentence, start) and boundary(sentence, end)
        plain = any(text in plain_words(rules) | stop_words(rules) for text in (match["front"], match["name"]))
        if whole and not plain and not _FRONT.search(match["front"]) and not is_common(match["front"], rules):
            yield candidate(sentence, start, end, EntityType.COMPANY, "tagged-investor")


def _goes_on(sentence: Sentence, index: int, rules: Rules) -> bool:
    """Whether a firm's name can end at a word: no noun follows but a post or a branch's place."""
    if index + 1 >= len(sentence.tokens):
        return True
    after = sentence.tokens[index + 1]
    branch = after.tag == "LOC" and sentence.text.startswith("公司", after.end)
    acts = after.word in words(rules, "makegoods") | words(rules, "invest")
    return after.tag in _GOES_ON or acts or branch or _posted(sentence, index, rules)


def _posted(sentence: Sentence, index: int, rules: Rules) -> bool:
    """Whether a post with its person follows, of the firm or of a part of it (半导体产品总监王某)."""
    nouns = list(takewhile(lambda t: t.tag in _TAIL_TAGS, sentence.tokens[index + 1 : index + 6]))
    behind = sentence.tokens[index + 1 + len(nouns) :][:1]
    titled = nouns and re.search(titles(rules) + "$", "".join(t.word for t in nouns))
    first = re.match(titles(rules), sentence.text[sentence.tokens[index].end :])
    return first is not None or bool(titled and behind and behind[0].tag == "PER")


# What tells a firm whose name holds nothing proper: its kind before it, or what it makes right after it.
_KIND = re.compile(
    r"[\u4e00-\u9fffA-Z](?:企业|公司|厂商|厂家|生产商|供应商|制造商|开发商|服务商|运营商|提供商|独角兽|小巨人|龙头|巨头|新锐)[“”]?$"
)
_DOES = re.compile(
    r"(?:主打|专做|主攻|(?<![叫当看])做|生产|研发|研制|制造|专注于?|主营|从事|深耕|专攻|主推)[^,。;:、]{1,14}的$"
)
_KIND_OF_MANY = re.compile(r"(?:等|多家|些|家|批|各类|所有|其他|中小|上下游|的)(?:企业|公司|厂商|龙头|巨头)$")
_MAKES = re.compile(
    r"(?:自主|独立|成功|联合|率先|最新|正在|近日|将|拟|计划|已)*(?:研制|研发|生产|开发|推出|打造|制造|设计|交付|发射)(?:的|了|出|首款|新一代)?"
)


_IS_FIRM = re.compile(
    r"(?:是|作为|系)(?:一家|国内|全球|一个|我国|当地)[^,。;]{0,30}(?:公司|企业|厂商|独角兽|药企|车企)|(?:这样|一样|之类)的?[^,。;]{0,8}(?:公司|企业)"
)
_FOUNDED = re.compile(r"(?:(?:创办|创立|成立|诞生|注册|起步|脱胎|起家)于|总部(?:位于|设在|在))[^,。;]{1,20}的$")


def _told(sentence: Sentence, start: int, end: int) -> bool:
    """Whether its kind before a name or what follows tells that a firm is named (火箭企业…, …研制的)."""
    before = sentence.text[:start]
    if _DOES.search(before) or (_KIND.search(before) and not _KIND_OF_MANY.search(before)):
        return True
    opens = not before or before[-1] in ",;:。“"
    tells = _MAKES.match(sentence.text, end) if opens else None
    return bool(tells or _IS_FIRM.match(sentence.text, end) or _FOUNDED.search(before))


def _front(sentence: Sentence, index: int, rules: Rules) -> int | None:
    """The first word of a firm's name whose trade word is at `index`; None where what stands before is common."""
    tokens, first = sentence.tokens, index - 1
    if len(tokens[first].word) == 1 and first and len(tokens[first - 1].word) == 1 and tokens[first - 1].tag != "w":
        first -= 1
    word = "".join(t.word for t in tokens[first:index])
    place = first > 0 and tokens[first - 1].word in places(rules)
    proper = tokens[first].tag in PROPER
    told = proper or place or _told(sentence, tokens[first].start, tokens[index].end)
    if not 2 <= len(word) <= _LONGEST_FRONT + 2 * proper or not told or is_common(word, rules):
        return None
    if any(t.tag in ("w", "u", "c", "p", "m", "d", "r") for t in tokens[first:index]):
        return None
    if word in places(rules) and tokens[index].word not in _OF_PLACE:
        return None
    return first - 1 if place else first


def is_common(word: str, rules: Rules) -> bool:
    """Whether a word before a trade word is one of the trade itself (汽车 before 电子) or of the language."""
    if word in plain_words(rules) or word in stop_words(rules) or GENERIC.fullmatch(word):
        return True
    return word in _trade_pairs(rules) if len(word) == 2 else word in _trades(rules)


@lru_cache(maxsize=4)
def _trades(rules: Rules) -> frozenset[str]:
    """The names of industries and the product nouns."""
    return trades(rules) | words(rules, "product") | trade_words(rules)


@lru_cache(maxsize=4)
def _trade_pairs(rules: Rules) -> frozenset[str]:
    """Every two characters that follow each other in these."""
    return frozenset(w[i : i + 2] for w in _trades(rules) for i in range(len(w) - 1))


_BESIDE = frozenset({"n", "nz", "nw", "ORG", "PER"})
_BEHIND = re.compile(r"[、,。;)]|[和与及等都均也已将在获一二三四五六七八九十\d]|先后|相继|长成|成长|入选|上市|登陆|$")
_NO_FIRM = re.compile(
    r"(?:院所|机构|团队|人才|专家|代表|客户|用户|政府|部门|高校|协会|媒体|企业|公司|资本|基金|产业|技术|领域|项目|平台|产品|设备|"
    r"服务|市场|政策|学校|学院|大学|医院|园区|城市|地区|国家|记者|员工|银行|股东|行业|材料|系统|方案|标准|人士|业务|工程)$"
)


def firms_beside(sentence: Sentence, found: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The unknown name right behind a firm in a list (甲药业、乙工坊都在其中), where it is no common word."""
    taken = [(c.start, c.end) for c in found]
    for firm in found:
        start = firm.end + 1
        if firm.type is not EntityType.COMPANY or not sentence.text.startswith("、", firm.end):
            continue
        tokens = list(takewhile(lambda t: t.tag in _BESIDE, sentence.tokens[token_at(sentence, start) :]))
        if not tokens or tokens[0].start != start or any(start < b and a < tokens[-1].end for a, b in taken):
            continue
        name = sentence.text[start : tokens[-1].end]
        if _BEHIND.match(sentence.text, tokens[-1].end) and _names_firm(name, tokens, rules):
            yield candidate(sentence, start, tokens[-1].end, EntityType.COMPANY, "listed-beside")


def _names_firm(name: str, tokens: Sequence[Token], rules: Rules) -> bool:
    """Whether a word or two that nothing knows can be a firm's short name."""
    common = (plain_words(rules), stop_words(rules), trades(rules), goods_words(rules))
    parts = {name, name[-2:], name[-3:], tokens[-1].word}
    plain = not all(known.isdisjoint(parts) for known in common)
    return 3 <= len(name) <= 5 and len(tokens) <= 2 and not plain and not _NO_FIRM.search(name)

"""Where a name begins: from its ending to the left over the words that can stand inside a name."""

from __future__ import annotations

import re

from kg.extract.text.lines import NUMBER
from kg.extract.text.tokens import NOMINAL, PROPER, between, cut_word, token_at
from kg.extract.text.words import places, plain_words, stop_words, trades
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

LONGEST = 32
_FINISHED = re.compile(
    r"(?:区|园|公司|集团|大学|学院|研究院|研究所|委员会|管委会|实验室|医院|银行|科学城|科技城|谷|基金|大厦|局|厅|政府|中心|论坛|大会|"
    r"项目|工程|基地|平台|装置|大道|规划|计划|战略|奖|大桥|机场|校区|产业园)$"
)
_BEGINS = re.compile(r"[\w“‘「《(](?!\.[^\d])")
_CODE = re.compile(
    r"[0-9A-Za-z.+\-]+|第?[一二三四五六七八九十百\d]+(?:号|期|代)?"
    r"|[\d.百千万亿]+(?:英寸|寸|纳米|微米|毫米|千瓦|兆瓦|吉瓦|万千瓦|瓦|千伏|伏|吨|GWh|GW|MW|kW|kV|nm|平方米|立方米|级)级?"
)
_ADDRESS = re.compile(r"(?:路|街|大道|巷|弄)\d+号?$")
_STREET = re.compile(r"(?:路|街|大道|巷|道|弄)$")
_OUTSIDE = re.compile(r"(?:19|20)\d\d年?|[十百千万亿\d]+级")  # a year; 千亿级 says how large a park shall be
_POSTS = frozenset(
    "书记 副书记 主任 副主任 局长 副局长 厅长 副厅长 市长 副市长 省长 副省长 区长 副区长 县长 副县长 部长 副部长 "
    "校长 院长 所长 会长 理事长 董事长 总经理 总裁 副总裁 总监 经理 兼 兼任 首席执行官 创始人 负责人".split()
)
_WITH = frozenset({"与"})
_AND = frozenset({"及", "和", "与"})
_WITH_TYPES = frozenset(
    {
        EntityType.LABORATORY,
        EntityType.INSTITUTE,
        EntityType.FACILITY,
        EntityType.PROJECT,
        EntityType.AWARD,
        EntityType.POLICY,
    }
)
# A platform or project of a company is named after what it is; the company before it is a name of its own.
_APART = frozenset({EntityType.PROJECT, EntityType.PRODUCT})
_AREA = re.compile(r"(?:区|园|谷|城|港|镇)$")
_QUALITIES = frozenset({"未来", "先进", "领先", "一流", "重大", "重点", "特色", "优势"})
_PHASE = re.compile("[一二三四五]期")
_PAIRS = {")": "(", "”": "“", "’": "‘", "」": "「", "』": "『", "》": "《"}


def name_start(sentence: Sentence, at: int, type_: EntityType, rules: Rules) -> int:
    """The first character of the name whose ending begins at `at`; `at` itself where nothing before belongs to it."""
    tokens, stop = sentence.tokens, stop_words(rules)
    index = token_at(sentence, at)
    start = tokens[index].start
    whole = tokens[index].tag == "ORG" and at - tokens[index].start >= 4
    while index > 0 and at - start < LONGEST:
        if whole and not _leads_on(tokens, index, type_):
            break
        step = _step(tokens, index, type_, stop)
        step = _before_trade(sentence, index, rules) if step is None else step
        if step is None or at - tokens[step].start > LONGEST:
            break
        index, start = step, tokens[step].start
    start = _with_field(sentence, _stripped(sentence, start, at, rules), at, type_)
    start = _with_output(sentence, _behind_firm(sentence, start, at, type_), type_)
    if type_ is EntityType.ZONE and (whole_zone := _THE_ZONE.match(sentence.text, start, at)):
        start = whole_zone.end()
    if type_ is EntityType.BODY and (area := _OF_AREA.search(sentence.text, 0, start + 1)):
        return area.start()
    if type_ not in _WITHOUT_DIVISION:
        return start
    below = _below_divisions(sentence, _below_glued(sentence, start, at, rules), at)
    return start if type_ is EntityType.FACILITY and _of_province(sentence, start, below, at) else below


_PROVINCIAL = re.compile(r"[\u4e00-\u9fff]{2,3}[省市]|[\u4e00-\u9fff]{2,8}自治区")
_RANKED = re.compile(r"(?:技术|工程|研究|研发|创新|试验|测试|检测|实验|评价)[\u4e00-\u9fff]{0,4}(?:中心|平台|基地)")


_LONGEST_ENDING = 8


def _of_province(sentence: Sentence, start: int, below: int, at: int) -> bool:
    """Whether the one division in front is part of what a centre is called by (江苏省…工程技术中心)."""
    text = sentence.text
    one = start < below and _PROVINCIAL.fullmatch(text, start, below) is not None
    heads = one and start > 0 and re.fullmatch(NUMBER, text[:start]) is not None  # 2.昆明市细胞制备中心
    return heads or (one and any(m.end() > at for m in _RANKED.finditer(text, below, at + _LONGEST_ENDING)))


def _leads_on(tokens: tuple[Token, ...], index: int, type_: EntityType) -> bool:
    """Whether what stands before a word tagged as a whole organisation may belong to it: a name, a field and 与."""
    before = tokens[index - 1]
    if before.word in _WITH and type_ in _FIELDED and index >= 2:
        field = tokens[index - 2]
        opens = index == 2 or tokens[index - 3].tag in _OPENING
        return opens and field.tag in ("n", "vn") and len(field.word) >= 3 and not _FINISHED.search(field.word)
    return before.tag in PROPER or before.word in _PAIRS


_OPENING = frozenset({"w", "v", "p", "u", "c", "ORG", "LOC"})
_FIELDED = frozenset({EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.FACILITY})
_FORWARD = frozenset({"先进", "未来", "前沿", "极端"})  # what a field of research is called by: 先进核能实验室


def _with_field(sentence: Sentence, start: int, at: int, type_: EntityType) -> int:
    """With the quality that opens the name of a field of research."""
    if type_ not in _FIELDED or start >= at or start == 0:
        return start
    before = sentence.tokens[token_at(sentence, start - 1)]
    great = before.word == "大" and sentence.text.startswith(("健康", "数据", "模型"), start)
    if great or (before.word in _FORWARD and at - start >= 2):
        return before.start
    return start


# The recogniser parts 新区管委会 behind its first character.
_OF_AREA = re.compile(r"(?:高新|经开|开发|新|园)区$")
_OUTPUT = re.compile(
    r"年(?:产|处理|加工)(?:[\d.]+[百千万亿]*(?:余|多)?(?:吨|套|台|件|辆|平方米|片|只|支|米|条|公里|GWh|GW|MW|立方米|头|羽|座|平米)[(\u4e00-\u9fff)]{0,3}(?<!的))?$"
)


def _with_output(sentence: Sentence, start: int, type_: EntityType) -> int:
    """With the yearly output that opens the names of many projects, or an event's year and number."""
    form = {EntityType.PROJECT: _OUTPUT, EntityType.FACILITY: _OUTPUT, EntityType.EVENT: _EDITION}.get(type_)
    match = form.search(sentence.text[:start]) if form else None
    if match is None or not match[0]:
        return start
    brand = sentence.tokens[token_at(sentence, match.start() - 1)] if match.start() else None
    own = form is _OUTPUT and brand is not None and brand.end == match.start()
    return brand.start if own and brand and brand.tag in PROPER and brand.end - brand.start == _BRAND else match.start()


_BRAND = 2  # 晟甲年产5万吨铝材项目: the firm's short name opens the project's


_LEGAL_FORM = re.compile(r"(?:有限|股份|责任)公司(?:\((?:有限|普通|特殊普通)合伙\))?(?=[^()]{2})")
_SUBSIDIARY = re.compile(r"[子孙]公司(?=[\w“‘])")
_NOT_THE_FIRMS = frozenset({EntityType.PROJECT, EntityType.PRODUCT, EntityType.ZONE, EntityType.VALLEY})


def _behind_firm(sentence: Sentence, start: int, at: int, type_: EntityType) -> int:
    """Behind the firm whose work or subsidiary it is: a project is called after what it is, 甲子公司乙 is 乙."""
    form = _SUBSIDIARY if type_ is EntityType.COMPANY else _LEGAL_FORM if type_ in _NOT_THE_FIRMS else None
    forms = list(form.finditer(sentence.text, start, at)) if form else []
    return forms[-1].end() if forms else start


_EDITION = re.compile(r"(?<!\d)(?:20\d\d年?)?(?:第[一二三四五六七八九十\d]{1,3}届|首届)?$")
_WITHOUT_DIVISION = frozenset(
    {EntityType.ZONE, EntityType.VALLEY, EntityType.FACILITY, EntityType.PROJECT, EntityType.EVENT}
)
_DIVISION = re.compile(r"(?!.*(?:新区|发区|园区|税区|范区|功能区))[\u4e00-\u9fff]{2,8}(?:省|市|自治区|自治州|区|县)")


_THE_ZONE = re.compile(r"(?:园区|新区|高新区|经开区|开发区|示范区)(?=[\u4e00-\u9fff]{2})")


_GLUED = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:省|市|自治区|自治州|区|县)")


def _below_glued(sentence: Sentence, start: int, at: int, rules: Rules) -> int:
    """Without the listed divisions that the recogniser took into one word with the name, where one remains."""
    if start >= at:
        return start
    token = sentence.tokens[token_at(sentence, start)]
    while match := _GLUED.match(sentence.text, start, at):
        rest = sentence.text[match.end() : at]
        if token.end <= match.end() or match[0] not in places(rules) or len(rest) < 2 or rest in plain_words(rules):
            break
        start = match.end()
    return start


def _below_divisions(sentence: Sentence, start: int, at: int) -> int:
    """Without the full names of divisions at the front (江西省南昌市…), where something proper remains."""
    for token in between(sentence, start, at) if start < at else ():
        rest = at - token.end >= 2 and not sentence.text.startswith("(", token.end)
        more = rest and has_proper(sentence, token.end, at)
        if token.start == start and token.tag == "LOC" and _DIVISION.fullmatch(token.word) and more:
            start = token.end
        else:
            break
    return start


def _before_trade(sentence: Sentence, index: int, rules: Rules) -> int | None:
    """Where a known industry begins that ends here, though the recogniser parts it at a verb (智能网/联, 具身/智能)."""
    tokens = sentence.tokens
    for first in range(index - 1, max(-1, index - 5), -1):
        begin = tokens[first].start
        if {sentence.text[begin : tokens[index].start], sentence.text[begin : tokens[index].end]} & trades(rules):
            return first
    return None


def _step(tokens: tuple[Token, ...], index: int, type_: EntityType, stop: frozenset[str]) -> int | None:
    """The index of the next token to the left that belongs to the name, None where the name begins at `index`."""
    before = tokens[index - 1]
    if _apart(before, tokens[index], type_):
        return None
    if before.word in _PAIRS:
        return _opening(tokens, index - 1)
    if _dated(before, type_):
        return index - 1
    if before.word in _AND or before.tag in ("c", "p"):
        return _joined(tokens, index, type_, stop)
    if before.word in ("·", "-") and index >= 2:
        return index - 2
    if before.word in ("—", "–") and index >= 2 and type_ in _WITH_TYPES | {EntityType.ZONE}:
        proper = {tokens[index - 2].tag, tokens[index].tag} & PROPER
        return index - 2 if proper and tokens[index - 2].tag in NOMINAL else None
    if type_ is EntityType.FUND and before.word in _FUND_WORK and index >= 2 and tokens[index - 2].tag in NOMINAL:
        return index - 1
    return index - 1 if _inside(tokens, index - 1, stop) else None


# What a fund does may follow whatever name it bears (高新区政府引导母基金).
_FUND_WORK = frozenset("引导 投资 接续 并购 发展 孵化 创新 创业 成长 转化 培育 转型 升级".split())


# The work on something that stands bears its name (甲计算中心扩容工程); that of a firm has its own.
_ON_WHAT_STANDS = ("扩容", "扩建", "改造", "改扩建", "提升", "修缮", "迁建", "二期", "三期", "升级", "技改", "增容")
_STANDING = re.compile("(?:中心|基地|园|园区|厂|港|机场|大厦|实验室|医院|大学|学院|电站|车站|水厂)$")


def _apart(before: Token, first: Token, type_: EntityType) -> bool:
    """Whether the word before is a name of its own, or an address."""
    if type_ in _APART and before.tag == "ORG" and len(before.word) >= 3 and first.tag in NOMINAL:
        return not (first.word.startswith(_ON_WHAT_STANDS) and _STANDING.search(before.word))
    if type_ is EntityType.COMPANY and before.word.endswith(("企业", "500强")):
        return True
    area = before.tag == "LOC" and bool(_AREA.search(before.word)) and len(before.word) >= 4
    return (area and _own_name(first, type_)) or bool(_ADDRESS.search(before.word))


def _dated(before: Token, type_: EntityType) -> bool:
    """Whether the word before is the season of an event or the year that a park is called after."""
    if type_ is EntityType.EVENT and before.word in _SEASONS:
        return True
    return type_ in _NUMBERED and before.tag == "m" and bool(_BARE_NUMBER.fullmatch(before.word))


def _joined(tokens: tuple[Token, ...], index: int, type_: EntityType, stop: frozenset[str]) -> int | None:
    """The token before 与 or 和 where the name goes on there; else None, or the conjunction itself inside a name."""
    word = tokens[index - 1].word
    plain = tokens[index].tag not in PROPER and not _AREA.search(tokens[index].word)
    if type_ in _OF_PLACES and word in ("和", "与") and plain and _of_a_place(tokens, index - 1, stop):
        return index - 2
    if (word in _WITH and type_ in _WITH_TYPES) or (word in _AND and type_ is EntityType.PROJECT):
        on = index >= 2 and _inside(tokens, index - 2, stop) and not _FINISHED.search(tokens[index - 2].word)
        return index - 2 if on else None
    return index - 1 if _inside(tokens, index - 1, stop) else None


def _of_a_place(tokens: tuple[Token, ...], at: int, stop: frozenset[str]) -> bool:
    """Whether one or two common nouns lead from 和 back to the place whose body it is (甲区科技创新和经济发展局)."""
    for size in (1, 2):
        first = at - size
        if first < 1 or not _inside(tokens, first, stop) or tokens[first].tag in PROPER - {"ORG"}:
            return False
        if _FINISHED.search(tokens[first].word):
            return False
        if tokens[first - 1].tag == "LOC" and _DIVIDED.search(tokens[first - 1].word):
            return True
    return False


_OF_PLACES = frozenset({EntityType.BODY, EntityType.ZONE})
_DIVIDED = re.compile("[省市区县州园城]$")


_NO_NUMBERS = frozenset({"零碳", "近零碳", "净零", "双碳"})  # the recogniser takes them for numbers


def _inside(tokens: tuple[Token, ...], index: int, stop: frozenset[str]) -> bool:
    """Whether a token can stand inside a name."""
    token = tokens[index]
    if token.word in _POSTS or token.word.endswith("股东") or _OUTSIDE.fullmatch(token.word):
        return False
    if token.word in stop:
        qualified = token.word in _QUALITIES and index > 0 and tokens[index - 1].tag in PROPER
        return qualified or (bool(_PHASE.fullmatch(token.word)) and index > 0 and tokens[index - 1].tag in NOMINAL)
    if token.tag in NOMINAL:
        return True
    if token.word in ("下一代", "新一代"):
        return True
    if token.tag in ("a", "ad", "b"):
        return len(token.word) > 1 or (index + 1 < len(tokens) and tokens[index + 1].tag in NOMINAL)
    if token.word == "件":  # the recogniser counts with it where it ends a noun (液压件)
        return token.tag == "q" and index > 0 and tokens[index - 1].tag in NOMINAL
    if token.word in ("极", "超", "特"):
        return index + 1 < len(tokens) and tokens[index + 1].tag in ("a", "n", "nz")
    if token.tag == "m":
        street = index > 0 and _STREET.search(tokens[index - 1].word)
        return token.word in _NO_NUMBERS or (bool(_CODE.fullmatch(token.word)) and not street)
    if token.tag in ("v", "vd"):
        beside = index + 1 < len(tokens) and tokens[index + 1].tag in PROPER and token.word in _TOGETHER
        long = len(token.word) > 1 or cut_word(tokens, index)
        return not beside and long and index > 0 and _carries(tokens[index - 1], stop)
    return token.word in (
        "未来",
        "西部",
        "东部",
        "北部",
        "南部",
        "中部",
        "北方",
        "南方",
        "西北",
        "东北",
        "西南",
        "东南",
    )


_TOGETHER = frozenset({"联合", "携手", "会同", "协同"})


_SEASONS = frozenset({"春季", "夏季", "秋季", "冬季", "新春", "年度"})  # the recogniser tags them as times
# A park may be called after a year or a house number (1918产业园); 2018年 in front of it is a time.
_NUMBERED = frozenset({EntityType.ZONE, EntityType.FACILITY})
_BARE_NUMBER = re.compile(r"\d{3,4}")


def _own_name(token: Token, type_: EntityType) -> bool:
    """Whether a name that follows an area's name stands by itself: a company, or what is tagged as an

    organisation; an area's own body bears its name.
    """
    of_area = type_ is EntityType.BODY
    return type_ is EntityType.COMPANY or (token.tag == "ORG" and len(token.word) >= 4 and not of_area)


def _carries(before: Token, stop: frozenset[str]) -> bool:
    """Whether a verb can follow this word inside a name: a noun that is no finished name of its own."""
    if before.word in ("下一代", "新一代"):
        return True
    return before.tag in NOMINAL - {"PER"} and before.word not in stop and not _FINISHED.search(before.word)


# Who wrote or drew a report stands in brackets before its first word.
_BYLINE = frozenset("记者 通讯员 编辑 作者 摄影 见习记者 实习记者 特约记者 文 图 摄".split())


def _opening(tokens: tuple[Token, ...], closing: int) -> int | None:
    """The token that opens what `closing` closes, where the whole is short enough to be part of a name."""
    wanted = _PAIRS[tokens[closing].word]
    for index in range(closing - 1, max(-1, closing - 9), -1):
        if tokens[index].word == wanted:
            size = tokens[closing].start - tokens[index].end
            if wanted == "(":
                if any(t.word in _BYLINE for t in tokens[index + 1 : closing]):
                    return None
                return index - 1 if 0 < size <= 8 and index > 0 and tokens[index - 1].tag in NOMINAL else None
            return index if 0 < size <= 16 else None
    return None


def _stripped(sentence: Sentence, start: int, at: int, rules: Rules) -> int:
    """Without words at the front that never begin a name; a known industry begins one whatever its first word is."""
    stop = stop_words(rules)
    for token in between(sentence, start, at) if start < at else ():
        if _opens_trade(sentence, token, rules):
            break
        begins = (
            token.tag in NOMINAL
            or token.tag in ("a", "b", "m")
            or token.word in ("极", "超", "特")
            or token.word in ("“", "‘", "未来", "「", "《")
            or token.tag == "f"
        )
        if token.start >= start and (token.word in stop or not begins):
            start = token.end
        else:
            break
    while start < at and not _BEGINS.match(sentence.text, start):
        start += 1
    return min(start, at)


def _opens_trade(sentence: Sentence, token: Token, rules: Rules) -> bool:
    """Whether a verb and the word after it are a known industry (具身/智能)."""
    after = sentence.tokens[token_at(sentence, token.start) + 1 :][:1]
    return bool(after) and token.tag == "v" and sentence.text[token.start : after[0].end] in trades(rules)


def has_proper(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place, an unknown or foreign word, or a quotation stands in the range."""
    text = sentence.text[start:end]
    return bool(re.search(r"[“「《A-Za-z]", text)) or any(t.tag in PROPER for t in between(sentence, start, end))

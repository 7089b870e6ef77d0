"""Names by their endings (…实验室, …有限公司), where enough stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names.boundaries import has_proper, name_start
from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import between, boundary, token_at
from kg.extract.text.words import (
    Ending,
    alternation,
    endings,
    overlapping_endings,
    plain_words,
    stop_words,
    surnames,
    titles,
    trades,
    whole,
    words,
)
from kg.records import EntityType, Sentence
from kg.rules import Rules

_ZONE_TAIL = re.compile(r"(?:区|园|城|谷|港)\((?P<inner>[\u4e00-\u9fff]{2,4})\)")
_KINDS = frozenset(
    """
    科创板 创业板 新三板 北交所 主板 A股 H股 港股 沪市 深市 科技 科创 文化 文创 创意 影视 动漫 物流 电商 电子商务
    互联网 软件 创新 产业 工业 高新 技术 经济 国家 国家级 自治区级 县域 首家 首个 首批 县级 区级 省级 市级 新型 全国
    世界 国际 高 高级 现代 中心 重点 重大 特色 专业 综合 公共 服务 管理 建设 发展 企业 项目 人才 孵化 研发 转化 示范
    合作 一流 高能级 大 小 新 老 主 总 分 子 母 我国 中国 区域 城市 生态 园区 平台 基础 配套 三甲 三级甲等 公立 专科
    招商 中资 外资 内资 入园 入驻 开工 签约 基建 样板 民生 惠民 落地 在建 续建 投资 农业 竣工 投产 储备 引进 引资
    招引 资源 保障 集中 试点 示范性 标志性 龙头 骨干 链主 上市 独角兽 高新技术 中小 民营 国有 央 股份 合资 独资 本地
    当地 省内 市内 境内 境外 海外 标的 目标 被投 主要 下属 所属 相关 有关 多元 双创 创业 新建 扩建 技改 改造 高质量
    智能 数字 绿色 未来 先进 高端 标准 专项 基本 一般 普通 其他 同类 同行 飞地 共建 大型 小型 中型 微型 募投 定增 可转债
    """.split()
)
GENERIC = re.compile(f"(?:{alternation(whole(_KINDS))})+")


# What makes a valley's name only a part of the name of another thing.
_VALLEY_OF = re.compile("产业园|科技园|创新园|园区|小镇|大厦|中心|基金|公司|集团|论坛|大会|管委会|计划|项目")


def whole_start(sentence: Sentence, at: int, type_: EntityType, rules: Rules) -> int:
    """Where a name begins; where that is the ending of another name (…实验室 before 西部分中心), where that begins."""
    start = name_start(sentence, at, type_, rules)
    head = _HEADS.match(sentence.text, start) if type_ in _BRANCHED else None
    if head and head.end() < at:
        longest = min(a for a, b in overlapping_endings(sentence.text, rules) if b == head.end())
        return name_start(sentence, longest, EntityType.LABORATORY, rules)
    if type_ is EntityType.LABORATORY and _PROVINCIAL.fullmatch(sentence.text, start, at):
        return _field_start(sentence, start, rules)
    return start


_PROVINCIAL = re.compile(r"[\u4e00-\u9fff]{2,8}[省市区]?")
_FIELD = frozenset({"n", "nz", "nw", "vn", "an", "v", "ad", "vd", "a", "b"})


def _field_start(sentence: Sentence, start: int, rules: Rules) -> int:
    """Where the field begins that stands before the place in a laboratory's name (化学药连续制造 before 浙江省)."""
    index = token_at(sentence, start)
    place = sentence.tokens[index].tag in ("LOC", "ORG") and sentence.tokens[index].start == start
    first, stop = index, stop_words(rules)
    while place and first > 0 and sentence.tokens[first - 1].tag in _FIELD:
        before = sentence.tokens[first - 1]
        if before.word in stop or before.word in _LEADING_VERBS or (before.tag == "v" and len(before.word) == 1):
            break
        first -= 1
    nominal = first < index and sentence.tokens[index - 1].tag in ("n", "nz", "vn", "v", "an")
    return sentence.tokens[first].start if nominal and start - sentence.tokens[first].start >= 4 else start


_LEADING_VERBS = frozenset("共建 组建 成立 揭牌 获批 依托 牵头 承担 建有 拥有 申报 认定 筹建 加盟 加入".split())
_HEADS = re.compile("实验室|研究院|研究所|大学|学院|医院")
_BRANCHED = frozenset({EntityType.INSTITUTE, EntityType.FACILITY, EntityType.UNIVERSITY})


def ended_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The names that an ending makes (…实验室, …有限公司), where enough stands before it."""
    table, closed = endings(rules)[1], 0
    for at, close in overlapping_endings(sentence.text, rules):
        ending = table[sentence.text[at:close]]
        if close <= closed or ending.text in ("称号", "荣誉"):
            continue  # the rest of a longer ending, or a head that only quotations take
        if ending.text == "战略" and _STRATEGIC.match(sentence.text, close):
            continue
        if ending.type is EntityType.PLACE or _no_office(sentence, at, close):
            continue
        if not _ends_word(sentence, close, ending):
            continue
        closed = close
        start = _of_service(sentence, whole_start(sentence, at, ending.type, rules), at, ending.text, rules)
        end = _with_bracket(sentence, close, ending.type)
        inside = ending.type is EntityType.VALLEY and _VALLEY_OF.match(sentence.text, close)
        inside = inside or (ending.type in _AREAS and _AIMED_AT.search(sentence.text, 0, start))
        if not inside and _enough(sentence, start, at, ending, rules):
            yield candidate(
                sentence, start, end, _type(sentence, start, end, ending), "ending-" + ending.type.value.lower()
            )


_AREAS = frozenset({EntityType.ZONE, EntityType.FACILITY})
# A park that one shall become is a kind of park (建成千亿级医药产业园区, 打造国内一流的机器人小镇).
_AIMED_AT = re.compile(
    r"(?:成为|建成|打造|建设|迈向|争创)[^,。;:]{0,10}(?:[十百千万亿]级|一流|领先|知名|著名|最大|影响力|竞争力)的?$"
)


def _of_service(sentence: Sentence, start: int, at: int, ending: str, rules: Rules) -> int:
    """The start of a name, with the divisions in front where it is a public service centre's, which is a body."""
    if not ending.endswith("中心"):
        return start
    wide = name_start(sentence, at, EntityType.BODY, rules)
    return wide if _SERVICE.search(sentence.text[wide : at + len(ending)]) else start


_STRATEGIC = re.compile(
    r"(?:投资|合作|入股|配售|重组|伙伴|股东|性|协议|定位|新兴|支点|腹地|地位|机遇|布局|目标|高度|引领|科技|需求)"
)


def _no_office(sentence: Sentence, start: int, end: int) -> bool:
    return ends_common_word(sentence.text[max(0, start - 1) : end])


def ends_common_word(text: str) -> bool:
    """Whether 局, 厅, 厂 or 展 only ends a common word (格局, 展厅, 发展)."""
    return text[1:] in _NOT_AFTER and text[:1] in _NOT_AFTER[text[1:]]


_NOT_AFTER = {
    "局": "格布结时战开全大僵残饭骗政邮当",
    "厅": "餐客大展舞门前歌",
    "厂": "工设建出",
    "节": "环细季关音情章调枝",
    "赛": "比参竞",
    "展": "发开进拓伸扩施舒画参会布",
}


def _ends_word(sentence: Sentence, end: int, ending: Ending) -> bool:
    """Whether the ending closes a word, or a long one stands in a word to which the next name was glued."""
    if boundary(sentence, end):
        return True
    token = sentence.tokens[token_at(sentence, end)]
    if ending.text.endswith("大学") and token.tag in ("ORG", "LOC") and not _CAMPUS.match(sentence.text, end):
        return token.end - end >= 2
    if ending.type is EntityType.FACILITY and _UNIT.fullmatch(sentence.text, end, token.end):
        return True
    return len(ending.text) >= 3 and token.tag in ("LOC", "ORG") and ending.type is EntityType.ZONE


_CAMPUS = re.compile("[生城堂路街院]|科技园|学院")
_UNIT = re.compile(r"[A-Z0-9一二三四五六]{1,2}(?:座|栋|期|区|馆|号楼)")  # a tower of a building, glued to its name


def _enough(sentence: Sentence, start: int, at: int, ending: Ending, rules: Rules) -> bool:
    """Whether what stands before the ending makes it a name and not a common noun."""
    body = sentence.text[start:at]
    if body.endswith(("—", "-", "+")):
        return False  # 众创空间—孵化器—加速器 is a chain of kinds
    if (ending.type is EntityType.BODY and body in _LEVELS) or (ending.type is EntityType.FUND and body in _OWNERS):
        return True
    if not body or (_plain(sentence, start, at, ending.type, rules) and not _sized_fund(sentence, start, ending)):
        return False
    if _counted(sentence, start, at, ending) or _of_person(sentence, start, at, ending, rules):
        return False
    if _kind_alone(body, ending, rules) or _no_project(sentence, start, at, ending, rules):
        return False
    if ending.type is EntityType.VALLEY and sentence.tokens[token_at(sentence, at)].tag == "PER":
        return False
    if ending.type is EntityType.UNIVERSITY and any(t.tag == "PER" for t in between(sentence, start, at)):
        return False
    if ending.need == "proper":
        return has_proper(sentence, start, at)
    if ending.need == "long":
        return has_proper(sentence, start, at) or _descriptive(sentence, start, at, ending)
    return len(body) >= 2 or ending.need != "some"


_HOUSES = frozenset({EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.FACILITY})


def _of_person(sentence: Sentence, start: int, at: int, ending: Ending, rules: Rules) -> bool:
    """Whether 谷 ends the name of a person behind a post (专家卫若谷), wherever the reading of a name begins."""
    if ending.type is not EntityType.VALLEY or sentence.text[max(0, at - 2) : at - 1] not in surnames(rules):
        return False
    posted = re.search(
        rf"(?:{titles(rules)}|专家|学者|院士|先生|女士)[\u4e00-\u9fff]{{2}}$", sentence.text[max(0, start - 12) : at]
    )
    return posted is not None


def _counted(sentence: Sentence, start: int, at: int, ending: Ending) -> bool:
    """Whether a number before or behind, or a bare link, makes a noun no more than a kind: 46家医院, 项目160余个."""
    if ending.type in _COUNTABLE and _COUNTED_THING.search(sentence.text[:start]):
        return True
    if ending.type in _HOUSES and sentence.text.endswith(("与", "和", "及"), start, at):
        return True  # 挖掘机与实验室
    houses = ending.type is EntityType.INSTITUTE
    before = houses and _COUNTED_HOUSES.search(sentence.text, 0, start)
    behind = (houses or ending.type in _COUNTABLE) and _COUNTED_AFTER.match(sentence.text, at + len(ending.text))
    return bool(before or behind) and not has_proper(sentence, start, at)


def _kind_alone(body: str, ending: Ending, rules: Rules) -> bool:
    """Whether a body only says what kind of town, subsidiary, fund or forum it is."""
    if ending.text in _STATUS_ENDINGS:
        told = ending.text in ("特色小镇", "示范园区") and _DIVISION.fullmatch(body) is not None
        return told or _DIVISION_STATUS.fullmatch(body) is not None
    if ending.text in ("子公司", "分公司"):
        return body.endswith(("全资", "控股", "参股"))
    if ending.text == "项目":
        return _ZONE_ALONE.fullmatch(body) is not None
    if ending.type is EntityType.FUND:
        return kind_of_fund(rules).fullmatch(body + ending.text) is not None
    return ending.type is EntityType.EVENT and _YEAR_ALONE.fullmatch(body) is not None


_ZONE_ALONE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:新区|高新区|经开区|开发区|综保区|示范区)")


def _no_project(sentence: Sentence, start: int, at: int, ending: Ending, rules: Rules) -> bool:
    """Whether a project is told by its trade, its rank or its place and kind alone, or only ends a longer noun."""
    if ending.type is not EntityType.PROJECT:
        return False
    told = sentence.text[start:at] in trades(rules) or _told_by_rank(sentence, start, at)
    return told or _kind_of_place(sentence, start, at) or _fragment(sentence, start, at, rules)


def _told_by_rank(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a work is only said to be the greatest or first of its kind (省内最大的光伏玻璃生产线)."""
    return bool(_RANKED.search(sentence.text, 0, start)) and not has_proper(sentence, start, at)


_RANKED = re.compile(r"(?:最[大长高早新先快宽优]的?|首[条个座套家]|唯一的?|第[一二三](?:条|个|座|大))$")


def _fragment(sentence: Sentence, start: int, at: int, rules: Rules) -> bool:
    """Whether a project without a name of its own only ends a longer common noun (高校|院所科技成果转化项目)."""
    before = sentence.tokens[token_at(sentence, start - 1)] if start else None
    common = before is not None and before.tag == "n" and before.word in plain_words(rules)
    return common and not has_proper(sentence, start, at)


def _kind_of_place(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a project is told only by its place and its kind: 甲省重点项目, 乙市招商引资项目."""
    first = sentence.tokens[token_at(sentence, start)]
    return first.tag == "LOC" and first.end < at and GENERIC.fullmatch(sentence.text, first.end, at) is not None


_COUNTABLE = frozenset({EntityType.FACILITY, EntityType.PROJECT})
_COUNTED_AFTER = re.compile(r"(?:总数|已|达到?|超过?|近|约|有)*\d[\d.]*万?[余多]?[个家项所座支只条](?!月|工作日)")
_COUNTED_HOUSES = re.compile(r"\d(?:多|余)?万?(?:家|所)(?:国内|全国|省内|当地|三甲)?$")
_COUNTED_THING = re.compile(r"(?:[两二三四五六七八九十百2-9]|\d\d)(?:余|多)?(?:条|座|栋|幢|台|套|处|间|层|块|口)$")


@lru_cache(maxsize=4)
def kind_of_fund(rules: Rules) -> re.Pattern[str]:
    """What says no more than of which kind a fund is (私募股权基金, 全链条基金), counted or not (新设子基金)."""
    kinds = alternation(words(rules, "fundkind"))
    one = f"(?:{kinds})*基金"
    return re.compile(f"(?:.*(?:{_COUNTED}))?{one}(?:[+、和]{one})*")


_COUNTED = "个|批|设|只|支|各|类|期|家|数|立|参股|代表性|市场化|直投|区域|行业"
# 湖南省特色小镇 is what a town may be called by its province, not a town.
_STATUS_ENDINGS = frozenset({"小镇", "特色小镇", "园区", "示范区", "示范园区", "产业园区", "开发区", "产业园"})
_DIVISION = re.compile(r"[\u4e00-\u9fff]{2,3}[省市]级?")
_DIVISION_STATUS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}[省市区])?(?:(?:国家|省|市)级|(?:首批|优秀|先进|特色|示范|绿色|重点|五星级|四星级|知名|著名)+)"
)
_YEAR_ALONE = re.compile(r"20\d\d年?(?:度)?")
_OWNERS = frozenset("省市区县")  # 区产业引导基金, as 区财政局
# Kinds of zones: 化工园区, 2024中国化工潜力园区 are no names, 中国化工学会 is one.
_ZONE_KINDS = frozenset("化工 化学 石化 潜力 合格 优秀".split()) | {str(year) for year in range(2000, 2051)}
_NO_KINDS: frozenset[str] = frozenset()
_LEVELS = frozenset("市 省 区 县 州 乡 镇 园区 新区 高新区 经开区 开发区 新城 自治区".split())


def _plain(sentence: Sentence, start: int, at: int, ending: EntityType, rules: Rules) -> bool:
    """Whether only adjectives, levels and nouns of the kind stand before the ending."""
    body = sentence.text[start:at]
    if ending is EntityType.UNIVERSITY and sentence.tokens[token_at(sentence, start)].tag == "ORG":
        return body.endswith("重点")
    if GENERIC.fullmatch(body) or (_MEASURED.match(sentence.text, at) and _trade(body, rules)):
        return True
    words_ = [sentence.text[max(t.start, start) : min(t.end, at)] for t in between(sentence, start, at)]
    kinds = _ZONE_KINDS if ending is EntityType.ZONE else _NO_KINDS
    return bool(words_) and all(w in plain_words(rules) or GENERIC.fullmatch(w) or w in kinds for w in words_)


# 全省最大的生物医药产业集聚区 says what a zone is like, and names none.
_MEASURED = re.compile("(?:产业)?(?:集聚|聚集|先行|引领)[区地]")


def _trade(body: str, rules: Rules) -> bool:
    """Whether a body is an industry of the list."""
    return body in trades(rules) or body.removesuffix("产业") in trades(rules)


def _descriptive(sentence: Sentence, start: int, at: int, ending: Ending) -> bool:
    """Whether a name without anything proper is long enough to mean one thing: 疫情信息管理 before 平台."""
    size, count = at - start, len(between(sentence, start, at))
    if ending.type is EntityType.PROJECT and size >= 2 and _DEFINITE.match(sentence.text, at + len(ending.text)):
        return True
    if ending.type is EntityType.FACILITY and size >= _LONG and _TO_SET_UP.search(sentence.text, 0, start):
        return True
    if ending.type is EntityType.PROJECT and size >= 2 and _behind_firm(sentence, start):
        return True
    told = _JOINTLY if ending.text.endswith("平台") else _SET_UP
    if ending.type is EntityType.FACILITY and size >= 2 and told.search(sentence.text, max(0, start - _LEAD), start):
        return True
    if ending.text in _RESEARCHING and size >= 4:
        return True
    least = 4 if ending.type is EntityType.PROJECT else 5
    return size >= least and count >= (2 if size >= 6 or ending.type is EntityType.PROJECT else 3)


def _behind_firm(sentence: Sentence, start: int) -> bool:
    """Whether an organisation stands right before (甲集团铝箔项目)."""
    before = sentence.tokens[token_at(sentence, start) - 1 :][:1] if start else ()
    return bool(before) and before[0].tag == "ORG" and before[0].end == start and len(before[0].word) > 2


_LONG = 5
_TO_SET_UP = re.compile("(?:新建|拟建|规划建设|启动建设|开工建设|计划建设|在建)(?:了|的)?$")
_RESEARCHING = frozenset("创新中心 研究中心 研发中心 工程中心 技术中心 测试中心 检测中心".split())
# What has been set up is a certain one (投建的电堆生产基地), what is to be built up may be a manner of speaking.
_SET_UP = re.compile(
    r"(?:(?:投资|斥资|投入)[约近超逾]?[\d.]+[万亿]?[美欧港]?元的|(?:投建|合办|合建|共建|搭建|设有|建有|建成|建起|投资建设|投资兴建)(?:了|的|起)?|(?:建|建设|新建|兴建|打造|布局|投建|上)(?:了|起)?[一两][座个条家处]|设立了|兴建的|元(?:的)?,?[要拟将]?(?:在[^,。;]{2,16}?)?(?:建设|新建|兴建|打造)的?|"
    r"(?:改建|改造|扩建|转型|转产|升级)(?:成为|成|为)(?:了|一[座个家处])?|"
    r"(?:启用|投用|落成|投产|投运|竣工|揭牌|新建|开工|在建)的)$"
)
_FIRST_OF_ITS_KIND = r"(?:首[个家座条]|唯一(?:一[个家座])?)[^,。;]{2,30}的"
_JOINTLY = re.compile(rf"(?:(?:共建|合建|组建|联合(?:建设|打造|搭建)|牵头(?:建设|打造|搭建))的|{_FIRST_OF_ITS_KIND})$")
_LEAD = 40
_DEFINITE = re.compile(r"(?:奠基|开工|签约|启动|竣工|投产|揭牌|正式|总投资|位于|占地|由|是)")


def _sized_fund(sentence: Sentence, start: int, ending: Ending) -> bool:
    """Whether a sum right before a fund makes it a certain one: 规模50亿元的产业基金."""
    return ending.type is EntityType.FUND and bool(_SIZED.search(sentence.text[:start]))


_SIZED = re.compile("元(?:的|(?:资金)?,?(?:发起|出资)?(?:设立|组建|成立)(?:了)?(?:一[支只个])?)?$")


def _with_bracket(sentence: Sentence, end: int, type_: EntityType) -> int:
    """The end of a zone's name with the district in brackets that belongs to it: 高新区(新城)."""
    tail = {EntityType.ZONE: _ZONE_TAIL, EntityType.COMPANY: _PARTNERS, EntityType.FUND: _PARTNERS}.get(type_)
    match = tail.match(sentence.text, end - 1) if tail else None
    return match.end() if match else end


_PARTNERS = re.compile(r".\((?:有限|普通|特殊普通)合伙\)")


_SERVICE = re.compile(
    r"(?:(?:投资促进|招商|政务|行政审批|行政服务|便民)\S{0,4}|(?:区|市|省|县|\))\S{0,6}(?:服务|促进|协同|代办|审批|发展))中心$"
)


# A fund in the legal form of a partnership (…投资基金合伙企业, …投资基金(江城)合伙企业).
_PARTNERSHIP = re.compile(r"基金(?:\([^()]{2,8}\))?合伙企业")
_BRANCH_ENDS = frozenset({"分中心", "分部", "分站", "基地", "中心", "分室", "研究基地", "产业化基地"})


def _type(sentence: Sentence, start: int, end: int, ending: Ending) -> EntityType:
    """The ending's type, but for public service centres, which are bodies."""
    text = sentence.text[start:end]
    if ending.type is EntityType.COMPANY and _PARTNERSHIP.search(text):
        return EntityType.FUND
    if ending.type is EntityType.FACILITY and _SERVICE.search(text):
        return EntityType.BODY
    if ending.type in (EntityType.INSTITUTE, EntityType.FACILITY) and "实验室" in text and ending.text in _BRANCH_ENDS:
        return EntityType.LABORATORY
    return ending.type

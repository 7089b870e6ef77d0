"""Goods that no noun of the lists gives away, by the frames that only goods fill: 甲公司生产乙、丙及丁, 年产戊2万吨."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.ended import GENERIC
from kg.extract.names.goods import is_goods
from kg.extract.names.lists import parted
from kg.extract.text.lines import MARK
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.extract.text.words import ending_type, plain_words, stop_words, trades
from kg.records import EntityType, Sentence
from kg.rules import Rules

_ADVERBS = (
    r"(?:主要|专业|专门|专注于?|长期|可|还|同时|并|现|目前|致力于|以|自主|一直|公司|我们|企业|工厂|项目|该厂|厂区|基地"
    r"|投产后|建成后|达产后)*"
)
_VERB = (
    r"(?:研发(?:和|、|与)?(?:生产|制造)|设计(?:和|、)?(?:生产|制造)|生产(?:和|、|与)?(?:销售|加工|经营|研发)|加工生产|"
    r"生产制造|(?<!服务)生产|(?<!智能)制造|专做|研制|主产|主营(?:业务为)?|专营|专产|加工|造(?![成就福林诣型价假血谣]))(?:了|出|的是|各类|各种|多种|高端|系列)*"
)
_LIST = r"(?P<list>[^,。;:!?“”()]{2,50}?)"
_CLOSE = (
    r"(?=卖到|远销|出口|畅销|热销|销往|应用于|广泛|供不应求|打破|填补"
    r"|等|系列|产品|为主|的(?:企业|公司|厂家|龙头)|[,。;(]|$)"
)
_AMOUNT = (
    r"[\d.]+(?:多|余)?[百千万亿]*(?:余|多)?"
    r"(?:吨|套|台|件|辆|平方米|片|只|支|米|条|公里|立方米|座|颗|瓶|箱|把|组|枚|盒|双|公斤|千克|升|架|艘)(?:套)?"
)
_MADE = re.compile(rf"(?:^{MARK}?|(?<=[,;:。“]))(?P<adv>{_ADVERBS}){_VERB}{_LIST}{_CLOSE}")
_FIRM_MAKES = re.compile(rf"(?P<adv>{_ADVERBS}){_VERB}{_LIST}{_CLOSE}")
_RANGE = re.compile(
    rf"(?:主要|核心|主导|拳头|主打|代表|代表性|明星)产品(?:主要|分别)*(?:为|有|是|包括|涵盖|:){_LIST}{_CLOSE}"
)
_CHARGED = re.compile(rf"(?:负责|承担|承接|从事){_LIST}的(?:研发|设计|加工|组装|总装|和|与|、)*(?:生产|制造|加工|组装)")
_YEARLY = r"年(?:产|可产|可生产)"
_OUTPUT = re.compile(
    rf"{_YEARLY}(?!值|业|能|量|出){_LIST}(?:约|近|超|达|各)*{_AMOUNT}"
    r"(?=[,。;、和及]|$|的(?:项目|生产|产能|能力|[^,。;]{0,8}(?:企业|公司|厂)))"
)
_OUTPUT_BEFORE = re.compile(
    rf"{_YEARLY}(?:约|近|超)*{_AMOUNT}(?:的)?(?P<list>[^,。;:!?、“”()]{{2,20}}?)(?=[,。;、和及]|$)"
)
_UNIT = r"(?:台|款|套|辆|架|颗|批|片|根|艘|只|条|枚|座|瓶|件)"
_NTH = rf"(?:首|第一|第[\d.]+[百千万亿]*){_UNIT}(?:套)?"
_FIRST = (
    re.compile(
        r"(?:下线|推出|发布|研制|交付|生产|试产|总装)(?:了|出|的是)*(?:其|公司|全国|全球|国内|我国|全省|自主研发的)*"
        rf"{_NTH}{_LIST}(?=[,。;]|$)"
    ),
    re.compile(
        rf"{_NTH}{_LIST}(?=(?:在[^,。;]{{2,24}}?)?(?:顺利|成功|正式|已|也|于|\d+日|今日|昨日|近日)*"
        r"(?:就|便)*(?:下线|量产|出自|产自|诞生于|获批|出炉|交付|吊装|问世|试制|出厂|装车|通过(?:验收|试验|测试)))"
    ),
)
_SALES = re.compile(
    r"(?:^|(?<=[,;:。”]))(?:[今去前]年|20\d\d年|目前|上半年|如今)?,?(?:该)?(?:公司|企业|集团)的?(?![年总主])(?P<list>[^,。;:!?“”()的]{3,14}?)"
    r"(?=(?:年|月)?(?:出货量|销量|产销量|装机量)|(?:的)?(?:国内|全球|全国)?(?:市占率|市场占有率|市场份额))"
)
_ROLLING = re.compile(
    r"一(?:批批?|台台|辆辆|架架|排排|个个|件件|根根)(?:崭新的|新下线的)?(?P<list>[^,。;:!?“”()的]{3,14}?)"
    r"(?=(?:正在?|陆续|整齐|缓缓|依次|有序|源源不断)*(?:地)?(?:下线|整装待发|出厂|驶下|装车|组装|总装|发往|打包))"
)
_IN_TEXT = (_MADE, _CHARGED, _RANGE, _OUTPUT, _OUTPUT_BEFORE, _SALES, _ROLLING, *_FIRST)
_APART = re.compile("、|以及|和|及|与|或")
_MAKERS = frozenset({EntityType.COMPANY, EntityType.FACILITY, EntityType.PROJECT, EntityType.ZONE})
_SELF = re.compile(r"(?:^|[,。;:“])(?:该|这家)?(?:公司|企业|集团|工厂|项目|厂)|(?:^|[,。;:“])我们|^" + MARK)
_SERVES = re.compile(
    r"(?:基地|线|能力|总值|要素|工艺|过程|企业|公司|厂家|厂|车间|成本|效率|方式|活动|资料|许可证|安全|任务|计划|订单|环节|"
    r"环境|服务|业务|产业|行业|领域|项目|技术|经营|研发|销售|制造|生产|加工|总量|规模|模式|标准|体系|平台|中心|园|区|需要|"
    r"生活|运营|管理|贸易|物流|咨询|投资|产值|产能|收入|人才|工程|等|大户|经验|奇迹|价值|机会|力|力量|业)$"
)
_PLAIN = (NOMINAL - {"ORG", "PER"}) | {"a", "b", "m", "nx", "q"}
_NAMELESS = re.compile(r"[的了]|^[\d.]+|[A-Z][A-Za-z]*-?\d")  # model codes are read by rules of their own
_LONGEST = 14


def wares(sentence: Sentence, found: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """The goods in such frames, in sentences that speak of somebody who makes something."""
    makers = [c for c in found if c.type in _MAKERS]
    if not makers and not _SELF.search(sentence.text):
        return
    for start, end in dict.fromkeys(_items(sentence, makers, rules)):
        if _goods(sentence, start, end, rules) and not any(c.start < end and start < c.end for c in makers):
            yield candidate(sentence, start, end, EntityType.PRODUCT, "product-told")


_MAKER = re.compile(
    r"(?<![\u4e00-\u9fff])(?:专门|专业|主要)?(?:做|专做|专攻|主打|主攻|生产|研发|研制|经营|制造|深耕)(?P<ware>[^,。;:、的]{2,14})的"
    r"(?P<firm>[\u4e00-\u9fffA-Za-z]{3,8}?)(?=[、,。;]|和(?:做|专)|以?及|都|均|也|等|从|是|就)"
)
_KINDS = re.compile(
    "(?:企业|公司|团队|小店|作坊|(?<!机器)人|者|工厂|厂家|厂商|单位|机构|项目|师傅|小伙|姑娘|园区|同学|老板)$"
)


def makers(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The firms of a row that tells each by what it makes (做阀门的甲、做泵的乙), and what they make."""
    row = [m for m in _MAKER.finditer(sentence.text) if not _KINDS.search(m["firm"])]
    for match in row if len(row) > 1 else []:
        yield candidate(sentence, *match.span("firm"), EntityType.COMPANY, "listed-maker")
        if _goods(sentence, *match.span("ware"), rules):
            yield candidate(sentence, *match.span("ware"), EntityType.PRODUCT, "product-told")


def _items(sentence: Sentence, makers: Sequence[Candidate], rules: Rules) -> Iterator[tuple[int, int]]:
    """The ranges of the items of every list in a frame."""
    text = sentence.text
    frames = [m for p in _IN_TEXT for m in p.finditer(text)]
    supplied = [m for c in makers if (m := _FROM.search(text, 0, c.start)) and _supplied(text, m, c)]
    frames += [m for m in supplied if is_goods(m["list"], rules) or len(m["list"]) >= _LONG]
    frames += [m for c in makers if (m := _FIRM_MAKES.match(text, c.end))]
    entered = [m for c in makers if c.start <= _MARKED and (m := _ENTRY.match(text, c.end))]
    frames += [m for m in entered if all(is_goods(item, rules) for item in _APART.split(m["list"]))]
    for frame in frames:
        yield from parted(sentence, _APART, *frame.span("list"))


_FROM = re.compile(
    r"(?:^|(?<=[,;:。]))(?:[\u4e00-\u9fff]{1,4}用的)?(?P<list>[^,。;:!?的]{2,12}?)(?P<how>来自|出自|产自|由)(?:隔壁的?|本地的?|同城的?|区内的?|园内的?)?$"
)


# What an entry of a list says of a firm right behind its name: ①甲医疗——超声仪,….
_ENTRY = re.compile(
    r"(?:\([^()]*\))?\s*(?:——|:|\|)\s*"
    r"(?!专门|专业|主要|专?做|专注|生产|研发|研制|主营|主打|提供|从事)(?P<list>[^,。;:!?“”()—|]{3,30})(?=[,。;|]|$)"
)
_MARKED = 4
_LONG = 3
# What comes from a firm and is no goods.
_PEOPLE = re.compile(
    "(?:人员|专家|团队|客户|资金|资本|订单|消息|员工|工程师|代表|嘉宾|数据|灵感|学生|人才|技术|收入|利润|企业|项目|成果|力量|用户|选手|师|者|人|权|方|款|费)$"
)


def _supplied(text: str, frame: re.Match[str], maker: Candidate) -> bool:
    """Whether a firm is told to supply the goods (阀门来自甲公司, 泵由乙公司供应)."""
    if _PEOPLE.search(frame["list"]):
        return False
    made = re.compile("(?:独家|全部|负责|就近)*(?:供应|供货|提供|配套|生产|制造)").match(text, maker.end)
    return maker.type is EntityType.COMPANY and (frame["how"] != "由" or made is not None)


def _goods(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether an item is a noun phrase that can name goods."""
    text = sentence.text[start:end]
    if not 2 <= len(text) <= _LONGEST or _SERVES.search(text) or GENERIC.fullmatch(text):
        return False
    common = any(text in known for known in (plain_words(rules), trades(rules), stop_words(rules)))
    if common or ending_type(text, rules) is not None:
        return False
    tokens = between(sentence, start, end)
    if tokens[0].start != start or not boundary(sentence, end) or tokens[0].word in stop_words(rules):
        return False
    used = tokens[-1].tag in ("n", "nz")  # 温室采摘机器人: a verb inside tells what the goods are for
    plain = all(t.tag in _PLAIN or (t.tag == "v" and (used or t.start == start)) for t in tokens)
    return plain and tokens[-1].tag in NOMINAL and not _NAMELESS.search(text)

"""Honours that are no prizes by name: what somebody is recognised or listed as (被认定为…示范基地, 入选…名单)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.names.lists import parts
from kg.extract.text.lines import NUMBER
from kg.extract.text.tokens import boundary
from kg.records import EntityType, Sentence

_HEAD = (
    r"(?:示范(?:基地|园区|园|区|企业|项目|平台|工厂|单位|县|市|城市|街区|小镇)|试点(?:园区|城市|单位|企业|区)|(?:特色|产业|出口|创新|双创|培训|科普|教育|实践)基地"
    r"|特色(?:产业)?园区|(?:小微企业|创新型特色|绿色(?:工业|低碳)?|智慧|五星级?|“[^”]{1,6}”)园区?|特色小镇|单项冠军(?:企业|产品|示范企业)?|(?:隐形|制造业)冠军(?:企业)?"
    r"|“?小巨人”?企业|“?灯塔工厂”?|(?:绿色|智能|未来|标杆|示范|数字)工厂|领军企业|领航企业|龙头企业|(?:产业|特色|先进制造业|创新型)集群|先进集体|文明单位|标杆(?:园区|企业|孵化器)"
    r"|先进[^,。;、]{2,12}区|[百十千]强(?:榜|园区|企业|开发区|高新区|县|区)?|先导区|转型升级(?:基地|示范区)|瞪羚企业|独角兽企业|科技企业孵化器|众创空间|优秀案例|典型案例|十大[^,。;、]{2,10}|榜单)"
)  # fmt: skip
_LEAD = (
    r"(?:(?:国家|全国|中国|全球|世界|亚洲|全省|全市|我国|[\u4e00-\u9fff]{2,3}(?:省|市|自治区))级?|省级|市级|国际|“|工信部|科技部"
    r"|(?:20)\d\d年(?:度)?|第[一二三四五六七八九十\d]+[批届]|制造业)"
)
_VERB = (
    r"(?:(?:被|获|先后|成功|同时|并|首批|荣)*(?:认定|评定|评选|命名|评|确定|授牌|列|推选|遴选)(?:为|成为|入|上)"
    r"|获批(?:为|成为)?(?!设立|建设|成立|筹建|组建)|成功创建(?:为|成)?|创成|获评(?:为)?|荣膺|荣获|获授|被?授予|入选(?:了|为)?|入围(?:了)?|上榜|登上|登榜|荣登|跻身)"
    r"(?:了)?(?:首批|第[一二三四五六七八九十\d]+批|20\d\d年度?|年度|新一批|最新一批)*(?:的)?"
)
_TAIL = r"(?:等[^,。;:、]{0,10})?(?:荣誉|称号|(?:公示|培育)?名单|名录|目录|行列|之列|榜单?)*"
_RUN = re.compile(rf"{_VERB}(?P<run>(?:[^,。;:]|”,(?=“))+)(?=[,。;:]|$)")
# 是国家…示范基地: what a zone is called by the state, where it is told of it as one of its titles.
_IS = re.compile(
    r"(?:是|为|成为|拥有|建有)(?:全国|全省|我国|首批|第[一二三四五六七八九十]批|唯一的?)*(?P<run>国家级?[^,。;、:]{2,20}(?:示范|试点|出口|特色产业|双创|科普)[^,。;、:]{0,6}(?:基地|园区|单位|城市)"
    r"(?:[、和及](?:国家|全国|省级|中国)[^,。;、:]{2,24}(?:基地|园区|单位|城市))*)(?=等|[,。;]|$)"
)
# 所获荣誉:甲、乙、丙
LABELLED = re.compile(
    rf"^{NUMBER}[\[【]?(?:所获|获得的?|主要|园区|企业|公司)*(?:荣誉|荣誉称号|荣誉资质|获奖情况|所获奖项|殊荣)(?:[\]】]\s*:?|\s*:)\s*"
    r"(?P<run>[^,。;:]{4,}(?:、[^,。;:]{4,})+)"
)
_APART = re.compile(r"”,“|”“|、|和(?=国家|全国|省|市|中国|“)|以及|及(?=国家|全国|省|市|中国|“)")
_TITLE = re.compile(rf"{_LEAD}[^,。;、:]{{0,24}}?{_HEAD}")
_NEXT = re.compile(
    rf"{_LEAD}[^,。;、:]{{0,24}}?(?:基地|园区|单位|城市|开发区|试验区|孵化器|集群)|[^,。;、:的]{{4,24}}?{_HEAD}"
)
_ENTRY = re.compile(
    rf"^{NUMBER}[^,。;:]{{2,16}}(?:\([^()]*\))?(?::|——)(?:园区|全省|全市|区内)?(?:首家|首批|唯一)?"
    rf"(?P<name>{_LEAD}[^,。;、:]{{0,24}}?{_HEAD})(?=称号|[,。;、]|$)"
)
_DATED = rf"{NUMBER}(?:19|20)\d\d(?:年(?:度|\d{{1,2}}月)?)?(?:\s*:\s*|\s+|,?(?=荣获|获评|被认定为|被评为|入选))"
LISTED = re.compile(
    rf"{_DATED}(?:荣获|获评|获|被认定为|被评为|入选)?[“「]?(?P<name>(?![被获])(?:[^,。;:(“”]{{4,30}}?(?:{_HEAD}|奖|称号)"
    rf"|{_LEAD}[^,。;:(“”]{{2,24}}(?:开发区|高新区|基地|园区|城市|单位|集体)))[”」]?(?:\([^()]*\))?[。;]?\s*"
)
ROW = re.compile(rf"{_DATED}[^。]{{4,40}}[。;]?\s*")
# A higher rank of a zone is no honour.
_RANK = re.compile(
    r"国家级?(?:高新技术产业开发区|高新区|经济技术开发区|经开区|自主创新示范区|综合保税区|新区|自由贸易)"
)


def honour_names(sentence: Sentence) -> Iterator[Candidate]:
    """The honours that a verb of recognition or a line of a list of honours names."""
    spans = [m.span("name") for m in _ENTRY.finditer(sentence.text)]
    spans += [s for m in LABELLED.finditer(sentence.text) for s in _each(*m.span("run"), sentence.text)]
    spans += [s for m in chain(_RUN.finditer(sentence.text), _IS.finditer(sentence.text)) for s in _titles(m)]
    for start, end in spans:
        if not _RANK.match(sentence.text, start, end) and boundary(sentence, start):
            yield candidate(sentence, start, end, EntityType.AWARD, "listed-honour")
    line = LISTED.fullmatch(sentence.text)
    if line and not _RANK.match(line["name"]):
        yield candidate(sentence, *line.span("name"), EntityType.AWARD, "listed-honour")


def _each(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a list's items without quotes, years and what closes the list."""
    for a, b in parts(_APART.finditer(text, start, end), start, end):
        a += len(_OPENS.match(text[a:b])[0])  # type: ignore[index]
        yield a, a + len(_CLOSES.sub("", text[a:b]))


def _titles(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The ranges of the titles in the list behind a verb; the first must say who gives it."""
    text = match.string
    for number, (a, b) in enumerate(_each(*match.span("run"), text)):
        if _TITLE.fullmatch(text, a, b) or (number and _NEXT.fullmatch(text, a, b)):
            yield a, b
        elif number == 0:
            return


_OPENS = re.compile(r"[“「]?(?:首批|第[一二三四五六七八九十\d]+批|20\d\d年度?)?[“「]?")
_CLOSES = re.compile(rf"(?:\([^()]*\))?[”」]?{_TAIL}[”」]?$")

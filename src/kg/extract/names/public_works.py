"""Public works by the build of their names: 第三污水处理厂, 甲大道西延, 国际会展中心 behind the zone whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import NOMINAL, between, boundary
from kg.records import EntityType, Sentence

_PLANT = (
    "(?:污水处理厂|净水厂|自来水厂|水厂|水质净化厂|再生水厂|热电厂|热源厂|变电站|垃圾焚烧发电厂|消防站|客运站|"
    "污水处理中心)"
)
_NAMING = NOMINAL | {"m", "a", "b", "f"}
_NUMBERED = re.compile(
    rf"(?P<name>第[一二三四五六七八九十]{{1,2}}{_PLANT}(?:[一二三四]期)?(?:扩建|提标改造)?(?:工程|项目)?)"
)
_ROAD = "(?:大道|大街|快速路|路|街|高速|铁路|专用线|大桥|隧道|地铁[\\d一二三四五六]+号线)"
_CHANGED = (
    "(?:[东南西北]{1,2}(?:延伸?线?|段|进)(?![续长安期吴])|(?:快速化|提升)?改造(?:提升)?|拓宽|扩建|改扩建|延伸线?|贯通)"
    "(?:工程|项目)?"
)
_STREET = re.compile(
    rf"(?:^|(?<=[、,。;:和及与有为是括如]))(?P<name>(?![也既还又]|[道公铁马][路]|高速|街道)[\u4e00-\u9fff]{{2,6}}?{_ROAD}){_CHANGED}"
)
_BUILDING = re.compile(
    "(?<=[区城园谷镇]的)(?P<name>(?:国际|国家)?(?:会展|会议|博览|体育|文化|展览|市民|科技文化)(?:会议|艺术)?(?:中心|馆))"
)
_HOUSE = re.compile(
    "(?:迁|搬|入驻|进驻|落户)(?:到|至|进|入|往)?(?:了)?[^,。;]{0,16}?(?P<name>(?<=[到至进入往了的驻户])[\u4e00-\u9fff]{2,6}大厦)"
)
_RUNS_ON = re.compile("[区站路段口]|项目(?!在|已|正|$)")  # what would make it a part of a longer name


def public_works(sentence: Sentence) -> Iterator[Candidate]:
    """The plants, roads and public buildings that their names' build makes certain."""
    forms = (
        (_NUMBERED, "name", EntityType.FACILITY),
        (_STREET, 0, EntityType.PROJECT),
        (_BUILDING, "name", EntityType.FACILITY),
        (_HOUSE, "name", EntityType.FACILITY),
    )
    for form, group, type_ in forms:
        for match in form.finditer(sentence.text):
            start, end = match.span(group)
            whole = boundary(sentence, start) and boundary(sentence, end) and not _RUNS_ON.match(sentence.text, end)
            if whole and all(t.tag in _NAMING for t in between(sentence, start, match.end("name"))):
                yield candidate(sentence, start, end, type_, "ending-public-work")

"""Whose figure it is, by stated preference: the head it describes, named in the clause, named before, the topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.extract.figures import indicators
from kg.extract.figures.builders import only_builds
from kg.extract.figures.context import Context, clause_end, clause_start, made_of, paragraph_before, words
from kg.extract.figures.speaker import speaking
from kg.extract.scene.actors import employs
from kg.extract.scene.naming import Naming
from kg.records import EntityType as T

OWNERS = frozenset(
    {T.ZONE, T.VALLEY, T.PLACE, T.COMPANY, T.FUND, T.FACILITY, T.PROJECT, T.UNIVERSITY, T.INSTITUTE, T.LABORATORY,
     T.BODY, T.PRODUCT, T.EVENT, T.GROUP, T.MEDIA}
)  # fmt: skip
AREAS = frozenset({T.ZONE, T.PLACE})
# A name after these says where, with whom, of what or against what something happens, not whose figure it is.
_ASIDE = re.compile(
    r"(?:在|位于|坐落于|地处|落户|落户于|入驻|与|同|跟|向|对|为|由|被|从|经|经由|报|较|比|居|列|占|位居|位列|高于|低于|达到|来自|围绕|依托|借鉴|毗邻|"
    r"毗连|[东西南北]?[邻接连临]|距|距离|按照|根据|据|面向|服务|服务于|紧盯|瞄准|对接|锁定|覆盖|辐射|出口|出口到|销往|送到|融入|通过|除|除了|以|聚焦|作为|包括|给|本报|新华社|"
    r"拥有|现有|共有|涵盖了?|囊括|包含|划分为|分为|引进|聘请|培养|含|荣?获得?|荣膺|入选|设有|下设|下?辖|管辖|代管|收购|并购|走进|走入|步入|踏入|来到|参观|漫步|"
    r"列入|列为|隶属|隶属于|属于|属|并入|加入)$"
)
# Who publishes a ranking, leads a round, or only says where or whose member, owns no figure (火炬中心公布的…评价中).
_GIVES = re.compile(
    r"(?:新近|最新|联合|组织|牵头)?(?:公布|发布|认定|评选|主办|授予|颁发|出具|编制|印发|评定)的"
    r"|(?:领投|跟投|参投|等?(?:机构)?跟投|院士|研究员|首席(?:专家|科学家|分析师))"
    r"|(?:[东南西北中]{1,2}[部侧麓岸翼]|沿岸|境内|腹地|之畔|旁边?|附近)"
    r"|(?:发布的?|公布的?|提供的?|披露的?|通报的?|的)?(?:最新)?(?:统计)?(?:数据|公报|报告|统计|监测)(?:显示|表明|指出|称)"
)
# What somebody makes (全球最大的伺服电机生产商之一) is not whose figures follow.
_MAKER = re.compile(
    r"的?(?:研发|生产|制造|供应|提供|服务|开发|运营|代理|经销|集成|设计|解决方案)*"
    r"(?:商|企业|厂商|厂家|基地|公司|产业|行业|领域|市场|龙头|巨头|赛道)"
)
_ENUMERATED = re.compile(r"(?:、|和|与|及|以及)*等?$")
# A clause that begins so tells of all of a kind, and no one named elsewhere owns its figures.
_OF_ALL = re.compile(
    r"(?:目前|现在|当前|截至|[¤年底末,、])*(?:(?:全国|我国)(?!首|最|第|唯一|领先)|全省|全行业"
    r"|(?:这?[\d一二三四五六七八九十]+[个家])?国家级?高新区"
    r"|(?:这)?[\d一二三四五六七八九十百]+余?[个家](?:国家级|省级)?(?:开发区|高新区|经开区|园区|综保区|特色小镇|企业)"
    r"(?=(?:共|累计|合计|总共|全年|[¤])*(?:实现|完成|创造|拥有|地区|规上|规模|总|工业|营业|引进)))"
)
# One of several that are only enumerated (甲、乙等一批企业).
_LISTED = re.compile(
    r"(?:[、和与及][^,。;:]{1,40})?(?:等|[\d一二两三四五六七八九十]+家)[^,。;:、]{0,16}"
    r"(?:企业|公司|机构|平台|项目|高校|院校|单位|品牌|龙头|巨头|名企|独角兽|院所)"
)
_LISTABLE = frozenset({T.COMPANY, T.INSTITUTE, T.UNIVERSITY, T.LABORATORY, T.PROJECT, T.FACILITY})
_JOINT = re.compile(r"、|和|与|及|以及|等|[“‘「]?")
_FIRST_PERSON = re.compile(r"我们|我(?!国)|(?<![\w、的])公司|本公司")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is and how that was told."""

    naming: Naming
    how: str


def owner(
    context: Context,
    position: int,
    types: Collection[T],
    *,
    strict: bool = False,
    head: Naming | None = None,
    blocked: Collection[Naming] = (),
    previous: Owner | None = None,
    works: bool = False,
) -> Owner | str:
    """The owner of the figure whose wording begins at `position`; a reason as text where none can be told.

    `types` are those that such a figure is usually told of; `strict` says that no other can have it. `blocked` are
    names that say something else (among whom a rank is), `previous` is the owner of the figure before. `works` tells
    that the figure is one of buildings: what an earlier clause builds comes before who builds it.
    """
    if head is not None:
        return Owner(head, "head")
    usual = frozenset(types) or OWNERS
    allowed = usual | {T.VALLEY} if strict else OWNERS
    before = _candidates(context, position, blocked)
    start = clause_start(context, position)
    if here := _preferred([n for n in reversed(before) if n.start >= start], usual, allowed):
        return Owner(here, "clause")
    if _of_all(context, start, before):
        return "a figure of all, not of one"
    if previous is not None and _PART.match(context.text, start):
        return Owner(previous.naming, "whole of the part")
    found = _told_before(context, position, before, (usual, allowed), previous, works=works)
    whole = None if works or found is None else _whole_of_year(context, start, found.naming)
    if whole is not None:
        return Owner(whole, "whole of the year")
    return found or "nobody named whose figure it could be"


def _told_before(
    context: Context,
    position: int,
    before: list[Naming],
    types: tuple[Collection[T], Collection[T]],
    previous: Owner | None,
    *,
    works: bool,
) -> Owner | None:
    """The owner whom no word of the clause names."""
    usual, allowed = types
    start = clause_start(context, position)
    since = context.text.rfind(";", 0, start)
    free = [n for n in before if n.start < start and (_may_go_on(n, since) or _leads(context, n))]
    earlier = list(_clauses_backwards(context, free))
    if found := _of_earlier(context, position, earlier, types, previous, works=works):
        return found
    if _FIRST_PERSON.search(context.text, 0, position) and (speaker := speaking(context)):
        return Owner(speaker, "speaker")
    if previous is not None and not earlier and previous.naming.type in allowed:
        return Owner(previous.naming, "figure before")
    topic = _topic(context, usual, allowed)
    return Owner(topic, "topic") if topic is not None else None


# What stands behind a verb is no subject of what comes after a semicolon (设有甲院,共建乙实验室;授权专利486件).
_PARTS = frozenset({T.LABORATORY, T.INSTITUTE, T.BODY, T.FACILITY})


def _may_go_on(naming: Naming, since: int) -> bool:
    """Whether a name that opens no clause may be what later clauses tell of; goods are what somebody makes."""
    return naming.type is not T.PRODUCT and (naming.start > since or naming.type not in _PARTS)


_OF_YEAR = re.compile(r"(?:(?:19|20)\d\d年)?(?:全年|上半年|前三季度|第?[一二三四]季度|1[-—至到]\d{1,2}月)")
_WORKS = frozenset({T.PROJECT, T.FACILITY, T.FUND})


def _whole_of_year(context: Context, start: int, naming: Naming) -> Naming | None:
    """The zone that the text is about, where a clause tells of a whole year after its works: 全年新签约项目64个."""
    sentence = context.scene.sentences[naming.sentence]
    works = naming.type in _WORKS or (naming.type is T.ZONE and sentence.text.endswith("园", naming.start, naming.end))
    if not works or not _OF_YEAR.match(context.text, start):
        return None
    main = context.scene.main_before(context.sentence.index, frozenset({T.ZONE, T.VALLEY}))
    return main if main is not None and main.referent != naming.referent else None


def _of_earlier(
    context: Context,
    position: int,
    earlier: list[list[Naming]],
    types: tuple[Collection[T], Collection[T]],
    previous: Owner | None,
    *,
    works: bool,
) -> Owner | None:
    """The owner whom an earlier clause of the sentence names, of the usual types or else of the allowed ones."""
    usual, allowed = types
    start = clause_start(context, position)
    if _AIMS.match(context.masked, start) and (aiming := _aiming(context, earlier, usual)):
        return Owner(aiming, "who aims")
    if works and (built := next((n for clause in earlier for n in clause if _is_built(context, n)), None)):
        return Owner(built, "what is built")
    if previous is not None and earlier and _goes_on(context, previous.naming, earlier[0], position, allowed):
        return Owner(previous.naming, "figure before")
    found = _in_clauses(context, earlier, usual, allowed)
    return Owner(found, "sentence") if found else None


def _of_all(context: Context, start: int, before: list[Naming]) -> bool:
    """Whether the clause tells of all of a kind, or goes on about what an earlier clause counted of them."""
    since = before[-1].start if before else 0
    earlier = [at for at in (0, *context.breaks) if since <= at < start and _OF_ALL.match(context.masked, at)]
    counted = any(re.search(r"\d", context.masked[at : clause_end(context, at)]) for at in earlier)
    return counted or bool(_OF_ALL.match(context.masked, start))


# Of an enumeration each item tells of its own things (一是开工建设甲园;二是…,新引进项目40个).
_ITEM = re.compile(r"(?:^|[,;:。])第?[一二三四五六七八九十]是")


def _candidates(context: Context, position: int, blocked: Collection[Naming]) -> list[Naming]:
    """The names before a position that may own a figure; not those that enumerate what is counted (A、B等2个)."""
    found: list[Naming] = []
    end = position
    items = [m.end() for m in _ITEM.finditer(context.text, 0, position)] or [0]
    counted = {m.start for m in context.measures if m.unit == "NUM"}
    for naming in reversed([n for n in context.namings if n.end <= position]):
        if items[0] <= naming.start < items[-1] or (naming.type in indicators.COUNTED and naming.end in counted):
            continue
        between = context.text[naming.end : end]
        if between and naming.end > clause_start(context, position) and _ENUMERATED.fullmatch(between):
            end = naming.start
            continue
        if made_of(context.text, naming):
            continue
        hired = naming.type is not T.BODY and employs(context.sentence, naming, context.namings)
        if naming not in blocked and naming.type in OWNERS and not is_aside(context, naming) and not hired:
            if _shut_in(context.text, naming.end, position):
                continue
            found.append(naming)
    return found[::-1]


def _shut_in(text: str, end: int, position: int) -> bool:
    """Whether a bracket opened before a name and closed before the figure: “一区三园”(甲园、乙园),全区…."""
    shut = re.compile(r"[^()]*\)").match(text, end, position)
    return shut is not None and "(" in text[:end]


def _preferred(namings: list[Naming], usual: Collection[T], allowed: Collection[T]) -> Naming | None:
    """The first naming of a usual type, else of an allowed one."""
    return next((n for wanted in (usual, allowed) for n in namings if n.type in wanted), None)


def _clauses_backwards(context: Context, before: list[Naming]) -> Iterator[list[Naming]]:
    """The names of each clause before, nearest clause first."""
    for start in sorted({clause_start(context, n.start) for n in before}, reverse=True):
        yield [n for n in before if clause_start(context, n.start) == start]


# What opens so goes on about who acts, not about what was set up in between (组建…基金,力争2027年集聚企业200家).
_AIMS = re.compile(r"[¤,到]*(?:力争|争取|确保|努力|奋力|全力)")


def _aiming(context: Context, clauses: list[list[Naming]], usual: Collection[T]) -> Naming | None:
    """The first name that opens a clause and may own the figure, where one does."""
    named = [n for clause in reversed(clauses) for n in clause if n.type in usual and n.type not in _MADE - {T.VALLEY}]
    return next((n for n in named if _leads(context, n)), None)


def _in_clauses(
    context: Context, clauses: list[list[Naming]], usual: Collection[T], allowed: Collection[T]
) -> Naming | None:
    """The first name of the nearest clause that has a fitting one; what only a verb's object is comes last."""
    free = [[n for n in clause if not _is_object(context, n)] for clause in clauses]
    leading = [[n for n in clause if n.type not in _ABOVE or _leads(context, n)] for clause in free]
    for told in (leading, free, clauses):
        for wanted in (usual, allowed):
            if found := next((n for clause in told for n in clause if n.type in wanted), None):
                return found
    return None


def _goes_on(context: Context, owner: Naming, clause: list[Naming], position: int, allowed: Collection[T]) -> bool:
    """Whether the nearest clause with names is about who owns the figure before (入驻企业823家,营业收入1078亿元)."""
    return owner in clause and owner.type in allowed and ";" not in context.text[owner.end : position]


_PART = re.compile(r"这?其中")
# Places and bodies are named beside what a clause is about more often than as that; as such they open it.
_ABOVE = frozenset({T.PLACE, T.BODY, T.MEDIA})
# What is built, raised or made is often what the next clause measures; a place or body that a verb governs is not.
_MADE = frozenset({T.PROJECT, T.FUND, T.FACILITY, T.PRODUCT, T.LABORATORY, T.VALLEY})


_BUILDS = re.compile(
    r"(?:建设|兴建|新建|打造|建造|扩建|投建|建成|共建|在建)(?:了|的)?(?:一[座个条期栋])?(?:[^,。;:、]{0,14}的)?[“‘「]?$"
)
_BUILT_WITHIN = 22
_SETS_UP = re.compile(
    r"(?:建设|兴建|新建|规划|建成|共建|在建|[设成建]立|增设|新设|设置|创建|创办|布局)(?:了|的)?[“‘「]?$"
)


def _is_built(context: Context, naming: Naming) -> bool:
    """Whether a clause tells that a work is built (投资32亿元建设…总装基地) or a zone set up (批复同意设立…综保区)."""
    verb = {T.PROJECT: _BUILDS, T.FACILITY: _BUILDS, T.VALLEY: _BUILDS, T.ZONE: _SETS_UP}.get(naming.type)
    return verb is not None and bool(verb.search(context.text, max(0, naming.start - _BUILT_WITHIN), naming.start))


def _leads(context: Context, naming: Naming) -> bool:
    """Whether a name opens its clause, times and quotes aside."""
    start = clause_start(context, naming.start)
    return not context.masked[start : naming.start].strip(" ¤“‘「《(的在截至年月日底末,")


# 甲城是乙中心的先行启动区: the whole that the subject is a part of.
_PART_OF = re.compile(
    r"的?(?:先行|重要|核心|主要|首个?|唯一|[一二三四五六]期)*(?:启动|起步|先导|承载|拓展|组成|功能|示范|一部)"
)


def _is_object(context: Context, naming: Naming) -> bool:
    """Whether a verb governs a name (北枕汉江, 登陆深交所) or it only says whose the next noun is (甲的开发商)."""
    text = context.text
    if naming.anaphor and naming.type is T.ZONE and text[naming.end : naming.end + 1] != "的":
        return False
    if naming.type in _MADE:
        if _PART_OF.match(text, naming.end) and text.endswith(("是", "为", "作为"), 0, naming.start):
            return True
        return text[naming.end : naming.end + 1] in ("的", "、") or text.endswith("、", 0, naming.start)
    if naming.type in (T.ZONE, T.VALLEY) and _in_a_row(context, naming):
        return True
    at = naming.start - 1
    while at >= 0 and text[at] in "“‘「":
        at -= 1
    before = words(context, at, naming.start)[:1] if at >= 0 else []
    return text[naming.end : naming.end + 1] == "的" or (bool(before) and before[0].tag in ("v", "p", "f"))


def _in_a_row(context: Context, naming: Naming) -> bool:
    """Whether a name is one of several of its type in a list (即甲园、乙园和丙园)."""
    others = [n for n in context.namings if n.type is naming.type and n != naming]
    gaps = ((min(n.end, naming.end), max(n.start, naming.start)) for n in others)
    return any(a < b and _JOINT.fullmatch(context.text[a:b]) for a, b in gaps)


def is_aside(context: Context, naming: Naming) -> bool:
    """Whether a name is only where or with whom something happens (在武汉, 与清华大学, 来自美国、德国)."""
    if context.text.endswith(("与", "跟", "同"), 0, naming.start) or _GIVES.match(context.text, naming.end):
        return True
    if is_dateline(context.text, naming) or only_builds(context.text, naming, context.namings):
        return True
    made = context.text.endswith("产", 0, naming.start) or _MAKER.match(context.text, naming.end)
    if naming.type is T.PRODUCT and made:
        return True
    if naming.type in _LISTABLE and _LISTED.match(context.text, naming.end):
        return True
    first = naming
    for other in reversed([n for n in context.namings if n.end <= naming.start]):
        if not _JOINT.fullmatch(context.text[other.end : first.start]):
            break
        first = other
    return bool(_ASIDE.search(context.text, max(0, first.start - 4), first.start))


_REPORTED = re.compile(r"(?:[\d月日]{0,6}(?:综合)?(?:专电|电|讯|报导|报道|消息))(?=[\])〕】:,]|$|\s)")


def is_dateline(text: str, naming: Naming) -> bool:
    """Whether a place is only where a report was written (记者某某/嘉义报导, 本报广州讯)."""
    return naming.type is T.PLACE and naming.start < _DATELINE and _REPORTED.match(text, naming.end) is not None


_DATELINE = 24  # characters: further in a sentence none stands


def _topic(context: Context, usual: Collection[T], allowed: Collection[T]) -> Naming | None:
    """Whom the paragraph goes on about: of its earlier sentences the nearest one's subject, else the scene's topic."""
    if context.scene.division is not None:
        return context.scene.division
    entry = context.scene.entry(context.sentence.index)
    if entry is not None and entry.type in allowed and entry.type is not T.COMPANY:
        return entry
    narrow = frozenset(usual) - {T.PLACE} if T.ZONE in usual else frozenset(usual)
    for types in (narrow, usual, allowed):
        for sentence in reversed(paragraph_before(context)):
            named = [n for n in context.scene.named_in(sentence.index) if n.type in types]
            free = [n for n in named if not _ASIDE.search(sentence.text, max(0, n.start - 4), n.start)]
            free = [n for n in free if not is_dateline(sentence.text, n)]
            if free:
                return free[0]
    here = context.sentence.index
    return context.scene.topic(here, narrow) or context.scene.topic(here, usual)

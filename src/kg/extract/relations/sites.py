"""Where the works stand that a zone's own page tells of: what is built or opened, with no other site named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.names.forms import zone_ending, zone_form
from kg.extract.relations.matches import Match
from kg.extract.scene.areas import AREAS, WORKS, area
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.words import places
from kg.records import Claim, EntityType, Relation, Sentence

RULE, RULE_NAMESAKE = "stands-in-topic", "named-after-topic"
_INFERRED = frozenset({RULE, RULE_NAMESAKE})
_SITES = AREAS | {EntityType.PLACE}
_STEP = re.compile(
    r"(?<!年)(?:开工|动工|奠基|破土|开建|(?<!试)投产|试产|投用|启用|揭牌|挂牌|建成|竣工|完工|封顶|落成|开园|开业|开诊|开馆|投运|并网"
    r"|投入(?:使用|运营|运行)|在建|正在?建设|(?:加快|加紧|加速|抓紧|有序|稳步|全力|全面)(?:推进)?建设|加快推进|施工|拔地而起|落户|落地|入驻|进驻|入园|终止|取消|搁置)"
)
# What follows is a list of works that have all come so far (集中开工的11个项目里,既有甲,也有乙、丙).
_GROUP = re.compile(
    r"(?:开工|动工|奠基|投产|竣工|在建|续建|新建|建成|签约|落户|引进|储备)的?(?:重点|重大|产业|工业|亿元以上)*"
    r"(?:项目|工程)?(?:\d+|[一二三四五六七八九十]+)(?:余|多)?(?:个|项)[^,。;]{0,10}?(?:项目|工程)(?:里|中|包括|有|分别为|为|是|:|,)"
    r"|(?:在建|开工|投产|竣工|签约|续建)项目(?:里|中|包括|有|分别为|为)"
)
_BUILT = re.compile(
    r"(?:开工(?:建设)?|新建|兴建|扩建|在建|投建|建成|建起|建设|(?<![扩新兴投])建|上马?|规划|布局)(?:的是|的|了|起)?(?:[一两]?[座个条家处])?"
    r"(?:年产[^,。;]{1,12}的)?[“‘]?$"
)
_LABELLED = re.compile(r"[【\[](?:开工|动工|投产|竣工|揭牌|启用|封顶|投用|落成|落户|建成|签约落地)[】\]]")
_FAR = 40


def sites(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The works of which a sentence tells how far they have come, as standing in the zone that it goes on about."""
    zone = None if sentence.heading else area(scene, sentence)
    if zone is None:
        return
    named = scene.named_in(sentence.index)
    yield from _namesakes(scene, sentence, named, zone)
    elsewhere = [n for n in named if n.type in _SITES and n.referent != zone.referent and not _listed(sentence, n)]
    works = WORKS | {EntityType.ZONE} if zone.type is EntityType.PLACE else WORKS
    for naming in named:
        apart = naming.anaphor or naming.referent == zone.referent or _of_another_place(scene, naming, zone)
        fits = naming.type in works or (naming.type is EntityType.ZONE and _listed(sentence, naming))
        told = _told(sentence, naming, named) if fits and not apart else None
        if told and not any(told[0] <= n.start < told[1] for n in elsewhere if n != naming):
            yield Match(RULE, Relation.LOCATED_IN, naming, zone, naming.start, naming.end)


_FORMER = re.compile("前身[^,。;]{0,16}$|原[^,。;]{0,4}$")


def _namesakes(scene: Scene, sentence: Sentence, named: Sequence[Naming], zone: Naming) -> Iterator[Match]:
    """The zones that bear the own name of the page's zone: 沭港综保区 and 沭港港区 lie in 沭港经开区."""
    stem = _own_name(scene, zone)
    for naming in named if stem else ():
        name = scene.referents[naming.referent].name
        other = naming.type is EntityType.ZONE and not naming.anaphor and naming.referent != zone.referent
        if other and name.startswith(stem) and not _FORMER.search(sentence.text, 0, naming.start):
            yield Match(RULE_NAMESAKE, Relation.LOCATED_IN, naming, zone, naming.start, naming.end, scoped=False)


def _own_name(scene: Scene, zone: Naming) -> str:
    """What a zone is called without a place before and its kind behind; empty where it is called by a place alone."""
    name = zone_form(scene.referents[zone.referent].name)
    body = name.removesuffix(zone_ending(name)) if len(zone_ending(name)) > 1 else ""
    front = next((size for size in (3, 2) if body[:size] in places(scene.rules)), 0)
    own = body[front:]
    return own if len(own) >= _SHORTEST_OWN and own not in places(scene.rules) else ""


_SHORTEST_OWN = 2


def _listed(sentence: Sentence, naming: Naming) -> bool:
    """Whether a park is one of several works in a row."""
    return sentence.text[naming.end : naming.end + 1] == "、" or sentence.text.endswith("、", 0, naming.start)


def _of_another_place(scene: Scene, naming: Naming, zone: Naming) -> bool:
    """Whether a name opens with a place that is not the zone's: neither in its name nor the one told of most."""
    name, city = scene.referents[naming.referent].name, scene.main({EntityType.PLACE})
    fronts = [f for f in (name[:2], name[:3], name[:4]) if f == "中国" or f in places(scene.rules)]
    own = scene.referents[zone.referent].name + (scene.referents[city.referent].name if city else "")
    return any(front not in own for front in fronts)


def _told(sentence: Sentence, naming: Naming, named: Sequence[Naming]) -> tuple[int, int] | None:
    """The range in which the step of a work is told: behind it, before it, or of the works in whose list it stands."""
    text = sentence.text
    begin, end = _around(text, naming, "[;。!?]")
    group, built = _GROUP.search(text, begin, naming.start), _BUILT.search(text, begin, naming.start)
    if group or built or (_LABELLED.match(text) and naming.start < _FAR):
        return begin if group else _around(text, naming, "[,;:。!?]")[0], naming.end
    later = [n.start for n in named if n.start >= naming.end and n.type not in WORKS | {EntityType.ZONE}]
    steps = _STEP.finditer(text, naming.end, min([end, naming.end + _FAR, *later]))
    step = next((m for m in steps if not any(n.start <= m.start() < n.end for n in named)), None)
    return (_around(text, naming, "[,;:。!?]")[0], step.end()) if step else None


def _around(text: str, naming: Naming, marks: str) -> tuple[int, int]:
    """The range from the last of the marks before a naming to the first behind it."""
    before = [m.end() for m in re.finditer(marks, text[: naming.start])]
    after = re.compile(marks).search(text, naming.end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def placed(claims: list[Claim]) -> list[Claim]:
    """Without the sites that were only inferred, of what is said to stand, belong or be somewhere."""
    sure = [c for c in claims if c.rule not in _INFERRED]
    told = {c.subject for c in sure if c.relation in (Relation.LOCATED_IN, Relation.PART_OF)}
    told |= {c.object for c in sure if c.relation in (Relation.HOSTS, Relation.HAS_VALLEY) and c.object is not None}
    return [c for c in claims if c.rule not in _INFERRED or c.subject not in told]

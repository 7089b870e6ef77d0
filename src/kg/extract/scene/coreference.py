"""Anaphors: 该项目, 该基金, 园区, 大会 mean the one that was just named, or nothing where that is not plain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.scene.areas import AREAS, PARK_END, WORKS, without_sites
from kg.extract.scene.entries import entries
from kg.extract.scene.naming import Naming
from kg.extract.scene.pointed import of_a_pair, of_that_ending
from kg.extract.scene.speakers import Speech, speeches
from kg.extract.scene.tails import short_forms
from kg.extract.text.tokens import boundary
from kg.extract.text.words import alternation, any_of, titles, words
from kg.records import EntityType, Sentence
from kg.rules import Rules

_TYPES = tuple(t for t in EntityType if t not in (EntityType.PERSON, EntityType.INDUSTRY))
_BARE = {
    EntityType.ZONE: "这里|园内|园区|高新区|开发区|经开区|全区|区内|我区|新区|新城",
    EntityType.BODY: "管委会",
    EntityType.UNIVERSITY: "学校|该校|本校",
    EntityType.LABORATORY: "实验室",
    EntityType.INSTITUTE: "研究院|研究所|医院|全院",
    EntityType.EVENT: "大会|会上|论坛上|会议上|峰会上|活动现场",
    EntityType.COMPANY: "公司|企业",
    EntityType.PROJECT: "项目",
    EntityType.FUND: "基金(?!招引|招商|公司|机构|产品|业|小镇|集群|矩阵|体系|从业|行业|投早|丛林|街区)",
}
_REACH = {EntityType.ZONE: 60, EntityType.PLACE: 60, EntityType.COMPANY: 20, EntityType.EVENT: 8}
_DEFAULT_REACH = 3
# Of these the one that the document names most is meant where a sentence names several.
_WEIGHED = frozenset({EntityType.ZONE, EntityType.VALLEY, EntityType.COMPANY, EntityType.PLACE})


# 公司 behind such a verb and before what is held of it is the firm that the text is about.
_SHARES_OF = (
    r"的?(?:控股|全资|参股)子公司|第[一二三四五]大?股东|控股股东|的?[\d.]+%|的?(?:部分|全部|剩余)*(?:股份|股权)"
)
_KINDS_OF_FIRM = "(?:企业|公司|厂商|厂家|药企|车企|独角兽|小巨人)"
# 这是一家…的企业, 这家由…创办的公司, and 他们 before what they make.
_OF_FIRMS = (
    rf"(?<=成为|持有|增持|减持|认购|购买|收购|控股)公司(?={_SHARES_OF})",
    rf"这(?=(?:就|也|正)?是一[家个][^,。;]{{0,40}}{_KINDS_OF_FIRM}(?:[,。;]|$))",
    rf"这家(?=[^,。;:“”]{{2,30}}的[^,。;:“”]{{0,10}}{_KINDS_OF_FIRM})",
    r"(?:(?<=,)|(?<![\s\S]))他们(?=(?:自主|独立|联合|共同|成功|率先|已)*(?:研发|研制|生产|开发|推出|打造|制造|设计))",
)
_EXCHANGE = re.compile(r"(?:交易所|[深上北港]交所)$")
_WE = re.compile(r"我们(?!国)|我司|我公司|咱们")


@lru_cache(maxsize=4)
def _anaphors(rules: Rules) -> tuple[tuple[EntityType, re.Pattern[str]], ...]:
    """For each type the wordings that point back: a demonstrative and a head, or a bare head that opens a clause."""
    these = any_of(rules, "demonstrative")
    found = []
    for type_ in _TYPES:
        heads = words(rules, "anaphor_" + type_.value)
        parts = [f"{these}(?:{alternation(heads)})"] if heads else []
        if type_ in _BARE:
            opens = "" if type_ is EntityType.ZONE else r"(?:(?<=[,;:。“])|(?<![\s\S]))"
            parts.append(f"{opens}(?:{_BARE[type_]})")
        if type_ is EntityType.EVENT:
            parts.append("(?<=出席|参加|参与|主持)(?:活动|会议|仪式|论坛|大会)(?=[,。;]|并|$)")
        if type_ is EntityType.BODY:
            parts.append("(?<=[、和兼])管委会(?=(?:党组书记|党工委|副?主任))")
        if type_ is EntityType.COMPANY:
            parts += [f"公司(?={titles(rules)})", *_OF_FIRMS]
        if parts:
            found.append((type_, re.compile("|".join(parts))))
    return tuple(found)


def anaphors(sentences: Sequence[Sentence], namings: Sequence[Naming], rules: Rules) -> list[Naming]:
    """The anaphors of a document with what they stand for; those without one plain antecedent are left out."""
    by_sentence: dict[int, list[Naming]] = {}
    for naming in namings:
        by_sentence.setdefault(naming.sentence, []).append(naming)
    found: list[Naming] = []
    parks = frozenset(n.referent for n in namings if _is_park(sentences, n))
    weight = Counter(n.referent for n in namings if n.type in _WEIGHED or n.referent in parks)
    for index, start, end, meant in short_forms(sentences, namings, rules):
        weight[meant.referent] += 1
        if not any(n.start < end and start < n.end for n in by_sentence.get(index, [])):
            found.append(_pointing(sentences, index, start, end, meant))
            by_sentence.setdefault(index, []).append(found[-1])
    topical = _topical(namings, weight)
    known = _Known(
        sentences,
        namings,
        {index: [n for n in named if not _is_exchange(sentences, n)] for index, named in by_sentence.items()},
        {at: _committees(sentences[at], named) for at, named in by_sentence.items()},
        entries(sentences, namings),
        weight,
        topical,
        _topical(namings, weight, parks),
    )
    told: dict[int, Naming] = {}
    for sentence in sentences:
        pairs = list(of_a_pair(by_sentence, sentence))
        for start, end, meant in (*pairs, *of_that_ending(sentences, by_sentence, sentence, rules)):
            found.append(_pointing(sentences, sentence.index, start, end, meant))
            by_sentence.setdefault(sentence.index, []).append(found[-1])
        for type_, start, end in _found(sentence, by_sentence.get(sentence.index, []), rules):
            antecedent = _meant(known, sentence, type_, start, end)
            if type_ is EntityType.COMPANY and antecedent is not None:
                antecedent = _gone_on_about(antecedent, told)
                told.setdefault(sentence.index, antecedent)
            if antecedent is not None:
                found.append(_pointing(sentences, sentence.index, start, end, antecedent))
    return _spoken_for(sentences, by_sentence, found, rules)


@dataclass(frozen=True, slots=True)
class _Known:
    """What anaphors are resolved with: the names of each sentence without stock exchanges, its committees, the

    sections of the document, how often it names what, the zone it names most and the park or zone it names most.
    """

    sentences: Sequence[Sentence]
    namings: Sequence[Naming]
    free: dict[int, list[Naming]]
    committees: dict[int, list[Naming]]
    sections: Mapping[int, Naming]
    weight: Counter[int]
    topical: Naming | None
    park: Naming | None


def _meant(known: _Known, sentence: Sentence, type_: EntityType, start: int, end: int) -> Naming | None:
    """The name that an anaphor of a type stands for."""
    wording = sentence.text[start:end]
    if type_ is EntityType.COMPANY and _HELD.search(sentence.text, 0, start):
        return _main_firm(known, sentence, start)
    entry = known.sections.get(sentence.index)
    if wording == "项目" and entry is not None and entry.sentence == sentence.index and entry.type in WORKS:
        return entry
    types = (type_, *_MEANT_TOO.get(wording[-2:], ()))
    pool = known.committees if type_ is EntityType.BODY else known.free
    found = (_antecedent(known.sentences, pool, sentence.index, start, t, known.weight) for t in types)
    near = [n for n in found if n is not None and (n.type is type_ or not _is_where(known.sentences, n))]
    antecedent = _bearer(known.sentences, known.namings, sentence, start, end) or _nearer(known, near)
    if type_ is not EntityType.ZONE:
        return antecedent
    whole = known.park if wording in _OF_PARKS else known.topical
    antecedent = _whole(antecedent, known.sentences, whole, known.weight, (sentence.index, start))
    antecedent = _called_so(antecedent, wording, known)
    return _of_word(antecedent, known, sentence, start, end)


_HELD = re.compile("(?:成为|持有|增持|减持|认购|购买|收购|控股)$")


def _main_firm(known: _Known, sentence: Sentence, at: int) -> Naming | None:
    """The firm that a text names most by then; None where the sentence itself tells of it in another part."""
    before = [n for n in known.namings if (n.sentence, n.end) <= (sentence.index, at) and not n.inner]
    firms = [n for n in before if n.type is EntityType.COMPANY]
    main = _main(firms, EntityType.COMPANY, known.weight) if firms else None
    here = main is not None and any(n.referent == main.referent for n in firms if n.sentence == sentence.index)
    return None if here else main


# A work of which a sentence says that money goes into it or that it is going up.
_GOING_UP = re.compile("投资|建设|开工|在建|投产|安装|动工|竣工")


def _is_where(sentences: Sequence[Sentence], naming: Naming) -> bool:
    """Whether a name only says where something happens (在甲会展中心签约)."""
    return sentences[naming.sentence].text.endswith(("在", "于", "到", "至", "赴", "向"), 0, naming.start)


def _nearer(known: _Known, near: Sequence[Naming]) -> Naming | None:
    """The first of what could be meant, but a plant that is going up where it is named in a later sentence."""
    first = next(iter(near), None)
    later = [
        n for n in near[1:]
        if first is not None and n.type is EntityType.FACILITY and n.sentence > first.sentence
        and _GOING_UP.search(known.sentences[n.sentence].text)
    ]  # fmt: skip
    return later[0] if later else first


def _gone_on_about(nearest: Naming, told: dict[int, Naming]) -> Naming:
    """The firm that the sentence of the nearest name was about already, where 公司 opened it before that name."""
    return told.get(nearest.sentence, nearest)


def _committees(sentence: Sentence, named: Sequence[Naming]) -> list[Naming]:
    """The bodies that 管委会 can stand for."""
    return [n for n in named if _COMMITTEE.search(sentence.text, n.start, n.end)]


_COMMITTEE = re.compile("(?:管委会|管理委员会|管理办公室|管理局)$")
# What else a head can stand for where nothing of its own type was named: a valley or zone that was called a base, a
# factory that is being built.
_MEANT_TOO = {"基地": (EntityType.VALLEY, EntityType.ZONE), "项目": (EntityType.FACILITY,)}


def _is_exchange(sentences: Sequence[Sentence], naming: Naming) -> bool:
    """Whether a naming is a stock exchange, where a firm is listed and which 公司 never means."""
    exchange = _EXCHANGE.search(sentences[naming.sentence].text, naming.start, naming.end)
    return naming.type is EntityType.COMPANY and exchange is not None


def _spoken_for(
    sentences: Sequence[Sentence], by_sentence: dict[int, list[Naming]], found: list[Naming], rules: Rules
) -> list[Naming]:
    """The anaphors with what is said in speeches: 公司 there is the speaker's own, and so is 我们."""
    named = {index: list(there) for index, there in by_sentence.items()}
    for naming in found:
        named.setdefault(naming.sentence, []).append(naming)
    spoken = speeches(sentences, named, rules)
    return [*(_own(sentences, n, spoken) for n in found), *_first_persons(sentences, named, spoken)]


def _own(sentences: Sequence[Sentence], anaphor: Naming, spoken: Sequence[Speech]) -> Naming:
    """An anaphor for a firm that stands in a firm's own speech, pointing to that firm."""
    said = next((s.employer for s in spoken if s.holds(anaphor.sentence, anaphor.start)), None)
    if anaphor.type is not EntityType.COMPANY or said is None or said.type is not EntityType.COMPANY:
        return anaphor
    return _pointing(sentences, anaphor.sentence, anaphor.start, anaphor.end, said)


def _first_persons(
    sentences: Sequence[Sentence], named: dict[int, list[Naming]], spoken: Sequence[Speech]
) -> Iterator[Naming]:
    """What says 我们 in a speech, standing for the organisation that speaks."""
    for speech in spoken:
        for match in _WE.finditer(sentences[speech.sentence].text, speech.start, speech.end):
            if not any(n.start < match.end() and match.start() < n.end for n in named.get(speech.sentence, [])):
                yield _pointing(sentences, speech.sentence, *match.span(), speech.employer)


# Before 高新区: a level, a number or 各 make it a kind of zone and no certain one.
_OF_A_KIND = re.compile(
    r"(?:国家级?|[省市部]级|全国|全省|各|其[他它]|一流|同类|兄弟|首批|创新型|产业|工业|科技|软件|物流|创意|文创|创业|化工|专业|特色|示范|现代|农业|[\d一二三四五六七八九十几数两多]+余?[个家座])$"
)


def _found(sentence: Sentence, named: list[Naming], rules: Rules) -> Iterator[tuple[EntityType, int, int]]:
    taken: list[tuple[int, int]] = [(n.start, n.end) for n in named]
    for type_, pattern in _anaphors(rules):
        for match in pattern.finditer(sentence.text):
            free = not any(match.start() < b and a < match.end() for a, b in taken)
            free = free and not (type_ is EntityType.ZONE and _OF_A_KIND.search(sentence.text, 0, match.start()))
            free = free and not (match[0] in _OF_PARKS and _IS_ONE.search(sentence.text, 0, match.start()))
            if free and boundary(sentence, match.start()) and boundary(sentence, match.end()):
                taken.append(match.span())
                yield type_, match.start(), match.end()


# 甲湾是乙区打造的创新园区: what 是 or 成为 says of a thing is a park, none that was named.
_IS_ONE = re.compile(r"(?:(?<![但也还不只总])是|(?:成|作)为|属于?|打造成?|建设?成)[^,。;:是]{0,30}的[^,。;:的]{0,8}$")
_HEADS = ("研究院", "研究所", "医院", "实验室")


def _bearer(
    sentences: Sequence[Sentence], namings: Sequence[Naming], sentence: Sentence, start: int, end: int
) -> Naming | None:
    """The only name before that ends in an anaphor's head (研究院 is no 研究所); None where there is none or more."""
    head = next((h for h in _HEADS if sentence.text.endswith(h, start, end)), None)
    if head is None:
        return None
    here = (sentence.index, start)
    free = (n for n in namings if not n.anaphor and (n.sentence, n.end) <= here)
    bearers = [n for n in free if sentences[n.sentence].text.endswith(head, n.start, n.end)]
    return bearers[-1] if len({n.referent for n in bearers}) == 1 else None


def _antecedent(
    sentences: Sequence[Sentence],
    by_sentence: dict[int, list[Naming]],
    index: int,
    at: int,
    type_: EntityType,
    weight: Counter[int],
) -> Naming | None:
    """The nearest earlier name of the type; none where its sentence names several that could be meant."""
    reach = _REACH.get(type_, _DEFAULT_REACH)
    for back in range(index, max(-1, index - reach - 1), -1):
        named = [
            n
            for n in by_sentence.get(back, [])
            if n.type is type_ and not n.inner and not n.anaphor and (back < index or n.end <= at)
        ]
        named = without_sites(sentences[back], named) if type_ is EntityType.ZONE else named
        if named:
            same = {n.referent for n in named}
            return named[0] if len(same) == 1 else _main(named, type_, weight)
    return None


# What a zone's name must hold to be called so: 全区 no 物流园, 高新区 no 工业园.
_CALLED: dict[str, str] = {
    **dict.fromkeys(("全区", "我区", "区内"), "区$"),
    "高新区": "高新|高技术|科技园",
    "经开区": "经开|经济技术|经济开发",
    "新区": "新区",
    "园区": "(?<!新)区$|[^区]$",
}
_ONLY_SO = frozenset({"高新区", "经开区"})
_OF_A_WHOLE = frozenset({"园区"})  # of a 新区 its own park, where one is named, is called so rather than the 新区


def _called_so(antecedent: Naming | None, wording: str, known: _Known) -> Naming | None:
    """The antecedent, or who can be called so: the zone the text is about, else the last before; of a kind none."""
    if antecedent is None or wording not in _CALLED:
        return antecedent

    def name(naming: Naming) -> str:
        return known.sentences[naming.sentence].text[naming.start : naming.end]

    def can(naming: Naming) -> bool:
        mine = wording not in _OF_A_WHOLE or name(naming).startswith(name(antecedent))
        return mine and re.search(_CALLED[wording], name(naming)) is not None

    if can(antecedent):
        return antecedent
    if known.topical is not None and known.topical < antecedent and can(known.topical):
        return known.topical
    zones = (n for n in known.namings if n.type is EntityType.ZONE and not (n.inner or n.anaphor) and can(n))
    return max((n for n in zones if n < antecedent), default=None if wording in _ONLY_SO else antecedent)


_PART = re.compile(
    r"^(?:[A-Za-z\d一二三四五六七八九十东西南北中]{1,2}|[\u4e00-\u9fff]{0,8}(?:片|分|组团|核心|起步|启动|拓展|功能))(?:区|园)$"
)
_MUCH = 3


def _whole(
    nearest: Naming | None,
    sentences: Sequence[Sentence],
    main: Naming | None,
    weight: Counter[int],
    here: tuple[int, int],
) -> Naming | None:
    """The zone that the document is about where the nearest is one of its parts or named in passing."""
    if nearest is None and main is not None and main.type is EntityType.FACILITY:
        return main if (main.sentence, main.end) <= here else None
    if nearest is None or main is None or (nearest.sentence, nearest.end) < (main.sentence, main.end):
        return nearest
    part = _PART.match(sentences[nearest.sentence].text[nearest.start : nearest.end])
    return main if part or weight[main.referent] >= _MUCH * weight[nearest.referent] else nearest


# A park, incubator or science city that is no zone is called 园区 all the same.
_OF_PARKS = frozenset({"园区"})
_HERE = frozenset({"这里", "园内"})  # names of their own only in a section about a park
_OF_WHOLES = frozenset({"新城"})  # said of the whole area, never of the park named last


def _is_site(sentences: Sequence[Sentence], naming: Naming) -> bool:
    """Whether a naming is of an area or of a building that is one (…园, …孵化器), not of a plant or base."""
    return naming.type in AREAS or _is_park(sentences, naming)


def _of_word(nearest: Naming | None, known: _Known, sentence: Sentence, start: int, end: int) -> Naming | None:
    """What a word for a zone can only mean: the park whose section it stands in (园区, 这里), the whole area (新城)."""
    word, entry, topical = sentence.text[start:end], known.sections.get(sentence.index), known.topical
    behind = entry is not None and (entry.sentence, entry.end) <= (sentence.index, start)
    if word in _OF_PARKS | _HERE and behind and entry is not None and _is_site(known.sentences, entry):
        return entry
    if word in _OF_WHOLES and topical is not None and topical.sentence < sentence.index:
        return topical
    return None if word in _HERE else nearest


def _is_park(sentences: Sequence[Sentence], naming: Naming) -> bool:
    text = sentences[naming.sentence].text
    return naming.type is EntityType.FACILITY and PARK_END.search(text, naming.start, naming.end) is not None


def _topical(namings: Sequence[Naming], weight: Counter[int], parks: frozenset[int] = frozenset()) -> Naming | None:
    """The first naming of the zone, valley or one of the parks that a document names most."""
    zones = sorted(n for n in namings if (n.type in AREAS or n.referent in parks) and not n.inner)
    return _main(zones, EntityType.ZONE, weight) if zones else None


def _main(named: list[Naming], type_: EntityType, weight: Counter[int]) -> Naming | None:
    """Among several zones the one the document is about; of other types none."""
    if type_ not in _WEIGHED:
        return None
    best = max((n.referent for n in named), key=lambda r: (weight[r], -r))
    return next((n for n in named if n.referent == best), None)


def _pointing(sentences: Sequence[Sentence], index: int, start: int, end: int, to: Naming) -> Naming:
    span = to.antecedent or sentences[to.sentence].span_of(to.start, to.end)
    return Naming(index, start, end, to.referent, to.type, anaphor=True, antecedent=span)

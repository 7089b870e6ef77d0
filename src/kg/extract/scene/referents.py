"""Which names of a document mean one thing: full and short forms, with and without a place, defined or plain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.names.candidates import Candidate
from kg.extract.names.forms import bare, fullness, part_of_zone, placed_before, zone_ending, zone_form
from kg.extract.scene.evidence import window
from kg.extract.text.folding import worded
from kg.records import EntityType, Referent, Sentence, Span

_LEGAL = re.compile(
    r"(?:\((?:集团|控股|中国|上海|北京|深圳)\))?(?:集团)?(?:股份|有限责任|有限)*公司$|集团$|控股$|股份$"
)
_BRACKET = re.compile(r"\(([^()]{2,6})\)")
_MOST_NEIGHBOURS = 300
_INDUSTRY_TAIL = re.compile(r"(?<=..)(?:产业|行业|领域)$")


@dataclass(slots=True)
class Group:
    """Names that mean one thing, while they are being collected."""

    type: EntityType
    names: list[Candidate] = field(default_factory=list)

    @property
    def forms(self) -> list[str]:
        """The different names, in order of appearance."""
        return list(dict.fromkeys(c.name for c in self.names))

    @property
    def fullest(self) -> str:
        """The longest form; the first among equals."""
        return max(self.forms, key=fullness)


def _keys(c: Candidate) -> str:
    """What makes two names the same without further thought."""
    if c.type is EntityType.INDUSTRY:
        return "industry:" + (c.concept or _INDUSTRY_TAIL.sub("", bare(c.name)))
    if c.code:
        return "code:" + c.code
    return bare(c.name)


def groups(candidates: Sequence[Candidate], pairs: Iterable[tuple[Candidate, Candidate]]) -> list[Group]:
    """The candidates by what they name, in order of first mention."""
    found: dict[str, Group] = {}
    for c in candidates:
        found.setdefault(_keys(c), Group(c.type)).names.append(c)
    merged = _merged(list(found.values()), _defined(found, pairs))
    return sorted(merged, key=lambda g: min((c.sentence, c.start) for c in g.names))


def _defined(found: dict[str, Group], pairs: Iterable[tuple[Candidate, Candidate]]) -> list[tuple[int, int]]:
    order = list(found)
    keys = [(_keys(full), _keys(short)) for full, short in pairs]
    return [(order.index(a), order.index(b)) for a, b in keys if a in found and b in found and a != b]


def _merged(all_groups: list[Group], pairs: list[tuple[int, int]]) -> list[Group]:
    """Groups joined where exactly one fuller name explains a shorter one."""
    into = {short: full for full, short in pairs}
    near = _Neighbours(all_groups)
    for i, group in enumerate(all_groups):
        if i not in into:
            fuller = [j for j in near.of(i) if _explains(all_groups[j], group)]
            best = _longest_chain(fuller, all_groups)
            if best is not None:
                into[i] = best
    for i in sorted(into):
        root, seen = into[i], {i}
        while root in into and root not in seen:
            seen.add(root)
            root = into[root]
        if root != i:
            all_groups[root].names += all_groups[i].names
            all_groups[i] = Group(all_groups[i].type)
    return [g for g in all_groups if g.names]


class _Neighbours:
    """For each group those whose fullest name holds the first or last two characters of its own."""

    def __init__(self, all_groups: list[Group]) -> None:
        self._names = [bare(g.fullest) for g in all_groups]
        self._holders: dict[str, list[int]] = {}
        for i, name in enumerate(self._names):
            for pair in dict.fromkeys(name[k : k + 2] for k in range(len(name) - 1)):
                self._holders.setdefault(pair, []).append(i)

    def of(self, i: int) -> list[int]:
        """The other groups in order; none but the first few hundred of a very common pair."""
        name = self._names[i]
        held = {j for pair in (name[:2], name[-2:]) for j in self._holders.get(pair, ())[:_MOST_NEIGHBOURS]}
        return sorted(held - {i})


def _longest_chain(fuller: list[int], all_groups: list[Group]) -> int | None:
    """The one group that explains; where several do, the longest if it explains the others too; else none."""
    if not fuller:
        return None
    top = max(fuller, key=lambda j: (len(all_groups[j].fullest), -j))
    return top if all(j == top or _explains(all_groups[top], all_groups[j]) for j in fuller) else None


def _explains(full: Group, short: Group) -> bool:
    """Whether a name of `full` can be shortened to the name of `short`."""
    a, b = bare(full.fullest), bare(short.fullest)
    if full.type is not short.type:
        if short.type is EntityType.PROJECT and full.type in (EntityType.FACILITY, EntityType.ZONE):
            return _works(a, b)
        placed = full.type is EntityType.ZONE and short.type is EntityType.PLACE
        return placed and (_in_bracket(a, b) or _tagged_end(full, short))
    if len(a) <= len(b) or len(b) < 2:
        return full.type is EntityType.ZONE and len(b) > 1 and _zone(a, b) and len(a) > len(b)
    rule = _SHORTENINGS.get(full.type)
    return bool(rule and rule(a, b)) or _without_place(full, a, b)


def _tagged_end(full: Group, short: Group) -> bool:
    """Whether what was only tagged as a place is a zone without the place before it (科创湾 of 江城科创湾)."""
    a, b = bare(full.fullest), bare(short.fullest)
    front = len(a) - len(b)
    long_enough = len(b) >= _SHORTEST_END and front >= _SHORTEST_FRONT
    return long_enough and a.endswith(b) and not any(c.code for c in short.names)


_SHORTEST_END, _SHORTEST_FRONT = 3, 2


def _in_bracket(full: str, short: str) -> bool:
    match = _BRACKET.search(full)
    return bool(match and match[1] == short and short[-1] not in "区县市旗")


def _abridged(full: str, short: str) -> bool:
    """Whether the short form leaves out inner words, and perhaps a place before: its characters stand in order."""
    begin = full.find(short[:2])
    rest = iter(full[max(begin, 0) :])
    return len(short) >= 4 and 0 <= begin <= _LONGEST_PLACE and all(c in rest for c in short)


_LONGEST_PLACE = 8


def _zone(full: str, short: str) -> bool:
    """高新技术产业开发区 and 高新区; a bracketed district, the higher place or inner words left out."""
    if part_of_zone(full) != part_of_zone(short):
        return False
    a, b = zone_form(full), zone_form(short)
    if a.startswith(b) and a != b:
        return False  # 甲新区 and 甲新区乙片区: the whole and its part
    ending = zone_ending(b)
    if a.endswith(ending) and len(b) > len(ending) + 1 and _abridged(a, b):
        return True
    tail = (len(b) >= 4 and a.endswith(b)) or (full.endswith(short) and len(short) >= 5)
    return a == b or tail or placed_before(full, short)


def _company(full: str, short: str) -> bool:
    core = _LEGAL.sub("", full)
    return (
        (short in core
        and (core.endswith(short) or core.find(short) in (0, 2, 3)))
        or (full.endswith(short)
        and len(short) >= 4)
    )


def _works(full: str, short: str) -> bool:
    """甲氢能动力总成产业园 and 甲氢能项目: a work told by its front."""
    stem = short.removesuffix("项目")
    return len(stem) >= 4 and stem != short and full.startswith(stem) and _WORK.search(full) is not None


_WORK = re.compile("(?:产业园|基地|工厂|总部|中心|产线|生产线|物流园|科技园|项目|工程)$")


def _project(full: str, short: str) -> bool:
    plain = full.removesuffix("建设").removesuffix("项目").removesuffix("工程").removesuffix("建设")
    return plain == short or _works(full, short)


def _policy(full: str, short: str) -> bool:
    return (
        full.startswith(short)
        and re.fullmatch("规划|战略|改革|计划|行动|倡议|政策|工程", full[len(short) :]) is not None
    )


def _ends(full: str, short: str) -> bool:
    return full.endswith(short) and len(short) >= 3


def _ends_long(full: str, short: str) -> bool:
    return full.endswith(short) and len(short) >= 5


def _tail(full: str, short: str) -> bool:
    return full.endswith(short)


def _university(full: str, short: str) -> bool:
    """A school of a university is not the university."""
    school = full.endswith("学院")
    return _abridged(full, short) and short.endswith(("学院",) if school else ("大", "大学"))


_COMMITTEE = re.compile(r"(?:管理委员会|管委会|党工委)$")


def _body(full: str, short: str) -> bool:
    """甲综合保税区管委会 and 综保区管委会: the zone shortened to its kind."""
    ends = [match for name in (full, short) if (match := _COMMITTEE.search(name))]
    if len(ends) < 2 or ends[0][0] != ends[1][0]:
        return _ends(full, short)
    a, b = (zone_form(name[: end.start()]) for name, end in zip((full, short), ends, strict=True))
    return len(b) >= 2 and a.endswith(b)


_SHORTENINGS: dict[EntityType, Callable[[str, str], bool]] = {
    EntityType.ZONE: _zone,
    EntityType.COMPANY: _company,
    EntityType.UNIVERSITY: _university,
    EntityType.PROJECT: _project,
    EntityType.POLICY: _policy,
    EntityType.EVENT: _ends,
    EntityType.BODY: _body,
    EntityType.FUND: _ends,
    EntityType.AWARD: _ends,
    EntityType.LABORATORY: _ends,
    EntityType.VALLEY: _tail,
    EntityType.FACILITY: _ends_long,
    EntityType.INSTITUTE: _ends_long,
}


def _without_place(full: Group, a: str, b: str) -> bool:
    """中国云谷 and 云谷: only a place or country left out at the front."""
    if not a.endswith(b) or len(b) < 2 or full.type in (EntityType.INDUSTRY, EntityType.PERSON):
        return False
    if full.type is EntityType.PLACE:
        return len(a) - len(b) == 2 and not any(c.code for c in full.names)
    front = a[: -len(b)]
    return front in _PLACES or (len(b) >= 5 and re.fullmatch(r"[\u4e00-\u9fff]{2,3}[省市区]?", front) is not None)


_PLACES = frozenset({"中国", "我国", "全国", "国家"})


def referent(group: Group, sentences: Sequence[Sentence]) -> Referent:
    """The record of a group: its fullest form, the other forms, its places and the sentence that shows the type."""
    name = group.fullest
    fullest = [c for c in group.names if c.name == name]
    namer = next((c for c in fullest if not sentences[c.sentence].heading), fullest[0])
    name = _written(namer, sentences)
    surfaces = [sentences[c.sentence].surface(c.start, c.end) for c in group.names]
    forms = dict.fromkeys([*(_written(c, sentences) for c in group.names), *surfaces])
    return Referent(
        name=name,
        type=group.type,
        aliases=tuple(f for f in forms if f != name),
        mentions=tuple(sorted({_span(c, sentences) for c in group.names})),
        evidence=(_shown(namer, sentences),),
        rule=namer.rule,
        concept=next((c.concept for c in group.names if c.concept), None),
        code=next((c.code for c in group.names if c.code), None),
    )


def _written(c: Candidate, sentences: Sequence[Sentence]) -> str:
    """A candidate's name in the characters of the document."""
    sentence = sentences[c.sentence]
    whole = c.name == sentence.text[c.start : c.end]
    return sentence.surface(c.start, c.end) if whole else worded(c.name, sentence)


def _span(c: Candidate, sentences: Sequence[Sentence]) -> Span:
    return sentences[c.sentence].span_of(c.start, c.end)


def _shown(c: Candidate, sentences: Sequence[Sentence]) -> Span:
    """The naming sentence, or the part of a very long one around the name."""
    return window(sentences[c.sentence], c.start, c.end)

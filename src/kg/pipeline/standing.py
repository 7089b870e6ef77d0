"""What is kept of how a graph was made, so that the next one is made out of it: names, entities, and what is shared.

It lies beside the cache under the name of the dataset that it speaks of, outside graph and hash. Where it is missing,
broken, of another program or of other rules, the graph is made of all texts; that gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.pipeline.reprints import Sketches
from kg.pipeline.settling import Given
from kg.records import Entity, EntityType
from kg.resolve.groups import Group, Groups, Members, Node
from kg.resolve.resolution import Identity

FOLDER = "standing"
_DIGEST = 32
_Bare = tuple[EntityType, str, str, str, tuple[str, ...], str, bool, tuple[int, ...]]
_Counted = tuple[list[Node], dict[str, int], dict[str, int], int, list[tuple[int, int, int]]]
Stamp = tuple[int, int]
"""Size and time of change of a file, by which one that somebody touched is known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a graph was made of, as far as the next one is made out of it.

    `of` is the hash of all but texts and decisions that the graph hangs on; `roll` and `identity` are those of its
    names, `iris` those of its entities, `shown` how many texts show each; `shared` what is given more than once;
    `sketches` what its texts are compared by, and `reprints` what came of it; `zones` where facts and documents end in
    its TriG; `worn` how many quads came and went since its store was loaded as a whole; `stamps` those of its files.
    """

    of: str = ""
    roll: Groups = field(default_factory=dict)
    identity: Identity = field(default_factory=lambda: Identity((), {}))
    iris: tuple[str, ...] = ()
    shown: Counter[str] = field(default_factory=Counter)
    shared: dict[str, Given] = field(default_factory=dict)
    sketches: Sketches = field(default_factory=Sketches)
    reprints: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[int, int] = (0, 0)
    worn: int = 0
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The same as plain lists, groups by their places in one."""

    of: str
    groups: list[_Bare]
    counted: list[_Counted]
    entities: list[Entity]
    at: list[int]
    decided: list[tuple[int, str]]
    iris: list[str]
    shown: dict[str, int]
    shared: dict[str, Given]
    bands: dict[str, list[int]]
    pairs: list[tuple[str, str]]
    reprints: dict[str, str]
    zones: tuple[int, int]
    worn: int
    stamps: dict[str, Stamp]


def write(folder: Path, dataset: str, standing: Standing) -> None:
    """Keep it for the graph of that dataset; `swept` takes away those of others once that graph counts."""
    import msgspec

    content = msgspec.msgpack.encode(_plain(standing))
    place = folder / FOLDER / dataset
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(f".{os.getpid()}")
    aside.write_bytes(hashlib.sha256(content).digest() + content)
    aside.replace(place)


def read(folder: Path, dataset: str, of: str) -> Standing | None:
    """What is kept of the graph of that dataset, None where there is nothing that holds for `of`."""
    import msgspec

    try:
        data = (folder / FOLDER / dataset).read_bytes()
        if hashlib.sha256(memoryview(data)[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        kept = msgspec.msgpack.decode(memoryview(data)[_DIGEST:], type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return _whole(kept) if kept.of == of else None


def swept(folder: Path, dataset: str) -> None:
    """Take away what was kept of other graphs."""
    for path in (folder / FOLDER).glob("*"):
        if path.name != dataset:
            path.unlink(missing_ok=True)


def stamp(file: Path) -> Stamp:
    """The stamp of a file."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def _plain(s: Standing) -> _Kept:
    groups = _each(s.roll)
    place = {group: at for at, group in enumerate(groups)}
    counted = [_counted(s.roll[group], place) for group in groups]
    return _Kept(
        s.of, [_bare(group, place) for group in groups], counted, list(s.identity.entities),
        [s.identity.at[group] for group in groups], list(s.identity.decided), list(s.iris), dict(s.shown),
        s.shared, {key: list(own) for key, own in s.sketches.bands.items()}, list(s.sketches.pairs),
        dict(s.reprints), s.zones, s.worn, dict(s.stamps),
    )  # fmt: skip


def _each(roll: Groups) -> list[Group]:
    """The groups of a roll in order, each after those that it speaks of."""
    return sorted(roll, key=lambda group: (bool(group.work), group))


def _bare(g: Group, place: Mapping[Group, int]) -> _Bare:
    return g.kind, g.name, g.code, g.concept, g.places, g.document, g.alone, tuple(place[home] for home in g.work)


def _counted(m: Members, place: Mapping[Group, int]) -> _Counted:
    above = [(rank, place[high], number) for (rank, high), number in m.above.items()]
    return m.nodes, m.names, m.forms, m.mentions, above


def _whole(kept: _Kept) -> Standing:
    groups: list[Group] = []
    for kind, name, code, concept, places, document, alone, work in kept.groups:
        homes = tuple(groups[home] for home in work)
        groups.append(Group(kind, name, code, concept, places, document, alone, homes))
    roll = dict(_rolled(kept, groups))
    at = dict(zip(groups, kept.at, strict=True))
    identity = Identity(tuple(kept.entities), at, (), tuple(kept.decided))
    return Standing(
        kept.of, roll, identity, tuple(kept.iris), Counter(kept.shown), kept.shared,
        Sketches(kept.bands, kept.pairs), kept.reprints, kept.zones, kept.worn, kept.stamps,
    )  # fmt: skip


def _rolled(kept: _Kept, groups: list[Group]) -> Iterator[tuple[Group, Members]]:
    for group, (nodes, names, forms, mentions, above) in zip(groups, kept.counted, strict=True):
        higher = {(rank, groups[high]): number for rank, high, number in above}
        yield group, Members(nodes, names, forms, mentions, higher)

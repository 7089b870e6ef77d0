"""Works that open with the brand of a firm named in full elsewhere (苏州甲乙科技有限公司, 甲乙储能项目)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.extract.names.owners import is_work
from kg.extract.names.shorthand import short_forms
from kg.extract.relations.matches import Match
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Relation, Sentence
from kg.rules import Rules

_SHORTEST_REST = 4


def branded(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The firm that builds each work, where its brand alone opens the work's name; once for each work."""
    for work in scene.named_in(sentence.index):
        name = sentence.text[work.start : work.end]
        if work.anaphor or not is_work(work.type, name) or scene.first(work.referent) != work:
            continue
        owners = {r for r, form in _brands(scene) if name.startswith(form) and len(name) - len(form) >= _SHORTEST_REST}
        if len(owners) == 1:
            firm = _naming(scene, owners.pop())
            if firm is not None:
                yield Match("branded-work", Relation.BUILDS, firm, work, work.start, work.end)


def _brands(scene: Scene) -> list[tuple[int, str]]:
    """Each firm with the short forms of its registered name."""
    firms = [(i, r.name) for i, r in enumerate(scene.referents) if r.type is EntityType.COMPANY]
    return [(i, form) for i, name in firms for form in _forms(name, scene.rules)]


def _naming(scene: Scene, referent: int) -> Naming | None:
    """The first naming of a firm by a name of its own; None where it has only inner ones."""
    own = [n for n in scene.namings if n.referent == referent and not n.anaphor and not n.inner]
    return min(own, default=None)


@lru_cache(maxsize=4096)
def _forms(name: str, rules: Rules) -> tuple[str, ...]:
    return tuple(short_forms(name, rules))

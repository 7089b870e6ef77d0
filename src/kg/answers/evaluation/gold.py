"""The gold files as records. Their conventions stand in the corpus's own guide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.answers.evaluation.wording import normal
from kg.errors import UsageError

Form = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entity of the gold. `types` are all that are accepted, `type` is the first of them."""

    id: str
    name: str
    aliases: tuple[str, ...]
    type: str
    types: frozenset[str]
    optional: bool

    @property
    def names(self) -> frozenset[str]:
        """Name and aliases in normal form."""
        return frozenset(map(normal, (self.name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Order:
    """A rank of a gold figure."""

    place: float
    among: str
    basis: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of the gold; the first of `modifiers` and `periods` is the preferred one."""

    subject: str
    subjects: frozenset[str]
    indicator: str
    value: float | None
    unit: str
    growth: float | None
    ranks: tuple[Order, ...]
    period: str | None
    periods: tuple[str | None, ...]
    modifiers: frozenset[str]
    status: str | None
    quote: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """What is to be found in one text. `accepted` leads from a form of a relation to the required one it satisfies,

    or to None for an optional one; `status` from a relation's place to its status, None where the file gives none.
    """

    doc: str
    entities: tuple[Wanted, ...]
    relations: tuple[tuple[Any, ...], ...]
    accepted: Mapping[Form, int | None]
    status: Mapping[int, str] | None
    figures: tuple[Measured, ...]

    def entity(self, id: str) -> Wanted:
        """The entity of that id."""
        return next(entity for entity in self.entities if entity.id == id)


def load(*paths: Path) -> list[Gold]:
    """The gold of files and folders; UsageError where there is none or it cannot be read."""
    return [_loaded(file) for path in paths for file in _files(path)]


def _files(path: Path) -> list[Path]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"evaluate: no .json in {path}; name a gold file or a folder of them")
    return files


def _loaded(file: Path) -> Gold:
    try:
        return _gold(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"evaluate: {file}: {error.strerror}; name a gold file or a folder of them") from None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"evaluate: {file}: not a gold file ({type(error).__name__}: {error})") from None


def _gold(content: Mapping[str, Any]) -> Gold:
    known = {entity["id"] for entity in content["entities"]}
    named = [id for relation in content["relations"] for id in (relation[0], relation[2]) if id is not None]
    for id in [*named, *(figure["subject"] for figure in content["observations"])]:
        if id not in known:
            raise ValueError(f"no entity has the id {id}")
    status = content.get("relation_status")
    return Gold(
        content["doc"],
        tuple(map(_wanted, content["entities"])),
        tuple(tuple(relation) for relation in content["relations"]),
        _accepted(content),
        None if status is None else {int(at): word for at, word in status.items()},
        tuple(map(_measured, content["observations"])),
    )


def _wanted(entity: Mapping[str, Any]) -> Wanted:
    kinds = [entity["type"], *entity.get("type_alt", [])]
    first, *others = ("GovernmentBody" if kind == "Government" else kind for kind in kinds)
    types = frozenset([first, *others])
    return Wanted(entity["id"], entity["name"], tuple(entity["aliases"]), first, types, bool(entity.get("optional")))


def _accepted(content: Mapping[str, Any]) -> dict[Form, int | None]:
    """Required forms first, then alternatives, then optional ones: the first meaning of a form stays."""
    accepted: dict[Form, int | None] = {_form(r): at for at, r in enumerate(content["relations"])}
    for at, forms in content.get("relation_alternatives", {}).items():
        for relation in forms:
            accepted.setdefault(_form(relation), int(at))
    for relation in content.get("optional_relations", []):
        accepted.setdefault(_form(relation), None)
    return accepted


def _form(relation: list[Any]) -> Form:
    """Subject, property, object; of a founding the year."""
    s, p, o = relation[:3]
    return s, p, str(relation[3]) if p == "foundedIn" else o


def _measured(o: Mapping[str, Any]) -> Measured:
    return Measured(
        o["subject"],
        frozenset([o["subject"], *o.get("subject_alt", [])]),
        o["indicator"],
        o["value"],
        str(o["unit"]),
        o["growth_percent"],
        tuple(Order(r["place"], r["among"], r.get("of", "total")) for r in o["rank"] or ()),
        o["period"],
        (o["period"], *o.get("period_alt", [])),
        frozenset([o["modifier"], *o.get("modifier_alt", [])]),
        o.get("status") or o.get("kind"),
        o.get("quote"),
        bool(o.get("optional")),
    )

"""What a graph says on the authority of each of its documents, as records that gold can be compared with."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.answers.evaluation.facts import Facts
from kg.answers.evaluation.measures import number
from kg.graph.evidence import LONGEST

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A span as the graph gives it: start, end, quote and document, each None where it is missing."""

    start: str | None
    end: str | None
    quote: str | None
    source: str | None

    @property
    def length(self) -> float:
        """Its characters."""
        return (number(self.end) or 0) - (number(self.start) or 0)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim; `rule` is the name of the rule that read it, "" where the graph names none."""

    subject: str
    predicate: str
    object: str
    status: frozenset[str]
    pieces: tuple[Piece, ...]
    rule: str = ""

    @property
    def key(self) -> Key:
        """What it says; a part that is missing is ""."""
        return self.subject, self.predicate, self.object

    @property
    def telling(self) -> list[Piece]:
        """The pieces that may show something: none that is too long, none at all where they are half the text."""
        pieces = list(dict.fromkeys(self.pieces))
        if sum(piece.length for piece in pieces) > 2 * LONGEST:
            return []
        return [piece for piece in pieces if piece.length <= LONGEST]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its types, its preferred labels and all its labels in normal form."""

    types: frozenset[str]
    preferred: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank; `among` is what it compares, each with its labels."""

    place: float | None
    among: dict[str, frozenset[str]]
    basis: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure; status and pieces are those of one document's claims."""

    subjects: frozenset[str]
    indicator: frozenset[str]
    ranks: tuple[Ranked, ...]
    value: float | None
    growth: float | None
    unit: str
    wording: frozenset[str]
    period: str | None
    modifier: str
    status: frozenset[str] = frozenset()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All that rests on one document.

    `told` are its claims by what they say and by their subject alone; `facts` what needs evidence, in those keys.
    """

    iri: str
    entities: dict[str, Thing] = field(default_factory=dict)
    relations: dict[Key, set[str]] = field(default_factory=dict)
    figures: dict[str, Counted] = field(default_factory=dict)
    claims: list[Told] = field(default_factory=list)
    told: dict[Key | str, list[Told]] = field(default_factory=dict)
    facts: set[Key | str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Predicted:
    """A whole graph. `plain` are the relations that hold, `held` those that only claims tell of.

    `titles` are the wordings of a person's positions at an organisation.
    """

    facts: Facts
    pages: dict[str, Page]
    plain: frozenset[Key]
    held: frozenset[Key]
    titles: dict[tuple[str, str], frozenset[str]]

    def end(self, key: Key) -> str:
        """The other end of a relation."""
        return end(self.facts, key)


def end(facts: Facts, key: Key) -> str:
    """The object of a relation; of a position, through its membership, the organisation."""
    from kg.graph.terms import ORG, ZG

    if key[1] != ZG + "holdsPosition":
        return key[2]
    return facts.one(key[2], ORG + "organization") or key[2]

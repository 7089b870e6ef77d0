"""The records that pass between the rooms: frozen values without behaviour beyond their own invariants.

Offsets everywhere are half-open ranges of Unicode code points in the document's text exactly as it was read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class EntityType(StrEnum):
    """The types of the contract; the value is the local name in the ``zg:`` namespace."""

    ZONE = "Zone"
    VALLEY = "Valley"
    LABORATORY = "Laboratory"
    INSTITUTE = "ResearchInstitute"
    UNIVERSITY = "University"
    COMPANY = "Company"
    FUND = "Fund"
    FACILITY = "Facility"
    PROJECT = "Project"
    PRODUCT = "Product"
    PERSON = "Person"
    BODY = "GovernmentBody"
    EVENT = "Event"
    AWARD = "Award"
    POLICY = "Policy"
    INDUSTRY = "Industry"
    PLACE = "Place"
    GROUP = "Group"
    MEDIA = "Media"


class Relation(StrEnum):
    """The properties of the contract that lead from an entity; the value is the local name in ``zg:``."""

    LOCATED_IN = "locatedIn"
    PART_OF = "partOf"
    HOSTS = "hosts"
    HAS_VALLEY = "hasValley"
    INVESTS = "invests"
    FUNDED_BY = "fundedBy"
    FOCUSES_ON = "focusesOn"
    MANAGES = "manages"
    SIGNED_AT = "signedAt"
    ANNOUNCED_BY = "announcedBy"
    PRODUCES = "produces"
    MEMBER_OF = "memberOf"
    WON = "won"
    PARTICIPATES_IN = "participatesIn"
    IMPLEMENTS = "implements"
    AFFILIATED_WITH = "affiliatedWith"
    PLANS = "plans"
    BUILDS = "builds"
    HOLDS_POSITION = "holdsPosition"
    FOUNDED_IN = "foundedIn"


class Status(StrEnum):
    """How far a fact has come, where the text says so."""

    PLANNED = "planned"
    TARGET = "target"
    SIGNED = "signed"
    STARTED = "started"
    UNDERWAY = "underway"
    COMPLETED = "completed"
    ACHIEVED = "achieved"
    TERMINATED = "terminated"
    NEGATED = "negated"


HELD_BACK = frozenset({Status.PLANNED, Status.TARGET, Status.TERMINATED, Status.NEGATED})


class Modifier(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Basis(StrEnum):
    """What a rank compares."""

    TOTAL = "total"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with what it or its user says of it.

    `name` is the file's own name without any folder; `issued` an ISO date, year-month or year, never from the clock.
    """

    text: str
    name: str
    title: str | None = None
    issued: str | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    @property
    def key(self) -> str:
        """The first 16 hex digits of the sha256: the document's name in IRIs."""
        return self.sha256[:16]

    def quote(self, span: Span) -> str:
        """The verbatim text of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the base recogniser; `start` and `end` count in `Sentence.text`."""

    start: int
    end: int
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in normal form with its exact map back to the document.

    `text` is half-width, in simplified characters and without line breaks; character i stands at `offsets[i]` of the
    document. `original` is the same before traditional characters were read as simplified ones, empty where none were.
    """

    index: int
    paragraph: int
    span: Span
    text: str
    offsets: tuple[int, ...]
    heading: bool = False
    tokens: tuple[Token, ...] = ()
    original: str = ""

    def surface(self, start: int, end: int) -> str:
        """`text[start:end]` in the characters that the document uses."""
        return (self.original or self.text)[start:end]

    def span_of(self, start: int, end: int) -> Span:
        """The document's span of `text[start:end]`; an empty range is a ValueError."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names an entity. `start`, `end` count in the sentence's normal form."""

    sentence: int
    start: int
    end: int
    span: Span
    surface: str
    type: EntityType
    rule: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Referent:
    """What a document's mentions name: one entity as far as this document tells.

    `name` is the fullest form (normal form of line breaks, else verbatim), `aliases` the other forms the document uses.
    `evidence` shows the type: the sentence of the naming mention. `concept` is the preferred name of the industry in
    the scheme, where it is one of the scheme. `code` is that of a public list (divisions), where it settles identity.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    evidence: tuple[Span, ...]
    rule: str
    concept: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A time as the contract writes it (`2024`, `2024-02`, `2024-02-20`, `2024Q1`, `2010/2019`) and as two dates."""

    text: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in an order: `among` is a referent's index, or a wording that is no entity (全国)."""

    place: int
    among: int | str
    basis: Basis = Basis.TOTAL


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the text words it; `value` in base units, `unit` a QUDT local name or `zg:Times`."""

    span: Span
    text: str
    value: Decimal
    unit: str
    modifier: Modifier = Modifier.EXACT


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure read in full. `subject` is a referent's index; `indicator` the text's wording, `concept` the scheme's.

    Where the text gives only a growth or a rank, `value` and `unit` are None and `text` is the wording of that.
    """

    subject: int
    indicator: str
    concept: str | None
    text: str
    span: Span
    value: Decimal | None
    unit: str | None
    modifier: Modifier
    evidence: tuple[Span, ...]
    rule: str
    period: Period | None = None
    growth: Decimal | None = None
    growth_modifier: Modifier | None = None
    growth_basis: str | None = None
    ranks: tuple[Rank, ...] = ()
    status: Status | None = None
    stated_by: int | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that a document states; subject, object and `stated_by` are referents' indices.

    The object of `foundedIn` is a year in `year`; that of `holdsPosition` the organisation, with the title in `title`.
    """

    subject: int
    relation: Relation
    object: int | None
    evidence: tuple[Span, ...]
    rule: str
    year: str | None = None
    title: str | None = None
    status: Status | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    stated_by: int | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reading that a rule made and a check refused, so that recall can be debugged."""

    span: Span
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read out of one document: a pure function of the document and the rules."""

    document: Document
    referents: tuple[Referent, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph. `path` is its IRI below the base (`company/晨曦机器人`), not yet percent-encoded."""

    type: EntityType
    name: str
    path: str
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    concept: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which referent is which entity: `of[document key][referent index]` is an index into `entities`.

    `decided` are the curator's decisions, each with the index of an entity that it is about.
    """

    entities: tuple[Entity, ...]
    of: dict[str, tuple[int, ...]]
    notes: tuple[str, ...] = ()
    decided: tuple[tuple[int, str], ...] = ()

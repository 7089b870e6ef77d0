"""A build as the contract describes it, read with pyoxigraph alone: an independent second reading of what kg writes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

ZG = "https://w3id.org/zonegraph/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
INFERRED = ox.NamedNode(ZG + "inferred")
TYPES = frozenset(
    "Zone Valley Laboratory ResearchInstitute University Company Fund Facility Project Product Person GovernmentBody"
    " Event Award Policy Industry Place Group Media".split()
)
RELATIONS = frozenset(
    "locatedIn partOf hosts hasValley invests fundedBy focusesOn manages signedAt announcedBy produces memberOf won"
    " participatesIn implements affiliatedWith plans builds holdsPosition foundedIn".split()
)
HELD_BACK = frozenset({"planned", "target", "terminated", "negated"})
LONGEST = 300

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One span of evidence."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(slots=True)
class Claim:
    """What one document states of one fact."""

    fact: Fact
    statuses: frozenset[str]
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Build:
    """The quads of graph.trig with the indexes that the laws ask for."""

    quads: list[ox.Quad]
    texts: dict[str, str]
    facts: set[Fact] = field(default_factory=set)
    values: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    claims: dict[Fact, list[Claim]] = field(default_factory=lambda: defaultdict(list))

    def one(self, subject: str, predicate: str) -> str:
        """The only value; a KeyError where there are more or fewer."""
        values = self.values[subject, predicate]
        if len(values) != 1:
            raise KeyError(f"{subject} {predicate}: {values}")
        return values[0]

    def instances(self, name: str) -> list[str]:
        """All that is of a `zg:` class, in whatever graph but the inferred."""
        return sorted(s for (s, p), values in list(self.values.items()) if p == RDF + "type" and ZG + name in values)

    def labels(self, node: str) -> set[str]:
        """Preferred and other labels, in the form in which they are compared."""
        return {plain(v) for p in ("prefLabel", "altLabel") for v in self.values.get((node, SKOS + p), ())}

    def text(self, document: str) -> str:
        """The text in which a document's offsets count."""
        return self.texts[self.one(document, ZG + "sha256")]


def plain(text: str) -> str:
    """Without quotes, spaces, line breaks and differences of width: how a name is compared with a quote."""
    return re.sub(r"[\s“”\"'‘’「」『』《》〈〉]+", "", unicodedata.normalize("NFKC", text)).casefold()


def value(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def read(folder: Path) -> Build:
    """A folder that `kg build` wrote."""
    texts = {file.stem: file.read_bytes().decode("utf-8") for file in (folder / "texts").glob("*.txt")}
    build = Build(list(ox.parse(path=str(folder / "graph.trig"))), texts)
    for quad in build.quads:
        if quad.graph_name == INFERRED:
            continue
        fact = value(quad.subject), quad.predicate.value, value(quad.object)
        if fact[2] not in build.values[fact[:2]]:
            build.values[fact[:2]].append(fact[2])
        if isinstance(quad.graph_name, ox.DefaultGraph):
            build.facts.add(fact)
    for claim in build.instances("Claim"):
        _add(build, claim)
    return build


def _add(build: Build, claim: str) -> None:
    subject, predicate, object_ = (build.one(claim, RDF + part) for part in ("subject", "predicate", "object"))
    statuses = frozenset(s.removeprefix(ZG) for s in build.values.get((claim, ZG + "status"), ()))
    pieces = tuple(_piece(build, node) for node in build.values.get((claim, ZG + "evidence"), ()))
    fact = subject, predicate, object_
    build.claims[fact].append(Claim(fact, statuses, pieces))


def _piece(build: Build, node: str) -> Piece:
    selector = build.one(node, OA + "hasSelector")
    start, end = (int(build.one(selector, OA + name)) for name in ("start", "end"))
    return Piece(build.one(node, OA + "hasSource"), start, end, build.one(selector, OA + "exact"))

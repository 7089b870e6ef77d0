"""What the service says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.serve import media
from kg.serve.settings import Settings
from kg.serve.things import written

if TYPE_CHECKING:
    from pyoxigraph import Quad

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "SPARQL_Results_JSON": media.JSON, "SPARQL_Results_XML": media.XML, "SPARQL_Results_CSV": media.CSV,
    "SPARQL_Results_TSV": media.TSV, "Turtle": media.TURTLE, "N-Triples": media.N_TRIPLES, "RDF_XML": media.RDF_XML,
    "JSON-LD": media.JSON_LD,
}  # fmt: skip


def description(root: str, settings: Settings, form: str) -> bytes:
    """The description in a form; `root` is what the server's addresses begin with."""
    return written(_quads(f"{root}/sparql", settings), form)


def _quads(endpoint: str, settings: Settings) -> Iterator[Quad]:
    """The service, what it speaks and gives, and the dataset it answers from."""
    from pyoxigraph import NamedNode, Quad

    from kg.graph.terms import TYPE

    service, dataset, facts = (NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    yield Quad(service, TYPE, NamedNode(SD + "Service"))
    yield Quad(service, NamedNode(SD + "endpoint"), NamedNode(endpoint))
    for predicate, value in _capabilities(settings):
        yield Quad(service, NamedNode(SD + predicate), NamedNode(value))
    yield Quad(service, NamedNode(SD + "defaultDataset"), dataset)
    yield Quad(dataset, TYPE, NamedNode(SD + "Dataset"))
    yield Quad(dataset, NamedNode(SD + "defaultGraph"), facts)
    yield Quad(facts, TYPE, NamedNode(SD + "Graph"))


def _capabilities(settings: Settings) -> Iterator[tuple[str, str]]:
    """Languages, formats and features."""
    yield "supportedLanguage", SD + "SPARQL11Query"
    if settings.writable:
        yield "supportedLanguage", SD + "SPARQL11Update"
    for name in _NAMES:
        yield "resultFormat", FORMATS + name
    for form in media.READ if settings.writable else ():
        yield "inputFormat", FORMATS + next(name for name, given in _NAMES.items() if given is form)
    if settings.outside:
        yield "feature", SD + "BasicFederatedQuery"

"""What in a graph breaks the ontology's SHACL shapes, by the engine of the `shacl` wheel.

pySHACL says the same, slower (docs/decisions/0014): it stays the reference of the tests, and does the work where
there is no wheel.
"""

from __future__ import annotations

import importlib.util
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import resources
from kg.errors import RulesError

if TYPE_CHECKING:
    from rdflib import Graph
    from shacl import Shapes

SH = "http://www.w3.org/ns/shacl#"
Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Complaint:
    """One result of a validation: the terms as SHACL names them, None where it names none.

    `path` is None for one that is no property's IRI; `constraint` is the component's local name.
    """

    focus: Term
    path: NamedNode | None
    value: Term | None
    shape: NamedNode
    constraint: str


def complaints(quads: Iterable[Quad]) -> set[Complaint]:
    """What breaks the shapes in all graphs together; RulesError where the shapes are broken."""
    return native(quads) if importlib.util.find_spec("shacl") else reference(quads)


def native(quads: Iterable[Quad]) -> set[Complaint]:
    """By the wheel, which reads a file: so a million quads take no memory here."""
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder) / "graph.nq"
        serialize(quads, file, format=RdfFormat.N_QUADS)
        found = _compiled().validate_file(str(file)).results
    return {
        Complaint(
            _term(result.focus_node), _property(result.path), _term(result.value) if result.value else None,
            NamedNode((result.source_shape or "").strip("<>")), result.component,
        )
        for result in found
    }  # fmt: skip


def reference(quads: Iterable[Quad]) -> set[Complaint]:
    """By pySHACL."""
    import pyshacl

    with warnings.catch_warnings():
        # rdflib and pySHACL warn of their own deprecated ways, which are no news to the user.
        warnings.simplefilter("ignore")
        _, graph, _ = pyshacl.validate(_graph(quads), shacl_graph=_shapes())
    if not hasattr(graph, "subjects"):
        raise RulesError(f"ontology/shapes: cannot be applied: {graph}")
    return set(_reported(graph.serialize(format="nt", encoding="utf-8")))


@lru_cache(maxsize=1)
def messages() -> Mapping[tuple[str, str], str]:
    """What each shape says of those that break it, by the shape's IRI and the language."""
    said = (triple for triple in statements() if triple.predicate.value == SH + "message")
    return {
        (shape.value, message.language or ""): message.value
        for shape, message in ((triple.subject, triple.object) for triple in said)
        if isinstance(shape, NamedNode) and isinstance(message, Literal)
    }


def statements() -> Iterator[Quad]:
    """The triples of all shapes of the ontology."""
    for file in sorted((resources.ontology() / "shapes").glob("*.ttl")):
        yield from parse(path=file, format=RdfFormat.TURTLE, rename_blank_nodes=True)


@lru_cache(maxsize=1)
def _compiled() -> Shapes:
    from shacl import Shapes

    text = serialize((quad.triple for quad in statements()), format=RdfFormat.N_TRIPLES)
    try:
        return Shapes.from_text(text.decode("utf-8") if text else "", "ntriples")
    except ValueError as error:
        raise RulesError(f"ontology/shapes: cannot be applied: {error}") from None


def _term(written: str) -> Term:
    """A term as N-Triples write it."""
    if written.startswith("_:"):
        return BlankNode(written.removeprefix("_:"))
    (quad,) = parse(f"<x:> <x:> {written} .", RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object


def _property(path: str | None) -> NamedNode | None:
    """The property of a path, if it is but one."""
    return NamedNode(path[1:-1]) if path and path.startswith("<") and path.count("<") == 1 else None


def _graph(quads: Iterable[Quad]) -> Graph:
    from rdflib import Graph

    union = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    return Graph().parse(data=serialize(union, format=RdfFormat.N_TRIPLES) or b"", format="nt")


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    return _graph(statements())


def _reported(report: bytes) -> Iterator[Complaint]:
    """What a report (N-Triples) names at its top: details of a result are not results of their own."""
    said: dict[Term, dict[str, Term]] = {}
    top: list[Term] = []
    for quad in parse(report, RdfFormat.N_TRIPLES):
        assert not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple)
        said.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = quad.object
        if quad.predicate.value == SH + "result":
            top.append(quad.object)
    for result in (said[node] for node in top):
        path, shape = result.get("resultPath"), result["sourceShape"]
        assert isinstance(shape, NamedNode)
        yield Complaint(
            result["focusNode"], path if isinstance(path, NamedNode) else None, result.get("value"), shape,
            result["sourceConstraintComponent"].value.removeprefix(SH),
        )  # fmt: skip

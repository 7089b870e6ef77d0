"""The engine says what pySHACL says, result by result, on our shapes, their examples and graphs broken at random."""

from __future__ import annotations

import logging
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.graph import shacl, shapes, terms
from kg.graph.shacl import Complaint
from kg.graph.touched import touched
from project import ROOT

EXAMPLES = ROOT / "ontology" / "shapes" / "examples"
XSD = "http://www.w3.org/2001/XMLSchema#"
COMPARED = {terms.OA + "start", terms.OA + "end", terms.ZG + "periodStart", terms.ZG + "periodEnd"}
"""pySHACL ends with an error where one of these is a blank node."""
COMPARING = {
    f"{name}ConstraintComponent" for name in ("MinInclusive", "MaxInclusive", "LessThan", "LessThanOrEquals")
}


def literal(value: str, kind: str = "string") -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


SOUND = [
    literal("1", "integer"), literal("-1", "integer"), literal("0.5", "decimal"), literal("2.5", "decimal"),
    literal("2024", "gYear"), literal("2024-03", "gYearMonth"), literal("2024-02-28", "date"), literal("x"),
    literal("2024Q5"), literal("2010/2019"), literal("a" * 301), literal("/etc/x"), literal("C:\\x"), literal("~"),
    literal("C"), literal("a\nb"), literal(""), Literal("名", language="zh"), Literal("名", language="en"),
    Literal("名", language="zh-cn"), NamedNode("https://example.org/a"), BlankNode("b"), terms.zg("Zone"),
    terms.zg("planned"), terms.zg("Document"),
]  # fmt: skip
ILL = [literal("x", "integer"), literal("x", "decimal"), literal("2024-02-30", "date"), literal("20x4", "gYear"),
       literal("1.0", "double"), literal("2024-13", "gYearMonth")]  # fmt: skip


@pytest.fixture(autouse=True)
def quiet():
    """rdflib logs every literal that is none of its type, with the way it took."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@cache
def sound_graph() -> list[Quad]:
    """The context of the examples with every example that conforms."""
    files = [EXAMPLES / "context.ttl", *sorted(EXAMPLES.glob("*.pass.ttl"))]
    quads = {quad for file in files for quad in parse(path=file, format=RdfFormat.TURTLE)}
    return sorted(quads, key=str)


def told(complaints: set[Complaint]) -> set[tuple[str, ...]]:
    """What two engines can be compared by: blank nodes have names of their own in each."""
    return {tuple(_told(x) for x in (c.focus, c.path, c.value, c.shape, c.constraint)) for c in complaints}


def _told(part: object) -> str:
    return "_" if isinstance(part, BlankNode) else str(part)


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.*.ttl")), ids=lambda file: file.stem)
def test_every_example_is_judged_alike(file):
    quads = [q for f in (EXAMPLES / "context.ttl", file) for q in parse(path=f, format=RdfFormat.TURTLE)]
    found = told(shacl.native(quads))
    assert found == told(shacl.reference(quads))
    assert bool(found) == file.stem.endswith(".fail")


WAYS = ("drop", "value", "more", "object", "subject", "blank")
CHANGES = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(WAYS), st.integers(0, 10**6)), min_size=1, max_size=25
)


def changed(changes, values: list) -> list[Quad]:
    """The sound graph after some changes, each of one triple: (which, how, with which)."""
    quads = sound_graph()
    made = set(quads)
    for at, way, with_ in changes:
        quad, other, value = quads[at % len(quads)], quads[with_ % len(quads)], values[with_ % len(values)]
        if way in ("drop", "value"):
            made.discard(quad)
        if way in ("value", "more") and not (isinstance(value, BlankNode) and quad.predicate.value in COMPARED):
            made.add(Quad(quad.subject, quad.predicate, value))
        if way == "object" and quad.predicate.value not in COMPARED:
            made.add(Quad(quad.subject, quad.predicate, other.object))
        if way in ("subject", "blank"):
            made.add(Quad(other.subject if way == "subject" else BlankNode("b"), quad.predicate, quad.object))
    return sorted(made, key=str)


MANY = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def uncompared(told_: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {one for one in told_ if one[-1] not in COMPARING}


@MANY
@given(CHANGES)
@pytest.mark.parametrize("values", [SOUND, [*SOUND, *ILL]], ids=["sound", "ill-typed"])
def test_a_broken_graph_is_judged_alike(values, changes):
    """All but one point: what cannot be compared breaks a comparison, says the standard, and rdflib orders it."""
    quads = changed(changes, values)
    ours, theirs = told(shacl.native(quads)), told(shacl.reference(quads))
    assert uncompared(ours) == uncompared(theirs)
    assert ours >= theirs


@pytest.mark.parametrize(("start", "end"), [("1", "2"), ("2", "2"), ("3", "2"), ("-1", "0")])
def test_what_can_be_compared_is_compared_alike(start, end):
    swapped = {terms.OA + "start": literal(start, "integer"), terms.OA + "end": literal(end, "integer")}
    quads = [Quad(q.subject, q.predicate, swapped.get(q.predicate.value, q.object)) for q in sound_graph()]
    assert told(shacl.native(quads)) == told(shacl.reference(quads))


@MANY
@given(CHANGES, CHANGES)
def test_to_validate_what_changed_is_to_validate_all(first, then):
    """The complaints of nodes that a change does not touch stay, those of the others come out of them alone."""
    before, after = stored(changed(first, SOUND)), stored(changed(then, SOUND))  # a store writes 3.0 as 3
    nodes = touched(after, set(before) ^ set(after))
    stayed = {r for r in shapes.validate(before).results if r.focus not in {n.value for n in nodes}}
    now = shapes.validate_nodes(after, nodes).results
    assert known(stayed) | known(now) == known(shapes.validate(after).results)


def stored(quads) -> Store:
    store = Store()
    store.extend(quads)
    return store


def known(results) -> set[tuple[str, ...]]:
    return {(r.focus, r.path, r.value, r.shape, r.constraint) for r in results if r.focus}


def test_a_small_change_touches_few_nodes(quads):
    store = stored(quads)
    label = next(q for q in quads if q.predicate == terms.zg("valueText"))
    assert touched(store, [label]) == {label.subject, label.object}

"""Law 1: every fact in the default graph rests on claims whose quotes are the text's own words and show the fact."""

from __future__ import annotations

import re
from itertools import chain

import pytest

import contract
import sample
from contract import HELD_BACK, LONGEST, ORG, RDF, RELATIONS, TYPES, ZG, plain
from project import ROOT, build

FIGURE = {ZG + name for name in ("value", "growthPercent", "rank")}


@pytest.fixture(scope="module", params=["seed", "invented", pytest.param("corpus", marks=pytest.mark.shared)])
def graph(request, tmp_path_factory):
    """The seed's build, one of two invented reports, and one of the whole corpus."""
    if request.param == "seed":
        return contract.read(request.getfixturevalue("seed_build"))
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "corpus":
        return contract.read(build(request.getfixturevalue("shared") / "corpus" / "texts", out=folder / "out"))
    (folder / "first.txt").write_text(sample.FIRST, "utf-8")
    (folder / "second.txt").write_text(sample.SECOND, "utf-8")
    return contract.read(build(folder / "first.txt", folder / "second.txt", out=folder / "out"))


def relations(graph) -> list[tuple[str, str, str]]:
    return sorted(f for f in graph.facts if f[1].startswith(ZG) and f[1].removeprefix(ZG) in RELATIONS)


def all_claims(graph) -> list[contract.Claim]:
    return list(chain.from_iterable(graph.claims.values()))


def test_there_is_something_to_judge(graph):
    assert len(relations(graph)) >= 5
    assert len(graph.instances("Observation")) >= 1
    assert len(all_claims(graph)) > len(relations(graph))


def test_every_relation_rests_on_a_claim(graph):
    assert [f for f in relations(graph) if not any(c.pieces for c in graph.claims.get(f, ()))] == []


def test_every_type_rests_on_a_claim(graph):
    types = [f for f in graph.facts if f[1] == RDF + "type" and f[2].removeprefix(ZG) in TYPES]
    assert [f for f in types if not any(c.pieces for c in graph.claims.get(f, ()))] == []


def test_every_figure_rests_on_a_claim(graph):
    shown = {c.fact[0] for c in all_claims(graph) if c.fact[1] in FIGURE and c.pieces}
    assert [o for o in graph.instances("Observation") if o not in shown] == []


def test_every_quote_is_the_texts_own(graph):
    pieces = [piece for claim in all_claims(graph) for piece in claim.pieces]
    assert [p for p in pieces if graph.text(p.document)[p.start : p.end] != p.quote or not p.quote] == []


def test_no_quote_is_long(graph):
    assert [p for claim in all_claims(graph) for p in claim.pieces if p.end - p.start > LONGEST] == []


def test_texts_are_those_of_the_documents(graph):
    import hashlib

    digests = {graph.one(d, ZG + "sha256") for d in graph.instances("Document")}
    assert digests == set(graph.texts)
    assert all(hashlib.sha256(text.encode()).hexdigest() == name for name, text in graph.texts.items())


def shows(graph, claim: contract.Claim) -> bool:
    """Whether the quotes, taken together, name both ends of a relation."""
    subject, predicate, end = claim.fact
    quotes = [plain(piece.quote) for piece in claim.pieces]
    if predicate == ZG + "holdsPosition":
        end = graph.one(end, ORG + "organization")
    ends = {end[:4]} if predicate == ZG + "foundedIn" else graph.labels(end)
    return all(any(label in quote for label in labels for quote in quotes) for labels in (graph.labels(subject), ends))


def test_a_relations_evidence_names_both_ends(graph):
    """The year of a founding may be worded (去年): where the text lacks it, it is not looked for."""
    stated = [c for c in all_claims(graph) if c.fact[1].removeprefix(ZG) in RELATIONS]
    assert [c for c in stated if not shows(graph, c) and not worded_year(graph, c)] == []


def worded_year(graph, claim: contract.Claim) -> bool:
    return claim.fact[1] == ZG + "foundedIn" and claim.fact[2][:4] not in graph.text(claim.pieces[0].document)


def test_a_figures_evidence_contains_its_wording(graph):
    figures = [c for c in all_claims(graph) if c.fact[1] in FIGURE]
    wordings = {c.fact[0]: {plain(w) for w in graph.values[c.fact[0], ZG + "valueText"]} for c in figures}
    assert [c for c in figures if not any(w in plain(p.quote) for w in wordings[c.fact[0]] for p in c.pieces)] == []


def test_what_is_only_planned_is_held_back(graph):
    """Where all claims are planned, target, terminated or negated there is no plain triple, and else there is one."""
    stated = {f: cs for f, cs in graph.claims.items() if f[1].removeprefix(ZG) in RELATIONS}
    held = {f for f, cs in stated.items() if all(c.statuses & HELD_BACK for c in cs) and f[1] != ZG + "plans"}
    assert sorted(held & graph.facts) == []
    assert sorted(set(stated) - held - graph.facts) == []


def test_an_entity_is_mentioned_only_where_it_is_named(graph):
    mentioned = [f for f in graph.facts if f[1] == ZG + "mentionedIn"]
    texts = {document: plain(graph.text(document)) for document in {f[2] for f in mentioned}}
    evidence = [(s, d) for s, _, d in mentioned if not any(label in texts[d] for label in graph.labels(s))]
    assert [pair for pair in evidence if not coordinated(graph, *pair)] == []


def coordinated(graph, entity: str, document: str) -> bool:
    """「甲、乙等实验室」 names 甲实验室 without writing it: all of its characters stand there, in their order."""
    letters = [".*".join(map(re.escape, label)) for label in graph.labels(entity)]
    types = [c for f, cs in graph.claims.items() if f[0] == entity and f[1] == RDF + "type" for c in cs]
    quotes = [plain(p.quote) for c in types for p in c.pieces if p.document == document]
    return any(re.search(letter, quote) for letter in letters for quote in quotes)


def test_nothing_is_blank_and_nothing_tells_of_this_machine(graph):
    terms = [t for q in graph.quads for t in (q.subject, q.object, q.graph_name)]
    assert [t for t in terms if "BlankNode" in type(t).__name__] == []
    paths = [graph.one(d, ZG + "path") for d in graph.instances("Document")]
    assert [p for p in paths if str(ROOT.parent) in p or p.startswith("/") or "tmp" in p.split("/")] == []


def test_one_preferred_label_a_language(graph):
    entities = {f[0] for f in graph.facts if f[1] == RDF + "type" and f[2].removeprefix(ZG) in TYPES}
    preferred = [q for q in graph.quads if q.predicate.value == contract.SKOS + "prefLabel"]
    labels = [q for q in preferred if q.subject.value in entities]
    tags = {(q.subject.value, q.object.language) for q in labels}
    assert len(tags) == len({(q.subject.value, q.object) for q in labels})
    assert {s for s, language in tags if language == "zh"} == entities

"""Gold ──▶ rows: every gold text against the page of the graph that is about it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Quad

from kg.answers.evaluation import ledger
from kg.answers.evaluation.alignment import Case, case
from kg.answers.evaluation.entities import entities, labels, unfair
from kg.answers.evaluation.errors import Error, errors, worst_first
from kg.answers.evaluation.evidence import evidence
from kg.answers.evaluation.facts import Facts
from kg.answers.evaluation.figures import figures
from kg.answers.evaluation.gold import Gold
from kg.answers.evaluation.grounds import ground
from kg.answers.evaluation.ledger import Fired
from kg.answers.evaluation.predicted import Page, Predicted
from kg.answers.evaluation.reading import predicted
from kg.answers.evaluation.relations import relations
from kg.answers.evaluation.tally import Count, Line, kinds, lines
from kg.answers.evaluation.wording import normal
from kg.graph.terms import DCTERMS, SCHEMA, ZG
from kg.records import Extraction


@dataclass(frozen=True, slots=True)
class Score:
    """The rows over all texts and of each; `absent` are the texts that the graph lacks, which are missed altogether.

    `kinds` are the rows by type and predicate, `errors` what is behind the figures, the worst kind first, `rules` how
    often each rule fired and was right. Of texts set aside there are rows, but neither kinds, errors nor rules.
    """

    micro: Mapping[str, Line]
    docs: Mapping[str, Mapping[str, Line]]
    absent: tuple[str, ...]
    kinds: Mapping[str, Line]
    errors: tuple[Error, ...]
    rules: Mapping[str, Fired]

    def plain(self) -> dict[str, Any]:
        """The same as dicts and lists, for JSON."""
        return asdict(self)


def score(
    quads: Iterable[Quad],
    golds: Sequence[Gold],
    texts: Mapping[str, str],
    *,
    readings: Iterable[Extraction] = (),
    aside: Collection[str] = (),
) -> Score:
    """The graph against gold; `texts` are those that the gold is about, by the names of their files.

    With `readings` of these texts the errors say why something was missed. Of the texts in `aside` only the rows are
    told, so that nobody develops on them.
    """
    graph = predicted(quads)
    cases, absent = [], []
    for gold in golds:
        name, text = text_of(gold, texts)
        page = _page(graph, gold, name, text)
        absent += [] if page else [gold.doc]
        cases.append(case(gold, text, page or Page(""), graph))
    known = _known(cases)
    counts = [list(_counts(each, known)) for each in cases]
    told = [pair for pair in zip(cases, counts, strict=True) if pair[0].gold.doc not in aside]
    every = [count for _, found in told for count in found]
    return Score(
        lines(count for found in counts for count in found),
        {each.gold.doc: lines(found) for each, found in zip(cases, counts, strict=True)},
        tuple(absent),
        kinds(every),
        worst_first(_errors(told, graph, {reading.document.text: reading for reading in readings}), lines(every)),
        ledger.added(ledger.fired(found, ledger.claims(each.page, graph)) for each, found in told),
    )


def _errors(
    told: Iterable[tuple[Case, list[Count]]], graph: Predicted, readings: Mapping[str, Extraction]
) -> Iterator[Error]:
    for each, counts in told:
        reading = readings.get(each.text or "")
        yield from errors(each, counts, ledger.claims(each.page, graph), ground(reading) if reading else None)


def _counts(each: Case, known: Mapping[str, frozenset[str]]) -> Iterator[Count]:
    yield from entities(each)
    yield from labels(each, known)
    yield from relations(each)
    yield from figures(each)
    yield from evidence(each, unfair(each, known))


def _known(cases: Iterable[Case]) -> dict[str, frozenset[str]]:
    """The names that any gold text gives an entity of the graph."""
    known: dict[str, frozenset[str]] = {}
    for each in cases:
        for iri, id in each.aligned.items():
            known[iri] = known.get(iri, frozenset()) | each.gold.entity(id).names
    return known


def text_of(gold: Gold, texts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The file's name and the text that a gold file is about; None where it is not among the texts."""
    for name in sorted(texts):
        if Path(name).stem == gold.doc or name.startswith(gold.doc + "-"):
            return name, texts[name]
    return None, None


def _page(graph: Predicted, gold: Gold, name: str | None, text: str | None) -> Page | None:
    """The page of a gold file: by the text's hash, else by the file's name, else by the title."""
    names = {name, gold.doc, f"{gold.doc}.txt"} - {None}
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest() if text is not None else None
    heading = normal(next((line for line in (text or "").splitlines() if line.strip()), ""))
    for page in graph.pages.values():
        if digest and digest in _hashes(graph.facts, page):
            return page
    for page in graph.pages.values():
        if names & _files(graph.facts, page):
            return page
    titles = ((page, map(normal, graph.facts.get(page.iri, DCTERMS + "title"))) for page in graph.pages.values())
    return next((page for page, said in titles if heading and heading in said), None)


def _hashes(found: Facts, page: Page) -> set[str]:
    return {value.lower().removeprefix("sha256:") for value in found.get(page.iri, ZG + "sha256")}


def _files(found: Facts, page: Page) -> set[str]:
    """The last parts of a document's paths and addresses."""
    given = found.get(page.iri, ZG + "path", SCHEMA + "url", "http://schema.org/url")
    return {unquote(value).rsplit("/", 1)[-1] for value in given}

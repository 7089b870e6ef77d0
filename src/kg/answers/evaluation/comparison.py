"""Gold ──▶ rows: every gold text against the page of the graph that is about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import Quad

from kg.answers.evaluation.alignment import Case, case
from kg.answers.evaluation.entities import entities, labels, unfair
from kg.answers.evaluation.evidence import evidence
from kg.answers.evaluation.facts import Facts
from kg.answers.evaluation.figures import figures
from kg.answers.evaluation.gold import Gold
from kg.answers.evaluation.predicted import Page, Predicted
from kg.answers.evaluation.reading import predicted
from kg.answers.evaluation.relations import relations
from kg.answers.evaluation.tally import Count, Line, lines
from kg.answers.evaluation.wording import normal
from kg.graph.terms import DCTERMS, SCHEMA, ZG


@dataclass(frozen=True, slots=True)
class Score:
    """The rows over all texts and of each; `absent` are the texts that the graph lacks, which are missed altogether."""

    micro: Mapping[str, Line]
    docs: Mapping[str, Mapping[str, Line]]
    absent: tuple[str, ...]

    def plain(self) -> dict[str, object]:
        """The same as dicts and lists, for JSON."""
        return asdict(self)


def score(quads: Iterable[Quad], golds: Sequence[Gold], texts: Mapping[str, str]) -> Score:
    """The graph against gold; `texts` are those that the gold is about, by the names of their files."""
    graph = predicted(quads)
    cases, absent = [], []
    for gold in golds:
        name, text = text_of(gold, texts)
        page = _page(graph, gold, name, text)
        absent += [] if page else [gold.doc]
        cases.append(case(gold, text, page or Page(""), graph))
    known = _known(cases)
    counts = {each.gold.doc: list(_counts(each, known)) for each in cases}
    everything = [count for found in counts.values() for count in found]
    return Score(lines(everything), {doc: lines(found) for doc, found in counts.items()}, tuple(absent))


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

"""What a person decides about a graph ──▶ the lines of decisions.tsv, and the graph made anew with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.answers import lookup, names
from kg.errors import NotFoundError, UsageError
from kg.graph import terms
from kg.records import EntityType, Extraction, Relation
from kg.resolve.decisions import Decision, Kind

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.pipeline.making import Built, Options


_SEGMENTS = frozenset(kind.value.lower() for kind in EntityType)


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: the file, which lines were written or taken back, and the graph made with them."""

    file: Path
    lines: tuple[Decision, ...]
    built: Built


def carried_out(
    lines: Sequence[Decision], *, folder: Path, options: Options, file: Path | None = None, undo: bool = False
) -> Decided:
    """Write the lines, or take them back, and make the graph anew. UsageError where there is nothing to take back."""
    from kg.pipeline import corpus, deciding

    state = corpus.state(folder)
    home = file or deciding.home(state.roots)
    change = deciding.take_back if undo else deciding.write
    done = tuple(line for line in lines if change(home, line))
    if undo and not done:
        raise UsageError(f"{home}: no line decides that; nothing to take back")
    built = corpus.update(folder, options, roots=(str(home.parent.absolute()),))
    return Decided(home, done, built)


def identity(store: Store, kind: str, things: Sequence[str], reason: str) -> list[Decision]:
    """The line that makes two names one thing or two, or pins an IRI; NotFoundError for a name that nothing has."""
    about = tuple(reference(store, thing) for thing in things)
    if Kind(kind) is Kind.PIN:
        pinned = path(store, things[0])
        return [Decision(Kind.PIN, (pinned, pinned), reason)]
    return [Decision(Kind(kind), about, reason)]


def reference(store: Store, thing: str) -> str:
    """How a line names a thing: an IRI without its base, a label as it is; UsageError where the label is of several."""
    what, at, document = thing.partition("@")
    if _is_path(what):
        what = _path(what)
    elif not at:
        iris = names.entities(store, what)
        if len(iris) > 1:
            shown = " ".join(f"<{iri}>" for iri in iris)
            raise UsageError(f"{what} is the name of {len(iris)} things; give the IRI of one: {shown}")
    return what + at + document.rpartition("/")[2]


def path(store: Store, thing: str) -> str:
    """The path of the one entity that a name or IRI means."""
    if _is_path(thing):
        return _path(thing)
    iris = names.entities(store, thing)
    if len(iris) > 1:
        raise UsageError(f"{thing} is the name of {len(iris)} things; give the IRI of one")
    return _path(iris[0])


def _is_path(thing: str) -> bool:
    """Whether it is an IRI, or the end of one: names may have a slash too."""
    return "://" in thing or (thing.partition("/")[0] in _SEGMENTS and "/" in thing)


def _path(iri: str) -> str:
    """The last two parts of an IRI, as they were before they were encoded."""
    parts = iri.rstrip("/").rsplit("/", 2)[-2:]
    return "/".join(unquote(part) for part in parts)


def rejection(store: Store, said: Sequence[str], reason: str) -> list[Decision]:
    """A line for a claim's IRI, or for every claim of a fact given as subject, property and object."""
    found = _claims(store, *said) if len(said) == 3 else [iri for iri in said if lookup.known(store, iri)]
    if not found:
        raise NotFoundError(f"no claim says {' '.join(said)}; kg explain --format json gives the IRIs of claims")
    return [Decision(Kind.REJECT, ("claim/" + iri.rpartition("/")[2],), reason) for iri in sorted(found)]


def _claims(store: Store, subject: str, property_: str, target: str) -> list[str]:
    """The claims of a relation between two named things."""
    from pyoxigraph import NamedNode

    start, end = (set(names.entities(store, name)) for name in (subject, target))
    predicate = terms.zg(_relation(property_).value)
    claims = {
        iri for node in sorted(start) for iri in lookup.subjects(store, terms.RDF + "subject", NamedNode(node))
        if lookup.value(store, iri, terms.RDF + "predicate") == predicate.value
    }  # fmt: skip
    return [iri for iri in sorted(claims) if lookup.value(store, iri, terms.RDF + "object") in end]


def _relation(name: str) -> Relation:
    try:
        return Relation(name.removeprefix("zg:"))
    except ValueError:
        raise UsageError(f"there is no property {name}; there are {', '.join(Relation)}") from None


def assertion(
    folder: Path, fact: tuple[str, str, str], document: str | None, quote: str, reason: str
) -> list[Decision]:
    """The line for a fact with its quote; UsageError where the quote stands in no text or does not name both ends."""
    from kg.pipeline import corpus
    from kg.pipeline.correcting import TYPE, VALUE, asserted

    readings = {reading.document.key: reading for reading in corpus.readings(folder)}
    quote = " ".join(quote.split())
    key = _document(readings, document, quote)
    subject, property_, target = fact
    named = property_.removeprefix("zg:")
    name, cells = (named, _completed(named, target)) if named in (VALUE, TYPE) else (_relation(named).value, target)
    line = Decision(Kind.ASSERT, (subject, name, cells, key, quote), reason)
    outcome = asserted(line, readings)
    if isinstance(outcome, str):
        raise UsageError(outcome)
    return [line]


def _completed(property_: str, target: str) -> str:
    """The object of a figure with value, unit and concept; UsageError where the wording is no number with a unit."""
    from kg.extract.figures.indicators import concept_of
    from kg.extract.figures.tabled import value_of
    from kg.pipeline.correcting import VALUE, Told
    from kg.rules import load

    if property_ != VALUE:
        return target
    told, rules = Told.of(target), load()
    said = value_of(told.text, rules)
    if said is None or not told.indicator:
        raise UsageError(f"{target}: no figure; write it as INDICATOR|NUMBER|TIME, as in 地区生产总值|90亿元|2024年")
    concept = concept_of(told.indicator, rules, kind=said[1].kind)
    return str(Told(told.indicator, told.text, told.period, *(said[0], said[1].unit), concept.name if concept else ""))


def _document(readings: Mapping[str, Extraction], document: str | None, quote: str) -> str:
    """The key of the document: the one named, else the only one that has the quote."""
    from kg.pipeline.correcting import quoted

    if document is not None:
        return document.rpartition("/")[2][:16]
    found = [key for key, reading in sorted(readings.items()) if quoted(reading.document.text, quote)]
    if len(found) != 1:
        raise UsageError(f"{len(found)} texts hold the quote; name one with --document, by its IRI or sha256")
    return found[0]

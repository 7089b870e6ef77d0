"""The competency questions, word for word: each has its own query already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.answers import lookup, query
from kg.answers.asking import wording
from kg.answers.asking.answer import Answer
from kg.answers.asking.rows import Cell, Row
from kg.answers.names import bare
from kg.answers.questions import Question, questions

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.answers.query import Term

_END = re.compile(r"[?？。.!！]+$")
_COUNTED = {"zh": "有{count}行：{rows}。", "en": "{count} rows: {rows}."}
_NONE = {"zh": "图谱对此没有记载。", "en": "The graph says nothing of that."}
_TRUTH = {"zh": ("不是。", "是。"), "en": ("No.", "Yes.")}


def answered(store: Store, question: str, language: str | None) -> Answer | None:
    """The answer to a question that is worded as a competency question is; None for another."""
    for one in questions():
        for spoken, text in (("zh", one.zh), ("en", one.en)):
            if text and _plain(text) == _plain(question):
                return _answer(store, question, one, language or spoken)
    return None


def _plain(text: str) -> str:
    return _END.sub("", bare(text))


def _answer(store: Store, question: str, one: Question, language: str) -> Answer:
    from pyoxigraph import QueryBoolean, QuerySolutions

    given = query.ask(store, one.text)
    rows: tuple[Row, ...] = ()
    if isinstance(given, QuerySolutions):
        names = query.columns(given, one.text)
        rows = tuple(_row(store, names, terms, language) for terms in query.rows(given, names))
    elif not isinstance(given, QueryBoolean):
        triples = [(t.subject, t.predicate, t.object) for t in query.triples(given)]
        rows = tuple(_row(store, ("subject", "property", "object"), triple, language) for triple in triples)
    said = _COUNTED[language].format(count=len(rows), rows=wording.phrases([row.phrase for row in rows], language))
    sentence = _TRUTH[language][bool(given)] if isinstance(given, QueryBoolean) else said if rows else _NONE[language]
    return Answer(question, language, f"competency-{one.name}", (), one.text, sentence, rows, (), len(rows), 0)


def _row(store: Store, names: tuple[str, ...], terms: tuple[Term | None, ...], language: str) -> Row:
    """A solution as it is; the sentences that it may hold are cells like the others, too long for the phrase."""
    cells = tuple(_cell(store, name, term, language) for name, term in zip(names, terms, strict=True))
    phrase = " ".join(cell.text for cell in cells if cell.text and cell.column not in ("quote", "title"))
    return Row(cells, phrase, (), ())


def _cell(store: Store, name: str, term: Term | None, language: str) -> Cell:
    if term is None:
        return Cell(name, "")
    thing = str(term).startswith("<")
    return Cell(name, lookup.shown(store, term, language), getattr(term, "value", None) if thing else None)

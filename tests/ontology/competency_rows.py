"""What the competency questions answer on a graph, as CSV.

    PYTHONPATH=src:tests python tests/ontology/competency_rows.py BUILD/graph.trig

writes ontology/competency/NN-name.expected.csv for each question; read them before you commit them.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from kg.answers import query
from project import ROOT

FOLDER = ROOT / "ontology" / "competency"
QUESTIONS = sorted(FOLDER.glob("*.rq"))


def answer(store: Store, text: str) -> str:
    """The rows under their header: `true` or `false` for an ASK, sorted triples for a CONSTRUCT."""
    found = query.ask(store, text)
    if isinstance(found, QueryBoolean):
        return str(bool(found)).lower() + "\n"
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        return table(columns, ([row[name] for name in columns] for row in found))
    return table(("subject", "predicate", "object"), sorted(set(found), key=str))


def table(head, rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(["" if term is None else term.value for term in row] for row in rows)
    return out.getvalue()


def expected(question: Path) -> Path:
    """The file beside a question that holds its answer on the seed's graph."""
    return question.with_suffix("").with_suffix(".expected.csv")


def main(graph: str) -> None:
    store = Store()
    store.load(path=graph, format=RdfFormat.TRIG)
    for question in QUESTIONS:
        expected(question).write_text(answer(store, question.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])

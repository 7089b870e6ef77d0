"""What the extraction reaches and where it fails, for docs/accuracy.md; with it the precision of each rule.

usage: accuracy.py [--check]        writes both files; with --check it only says whether the committed ones are fresh

Nothing of the texts is quoted. Of the texts set aside only rows are told.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import precision
from yardstick import DEVELOPED, ROOT, SEED, TWINS, developed, scores

if TYPE_CHECKING:
    from kg.answers.evaluate import Score
    from kg.answers.evaluation.errors import Error
    from kg.answers.evaluation.tally import Line

FILE = ROOT / "docs" / "accuracy.md"
GOALS = {"entities": 0.75, "relations": 0.45, "figures": 0.65, "status": 0.80, "held back": 0.95, "evidence": 1.0,
         "evidence names": 0.95}  # fmt: skip
FARTHEST = 0.10
TEXTS = {
    "seed": "the text that ships with the project; one of those developed on",
    "developed on": "articles on zones and parks whose errors were read while rules were written",
    "set aside": "articles of the same sort; nobody reads their errors, but some rules were chosen by their rows",
    "own": "notices, bulletins, pages and briefs of our own, annotated before any rule was written for them",
    "blind": "pages and reports by someone who knew no rule, written when the rules stood; nobody read their errors",
    "encyclopedia": "paragraphs of Chinese Wikipedia drawn by a fixed rule, annotated likewise",
    "twins": "the seed with every name and number replaced: what a rule reaches that knows no string of it",
}
MOST_RULES = 20
CAUSES = (
    ("no entity for", "an end is no entity of the graph"),
    ("read as", "read, but otherwise"),
    (" refused ", "read, but refused by a check"),
    ("does not connect", "read, but of types that the ontology does not let it connect"),
    ("there stands", "another name was read at the place"),
    ("no sentence names both ends", "no sentence names both ends"),
    ("no rule read this", "no rule read anything"),
)


def page(found: Mapping[str, Score]) -> str:
    """The whole of docs/accuracy.md."""
    told = developed(found)
    parts = (_intro(found), _reached(found), _apart(found), _ratios(found), _kinds(told), _errors(told), _causes(told),
             _rules(told), _after())  # fmt: skip
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: tuple[int, ...] = (0,)) -> str:
    """A Markdown table; all columns but those of `words` are numbers and stand to the right."""
    lines = [head, ["---" if i in words else "--:" for i in range(len(head))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _intro(found: Mapping[str, Score]) -> str:
    """Which texts there are."""
    counts = {"seed": 1, **{name: len(score.docs) for name, score in found.items()}, "twins": len(TWINS)}
    rows = [[name, str(counts[name]), what] for name, what in TEXTS.items()]
    return f"""# How right is it

<!-- Made by `make accuracy`; a test compares. -->

Every figure here is that of the corpus's own scorer, which `kg evaluate` repeats row by row. F1 unless said otherwise.

{_table(["texts", "", "what they are"], rows, words=(0, 2))}"""


def _reached(found: Mapping[str, Score]) -> str:
    """F1 by row and yard, the seed by itself."""
    yards: dict[str, Mapping[str, Line]] = {"seed": found["developed on"].docs[SEED]}
    yards |= {name: score.micro for name, score in found.items()}
    rows = [[row, *(_f1(lines, row) for lines in yards.values())] for row in found["developed on"].micro]
    return (
        "## What is reached\n\n"
        + _table(["F1", *yards], rows)
        + """
A dash is a row with nothing to score. What each row means stands at the head of the scorer; in short: an entity is
right with name and type, a relation with both ends and the predicate, a figure with value, unit, subject and
indicator; period, growth, rank and modifier are judged on the figures that were found; `evidence` asks whether a quote
is verbatim, `evidence names` whether the quotes name what the claim is about.
"""
    )


def _f1(lines: Mapping[str, Line], row: str) -> str:
    return f"{lines[row].f1:.3f}" if row in lines else "–"


def _apart(found: Mapping[str, Score]) -> str:
    """Against the goals, and how far the texts developed on are ahead."""
    seen, unseen = found["developed on"].micro, found["set aside"].micro
    rows = []
    for row, goal in GOALS.items():
        ahead = seen[row].f1 - unseen[row].f1 if row in seen and row in unseen else None
        reached = "–" if row not in unseen else "yes" if unseen[row].f1 >= goal else "**no**"
        far = "–" if ahead is None else f"{ahead:+.3f}" if ahead <= FARTHEST else f"**{ahead:+.3f}**"
        rows.append([row, f"{goal:.2f}", _f1(unseen, row), reached, far])
    return (
        "## On the texts set aside\n\n"
        + _table(["row", "to be reached", "set aside", "reached", "developed on is ahead by"], rows)
        + f"""
A lead of more than {FARTHEST:.2f} means rules that know the texts they were written on.
"""
    )


def _ratios(found: Mapping[str, Score]) -> str:
    """Precision and recall of the three main rows, with their counts."""
    rows = [
        [f"{name}: {row}", f"{line.precision:.3f}", f"{line.recall:.3f}", f"{line.right:g}/{line.predicted}",
         f"{line.found}/{line.required}"]
        for name, score in found.items()
        for row in ("entities", "relations", "figures")
        if (line := score.micro.get(row))
    ]  # fmt: skip
    return "## Precision and recall\n\n" + _table(["", "P", "R", "right/predicted", "found/required"], rows)


def _kinds(told: Mapping[str, Score]) -> str:
    """F1 by type and predicate on each yard developed on, with how many the gold requires."""
    names = sorted({name for score in told.values() for name in score.kinds})
    rows = [[name, *(_kind(score.kinds.get(name)) for score in told.values())] for name in names]
    return (
        "## By type and predicate\n\nF1, and in brackets how many the gold requires. Texts set aside are left out, here"
        " and in all that follows.\n\n" + _table(["", *told], rows)
    )


def _kind(line: Line | None) -> str:
    return "–" if line is None else f"{line.f1:.2f} ({line.required})"


def _errors(told: Mapping[str, Score]) -> str:
    """How often each kind of error occurs."""
    rows = _counted(told, lambda error: error.kind)
    return "## What fails\n\nErrors by kind. `kg evaluate GOLD --errors` shows each with its sentence.\n\n" + rows


def _causes(told: Mapping[str, Score]) -> str:
    """Why what was missed was missed."""
    parts = ["## Why things are missed\n\nWhat stands at the place of a miss: the first of these that is true.\n"]
    for row in ("entities", "relations", "figures"):
        missed = {name: [e for e in score.errors if e.kind == f"{row}: missed"] for name, score in told.items()}
        parts.append(f"### Missed {row}\n\n" + _counted(missed, _cause))
    return "\n".join(parts)


def _cause(error: Error) -> str:
    return next((name for sign, name in CAUSES if sign in error.gap), "the text was not read")


def _counted(told: Mapping[str, Score | list[Error]], name: Callable[[Error], str]) -> str:
    """A table of counts by yard, what is most frequent first."""
    counts = {yard: Counter(map(name, getattr(found, "errors", found))) for yard, found in told.items()}
    total: Counter[str] = sum(counts.values(), Counter())
    order = sorted(total, key=lambda kind: (-total[kind], kind))
    return _table(["", *told, "all"], [[k, *(str(c[k]) for c in counts.values()), str(total[k])] for k in order])


def _rules(told: Mapping[str, Score]) -> str:
    """The rules with most mistakes."""
    from kg.answers.evaluation.ledger import added

    rules = added(score.rules for score in told.values())
    worst = sorted(rules.items(), key=lambda item: (item[1].right - item[1].fired, item[0]))[:MOST_RULES]
    rows = [[f"`{name}`", str(n.fired), str(n.right), f"{precision.confidence(n)}"] for name, n in worst]
    return (
        f"## Rules\n\n{len(rules)} rules fired on these texts; the {len(worst)} with most mistakes. All stand in"
        " `ontology/patterns/precision.tsv`, and a claim's `zg:confidence` is that of its rule.\n\n"
        + _table(["rule", "fired", "right", "confidence"], rows)
    )


def _after() -> str:
    return f"""## How it was measured

The {len(DEVELOPED)} texts developed on, the texts set aside, the own ones and those of the encyclopedia each make one
graph, each twin one of its own, all without the table of precision, which is measured on them. `kg evaluate` shows the
same for any gold folder; `kg read --why` shows for any text what every rule read in it and why a reading was refused.
"""


def main() -> int:
    """Write both files, or compare."""
    found = scores()
    fresh = {FILE: page(found), precision.FILE: precision.table(developed(found))}
    if "--check" in sys.argv:
        stale = [file for file, text in fresh.items() if not file.is_file() or file.read_text("utf-8") != text]
        for file in stale:
            print(f"{file.relative_to(ROOT)} is not what is reached; run make accuracy")
        return 1 if stale else 0
    for file, text in fresh.items():
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

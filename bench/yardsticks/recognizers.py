"""Are numbers, shares, amounts, measures and dates read right? Recognizers-Text's Chinese specs, beside its peers.

A case passes where exactly what the spec gives is read: the same spans, and a value that the spec offers. As the other
libraries differ in what they do (cn2an only turns a given wording into a number), a second table gives each of them
the wordings of the spec's results one by one. The date spec is taken as far as it gives days and ranges of days.

Where we disagree with the spec a verdict says who is right; the verdicts are in verdicts.tsv, and a disagreement that
has none there is listed as open.

usage: recognizers.py [--data FOLDER] [--peers PYTHON] [--first N]        prints Markdown
  PYTHON is the interpreter of an environment made as peers.py says; without it only our own figures are printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from peers import Reading, next_day, number, suite_value

from kg import rules
from kg.extract.figures.quantities import Measure, measures
from kg.extract.text import numbers
from kg.extract.text.folding import folded
from kg.extract.text.sentences import sentences
from kg.extract.text.tokens import token_at, tokenised
from kg.extract.time.times import Anchor, TimeExpression, read_times
from kg.records import Document, Sentence

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "recognizers-zh"
SPECS = {
    "number": "Number/NumberModel", "percentage": "Number/PercentModel", "currency": "NumberWithUnit/CurrencyModel",
    "dimension": "NumberWithUnit/DimensionModel", "date": "DateTime/DateTimeModel",
}  # fmt: skip
DAYS = {"datetimeV2.date", "datetimeV2.daterange"}
KINDS = {"percentage": {"percent"}, "currency": {"currency"},
         "dimension": {"area", "volume", "length", "mass", "power", "energy", "voltage", "frequency"}}  # fmt: skip
# What one of the spec's units is in ours; a unit that is missing here keeps its name and so never matches.
UNITS = {
    "Mu": ("M2", Decimal(2000) / 3), "Meter": ("M", Decimal(1)), "Centimeter": ("M", Decimal("0.01")),
    "Kilometer": ("M", Decimal(1000)), "Ton": ("TONNE", Decimal(1)), "Kilogram": ("TONNE", Decimal("0.001")),
    "Gram": ("TONNE", Decimal("0.000001")), "Jin": ("TONNE", Decimal("0.0005")), "Kilowatt": ("W", Decimal(1000)),
    "Hertz": ("HZ", Decimal(1)), "Megahertz": ("HZ", Decimal(1000000)),
}  # fmt: skip
VERDICTS = ("ours", "theirs", "convention", "open")
_NUMBER = re.compile(rf"(?:负|(?<!\d)-)?(?:{numbers.NUMBER})(?:[余餘多几]?(?:{numbers.MAGNITUDE}))?")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a spec: its place in the file (from 1), its text, and what is expected in it."""

    spec: str
    place: int
    text: str
    reference: str
    expected: tuple[Reading, ...]

    @property
    def wordings(self) -> list[str]:
        """The wording of each expected result."""
        return [self.text[start:end] for start, end, _ in self.expected]


def cases(folder: Path, first: int | None = None) -> list[Case]:
    """The cases of all specs; of the dates those that give nothing but days and ranges of days."""
    found = []
    for spec, name in SPECS.items():
        rows = list(enumerate(json.loads((folder / f"{name}.json").read_text("utf-8-sig")), 1))
        kept = [_case(spec, place, row) for place, row in rows if _is_meant(spec, row)]
        found += kept[:first]
    return found


def _is_meant(spec: str, row: dict[str, Any]) -> bool:
    return spec != "date" or all(result["TypeName"] in DAYS for result in row["Results"])


def _case(spec: str, place: int, row: dict[str, Any]) -> Case:
    expected = tuple(
        (r["Start"], r["End"] + 1, [canonical(spec, v) for v in suite_value(spec, r["Resolution"])])
        for r in row["Results"]
    )
    reference = row.get("Context", {}).get("ReferenceDateTime", "2020-01-01T00:00:00")
    return Case(spec, place, row["Input"], reference[:19], expected)


def canonical(spec: str, value: str) -> str:
    """A value in the spelling in which ours is given: measures in base units."""
    amount, _, unit = value.partition(" ")
    if spec != "dimension" or unit not in UNITS or not amount:
        return value
    ours, factor = UNITS[unit]
    return f"{_rounded(Decimal(amount) * factor)} {ours}"


def _rounded(value: Decimal) -> str:
    """Areas in 亩 end nowhere, so measures are compared to hundredths."""
    return number(value if abs(value) < 1 else round(value, 2))


def ours(case: Case, text: str) -> list[Reading]:
    """What we read in a text."""
    knowledge = rules.load()
    found: list[Reading] = []
    for sentence in tokenised(sentences(Document(text, "case"))):
        simple = folded(sentence, knowledge)
        for start, end, values in _ours(case, simple, knowledge):
            span = sentence.span_of(start, end)
            found.append((span.start, span.end, values))
    return found


def _ours(case: Case, sentence: Sentence, knowledge: rules.Rules) -> Iterator[Reading]:
    text = sentence.text
    if case.spec == "number":
        yield from (found for found in _numbers(text) if not _is_word(sentence, *found[:2]))
    elif case.spec == "date":
        day = [int(part) for part in case.reference[:10].split("-")]
        yield from (_dated(time) for time in read_times(text, Anchor(*day)) if time.period is not None)
    else:
        yield from (_figure(case.spec, m) for m in measures(text, knowledge) if m.kind in KINDS[case.spec])


def _is_word(sentence: Sentence, start: int, end: int) -> bool:
    """Whether Chinese numerals are part of a word (一切, 万岁), which the program refuses too, or a place alone."""
    if sentence.text[start:end] in ("万", "万万", "亿"):
        return True
    token = sentence.tokens[token_at(sentence, start)]
    longer = token.start < start or token.end > end
    return longer and token.tag in _WORDS and not re.search(r"\d", sentence.text[start:end])


_WORDS = frozenset({"n", "nz", "nw", "v", "vn", "a", "ad", "an", "d", "r", "c", "PER", "LOC", "ORG", "i"})


def _numbers(text: str) -> Iterator[Reading]:
    """Our grammar of numbers let loose on a text; the program itself reads only numbers that have a unit."""
    for match in _NUMBER.finditer(text):
        plain = match[0].replace("-", "负")
        split = re.fullmatch(rf"(.+?)[余餘多几]?({numbers.MAGNITUDE})", plain)
        value = numbers.value_of(plain)
        if value is None and split and (value := numbers.value_of(split[1])) is not None:
            value *= numbers.magnitude_of(split[2])
        if value is not None:
            yield match.start(), match.end(), [number(value)]


def _figure(spec: str, measure: Measure) -> Reading:
    unit = {"percentage": "", "currency": f" {measure.unit.removeprefix('CCY_')}"}.get(spec, f" {measure.unit}")
    value = _rounded(measure.value) if spec == "dimension" else number(measure.value)
    return *measure.core, [value + unit]


def _dated(time: TimeExpression) -> Reading:
    period = time.period
    if period is None:
        return time.start, time.end, []
    same = period.start == period.end
    return time.start, time.end, [period.start if same else f"{period.start}/{next_day(period.end)}"]


def agrees(expected: tuple[Reading, ...] | list[Reading], read: list[Reading] | None) -> bool:
    """Whether exactly what is expected was read: the same spans, and for each a value that is offered."""
    if read is None or len(read) != len(expected):
        return False
    pairs = zip(sorted(expected, key=_place), sorted(read, key=_place), strict=True)
    return all(_place(a) == _place(b) and bool(set(a[2]) & set(b[2])) for a, b in pairs)


def _place(reading: Reading) -> tuple[int, int]:
    return reading[0], reading[1]


def understood(expected: Reading, read: list[Reading] | None) -> bool:
    """Whether a wording by itself got a value that is offered, whatever its span."""
    return bool(read) and any(set(expected[2]) & set(values) for _, _, values in read or ())


@dataclass(frozen=True, slots=True)
class Tool:
    """A library's readings of all cases: of each text, and of each wording."""

    name: str
    texts: list[list[Reading] | None]
    wordings: list[list[list[Reading] | None]]


def our_tool(given: list[Case]) -> Tool:
    """Our own readings."""
    return Tool("zonegraph", [ours(c, c.text) for c in given], [[ours(c, w) for w in c.wordings] for c in given])


def peer_tools(python: Path, given: list[Case]) -> tuple[list[Tool], list[str]]:
    """The peers' readings, and what is to be said of those that could not be had."""
    asked = [{"spec": c.spec, "text": c.text, "wordings": c.wordings, "reference": c.reference} for c in given]
    done = subprocess.run(
        [python, HERE / "peers.py"], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    tools, notes = [], []
    for name, answers in json.loads(done.stdout).items():
        if isinstance(answers, str):
            notes.append(f"{name}: {answers}")
            continue
        texts = [_canonical(c, a["text"]) for c, a in zip(given, answers, strict=True)]
        wordings = [[_canonical(c, w) for w in a["wordings"]] for c, a in zip(given, answers, strict=True)]
        tools.append(Tool(name, texts, wordings))
    return tools, notes


def _canonical(case: Case, read: list[Reading] | None) -> list[Reading] | None:
    return None if read is None else [(a, b, [canonical(case.spec, v) for v in values]) for a, b, values in read]


def rates(given: list[Case], tools: list[Tool]) -> Iterator[str]:
    """Both tables as Markdown."""
    yield "Whole texts: cases in which exactly what the spec gives is read.\n"
    yield from _rates(given, tools, _passed)
    yield "\nWordings alone: results whose wording by itself gets a value that the spec offers.\n"
    yield from _rates(given, tools, _worded)


def _rates(given: list[Case], tools: list[Tool], passed: Any) -> Iterator[str]:
    yield f"| spec | n | {' | '.join(tool.name for tool in tools)} |"
    yield "|---|---|" + "---|" * len(tools)
    for spec in SPECS:
        places = [i for i, case in enumerate(given) if case.spec == spec]
        columns = [[r for i in places for r in passed(given[i], tool, i)] for tool in tools]
        shown = [f"{sum(c) / len(c):.3f}" if c and None not in c else "–" for c in columns]
        yield f"| {spec} | {len(columns[0])} | {' | '.join(shown)} |"


def _passed(case: Case, tool: Tool, place: int) -> list[bool | None]:
    if tool.name == "cn2an" or (tool.texts[place] is None):
        return [None]
    return [agrees(case.expected, tool.texts[place])]


def _worded(case: Case, tool: Tool, place: int) -> list[bool | None]:
    read = tool.wordings[place]
    return [None if r is None else understood(e, r) for e, r in zip(case.expected, read, strict=True)]


def verdicts() -> dict[tuple[str, int], tuple[str, str]]:
    """(spec, place) -> verdict and reason, from verdicts.tsv."""
    rows = (HERE / "verdicts.tsv").read_text("utf-8").splitlines()
    body = csv.DictReader((row for row in rows if not row.startswith("#")), delimiter="\t")
    return {(row["spec"], int(row["case"])): (row["verdict"], row["reason"]) for row in body}


def disagreements(given: list[Case], tool: Tool) -> Iterator[str]:
    """Each case in which we read something else than the spec, with its verdict, and their count by verdict."""
    known = verdicts()
    apart = [(c, r) for c, r in zip(given, tool.texts, strict=True) if not agrees(c.expected, r)]
    judged = [known.get((c.spec, c.place), ("open", "")) for c, _ in apart]
    yield "\nWhere we read something else than the spec, by who is right.\n"
    yield from _judged([c.spec for c in given], [(c.spec, v) for (c, _), (v, _) in zip(apart, judged, strict=True)])
    yield "\n| spec | case | the spec | we | verdict | reason |\n|---|---|---|---|---|---|"
    for (case, read), (verdict, reason) in zip(apart, judged, strict=True):
        left, right = _shown(case.text, case.expected), _shown(case.text, read or ())
        yield f"| {case.spec} | {case.place} | {left} | {right} | {verdict} | {reason} |"


def _judged(specs: list[str], judged: list[tuple[str, str]]) -> Iterator[str]:
    yield "| spec | cases | agree | " + " | ".join(VERDICTS) + " |"
    yield "|---|---|---|" + "---|" * len(VERDICTS)
    counts, total = Counter(judged), Counter(specs)
    for spec in SPECS:
        row = [counts[spec, verdict] for verdict in VERDICTS]
        yield f"| {spec} | {total[spec]} | {total[spec] - sum(row)} | {' | '.join(map(str, row))} |"


def _shown(text: str, read: tuple[Reading, ...] | list[Reading]) -> str:
    """Readings as wording = value."""
    shown = "; ".join(f"{text[a:b].strip()} = {' or '.join(values)}" for a, b, values in read)
    return "".join(c for c in shown if c.isprintable()).replace("|", "\\|") or "nothing"


def main() -> None:
    """Read the options, print tables and disagreements."""
    options = argparse.ArgumentParser(description="Recognizers-Text's Chinese specs against our reading")
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--peers", type=Path)
    options.add_argument("--first", type=int, help="only so many cases of each spec")
    chosen = options.parse_args()
    given = cases(chosen.data, chosen.first)
    mine = our_tool(given)
    others, notes = peer_tools(chosen.peers, given) if chosen.peers else ([], [])
    print(*rates(given, [mine, *others]), *notes, *disagreements(given, mine), sep="\n")


if __name__ == "__main__":
    main()

"""The seed's twins: every proper name and every number replaced, in text and gold alike.

A rule that knows the seed's own strings scores worse on a twin. Names come from `names.tsv`, numbers from a fixed
exchange of digits that keeps their length, zeros and decimals, so that a gold file turns with its text: names and
quotes stay verbatim parts of it, values are what the new wording says.

    python tests/twin/twin.py OUTDIR --variant A      writes OUTDIR/twin-A.txt and OUTDIR/twin-A.json
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED = ROOT / "seeds" / "000_8643faa9eca49758.txt"
GOLD = ROOT.parent / "shared" / "corpus" / "gold" / "000_8643faa9eca49758.json"
VARIANTS = ("A", "B", "C")
PLACES = "〇一二三四五六七八九"
TYPED = {"id", "type", "type_alt", "unit", "of", "modifier", "modifier_alt", "status", "subject", "subject_alt", "note"}


@dataclass(frozen=True, slots=True)
class Variant:
    """How one twin differs: names, years, months, ranks and the exchange of digits. Zero stays zero."""

    names: dict[str, str]
    years: int
    digits: dict[str, str]
    ranks: dict[int, int]
    shift: int

    @property
    def pattern(self) -> re.Pattern[str]:
        """Names, longest first; then years, dates, ranks, and what is left of the numbers."""
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        return re.compile(
            rf"(?P<name>{names})|(?P<year>(?<!\d)20\d\d(?=年|$|-))|(?P<month>(?<!\d)\d{{1,2}}(?=月))|(?P<day>(?<=月)\d{{1,2}}(?=日))"
            rf"|第(?P<rank>[一二三四五六七八九])(?!方阵)|(?P<number>\d+(?:\.\d+)?)"
        )

    def turn(self, text: str) -> str:
        """The twin's wording of a piece of the seed."""
        return self.pattern.sub(self._turned, text)

    def _turned(self, match: re.Match[str]) -> str:
        kind, word = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "name":
            return self.names[word]
        if kind == "year":
            return self.year(word)
        if kind == "rank":
            return "第" + PLACES[self.ranks[PLACES.index(word)]]
        return {"month": self.month, "day": self.day, "number": self.number}[kind](word)

    def year(self, word: str) -> str:
        """A year some fixed number of years earlier."""
        return str(int(word) + self.years)

    def month(self, word: str) -> str:
        """Another month of as many digits."""
        return _circled(int(word), self.shift, last=12)

    def day(self, word: str) -> str:
        """Another day of as many digits, one that every month has."""
        return _circled(int(word), self.shift, last=28)

    def number(self, word: str) -> str:
        """A number of the same shape."""
        return "".join(self.digits.get(c, c) for c in word)

    def period(self, text: str) -> str:
        """A period of the gold: `2024`, `2025-02`, `2025-02-13`."""
        turns = (self.year, self.month, self.day)
        return "-".join(turn(part).zfill(2) for turn, part in zip(turns, text.split("-"), strict=False))


def _circled(number: int, shift: int, *, last: int) -> str:
    """Some steps on, in the circle of 1 to 9 or in that of 10 to `last`."""
    return str((number - 1 + shift) % 9 + 1 if number < 10 else (number - 10 + shift) % (last - 9) + 10)


def variant(letter: str) -> Variant:
    """The twin A, B or C; a ValueError for any other letter."""
    column = VARIANTS.index(letter)
    lines = (HERE / "names.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    names = {row[0]: row[1 + column] for row in rows}
    ranks = [{1: 2, 2: 4, 5: 7}, {1: 3, 2: 1, 5: 4}, {1: 4, 2: 3, 5: 9}][column]
    digits = ["357982146", "249718365", "761294538"][column]
    return Variant(names, (-5, -10, -15)[column], dict(zip("123456789", digits, strict=True)), ranks, (1, 3, 6)[column])


def twin(text: str, gold: dict[str, Any], letter: str) -> tuple[str, dict[str, Any]]:
    """Text and gold of a twin of the seed; what the gold says is said by the text with new names and numbers."""
    turn = variant(letter)
    new = _turned_strings(gold, turn) | {"doc": f"twin-{letter}"}
    new["observations"] = [_observation(old, turn) for old in gold["observations"]]
    new["relations"] = [[*r[:3], turn_end(r[3], turn)] if len(r) > 3 else r for r in gold["relations"]]
    new["dates"] = [[who, what, turn.period(when)] for who, what, when in gold.get("dates", [])]
    return turn.turn(text), new


def turn_end(value: str | int, turn: Variant) -> str | int:
    """The fourth member of a relation: a year of founding, or a title, which stays."""
    return int(turn.year(str(value))) if isinstance(value, int) else value


def _turned_strings(value: Any, turn: Variant) -> Any:
    """A gold value with all wordings turned; identifiers and closed vocabularies stay."""
    if isinstance(value, dict):
        return {k: v if k in TYPED or k.startswith("relation") else _turned_strings(v, turn) for k, v in value.items()}
    if isinstance(value, list):
        return [_turned_strings(each, turn) for each in value]
    return turn.turn(value) if isinstance(value, str) else value


def _observation(old: dict[str, Any], turn: Variant) -> dict[str, Any]:
    """A figure whose value, growth, ranks and periods are those of the turned quote."""
    new = _turned_strings(old, turn)
    new["value"] = _value(old["value"], old["quote"], turn)
    new["growth_percent"] = _value(old["growth_percent"], old["quote"], turn)
    new["rank"] = [r | {"place": turn.ranks[r["place"]], "among": turn.turn(r["among"])} for r in old["rank"]]
    new["period"] = turn.period(old["period"]) if old["period"] else None
    if "period_alt" in old:
        new["period_alt"] = [turn.period(period) for period in old["period_alt"]]
    return new


def _value(old: float | None, quote: str, turn: Variant) -> int | float | None:
    """The turned value: the quote's number whose power of ten the old value is, turned, times that power."""
    if old is None:
        return None
    for word in re.findall(r"\d+(?:\.\d+)?", quote):
        scale = Decimal(str(old)) / Decimal(word)
        if scale.normalize().as_tuple().digits == (1,):
            value = Decimal(turn.number(word)) * scale
            return int(value) if value == int(value) else float(value)
    raise ValueError(f"{old} does not stand in {quote}")


def main() -> None:
    """Write one twin, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variant", choices=VARIANTS, action="append")
    options = parser.parse_args()
    write(options.folder, options.variant or VARIANTS)


def write(folder: Path, letters: tuple[str, ...] | list[str] = VARIANTS) -> None:
    """`twin-<letter>.txt` and `.json` in a folder, one pair a letter."""
    folder.mkdir(parents=True, exist_ok=True)
    for letter in letters:
        text, gold = twin(SEED.read_bytes().decode("utf-8"), json.loads(GOLD.read_text("utf-8")), letter)
        (folder / f"twin-{letter}.txt").write_bytes(text.encode("utf-8"))
        (folder / f"twin-{letter}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

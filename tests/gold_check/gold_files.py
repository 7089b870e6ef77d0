"""The annotated texts under tests/gold, and what their numbers, dates and figures look like."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "gold"
PARTS = ("own", "blind", "cc-by-sa")

NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:\s?[.．][0-9０-９]+)?")
DATE = re.compile(
    r"\d{3,4}年(?:\d{1,2}月)?(?:(?:\d{1,2}日?[至—–-])?\d{1,2}日)?"  # 2025年, 2025年6月9日, 2013年10月4至6日
    r"|\d{1,2}月(?:(?:\d{1,2}日?[至—–-])?\d{1,2}日)?"  # 6月, 6月9日
    r"|\d{4}[-~至]\d{4}年?"  # 2010~2020年
)
AMOUNT = re.compile(rf"({NUMBER.pattern})\s*(?:余|多)?(万亿|亿|万|)(?:余|多)?(平方公里|公里|公顷|亩|千瓦(?!时)|飞秒|)")
MULTIPLES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, "": 1}
BASES = {"平方公里": 1e6, "公里": 1e3, "公顷": 1e4, "亩": 2000 / 3, "千瓦": 1e3, "飞秒": 1e-15, "": 1}
SPELT = {"十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
TENTHS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated text: its name, the text as it is read, and the parsed annotation."""

    name: str
    text: str
    data: dict[str, Any]

    @property
    def entities(self) -> dict[str, dict[str, Any]]:
        """The entities by id."""
        return {entity["id"]: entity for entity in self.data["entities"]}

    @property
    def relations(self) -> list[list[Any]]:
        """Required, optional and alternative relations, in this order."""
        others = self.data["relation_alternatives"].values()
        return [*self.data["relations"], *self.data["optional_relations"], *(r for rows in others for r in rows)]


def gold_paths() -> list[Path]:
    """All gold files, in a fixed order."""
    return [path for part in PARTS for path in sorted((FOLDER / part / "gold").glob("*.json"))]


def second_paths() -> list[Path]:
    """The second annotations of some of the texts, in a fixed order."""
    return [path for part in PARTS for path in sorted((FOLDER / part / "second").glob("*.json"))]


def text_paths() -> list[Path]:
    """All texts, in the order of their gold files."""
    return [path for part in PARTS for path in sorted((FOLDER / part / "texts").glob("*.txt"))]


def load(path: Path) -> Gold:
    """The gold file with its text; fails where there is not exactly one text of its name."""
    data = json.loads(path.read_text(encoding="utf8"))
    (text,) = (path.parent.parent / "texts").glob(f"{data['doc']}-*.txt")
    return Gold(path.stem, text.read_bytes().decode("utf8"), data)


def folded(text: str) -> str:
    """The text without white space: a column may break inside a name."""
    return re.sub(r"\s", "", text)


def close(one: float, other: float) -> bool:
    """Equal but for the rounding of thirds."""
    return abs(one - other) <= 1e-6 * abs(other)


def plain(number: str) -> float:
    """The number as written, without what groups or breaks its digits."""
    return float(re.sub(r"[,，\s]", "", number))


def amounts(text: str) -> list[float]:
    """What a quote's numbers are worth in base units: 3.2万 is 32000, 2亩 is 1333.3, 「两成」 20, 「千亿」 1e11.

    A growth by 1.4倍 is one of 140 percent.
    """
    found = [plain(m[1]) * MULTIPLES[m[2]] * BASES[m[3]] for m in AMOUNT.finditer(text)]
    found += [SPELT[m[1]] for m in re.finditer("(?<![\\d.])([十百千万]亿)", text)]
    found += [round(plain(m[1]) * 100, 6) for m in re.finditer(rf"增长({NUMBER.pattern})倍", text)]
    return found + [TENTHS[m[1]] * 10.0 for m in re.finditer("([一二两三四五六七八九])成", text)]


def places(gold: Gold, quotes: list[str]) -> set[int]:
    """Every position of the text that belongs to one of the quotes."""
    found = (m for quote in quotes for m in re.finditer(re.escape(quote), gold.text))
    return {at for m in found for at in range(*m.span())}


def named(gold: Gold) -> set[int]:
    """Every position of the text that belongs to a name, also where a line breaks inside it."""
    kept = [at for at, sign in enumerate(gold.text) if not sign.isspace()]
    flat = folded(gold.text)
    names = [folded(name) for e in gold.data["entities"] for name in (e["name"], *e["aliases"])]
    found = (m for name in names for m in re.finditer(re.escape(name), flat))
    return {at for m in found for at in kept[m.start() : m.end()]}


def set_aside(gold: Gold) -> set[int]:
    """Every position of the text that belongs to a date, a name or what is listed as not annotated."""
    dates = {at for m in DATE.finditer(gold.text) for at in range(*m.span())}
    return dates | named(gold) | places(gold, [x["quote"] for x in gold.data["not_annotated"]])


def told(figure: dict[str, Any], amount: float) -> bool:
    """Whether the amount is the figure's value, its growth or one of its ranks."""
    known = [figure["value"], abs(figure["growth_percent"] or 0), *(rank["place"] for rank in figure["rank"])]
    return any(close(amount, x) for x in known if x)


def unaccounted(gold: Gold) -> Iterator[str]:
    """Each Arabic number that no figure tells at its place and nothing sets aside, with its surroundings."""
    aside, figures = set_aside(gold), gold.data["observations"]
    quoted = [places(gold, [figure["quote"]]) for figure in figures]
    for match in AMOUNT.finditer(gold.text):
        digits = set(range(match.start(1), match.end(1)))
        amount = plain(match[1]) * MULTIPLES[match[2]] * BASES[match[3]]
        worth = {amount, round(amount * 100, 6) if gold.text.startswith("倍", match.end()) else amount}
        here = [figure for figure, at in zip(figures, quoted, strict=True) if digits <= at]
        told_here = any(told(figure, each) for figure in here for each in worth)
        if not (digits <= aside or told_here):
            yield gold.text[max(0, match.start() - 12) : match.end() + 8]

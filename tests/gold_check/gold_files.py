"""The annotated texts under tests/gold, and what their numbers, dates and figures look like."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "gold"
PARTS = ("own", "cc-by-sa")

NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:\s?[.．][0-9０-９]+)?")
DATE = re.compile(
    r"\d{3,4}年(?:\d{1,2}月)?(?:(?:\d{1,2}日?[至—–-])?\d{1,2}日)?"  # 2025年, 2025年6月9日, 2013年10月4至6日
    r"|\d{1,2}月(?:(?:\d{1,2}日?[至—–-])?\d{1,2}日)?"  # 6月, 6月9日
    r"|\d{4}[-~至]\d{4}年?"  # 2010~2020年
)
# What one unit of the text's wording is in base units: 万, 亿, 千米, 平方公里, 亩, 万千瓦, 飞秒, 千万 and the like.
SCALES = (1, 1e3, 1e4, 1e6, 1e7, 1e8, 1e12, 2000 / 3, 1e-15)
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


def numbers(text: str) -> list[float]:
    """The amounts a quote holds: Arabic numbers, and tenths written 「两成」."""
    plain = [float(re.sub(r"[,，\s]", "", m[0])) for m in NUMBER.finditer(text)]
    return plain + [TENTHS[m[1]] * 10.0 for m in re.finditer("([一二两三四五六七八九])成", text)]


def covered(gold: Gold) -> set[int]:
    """Every position of the text that belongs to a date, a name, a figure's quote or a quote set aside."""
    data, text = gold.data, gold.text
    spans = [m.span() for m in DATE.finditer(text)]
    for quote in [x["quote"] for x in data["observations"] + data["not_annotated"]]:
        spans += [m.span() for m in re.finditer(re.escape(quote), text)]
    return {at for start, end in spans for at in range(start, end)} | named(gold)


def named(gold: Gold) -> set[int]:
    """Every position of the text that belongs to a name, also where a line breaks inside it."""
    kept = [at for at, sign in enumerate(gold.text) if not sign.isspace()]
    flat = folded(gold.text)
    names = [folded(name) for e in gold.data["entities"] for name in (e["name"], *e["aliases"])]
    found = (m for name in names for m in re.finditer(re.escape(name), flat))
    return {at for m in found for at in kept[m.start() : m.end()]}


def uncovered(gold: Gold) -> Iterator[str]:
    """Each Arabic number of the text of which some digit is nowhere accounted for, with its surroundings."""
    known = covered(gold)
    for match in NUMBER.finditer(gold.text):
        if not known.issuperset(range(*match.span())):
            yield gold.text[max(0, match.start() - 12) : match.end() + 8]

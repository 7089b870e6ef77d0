"""What other libraries read in the cases of `recognizers.py`; runs in an environment of its own, without kg.

Their pins are old: recognizers-text-suite 1.0.2a2 needs emoji 1.1.0 (it imports a name that later ones dropped), and
must be built from source with grapheme and datedelta. So they are installed apart:
  python -m venv PEERS; PEERS/bin/pip install recognizers-text-suite emoji==1.1.0 setuptools jionlp cn2an
stdin: JSON list of {"spec", "text", "wordings", "reference"}; stdout: JSON, tool -> list of {"text", "wordings"}, each
reading [start, end, [value, …]] with the values in the spelling of `recognizers.py`; null where a tool has no such
function. What a tool raises is an empty reading: it is part of what it does.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import unicodedata
import warnings
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

Reading = tuple[int, int, list[str]]
Case = dict[str, Any]


def number(text: object) -> str:
    """A number in one spelling: at most twelve significant digits, no exponent; empty for what is none."""
    try:
        value = Decimal(str(text).replace("%", "").replace(",", "").strip())
    except InvalidOperation:
        return ""
    return format((Decimal(f"{value:.12g}") if value else Decimal(0)).normalize(), "f")


def next_day(day: str) -> str:
    """The day after one, both ISO."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def half_width(text: str) -> str:
    """Full-width signs in half-width, which jionlp and cn2an ask of their user."""
    half = unicodedata.normalize("NFKC", text)
    return half if len(half) == len(text) else text


def suite_value(spec: str, resolution: dict[str, Any]) -> list[str]:
    """A resolution of recognizers-text, which its specs use as well, as values."""
    if spec == "date":
        return [v for value in resolution.get("values", ()) if (v := _dated(value))]
    value = number(resolution.get("value"))
    if spec == "currency":
        return [f"{value} {resolution.get('isoCurrency') or resolution.get('unit')}"]
    if spec == "dimension":
        return [f"{value} {resolution.get('unit')}"]
    return [value]


def _dated(value: dict[str, str]) -> str:
    if "value" in value:
        return value["value"]
    return f"{value.get('start', '')}/{value.get('end', '')}"


def suite() -> Callable[[Case, str], list[Reading] | None]:
    """recognizers-text-suite."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    readers = {
        "number": recognize_number, "percentage": recognize_percentage, "currency": recognize_currency,
        "dimension": recognize_dimension,
    }  # fmt: skip

    def read(case: Case, text: str) -> list[Reading]:
        spec = case["spec"]
        if spec == "date":
            found = recognize_datetime(text, Culture.Chinese, reference=datetime.fromisoformat(case["reference"]))
        else:
            found = readers[spec](text, Culture.Chinese)
        return [(r.start, r.end + 1, suite_value(spec, r.resolution or {})) for r in found]

    return read


def jionlp() -> Callable[[Case, str], list[Reading] | None]:
    """jionlp: amounts of money and times; it has no reader of plain numbers, shares or measures."""
    import jionlp as jio

    codes = {"元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP", "新台币": "TWD"}

    def read(case: Case, text: str) -> list[Reading] | None:
        if case["spec"] == "currency":
            found = jio.ner.extract_money(half_width(text))
            return [(*r["offset"], [money(r["detail"]["num"], r["detail"]["case"])]) for r in found]
        if case["spec"] == "date":
            found = jio.ner.extract_time(
                half_width(text), time_base=datetime.fromisoformat(case["reference"]).timestamp()
            )
            return [(*r["offset"], span(r["detail"].get("time"))) for r in found]
        return None

    def money(amount: object, unit: str) -> str:
        return f"{number(amount)} {codes.get(unit, unit)}"

    def span(time: object) -> list[str]:
        if not isinstance(time, list):
            return []
        first, last = time[0][:10], time[1][:10]
        return [first if first == last else f"{first}/{next_day(last)}"]

    return read


def cn2an() -> Callable[[Case, str], list[Reading] | None]:
    """cn2an: `transform` turns the numbers and shares of a text into digits; where they stood it does not say."""
    import cn2an as library

    def read(case: Case, text: str) -> list[Reading] | None:
        if case["spec"] not in ("number", "percentage") or len(text) != len("".join(case["wordings"][:1])):
            return None
        if case["spec"] == "number":
            return [(0, len(text), [number(library.cn2an(half_width(text), "smart"))])]
        turned = library.transform(half_width(text))
        return [(0, len(text), [number(turned)])] if re.fullmatch(r"-?[\d.]+%", turned) else []

    return read


def readings(read: Callable[[Case, str], list[Reading] | None], case: Case, text: str) -> list[Reading] | None:
    """What a tool reads in a text; nothing where it raises."""
    try:
        return read(case, text)
    except Exception:
        return []


def main() -> None:
    """Read the cases, ask every tool that is installed, print what they say."""
    warnings.simplefilter("ignore")
    cases: list[Case] = json.load(sys.stdin)
    answers: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for name, load in (("recognizers-text-suite", suite), ("jionlp", jionlp), ("cn2an", cn2an)):
            try:
                tool = load()
            except ImportError as error:
                answers[name] = f"not installed: {error}"
                continue
            answers[name] = [
                {
                    "text": readings(tool, case, case["text"]),
                    "wordings": [readings(tool, {**case, "wordings": [w]}, w) for w in case["wordings"]],
                }
                for case in cases
            ]
    json.dump(answers, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()

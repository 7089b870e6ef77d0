"""Times in a text, as precise as it gives them and no more: 2024年, 去年前三季度, 截至今年8月底, 「十四五」期间.

What a text leaves out (今年, 8月) comes from an anchor: the document's date, else its dateline, else the latest year
that the text itself has stated nearby. Without an anchor the words are recognised and stay without a period.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.extract import numbers
from kg.records import Document, Period, Sentence

_FIRST_PLAN = (1953, 5)  # the first five-year plan; the tenth ran 2001-2005 and all since follow on
_YEAR_LENGTH = 4
_REACH = 2  # paragraphs over which a year that the text states holds for 今年

_Y = r"(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_M, _D = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度"
_SPAN = (
    r"上半年|下半年|前三季度|前[二两2]季度|[头前](?P<months>\d{1,2}|[一二两三四五六七八九十]{1,2})个?月|"
    rf"(?P<m1>{_M})(?:月份?)?[-—–~至到](?P<m2>{_M})月份?"
)
_DAY = rf"(?P<month>{_M})月(?:份)?(?:(?P<day>{_D})[日号](?:[-—–~至到](?:{_M}月)?{_D}[日号])?|(?:上旬|中旬|下旬))?"
_PART = rf"(?:{_QUARTER}|{_SPAN}|{_DAY})"
_RELATIVE = "今年|去年|前年|明年|后年|上年|上一年|本年度?|本月|上月|当年|同年|次年|上年度|上一年度"
_TIME = re.compile(
    rf"(?<!\d)(?:(?P<iso>(?P<iy>{_Y})[-./](?P<im>{_M})[-./](?P<id>{_D})(?![\d.]))"
    rf"|(?P<y1>{_Y})年?(?:[-—–~]{{1,2}}|至|到)(?P<y2>{_Y})年(?:间|期间)?"
    rf"|(?:(?:(?P<year>{_Y})年度?|(?P<relative>{_RELATIVE}))的?|(?<![\d年第.]))(?P<part>{_PART})"
    rf"|(?P<whole>{_Y})年度?(?!代)|(?P<related>{_RELATIVE})"
    r"|[“\"「‘『]?(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五[”\"」’』]?(?:期间|时期|以来|末|规划期|计划期)?"
    r"|(?P<now>目前|截至目前|截至发稿|当前|现在|如今|近日|日前|今天|今日|昨日|昨天|日前|眼下|(?<!截)至今(?![年日天月])|迄今|近期)"
    r"|(?P<vague>近(?:[一二三四五六七八九十两几]|\d+)?年来?|多年来|未来(?:[一二三四五六七八九十两几]|\d+)?年?|近几年))"
)
_SINCE, _FROM = re.compile(r"^(?:以来|起|开始|至今|以后|之后)"), re.compile(r"(?:自|从)$")
_UNTIL = re.compile(r"(?:截至|截止到?|截止至|截止|到|至)$")
_END = re.compile(
    r"^(?:末|底|年底|年末|年初|初|春季?|夏季?|秋季?|冬季?|前|内|期间|间|以来|起|开始|以内|之前|上旬|中旬|下旬)"
)
_HINT = re.compile(r"[年月日季五前近当现今至末昨-]")
_DATELINE = re.compile(rf"(?:(?P<year>{_Y})年)?(?P<month>{_M})月(?P<day>{_D})日?(?:电|讯|消息)")
_FULL = re.compile(rf"(?P<year>{_Y})[-/年.](?P<month>{_M})[-/月.](?P<day>{_D})日?")
_DATED = re.compile(r"(?:发布(?:时间|日期)?|发文日期|成文日期|日期|时间|来源)\s*[::]?|^\s*[((]?\s*$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date by which a text counts, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a sentence; `period` is None where nothing says which one it is (近年来, 今年 without an anchor).

    `bare` marks a part of a year without its year (一季度), which a nearby year completes. `attributive` marks one that
    belongs to the next word alone (2010年的434亿元), `until` one after 截至, `now` one that means the day of writing.
    """

    start: int
    end: int
    period: Period | None
    bare: bool = False
    attributive: bool = False
    until: bool = False
    now: bool = False
    vague: bool = False


def reference_date(document: Document, sentences: Sequence[Sentence]) -> Anchor | None:
    """The date a document counts from: when it was issued, else its dateline's; None where neither is known."""
    if document.issued:
        return _issued(document.issued)
    for sentence in sentences[:_HEAD]:
        if (match := _DATELINE.search(sentence.text)) and match["year"]:
            return Anchor(_year(match["year"]), int(match["month"]), int(match["day"]))
    return None


_HEAD = 12


def anchors(document: Document, sentences: Sequence[Sentence]) -> list[Anchor | None]:
    """For each sentence what 今年 counts from: the document's date, else the year the text has stated last nearby."""
    fixed = reference_date(document, sentences)
    if fixed is not None:
        return [fixed] * len(sentences)
    found: list[Anchor | None] = []
    latest, paragraph = 0, 0
    for sentence in sentences:
        stated = [_year(match[1]) for match in _STATED.finditer(sentence.text)] if "年" in sentence.text else []
        if stated and max(stated) >= latest:
            latest, paragraph = max(stated), sentence.paragraph
        if latest and sentence.paragraph - paragraph < _REACH and _RELATED.search(sentence.text):
            paragraph = sentence.paragraph
        near = latest and sentence.paragraph - paragraph < _REACH
        found.append(Anchor(latest) if near else None)
    return found


_RELATED = re.compile("今年|去年|本年")
_STATED = re.compile(rf"(?<!\d)({_Y})年(?!代)")


def times(sentence: Sentence, anchor: Anchor | None = None) -> list[TimeExpression]:
    """The times of a sentence from left to right, resolved against the anchor and against one another."""
    return read_times(sentence.text, anchor)


def read_times(text: str, anchor: Anchor | None = None) -> list[TimeExpression]:
    """The times of a text in normal form; a part of a year takes the year stated before it."""
    if not _HINT.search(text):
        return []
    found: list[TimeExpression] = []
    year: int | None = None
    for match in _TIME.finditer(text):
        expression = _expression(text, match, anchor, year)
        if expression is None:
            continue
        found.append(expression)
        if expression.period is not None and _sets_year(expression):
            year = int(expression.period.start[:_YEAR_LENGTH])
    return found


def _sets_year(expression: TimeExpression) -> bool:
    """Whether what follows is in this time's year: not after one that belongs to a single word or spans years."""
    period = expression.period
    if period is None or expression.attributive or expression.now:
        return False
    return period.start[:_YEAR_LENGTH] == period.end[:_YEAR_LENGTH]


def with_year(expression: TimeExpression, text: str, year: int) -> TimeExpression:
    """A part of a year (一季度) read as one of `year`."""
    match = _TIME.match(text, expression.start)
    period = _part(match, year) if match and _bare(match) else None
    return replace(expression, period=period, bare=False)


def _bare(match: re.Match[str]) -> bool:
    """A part of a year without its year."""
    return bool(match["part"]) and not (match["year"] or match["relative"])


def _issued(text: str) -> Anchor:
    parts = [int(part) for part in text.split("-")]
    return Anchor(*parts[:3])


def _year(text: str) -> int:
    value = numbers.value_of(text.replace("○", "〇")) if not text.isdigit() else int(text)
    return int(value or 0)


def _expression(text: str, match: re.Match[str], anchor: Anchor | None, year: int | None) -> TimeExpression | None:
    """One match as a time, None for what only looks like one (十五, 三五)."""
    if match["plan"] and not _is_plan(match):
        return None
    period = _period(match, anchor, year)
    start, end = match.span()
    if tail := _END.match(text[end : end + 3]):
        end += tail.end()
    lead = text[max(0, start - 3) : start]
    until = bool(_UNTIL.search(lead))
    after = text[match.end() : match.end() + 3]
    if period is not None and (_SINCE.match(after) and (_FROM.search(lead) or after[0] in "起开至")):
        period = _open(period, anchor)
    return TimeExpression(
        start, end, period,
        bare=_bare(match) and period is None,
        attributive=text[end : end + 1] == "的" and text[end + 1 : end + 2] != ",",
        until=until, now=bool(match["now"]), vague=bool(match["vague"]),
    )  # fmt: skip


def _is_plan(match: re.Match[str]) -> bool:
    """A plan stands in quotes or before 期间."""
    word = match[0]
    return (word[0] in '“"「‘『' and word.rstrip("期间时以来末规划计")[-1:] in '”"」’』') or word.endswith(
        ("期间", "时期", "末")
    )


def _open(period: Period, anchor: Anchor | None) -> Period:
    """From a time on to the document's own year, if that is known and later."""
    year = period.start[:_YEAR_LENGTH]
    if anchor is None or anchor.year <= int(year):
        return period
    return Period(f"{year}/{anchor.year}", period.start, f"{anchor.year}-12-31")


def _period(match: re.Match[str], anchor: Anchor | None, year: int | None) -> Period | None:
    """What a match stands for, as far as the anchor and the year before it tell."""
    if match["iso"]:
        return day(int(_year(match["iy"])), int(match["im"]), int(match["id"]))
    if match["y1"]:
        return years(_year(match["y1"]), _year(match["y2"]))
    if match["plan"]:
        return _plan(match["plan"])
    if match["now"]:
        return _now(anchor)
    if match["vague"]:
        return None
    stated = _stated_year(match, anchor, year)
    if match["related"] in ("本月", "上月"):
        return _month_before(anchor, 0 if match["related"] == "本月" else 1)
    if stated is None:
        return None
    return _part(match, stated) if match["part"] else whole_year(stated)


def _stated_year(match: re.Match[str], anchor: Anchor | None, year: int | None) -> int | None:
    """The year a match names, points to, or takes from what stands before it."""
    if named := match["year"] or match["whole"]:
        return _year(named)
    word = match["relative"] or match["related"]
    if word in ("当年", "同年", "次年"):
        return None if year is None else year + (word == "次年")
    if word:
        steps = {"去年": -1, "上年": -1, "上一": -1, "前年": -2, "明年": 1, "后年": 2}
        return None if anchor is None else anchor.year + steps.get(word[:2], 0)
    return year if year is not None else anchor.year if anchor else None


def _part(match: re.Match[str], year: int) -> Period | None:
    """A quarter, half, run of months, month or day of a year."""
    word = match["part"]
    if match["quarter"]:
        return quarter(year, "一二三四1234".index(match["quarter"]) % 4 + 1)
    if match["months"]:
        count = numbers.value_of(match["months"])
        return months(year, 1, int(count)) if count and count <= 12 else None
    if match["m1"]:
        return months(year, int(match["m1"]), int(match["m2"]))
    for name, (first, last) in _RUNS.items():
        if word.startswith(name):
            return months(year, first, last)
    return day(year, int(match["month"]), int(match["day"])) if match["day"] else month(year, int(match["month"]))


_RUNS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "前二季度": (1, 6),
    "前两季度": (1, 6),
    "前2季度": (1, 6),
}


def _plan(word: str) -> Period:
    """A five-year plan by its number: 十四五 is 2021 to 2025."""
    number = int(numbers.value_of(word) or 0)
    first, length = _FIRST_PLAN
    start = first + length * (number - 1) if number < 3 else 1966 + length * (number - 3)
    return years(start, start + length - 1)


def _now(anchor: Anchor | None) -> Period | None:
    """The day of writing, as a month where the month is known: 目前 is not a day."""
    if anchor is None or anchor.month is None:
        return None
    return month(anchor.year, anchor.month)


def _month_before(anchor: Anchor | None, steps: int) -> Period | None:
    if anchor is None or anchor.month is None:
        return None
    index = anchor.year * 12 + anchor.month - 1 - steps
    return month(index // 12, index % 12 + 1)


def whole_year(year: int) -> Period:
    """`2024`."""
    return Period(str(year), f"{year}-01-01", f"{year}-12-31")


def years(first: int, last: int) -> Period:
    """`2010/2019`."""
    return Period(f"{first}/{last}", f"{first}-01-01", f"{last}-12-31") if first < last else whole_year(first)


def quarter(year: int, number: int) -> Period:
    """`2024Q1`."""
    last = 3 * number
    return Period(f"{year}Q{number}", f"{year}-{last - 2:02}-01", _last_day(year, last))


def months(year: int, first: int, last: int) -> Period | None:
    """`2024-01/2024-06`; None where the months run backwards."""
    if first == last:
        return month(year, first)
    if not 1 <= first < last <= 12:
        return None
    return Period(f"{year}-{first:02}/{year}-{last:02}", f"{year}-{first:02}-01", _last_day(year, last))


def month(year: int, number: int) -> Period:
    """`2024-02`."""
    return Period(f"{year}-{number:02}", f"{year}-{number:02}-01", _last_day(year, number))


def day(year: int, number: int, of_month: int) -> Period | None:
    """`2024-02-20`; None for a day that the calendar lacks."""
    try:
        text = date(year, number, of_month).isoformat()
    except ValueError:
        return None
    return Period(text, text, text)


def _last_day(year: int, number: int) -> str:
    return date(year, number, calendar.monthrange(year, number)[1]).isoformat()

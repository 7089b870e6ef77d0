"""The wordings by which a text tells when and by whom it was published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.read import byline
from kg.read.dates import CLOCK, DAY, MONTH, YEAR, iso
from kg.read.lines import Frame, Line, line

_EDGE = r"(?:^|(?<=[\s|,;(\[【·/]))"
_END = r"(?:报|刊|社|网|台|在线|客户端|频道|杂志|新闻|Daily|Times|Post)"
_OWN = r"(?:文章|稿件|信息|新闻|本文|消息|内容)?"
_ANY = f"(?P<date>{DAY}|{MONTH}|{YEAR})"
_PUBLISHED = (
    r"(?:(?:发布|发表|刊登|刊发|发稿|见报|出版|上传)(?:时间|日期)"
    r"|(?:发布|发表|刊)于|Published(?: on)?|Posted(?: on)?)"
)
_SIGNED = r"(?:成文|印发|发文|签发)(?:时间|日期)"
PUBLISHED = re.compile(f"{_EDGE}{_PUBLISHED}\\s*:?\\s*{_ANY}", re.IGNORECASE)
SIGNED = re.compile(f"{_EDGE}{_SIGNED}\\s*:?\\s*{_ANY}", re.IGNORECASE)
DATED = re.compile(f"{_EDGE}(?:日期|Date)\\s*:\\s*{_ANY}", re.IGNORECASE)
_MEETING = re.compile(
    r"(?:[一二三四五六七八九\d]+[、.])?\s*"
    r"(?:(?:会议|活动|举办|培训|报名|展览)?(?:地点|时间)|Venue|Location|Place)\s*:"
)
_PAPER = f"(?:[^》]{{1,20}}{_END}|[^》]{{0,20}}(?:日报|时报|晚报)[^》]{{0,6}})"
CITED = re.compile(
    f"^[(\\[]?(?:原载|转自|摘自|来源:|据)?[于自]?\\s*《(?P<who>{_PAPER})》\\s*[(,]?\\s*(?P<day>{DAY})"
    r"[\s,]*(?:(?:第\s*)?[A-Z]?\d*\s*版?)?[\s:\w]{0,12}[)\]。]*$"
)
_WIRED = r"(?=[\s()\[\]】:,—-]|记者|题|$)"
DATELINE = re.compile(
    f"^[(\\[【]?\\s*(?P<who>[一-鿿]{{1,12}}?{_END})?[一-鿿、·\\s]{{0,12}}?\\s*"
    f"(?:(?P<day>{DAY})|\\d{{1,2}}月\\d{{1,2}}日)\\s*(?:电|讯|消息){_WIRED}"
)
_ENGLISH_DATELINE = re.compile(
    rf"^[A-Z][A-Za-z .']{{2,30}}, (?:(?P<day>{DAY})|[A-Z][a-z]+\.? \d{{1,2}}) \((?P<who>[A-Z][\w .]{{1,30}})\)\s*[-—]"
)
_WIRE = re.compile(f"^[(\\[【]?(?P<who>[一-鿿]{{2,12}}?{_END})(?:消息|讯|电){_WIRED}")
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
ALONE = re.compile(f"^[(\\[【]?\\s*(?P<day>{DAY}){_WEEKDAY}(?:\\s*T?{CLOCK})?\\s*[)\\]】]?$")
MONTH_ALONE = re.compile(f"^[(\\[【]?\\s*(?P<date>{MONTH})\\s*[)\\]】]?$")
_CREDIT = (
    f"(?:{_OWN}来源|稿源|作者|记者|编辑|责编|责任编辑|浏览|阅读|点击|字号|Source|Author|By)"
)  # fmt: skip
_MIXED = re.compile(
    f"^(?:(?P<who>\\S{{1,12}}{_END})[\\s|]+|(?:{_CREDIT}\\s*:\\s*\\S+[\\s|]+)+)?"
    f"(?P<day>{DAY}){_WEEKDAY}(?P<clock>[\\sT]*{CLOCK})?(?:[\\s|]+(?P<rest>.*))?$"
)
_BODY_SIGNS = (
    f"^[^。;!?,:]{{2,40}}(?:局|委|办|处|室|部|会|院|厅|公司|中心|政府|集团|大学|银行|站)\\s+(?P<day>{DAY})$"
    f"|^(?P<first>{DAY})\\s+[^。;!?,:]{{2,40}}(?:局|委|办|处|室|厅|政府|委员会|管委会)$"
)
_SPOKEN = f"^[—(\\s-]*(?P<spoken>{DAY})[,\\s]*在[^。;!?,]{{4,60}}(?:会议|大会|会)上[)\\s]*$"
_MASTHEAD = f"^[^。;!?]{{0,60}}(?:第\\s*\\d+\\s*期|总第\\s*\\d+|主办:|编印:)[^。;!?]{{0,60}}?(?P<day>{DAY})$"
_OF_ISSUE = re.compile(f"{_BODY_SIGNS}|{_SPOKEN}|{_MASTHEAD.replace('<day>', '<issue>')}")
_CREDITED = re.compile(f"{_CREDIT}\\s*:|\\S{{1,12}}{_END}$")
SOURCE = re.compile(
    f"{_EDGE}(?:{_OWN}来源|稿源|Source|转自|转载自|原载)\\s*:\\s*(?P<who>\\S.*)$", re.IGNORECASE
)  # fmt: skip
_NEXT = re.compile(r"\s{2,}|[|\t。;]|\s+(?=[一-鿿]{2,5}:)|\s*\[|\s+(?=\d{4}[-年/.])")
_NOBODY = frozenset("本站 本网 本报 本刊 本台 原创 本站原创 网络 互联网 综合 网络综合 未知 不详 转载 其他".split())
_LONGEST_NAME, _LONGEST_DATE_LINE = 60, 60


def issued(text: str, page: Frame) -> str | None:
    """The date of publication by the strongest kind of words that gives one; two that differ give none."""
    kinds: tuple[Callable[[Frame], Iterable[str | None]], ...] = (
        _published, _signed, _dated, _cited, _wired, _mixed, _of_issue,
    )  # fmt: skip
    for kind in kinds:
        dates = {date for date in kind(page) if date}
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return _alone(text, page)


def publisher(page: Frame) -> str | None:
    """The publisher in the text's own characters; 数据来源 and 图片来源 are none."""
    for pattern in (SOURCE, CITED, DATELINE, _ENGLISH_DATELINE, _WIRE):
        if name := _first(page, pattern):
            return name
    agencies = (byline.agency(row) for row in page.lines)
    return next((name for name in agencies if name), None) or _first(page, _MIXED)


def mixed_date(row: Line) -> str | None:
    """The date of a line that sets it beside a clock, a publisher or an author: 2024-03-05 08:40 来源：…"""
    found = _MIXED.match(row.form)
    if not found or re.search("[。!?]", row.form):
        return None
    credited = _CREDITED.match(found.group("rest") or "")
    clocked = found.group("clock") and not found.group("rest")
    return iso(found.group("day")) if found.start("day") or credited or clocked else None


def _first(page: Frame, pattern: re.Pattern[str]) -> str | None:
    """The first name that a pattern finds."""
    for row in page.lines:
        found = pattern.search(row.form)
        name = _name(row.kept[found.start("who") : found.end("who")]) if found and found.group("who") else None
        if name:
            return name
    return None


def _name(wording: str) -> str | None:
    """The name cut at the next label, without brackets; None for words that name nobody."""
    name = _NEXT.split(wording, maxsplit=1)[0]
    if not name.isascii():
        name = " ".join(name.split()[:1])
    name = name.strip("《》“”\"'()（）[]【】.,，: ")
    refused = name in _NOBODY or name.startswith(("本报", "本刊", "本网", "本台", "http"))
    return name if 1 < len(name) <= _LONGEST_NAME and not refused else None


def _labelled(page: Frame, pattern: re.Pattern[str]) -> list[str | None]:
    return [iso(found.group("date")) for row in page.lines for found in pattern.finditer(row.form)]


def _published(page: Frame) -> list[str | None]:
    return _labelled(page, PUBLISHED)


def _signed(page: Frame) -> list[str | None]:
    return _labelled(page, SIGNED)


def _dated(page: Frame) -> list[str | None]:
    """日期：… alone, unless the text is an invitation, where it is the day of the meeting."""
    return [] if any(_MEETING.match(row.form) for row in page.lines) else _labelled(page, DATED)


def _cited(page: Frame) -> list[str | None]:
    return [iso(found.group("day")) for row in page.lines if (found := CITED.match(row.form))]


def _wired(page: Frame) -> list[str | None]:
    """The dates of datelines that give a year."""
    matches = (DATELINE.match(row.form) or _ENGLISH_DATELINE.match(row.form) for row in page.head)
    return [iso(found.group("day")) for found in matches if found and found.group("day")]


def _mixed(page: Frame) -> list[str | None]:
    return [mixed_date(row) for row in page.lines]


def _of_issue(page: Frame) -> list[str | None]:
    """The date of a masthead, of a line by which a body signs, or on which a report was given (……在某次会议上)."""
    found = (_OF_ISSUE.match(row.form) for row in page.head[:4] + page.lines[-3:])
    return [iso(next(filter(None, match.groups()))) for match in found if match]


def _alone(text: str, page: Frame) -> str | None:
    """The date that stands alone on a line near the title or at the end, if the text has one such line only."""
    near = [found.group("day") for row in page.head[:5] + page.lines[-3:] if (found := ALONE.match(row.form))]
    last = MONTH_ALONE.match(page.lines[-1].form) if page.count > 1 else None
    if not near and not last:
        return None
    rows = (line(row).form for row in text.splitlines() if len(row) < _LONGEST_DATE_LINE)
    whole = {iso(found.group("day")) for row in rows if (found := ALONE.match(row))}
    if near:
        return iso(near[0]) if len(whole) == 1 else None
    return iso(last.group("date")) if last and not whole else None

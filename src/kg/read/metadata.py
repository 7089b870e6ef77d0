"""What a text says of itself: title, date of publication, publisher, authors, address.

A date is taken only from words that tell of publication, in this order: 发布时间：…, 日期：…, 《…报》(date, 第5版), a
dateline with a year, a line of date and publisher, a line that holds a date alone. Two different dates of one kind
are no date. A dateline without a year (本报天津2月22日电) gives none: the year would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.read import byline
from kg.read.dates import CLOCK, DAY, MONTH, YEAR, iso
from kg.read.lines import Frame, Line, frame, line

TITLE_LONGEST = 80
_EDGE = r"(?:^|(?<=[\s|,;(\[【·/]))"
_END = r"(?:报|刊|社|网|台|在线|客户端|频道|杂志|新闻|Daily|Times|Post)"
_PUBLISHED = r"(?:(?:发布|发表|刊登|刊发|发稿|见报|出版|上传)(?:时间|日期)|(?:发布|发表|刊)于|Published(?: on)?|Posted(?: on)?)"
_SIGNED = r"(?:(?:成文|印发|发文|签发)(?:时间|日期))"
_ANY_DATE = f"(?:{DAY}|{MONTH}|{YEAR}(?!\\d))"
_LABELLED = tuple(
    re.compile(f"{_EDGE}{label}\\s*{colon}\\s*(?P<date>{_ANY_DATE})", re.IGNORECASE)
    for label, colon in ((_PUBLISHED, ":?"), (_SIGNED, ":?"), ("(?:日期|Date)", ":"))
)
_MEETING = re.compile(r"(?:[一二三四五六七八九\d]+[、.])?\s*(?:(?:会议|活动|举办|培训|报名|展览)?(?:地点|时间)|Venue|Location|Place)\s*:")
_CITED = re.compile(
    f"^[(\\[]?(?:原载|转自|摘自|来源:|据)?[于自]?\\s*《(?P<who>[^》]{{1,20}}{_END}|[^》]{{0,20}}(?:日报|时报|晚报)[^》]{{0,6}})》"
    f"\\s*[(,]?\\s*(?P<day>{DAY})[\\s,]*(?:(?:第\\s*)?[A-Z]?\\d*\\s*版?)?[\\s:\\w]{{0,12}}[)\\]。]*$"
)
_WIRED = r"(?=[\s()\[\]】:,—-]|记者|题|$)"
_DATELINE = re.compile(
    f"^[(\\[【]?\\s*(?P<who>[一-鿿]{{1,12}}?{_END})?[一-鿿、·\\s]{{0,12}}?\\s*"
    f"(?:(?P<day>{DAY})|\\d{{1,2}}月\\d{{1,2}}日)\\s*(?:电|讯|消息){_WIRED}"
)
_ENGLISH_DATELINE = re.compile(
    rf"^[A-Z][A-Za-z .']{{2,30}}, (?:(?P<day>{DAY})|[A-Z][a-z]+\.? \d{{1,2}}) \((?P<who>[A-Z][\w .]{{1,30}})\)\s*[-—]"
)
_WIRE = re.compile(f"^[(\\[【]?(?P<who>[一-鿿]{{2,12}}?{_END})(?:消息|讯|电){_WIRED}")
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_ALONE = re.compile(f"^[(\\[【]?\\s*(?P<day>{DAY}){_WEEKDAY}(?:\\s*T?{CLOCK})?\\s*[)\\]】]?$")
_MONTH_ALONE = re.compile(f"^[(\\[【]?\\s*(?P<date>{MONTH})\\s*[)\\]】]?$")
_CREDIT = r"(?:(?:文章|稿件|信息|新闻|本文|消息|内容)?来源|稿源|作者|记者|编辑|责编|责任编辑|浏览|阅读|点击|字号|Source|Author|By)"
_MIXED = re.compile(
    f"^(?:(?P<who>\\S{{1,12}}{_END})[\\s|]+|(?:{_CREDIT}\\s*:\\s*\\S+[\\s|]+)+)?"
    f"(?P<day>{DAY}){_WEEKDAY}(?P<clock>[\\sT]*{CLOCK})?(?:[\\s|]+(?P<rest>.*))?$"
)
_SOURCE = re.compile(
    f"{_EDGE}(?:(?:文章|稿件|信息|新闻|本文|消息|内容)?来源|稿源|Source|转自|转载自|原载)\\s*:\\s*(?P<who>\\S.*)$", re.IGNORECASE
)
_NEXT = re.compile(r"\s{2,}|[|\t。;]|\s+(?=[一-鿿]{2,5}:)|\s*\[|\s+(?=\d{4}[-年/.])")
_NOBODY = frozenset("本站 本网 本报 本刊 本台 原创 本站原创 网络 互联网 综合 网络综合 未知 不详 转载 其他".split())
_ADDRESS = re.compile(f"{_EDGE}(?:原文链接|原文地址|原文|链接|网页链接|URL|Link)\\s*:\\s*(?P<url>\\S+)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
_HEADLINE = re.compile(r"^(?:标题|题目|标\s*题|Title)\s*[:：]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says of itself; `issued` is an ISO date, year-month or year."""

    title: str | None = None
    issued: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


def metadata(text: str) -> Metadata:
    """Title, date of publication, publisher, authors and address, each only where the text gives it."""
    page = frame(text)
    return Metadata(title(page), issued(text, page), publisher(page), byline.authors(page), address(page))


def title(page: Frame) -> str | None:
    """The first line that tells of more than date and author; none where that is a sentence of the text."""
    for row in page.head:
        if not _speaks_of_itself(row):
            headline = _HEADLINE.sub("", row.raw)
            return headline if headline and _could_head(row, headline) else None
    return None


def issued(text: str, page: Frame) -> str | None:
    """The date of publication by the strongest kind of words that gives one."""
    kinds: tuple[Callable[[Frame], Iterable[str | None]], ...] = (_labelled, _signed, _dated, _cited, _dateline, _mixed)
    for kind in kinds:
        dates = {date for date in kind(page) if date}
        if dates:
            return dates.pop() if len(dates) == 1 else None
    return _alone(text, page)


def publisher(page: Frame) -> str | None:
    """The publisher in the text's own characters; 数据来源 and 图片来源 are none."""
    for pattern in (_SOURCE, _CITED, _DATELINE, _ENGLISH_DATELINE, _WIRE, byline.AGENCY, _MIXED):
        for row in page.lines:
            if (found := pattern.search(row.form)) and found.group("who"):
                name = _publisher_name(row.kept[found.start("who") : found.end("who")])
                if name:
                    return name
    return None


def address(page: Frame) -> str | None:
    """The web address that the text gives as its own."""
    found = (_ADDRESS.search(row.kept) for row in page.lines)
    return next((url for match in found if match and (url := web_address(match.group("url")))), None)


def web_address(wording: str) -> str | None:
    """The wording if it is an http(s) address that an IRI can hold, else None."""
    return wording if _URL.fullmatch(wording) else None


def _speaks_of_itself(row: Line) -> bool:
    """Whether a line holds only date, publisher, author or address."""
    labelled = any(pattern.match(row.form) for pattern in (*_LABELLED, _SOURCE, _ADDRESS))
    alone = any(pattern.match(row.form) for pattern in (_ALONE, _MONTH_ALONE, _CITED))
    return labelled or alone or _is_mixed(row) is not None or byline.is_byline(row)


def _could_head(row: Line, headline: str) -> bool:
    """Whether a first line reads as a title: short, no full stop at its end, no dateline before it."""
    return len(headline) <= TITLE_LONGEST and not headline.endswith(("。", ";", "；")) and not _DATELINE.match(row.form)


def _dates(page: Frame, pattern: re.Pattern[str]) -> list[str | None]:
    """The dates that a labelled pattern finds in head and tail."""
    return [iso(found.group("date")) for row in page.lines for found in pattern.finditer(row.form)]


def _labelled(page: Frame) -> list[str | None]:
    return _dates(page, _LABELLED[0])


def _signed(page: Frame) -> list[str | None]:
    return _dates(page, _LABELLED[1])


def _dated(page: Frame) -> list[str | None]:
    """日期：… alone, unless the text is an invitation, where it is the day of the meeting."""
    return [] if any(_MEETING.match(row.form) for row in page.lines) else _dates(page, _LABELLED[2])


def _cited(page: Frame) -> list[str | None]:
    return [iso(found.group("day")) for row in page.lines if (found := _CITED.match(row.form))]


def _dateline(page: Frame) -> list[str | None]:
    """The dates of datelines that give a year."""
    matches = (_DATELINE.match(row.form) or _ENGLISH_DATELINE.match(row.form) for row in page.head)
    return [iso(found.group("day")) for found in matches if found and found.group("day")]


def _mixed(page: Frame) -> list[str | None]:
    return [_is_mixed(row) for row in page.lines]


def _is_mixed(row: Line) -> str | None:
    """The date of a line that sets it beside a clock, a publisher or an author: 2024-03-05 08:40 来源：…"""
    found = _MIXED.match(row.form)
    if not found or re.search("[。!?]", row.form):
        return None
    before = found.start("day") > 0
    credit = re.match(f"{_CREDIT}\\s*:|\\S{{1,12}}{_END}$", found.group("rest") or "")
    plain_clock = found.group("clock") and not found.group("rest")
    return iso(found.group("day")) if before or credit or plain_clock else None


def _alone(text: str, page: Frame) -> str | None:
    """The date that stands alone on a line near the title or at the end, if the text has one such line only."""
    whole = {date for row in text.splitlines() if len(row) < 60 and (date := _line_date(row))}
    near = [found.group("day") for row in page.head[:5] + page.lines[-3:] if (found := _ALONE.match(row.form))]
    if near and len(whole) == 1:
        return iso(near[0])
    last = _MONTH_ALONE.match(page.lines[-1].form) if page.count > 1 else None
    return iso(last.group("date")) if last and not whole else None


def _line_date(row: str) -> str | None:
    """The date that a line holds alone."""
    found = _ALONE.match(line(row).form)
    return iso(found.group("day")) if found else None


def _publisher_name(wording: str) -> str | None:
    """The name cut at the next label, without brackets; None for words that name nobody."""
    name = _NEXT.split(wording, maxsplit=1)[0]
    if not name.isascii():
        name = name.split()[0] if name.split() else ""
    name = name.strip("《》“”\"'()（）[]【】.,，: ")
    refused = name in _NOBODY or name.startswith(("本报", "本刊", "本网", "本台", "http"))
    return name if 1 < len(name) <= 60 and not refused else None

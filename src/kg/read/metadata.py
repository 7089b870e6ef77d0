"""What a text says of itself: title, date of publication, publisher, authors, address.

A date is taken only from words that tell of publication, in this order: 发布时间：…, 日期：…, 《…报》(date, 第5版), a
dateline with a year, a line of date and publisher, a line that holds a date alone. Two different dates of one kind
are no date. A dateline without a year (本报天津2月22日电) gives none: the year would be a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read import byline, publication
from kg.read.lines import Frame, Line, frame

TITLE_LONGEST = 80
_ADDRESS = re.compile(
    r"(?:^|(?<=[\s|,;(\[【]))(?:原文链接|原文地址|原文|链接|网页链接|URL|Link)\s*:\s*(?P<url>\S+)", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
_HEADLINE = re.compile(r"^(?:标题|题目|Title)\s*[:：]\s*", re.IGNORECASE)
_LABELS = (publication.PUBLISHED, publication.SIGNED, publication.DATED, publication.SOURCE, _ADDRESS)
_LONE = (publication.ALONE, publication.MONTH_ALONE, publication.CITED)


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
    when, who = publication.issued(text, page), publication.publisher(page)
    return Metadata(title(page), when, who, byline.authors(page), address(page))


def title(page: Frame) -> str | None:
    """The first line that tells of more than date and author; none where that is a sentence of the text."""
    first = next((row for row in page.head if not _speaks_of_itself(row)), None)
    headline = _HEADLINE.sub("", first.raw) if first else ""
    return headline if first and headline and _could_head(first, headline) else None


def address(page: Frame) -> str | None:
    """The web address that the text gives as its own."""
    found = (_ADDRESS.search(row.kept) for row in page.lines)
    return next((url for match in found if match and (url := web_address(match.group("url")))), None)


def web_address(wording: str) -> str | None:
    """The wording if it is an http(s) address that an IRI can hold, else None."""
    return wording if _URL.fullmatch(wording) else None


def _speaks_of_itself(row: Line) -> bool:
    """Whether a line holds only ornament, date, publisher, author or address."""
    marked = any(pattern.match(row.form) for pattern in (*_LABELS, *_LONE))
    return not row.form or marked or publication.mixed_date(row) is not None or byline.is_byline(row)


def _could_head(row: Line, headline: str) -> bool:
    """Whether a first line reads as a title: short, no full stop at its end, no dateline before it."""
    sentence = headline.endswith(("。", ";", "；"))
    return len(headline) <= TITLE_LONGEST and not sentence and not publication.DATELINE.match(row.form)

"""The lines of a text in which it speaks of itself: the first few and the last few, in a form fit for matching."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

HEAD, TAIL = 10, 6
LONGEST = 200
_ORNAMENT = " \t\u3000\ufeff►▶■●◆▲▼★☆□○◇△>*#|·•-—"
_SIMPLE = str.maketrans(
    "發佈時間來記電訊報網臺責編輯點擊覽數據圖資號訊轉載於撰稿員約誌刊聞",
    "发布时间来记电讯报网台责编辑点击览数据图资号讯转载于撰稿员约志刊闻",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `form` is half-width and, for the words of labels, in simple characters; `kept` is
    the same line in its own characters, of the same length, so that a match in `form` is cut out of `kept`."""

    raw: str
    kept: str
    form: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The head and the tail of a text; a short text's lines stand in the head alone."""

    head: tuple[Line, ...]
    tail: tuple[Line, ...]
    count: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """Head and tail in order of the text."""
        return self.head + self.tail


def frame(text: str) -> Frame:
    """The lines of a text's head and tail."""
    rows = [row for row in text.splitlines() if row.strip()]
    head, rest = rows[:HEAD], rows[HEAD:]
    return Frame(tuple(map(line, head)), tuple(map(line, rest[-TAIL:])), len(rows))


def line(row: str) -> Line:
    """One line, cut to the length in which a text speaks of itself."""
    kept = unicodedata.normalize("NFKC", row.strip(_ORNAMENT)[:LONGEST]).strip(_ORNAMENT)
    return Line(row.strip(), kept, kept.translate(_SIMPLE))

"""Loops of regular expressions that can be cut in many ways: `(刚|刚刚)*` tries 2ⁿ of them before it gives up.

Python's matcher goes back over every way to cut what a loop has passed. One text with a long run of such words, by
chance or by design, then holds up a whole build; so each word may stand in a loop once, none may be others in a row,
and a filler of any characters stands outside.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from itertools import chain, islice, product

TIMES = 24
SECONDS = 0.5
"""Of the processor's time: a loop that is cut in one way takes microseconds for so many words."""
_WORD = re.compile(r"[\u4e00-\u9fff]{1,8}")
_CLASS = re.compile(r"\[(\^?)((?:\\.|[^\]\\])+)\]")
_ANYWHERE = ("、", "“", "”", "(", ")", " ", "年", "月", "\ue010")
_MOST = 6000


def loops(expression: str) -> Iterator[str]:
    """The groups that repeat without bound and may go back, the bare group of each."""
    opened: list[int] = []
    at = 0
    while at < len(expression):
        if expression[at] == "\\":
            at += 2
            continue
        if expression[at] == "[":
            at = _class_end(expression, at)
        elif expression[at] == "(":
            opened.append(at)
        elif expression[at] == ")":
            group, after = expression[opened.pop() : at + 1], expression[at + 1 : at + 3]
            if after[:1] in ("*", "+") and after[1:] != "+":
                yield re.sub(r"\(\?P<\w+>", "(?:", group)
        at += 1


def _class_end(expression: str, at: int) -> int:
    at += 1 + expression.startswith("^", at + 1)
    at += expression.startswith("]", at)
    while expression[at] != "]":
        at += 2 if expression[at] == "\\" else 1
    return at


def units(loop: str) -> list[str]:
    """What a loop may pass in one turn: its words, and a character or two of its classes."""
    found = {*_WORD.findall(_CLASS.sub("|", loop)), *_ANYWHERE}
    for negated, members in _CLASS.findall(loop):
        found |= set("0aA甲一的、。") if negated else {"0", "一", re.sub(r"\\.", "", members)[:1] or "0"}
    if r"\d" in loop:
        found |= {"0", "20", "2024", "1."}
    return sorted(found)


def slow(loop: str, flags: int = 0) -> list[str]:
    """The first of one or two units that the loop, at the end of a text of many of them, gives up too late on."""
    last = re.compile(loop + "*\0", flags)
    single = units(loop)
    pairs = [a + b for a, b in product(single, single)]
    tried = chain(single, pairs[:: len(pairs) // _MOST + 1])
    return list(islice((unit for unit in tried if not _in_time(last, unit * TIMES)), 1))


class _TooLongError(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLongError


def _in_time(expression: re.Pattern[str], text: str) -> bool:
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        expression.match(text)
    except _TooLongError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True

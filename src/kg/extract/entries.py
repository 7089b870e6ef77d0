"""Lists of facts: which sentences belong to the name that opens them (项目名称:…, or a name and a colon)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.naming import Naming
from kg.records import Sentence

NUMBER = r"(?:[(\[]?[\d一二三四五六七八九十]{1,3}[)\].、．:]\s*|[▲●◆■★•·>\-—*]+\s*)?"
PROJECT = re.compile(rf"{NUMBER}(?:项目名称|工程名称|项目|工程项目|建设项目)\s*:\s*(?P<value>[^。;(_][^。;]{{3,60}})")
LABEL = re.compile(rf"{NUMBER}(?P<label>[\u4e00-\u9fff]{{2,8}})\s*:")


def entries(sentences: Sequence[Sentence], namings: Sequence[Naming]) -> dict[int, Naming]:
    """Sentence index -> the naming whose list of facts the sentence belongs to."""
    heads = {n.sentence: n for n in sorted(namings, reverse=True) if not n.inner and not n.anaphor}
    found: dict[int, Naming] = {}
    current: Naming | None = None
    for sentence in sentences:
        opens = _opening(sentence, heads.get(sentence.index))
        same = sentence.index > 0 and sentences[sentence.index - 1].paragraph == sentence.paragraph
        current = opens or (current if same or (current and LABEL.match(sentence.text)) else None)
        if current is not None:
            found[sentence.index] = current
    return found


def _opening(sentence: Sentence, first: Naming | None) -> Naming | None:
    """The naming that opens a list of facts: the value of 项目名称, or a name at the line's start before a colon."""
    if first is None:
        return None
    field = PROJECT.match(sentence.text)
    if field:
        return first if first.start == field.start("value") else None
    lead = re.match(NUMBER, sentence.text)
    begins = first.start == (lead.end() if lead else 0)
    return first if begins and sentence.text[first.end : first.end + 1] == ":" else None

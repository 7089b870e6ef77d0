"""What is asked, supposed or denied to be known is no statement: 如果, 是否, 吗."""

from __future__ import annotations

import re

from kg.records import Sentence

_SUPPOSED = re.compile(
    r"如果|假如|假使|倘若|倘使|要是|若是|(?:(?<=[,;:。“])|^)若(?=[^干])|一旦|只有当|只有在|究竟(?=有|是|能|会|要)|万一|即使|即便|是否|能否|可否|会不会|要不要|有没有|能不能|怎样才|如何才|何时|为什么|为何|凭什么|谁来|哪家|哪些企业|无论|(?<![主重需])要有|(?:必须|[须应需]当?)(?:有|具备|具有|满足|符合)"
)
_ASKED = re.compile(r"[?？][”’」]?$")


def supposed(sentence: Sentence, start: int) -> bool:
    """Whether a place lies in a question, or behind a word of supposing."""
    if _ASKED.search(sentence.text) and "“" not in sentence.text:
        return True
    cut = max(sentence.text.rfind(mark, 0, start) for mark in ";。!?")
    return bool(_SUPPOSED.search(sentence.text, cut + 1, start))

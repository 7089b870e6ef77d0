"""Names in the form in which spellings are compared, and what a name alone tells: branch, legal form, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.names.forms import bare, fullness, zone_form
from kg.records import EntityType

_BRACKET = re.compile(r"\([^()]*\)")
_HEAD = "公司|银行|集团|医院|大学|学院|研究院|研究所|证券|保险"
_BRANCH = re.compile(rf".*?(?:{_HEAD})(.*(?:分公司|分行|支行|分院|分校|分所|分部))$")
_BRANCH_END = re.compile(r"[^()]{2,}((?:分公司|分行|支行))$")
_LEGAL = re.compile(r"(?:\((?:集团|控股|中国)\))?(?:集团)?(?:股份|有限责任|有限)*公司$|(?:集团|控股|股份)$")
_REGISTERED = re.compile(r"有限(?:责任)?公司$")

@lru_cache(maxsize=1 << 18)
def folded(name: str) -> str:
    """Equal for two spellings of one name: half-width, no quotes, no spaces, lower case."""
    return bare(name)


def fullest(names: Iterable[str]) -> str:
    """The longest form, the first in code point order among equals."""
    return min(sorted(names), key=lambda n: tuple(-int(part) for part in fullness(n)))


def branch(name: str) -> str:
    """What makes a folded name that of a branch, empty for a head office: 澜州分公司."""
    found = _BRANCH.fullmatch(name) or _BRANCH_END.fullmatch(name)
    return found[1] if found else ""


def registered(name: str) -> bool:
    """Whether a folded name is one out of the register of companies, which stands for one company alone."""
    return len(name) >= 7 and _REGISTERED.search(name) is not None


def alike(a: str, b: str) -> bool:
    """Whether of two registered names one only leaves out what stands before the other, or its brackets."""
    a, b = _BRACKET.sub("", a), _BRACKET.sub("", b)
    return a.endswith(b) or b.endswith(a)


def usual(kind: EntityType, name: str) -> str:
    """The form by which long and short official names of a kind agree: 高新技术产业开发区 and 高新区."""
    return zone_form(name) if kind is EntityType.ZONE else name


def without_legal_form(kind: EntityType, name: str) -> str:
    """A company's name without 股份有限公司 and its kin; other names as they are."""
    return _LEGAL.sub("", name) if kind is EntityType.COMPANY and not branch(name) else name

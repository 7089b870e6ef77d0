"""The forms in which two spellings of one name are equal, and how the names of zones are shortened."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = re.compile(r"[\s“”‘’「」『』《》〈〉\"']+")
_BRACKET = re.compile(r"\([^()]*\)")
# How official names of zones end, and what everybody says instead.
_ZONE_ENDINGS = (
    ("农业高新技术产业示范区", "农高区"),
    ("高新技术产业开发试验区", "高新区"),
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("综合保税区", "综保区"),
    ("自由贸易试验区", "自贸区"),
    ("自贸试验区", "自贸区"),
    ("自主创新示范区", "自创区"),
    ("高新区", "高新区"),
    ("经开区", "经开区"),
    ("综保区", "综保区"),
    ("产业园区", "产业园"),
    ("工业园区", "工业园"),
    ("科技园区", "科技园"),
    ("科学园区", "科学园"),
    ("园区", "园"),
)
_RANK = re.compile(r"(?<=..)(?:市|县|省)?(?:国家级|国家|省级)?$")
_PART = re.compile(
    r"(?:[东西南北中][区园]|[东西南北中][部]?片区|核心区|(?:先行)?(?:启动|起步|拓展|首开|首发|先导|先试)区|[一二三四五]期|[A-Z]区|分园)$"
)


def bare(name: str) -> str:
    """A name in the form in which two spellings of it are equal: half-width, no quotes, no spaces, lower case."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", name)).casefold()


def fullness(name: str) -> tuple[bool, int]:
    """How full a form of a name is: a Chinese one before a foreign one, the longer before the shorter."""
    return _CHINESE.search(name) is not None, len(bare(name))


_CHINESE = re.compile(r"[\u3400-\u9fff]")


def zone_form(name: str) -> str:
    """A zone's name with the usual short ending: 滁源国家高新技术产业开发区 and 滁源市高新区 are 滁源高新区."""
    name = _BRACKET.sub("", name)
    for long, short in _ZONE_ENDINGS:
        if name.endswith(long):
            return _RANK.sub("", name.removesuffix(long)) + short
    return name


def placed_before(full: str, short: str) -> bool:
    """Whether the short form of one zone's name is that of the other's with a place of two or three characters more."""
    a, b = zone_form(full), zone_form(short)
    return len(a) >= 4 and b.endswith(a) and 2 <= len(b) - len(a) <= 3


def zone_ending(name: str) -> str:
    """The ending that a short form of a zone's name must share: its kind, else its last character."""
    return next((short for _, short in _ZONE_ENDINGS if name.endswith(short)), name[-1:])


def part_of_zone(name: str) -> str:
    """What makes a zone's name that of a part of it (北区, 核心区), empty for the whole."""
    found = _PART.search(name)
    return found[0] if found else ""

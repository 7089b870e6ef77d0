"""What a number's wording is worth: digits with separators, 万 and 亿, Chinese numerals, fractions, vague numbers.

The grammar knows numbers only; what they measure is the matter of `quantities`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SHORT = frozenset("一二三四五六七八九两")  # what is left of 五千 in 三万五
_VAGUE = "数几數幾"

NUMERALS = "".join(_DIGIT) + "".join(_SMALL) + "".join(_LARGE)
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
MAGNITUDE = r"[十百千]?[万萬亿億]{1,2}|[百千]|兆(?=\d|[余餘多]? ?(?:元|美元|美金|港|新台币|$))"
_NUMERAL = rf"(?:(?![千兆][瓦米克伏卡赫帕焦字比位])[{NUMERALS}])"  # 千瓦 and 兆赫 are units
CHINESE = rf"{_NUMERAL}+(?:点[〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖]+)?"
VAGUE = rf"[{_VAGUE}][十百千]?[万亿萬億]{{0,2}}"
COMPOUND = (
    rf"{DIGITS}(?:{MAGNITUDE})(?:(?:[零〇]?{DIGITS}(?:{MAGNITUDE}))+(?:[零〇]\d+)?|[零〇]\d+|(?<=[万萬])(?:\d{{4}}|\d,\d{{3}})(?![\d年]))"
)
FRACTION = rf"(?:(?:[{NUMERALS}]+|\d+)又)?(?:[{NUMERALS}]+|\d+)分之(?:{CHINESE}|{DIGITS})"
NUMBER = rf"{COMPOUND}|{FRACTION}|{DIGITS}|{VAGUE}|{CHINESE}|半(?=成(?![品本熟功]))"
_PIECE = re.compile(rf"[零〇]?(\d[\d,.]*)({MAGNITUDE}|$)")
_DECIMAL = re.compile(rf"({DIGITS})({MAGNITUDE})?")


def value_of(text: str) -> Decimal | None:
    """The value of a number's wording, None where it is none: 1.2万, 2,887, 三百二十, 1亿2千万, 三分之一, 数百, 半."""
    if text[:1] == "负":
        value = value_of(text[1:])
        return None if value is None else -value
    if text == "半":
        return Decimal("0.5")
    if "分之" in text:
        return _fraction(text)
    if match := _DECIMAL.fullmatch(text):
        return Decimal(match[1].replace(",", "")) * magnitude_of(match[2] or "")
    if re.fullmatch(COMPOUND, text):
        return _compound(text)
    if text[:1] in _VAGUE:
        return chinese_value("一" + text[1:]) if len(text) > 1 else None
    return chinese_value(text)


def magnitude_of(text: str) -> Decimal:
    """The factor a magnitude stands for: 万 is 10000, 千亿 is 10**11, nothing is 1."""
    factor = Decimal(1)
    for character in text:
        factor *= _SMALL.get(character) or _LARGE[character]
    return factor


def chinese_value(text: str) -> Decimal | None:
    """The value of a numeral in Chinese characters, None where the characters make no number (千百, 一三百)."""
    whole, _, tail = text.partition("点")
    if not whole or any(c not in NUMERALS for c in whole + tail):
        return None
    if len(whole) > 1 and all(c in _DIGIT for c in whole):
        number: Decimal | None = Decimal("".join(str(_DIGIT[c]) for c in whole))
    else:
        number = _counted(whole)
    return number + _digits_after_point(tail) if number is not None else None


def _digits_after_point(tail: str) -> Decimal:
    return Decimal("0." + "".join(str(_DIGIT[c]) for c in tail)) if tail else Decimal(0)


def _compound(text: str) -> Decimal | None:
    """Digits with places one after another (1亿2千万); None where the places do not fall."""
    pieces = [(Decimal(digits.replace(",", "")), magnitude_of(place)) for digits, place in _PIECE.findall(text)]
    falling = all(digits * place < before for (_, before), (digits, place) in pairwise(pieces))
    return sum((digits * place for digits, place in pieces), Decimal(0)) if falling else None


def _fraction(text: str) -> Decimal | None:
    whole, _, part = text.rpartition("又")
    below, _, above = part.partition("分之")
    parts = value_of(below), value_of(above), value_of(whole) if whole else Decimal(0)
    if parts[0] is None or parts[1] is None or parts[2] is None or not parts[0]:
        return None
    return parts[2] + parts[1] / parts[0]


def _counted(text: str) -> Decimal | None:
    """Numerals with places: what stands before the last 亿, else before the last 万, is multiplied by it."""
    for signs in ("兆", "亿億", "万萬"):
        at = max(text.rfind(sign) for sign in signs)
        if at >= 0:
            many = _counted(text[:at]) if at else Decimal(1)
            rest = _counted(text[at + 1 :]) if at + 1 < len(text) else Decimal(0)
            if text[at + 1 :] in _SHORT and at:
                rest = _DIGIT[text[at + 1]] * _LARGE[text[at]] / Decimal(10)
            return None if many is None or rest is None else many * _LARGE[text[at]] + rest
    section = _section(text)
    return None if section is None else Decimal(section)


def _section(text: str) -> int | None:
    """A numeral below 万: 三百二十五, 十二, 一千零五, 廿五; a bare place counts once (百 is 100)."""
    total, digit = 0, None
    last = 10**4
    for character in text:
        if character in _DIGIT:
            if digit not in (None, 0):
                return None
            digit = _DIGIT[character]
            continue
        place = _SMALL[character]
        if place >= last:
            return None
        total += place if character in "廿卅" else (digit or 1) * place
        last, digit = (10 if character in "廿卅" else place), None
    if digit and last in (100, 1000) and text[-2] in _SMALL:
        return total + digit * last // 10
    return total + (digit or 0)

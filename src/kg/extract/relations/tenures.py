"""From when to when somebody held a position: 2018年至2021年任, 自2020年起担任, 2022年卸任."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.relations.matches import Match
from kg.extract.time.times import TimeExpression
from kg.records import Relation, Sentence

_SINCE = re.compile(r"[\d月日]*(?:起|以来|至今|开始|迄今)")
_TAKES_UP = re.compile(
    r"出任|当选|就任|接任|继任|履新|任命|受聘|获聘|聘任|聘请|升任|晋升|上任|调任|转任|改任|推选|选举|加入|加盟|委任|(?<![现曾历担兼时])任(?!何)|担任"
)
_LEAVES = re.compile(r"卸任|不再|辞去|辞任|离任|免去|退任|去职")
# What a report of changes says behind post and person: 甲公司副总经理乙因个人原因(申请)辞职.
_RESIGNS = re.compile(
    r"(?:先生|女士)?,?(?:因[^,。;]{1,16}?,?|日前|近日|已|正式|拟|于[^,。;]{1,12}?|向[^,。;]{1,10}?|\d+月\d+日)?"
    r"(?:申请|提出|递交|提交)?(?:了)?(?:书面)?"
    r"(?:辞职|辞任|离职|卸任|离任|被免职|退休|辞去(?:上述|该|相关|所任|所担任的|公司)?[^,。;]{0,12}职务|不再担任(?:上述|该|相关|公司)[^,。;]{0,10}职务)"
    r"(?!后(?:加入|加盟|创办|创立|出任))"
)
_BEFORE = re.compile(r"(?:年|月|日)?(?:起|以来|至今|开始|之后|后|间|期间)?[,、]?[\u4e00-\u9fff]{0,6}")
_HELD = re.compile(r"现任|现为|是")


@dataclass(frozen=True, slots=True)
class Tenure:
    """The ends of a position's time as the contract writes dates; None where the text gives none."""

    start: str | None = None
    end: str | None = None


def tenure(sentence: Sentence, match: Match, times: list[TimeExpression]) -> Tenure:
    """When the position of a reading was held, empty where no time of its own tells."""
    time = _own(sentence, match, times)
    if time is None or time.period is None:
        return Tenure()
    first, _, last = time.period.text.partition("/")
    since = _SINCE.match(sentence.text, time.close)
    if last and not since:
        return Tenure(first, last)
    words = sentence.text[time.close : max(match.end, time.close)]
    if _LEAVES.search(sentence.text, match.start, match.end):
        return Tenure(end=first)
    if since or (_TAKES_UP.search(words) and not _HELD.search(words)):
        return Tenure(start=first)
    return Tenure()


def resigned(sentence: Sentence, match: Match) -> bool:
    """Whether the words behind post and person say that he gives it up."""
    here = match.relation is Relation.HOLDS_POSITION and match.subject.sentence == sentence.index
    return here and _RESIGNS.match(sentence.text, match.subject.end) is not None


def _own(sentence: Sentence, match: Match, times: list[TimeExpression]) -> TimeExpression | None:
    """The time inside a reading, or the one right before it in its clause."""
    inside = [t for t in times if match.start <= t.start and t.end <= match.end]
    if inside:
        return inside[-1]
    before = [t for t in times if t.end <= match.start]
    near = before and _BEFORE.fullmatch(sentence.text, before[-1].close, match.start)
    return before[-1] if near else None

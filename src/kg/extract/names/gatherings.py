"""Events called in full where they are held: 甲新区2024年二季度项目集中签约暨产业链恳谈会在乙市举行."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.candidates import Candidate, candidate
from kg.extract.text.tokens import between, boundary
from kg.records import EntityType, Sentence

_SHORTEST = 6
_DATED = re.compile(r"^(?:(?:20\d\d年?|第[一二三四五六七八九十\d]+届|首届)(?:度|第?[一二三四]季度|\d{1,2}月份?)?)")
_ENDED = "(?:大会|仪式|会议|论坛|峰会|[接介员进谈约布]会)"
_HEAD = (
    r"(?:仪式|活动|会议|论坛|峰会|大赛|沙龙|签约式|开工式|(?:恳谈|推介|动员|推进|签约|大|洽谈|对接|博览|研讨|座谈|发布|现场|交流|年|"
    r"招商|招聘|说明|通报|启动|开工|竣工|揭牌|见面|投洽|交易|分析|调度|协调|观摩|表彰|誓师|总结|路演|供需|宣讲|培训)会)"
)
_NAME = rf"(?P<name>[^,。;:!?、“”()的了\s]{{4,46}}{_HEAD})"
_HELD = (
    r"(?:(?:今[天日]|昨[天日]|当[天日]|日前|近日)?(?:(?:在|于)[^,。;]{2,24}?|在(?:此间?|这里)))?(?:隆重|成功|正式|顺利|如期|圆满|同步)*"
    r"(?:举行|召开|举办|启幕|开幕|落幕|闭幕|拉开帷幕|落下帷幕)"
)
_FRAMES = (
    re.compile(rf"(?:^|(?<=[,。;:!?、的]))(?={_NAME}{_HELD})"),
    re.compile(rf"(?:举行|召开|举办|主办|承办|迎来|出席|参加)(?:了)?(?={_NAME}(?:[,。;、!?]|并|时|上|现场|期间|中|$))"),
    re.compile(rf"(?:在|从)(?={_NAME}(?:上|现场|期间|中)(?:[,。;、]|获悉|发布|了解到|签))"),
)
_WHEN = re.compile("季度|月份?|年|届|首次|上半年|下半年")
_DEEDS = frozenset("举行 召开 举办 主办 承办 出席 参加 迎来 宣布 组织 见证 为 是 有 获悉 开展 受邀 应邀".split())


def gatherings(sentence: Sentence) -> Iterator[Candidate]:
    """The events that a sentence says are held, attended or spoken at, where a time or a name makes them certain."""
    for frame in _FRAMES:
        for match in frame.finditer(sentence.text):
            start = _behind_times(sentence, match.start("name"))
            for begin, end in _parted(sentence.text, start, match.end("name")):
                told = len(_DATED.sub("", sentence.text[begin:end])) >= _SHORTEST
                if told and boundary(sentence, begin) and boundary(sentence, end) and _certain(sentence, begin, end):
                    yield candidate(sentence, begin, end, EntityType.EVENT, "ending-gathering")


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the events that 暨 joins, where what stands before it is one by its own ending."""
    for joint in re.finditer(rf"(?<={_ENDED})暨", text[start:end]):
        yield start, start + joint.start()
        start += joint.end()
    yield start, end


def _behind_times(sentence: Sentence, start: int) -> int:
    """The start without the day on which it is held and words that only link (此外, 当天)."""
    for token in between(sentence, start, len(sentence.text)):
        day = token.tag == "TIME" and not re.search("年$|季度|年度|月份$", token.word)
        if token.start >= start and (day or token.tag in ("d", "c", "p", "r") or token.word in _LINKS):
            start = token.end
        else:
            break
    return start


_LINKS = frozenset({"活动", "会上", "当天", "随后", "近日", "日前", "其中"})


def _certain(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words make one noun phrase, and one of them says which event it is: a time, a place, a firm."""
    tokens = between(sentence, start, end)
    joined = all(t.tag not in ("p", "u", "r", "w", "xc") and t.word not in _DEEDS for t in tokens)
    return joined and any(t.tag in ("LOC", "ORG", "nz", "PER") or _WHEN.search(t.word) for t in tokens)

"""Who says it: speech in quotation marks with its speaker, and statements that 据…介绍 or 数据显示 attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.words import any_of
from kg.records import EntityType, Sentence, Span
from kg.rules import Rules

_SPEAKERS = frozenset(
    {EntityType.PERSON, EntityType.BODY, EntityType.COMPANY, EntityType.INSTITUTE, EntityType.UNIVERSITY,
     EntityType.MEDIA, EntityType.ZONE, EntityType.GROUP, EntityType.LABORATORY}
)  # fmt: skip
_ACCORDING = re.compile(
    r"(?:^|(?<=[,。;:“]))据(?P<who>[^,。;:“”]{0,40}?)(?:介绍|透露|统计|了解|悉|报道|测算|消息|披露|公布|数据|预测|估算|分析)(?:显示|称|说)?"
)
_SHOWS = re.compile(
    r"(?:^|(?<=[,。;]))[^,。;:“”]{0,16}?(?:数据|统计|报告|资料|结果|调查|年报|公报)(?:显示|表明|指出)(?!屏|器)"
)
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of the document that is not the author's own word: said by a referent, or attributed in words."""

    span: Span
    stated_by: int | None
    attribution: str | None


@lru_cache(maxsize=4)
def _said(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows a speaker's name before the speech, and what follows it after the speech."""
    say = any_of(rules, "say")
    between = r"[^,。;:!?“”]{0,12}?"
    return re.compile(rf"{between}{say}(?:,|:)?\s*“?"), re.compile(rf"{between}{say}")


def voices(scene: Scene) -> tuple[Voice, ...]:
    """All stretches with a speaker or an attribution; where several hold a place, the first of these counts."""
    spoken = [v for s in scene.sentences for v in _speeches(scene, s)]
    attributed = [v for s in scene.sentences for v in _attributed(scene, s)]
    return (*spoken, *attributed)


def voice_at(found: tuple[Voice, ...], place: Span) -> Voice | None:
    """The voice in which a place of the document speaks; None for the author's own."""
    return next((v for v in found if v.span.holds(place)), None)


def _attributed(scene: Scene, sentence: Sentence) -> Iterator[Voice]:
    """据…介绍 and 数据显示: to the end of the sentence."""
    for match in [*_ACCORDING.finditer(sentence.text), *_SHOWS.finditer(sentence.text)]:
        if match.end() < len(sentence.text):
            named = [n for n in scene.named_in(sentence.index) if match.start() <= n.start and n.end <= match.end()]
            speaker = next((n for n in reversed(named) if n.type in _SPEAKERS), None)
            yield _voice(sentence, match.end(), len(sentence.text), speaker, sentence.surface(*match.span()))


def _speeches(scene: Scene, sentence: Sentence) -> Iterator[Voice]:
    """X 表示: what follows in the sentence; “…”X 说: what stood in the quotation marks, over several sentences."""
    before, after = _said(scene.rules)
    for naming in reversed(scene.named_in(sentence.index)):  # the name nearest to the verb speaks
        if naming.type not in _SPEAKERS:
            continue
        said = before.match(sentence.text, naming.end)
        if said and said.end() < len(sentence.text) and said[0][-1:] in ",:“":
            yield _voice(sentence, said.end(), len(sentence.text), naming, None)
        if after.match(sentence.text, naming.end):
            yield from _quoted_before(scene, sentence, naming)


def _quoted_before(scene: Scene, sentence: Sentence, naming: Naming) -> Iterator[Voice]:
    """The speech whose closing mark stands shortly before the speaker."""
    text, end = scene.document.text, sentence.span_of(naming.start, naming.end).start
    close = text.rfind("”", max(0, end - _NEAR), end)
    start = text.rfind("“", 0, close) if close > 0 else -1
    if start >= 0 and close - start > 8 and not re.search(r"[。!?!？]", text[close + 1 : end]):
        yield Voice(Span(start + 1, close), naming.referent, None)


def _voice(sentence: Sentence, start: int, end: int, speaker: Naming | None, words: str | None) -> Voice:
    span = sentence.span_of(start, end)
    return Voice(span, speaker.referent, None) if speaker else Voice(span, None, words)

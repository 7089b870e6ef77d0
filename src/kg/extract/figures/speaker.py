"""The organisation that speaks where a figure is told in the first person."""

from __future__ import annotations

import re

from kg.extract.figures.context import Context, paragraph_before
from kg.extract.scene.naming import Naming
from kg.extract.scene.speakers import EMPLOYERS, represented
from kg.records import EntityType as T
from kg.records import Sentence

_FIRMS = frozenset({T.COMPANY, T.INSTITUTE, T.UNIVERSITY, T.LABORATORY})
_SAYS = re.compile(r"说|表示|介绍|透露|坦言|认为|告诉|感慨|直言|称")
_SPEAKER_REACH = 3
_TITLE = re.compile(r"[^,。;:!?“”]{0,14}")


def speaking(context: Context) -> Naming | None:
    """The organisation of the one who speaks: of the person named in the words that follow, or the firm there; else

    the firm that the paragraph went on about.
    """
    sentences = context.scene.sentences
    here = context.sentence.index
    for sentence in sentences[here : here + _SPEAKER_REACH]:
        spoken = _SAYS.search(sentence.text) or "”" in sentences[max(here, sentence.index - 1)].text
        if spoken and (found := _employer(context, sentence) or _firm(context, sentence)):
            return found
    return next((n for s in reversed(paragraph_before(context)) if (n := _firm(context, s))), None)


def _employer(context: Context, sentence: Sentence) -> Naming | None:
    """The organisation whose post stands before a person of the sentence, there or where the person was introduced."""
    people = {n.referent for n in context.scene.named_in(sentence.index) if n.type is T.PERSON}
    introduced = [n for n in context.scene.namings if n.referent in people and n.sentence <= sentence.index]
    return next((found for person in introduced if (found := _post_of(context, person))), None)


def _post_of(context: Context, person: Naming) -> Naming | None:
    """The organisation right before a person's title; of a zone's committee the zone, for which it speaks."""
    before = [n for n in context.scene.named_in(person.sentence) if n.end <= person.start and n.type in EMPLOYERS]
    text = context.scene.sentences[person.sentence].text
    if not before or not _TITLE.fullmatch(text, before[-1].end, person.start):
        return None
    return represented(before[-1], context.scene.named_in(person.sentence, inner=True))


def _firm(context: Context, sentence: Sentence) -> Naming | None:
    """The first organisation that a sentence names, not as the object of a verb."""
    firms = [n for n in context.scene.named_in(sentence.index) if n.type in _FIRMS]
    return next((n for n in firms if _stands_free(sentence, n)), None)


def _stands_free(sentence: Sentence, naming: Naming) -> bool:
    """Whether no verb or list before a name makes it an object (聚集甲、乙)."""
    before = [t for t in sentence.tokens if t.end <= naming.start and t.word not in "“‘「"]
    return not before or (before[-1].tag != "v" and before[-1].word not in ("、", "了"))

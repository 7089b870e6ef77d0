"""What somebody is honoured with: the lines under a heading of honours, or behind its label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.honour_names import LABELLED, LISTED, ROW
from kg.extract.relations.matches import Match
from kg.extract.scene.areas import area
from kg.extract.scene.scene import Scene
from kg.extract.text.lines import NUMBER
from kg.records import EntityType, Relation, Sentence

_HONOURS = re.compile(rf"{NUMBER}.{{0,6}}(?:荣誉|获奖|奖项|殊荣|资质).{{0,4}}")
_WINNERS = frozenset(
    {EntityType.ZONE, EntityType.VALLEY, EntityType.COMPANY, EntityType.LABORATORY, EntityType.INSTITUTE,
     EntityType.UNIVERSITY}
)  # fmt: skip


def honours(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """What the lines under a heading of honours, or behind a label, state of whom the document is about."""
    labelled = LABELLED.match(sentence.text)
    if not labelled and not (LISTED.fullmatch(sentence.text) and _under_heading(scene, sentence)):
        return
    winner = area(scene, sentence) or scene.main(_WINNERS)
    for award in scene.named_in(sentence.index):
        if winner is not None and award.type is EntityType.AWARD:
            yield Match("listed-honour", Relation.WON, winner, award, award.start, award.end, scoped=False)


def _under_heading(scene: Scene, sentence: Sentence) -> bool:
    """Whether only lines of honours stand between the line and a heading of honours."""
    for index in range(sentence.index - 1, -1, -1):
        text = scene.sentences[index].text
        if _HONOURS.fullmatch(text):
            return True
        if not ROW.fullmatch(text):
            return False
    return False

"""Scenes of invented sentences: the names are given, so that the reading of figures is tested by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.extract.scene.scene import Naming, Scene
from kg.extract.text.folding import folded
from kg.extract.text.sentences import sentences
from kg.extract.text.tags import tag
from kg.records import Document, EntityType, Referent, Sentence, Token
from kg.rules import Rules, load

NAMES = {
    "临江高新区": "Zone", "云岭经开区": "Zone", "海州市": "Place", "东岳省": "Place", "平桥县": "Place",
    "德国": "Place", "星衡科技": "Company", "远岫生物": "Company", "青岚基金": "Fund", "启明中心": "Facility",
    "沧浪研究院": "ResearchInstitute", "云帆基地项目": "Project", "海州大学": "University", "白鹭谷": "Valley",
    "临江高新区管委会": "GovernmentBody", "天枢一号": "Product", "海州投资大会": "Event", "周予安": "Person",
    "生物医药": "Industry", "数字经济": "Industry",
}  # fmt: skip
ANAPHORA = {"该项目": "Project", "该基金": "Fund", "该公司": "Company", "园区": "Zone", "该区": "Zone", "全区": "Zone"}


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The lexicon of the checkout."""
    return load(Path(__file__).parents[2] / "ontology")


def tagged(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document with their words."""
    found = [folded(s, rules()) for s in sentences(document)]
    return tuple(
        replace(s, tokens=_tokens(pairs)) for s, pairs in zip(found, tag([s.text for s in found]), strict=True)
    )


def _tokens(pairs: list[tuple[str, str]]) -> tuple[Token, ...]:
    tokens, at = [], 0
    for word, label in pairs:
        tokens.append(Token(at, at + len(word), word, label))
        at += len(word)
    return tuple(tokens)


def scene(text: str, issued: str | None = None) -> Scene:
    """A text with the invented names marked, anaphors bound to the last name of their type."""
    document = Document(text, "invented.txt", issued=issued)
    found = tagged(document)
    names = tuple(NAMES)
    pattern = re.compile("|".join(sorted((*names, *ANAPHORA), key=len, reverse=True)))
    namings: list[Naming] = []
    last: dict[str, Naming] = {}
    for sentence in found:
        for match in pattern.finditer(sentence.text):
            word, place = match[0], (sentence.index, match.start(), match.end())
            if word in NAMES:
                last[NAMES[word]] = Naming(*place, names.index(word), EntityType(NAMES[word]))
                namings.append(last[NAMES[word]])
            elif (before := last.get(ANAPHORA[word])) is not None:
                where = found[before.sentence].span_of(before.start, before.end)
                namings.append(Naming(*place, before.referent, before.type, anaphor=True, antecedent=where))
    referents = tuple(Referent(n, EntityType(t), (), (), (), "given") for n, t in NAMES.items())
    return Scene(document, rules(), found, referents, tuple(namings))

"""Several posts in a row before one person (甲市委常委、乙区党工委书记、管委会主任某人), each at the body it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.relations.encoding import codes, encoded
from kg.extract.relations.matches import Match
from kg.extract.relations.patterns import types_of
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.words import titles
from kg.records import EntityType, Relation, Sentence
from kg.rules import Rules

_COMMITTEE = "(?:管委会|管理委员会)"
# What these name is a post of the division, whoever's party committee was named before.
_GOVERNING = re.compile(r"[、,和兼及]+(?P<own>(?:代理?|常务)?副?(?:省长|州长|市长|区长|县长|旗长|镇长|乡长)[^。;]*)$")
_PARTY = re.compile(r"(?:党工委|党委|[省市区县州旗镇]委)$")


@lru_cache(maxsize=4)
def _row(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The whole row of posts up to the person, and one post of it."""
    one = rf"{codes(types_of('Org|Zone|Place'))}的?(?:{titles(rules)})"
    bare = rf"(?P<committee>{_COMMITTEE})(?P<post>{titles(rules)})"
    whole = rf"(?:{one}[、,和兼及]{{1,2}})*{one}(?:[、,和兼及]{{1,2}}{bare})?(?P<person>{codes([EntityType.PERSON])})"
    return re.compile(whole), re.compile(rf"(?P<body>{one[: one.index('的?')]})的?(?P<title>{titles(rules)})")


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    """Who heads a body that is told with its head's title in one word (管理局长某人)."""
    return re.compile(rf"{codes([EntityType.BODY])}长(?P<person>{codes([EntityType.PERSON])})")


def party_title(title: str, body: str) -> str:
    """A title without the posts of the government in it, where the body is a committee of the party."""
    return _GOVERNING.sub("", title) if _PARTY.search(body) else title


def posts(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The posts of a row that plain patterns pass over: those before the last two, and those without their body."""
    named = scene.named_in(sentence.index)
    if not any(n.type is EntityType.PERSON for n in named):
        return
    text = encoded(sentence, list(named))
    for head in _heads().finditer(text.text):
        person, body = text.namings[head.start("person")], text.namings[head.start()]
        if sentence.text[body.end - 1] in "局署厅":
            yield _match(person, body, sentence.surface(body.end - 1, body.end + 1))
    row, single = _row(scene.rules)
    for match in row.finditer(text.text):
        person = text.namings[match.start("person")]
        last: Naming | None = None
        for post in single.finditer(text.text, match.start(), match.end("person")):
            last = text.namings[post.start("body")]
            yield from _held(scene, sentence, person, last, post["title"])
        if match["committee"] and last is not None:
            yield from _of_committee(scene, person, last, match["committee"], match["post"])


def _held(scene: Scene, sentence: Sentence, person: Naming, body: Naming, title: str) -> Iterator[Match]:
    """One post; where a title goes on with one of the government, that one too, at the division."""
    name = sentence.text[body.start : body.end]
    yield _match(person, body, party_title(title, name))
    governing = _GOVERNING.search(title) if _PARTY.search(name) else None
    place = scene.within(body, EntityType.PLACE) if governing else None
    if governing and place is not None:
        yield _match(person, place, governing["own"])


def _of_committee(scene: Scene, person: Naming, body: Naming, committee: str, title: str) -> Iterator[Match]:
    """A post at the zone's administrative committee; at the zone where no committee of it is named."""
    zone = body if body.type is EntityType.ZONE else scene.within(body, EntityType.ZONE)
    if zone is None:
        return
    bodies = (n for n in scene.namings if n.type is EntityType.BODY)
    found = next((n for n in bodies if _is_committee_of(scene, n, zone)), None)
    yield _match(person, found, title) if found else _match(person, zone, committee + title)


def _is_committee_of(scene: Scene, body: Naming, zone: Naming) -> bool:
    sentence = scene.sentences[body.sentence]
    if body.anaphor or not re.search(_COMMITTEE + "$", sentence.text[body.start : body.end]):
        return False
    inner = scene.within(body, EntityType.ZONE)
    return inner is not None and inner.referent == zone.referent


def _match(person: Naming, body: Naming, title: str) -> Match:
    return Match(
        "row-of-posts", Relation.HOLDS_POSITION, person, body, person.start - 1, person.end, title=title, scoped=False
    )

"""A sentence laid out for reading its figures: clauses, words, names, times and measures with their places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.extract.figures.changes import Place
from kg.extract.figures.quantities import Measure
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.time.times import Anchor, TimeExpression
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

BREAK = re.compile(r"[,;。!?】]|(?<!\d):|:(?!\d)|……|—{2}")
NOMINAL = frozenset({"n", "nz", "nw", "vn", "an", "a", "s", "LOC", "ORG", "PER"})
_CUTTING = frozenset(EntityType) - {EntityType.INDUSTRY, EntityType.POLICY, EntityType.AWARD}
_JOINING = frozenset({"、", "和", "与", "及", "以及", "“", "”", '"', "「", "」", "‘", "’", "(", ")", "-", "·"})
_OPENING = frozenset({"“", "‘", "「", '"'})
_LONGEST = 24
_MASK = "¤"
# A verb that stands as an attribute before what is counted: 60个在建项目, 30家入驻企业.
_ATTRIBUTE = re.compile(
    r"在建|签约|入驻|开工|上市|落户|落地|竣工|投产|获奖|入选|重点|新建|新增|参展|参会|在孵|引进|储备|入库|挂牌|认定|示范|合作|注册|培育|"
    r"毕业|参赛|备案|持牌|入园|在册|上榜|达标|规上"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a sentence before its figures are read."""

    scene: Scene
    sentence: Sentence
    measures: tuple[Measure, ...]
    times: tuple[TimeExpression, ...]
    anchor: Anchor | None
    breaks: tuple[int, ...]
    namings: tuple[Naming, ...]
    starts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """The sentence's normal form."""
        return self.sentence.text

    @property
    def masked(self) -> str:
        """The text with its times blanked out, so that no pattern takes their digits for figures."""
        text = self.sentence.text
        for time in self.times:
            text = text[: time.start] + _MASK * (time.end - time.start) + text[time.end :]
        return text

    @property
    def rules(self) -> Rules:
        """The lexicon."""
        return self.scene.rules


def clause_start(context: Context, position: int) -> int:
    """Where the clause that holds a position begins."""
    at = bisect_right(context.breaks, position)
    return context.breaks[at - 1] if at else 0


def clause_end(context: Context, position: int) -> int:
    """Where the clause that holds a position ends, without its mark."""
    match = BREAK.search(context.text, position)
    return match.start() if match else len(context.text)


def words(context: Context, start: int, end: int) -> list[Token]:
    """The words that begin in a range; the first is cut where the range begins inside it."""
    tokens = context.sentence.tokens
    first = bisect_left(context.starts, start)
    found: list[Token] = []
    if first and tokens[first - 1].end > start:
        cut = tokens[first - 1]
        found.append(Token(start, cut.end, cut.word[start - cut.start :], "n" if cut.tag == "m" else cut.tag))
    for token in tokens[first:]:
        if token.start >= end:
            break
        found.append(token)
    return found


def cutting_names(context: Context, start: int, end: int) -> list[Naming]:
    """The names in a range that are somebody, not a part of an indicator's wording."""
    named = [n for n in context.namings if start <= n.start and n.end <= end and n.type in _CUTTING]
    return [n for n in named if not made_of(context.text, n)]


def made_of(text: str, naming: Naming) -> bool:
    """Whether a product only says of what so much was made (全年太阳能电池产量…): a part of the indicator."""
    return naming.type is EntityType.PRODUCT and text.startswith("产量", naming.end)


def noun_phrase(context: Context, start: int) -> tuple[int, int]:
    """The range of the noun phrase that begins at a position (nouns, names, what joins them); empty where none does."""
    limit = min(clause_end(context, start), start + _LONGEST)
    end = start
    tokens = words(context, start, limit)
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.tag in NOMINAL and token.word not in ("等", "共"):
            end = token.end
        elif (
            (end > start or token.word in _OPENING)
            and token.word in _JOINING
            and following is not None
            and _nominal_after(following, token)
        ):
            continue
        elif _is_attribute(token, following, end == start):
            end = token.end
        else:
            break
    return start, min(_balanced(context.text, start, end), limit)


def _nominal_after(following: Token, joint: Token) -> bool:
    return following.tag in NOMINAL or following.word in _JOINING or joint.word in ("“", '"', "「", "‘", "(")


def _is_attribute(token: Token, following: Token | None, first: bool) -> bool:
    """Whether a verb here belongs to the noun after it."""
    if token.tag not in ("v", "d", "f", "m", "r") or following is None:
        return False
    if token.tag == "v":
        return following.tag in NOMINAL and (first and bool(_ATTRIBUTE.match(token.word)))
    return first and token.tag == "f" and following.tag in NOMINAL


def _balanced(text: str, start: int, end: int) -> int:
    """The end without an opened quote or bracket that is not closed."""
    for opening, closing in ("“”", "「」", "()", "‘’"):
        if text.count(opening, start, end) != text.count(closing, start, end):
            at = text.find(closing, end, end + 12)
            end = at + 1 if at >= 0 and opening not in text[end:at] else max(start, text.rfind(opening, start, end))
    return end


def paragraph_before(context: Context) -> list[Sentence]:
    """The earlier sentences of the paragraph."""
    here = context.sentence
    found = []
    for index in range(here.index - 1, -1, -1):
        if context.scene.sentences[index].paragraph != here.paragraph:
            break
        found.append(context.scene.sentences[index])
    return found[::-1]

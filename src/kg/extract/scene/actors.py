"""Whom a clause is about: the subject that stands before it, or the one that the sentences before went on about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.extract.scene.areas import AREAS, PARK_END
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.lines import BULLETS, LABEL
from kg.extract.text.tokens import NOMINAL, PROPER, between, token_at
from kg.extract.text.words import any_of
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

# What may stand between a clause's beginning and its subject: times, adverbs, attributions.
# Atomic, so that what is tried grows with the text and not with the ways to cut it: words come before the characters
# of a time.
_LEAD = re.compile(
    rf"(?>【[^】]*】|[(\[][\d一二三四五六七八九十]{{1,2}}[)\]]|(?<![^\d])\d{{1,2}}[.、]|[一二三四五六七八九十]、|[{BULLETS}]"
    r"|近年来|近日|目前|如今的?|今年|去年|同时|此外|其中|据悉|据了解|据介绍|数据显示|日前|当天|当日|截至|今后|未来|下一步|放眼|整个"
    r"|而|但|也|还|并|又|\s|会上|“|(?:位于|地处|坐落|总部|扎根|落户|作为|由|集)[^,;:。]*的"
    r"|[\d年月日至\-—季度上下半第一二三四前近初中末底])*+$"
)


def subject(scene: Scene, sentence: Sentence, at: int, types: Collection[EntityType]) -> Naming | None:
    """The naming that is the subject of what stands at `at`: in its clause, in an earlier clause, or the topic.

    None where a clause of the sentence has a subject of its own of another type: that is who does it.
    """
    if _headed_by_unknown(scene, sentence, at):
        return None
    named = [n for n in scene.named_in(sentence.index) if n.end <= at and not _bracketed(sentence.text, n, at)]
    led = apart = False
    if (set_up := _set_up_before(sentence.text, named, at)) is not None and set_up.type in types:
        return set_up
    for number, (start, end) in enumerate(_clauses(sentence.text, at)):
        if _dangling(scene, sentence, start):
            return None
        if not number and _HERE.match(sentence.text, start) and (zones := AREAS & frozenset(types)):
            return _topic(scene, sentence, zones)
        inside = [n for n in named if start <= n.start and n.end <= end]
        if _in_passing(sentence.text, start, end, inside, here=number == 0):
            continue
        found = _of_clause(scene, sentence, inside, start, types, verb=at if number == 0 else -1)
        if found is not None:
            return found
        apart = apart or (number > 0 and sentence.text[end - 1] in ";:")
        wanted = apart or any(n.type in types for n in inside)
        led = led or (not wanted and any(_acts(sentence, n, start) for n in inside))
        if led and number == 0:
            return None
    return None if led else _behind_or_topic(scene, sentence, at, types)


# What opens so is told of whoever the next clause begins with: 围绕甲、乙产业,丙市形成了….
_OPENING = re.compile(r"(?:紧紧|主动|坚持|牢牢|持续)?(?:围绕|聚焦|瞄准|针对|紧盯|锚定|立足)[^,。;:!?]{2,60},")


def _behind_or_topic(scene: Scene, sentence: Sentence, at: int, types: Collection[EntityType]) -> Naming | None:
    """Who leads the clause behind an opening phrase, if the types allow him; else what the text goes on about."""
    opening = _OPENING.match(sentence.text)
    if opening and at < opening.end():
        behind = (n for n in scene.named_in(sentence.index) if n.start >= opening.end())
        lead = next((n for n in behind if _leads(sentence.text, opening.end(), n)), None)
        if lead is not None:
            return lead if lead.type in types else None
    return _topic(scene, sentence, types)


def _of_clause(
    scene: Scene, sentence: Sentence, inside: list[Naming], start: int, types: Collection[EntityType], *, verb: int
) -> Naming | None:
    """The naming of these types that is the subject of a clause: what opens it, right before the verb any free one.

    `verb` is where the verb stands, if in this clause; what stands right before it modifies no noun.
    """
    near = verb >= 0
    told = [n for n in inside if not (near and _OWNING.fullmatch(sentence.text, n.end, verb))]
    free_of_nouns = [n for n in told if n.end == verb or not (_modifies(sentence, n) or employs(sentence, n, inside))]
    heads = [n for n in free_of_nouns if not _owns(sentence, n, inside)]
    here = [n for n in heads if n.type in types]
    found = next((n for n in here if _leads(sentence.text, _behind_owners(sentence, inside, start, n), n)), None)
    found = found or next((n for n in here if not near and _presented(sentence, n, start)), None)
    if found is None and near:
        free = [
            n for n in here
            if n.type is not EntityType.PLACE and not _governed(sentence, _list_head(sentence, n, inside), scene.rules)
        ]  # fmt: skip
        found = free[-1] if free else None
    if found is None and not near:
        found = next((n for n in reversed(inside) if n.type in types and _set_up(sentence.text, n)), None)
    return found


# Whose the next name is, which is read behind the place asked of: 甲集团旗下的|乙基金跟投.
_OWNING = re.compile("(?:管委会)?(?:旗下|下属|所属|麾下)的?")
# 其中 tells of parts, and of none that the next clauses go on about but a fund or project.
_BACKS = re.compile(r"(?:领投|跟投|参投|追投|加注|加码)[,;]?$")


def _in_passing(text: str, start: int, end: int, inside: list[Naming], *, here: bool) -> bool:
    """Whether a clause only tells of parts, or of what somebody holds or pays."""
    new = [n for n in inside if n.type in (EntityType.FUND, EntityType.PROJECT) and _leads(text, start, n)]
    if not here and text.startswith("其中", start) and not new:
        return True
    return _BACKS.search(text, start, end) is not None or any(_PAYS.fullmatch(text, n.end, end) for n in inside)


# A clause that only says what somebody holds or pays of a thing says nothing of who goes on to act.
_PAYS = re.compile(
    r"(?:等|分别|各|合计|共同)*(?:认缴出资|认缴|实缴|出资|持股|占股|占比)(?:比例)?(?:为|达|约|近|超)?"
    r"[\d.]+(?:%|[万亿]?元)?(?:左右)?[,;]?"
)
_PART_AND_POST = re.compile(r"(?:的)?(?:(?![由与和被是在向请为对将])[\u4e00-\u9fff]){0,12}")


def employs(sentence: Sentence, naming: Naming, inside: Sequence[Naming]) -> bool:
    """Whether a naming only says whose professor or manager the next person is (该校机械学院教授某人)."""
    return naming.type in _EMPLOYERS and any(
        person.type is EntityType.PERSON
        and naming.end < person.start
        and _PART_AND_POST.fullmatch(sentence.text, naming.end, person.start)
        for person in inside
    )


_EMPLOYERS = frozenset({EntityType.UNIVERSITY, EntityType.INSTITUTE, EntityType.BODY, EntityType.COMPANY})
_PRESENTS = re.compile(r"[^,。;:\d]{0,14}?(?:就是|便是|即是|是|为|当数|要数|首推|当属|莫过于|首当其冲的是)[“‘]?")
_PRESENTED = re.compile(r"[”’]?(?:——|—|,|;|:)")


def _presented(sentence: Sentence, naming: Naming, start: int) -> bool:
    """Whether a clause does nothing but bring a naming up, of which the next ones tell (其中的龙头是甲公司,…)."""
    told = _PRESENTS.fullmatch(sentence.text, start, naming.start)
    return told is not None and bool(_PRESENTED.match(sentence.text, naming.end))


# What a clause sets up is what the next one tells of: 还将设立总规模20亿元的甲基金,聚焦乙产业.
_NEW = frozenset({EntityType.FUND})
_SETS_UP = re.compile(
    r"(?:设立|组建|成立|发起|创设|新设|推出|发布|打造|建设|启动)(?:了|的)?(?:一[支只个家座])?(?:[^,。;:、]{0,18}的)?[“‘「]?$"
)


def _set_up(text: str, naming: Naming) -> bool:
    """Whether a fund is what a clause sets up."""
    return naming.type in _NEW and _SETS_UP.search(text, 0, naming.start) is not None


# What a clause says a place to have, and who then is told to have built it: 园内设有甲中心,由乙和丙共建.
_HAS = re.compile(r"(?:设有|建有|设立|成立|建成|建设|组建|打造)(?:了)?(?:[^,。;:、]{0,14}的)?[“‘「]?$")


def _set_up_before(text: str, named: Sequence[Naming], at: int) -> Naming | None:
    """The thing that ends the clause before one that tells by whom it was made (由…)."""
    start = at + 1 if text[at : at + 1] == "," else at
    last = named[-1] if named and text.startswith(",由", named[-1].end) and start == named[-1].end + 1 else None
    return last if last is not None and _HAS.search(text, 0, last.start) else None


_HERE = re.compile("(?:因而|因此|所以|于是|如今|现在|目前)?(?:这里|此地|这片(?:热土|土地|沃土)|这座(?:园区|新城))")

_OWNS = re.compile(
    r"(?:的|旗下|下属|所属|全资|控股|参股|子公司|上市公司|重点|龙头|知名|本土|入驻|企业|公司|等)*[“‘「]?"
)


def _owns(sentence: Sentence, naming: Naming, inside: list[Naming]) -> bool:
    """Whether a naming only says whose the next one is: 甲高新区的乙谷, 甲集团旗下乙公司, 甲高新区乙公司."""
    return any(
        naming.end <= other.start and other.type is not EntityType.INDUSTRY
        and _OWNS.fullmatch(sentence.text, naming.end, other.start)
        for other in inside
    )  # fmt: skip


def _behind_owners(sentence: Sentence, inside: list[Naming], start: int, naming: Naming) -> int:
    """Where the clause of a naming begins once those in front whose it is are left out."""
    for owner in inside:
        if owner.end <= naming.start and _owns(sentence, owner, [naming]) and _leads(sentence.text, start, owner):
            return naming.start
    return start


_AGENTS = frozenset(EntityType) - {
    EntityType.PLACE, EntityType.PERSON, EntityType.INDUSTRY, EntityType.EVENT, EntityType.MEDIA, EntityType.AWARD,
    EntityType.GROUP, EntityType.POLICY,
}  # fmt: skip


def _acts(sentence: Sentence, naming: Naming, start: int) -> bool:
    """Whether a naming is the subject of the clause that begins at `start`, of whatever type."""
    acts = naming.type in _AGENTS or (naming.type is EntityType.PLACE and _does(sentence, naming))
    return acts and _leads(sentence.text, start, naming) and not _modifies(sentence, naming)


def _does(sentence: Sentence, naming: Naming) -> bool:
    """Whether a place itself does what follows (甲市已集聚…), and is not only where it happens."""
    after = sentence.tokens[token_at(sentence, naming.end)] if naming.end < len(sentence.text) else None
    return after is not None and after.start == naming.end and after.tag in ("d", "v", "vd", "ad")


_POINTS = re.compile(
    r"(?:该|此|这家|这一|上述)(?:区|公司|企业|项目|基金|园区|高新区|开发区|实验室|院|中心|平台|基地|校|园|镇)"
    r"|[“‘]?(?:[他她我](?:们)?|笔者|[前后]者|对方)"
    r"|(?:园区|公司|项目|基金|开发区|高新区|小镇|学校|新区)(?=[位地坐])"
)


def _headed_by_unknown(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether the line opens with a name and a colon, of something that no rule knows (2.甲汇:由乙公司建设)."""
    label = LABEL.match(sentence.text)
    if label is None or label.end("label") > at:
        return False
    named = any(n.start < label.end() for n in scene.named_in(sentence.index))
    return not named and any(t.tag in PROPER for t in between(sentence, *label.span("label")))


def _dangling(scene: Scene, sentence: Sentence, start: int) -> bool:
    """Whether a clause opens with an anaphor for which no antecedent was found."""
    match = _POINTS.match(sentence.text, start)
    return match is not None and not any(n.start <= start < n.end for n in scene.named_in(sentence.index))


def _topic(scene: Scene, sentence: Sentence, types: Collection[EntityType]) -> Naming | None:
    """The division that reports, the subject of the nearest earlier sentence of the paragraph, else the main one."""
    if scene.division is not None:
        return scene.division if scene.division.type in types else None
    for index in range(sentence.index - 1, -1, -1):
        before = scene.sentences[index]
        if before.paragraph != sentence.paragraph:
            break
        found = leader(scene, before, types)
        if found is not None:
            return found
    entry = scene.entry(sentence.index)
    if entry is not None and entry.type in types:
        return entry
    return _most_named(scene, sentence, types)


def _most_named(scene: Scene, sentence: Sentence, types: Collection[EntityType]) -> Naming | None:
    """What the document is about: a place or facility only where it is named far more often than all others."""
    others = frozenset(types) - {EntityType.PLACE, EntityType.FACILITY}
    first, site = scene.main_before(sentence.index, others), scene.main_before(sentence.index, types)
    if first is None or site is None or site.type is not EntityType.FACILITY:
        return first or site
    share = 1 if PARK_END.search(scene.referents[site.referent].name) else _FAR_MORE
    return site if scene.count(site.referent) > share * scene.count(first.referent) else first


_FAR_MORE = 2


def leader(scene: Scene, sentence: Sentence, types: Collection[EntityType]) -> Naming | None:
    """The first naming of a sentence that opens one of its clauses as its subject."""
    for start, end in reversed(_clauses(sentence.text, len(sentence.text))):
        for naming in scene.named_in(sentence.index):
            inside = start <= naming.start and naming.end <= end and naming.type in types
            if inside and _leads(sentence.text, start, naming) and not _modifies(sentence, naming):
                return naming
    return None


def _modifies(sentence: Sentence, naming: Naming) -> bool:
    """Whether a place or body only says whose the next noun is: 的 or a noun follows at once."""
    if naming.end >= len(sentence.text):
        return False
    after = sentence.tokens[token_at(sentence, naming.end)]
    if naming.type is EntityType.PLACE:
        return after.word == "的" or (after.start == naming.end and after.tag in NOMINAL)
    return after.word == "的" and naming.type is not EntityType.ZONE


def _bracketed(text: str, naming: Naming, at: int) -> bool:
    """Whether a naming stands in brackets that are closed by then: an aside names nobody who acts."""
    return any(m.start() < naming.start and naming.end < m.end() for m in _ASIDE.finditer(text, 0, at))


_ASIDE = re.compile(r"\([^()]*\)")


def _clauses(text: str, at: int) -> list[tuple[int, int]]:
    """The clauses up to a position, the nearest first."""
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:。!?】]", text[:at]))]
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], at], strict=True)][::-1]


def _leads(text: str, start: int, naming: Naming) -> bool:
    lead = text[start : naming.start].strip("“”‘’ ")
    return bool(_LEAD.fullmatch(lead)) or (naming.type in _DESCRIBED and _DESCRIPTION.fullmatch(lead) is not None)


# A firm or fund may be told by what it is before its name: 采摘机器人公司江城甲, 其中规模最大的一只是乙基金.
_DESCRIBED = frozenset({EntityType.COMPANY, EntityType.FUND})
_DESCRIPTION = re.compile(
    r"[^,。;:、由与和向对在]{2,16}(?:企业|公司|厂商|平台|品牌|独角兽|(?:研发|开发|服务|供应|制造|运营|生产)商)(?:[\u4e00-\u9fff]{2,3})?"
    r"|(?:其中,?)?[^,。;:、]{0,12}(?:的一?[只支个家]|的)(?:就?是|为)"
)


_INTENDS = frozenset({"将", "即将", "将要", "拟", "力争", "计划", "争取"})
_DONE = frozenset({"已", "已经", "了", "成功", "曾", "近年来", "目前", "此前", "日前"})


def carried(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether an intention of an earlier clause holds on: X 将做甲,做乙,做丙. Ended by a new subject or a deed done."""
    begin = max(sentence.text.rfind(mark, 0, at) for mark in ";。:") + 1
    before = [t for t in sentence.tokens if begin <= t.start and t.end <= at]
    intends = next((t for t in reversed(before) if t.word in _INTENDS and t.tag in ("d", "v")), None)
    if intends is None or any(t.word in _DONE for t in before if t.start >= intends.end):
        return False
    return not any(
        intends.end <= n.start and n.end <= at and _leads(sentence.text, start, n)
        for start, end in _clauses(sentence.text, at)
        for n in scene.named_in(sentence.index)
        if start <= n.start and n.end <= end
    )


def sentence_token(sentence: Sentence, naming: Naming) -> Token | None:
    """The word right before a naming, without its opening quote; None at the sentence's start."""
    at = naming.start - 1
    while at >= 0 and sentence.text[at] in "“‘「《":
        at -= 1
    return sentence.tokens[token_at(sentence, at)] if at >= 0 else None


def _list_head(sentence: Sentence, naming: Naming, inside: list[Naming]) -> Naming:
    """The naming that opens the list in which a naming stands; itself where it stands in none."""
    before = [n for n in inside if n.end < naming.start and _LINK.fullmatch(sentence.text, n.end, naming.start)]
    return _list_head(sentence, before[-1], inside) if before else naming


_LINK = re.compile(r"[”’」]?(?:、|和|与|及|以及)[“‘「]?")


def _governed(sentence: Sentence, naming: Naming, rules: Rules) -> bool:
    """Whether the naming is the object of a verb or preposition before it, and so no subject."""
    text = sentence.text
    before = text[max(0, naming.start - 3) : naming.start].rstrip("“‘「")
    clause = text[: naming.start][max(text.rfind(mark, 0, naming.start) for mark in ",;:。!?") + 1 :]
    token = sentence_token(sentence, naming)
    if token is not None and token.tag == "v":
        return True
    return bool(re.search(any_of(rules, "prep") + "$", before)) or bool(
        re.match("(?:在|于|从|向|对|依托|围绕|通过|由|以|与)", clause)
    )

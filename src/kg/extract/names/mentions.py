"""Which readings stand: one pass over each sentence, then one over the document with the names found so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from kg.extract.names import (
    asides,
    bodies,
    brands,
    deals,
    dealt,
    ended,
    firms,
    focused,
    framed,
    gatherings,
    goods,
    headings,
    honour_names,
    known,
    leads,
    lists,
    owners,
    products,
    public_works,
    quoted,
    reporting,
    represented,
    shapes,
    tagged,
    wares,
)
from kg.extract.names.candidates import Candidate, candidate, whole_of_part
from kg.extract.names.stems import rests, stems
from kg.extract.text.tokens import boundary
from kg.records import EntityType, Rejection, Sentence
from kg.rules import Rules

_INNER = frozenset(
    {
        EntityType.PLACE,
        EntityType.ZONE,
        EntityType.UNIVERSITY,
        EntityType.COMPANY,
        EntityType.INSTITUTE,
        EntityType.PROJECT,
        EntityType.FACILITY,
        EntityType.LABORATORY,
    }
)
_SHORTEST_REPEATED = 3


# What reads names in a sentence: with the lexicon, and by its shape alone.
_READERS = (
    known.known_names, ended.ended_names, bodies.listed_bodies, bodies.bare_bodies, reporting.reporting_divisions,
    tagged.tagged_names, tagged.place_names, tagged.traded_names, firms.firm_names, firms.told_firms,
    tagged.titled_persons, tagged.signed_persons, shapes.counted_policies, shapes.industry_shapes, shapes.named_parts,
    leads.inline_names, firms.firms_of_a_kind, firms.investors_of_a_place, firms.firms_of_money, quoted.quoted_names,
    quoted.titled_works, lists.listed_names, products.product_names, deals.deals, dealt.dealt_names, brands.brands,
)  # fmt: skip
_SHAPES = (
    shapes.lettered_areas, shapes.short_parks, shapes.zone_parts, shapes.sided_areas, shapes.bulleted_parts,
    shapes.parts_behind, shapes.phases, shapes.numbered_lines, shapes.source_media, leads.field_names,
    honour_names.honour_names, public_works.public_works, gatherings.gatherings,
)  # fmt: skip


def candidates(sentence: Sentence, rules: Rules) -> list[Candidate]:
    """Every reading of a name in one sentence, in no order that matters."""
    found = list(
        chain(
            *(reads(sentence, rules) for reads in _READERS),
            *(reads(sentence) for reads in _SHAPES),
            (c for pair in asides.defined_names(sentence, rules) for c in pair),
        )
    )
    beside = chain(
        focused.industries_beside(sentence, found, rules),
        focused.focused_industries(sentence, found, rules),
        framed.framed_industries(sentence, found, rules),
        shapes.parks_beside(sentence, found),
        shapes.first_parts(sentence, found),
        represented.represented(sentence, found, rules),
        goods.goods(sentence, found, rules),
        firms.firms_beside(sentence, found, rules),
        wares.wares(sentence, found, rules),
        wares.makers(sentence, rules),
    )
    every = [*found, *beside, *owners.parts_of_firms(sentence, found, rules)]
    every += owners.owners(sentence, every, rules)
    every = _without_divisions(every)
    plain = [c for c in _called(every, sentence) if not (_shares(c) or tagged.is_trade(c, rules))]
    return [c for c in plain if not (_describes(c, plain) or _kind_of_fund(c, rules) or _investor(c, sentence))]


def _investor(found: Candidate, sentence: Sentence) -> bool:
    """Whether a firm's name is only the front of 投资人 (基石投资人)."""
    cut = found.type is EntityType.COMPANY and found.name.endswith("投资")
    return cut and sentence.text[found.end : found.end + 1] in tuple("人者方")


def _describes(found: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a reading only says what the firm named right behind it is (采摘机器人公司 before 江城甲智能)."""
    kind = found.type is EntityType.COMPANY and _KIND.search(found.name) is not None
    return kind and any(c.type in _SETTLED and c.start == found.end for c in others)


def _kind_of_fund(found: Candidate, rules: Rules) -> bool:
    """Whether a quotation or list only tells of funds by their kinds (“母基金+子基金”)."""
    told = found.type is EntityType.FUND and ("+" in found.name or found.rule == "listed-short")
    return told and bool(ended.kind_of_fund(rules).fullmatch(found.name))


_KIND = re.compile(r"(?<!有限)(?<!股份)(?<!集团)(?<!责任)(?<![总分子])(?:公司|企业)$")
_SETTLED = frozenset({EntityType.COMPANY, EntityType.PLACE})


def _called(found: Sequence[Candidate], sentence: Sentence) -> list[Candidate]:
    """The readings, with the noun of goods before the quoted name of a product as one with it (操作大模型“若水”)."""
    goods_ = (EntityType.PRODUCT, EntityType.FACILITY)
    quoted_ = {
        c.start: c for c in found if c.type is EntityType.PRODUCT and sentence.text.startswith(_QUOTES, c.start - 1)
    }
    return [
        replace(quoted_[c.end + 1], start=c.start, end=quoted_[c.end + 1].end + 1)
        if c.type in goods_ and c.end + 1 in quoted_ and sentence.text.startswith(_QUOTES, c.end)
        else c
        for c in found
    ]


_QUOTES = ("“", "‘")


_COUNTABLE = frozenset({EntityType.ZONE, EntityType.BODY, EntityType.PLACE, EntityType.FACILITY})
_COUNTED_PARTS = re.compile(
    "“?(?:[一二两三四五六七八九十双多][\u4e00-\u9fff]{1,2}){2,}”?|[园区]中园|[^,。;]*(?:国资|国有|投融资)平台"
)


_OWN_DIVISION = 3  # a list of parts may hold divisions (鼓楼区); 东区 is rather a part than Panzhihua's district


def _without_divisions(every: list[Candidate]) -> list[Candidate]:
    """Without the parts of a zone that are listed divisions."""
    divisions = {(c.start, c.end) for c in every if c.rule == "known-place" and c.end - c.start >= _OWN_DIVISION}
    return [c for c in every if c.rule != "listed-zone-part" or (c.start, c.end) not in divisions]


def _shares(found: Candidate) -> bool:
    """Whether a reading takes what stands behind a whole name for a part of it (股份, 为主导), or a plan for a zone."""
    if found.type in _COUNTABLE and _COUNTED_PARTS.fullmatch(found.name):
        return True
    beyond = {EntityType.COMPANY: _WHOLE_FIRM, EntityType.INDUSTRY: _WHOLE_TRADE}.get(found.type)
    return beyond is not None and bool(beyond.search(found.name))


_WHOLE_TRADE = re.compile(r"为(?:主|支撑|核心|配套|两翼|龙头|特色|引领|重点|基础|代表|补充|辅|支柱|方向)")
_WHOLE_FIRM = re.compile(
    r"(?:^(?:注册|社会|国有|民间|产业|风险|耐心|金融|外商|境外|境内|海外|民营|人力|创业|长期|大胆|战略|各类|自有)资本|上市公司"
    r"|[\u4e00-\u9fff]轮(?:投资|融资)|^(?:天使|种子|战略|首|[一二三四本上][^,。]?)轮|^轮(?:投资|融资|资本)|[\u4e00-\u9fff]{0,3}轮资本|(?:全资|绝对|相对)控股"
    r"|股份控股|公司(?:股份|控股|证券|银行|实业|母公司|总公司)|集团控股|(?<=..)(?:全资|控股|参股)子公司"
    r"|[\d一二两三四五六七八九十]+余?家(?:公司|企业|单位|机构|集团))$"
)


def mentions(sentences: Sequence[Sentence], rules: Rules) -> tuple[list[Candidate], list[Candidate], list[Rejection]]:
    """The names that stand, those inside longer ones, and the readings that lost."""
    pools = [candidates(s, rules) for s in sentences]
    entries = [*leads.entry_names(sentences, rules), *headings.headed_works(sentences, rules)]
    pools = [[*pool, *(c for c in entries if c.sentence == s.index)] for s, pool in zip(sentences, pools, strict=True)]
    pools = _persons_settled(sentences, pools, rules)
    outer = [c for s, pool in zip(sentences, pools, strict=True) for c in _chosen(pool)]
    called = [*stems(sentences, outer, rules), *rests(sentences, pools, outer, rules)]
    owning = [c for pool in pools for c in pool if c.rule == owners.OWNER]
    pools = [pool + more for pool, more in zip(pools, _repeated(sentences, [*outer, *owning]), strict=True)]
    pools = [pool + [c for c in called if c.sentence == s.index] for s, pool in zip(sentences, pools, strict=True)]
    types = _types(c for pool in pools for c in _chosen(pool))
    pools = [[replace(c, type=types.get(c.name, c.type)) for c in pool] for pool in pools]
    chosen = [_chosen(pool) for pool in pools]
    inside = [[*pool, *_fronts(s, kept, rules)] for s, pool, kept in zip(sentences, pools, chosen, strict=True)]
    inner = [c for pool, kept in zip(inside, chosen, strict=True) for c in _nested(pool, kept)]
    lost = [
        Rejection(sentences[c.sentence].span_of(c.start, c.end), c.rule, "a longer or surer reading stands there")
        for pool, kept in zip(pools, chosen, strict=True)
        for c in pool
        if _around(c, kept) is None
    ]
    return list(chain(*chosen)), inner, lost


def _fronts(sentence: Sentence, kept: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """The places that open the names of areas."""
    return [place for c in kept for place in known.place_in_front(sentence, c, rules)]


def _persons_settled(
    sentences: Sequence[Sentence], pools: list[list[Candidate]], rules: Rules
) -> list[list[Candidate]]:
    """With persons tagged as such twice or more, and without organisations that begin with a person's name."""
    words = (t.word for s in sentences for t in s.tokens if t.tag == "PER")
    counts = Counter(word for word in words if tagged.fits_person(word, rules))
    sure = {c.name for pool in pools for c in pool if c.type is EntityType.PERSON}
    sure |= {name for name, n in counts.items() if n >= 2 and len(name) >= 2}
    settled = []
    for sentence, pool in zip(sentences, pools, strict=True):
        more = [
            candidate(sentence, t.start, t.end, EntityType.PERSON, "person-repeated")
            for t in sentence.tokens
            if t.tag == "PER" and t.word in sure
        ]
        settled.append(
            [c for c in pool if c.rule not in _AFTER_PERSON or sure.isdisjoint({c.name[:2], c.name[:3]})] + more
        )
    return settled


_AFTER_PERSON = frozenset({"ending-university", "tagged-company"})


def _chosen(pool: Iterable[Candidate]) -> list[Candidate]:
    """Readings without overlap: the defined first, then the longer, then the surer."""
    order = sorted(pool, key=lambda c: (c.rank < 9, c.start - c.end, -c.rank, c.start, c.type, c.rule, c.name))
    kept: list[Candidate] = []
    taken = bytearray(max((c.end for c in order), default=0))
    for reading in order:
        if not any(taken[reading.start : reading.end]):
            taken[reading.start : reading.end] = b"\1" * (reading.end - reading.start)
            kept.append(reading)
    return sorted(kept, key=lambda c: c.start)


def _around(c: Candidate, kept: Sequence[Candidate]) -> Candidate | None:
    """The kept reading that holds a reading's whole range; `kept` has no overlaps and is in order."""
    at = bisect_right(kept, c.start, key=lambda k: k.start) - 1
    return kept[at] if at >= 0 and c.end <= kept[at].end else None


def _nested(pool: Sequence[Candidate], kept: Sequence[Candidate]) -> list[Candidate]:
    """Readings inside kept ones, and those inside them: the institute of the building that a ceremony opens."""
    first = _inner(pool, kept)
    return [*first, *_inner(pool, first)]


def _inner(pool: Iterable[Candidate], kept: Sequence[Candidate]) -> list[Candidate]:
    """Readings strictly inside a kept one that are names of their own, the longest at each place."""
    return _chosen(c for c in pool if c.type in _INNER and _within(c, _around(c, kept)))


def _within(c: Candidate, outer: Candidate | None) -> bool:
    """Whether a reading lies strictly inside another of a different type."""
    if outer is None or c.end - c.start == outer.end - outer.start:
        return False
    nested = c.type is EntityType.UNIVERSITY or (c.type is EntityType.PLACE and outer.code is None)
    return c.type is not outer.type or nested or whole_of_part(c, outer)


def _repeated(sentences: Sequence[Sentence], outer: Sequence[Candidate]) -> list[list[Candidate]]:
    """The other places where a name stands that some rule found elsewhere in the document."""
    import ahocorasick_rs as aho

    strong: dict[str, Candidate] = {}
    for c in outer:
        if (
            len(c.name) >= _SHORTEST_REPEATED - (c.rule == brands.RULE)
            and c.rule != "known-place"
            and c.name == sentences[c.sentence].text[c.start : c.end]
        ):
            strong.setdefault(c.name, c)
    if not strong:
        return [[] for _ in sentences]
    order = list(strong)
    automaton = aho.AhoCorasick(order, matchkind=aho.MatchKind.LeftmostLongest)
    return [
        [_again(s, strong[order[i]], a, b) for i, a, b in automaton.find_matches_as_indexes(s.text) if _whole(s, a, b)]
        for s in sentences
    ]


def _whole(sentence: Sentence, start: int, end: int) -> bool:
    """Long names may be glued to a neighbour by the recogniser; short ones must be words."""
    return end - start >= 4 or (boundary(sentence, start) and boundary(sentence, end))


def _again(sentence: Sentence, first: Candidate, start: int, end: int) -> Candidate:
    rule = "repeated-" + first.type.value.lower()
    return candidate(sentence, start, end, first.type, rule, code=first.code, concept=first.concept)


def _types(chosen: Iterable[Candidate]) -> dict[str, EntityType]:
    """For each name the type that most readings give it, the surer rule first among equals."""
    votes: dict[str, Counter[EntityType]] = {}
    for c in chosen:
        votes.setdefault(c.name, Counter())[c.type] += 0 if c.rule.startswith("repeated") else c.rank
    return {name: min(v, key=lambda t: (-v[t], t)) for name, v in votes.items()}

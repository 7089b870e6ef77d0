"""A resolution hangs on the set of texts and decisions alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.decisions import Decision, Kind
from kg.resolve.resolution import resolution
from scene import readings

NAMES = ("澄湖机器人", "苏州澄湖机器人", "苏州澄湖机器人股份有限公司", "合肥澄湖机器人有限公司", "澄湖高新区",
         "澄湖高新技术产业开发区", "高新区管委会", "澄湖银行合肥分行", "澄湖银行", "鹿鸣新城")  # fmt: skip
KINDS = ("Company", "Zone", "Facility", "GovernmentBody", "Place", "Industry")
CITIES = {"苏州市": "Place:苏州市#320500", "合肥市": "Place:合肥市#340100"}


@st.composite
def things(draw):
    """One text: up to two cities, a few names of any type, and persons."""
    cities = draw(st.lists(st.sampled_from(sorted(CITIES)), unique=True, max_size=2))
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=5))
    lines = [CITIES[city] for city in cities]
    for name in names:
        alias = draw(st.sampled_from(("", *(f"|{other}" for other in NAMES if other != name))))
        place = draw(st.sampled_from(("", *(f">{city}" for city in cities))))
        lines.append(f"{draw(st.sampled_from(KINDS))}:{name}{alias}{place}")
    if draw(st.booleans()):
        lines.append(f"Person:陆知遥@{draw(st.sampled_from(names))}")
    return lines


@st.composite
def decisions(draw):
    ends = st.sampled_from(NAMES)
    one = st.builds(lambda k, a, b: Decision(k, (a, b)), st.sampled_from((Kind.SAME, Kind.DIFFERENT)), ends, ends)
    return tuple(draw(st.lists(one, max_size=2)))


lettered = st.lists(things(), min_size=1, max_size=6).map(lambda texts: dict(zip("abcdef", texts, strict=False)))
corpora = lettered.map(readings)


@settings(max_examples=150, deadline=None)
@given(corpora, decisions(), st.randoms(use_true_random=False))
def test_order_does_not_matter(texts, decided, chance):
    shuffled = list(texts)
    chance.shuffle(shuffled)
    assert resolution(shuffled, decided) == resolution(texts, decided)


@settings(max_examples=150, deadline=None)
@given(corpora, things(), decisions())
def test_adding_and_withdrawing_is_nothing(texts, more, decided):
    before = resolution(texts, decided)
    (added,) = readings({"z": more})
    resolution([*texts, added], decided)
    assert resolution(texts, decided) == before
    assert resolution([*texts, *texts], decided) == before


@settings(max_examples=200, deadline=None)
@given(corpora, decisions())
def test_every_referent_is_one_entity_of_a_path_of_its_own(texts, decided):
    found = resolution(texts, decided)
    assert {key: len(of) for key, of in found.of.items()} == {t.document.key: len(t.referents) for t in texts}
    used = {entity for of in found.of.values() for entity in of}
    assert used == set(range(len(found.entities)))
    paths = [entity.path for entity in found.entities]
    assert paths == sorted(set(paths))
    assert not {old for entity in found.entities for old in entity.replaces} & set(paths)


@settings(max_examples=200, deadline=None)
@given(corpora)
def test_what_differs_is_never_united(texts):
    found = resolution(texts)
    parted = (
        ("澄湖银行", "澄湖银行合肥分行"),
        ("苏州市", "合肥市"),
        ("苏州澄湖机器人股份有限公司", "合肥澄湖机器人有限公司"),
    )
    for text in texts:
        at = {
            r.name: entity
            for r, entity in zip(text.referents, found.of[text.document.key], strict=True)
            if r.type.value == "Company" or r.code
        }
        assert [pair for pair in parted if at.get(pair[0], -1) == at.get(pair[1], -2)] == []

"""Several sources of one figure: what agrees, what contradicts, and what is a reprint."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.answers.agreement import Value, agree, step
from kg.answers.conflicts import conflicts
from kg.pipeline import corpus
from kg.pipeline.making import Options
from kg.pipeline.reprints import Sketches, bands, firsts, reprints, sketched
from kg.records import Document
from kg.store.embedded import open_graph

HUNDRED_MILLION = 10**8


def value(text: str, modifier: str = "exact") -> Value:
    """The value of a wording in 亿元."""
    return Value(Decimal(text.removesuffix("亿元")) * HUNDRED_MILLION, text, modifier)


AGREE = {
    "the same": (value("2887.8亿元"), value("2887.8亿元"), True),
    "about": (value("2887.8亿元"), value("2900亿元", "about"), True),
    "about and far off": (value("2887.8亿元"), value("3500亿元", "about"), False),
    "rounded": (value("2887.8亿元"), value("2888亿元"), True),
    "rounded wrong": (value("2887.8亿元"), value("2887亿元"), False),
    "a round number is exact unless it says otherwise": (value("2887.8亿元"), value("2900亿元"), False),
    "two exact ones": (value("2887.8亿元"), value("2897.8亿元"), False),
    "over": (value("2887.8亿元"), value("2800亿元", "over"), True),
    "over, but it is less": (value("2687.8亿元"), value("2800亿元", "over"), False),
    "over, but far more": (value("9887.8亿元"), value("2800亿元", "over"), False),
    "nearly": (value("2887.8亿元"), value("2900亿元", "under"), True),
    "nearly, but it is more": (value("3087.8亿元"), value("2900亿元", "under"), False),
    "over and nearly": (value("2800亿元", "over"), value("2900亿元", "under"), True),
    "nothing in digits": (value("2887.8亿元"), Value(Decimal(2887) * HUNDRED_MILLION, "两千多亿元", "over"), True),
}


@pytest.mark.parametrize(("a", "b", "agreed"), AGREE.values(), ids=AGREE)
def test_wordings_of_one_figure(a, b, agreed):
    assert agree(a, b) is agreed
    assert agree(b, a) is agreed


@pytest.mark.parametrize(("text", "modifier", "size"), [
    ("2887.8亿元", "exact", "0.1"), ("2900亿元", "about", "100"), ("2900亿元", "exact", "1"),
    ("2,900亿元", "about", "100"),
])  # fmt: skip
def test_the_last_digit(text, modifier, size):
    number = Decimal(text.removesuffix("亿元").replace(",", ""))
    assert step(Value(number * HUNDRED_MILLION, text, modifier)) == Decimal(size) * HUNDRED_MILLION


NEWS = "澄湖高新区今年交出亮眼成绩单，重点项目加快推进，企业纷纷增资扩产，创新平台不断涌现，营商环境持续优化。"
GDP = "2024年，澄湖高新区实现地区生产总值{}亿元。"
TEXTS = {
    "a.txt": (GDP.format("2887.8") + NEWS, "2025-01-20"),
    "b.txt": ("本报转载：" + GDP.format("2887.8") + NEWS, "2025-01-25"),
    "c.txt": (GDP.format("2950.1") + "这是统计公报公布的数字，比初步核算数有所上调，与此前报道不同。", "2025-03-01"),
    "d.txt": ("澄湖高新区位于苏州市。" + "2024年，澄湖高新区实现地区生产总值约2900亿元。", "2025-02-01"),
    "e.txt": ("又一家媒体说，" + GDP.format("2887.8") + "但后面这句话跟别处都不一样，没有抄谁的稿子。", "2025-01-22"),
}  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    out = tmp_path_factory.mktemp("conflicts") / "out"
    for name, (text, date) in TEXTS.items():
        file = out.with_name(name)
        file.write_text(text, "utf-8")
        corpus.add([str(file)], folder=out, options=Options(check=False), date=date)
    return open_graph(out)


def test_a_conflict_is_listed_with_both_sides(graph):
    (found,) = conflicts(graph)
    assert (found.subject, found.indicator, found.period) == ("澄湖高新区", "地区生产总值", "2024")
    assert [side.value.text for side in found.sides] == ["2887.8亿元", "2950.1亿元"]
    assert found.newest.value.text == "2950.1亿元"
    assert found.best.value.text == "2887.8亿元"
    assert all("地区生产总值" in quote.text for side in found.sides for quote in side.quotes)


def test_a_reprint_is_no_second_source(graph):
    (found,) = conflicts(graph)
    assert [(side.sources, len(side.quotes)) for side in found.sides] == [(2, 3), (1, 1)]


def documents(*texts: tuple[str, str | None]) -> list[Document]:
    return [Document(text, f"{at}.txt", issued=issued) for at, (text, issued) in enumerate(texts)]


def test_the_earliest_text_is_the_original():
    first, second, third = documents((NEWS, "2025-02"), (NEWS + "完", "2025-01"), ("转：" + NEWS, None))
    assert reprints([first, second, third]) == {first.key: second.key, third.key: second.key}
    assert reprints([third, first, second]) == {first.key: second.key, third.key: second.key}


NOT_ALIKE = {
    "another text": "今天天气很好，大家都去公园里散步，看见很多花开了，孩子们在草地上跑来跑去，老人们坐在长椅上聊天。",
    "half of it": NEWS[: len(NEWS) // 2]
    + "后来记者又采访了几位负责人，他们谈到了明年的打算，也谈到了目前遇到的困难和问题。",
    "too short to tell": "澄湖高新区。",
}


@pytest.mark.parametrize("text", NOT_ALIKE.values(), ids=NOT_ALIKE)
def test_what_only_shares_words_is_no_reprint(text):
    assert reprints(documents((NEWS, None), (text, None))) == {}


def test_texts_compared_one_after_the_other_give_what_all_at_once_give():
    texts = {text.key: text for text in documents((NEWS, "2025"), (NEWS + "完", "2026"), (NEWS + "（转载）", None))}
    new = {key: bands(text) for key, text in texts.items()}
    issued = {key: text.issued for key, text in texts.items()}
    known = Sketches()
    for number, key in enumerate(sorted(texts), 1):
        known = sketched(known, {key: new[key]}, sorted(texts)[:number], texts.__getitem__)
    assert known == sketched(Sketches(), new, texts, texts.__getitem__)
    assert firsts(known, issued) == reprints(texts.values())
    two = sorted(texts)[:2]
    fresh = sketched(Sketches(), {key: new[key] for key in two}, two, texts.__getitem__)
    assert sketched(known, {}, two, texts.__getitem__) == fresh


"""What a changed graph is put together from: sorted runs, blocks found by bisection, counts of what is given."""

from __future__ import annotations

import io
import random
from collections import Counter

import pytest
from pyoxigraph import DefaultGraph, Quad, Store

import sample
from kg.graph import blocks, terms, write
from kg.graph.assemble import quads as assembled
from kg.graph.rows import consequences, parsed
from kg.pipeline.settling import Tally, UnsettledError, settled
from kg.pipeline.splicing import INDENTED, SECTIONS, SUBJECTS, Zone, spliced
from kg.pipeline.spool import RUNS, Spool, room
from kg.rules import load

A, B = "<http://a> <http://p> <http://b>", "<http://b> <http://p> <http://b>"
LOCATED = f"<http://a> {terms.zg('locatedIn')} <http://b>"
TURNED = f"<http://b> {terms.zg('locationOf')} <http://a>"


@pytest.fixture(scope="module")
def quads():
    readings = sample.sample_extractions()
    return assembled(readings, sample.sample_resolution(readings), load())


@pytest.mark.parametrize("limit", [1 << 20, 2000, 1], ids=["in memory", "in a few runs", "in more runs than are open"])
def test_pairs_come_in_the_order_of_their_keys(limit, tmp_path):
    keys = [f"键{number:04}" for number in range(3 * RUNS)]
    random.Random(1).shuffle(keys)
    with room(tmp_path) as temporary:
        spool = Spool(temporary, limit)
        for key in keys:
            spool.add(key, key.encode())
        assert list(spool) == [(key, key.encode()) for key in sorted(keys)]
    assert list(tmp_path.iterdir()) == []


def test_blocks_are_those_that_files_are_made_of(quads):
    """Sections and blocks put one after the other are the files as they are written at once."""
    graphs = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad)
    parts = [
        b"".join(blocks.blocks(q.triple for q in own)) if name == "DEFAULT" else blocks.section(own)
        for name, own in graphs.items()
    ]
    assert blocks.HEAD + b"".join(parts) == write.serialise(quads, "trig")
    assert blocks.HEAD + b"".join(blocks.blocks(write.union(quads))) == write.serialise(quads, "ttl")
    for name, own in list(graphs.items())[1:]:
        section = blocks.section(own)
        assert blocks.key(section) == name
        found = blocks.within(section)
        assert found == blocks.blocks(q.triple for q in own)
        assert section.partition(b"\n")[2] == b"".join(map(blocks.indented, found)) + b"}\n"


FILES = {
    "blocks": (SUBJECTS, "<http://{}> a <http://x> ;\n\t<http://p> \"…\" , <http://q> .\n"),
    "sections": (SECTIONS, "<http://{}> {{\n\t<http://s> a <http://x> ;\n\t\t<http://p> 1 .\n}}\n"),
    "indented": (INDENTED, "\t<http://{}> a <http://x> ;\n\t\t<http://p> \"" + "长" * 9000 + "\" .\n"),
}


@pytest.mark.parametrize(("starts", "form"), FILES.values(), ids=FILES)
def test_a_spliced_file_is_one_that_is_written_at_once(starts, form):
    """Any blocks put in, replaced and taken out at random places: bisection finds them all."""
    chance = random.Random(7)
    for _ in range(60):
        before = set(chance.sample(range(100, 160), chance.randrange(40)))
        changes = {number: chance.random() < 0.6 for number in chance.sample(range(100, 160), chance.randrange(20))}
        written = {number: form.format(number).encode() for number in range(100, 160)}
        newer = {number: form.format(number).replace("a <http://x>", "a <http://newer>").encode() for number in changes}
        content = b"head\n" + b"".join(written[number] for number in sorted(before)) + b"tail"
        zone = Zone(io.BytesIO(content), 5, len(content) - 4, starts)
        steps = [(f"<http://{number}>", newer[number] if stays else b"") for number, stays in sorted(changes.items())]
        left = (before | {number for number, stays in changes.items() if stays}) - {
            number for number, stays in changes.items() if not stays
        }
        expected = b"".join(newer[number] if number in changes else written[number] for number in sorted(left))
        assert b"".join(spliced(zone, steps)) == expected


def turned(store: Store, shared, tmp_path, facts, follows=()):
    """Settle what is given more or less often, and carry it out in the store."""
    with room(tmp_path) as temporary:
        fact, follow = Spool(temporary), Spool(temporary)
        for triple, change in facts:
            fact.add(triple, change)
        for triple, change in follows:
            follow.add(triple, (0, change))
        rows = [row for row in settled(fact, follow, Tally(shared, store)) if row[1] or row[2]]
    for triple, plain, inferred in rows:
        (quad,) = parsed([triple])
        for change, graph in ((plain, DefaultGraph()), (inferred, terms.INFERRED)):
            one = Quad(quad.subject, quad.predicate, quad.object, graph)
            assert (one in store) == (change < 0) or not change
            store.add(one) if change > 0 else store.remove(one) if change else None


def test_what_two_give_stays_until_both_are_gone(tmp_path):
    store, shared = Store(), {}
    turned(store, shared, tmp_path, [(A, 1), (A, 1), (B, 1)])
    assert shared == {A: (2, 0)}
    turned(store, shared, tmp_path, [(A, -1), (B, -1)])
    assert [str(quad) for quad in store] == [A]
    with pytest.raises(UnsettledError):
        turned(store, shared, tmp_path, [(A, -2)])


def test_what_stands_is_what_is_given_and_what_follows_from_it_after_any_changes(tmp_path):
    """A model that counts everything: facts, and what follows where it is no fact."""
    chance, store, shared = random.Random(3), Store(), {}
    triples = (A, B, LOCATED, TURNED, f"<http://b> {terms.zg('locatedIn')} <http://a>")
    facts, follows = Counter(), Counter()
    for _ in range(200):
        steps = [[], []]
        for given, changes in zip((facts, follows), steps, strict=True):
            for triple in chance.sample(triples, chance.randrange(4)):
                change = chance.choice([1, 1, -1] if given[triple] else [1])
                given[triple] += change
                changes.append((triple, change))
        turned(store, shared, tmp_path, *steps)
        plain = {triple for triple, number in facts.items() if number}
        brought = {triple for quad in parsed(sorted(plain)) for triple, _, _ in consequences(quad)}
        inferred = brought | {triple for triple, number in follows.items() if number}
        told = {str(quad.triple) for quad in store if quad.graph_name == terms.INFERRED}
        assert (({str(quad) for quad in store} & plain), told) == (plain, inferred - plain)
        assert len(store) == len(plain) + len(inferred - plain)

"""Are relations between companies found in financial news? FinRE's test sentences, with the two companies given.

FinRE labels a pair of companies in a sentence with one of 44 relations; ours has few of them. Compared is what both
schemes have, by this mapping (the label is read from head to tail; 被… is the same pair the other way round):
  head invests tail              收购 入股 注资 增持 持股, and 拟收购 with the status planned
  tail affiliatedWith head       拥有 (a company owned)
合作 竞争 签约 合资 and the other labels have no counterpart: a pair that bears only such labels must get neither of
the two relations. 自己 (one company with itself) is left out. FinRE has put <N> for every number; we put 10.

The sentence is read by the program as usual, but the two companies are given: whatever names it found there itself give
way. A claim counts whatever its status; precision is also given with the labels that border on owning (合资 成立 买资
重组 合并 借壳 转让 减持 发行) taken as right.

usage: finre.py [--data FOLDER] [--file test] [--first N]        prints Markdown
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kg import rules
from kg.extract.extraction import scene
from kg.extract.relations.claims import claims
from kg.extract.scene.naming import Naming
from kg.extract.text.sentences import half_width
from kg.records import Document, EntityType, Referent, Relation, Sentence

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "finre"
INVESTS = frozenset({"收购", "入股", "注资", "增持", "持股", "拟收购"})
OWNS = frozenset({"拥有"})
NEAR = frozenset({"合资", "成立", "买资", "重组", "合并", "借壳", "转让", "减持", "发行"})
LABELS = {"invests": INVESTS, "affiliatedWith": OWNS}
Pair = tuple[str, str]


@dataclass(slots=True)
class Score:
    """Counts of one relation."""

    required: int = 0
    found: int = 0
    read: int = 0
    right: int = 0
    near: int = 0
    by_label: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def labelled(folder: Path, name: str) -> dict[str, dict[Pair, set[str]]]:
    """Sentence -> (head, tail) -> labels, each read from head to tail."""
    found: dict[str, dict[Pair, set[str]]] = {}
    lines = (folder / f"{name}.txt").read_bytes().decode("utf-8").split("\n")
    for line in filter(None, (line.strip("\r") for line in lines)):
        head, tail, label, text = line.split("\t")
        if label == "自己" or head == tail:
            continue
        pair = (tail, head) if label.startswith("被") else (head, tail)
        found.setdefault(text, {}).setdefault(pair, set()).add(label.removeprefix("被"))
    return found


def stated(text: str, pairs: list[Pair], knowledge: rules.Rules) -> set[tuple[str, Pair]]:
    """The relations we read among the given companies: name of the relation with investor or owner first."""
    plain = text.replace("<N>", "10")
    read, _ = scene(Document(plain, "finre"), knowledge)
    given = sorted({name.replace("<N>", "10"): name for pair in pairs for name in pair}.items())
    index = {name: len(read.referents) + i for i, (name, _) in enumerate(given)}
    placed = [n for s in read.sentences for n in _placed(s, index)]
    kept = [n for n in read.namings if not any(_overlap(n, p) for p in placed)]
    referents = read.referents + tuple(_company(name) for name, _ in given)
    found, _ = claims(replace(read, referents=referents, namings=tuple(sorted([*kept, *placed]))), ())
    whole = {index[name]: original for name, original in given}
    held = [(c.relation, whole.get(c.subject), whole.get(-1 if c.object is None else c.object)) for c in found]
    return {r for relation, a, b in held if a and b and (r := _ours(relation, a, b))}


def _ours(relation: Relation, subject: str, object_: str) -> tuple[str, Pair] | None:
    """A claim as one of the compared relations, investor or owner first."""
    if relation is Relation.INVESTS:
        return "invests", (subject, object_)
    if relation is Relation.FUNDED_BY:
        return "invests", (object_, subject)
    return ("affiliatedWith", (object_, subject)) if relation is Relation.AFFILIATED_WITH else None


def _company(name: str) -> Referent:
    return Referent(name, EntityType.COMPANY, (), (), (), "given")


def _placed(sentence: Sentence, index: dict[str, int]) -> Iterator[Naming]:
    """The given names in a sentence, the longer before the shorter where they overlap."""
    taken: list[range] = []
    for name in sorted(index, key=lambda n: (-len(n), n)):
        wanted = "".join(half_width(c) for c in name)
        at = sentence.text.find(wanted)
        while at >= 0:
            here = range(at, at + len(wanted))
            if not any(here.start < t.stop and t.start < here.stop for t in taken):
                taken.append(here)
                yield Naming(sentence.index, at, here.stop, index[name], EntityType.COMPANY)
            at = sentence.text.find(wanted, at + 1)


def _overlap(one: Naming, other: Naming) -> bool:
    return one.sentence == other.sentence and one.start < other.end and other.start < one.end


def count(scores: dict[str, Score], marked: dict[Pair, set[str]], read: set[tuple[str, Pair]]) -> None:
    """Add one sentence to the scores."""
    for name, labels in LABELS.items():
        score = scores[name]
        for pair, given in marked.items():
            for label in sorted(given & labels):
                score.by_label[label][0] += 1
                score.by_label[label][1] += (name, pair) in read
            score.required += bool(given & labels)
            score.found += bool(given & labels) and (name, pair) in read
        for pair in (p for n, p in read if n == name):
            given = marked.get(pair, set())
            either = given | marked.get((pair[1], pair[0]), set())
            score.read += 1
            score.right += bool(given & labels)
            score.near += bool(given & (INVESTS | OWNS) or either & NEAR)


def measure_all(folder: Path, name: str, first: int | None) -> tuple[dict[str, Score], int]:
    """Scores by relation, and over how many sentences."""
    knowledge = rules.load()
    scores = {relation: Score() for relation in LABELS}
    rows = list(islice(labelled(folder, name).items(), first))
    for text, marked in rows:
        count(scores, marked, stated(text, sorted(marked), knowledge))
    return scores, len(rows)


def table(scores: dict[str, Score], sentences: int, name: str) -> str:
    """The scores as Markdown."""
    rows = [
        f"FinRE {name}: {sentences:,} sentences, companies given.\n",
        "| | required | found | recall | read | right | precision | precision with bordering labels |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for relation, s in scores.items():
        shares = [f"{a / b:.3f}" if b else "–" for a, b in ((s.found, s.required), (s.right, s.read), (s.near, s.read))]
        rows.append(
            f"| {relation} | {s.required} | {s.found} | **{shares[0]}** | {s.read} | {s.right} | **{shares[1]}** "
            f"| {shares[2]} |"
        )
    rows += ["\n| label | as | required | found |", "|---|---|---|---|"]
    for relation, s in scores.items():
        rows += [f"| {label} | {relation} | {a} | {b} |" for label, (a, b) in sorted(s.by_label.items())]
    return "\n".join(rows)


def main() -> None:
    """Read the options, print the table."""
    options = argparse.ArgumentParser(description="FinRE's company relations against our claims")
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--file", default="test")
    options.add_argument("--first", type=int, help="only so many sentences")
    given = options.parse_args()
    print(table(*measure_all(given.data, given.file, given.first), given.file))


if __name__ == "__main__":
    main()

"""Invented sentences in the wordings of news, pages and notices: each states the relations that stand behind it.

A line of wordings/*.txt is `text => subject relation object; … !status`; ⏎ is a line's end, nothing behind => where no
relation may be read. Lines that begin with ~ are not read yet: they must fail, so that they are taken off when they do
not.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import rules as rules_room
from kg.extract.extraction import extraction
from kg.records import HELD_BACK, Claim, Document, Extraction

RULES = rules_room.load()
FOLDER = Path(__file__).parent / "wordings"
BUILT = frozenset({"place-chain", "name-place", "name-parent"})


def _lines() -> Iterator[object]:
    for file in sorted(FOLDER.glob("*.txt")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                marks = [pytest.mark.xfail(strict=True, reason="not read yet")] if line.startswith("~") else []
                yield pytest.param(line.removeprefix("~ "), id=f"{file.stem}-{number}", marks=marks)


def wanted(facts: str) -> dict[str, str]:
    parts = [part.strip().partition(" !") for part in facts.split(";") if part.strip()]
    return {fact: status for fact, _, status in parts}


def written(read: Extraction, claim: Claim) -> str:
    other = claim.year or (read.referents[claim.object].name if claim.object is not None else "")
    return " ".join(filter(None, [read.referents[claim.subject].name, claim.relation.value, other, claim.title]))


@pytest.mark.parametrize("line", list(_lines()))
def test_a_wording_states_its_relations(line):
    text, _, facts = line.partition("=>")
    read = extraction(Document(text.strip().replace("⏎", "\n"), "wording.txt", issued="2025-03-02"), RULES)
    found = {written(read, c): c.status for c in read.claims}
    for fact, status in wanted(facts).items():
        assert fact in found
        assert found[fact] == status if status else found[fact] not in HELD_BACK
    if not facts.strip():
        assert [written(read, c) for c in read.claims if c.rule not in BUILT] == []

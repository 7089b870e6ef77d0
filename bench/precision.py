"""How often each rule is right, measured on the texts that rules are developed on: ontology/patterns/precision.tsv.

usage: precision.py [--check]       writes the table; with --check it only says whether the committed one is fresh

The confidence of a claim is (right+1)/(fired+2) of the rule that read it: what fired seldom is trusted little. A rule
that never fired on these texts has no row, and its claims no confidence. Texts set aside do not count.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from yardstick import DEVELOPED, ROOT, developed, measured, yards

if TYPE_CHECKING:
    from kg.answers.evaluate import Score
    from kg.answers.evaluation.ledger import Fired

FILE = ROOT / "ontology" / "patterns" / "precision.tsv"
_HEAD = """\
# How often each rule was right on annotated texts: confidence is (right+1)/(fired+2). Made by bench/precision.py.
# source: {texts} texts annotated for this project: {corpus} articles on zones and parks, {own} notices and bulletins of
#   tests/gold/own, {wiki} paragraphs of tests/gold/cc-by-sa; texts set aside for scoring are not among them
# edition: rules and gold of this commit; {fired} readings by {rules} rules, {right} of them right
# licence: MIT (counts; nothing of the texts)
rule\tfired\tright\tconfidence
"""


def table(found: Mapping[str, Score]) -> str:
    """The table for the scores of the yards developed on."""
    from kg.answers.evaluation.ledger import added

    rules = added(score.rules for score in found.values())
    own, wiki = (len(found[name].docs) for name in ("own", "encyclopedia"))
    head = _HEAD.format(
        texts=sum(len(score.docs) for score in found.values()), corpus=len(DEVELOPED), own=own, wiki=wiki,
        rules=len(rules), fired=sum(n.fired for n in rules.values()), right=sum(n.right for n in rules.values()),
    )  # fmt: skip
    return head + "".join(f"{name}\t{n.fired}\t{n.right}\t{confidence(n)}\n" for name, n in sorted(rules.items()))


def confidence(n: Fired) -> Decimal:
    """The rule of succession, to three digits."""
    return (Decimal(n.right + 1) / Decimal(n.fired + 2)).quantize(Decimal("0.001"))


def main() -> int:
    """Write the table, or compare."""
    fresh = table(developed({yard.name: measured(yard) for yard in yards() if not yard.aside}))
    if "--check" in sys.argv:
        same = FILE.is_file() and FILE.read_text("utf-8") == fresh
        print("fresh" if same else f"{FILE.relative_to(ROOT)} is not what the rules reach; run bench/precision.py")
        return 0 if same else 1
    FILE.write_text(fresh, "utf-8")
    print(f"{FILE.relative_to(ROOT)}: {fresh.count(chr(10)) - 6} rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())

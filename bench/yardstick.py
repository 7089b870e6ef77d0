"""The annotated texts by which the extraction is measured, and what it reaches on them.

Four texts of the corpus are set aside: of them only rows are told, never errors, so that no rule is made for them.
The graphs are made without the table of precision, which is itself measured on them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.answers.evaluate import Score

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
OWN = ROOT / "tests" / "gold"
SEED = "000_8643faa9eca49758"
DEVELOPED = (SEED, "01", "04", "05", "06", "07", "12", "16")
ASIDE = ("14", "15", "20", "28")
TWINS = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Yard:
    """Texts that are measured together; `aside` where nothing but their rows may be told."""

    name: str
    gold: tuple[Path, ...]
    texts: tuple[Path, ...]
    aside: bool = False


def yards() -> tuple[Yard, ...]:
    """All of them, but for the twins."""
    texts = (CORPUS / "texts", ROOT / "seeds")
    return (
        Yard("developed on", _files(DEVELOPED), texts),
        Yard("set aside", _files(ASIDE), texts, aside=True),
        Yard("own", tuple(sorted((OWN / "own" / "gold").glob("*.json"))), (OWN / "own" / "texts",)),
        Yard("blind", tuple(sorted((OWN / "blind" / "gold").glob("*.json"))), (OWN / "blind" / "texts",), aside=True),
        Yard("encyclopedia", tuple(sorted((OWN / "cc-by-sa" / "gold").glob("*.json"))), (OWN / "cc-by-sa" / "texts",)),
    )


def _files(docs: Sequence[str]) -> tuple[Path, ...]:
    return tuple(CORPUS / "gold" / f"{doc}.json" for doc in docs)


def scores() -> dict[str, Score]:
    """What the extraction reaches on each yard by its name, and on the seed's twins."""
    with tempfile.TemporaryDirectory(prefix="twins-") as folder:
        return {yard.name: measured(yard) for yard in (*yards(), *_twins(Path(folder)))}


def measured(yard: Yard) -> Score:
    """What the extraction reaches on one yard."""
    from kg.answers.evaluate import evaluated
    from kg.rules import load

    aside = {file.stem for file in yard.gold} if yard.aside else set()
    return evaluated(yard.gold, yard.texts, aside=aside, rules=replace(load(), precision={}))


def _twins(folder: Path) -> tuple[Yard, ...]:
    """The seed's twins, written anew into a folder; each by itself, since they share names."""
    sys.path.insert(0, str(ROOT / "tests" / "twin"))
    import twin

    twin.write(folder, TWINS)
    return tuple(Yard(f"twin {letter}", (folder / f"twin-{letter}.json",), (folder,)) for letter in TWINS)


def developed(found: Mapping[str, Score]) -> dict[str, Score]:
    """The scores of the yards on which errors may be read."""
    kept = [yard.name for yard in yards() if not yard.aside]
    return {name: found[name] for name in kept}

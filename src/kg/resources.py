"""Where the files that ship with the program lie: in a checkout, an editable install and a wheel alike."""

from __future__ import annotations

from pathlib import Path

from kg.errors import RulesError

_PACKAGE = Path(__file__).resolve().parent


def ontology() -> Path:
    """The folder of the ontology, lexicon, patterns and queries; RulesError where the installation lacks it."""
    for folder in (_PACKAGE / "ontology", _PACKAGE.parent.parent / "ontology"):
        if (folder / "zonegraph.ttl").is_file():
            return folder
    raise RulesError(f"no ontology beside {_PACKAGE}: install zonegraph again")

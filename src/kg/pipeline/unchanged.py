"""Whether a graph would come out as it is: then it need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import StoreError
from kg.pipeline.ledger import State, Text
from kg.rules import Rules
from kg.store import generations
from kg.store.embedded import open_graph
from kg.store.manifest import Manifest


@cache
def program() -> str:
    """The hash of all code and of the ontology: whatever is changed in them may change a graph."""
    digest = hashlib.sha256()
    package = Path(resources.__file__).parent
    files = [*package.rglob("*.py"), *(p for p in resources.ontology().rglob("*") if p.is_file())]
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def made_of(texts: Sequence[Text], decisions: Sequence[str], base: str, rules: Rules, page: bool) -> str:
    """The hash of everything that a graph's folder hangs on; where a text lies is not part of it."""
    from kg.extract.tags import fingerprint

    told = [(t.sha256, t.name, t.title, t.issued, t.source, t.url, t.authors) for t in texts]
    said = json.dumps([told, decisions, base, page, rules.hash, fingerprint(), program()], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def whole(folder: Path, state: State | None, wanted: str) -> Manifest | None:
    """The manifest of the folder's graph where it was made of just this and all of it is there; None otherwise."""
    if state is None or state.made is None or state.made.of != wanted:
        return None
    try:
        found = generations.current(folder)
        sound = all(_has(folder / name, digest) for name, digest in found.files.items())
        return found if sound and len(open_graph(folder)) == state.made.statements else None
    except (StoreError, OSError, RuntimeError):
        return None


def _has(file: Path, digest: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == digest

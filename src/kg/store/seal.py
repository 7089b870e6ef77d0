"""Whether a store's files are whole: an engine that finds its list of files cut short takes the part for all."""

from __future__ import annotations

from pathlib import Path

NAME = "sizes"
_UNSEALED = ("LOCK", "LOG", NAME)


def seal(place: Path) -> None:
    """Write down the size of each file of a finished store, beside them."""
    lines = [f"{size} {name}\n" for name, size in sorted(_sizes(place).items())]
    (place / NAME).write_text("".join(lines), "utf-8")


def broken(place: Path) -> str | None:
    """The first file that is not as long as it was, None where all are; a store that nobody sealed is not judged."""
    try:
        lines = (place / NAME).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return None
    sizes = _sizes(place)
    sealed = (line.partition(" ") for line in lines)
    return next((name for size, _, name in sealed if str(sizes.get(name)) != size), None)


def _sizes(place: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in place.iterdir() if path.name not in _UNSEALED}

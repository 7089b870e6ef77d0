"""Where the project's things lie, and how a test runs `kg`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEED = ROOT / "seeds" / "000_8643faa9eca49758.txt"
Kg = subprocess.Popen[bytes]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)


def environment(**extra: str) -> dict[str, str]:
    """This process's environment in which a child finds the checkout's `kg` and no setting of its user."""
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1"} | extra


def kg_command(*arguments: str | Path) -> list[str]:
    """The command line of `kg` in this interpreter."""
    return [sys.executable, "-m", "kg", *map(str, arguments)]


@contextmanager
def started(*arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None, **pipes: Any) -> Iterator[Kg]:
    """`kg …` until it ends by itself; killed with all it has started when the block fails.

    It heeds Ctrl-C wherever the tests were started: a shell's background passes its deafness on.
    """
    with subprocess.Popen(
        kg_command(*arguments), cwd=cwd, env=env or environment(), start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler), **pipes,
    ) as running:  # fmt: skip
        try:
            yield running
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            raise


def run_kg(
    *arguments: str | Path, cwd: Path = ROOT, stdin: str | bytes = b"", timeout: float = 300, **env: str
) -> subprocess.CompletedProcess[str]:
    """`kg …` as its user runs it: a process of its own, its outputs as text; its workers end with it."""
    data, pipe = stdin.encode() if isinstance(stdin, str) else stdin, subprocess.PIPE
    with started(*arguments, cwd=cwd, env=environment(**env), stdin=pipe, stdout=pipe, stderr=pipe) as running:
        out, err = running.communicate(data, timeout=timeout)
    return subprocess.CompletedProcess(running.args, running.returncode, out.decode(), err.decode())


def build(*inputs: str | Path, out: Path, options: tuple[str, ...] = (), cwd: Path = ROOT, **env: str) -> Path:
    """The folder of a `kg build` that must succeed."""
    done = run_kg("build", *inputs, "--out", out, *options, cwd=cwd, **env)
    assert done.returncode == 0, done.stderr
    return out

"""A build that is killed leaves no worker behind."""

import os
import signal
import subprocess
import sys
import time

from project import environment

TEXT = "霁川高新区位于霁川市，2024年地区生产总值1234.5亿元，同比增长6.1%。" * 3000


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in listed.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return not state.startswith("Z")


def eventually(test, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not test() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(test())


def test_the_workers_of_a_killed_build_end(tmp_path):
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"第{n}篇。{TEXT}", "utf-8")
    command = [sys.executable, "-m", "kg", "build", tmp_path, "--out", tmp_path / "out", "--workers", "2"]
    build = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert eventually(lambda: len(children(build.pid)) >= 2, 60)
        workers = children(build.pid)
    finally:
        build.send_signal(signal.SIGKILL)
        build.wait()
    assert eventually(lambda: not any(map(alive, workers)), 30)

"""A standalone Spark cluster on loopback, out of the pyspark package itself: one master, two workers of one core."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

JAVA = shutil.which("java") or os.environ.get("JAVA_HOME")
MISSING = "no Java" if JAVA is None else "no pyspark" if find_spec("pyspark") is None else None
PATIENCE = 120
_LIGHT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# Jobs of a second are not worth a compiler: this halves what a run of a test costs, and changes nothing in its result.
QUICK = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_SUBMIT_ARGS": f'--driver-java-options "{_LIGHT}" --conf "spark.executor.extraJavaOptions={_LIGHT}" '
    "--conf spark.sql.codegen.wholeStage=false --conf spark.executor.memory=512m pyspark-shell",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def waited(until: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE} s"
        time.sleep(0.1)


class Cluster:
    """The master's URL and the processes; each worker leads a group of processes with its executors."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        home = Path(find_spec("pyspark").origin).parent
        self.program = str(home / "bin" / "spark-class")
        self.processes = {"master": self._started("master", "Master", "--port", str(self.port))}
        waited(lambda: "I have been elected leader" in self.log("master"), "master")
        for name in ("one", "two"):
            options = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / name), self.url)
            self.processes[name] = self._started(name, "Worker", *options)
        waited(lambda: self.log("master").count("Registering worker") == 2, "workers")

    def _started(self, name: str, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [self.program, f"org.apache.spark.deploy.{kind.lower()}.{kind}", "--host", "127.0.0.1"]
        command += ["--webui-port", str(free_port()), *options]
        light = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _LIGHT, "PYSPARK_PYTHON": sys.executable}
        env = os.environ | QUICK | light
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def executors(self, name: str) -> int:
        """How many executors a worker has started."""
        return self.log(name).count("Asked to launch executor")

    def kill(self, name: str) -> None:
        """Kill a process and all that it has started, without a word."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        for name in list(cluster.processes):
            cluster.kill(name)

"""Real SPARQL stores on loopback, each with its data in a folder of the test, and what stands between them and us."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
VIRTUOSO = shutil.which("virtuoso-t")
VIRTUOSO_LOGIN = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
PATIENCE = 60
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
MaxQueryMem = 500M
ThreadsPerQuery = 1
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
MaxKeepAlives = 5
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], folder: Path, ready: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server until the block ends; it is there when `ready` answers."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(process, ready, folder)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(ready, params={"query": "ASK {}"}, trust_env=False, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {ready}: {(folder / 'server.log').read_text('utf-8', 'replace')[-2000:]}")


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The URL of an Oxigraph server with an empty store."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [str(OXIGRAPH), "serve", "--location", "data", "--bind", url.removeprefix("http://")]
    with running(command, folder, f"{url}/query"):
        yield url


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The URL of a Virtuoso with an empty store; its user and password are those of `VIRTUOSO_LOGIN`."""
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port), "utf-8")
    url = f"http://127.0.0.1:{port}/sparql"
    with running([str(VIRTUOSO), "+foreground", "+configfile", "virtuoso.ini"], folder, url):
        yield url


class Gate:
    """A port that passes connections on to a server, cuts the first few of them, and keeps what clients said."""

    def __init__(self, target: str, *, cut: int = 0) -> None:
        host, _, port = target.removeprefix("http://").partition(":")
        self.target, self.cut, self.heard = (host, int(port)), cut, bytearray()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self) -> Gate:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.cut > 0:
                self.cut -= 1
                near.close()
                continue
            far = socket.create_connection(self.target)
            for source, sink, note in ((near, far, self.heard.extend), (far, near, lambda _: None)):
                threading.Thread(target=_pass, args=(source, sink, note), daemon=True).start()


def _pass(source: socket.socket, sink: socket.socket, note: Callable[[bytes], None]) -> None:
    try:
        while data := source.recv(1 << 16):
            note(data)
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

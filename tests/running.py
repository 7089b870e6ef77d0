"""A `kg serve` in a process of its own, and requests to it as they go over the wire."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from project import ROOT, environment, kg_command

TOKEN = "token-of-the-tests-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(9)) + " }"
_ADDRESS = re.compile(r" at (http://\S+:(\d+)\S*/) ")


@dataclass
class Answer:
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Running:
    """A server; `log` grows while it runs."""

    process: subprocess.Popen
    folder: Path
    port: int
    url: str
    log: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None,
            timeout: float = 30) -> Answer:  # fmt: skip
        """A request, sent as it is given."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            content = response.read()
            fields = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, fields, content, time.monotonic() - began)
        finally:
            connection.close()

    def query(self, text: str, accept: str = "text/csv", **more: float) -> Answer:
        return self.ask("GET", f"/sparql?query={quote(text, safe='')}", {"Accept": accept}, **more)

    def update(self, text: str, headers: dict[str, str] | None = None) -> Answer:
        given = {"Content-Type": "application/sparql-update", **BEARER, **(headers or {})}
        return self.ask("POST", "/sparql", given, text.encode())

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def running(folder: Path, *options: str | Path, first: str = "") -> Iterator[Running]:
    """`kg serve` on a free port, ended with the block; `first` is Python that runs before it."""
    arguments = ["serve", "--graph", folder, "--port", "0", *options]
    command = kg_command(*arguments)
    if first:
        command = [sys.executable, "-c", f"{first}; from kg.cli.main import main; main()", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    found = _ADDRESS.search(line)
    if not found:
        process.kill()
        raise AssertionError(line + process.stderr.read())
    server = Running(process, folder, int(found[2]), found[1], [line])
    reader = threading.Thread(target=lambda: server.log.extend(process.stderr), daemon=True)
    reader.start()
    try:
        yield server
    finally:
        process.kill()
        process.wait()
        reader.join(5)
        process.stderr.close()


def raw(port: int, data: bytes, *, pause: float = 0.0, timeout: float = 30) -> bytes:
    """What comes back for bytes sent as they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(data)
        time.sleep(pause)
        received = b""
        while piece := connection.recv(65536):
            received += piece
        return received


def token_file(folder: Path) -> Path:
    """A file with the token of the tests."""
    file = folder / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o600)
    return file

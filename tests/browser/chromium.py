"""Debian's Chromium through its debugging pipe: what a test needs of a browser in a hundred lines.

A pipe and not a port, so that the network can be cut; no driver of another project, since those bring a second
browser's worth of files (playwright: 165 MB) to send the same handful of messages.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from project import CHROMIUM

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--no-default-browser-check", "--force-color-profile=srgb", "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 30.0


class Tab:
    """One page: `requests`, `messages` (console, errors, policy violations) and `dialogs` gather as it lives."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer, self._buffer = reader, writer, b""
        self._number, self._session = 0, ""
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.dialogs: list[str] = []
        self._loaded = False

    def attach(self) -> None:
        """Takes hold of a fresh page with the network cut."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._reader], [], [], _PATIENCE)
            assert ready, "Chromium is silent"
            data = os.read(self._reader, 1 << 20)
            assert data, "Chromium has gone"
            self._buffer += data
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.messages.append(str([arg.get("value", arg.get("description")) for arg in params["args"]]))
        elif method == "Runtime.exceptionThrown":
            self.messages.append(str(params["exceptionDetails"].get("exception", params["exceptionDetails"])))
        elif method == "Log.entryAdded":
            self.messages.append(params["entry"]["text"])
        elif method == "Page.javascriptDialogOpening":
            self.dialogs.append(params["message"])
            os.write(self._writer, self._dismissal())
        elif method == "Page.loadEventFired":
            self._loaded = True

    def _dismissal(self) -> bytes:
        message = {"id": 0, "sessionId": self._session, "method": "Page.handleJavaScriptDialog"}
        return json.dumps({**message, "params": {"accept": False}}).encode() + b"\0"

    def open(self, url: str) -> None:
        """Loads the address and waits for the load event."""
        self._loaded = False
        self.send("Page.navigate", url=url)
        self.until(lambda: self._loaded)

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression; promises are waited for."""
        found = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def until(self, done: Any, seconds: float = 10.0) -> None:
        """Waits until `done()` holds."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "nothing came of it"
            time.sleep(0.02)
            self.send("Page.getFrameTree")  # reads what has happened meanwhile, with scripts off too

    def wait(self, expression: str) -> None:
        """Waits until a JavaScript expression is true."""
        self.until(lambda: self.run(expression))

    def pause(self, milliseconds: int) -> None:
        """Lets the page go on for a while."""
        self.run(f"new Promise(r => setTimeout(r, {milliseconds}))")

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """The window's size and the scheme the user prefers; nothing is animated."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.send("Emulation.setEmulatedMedia", features=features)

    def click(self, x: float, y: float, count: int = 1) -> None:
        """A real click of the mouse."""
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for turn in range(1, count + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=turn)

    def key(self, key: str) -> None:
        """A key pressed and let go; one character is typed."""
        typed = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        code = {
            "Enter": 13,
            "Escape": 27,
            "Backspace": 8,
            "ArrowLeft": 37,
            "ArrowUp": 38,
            "ArrowRight": 39,
            "ArrowDown": 40,
        }
        number = code.get(key, ord(key.upper()) if len(key) == 1 else 0)
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=number, **typed)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=number)

    def type(self, text: str) -> None:
        """Text as an input method gives it."""
        self.send("Input.insertText", text=text)

    def picture(self, file: Path) -> None:
        """The window as a PNG."""
        import base64

        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def browser() -> Iterator[Tab]:
    """A fresh Chromium with one page; ended and swept away afterwards."""
    assert CHROMIUM is not None, "no chromium on the path"
    to_browser, from_browser = os.pipe(), os.pipe()
    home = tempfile.mkdtemp(prefix="kg-chromium-")
    process = _start(to_browser[0], from_browser[1], home)
    os.close(to_browser[0]), os.close(from_browser[1])
    tab = Tab(from_browser[0], to_browser[1])
    try:
        tab.attach()
        yield tab
    finally:
        process.terminate()
        process.wait(10)
        os.close(from_browser[0]), os.close(to_browser[1])
        shutil.rmtree(home, ignore_errors=True)


def _start(reader: int, writer: int, home: str) -> subprocess.Popen[bytes]:
    """Chromium with the two ends of the pipe where it looks for them: descriptors 3 and 4."""
    low = {3, 4}
    reader, writer = (os.dup(fd) if fd in low else fd for fd in (reader, writer))
    script = f'exec 3<&{reader} 4>&{writer}; exec "$0" "$@"'
    command = ["bash", "-c", script, str(CHROMIUM), *_FLAGS, f"--user-data-dir={home}", "about:blank"]
    return subprocess.Popen(command, pass_fds=(reader, writer), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

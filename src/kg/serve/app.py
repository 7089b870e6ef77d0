"""The sockets: uvicorn carries requests to `respond` and its responses back. Nothing is decided here but lengths and
times, without which a request would never be whole."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import UsageError
from kg.serve import log as logs
from kg.serve.messages import Request, Response, said
from kg.serve.protocol import respond
from kg.serve.readers import Room
from kg.serve.serving import Serving, Watched
from kg.serve.settings import Settings
from kg.serve.state import State

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# A GET carries its query in the address, so that heads may be larger than elsewhere.
_HEAD, _HEAD_SECONDS, _BODY_SECONDS, _IDLE_SECONDS = 64 << 10, 15, 60, 30
_CONNECTIONS, _SPARE = 1000, 16


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; UsageError where it cannot."""
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    try:
        listener = socket.create_server((name, port), family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"serve: cannot listen at {host} port {port}: {reason}; choose another --port") from None
    # Connections inherit it. Without it a head waits for its body until the client acknowledges, which takes 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(
    listener: socket.socket, settings: Settings, engine: Serving, room: Room, *, debug: bool, quiet: bool
) -> None:
    """Answer requests until SIGTERM or Ctrl-C, then those that have begun, and return."""
    log = logs.begun(debug=debug, quiet=quiet)
    threads = ThreadPoolExecutor(room.waiting + room.quick + room.slow + _SPARE, thread_name_prefix="request")
    app = _App(settings, engine, threads, lambda *told: logs.told(log, *told))
    config = uvicorn.Config(
        app, http=_Hurried, lifespan="off", ws="none", log_config=None, access_log=False, proxy_headers=False,
        server_header=False, limit_concurrency=_CONNECTIONS, timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_IDLE_SECONDS, h11_max_incomplete_event_size=_HEAD,
    )  # fmt: skip
    try:
        asyncio.run(_Server(config).serve(sockets=[listener]))
    finally:
        engine.close()
        threads.shutdown(wait=False, cancel_futures=True)


class _Server(uvicorn.Server):
    """Ends by itself when it is told to, instead of passing the signal on to the process afterwards."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


class _Hurried(H11Protocol):
    """Gives a client only so long for the head of a request, which uvicorn itself would wait for for ever."""

    _overdue = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_HEAD_SECONDS, self._look)

    def _look(self) -> None:
        """Close a connection on which a head was under way at the look before, and still is."""
        if self.transport.is_closing():
            return
        cycle: Any = self.cycle
        under_way = cycle is None or (cycle.response_complete and self.conn.trailing_data[0] != b"")
        if under_way and self._overdue:
            self.transport.close()
            return
        self._overdue = under_way
        self.loop.call_later(_HEAD_SECONDS, self._look)


@dataclass(frozen=True, slots=True)
class _App:
    """The ASGI application."""

    settings: Settings
    engine: Serving
    threads: ThreadPoolExecutor
    told: Callable[[Request, Response, float], None]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        began = time.monotonic()
        request = _request(scope)
        response, more = await self._response(request, receive)
        await _sent(response, send)
        self.told(more, response, time.monotonic() - began)

    async def _response(self, request: Request, receive: Receive) -> tuple[Response, Request]:
        """The response, and the request with what was read of its body."""
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await _body(request, receive, self.settings.body_limit)
        except TimeoutError:
            return said(408, "the body came too slowly", ("Connection", "close")), request
        whole = replace(request, body=body)
        gone = threading.Event()
        state = State(self.settings, Watched(self.engine, gone.is_set))
        watch = asyncio.create_task(_watched(receive, gone))
        try:
            response = await asyncio.get_running_loop().run_in_executor(self.threads, respond, whole, state)
        finally:
            watch.cancel()
        over = len(body) > self.settings.body_limit
        return (response.with_headers(("Connection", "close")) if over else response), whole


def _request(scope: Message) -> Request:
    """The request's head as a value."""
    headers: dict[str, str] = {}
    for raw, content in scope["headers"]:
        name, value = raw.decode("latin-1").lower(), content.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    path = scope["raw_path"].decode("latin-1")
    query = scope["query_string"].decode("utf-8", "surrogateescape")
    peer = (scope.get("client") or ("",))[0]
    return Request(scope["method"], path, query, headers, b"", scope["scheme"], peer)


async def _body(request: Request, receive: Receive, limit: int) -> bytes:
    """The body, or as much of it as shows that it is too large."""
    length = request.header("content-length")
    if length.isdigit() and int(length) > limit:
        return bytes(limit + 1)
    pieces, size, more = [], 0, True
    while more and size <= limit:
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
    return b"".join(pieces)


async def _watched(receive: Receive, gone: threading.Event) -> None:
    """Notice when the client goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


async def _sent(response: Response, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1", "replace")) for name, value in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})

"""A server as it runs: how it starts and ends, what a slow or broken client gets, what its log holds."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.store import generations
from project import run_kg
from running import BEARER, ENDLESS, TOKEN, Running, raw, running

VALLEYS = "SELECT ?n { ?v a zg:Valley ; skos:prefLabel ?n }"


def test_it_answers(reading):
    answer = reading.query(VALLEYS)
    assert (answer.status, answer.text) == (200, "n\r\n澄湖算谷\r\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "server" not in answer.headers


def test_a_text_is_served_as_it_was_read(reading):
    (text,) = [f for f in (reading.folder / "texts").iterdir() if "按下科创加速键" in f.read_text("utf-8")]
    answer = reading.ask("GET", f"/document/{text.stem}", {"Accept": "text/plain"})
    assert answer.body == text.read_bytes()
    known = {"Accept": "text/plain", "If-None-Match": answer.headers["etag"]}
    again = reading.ask("GET", f"/document/{text.stem}", known)
    assert (again.status, again.body) == (304, b"")


def test_pages_over_the_wire(reading):
    for path, words in [("/id/valley/%E6%BE%84%E6%B9%96%E7%AE%97%E8%B0%B7", "<h1>澄湖算谷</h1>"),
                        ("/sparql?query=ASK%7B%7D", 'class="truth">是<'), ("/sparql", "<form")]:  # fmt: skip
        page = reading.ask("GET", path, {"Accept": "text/html"})
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert words in page.text
        assert "style-src 'sha256-" in page.headers["content-security-policy"]


def test_head_over_the_wire(reading):
    answer = reading.ask("HEAD", "/graph-store?default")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_one_connection_carries_many_requests(reading):
    connection = http.client.HTTPConnection("127.0.0.1", reading.port, timeout=10)
    for _ in range(5):
        connection.request("GET", "/health")
        assert json.loads(connection.getresponse().read())["status"] == "ok"
    connection.close()


# --- starting

@pytest.mark.parametrize(("options", "words"), [
    (("--host", "0.0.0.0"), "--token-file"),
    (("--host", "::"), "--token-file"),
    (("--host", "192.0.2.1"), "--token-file"),
    (("--writable",), "--token-file"),
    (("--token-file", "missing"), "missing"),
    (("--prefix", "kg"), "--prefix"),
    (("--cors", "page.example"), "--cors"),
    (("--name", "http://x"), "--name"),
    (("--reach", "http://x"), "--reach"),
    (("--host", "192.0.2.1", "--open-reading"), "--token-file"),
])  # fmt: skip
def test_an_unsafe_or_senseless_start_is_refused(reading, options, words):
    done = run_kg("serve", "--graph", reading.folder, "--port", "0", *options, timeout=20)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert words in done.stderr


@pytest.mark.parametrize(("options", "reading"), [((), 401), (("--open-reading",), 200)])
def test_on_an_address_that_others_reach_the_token_opens_reading_and_writing(serve, tmp_path, options, reading):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o600)
    server = serve("--host", "0.0.0.0", "--writable", "--token-file", file, *options)
    ask = "/sparql?query=ASK%7B%7D"
    assert server.ask("GET", ask).status == reading
    assert server.ask("GET", ask, BEARER).status == 200
    assert server.ask("GET", "/health").status == 200
    assert server.update("INSERT DATA { <urn:a> <urn:b> 1 }", {"Authorization": ""}).status == 401
    assert server.update("INSERT DATA { <urn:a> <urn:b> 1 }").status == 204


@pytest.mark.parametrize(("content", "mode", "words"), [
    (TOKEN, 0o644, "chmod 600"), ("short", 0o600, "16"), ("", 0o600, "16"), ("two words that are long", 0o600, "16"),
])  # fmt: skip
def test_a_token_that_protects_nothing_is_refused(reading, tmp_path, content, mode, words):
    file = tmp_path / "token"
    file.write_text(content)
    file.chmod(mode)
    done = run_kg("serve", "--graph", reading.folder, "--port", "0", "--writable", "--token-file", file, timeout=20)
    assert done.returncode == 2
    assert words in done.stderr
    assert not content or content not in done.stderr


def test_a_port_that_is_taken_is_named(reading):
    done = run_kg("serve", "--graph", reading.folder, "--port", str(reading.port), timeout=20)
    assert (done.returncode, "choose another --port" in done.stderr) == (2, True)


def test_no_graph_no_server(tmp_path):
    done = run_kg("serve", "--graph", tmp_path, "--port", "0", timeout=20)
    assert (done.returncode, "no graph here" in done.stderr) == (5, True)


# --- clients that do odd things

@pytest.mark.parametrize(("request_", "status"), [
    (b"GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
    (b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    (b"GET /health HTTP/1.0\r\n\r\n", 421),
    (b"GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400),
    (b"nonsense\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999\r\n\r\n", 413),
    (b"POST /sparql HTTP/1.1\r\nHost: HOST\r\nContent-Length: x\r\n\r\n", 400),
    (b"POST /sparql HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
])  # fmt: skip
def test_odd_requests_get_a_plain_no(reading, request_, status):
    received = raw(reading.port, request_.replace(b"HOST", f"127.0.0.1:{reading.port}".encode()), timeout=10)
    assert int(received.split(b" ")[1]) == status
    assert b"Traceback" not in received
    assert reading.ask("GET", "/health").status == 200


def test_a_head_without_end_is_not_read(reading):
    with suppress(ConnectionResetError, BrokenPipeError):
        received = raw(reading.port, b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", timeout=10)
        assert received == b"" or b" 400 " in received
    assert reading.ask("GET", "/health").status == 200


def test_a_body_that_never_ends_is_cut_off(serve):
    server = serve("--max-body", "1")
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            for _ in range(400):
                connection.sendall(chunk)
                time.sleep(0.005)
    assert server.ask("GET", "/health").status == 200


def test_a_head_that_does_not_end_is_given_up(make_folder):
    with running(make_folder(), first="from kg.serve import app; app._HEAD_SECONDS = 0.3") as server:
        for before in (b"", b"GET /health HTTP/1.1\r\nHost: HOST\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
                connection.sendall(before.replace(b"HOST", f"127.0.0.1:{server.port}".encode()) + b"GET /")
                began = time.monotonic()
                while connection.recv(4096):
                    pass
                assert time.monotonic() - began < 3
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        for _ in range(3):
            kept.request("GET", "/health")
            assert kept.getresponse().read()
            time.sleep(0.5)
        kept.close()


def test_idle_connections_keep_nobody_out(reading):
    idle = [socket.create_connection(("127.0.0.1", reading.port), timeout=10) for _ in range(100)]
    for connection in idle:
        connection.sendall(b"GET /health HTTP/1.1\r\n")
    assert reading.query("ASK {}", "application/json").seconds < 2
    for connection in idle:
        connection.close()


# --- the log

def test_the_log_holds_no_secret_and_is_json(serve, tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o600)
    server = serve("--writable", "--token-file", file)
    server.query("SELECT ('问什么' AS ?secret) {}")
    server.update("INSERT DATA { <urn:a> <urn:b> '写什么' }")
    server.ask("GET", "/a%0Apath%1B[31m?token=" + TOKEN, BEARER)
    server.ask("GET", "/health", {"Host": "evil.example"})
    assert server.stop() == 0
    time.sleep(0.2)
    lines = [json.loads(line) for line in server.log[1:]]
    assert [(line["method"], line["status"]) for line in lines] == [
        ("GET", 200), ("POST", 204), ("GET", 404), ("GET", 421),
    ]  # fmt: skip
    assert lines[0].keys() == {"time", "level", "peer", "method", "path", "status", "bytes", "ms"}
    for secret in (TOKEN, "什么", "evil"):
        assert secret not in "".join(server.log)


# --- ending

def children(process: int) -> list[int]:
    """The processes below one, at any depth."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for child in map(int, listed) for found in (child, *children(child))]


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_leaves_nothing_behind(serve, number):
    server = serve()
    server.query(VALLEYS)
    below = children(server.process.pid)
    assert below
    assert server.stop(number) == 0
    time.sleep(0.3)
    assert [process for process in below if alive(process)] == []
    assert "Traceback" not in "".join(server.log)


def test_what_has_begun_is_answered_when_it_ends(serve):
    server = serve("--timeout", "2")
    answers: list = []
    asking = threading.Thread(target=lambda: answers.append(server.query(ENDLESS)))
    asking.start()
    time.sleep(0.7)
    server.process.send_signal(signal.SIGTERM)
    asking.join(15)
    assert answers[0].status == 504
    assert server.process.wait(10) == 0


def unanswered(server: Running) -> None:
    with pytest.raises((OSError, http.client.HTTPException)):
        server.query(ENDLESS)


def test_when_it_is_killed_its_readers_end_too(serve):
    server = serve("--timeout", "0.5")
    threading.Thread(target=unanswered, args=(server,), daemon=True).start()
    time.sleep(0.5)
    below = children(server.process.pid)
    server.stop(signal.SIGKILL)
    end = time.monotonic() + 40
    while any(map(alive, below)) and time.monotonic() < end:
        time.sleep(0.2)
    assert [process for process in below if alive(process)] == []


def test_a_build_beside_it_is_seen(serve, sample_quads):
    server = serve()
    before = json.loads(server.ask("GET", "/health").body)["dataset"]
    assert server.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").status == 200
    generations.commit(server.folder, {}, sample_quads[:10])
    after = json.loads(server.ask("GET", "/health").body)["dataset"]
    assert before != after == generations.current(server.folder).dataset
    assert server.ask("GET", "/graph-store", {"Accept": "application/n-quads"}).body.count(b"\n") == 10


def test_no_answer_waits_for_the_client_to_acknowledge_its_head(reading):
    """Forty milliseconds each, where a socket lacks TCP_NODELAY."""
    connection = http.client.HTTPConnection("127.0.0.1", reading.port, timeout=10)
    times = []
    for _ in range(20):
        began = time.monotonic()
        connection.request("GET", "/health")
        connection.getresponse().read()
        times.append(time.monotonic() - began)
    connection.close()
    assert sorted(times)[len(times) // 2] < 0.02

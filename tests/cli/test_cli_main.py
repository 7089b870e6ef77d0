"""What a call leaves behind: one line of error, an exit code, nothing on a closed pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from project import started

CASES = {
    "no such command": (("frobnicate",), 2, "kg: No such command 'frobnicate'"),
    "no such option": (("query", "--fromat", "csv"), 2, "kg: query: No such option"),
    "no query": (("query",), 2, "kg: query: a query is missing"),
    "no input": (("build", "--out", "x"), 2, "kg: build: Missing argument 'INPUT...'"),
    "no output": (("build", "seeds"), 2, "kg: build: Missing option '--out'"),
    "nothing to read": (("read", "nowhere.txt"), 3, "kg: nowhere.txt: no such file or folder"),
    "nothing to build": (("build", "nowhere.txt", "--out", "x"), 3, "kg: nothing to build: nowhere.txt"),
    "a date that is none": (("build", "seeds", "--out", "x", "--date", "yesterday"), 2, "kg: --date yesterday"),
    "a base that is none": (("build", "seeds", "--out", "x", "--base", "here"), 2, "kg: --base here"),
    "no graph": (("query", "ASK {}", "--graph", "nowhere"), 5, "kg: nowhere: no graph here"),
    "no query file": (("query", "@nowhere.rq"), 2, "kg: query: nowhere.rq: No such file"),
    "no such question": (("query", "walleys"), 2, "kg: query: no question is named walleys; there are valleys"),
    "a query that is no UTF-8": (("query", b"ASK { '\xff' }"), 2, "kg: query: the query: not UTF-8 at byte 7"),
    "no name": (("explain", " "), 2, "kg: explain: the name is empty"),
    "an IRI that is none": (("explain", "http://a b"), 1, "kg: the graph says nothing of <http://a b>"),
    "no gold": (("evaluate", "nowhere"), 2, "kg: evaluate: nowhere: No such file"),
    "csv needs a folder": (("export", "--format", "csv"), 2, "kg: export: csv makes several files"),
    "control characters": (("query", "@\x1b[31m\u202e"), 2, r"kg: query: \x1b[31m\u202e: No such file"),
}


@pytest.mark.parametrize(("arguments", "code", "line"), CASES.values(), ids=CASES)
def test_an_error_is_one_line(arguments, code, line, kg, sample_graph, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("白鹿湾科技园位于浙江省。", "utf-8")
    (tmp_path / "exports").symlink_to(sample_graph)
    done = kg(*map(os.fsdecode, arguments), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("where", [("--debug",), ()])
def test_debug_shows_where(where, kg, tmp_path):
    done = kg("query", "ASK {}", "--graph", tmp_path / "none", *where)
    assert ("Traceback" in done.stderr) is bool(where)
    assert done.stderr.splitlines()[-1].startswith("kg: ")


def test_without_a_command_the_help_is_shown(kg):
    done = kg()
    assert done.returncode == 2
    assert "Commands:" in done.stderr


def test_the_version_is_the_distributions(kg):
    done = kg("--version")
    assert done.returncode == 0
    assert done.stdout.split()[0] == "kg"


def test_a_reader_who_goes_away_hears_nothing(sample_graph):
    """As in `kg export | head -1`: with much more to come than a pipe holds."""
    pipe = subprocess.PIPE
    with started("query", "SELECT * { ?a ?b ?c . ?d ?e ?f }", "--graph", sample_graph, stdout=pipe, stderr=pipe) as kg:
        assert kg.stdout is not None and kg.stderr is not None
        kg.stdout.readline()
        kg.stdout.close()
        assert kg.stderr.read() == b""
        assert kg.wait(timeout=20) == 141


def test_ctrl_c_ends_it_quietly(sample_graph):
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    pipe = subprocess.PIPE
    with started("query", query, "--graph", sample_graph, stdout=pipe, stderr=pipe) as kg:
        time.sleep(1)
        os.killpg(kg.pid, signal.SIGINT)
        out, err = kg.communicate(timeout=20)
    assert (kg.returncode, out, err) == (130, b"", b"")


def test_output_is_utf8_in_any_locale(kg, sample_graph):
    done = kg("query", "valleys", "--graph", sample_graph, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "澄湖算谷" in done.stdout

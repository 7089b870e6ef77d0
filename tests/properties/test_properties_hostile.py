"""Law 4: no text breaks the build, an export or the page, and none becomes code."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import contract
import sample
from project import build, run_kg

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)></script><!--<script>-->]]>{{7*7}}{% raw %}${1}"
FRAGMENTS = {
    "markup": MARKUP,
    "sparql": '} ; DROP ALL # " \\" \\\\ \' """ ?x <urn:x> \\u003e SERVICE <http://x.invalid/> {',
    "turtle": '<urn:a> <urn:b> "c"@zh . @prefix : <#> . """ ^^xsd:decimal \\',
    "bidi": "\u202e\u2066\u2069\u200f\u061c\u200b\ufeff\u00ad",
    "controls": "\x01\x07\x08\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029\r\n",
    "formula": "=cmd|' /C calc'!A0 @SUM(1) +1 -1",
    "beyond the plane": "𠮷𡈽😀👩‍👩‍👧‍👦e\u0301\ufffd\U0010ffff",
    "combining": "高\u0301\u0302\u0303" * 20,
    "numbers": "0" * 400 + "亿元" + "9" * 400 + ".9%1e999999亿元 第一千亿亿亿亿名 00000年99月99日 2024年13月45日",
    "brackets": "（" * 300 + "(" * 300 + "《" * 300 + "”" * 300,
    "runs": "".join(word * 40 for word in ("刚刚", "2024年", "第一", "的", "已于", "国家级", "位于的", "轮", "(")),
    "path": "../../etc/passwd\\..\\CON%00%2f",
}
SENTENCES = (
    "霁川{0}高新区位于霁川市{0}。",
    "霁川晨曦{0}机器人股份有限公司（以下简称“晨{0}曦”）落户霁川高新区。",
    "2024年，霁川高新区{0}实现地区生产总值1234.5亿元{0}，同比增长6.2%。",
    "“{0}”实验室、{0}谷、{0}基金等项目签约{0}。",
    "{0}董事长陆知遥介绍，{0}拟建设{0}产业园项目，总投资超50亿元。",
)


def text_with(fragment: str) -> str:
    """A report in whose names, figures and quotes a fragment stands."""
    return sample.FIRST + "\n".join(sentence.format(fragment) for sentence in SENTENCES) + "\n"


def jsonl(*texts: str) -> bytes:
    """Lines in which lone surrogates stand as JSON escapes."""
    lines = (json.dumps({"id": f"n{i}", "title": text[:40], "text": text}) for i, text in enumerate(texts))
    return "\n".join(lines).encode("ascii")


FORMATS = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
           "nq": ox.RdfFormat.N_QUADS, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, counted; and what stands in its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[tuple[str, ...]] = Counter()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[(tag, *sorted(name for name, _ in attrs))] += 1


def skeleton(folder: Path) -> Counter[tuple[str, ...]]:
    return Skeleton((folder / "graph.html").read_text("utf-8")).tags


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory):
    """The page of a harmless text."""
    top = tmp_path_factory.mktemp("ordinary")
    (top / "text.txt").write_text(sample.FIRST, "utf-8")
    return skeleton(build(top / "text.txt", out=top / "out"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """One build of all fragments; each stands in names, figures and the title."""
    top = tmp_path_factory.mktemp("hostile")
    for name, fragment in FRAGMENTS.items():
        (top / f"{name}.txt").write_bytes((fragment + "\n" + text_with(fragment)).encode("utf-8"))
    done = run_kg("build", *sorted(top.glob("*.txt")), "--out", top / "out", timeout=90)
    assert done.returncode == 0, done.stderr
    return top / "out"


def check_quotes(folder: Path) -> contract.Build:
    """All quotes of a build are the text's own."""
    graph = contract.read(folder)
    pieces = [piece for claims in graph.claims.values() for claim in claims for piece in claim.pieces]
    assert [p for p in pieces if graph.text(p.document)[p.start : p.end] != p.quote] == []
    return graph


def test_quotes_hold(hostile):
    assert len(check_quotes(hostile).instances("Document")) == len(FRAGMENTS)


@pytest.mark.parametrize("form", FORMATS)
def test_exports_parse(hostile, tmp_path, form):
    done = run_kg("export", "--graph", hostile, "--format", form, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(list(ox.parse(path=str(tmp_path / "out"), format=FORMATS[form]))) > 1000


@pytest.mark.parametrize("form", ["graphml", "gexf", "svg", "csv"])
def test_tables_are_written(hostile, tmp_path, form):
    done = run_kg("export", "--graph", hostile, "--format", form, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr


def test_the_page_has_no_tag_that_a_text_made(hostile, ordinary):
    assert set(skeleton(hostile)) <= set(ordinary)
    assert {tag: n for tag, n in skeleton(hostile).items() if tag[0] == "script"} == {
        tag: n for tag, n in ordinary.items() if tag[0] == "script"
    }


def test_the_graph_conforms(hostile):
    done = run_kg("validate", "--graph", hostile)
    assert done.returncode == 0, done.stdout + done.stderr


ASKED = {
    "query": ("query", "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2004/02/skos/core#altLabel> ?o }"),
    "explain": ("explain", "霁川高新区"),
}


@pytest.mark.parametrize("command", ASKED.values(), ids=ASKED)
def test_answers_come(hostile, command):
    done = run_kg(*command, "--graph", hostile)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_lone_surrogates_are_refused_or_read_but_break_nothing(tmp_path):
    """Exit code 3 names a line that is not text; the good one beside it is read in any case."""
    (tmp_path / "lines.jsonl").write_bytes(jsonl(text_with("\ud800"), sample.SECOND, text_with("\udfff\ud800")))
    done = run_kg("build", tmp_path / "lines.jsonl", "--out", tmp_path / "out")
    assert done.returncode in {0, 3}, done.stderr
    assert done.returncode == 0 or "lines.jsonl" in done.stderr
    assert len(check_quotes(tmp_path / "out").instances("Document")) >= 1


LONG = {
    "one megabyte on one line": "霁川高新区位于霁川市，2024年地区生产总值1234.5亿元，" * 12_000,
    "ten thousand quotes": "“霁川”" * 10_000 + "“" * 10_000 + sample.SECOND,
    "no mark to cut at": "霁川" * 60_000 + "。",
    "ten thousand lines": "霁川\n" * 10_000 + sample.SECOND,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_long_texts_are_read_in_time(tmp_path, name):
    """Within three minutes on two cores: nothing in the reading may grow with the square of a text."""
    (tmp_path / "long.txt").write_text(LONG[name], "utf-8")
    done = run_kg("build", tmp_path / "long.txt", "--out", tmp_path / "out", timeout=180)
    assert done.returncode == 0, done.stderr
    check_quotes(tmp_path / "out")


pieces = st.one_of(
    st.sampled_from(sorted(FRAGMENTS.values(), key=len)),
    st.sampled_from([line for text in (sample.FIRST, sample.SECOND) for line in text.splitlines()]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text("霁川高新区谷实验室基金“”《》（），。、；0123456789.%亿元年月日同比增长第一拟将等", max_size=40),
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(pieces, min_size=1, max_size=12))
def test_any_text_gives_a_sound_extraction(texts):
    """In one process: every span lies in the text, every index leads to a referent."""
    from kg import rules
    from kg.extract.extraction import extraction
    from kg.records import Document

    text = "".join(texts)
    if not text.strip():
        return
    reading = extraction(Document(text, "any.txt"), rules.load())
    spans = [s for r in reading.referents for s in (*r.mentions, *r.evidence)]
    spans += [s for c in reading.claims for s in c.evidence] + [s for o in reading.observations for s in o.evidence]
    assert all(span.end <= len(text) for span in spans)
    many = len(reading.referents)
    ends = [i for c in reading.claims for i in (c.subject, c.object) if i is not None]
    assert all(0 <= i < many for i in [*ends, *(o.subject for o in reading.observations)])

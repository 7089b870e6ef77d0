"""The page is one safe file: its policy fits its scripts, its data is no markup, and its bytes are always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from pyoxigraph import Store

from kg import rules
from kg.errors import KgError
from kg.pages import graph_page
from kg.pages.graph_page import page
from project import ROOT, environment


class Parsed(HTMLParser):
    """The elements of a page: `tags` with attributes, `texts` of script, style and title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in ("script", "style", "title"):
            self.texts.append((*self.tags[-1], data))

    def text(self, wanted: str) -> list[str]:
        return [data for tag, attrs, data in self.texts if tag == wanted and "type" not in attrs and data.strip()]


@pytest.fixture(scope="module")
def parsed(html):
    return Parsed(html)


def policy(parsed: Parsed) -> dict[str, list[str]]:
    (content,) = [a["content"] for _, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy"]
    parts = (part.split() for part in str(content).split(";"))
    return {name: values for name, *values in parts}


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_exactly_the_scripts_and_the_style_that_are_there(parsed):
    allowed = policy(parsed)
    assert allowed["script-src"] == [sha256(text) for text in parsed.text("script")]
    assert allowed["style-src"] == [sha256(text) for text in parsed.text("style")]
    assert len(allowed["script-src"]) == 2
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == ["'none'"]
    assert allowed["img-src"] == ["data:", "blob:"]


def test_the_policy_comes_before_everything_it_rules(parsed):
    names = [attrs.get("http-equiv") or tag for tag, attrs in parsed.tags]
    assert names.index("Content-Security-Policy") < min(names.index(tag) for tag in ("style", "script", "link"))


def test_nothing_is_loaded_from_elsewhere(parsed):
    loading = [(tag, attrs) for tag, attrs in parsed.tags if {"src", "href", "srcset", "action"} & set(attrs)]
    assert loading == [("link", {"rel": "icon", "href": "data:,"})]
    assert not [attrs for _, attrs in parsed.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]


@pytest.mark.parametrize("element", ["data", "evidence"])
def test_data_is_json_that_no_browser_reads_as_markup(html, element):
    (text,) = re.findall(rf'<script type="application/json" id="{element}">(.*?)</script>', html, re.DOTALL)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)


def test_a_title_is_text(quads):
    title = "</title><script>alert(1)</script> & “题”"
    parsed = Parsed(page(quads, rules.load(), title=title))
    assert "".join(data for tag, _, data in parsed.texts if tag == "title").strip() == title
    assert len(parsed.text("script")) == 2


def test_same_bytes_whatever_the_order_of_the_quads(quads, html):
    shuffled = random.Random(5).sample(quads, len(quads))
    assert page(shuffled, rules.load()) == html


def test_same_bytes_under_two_hash_seeds(html):
    script = (
        "import sample, sys; from kg import rules; from kg.graph import assemble\n"
        "from kg.pages.graph_page import page\n"
        "found = sample.sample_extractions(); known = rules.load()\n"
        "quads = assemble.quads(found, sample.sample_resolution(found), known)\n"
        "sys.stdout.buffer.write(page(quads, known).encode())"
    )
    for seed in ("1", "2"):
        env = environment(PYTHONHASHSEED=seed)
        env["PYTHONPATH"] += f":{ROOT / 'tests'}"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, check=True)
        assert done.stdout == html.encode()


def test_size(html):
    assert len(html.encode()) < 600_000  # of which vis-network is 469 KB; a seed may take 900 KB in all


def test_the_text_for_readers_without_scripts_counts_as_sparql_does(html, quads):
    store = Store()
    store.extend(quads)
    (text,) = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    query = "SELECT ?t (COUNT(DISTINCT ?e) AS ?n) { ?e a ?t ; zg:mentionedIn ?d } GROUP BY ?t"
    rows = store.query(query, prefixes={"zg": "https://w3id.org/zonegraph/ontology#"})
    counted = {row["t"].value.rsplit("#")[-1]: int(row["n"].value) for row in rows if "zonegraph" in row["t"].value}
    shown = dict(re.findall(r"<h2>(\S+) (\d+)</h2>", text))
    labels = graph_page.vocabulary()
    assert shown == {labels.label(kind)[0]: str(number) for kind, number in counted.items()}


def test_an_empty_graph_has_a_page():
    assert "0 个实体" in page([], rules.load())


def test_a_missing_library_is_named(quads, monkeypatch):
    monkeypatch.setattr(graph_page, "_LIBRARY", ("lib", "vis-0.0.0", "vis.js"))
    with pytest.raises(KgError, match=r"vis-0\.0\.0"):
        page(quads, rules.load())


def test_the_page_of_the_seed_stays_small(seed_build):
    html = (seed_build / "graph.html").read_bytes()
    assert len(html) <= 900_000
    assert len(Parsed(html.decode()).text("script")) == 2

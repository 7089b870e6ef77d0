"""The server's pages in a real Chromium, over HTTP: nothing from elsewhere, nothing in the console, none too wide."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

import hostile
from kg.graph import terms
from kg.store import generations
from running import running

pytestmark = pytest.mark.browser

ZONE = "/id/zone/" + quote("霁川高新区")
NAMES = "SELECT ?s ?name ?quote { ?s skos:prefLabel ?name . GRAPH ?d { ?c rdf:subject ?s ; " \
        "zg:evidence/oa:hasSelector/oa:exact ?quote } }"  # fmt: skip
LONG = "SELECT ?n ?x { VALUES (?n ?x) { ('" + "长" * 300 + "' 1) ('" + "a" * 300 + "' 2) } }"
PAGES = {
    "query": "/sparql",
    "rows": "/sparql?" + urlencode({"query": NAMES}),
    "long": "/sparql?" + urlencode({"query": LONG}),
    "graph": "/sparql?" + urlencode({"query": "CONSTRUCT { ?a zg:locatedIn ?b } { ?a zg:locatedIn ?b }"}),
    "chart": "/sparql?"
    + urlencode({"query": "SELECT ?t (COUNT(?x) AS ?n) { ?x a ?t ; zg:mentionedIn ?d } GROUP BY ?t"}),
    "empty": "/sparql?" + urlencode({"query": "SELECT * { ?x a zg:Nothing }"}),
    "wrong": "/sparql?" + urlencode({"query": "SELECT * {\n ?x }"}),
    "ask": "/ask?" + urlencode({"question": "有哪些园区"}),
    "ask for nothing": "/ask?" + urlencode({"question": "今天天气怎么样"}),
    "compare": "/compare",
    "compared": "/compare?" + urlencode([("thing", "霁川高新区"), ("thing", "晨曦机器人")]),
    "not compared": "/compare?" + urlencode([("thing", "霁川高新区"), ("thing", "无此园区")]),
    "stats": "/stats",
    "thing": ZONE,
    "claim": "/claim",
    "document": "/document",
    "no thing": "/id/zone/none",
    "nowhere": "/nowhere",
}
FOREIGN = "document.querySelectorAll('iframe, object, embed, base, img, audio, video, main script').length"


@pytest.fixture(scope="module")
def online(tab):
    """The tab with the network there."""
    tab.send("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    return tab


@pytest.fixture(scope="module")
def server(quads, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "exports"
    generations.commit(folder, {}, quads)
    with running(folder) as found:
        yield found


def opened(tab, server, path, width=1280):
    """The tab with a page of the server; what the browser says of a status is no message of the page."""
    tab.size(width, 844)
    tab.open("about:blank")
    for log in (tab.requests, tab.messages, tab.dialogs):
        log.clear()
    base = f"http://127.0.0.1:{server.port}"
    tab.open(base + path)
    assert [url for url in tab.requests if not url.startswith((base, "data:"))] == []
    assert [message for message in tab.messages if not message.startswith("Failed to load resource")] == []
    assert tab.dialogs == []
    return tab


@pytest.fixture(scope="module")
def place(quads):
    """`place(path)` -> the path, where it stands for a claim or a document that of the first one."""

    def found(path):
        kind = {"/claim": terms.zg("Claim"), "/document": terms.zg("Document")}.get(path)
        iris = sorted(q.subject.value for q in quads if kind is not None and q.object == kind)
        return "/id/" + quote(iris[0].removeprefix(terms.BASE)) if iris else path

    return found


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_keeps_to_itself_and_to_the_window(online, server, place, path, width):
    tab = opened(online, server, place(path), width)
    assert tab.run("document.scrollingElement.scrollWidth") <= width
    assert tab.run("document.querySelector('main').innerText.length") > 10
    nameless = tab.run(
        "[...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, [role=region], [role=img]')]"
        ".filter(x => !(x.textContent.trim() || x.getAttribute('aria-label'))).map(x => x.outerHTML)"
    )
    assert nameless == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_link_to_the_other_language_leads_to_the_same_page(online, server, place, path):
    tab = opened(online, server, place(path))
    title = tab.run("document.title")
    for language in ("en", "zh-CN"):
        tab.open(tab.run("document.querySelector('.masthead > .tool').href"))
        assert tab.run("document.documentElement.lang") == language
    assert tab.run("document.title") == title


def test_a_question_is_asked_and_its_query_run_by_keyboard(online, server):
    tab = opened(online, server, "/stats")
    tab.run("document.querySelector('.ask input').focus()")
    tab.type("有哪些园区")
    tab.key("Enter")
    tab.wait("location.pathname === '/ask' && document.readyState === 'complete'")
    assert "霁川高新区" in tab.run("document.querySelector('.answer').textContent")
    tab.run("document.getElementById('text').focus()")
    tab.send("Input.dispatchKeyEvent", type="keyDown", key="Enter", windowsVirtualKeyCode=13, modifiers=2)
    tab.wait("location.pathname === '/sparql' && document.readyState === 'complete'")
    assert "霁川高新区" in tab.run("document.querySelector('.found table').textContent")


@pytest.mark.parametrize("payload", [hostile.STRINGS[i] for i in (0, 3, 7, 12, 17)])
def test_hostile_text_stays_text(online, tmp_path, payload):
    quads = hostile.quads(payload)
    generations.commit(tmp_path / "exports", {}, quads)
    papers = [q.subject.value for q in quads if q.object == terms.zg("Document")]
    things = sorted({*papers, *(q.subject.value for q in quads if q.predicate == terms.zg("mentionedIn"))})
    everything = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }"})
    claims = "/sparql?" + urlencode({"query": "SELECT * { GRAPH ?g { ?s ?p ?o } }"})
    pages = [quote(thing.removeprefix(terms.BASE.removesuffix("id/")), safe="/%()·~") for thing in things]
    with running(tmp_path / "exports") as server:
        for path in (everything, claims, "/stats", "/compare", *(f"/{page}" for page in pages)):
            tab = opened(online, server, path)
            assert tab.run(FOREIGN) == 0

"""Data is never markup: hostile strings in every field, and offsets that a JavaScript string would count wrong."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import hostile
from kg.graph import terms

pytestmark = pytest.mark.browser

# Everything the template itself holds; an element of another name could only come out of data.
KINDS = "img, iframe, object, embed, base, form, audio, video, body style, body meta, body link"
FOREIGN = f"document.querySelectorAll('{KINDS}').length"
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap(x => [...x.attributes]).filter(a => a.name.startsWith('on')).length"
)
LINKS = (
    "[...document.querySelectorAll('[href]')].map(x => x.getAttribute('href'))"
    ".filter(x => !/^(https?:|data:,$)/.test(x))"
)


@pytest.mark.parametrize("payload", hostile.STRINGS, ids=range(len(hostile.STRINGS)))
def test_hostile_text_stays_text(tab, written, payload):
    tab.size(1280, 800)
    tab.open("about:blank")
    for log in (tab.requests, tab.messages, tab.dialogs):
        log.clear()
    address = written(hostile.quads(payload), title=payload)
    tab.open(address)
    walk(tab)
    assert (tab.dialogs, tab.messages, tab.requests) == ([], [], [address])
    assert tab.run("document.scripts.length") == 4
    assert (tab.run(FOREIGN), tab.run(HANDLERS), tab.run(LINKS)) == (0, 0, [])
    assert tab.run("document.getElementById('panel').textContent").count(payload) >= 12  # name, alias, quote, title, …


def walk(tab) -> None:
    """Opens everything there is to open."""
    for selector in ("#as-list", "#list .link", "#as-graph", "#language", "#language"):
        tab.run(f"document.querySelector('{selector}')?.click()")
    tab.run("document.getElementById('query').focus()")
    tab.type("人")
    tab.key("Enter")
    for x in range(500, 800, 30):
        tab.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=430)
    tab.run("document.querySelectorAll('#panel .entity')[0].click()")
    tab.run("document.querySelectorAll('.unfold').forEach(x => x.click())")
    tab.run("document.querySelector('#panel .actions .tool').click()")
    tab.run("document.querySelectorAll('details').forEach(x => (x.open = true))")
    tab.pause(60)


def test_offsets_count_code_points(tab, written):
    sentence, part = "𠮷野家𝟚号园区（🀄️）投资了𡈽木公司，双方签约。", "𡈽木公司"
    quads = [q for q in hostile.quads(sentence) if q.predicate != terms.zg("attribution")]
    at = sentence.index(part)
    start, exact = (NamedNode(terms.OA + name) for name in ("start", "exact"))
    claim, evidence, selector = (NamedNode(f"{terms.BASE}{name}") for name in ("claim/1", "evidence/9", "evidence/s9"))
    document = next(q.graph_name for q in quads if q.subject == claim)
    piece = [
        (claim, terms.zg("evidence"), evidence),
        (evidence, NamedNode(terms.OA + "hasSource"), document),
        (evidence, NamedNode(terms.OA + "hasSelector"), selector),
        (selector, start, Literal(str(1000 + at))),
        (selector, exact, Literal(part)),
    ]
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(written([*quads, *(Quad(*triple, document) for triple in piece)]))
    tab.run("document.querySelector('#as-list').click(); document.querySelector('#list .link').click()")
    quotes = tab.run("[...document.querySelectorAll('#panel mark.quote')].map(x => x.textContent)")
    whole = tab.run("[...document.querySelectorAll('#panel .sentence')].map(x => x.textContent)")
    assert quotes == [sentence, part], json.dumps(quotes, ensure_ascii=False)
    assert whole == [sentence, sentence]

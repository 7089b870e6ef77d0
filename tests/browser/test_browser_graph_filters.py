"""Filters by year and confidence, charts, saving, and what is said to those who do not see the picture."""

from __future__ import annotations

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

import hostile
from kg.graph import terms
from kg.pages.model import model
from kg.records import Relation

pytestmark = pytest.mark.browser

ZONE, LAB = "霁川高新区", "溪桥量子信息实验室"
SVG = "{http://www.w3.org/2000/svg}"
COUNTS = "Object.fromEntries([...document.querySelectorAll('[data-key=%s] .item')].map(x => [x.dataset.item, %s]))"
NUMBER = "Number(x.querySelector('.number').textContent)"
RELATIONS = ", ".join(f"zg:{relation.value}" for relation in Relation)
# What a fact or a figure is to SPARQL: the triple a claim tells of, an observation where it tells of one.
TOLD = f"""GRAPH ?d {{ ?c a zg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}
  FILTER(?p IN ({RELATIONS}) || EXISTS {{ ?s a zg:Observation }})
  BIND(IF(?p IN ({RELATIONS}), CONCAT(STR(?s), STR(?p), STR(?o)), STR(?s)) AS ?told)"""


@pytest.fixture(scope="module")
def store(quads):
    made = Store()
    made.extend(quads)
    return made


def numbers(store: Store, value: str, more: str) -> dict[str, int]:
    """How many facts and figures have each value, by SPARQL."""
    query = f"SELECT ?v (COUNT(DISTINCT ?told) AS ?n) {{ {TOLD} {more} BIND({value} AS ?v) }} GROUP BY ?v"
    rows = store.query(query, prefixes=dict(terms.PREFIXES))
    return {row["v"].value: int(row["n"].value) for row in rows}


def counts(tab, key: str) -> dict[str, int]:
    found = tab.run(COUNTS % (key, NUMBER))
    return {item.removeprefix(key): number for item, number in found.items()}


def press(tab, selector: str) -> None:
    tab.run(f"document.querySelector({json.dumps(selector)}).click()")


def listed(tab) -> int:
    """Relations and figures of the list."""
    press(tab, "#as-list")
    return tab.run(
        "[...document.querySelectorAll('#list section')].filter(x => x.querySelector('h2').textContent.match("
        "/^(关系|数据)/)).reduce((n, x) => n + x.querySelectorAll('tbody tr').length, 0)"
    )


def pairs(store: Store, pattern: str) -> dict[str, int]:
    """How many different ?what there are for each ?v."""
    query = f"SELECT ?v (COUNT(DISTINCT ?what) AS ?n) {{ {pattern} }} GROUP BY ?v"
    return {row["v"].value: int(row["n"].value) for row in store.query(query, prefixes=dict(terms.PREFIXES))}


def test_counts_by_type_equal_a_query(at, store):
    local = "BIND(STRAFTER(STR(?type), '#') AS ?v) FILTER(STRSTARTS(STR(?type), STR(zg:)))"
    found = counts(at(), "types")
    assert found == pairs(store, f"?what a ?type ; zg:mentionedIn ?d . {local}") and len(found) > 8


def test_counts_by_relation_equal_a_query(at, store):
    found = counts(at(), "relations")
    assert found == pairs(store, f"{TOLD} BIND(?told AS ?what) FILTER(?p IN ({RELATIONS})) "
                          "BIND(STRAFTER(STR(?p), '#') AS ?v)") and len(found) > 8  # fmt: skip


def test_counts_by_document_equal_a_query(at, store):
    tab = at()
    found = tab.run(COUNTS.replace("x.dataset.item", "x.querySelector('.name').textContent") % ("papers", NUMBER))
    asked = pairs(store, "?what zg:mentionedIn ?d . GRAPH ?d { ?d dcterms:title ?v }")
    assert found == asked and len(found) == 2


def test_a_relation_that_is_off_takes_its_facts_away(at, quads):
    tab, graph = at(), model(quads)
    press(tab, "[data-item=relationslocatedIn]")
    left = [fact for fact in graph.facts if fact.relation != "locatedIn"]
    assert listed(tab) == len(left) + len(graph.figures) and len(left) < len(graph.facts)


def test_counts_by_status_equal_a_query(at, store):
    status = "IF(BOUND(?x), STRAFTER(STR(?x), '#'), '')"
    assert counts(at(), "statuses") == numbers(store, status, "OPTIONAL { GRAPH ?d { ?c zg:status ?x } }")


def test_counts_by_confidence_equal_a_query(tab, written, quads):
    claims = sorted({(q.subject.value, q.graph_name.value) for q in quads if q.object == terms.zg("Claim")})
    decimal = NamedNode(terms.XSD + "decimal")
    measured = [
        Quad(NamedNode(c), terms.zg("confidence"), Literal(f"0.{i * 37 % 100:02}", datatype=decimal), NamedNode(graph))
        for i, (c, graph) in enumerate(claims)
        if i % 7
    ]
    store = Store()
    store.extend([*quads, *measured])
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(written([*quads, *measured]))
    tenth = "IF(!BOUND(?x), '', IF(?x >= 0.9, '0.9', IF(?x < 0.5, '0', CONCAT('0.', STR(FLOOR(?x * 10))))))"
    found = numbers(store, tenth, "OPTIONAL { GRAPH ?d { ?c zg:confidence ?x } }")
    assert counts(tab, "confidences") == found and len(found) == 7
    press(tab, "[data-item='confidences0']")
    press(tab, "[data-item='confidences']")
    graph = model([*quads, *measured])
    assert listed(tab) == sum(bool(set(row.confidences) - {"0", ""}) for row in (*graph.facts, *graph.figures))


def test_counts_by_year_equal_a_query(at, store):
    time = """OPTIONAL { ?s zg:period ?period } OPTIONAL { GRAPH ?d { ?c zg:validFrom ?since } }
      OPTIONAL { GRAPH ?d { ?d dcterms:issued ?issued } }"""
    own = "IF(?p = zg:foundedIn, ?o, COALESCE(?period, ?since, ?issued, ''))"
    assert counts(at(), "years") == numbers(store, f"SUBSTR(STR({own}), 1, 4)", time)


def test_a_year_that_is_off_takes_its_facts_away_and_clearing_brings_them_back(at, quads):
    tab, graph = at(), model(quads)
    told = [*graph.facts, *graph.figures]
    assert listed(tab) == len(told)
    press(tab, "[data-item=years2025]")
    assert listed(tab) == sum(row.years != ("2025",) for row in told)
    said = tab.run("document.querySelector('#left [role=status]').textContent")
    assert said.startswith("余 ") and not tab.run("document.getElementById('left').hidden")
    press(tab, "#clear")
    assert listed(tab) == len(told)
    assert tab.run("document.getElementById('left').hidden")


def test_a_span_of_years(at, quads):
    tab, graph = at(), model(quads)
    choose = "x => { x.value = '%s'; x.dispatchEvent(new Event('change')); }"
    tab.run(f"({choose % '2024'})(document.getElementById('yearFrom'))")
    tab.run(f"({choose % '2024'})(document.getElementById('yearTo'))")
    told = [*graph.facts, *graph.figures]
    assert listed(tab) == sum({"2024", ""} & set(row.years) != set() for row in told)
    assert tab.run("document.querySelector('[data-item=years2025]').getAttribute('aria-pressed')") == "false"
    assert tab.run("document.querySelector('[data-item=years2024]').getAttribute('aria-pressed')") == "true"


def test_a_type_that_is_off_takes_its_relations_along(at, quads):
    tab, graph = at(), model(quads)
    press(tab, "[data-item=typesZone]")
    zones = {i for i, node in enumerate(graph.nodes) if set(node.types) == {"Zone"}}
    left = [row for row in (*graph.facts, *graph.figures) if not zones & {row.subject, getattr(row, "object", None)}]
    assert listed(tab) == len(left)


def figures(periods: dict[str, str], status: dict[str, str] | None = None) -> list[Quad]:
    """A company with one indicator over several periods."""
    node = NamedNode(terms.BASE + "company/a")
    made = hostile.entity("甲公司", "company/a")
    for period, value in periods.items():
        one = NamedNode(f"{terms.BASE}observation/{period.replace('/', '-')}")
        rows = [
            (terms.TYPE, terms.zg("Observation")),
            (terms.zg("subject"), node),
            (terms.zg("indicator"), NamedNode(terms.BASE + "indicator/产值")),
            (terms.zg("value"), Literal(value)),
            (terms.zg("valueText"), Literal(f"{value}元")),
            (terms.zg("unit"), NamedNode(terms.UNIT + "CCY_CNY")),
            (terms.zg("period"), Literal(period)),
        ]
        rows += [(terms.zg("status"), terms.zg(status[period]))] if status and period in status else []
        made += [Quad(one, predicate, value, DefaultGraph()) for predicate, value in rows]
    return made


@pytest.mark.parametrize(
    ("periods", "status", "marks", "lines", "plans"),
    [
        ({"2022": "10", "2023": "12", "2024": "11"}, {}, 3, 0, 0),
        ({"2023": "12", "2024": "-3", "2025": "20"}, {"2025": "target"}, 3, 0, 1),
        ({str(2015 + i): str(i * i) for i in range(10)}, {}, 10, 1, 0),
        ({"2024": "10", "2024-06": "5", "2024Q1": "2"}, {}, 0, 0, 0),
        ({"2024": "10"}, {}, 0, 0, 0),
        ({"2023": "many", "2024": "more"}, {}, 0, 0, 0),
        ({"2023": "1", "2024": "2"}, {"2024": "negated"}, 0, 0, 0),
    ],
    ids=["bars", "a target and a loss", "a line", "periods of three kinds", "one period", "no numbers", "negated"],
)
def test_a_figure_of_several_periods_is_a_chart(tab, written, periods, status, marks, lines, plans):
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.messages.clear()
    tab.open(f"{written(figures(periods, status))}#company/a")
    number = "document.querySelectorAll('#panel .chart %s').length"
    assert [tab.run(number % part) for part in (".mark", ".trend", ".mark.plan")] == [marks, lines, plans]
    if marks:
        said = tab.run("document.querySelector('.chart').getAttribute('aria-label')")
        assert all(period in said and f"{value}元" in said for period, value in periods.items())
    assert tab.messages == []


SAVED = """new Promise(done => {
  const make = URL.createObjectURL, click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    HTMLAnchorElement.prototype.click = click;
    const blob = blobs[0], reader = new FileReader();
    reader.onload = () => done([this.download, blob.type, reader.result]);
    reader.readAsText(blob);
  };
  const blobs = [];
  URL.createObjectURL = blob => (blobs.push(blob), (URL.createObjectURL = make), make.call(URL, blob));
  document.getElementById('save').click();
  document.getElementById('%s').click();
})"""


def test_what_is_drawn_is_saved_as_svg(at, quads):
    name, kind, text = at().run(SAVED % "save-svg")
    drawn, graph = ElementTree.fromstring(text), model(quads)
    assert (name, kind) == ("霁川高新区等20个实体.svg", "image/svg+xml")
    titles = [title.text or "" for title in drawn.iter(f"{SVG}title")][1:]
    assert sorted(t.partition("（")[0] for t in titles) == sorted(node.name for node in graph.nodes)
    ends = {(f.subject, f.object) for f in graph.facts if f.object is not None}
    assert sum(path.get("stroke-width") is not None for path in drawn.iter(f"{SVG}path")) >= len(ends)
    labels = {"".join(text.itertext()) for text in drawn.iter(f"{SVG}text")}
    assert len(labels & {node.name for node in graph.nodes}) > 5


def test_the_svg_holds_what_the_filters_leave(at, quads):
    tab = at()
    press(tab, "[data-item=typesCompany]")
    _, _, text = tab.run(SAVED % "save-svg")
    left = [node for node in model(quads).nodes if "Company" not in node.types]
    assert text.count("<title") == len(left) + 1


def test_a_picture_is_saved_as_png(at):
    name, kind, _ = at().run(SAVED % "save-png")
    assert (name, kind) == ("霁川高新区等20个实体.png", "image/png")


@pytest.mark.parametrize("payload", [hostile.STRINGS[0], hostile.STRINGS[7], hostile.STRINGS[17]])
def test_a_hostile_name_is_text_in_the_svg(tab, written, payload):
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(written(hostile.quads(payload), title=payload))
    _, _, text = tab.run(SAVED % "save-svg")
    names = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    assert names <= {"svg", "title", "rect", "g", "path", "circle", "text", "tspan"}


def test_the_save_menu_by_keyboard(at):
    tab = at()
    active = "document.activeElement.id"
    tab.run("document.getElementById('save').focus()")
    tab.key("Enter")
    assert tab.run(active) == "save-png"
    tab.key("ArrowDown")
    assert tab.run(active) == "save-svg"
    tab.key("Escape")
    assert tab.run(active) == "save" and tab.run("document.getElementById('save-menu').hidden")


def test_where_one_is_is_said(at):
    tab = at(quote(f"laboratory/{LAB}"))
    assert tab.run("document.getElementById('said').textContent").startswith(f"{LAB}，实验室，")
    press(tab, "#language")
    press(tab, "#panel .entity")
    assert "relations" in tab.run("document.getElementById('said').textContent")


def test_names_on_the_picture_follow_the_language(tab, written):
    quads = hostile.entity("甲研究院", "researchinstitute/a")
    node = next(q.subject for q in quads)
    quads = [q for q in quads if not (isinstance(q.object, Literal) and q.object.language == "en")]
    name = Literal("Alpha Research Institute of Everything", language="en")
    quads.append(Quad(node, terms.PREF_LABEL, name, DefaultGraph()))
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(written(quads))
    labels = []
    for _ in range(2):
        drawn = ElementTree.fromstring(tab.run(SAVED % "save-svg")[2])
        labels.append([row.text for row in drawn.iter(f"{SVG}tspan")])
        press(tab, "#language")
    assert labels == [["甲研究院"], ["Alpha Research", "Institute of…"]]


def test_a_hub_shows_few_cards_and_more_on_request(tab, written):
    document = NamedNode(terms.BASE + "document/1")
    hub = NamedNode(terms.BASE + "company/hub")
    found = hostile.entity("中心公司", "company/hub")
    for i in range(70):
        found += hostile.entity(f"第{i}号工坊", f"company/{i}")
        found.append(Quad(hub, terms.zg("invests"), NamedNode(f"{terms.BASE}company/{i}"), DefaultGraph()))
        found += [Quad(*t, document) for t in claim(i, hub, NamedNode(f"{terms.BASE}company/{i}"))]
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(f"{written(found)}#company/hub")
    cards = "document.querySelectorAll('#panel article').length"
    assert tab.run(cards) == 6
    press(tab, "#panel .more")
    assert tab.run(cards) == 36
    press(tab, "#panel .more")
    press(tab, "#panel .more")
    assert tab.run(cards) == 70 and tab.run("document.querySelector('#panel .more').hidden")


def claim(number: int, one: NamedNode, other: NamedNode):
    """A claim without evidence, of its own rule."""
    node = NamedNode(f"{terms.BASE}claim/{number}")
    parts = zip(("subject", "predicate", "object"), (one, terms.zg("invests"), other), strict=True)
    yield node, terms.TYPE, terms.zg("Claim")
    yield node, terms.zg("rule"), NamedNode(f"{terms.RULE}r{number}")
    yield from ((node, NamedNode(terms.RDF + part), value) for part, value in parts)


@pytest.mark.parametrize("scale", [1, 4])
def test_nodes_are_drawn_wherever_one_looks(at, scale):
    tab = at(quote(f"zone/{ZONE}"))
    for _ in range(scale):
        press(tab, "#zoom-in")
    for _ in range(3):
        tab.key("ArrowRight")
    tab.pause(100)
    hue = tab.run(
        "(() => { const c = document.querySelector('#graph canvas'); const { data } = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height); let n = 0; for (let i = 0; i < data.length; i += 4)"
        " if (data[i] === 0x0b && data[i + 1] === 0x6b && data[i + 2] === 0x63) n++; return n; })()"
    )
    assert hue > 300  # the zone's own green

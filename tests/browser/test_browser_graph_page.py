"""What a person does with the page, done in a real Chromium with the network cut."""

from __future__ import annotations

import json
from itertools import pairwise
from urllib.parse import quote

import pytest

import hostile
from kg.pages.model import model

pytestmark = pytest.mark.browser

ZONE, FIRM, FUND, LAB = "霁川高新区", "霁川晨曦机器人股份有限公司", "溪桥未来产业基金", "溪桥量子信息实验室"
HEADING = "document.querySelector('#panel h2')?.textContent"
PANEL = "document.getElementById('panel').textContent"
COLUMNS = "x => [...x.children].slice(1).map(y => y.textContent)"
SIDES = "x => [x.id, x.getBoundingClientRect().right]"
ENDS = "x => [...x.querySelectorAll('.entity bdi')].map(y => y.textContent)"
HITS = "[...document.querySelectorAll('#hits .name')].map(x => x.firstChild.textContent)"


def path(kind: str, name: str) -> str:
    return quote(f"{kind}/{name}")


def search(tab, text: str) -> list[str]:
    """The names that a search shows."""
    tab.run("document.getElementById('query').value = ''; document.getElementById('query').focus()")
    tab.type(text)
    return tab.run(HITS)


def press(tab, selector: str) -> None:
    tab.run(f"document.querySelector({json.dumps(selector)}).click()")


def rows(tab) -> int:
    """The rows of the list."""
    return tab.run("document.querySelectorAll('#list tbody tr').length")


SWEEP = """(wanted => {
  const canvas = document.querySelector('#graph canvas'), tip = document.getElementById('tip');
  for (let y = 100; y < 740; y += 7)
    for (let x = 260; x < 1230; x += 11) {
      const place = { clientX: x, clientY: y, bubbles: true };
      canvas.dispatchEvent(new MouseEvent('mousemove', place));
      if (!tip.hidden && tip.textContent.includes('→') === wanted) return [tip.textContent, x, y];
    }
})"""


def point_at(tab, *, line: bool) -> tuple[str, int, int]:
    """Where under the mouse a node or a line is, and what the tip then says."""
    tip, x, y = tab.run(f"{SWEEP}({json.dumps(line)})")
    return tip, x, y


def test_no_request_and_no_message(at, address):
    tab = at()
    for selector in ("#as-list", "#as-graph", "#language", "#zoom-in", "#zoom-fit", "#filters .item", "#language"):
        press(tab, selector)
    search(tab, "jcgx")
    tab.key("Enter")
    press(tab, "#panel .entity")
    tab.pause(200)
    assert tab.requests == [address]
    assert tab.messages == [] and tab.dialogs == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("霁川高新区", ZONE),
        ("晨曦机器人", FIRM),
        ("chenxi", FIRM),
        ("cxjqr", FIRM),
        ("jichuan", ZONE),
        ("xqlz", LAB),
        ("liangzixx", "量子信息"),
        ("luzy", "陆知遥"),
        ("ＬＵ zhi yao", "陆知遥"),
    ],
)
def test_search_finds_names_aliases_and_pinyin(at, text, first):
    assert search(at(), text)[0] == first


def test_search_that_finds_nothing_says_so(at):
    tab = at()
    assert search(tab, "zzzz") == []
    assert "没有找到" in tab.run("document.getElementById('hits').textContent")


def test_search_by_keyboard_opens_the_entity_and_the_address_names_it(at):
    tab = at()
    tab.key("/")
    tab.type("chenxi")
    tab.key("Enter")
    assert tab.run(HEADING) == FIRM
    assert tab.run("decodeURIComponent(location.hash)") == f"#company/{FIRM}"
    tab.key("Escape")
    assert tab.run("document.getElementById('panel').hidden") is True
    assert tab.run("location.hash") == ""


def test_the_address_opens_an_entity(at):
    tab = at(path("fund", FUND))
    assert tab.run(HEADING) == FUND


def test_the_panel_has_facts_with_sentence_document_rule_and_status(at):
    tab = at(path("fund", FUND))
    text = tab.run(PANEL)
    for part in (
        "霁川市拟设立溪桥未来产业基金，总规模超50亿元",
        "《霁川高新区按下科创加速键》",
        "2025-02-20",
        "sample-1.txt",
    ):
        assert part in text
    assert "slot-plans" in text and "计划" in text and "基金" in text
    assert tab.run("document.querySelectorAll('#panel .fact.plan .badge.planned').length") >= 2
    assert tab.run("[...document.querySelectorAll('#panel .fact b')].map(x => x.textContent)").count(FUND) >= 2


def test_figures_are_a_table_that_unfolds_the_sentence(at):
    tab = at(path("zone", ZONE))
    cells = tab.run(
        "[...document.querySelectorAll('.figures tbody tr:first-child > *')].map(x => x.textContent.trim())"
    )
    assert cells == ["地区生产总值", "1234.5亿元", "2024", "+6.2% / +6.3%", "霁川市第1（增速）霁川市第2"]
    press(tab, ".unfold")
    assert "总量和增速分别居霁川市第二、第一" in tab.run("document.querySelector('.under').textContent")


def test_what_does_not_hold_looks_so(at):
    tab = at(path("company", FIRM))
    text = tab.run("document.querySelector('#panel .fact.void').textContent")
    assert "溪桥湿地公园" in text and "没有参与" in text and "不成立" in text


def test_a_click_on_a_node_opens_it(at):
    tab = at()
    tip, x, y = point_at(tab, line=False)
    tab.click(x, y)
    tab.wait(f"{HEADING} !== undefined")
    assert tip.startswith(tab.run(HEADING))


def test_a_click_on_a_line_opens_its_fact_with_the_sentence(at):
    tab = at()
    tip, x, y = point_at(tab, line=True)
    tab.click(x, y)
    tab.wait("!document.getElementById('panel').hidden")
    assert tab.run("document.querySelectorAll('#panel h2 .entity').length") == 2
    assert tab.run("document.querySelectorAll('#panel blockquote mark').length") >= 1
    ends = tab.run("[...document.querySelectorAll('#panel h2 .entity bdi')].map(x => x.textContent)")
    assert all(end in tip for end in ends)


def test_focus_shows_the_neighbours_and_escape_ends_it(at, quads):
    tab = at(path("laboratory", LAB))
    press(tab, "#panel .actions .tool")
    graph = model(quads)
    place = next(i for i, node in enumerate(graph.nodes) if node.name == LAB)
    ends = {f.subject if f.object == place else f.object for f in graph.facts if place in (f.subject, f.object)}
    assert f"（{len(ends - {None, place})} 个邻居）" in tab.run("document.getElementById('focus-name').textContent")
    tab.run("document.getElementById('graph').focus()")
    tab.key("Escape")
    assert tab.run("document.getElementById('focus-bar').hidden") is True


def test_arrow_keys_walk_and_backspace_returns(at):
    tab = at(path("laboratory", LAB))
    tab.run("document.getElementById('graph').focus()")
    seen = [tab.run(HEADING)]
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        tab.key(key)
        if tab.run(HEADING) != seen[-1]:
            seen.append(tab.run(HEADING))
    assert len(seen) > 1
    for name in reversed(seen[:-1]):
        tab.key("Backspace")
        assert tab.run(HEADING) == name


def test_the_browsers_own_back_returns(at):
    tab = at(path("laboratory", LAB))
    press(tab, "#panel .entity")
    tab.wait(f"{HEADING} !== {json.dumps(LAB)}")
    tab.run("history.back()")
    tab.wait(f"{HEADING} === {json.dumps(LAB)}")


def test_the_legend_counts_and_filters(at, quads):
    tab = at()
    graph = model(quads)
    shown = tab.run(f"[...document.querySelectorAll('[data-key=types] .item')].map({COLUMNS})")
    companies = sum("Company" in node.types for node in graph.nodes)
    assert ["企业", str(companies)] in shown and sum(int(n) for _, n in shown) == len(graph.nodes)
    press(tab, "#as-list")
    assert rows(tab) == len(graph.nodes) + len(graph.facts) + len(graph.figures)
    press(tab, "[data-item=typesCompany]")
    left = tab.run("[...document.querySelectorAll('#list section')].map(s => s.querySelectorAll('tbody tr').length)")
    assert left[1] == len(graph.nodes) - companies
    assert tab.run("document.querySelector('[data-item=typesCompany]').getAttribute('aria-pressed')") == "false"


def test_filters_by_status_and_document(at, quads):
    tab = at()
    graph = model(quads)
    press(tab, "#as-list")
    press(tab, "[data-item='statuses']")
    facts = "document.querySelectorAll('#list section:last-child tbody tr').length"
    assert tab.run(facts) == sum(set(fact.statuses) != {""} for fact in graph.facts)
    press(tab, "[data-item='statuses']")
    press(tab, "[data-item='papers0']")
    assert tab.run(facts) == sum(fact.documents != (0,) for fact in graph.facts)


def test_english(at):
    tab = at(path("company", FIRM))
    press(tab, "#language")
    assert "company" in tab.run("document.querySelector('#panel .types').textContent")
    assert tab.run("document.documentElement.lang") == "en"
    assert tab.run("document.getElementById('counts').textContent").endswith("2 documents")


def test_dark_mode(at):
    background = "getComputedStyle(document.body).backgroundColor"
    light = at().run(background)
    assert at(dark=True).run(background) != light


@pytest.mark.parametrize("place", ["", path("zone", ZONE)])
def test_a_phone_shows_all_without_scrolling_sideways(at, place):
    tab = at(place, 390, 844)
    assert tab.run("document.scrollingElement.scrollWidth") <= 390
    wide = tab.run(f"[...document.querySelectorAll('#bar, #search, #stage, #panel:not([hidden])')].map({SIDES})")
    assert [name for name, right in wide if right > 391] == []
    small = tab.run(
        "[...document.querySelectorAll('#bar button, .crumbs button')].map(x => x.getBoundingClientRect().height)"
    )
    assert min(height for height in small if height) >= 30


def test_every_control_has_a_name(at):
    tab = at(path("zone", ZONE))
    nameless = tab.run(
        "[...document.querySelectorAll('button, input, [role]')]"
        ".filter(x => !(x.textContent.trim() || x.getAttribute('aria-label'))).map(x => x.outerHTML)"
    )
    assert nameless == []


def test_text_with_counts_where_scripts_are_off(tab, address, quads):
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open("about:blank")
        tab.open(address)
        document = tab.send("DOM.getDocument", depth=-1)
        found = tab.send("DOM.querySelector", nodeId=document["root"]["nodeId"], selector="noscript")
        text = tab.send("DOM.getOuterHTML", nodeId=found["nodeId"])["outerHTML"]
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)
    assert f"{len(model(quads).nodes)} 个实体" in text and FIRM in text


def test_the_way_between_two_entities_has_a_sentence_at_each_step(at):
    tab = at(path("laboratory", LAB))
    press(tab, "#panel .actions .tool:last-child")
    tab.type("luzhiyao")
    tab.key("Enter")
    steps = tab.run(f"[...document.querySelectorAll('#panel .fact .ends')].map({ENDS})")
    assert steps[0][0] == LAB and steps[-1][0] == "陆知遥" and len(steps) >= 2
    assert all(set(one) & set(other) for one, other in pairwise(steps))
    assert tab.run("document.querySelectorAll('#panel .fact mark').length") >= len(steps)
    press(tab, ".crumbs .round")
    assert tab.run(HEADING) == LAB


def test_entities_without_a_way_between_them_are_said_to_be_apart(at):
    tab = at(path("governmentbody", "霁川高新区管委会"))
    press(tab, "#panel .actions .tool:last-child")
    tab.type(LAB)
    tab.key("Enter")
    assert "没有把两者连起来的事实" in tab.run(PANEL)


def test_of_a_large_graph_a_thousand_are_drawn_and_search_opens_the_rest(tab, written):
    found = [quad for i in range(1200) for quad in hostile.entity(f"第{i}号工坊", f"company/{i}")]
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.messages.clear()
    tab.open(written(found))
    drawn = "document.getElementById('filters').textContent"
    assert "图上画出 1000 个" in tab.run(drawn)
    search(tab, "第999号工坊")
    tab.key("Enter")
    assert tab.run(HEADING) == "第999号工坊"
    assert "图上画出 1001 个" in tab.run(drawn)
    assert tab.messages == []

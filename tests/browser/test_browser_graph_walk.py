"""Walking through the page: the trail, citations, a phone, the other language, and what fits into the window."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

import hostile

pytestmark = pytest.mark.browser

ZONE, FIRM, LAB = "霁川高新区", "霁川晨曦机器人股份有限公司", "溪桥量子信息实验室"
HEADING = "document.querySelector('#panel h2')?.textContent"
CRUMBS = "[...document.querySelectorAll('.crumbs button.crumb')].map(x => x.textContent)"
CHINESE = re.compile("[\u4e00-\u9fff]")
# What the page itself says, data left out: names of controls, headings, hints, and the ontology's words.
CHROME = """[...document.querySelectorAll(
  'button:not(.entity):not(.unfold):not(.crumb):not(.link):not(.item), summary, ' +
  'th[scope=col], .note, #counts, #hint, #drawn, h3, .badge, .types, ' +
  ['types', 'statuses', 'relations', 'confidences', 'years'].map(k => `[data-key=${k}] .name`).join(', '))]
  .filter(x => x.id !== 'language')
  .flatMap(x => [x.textContent, x.getAttribute('aria-label') || '', x.getAttribute('title') || ''])
  .concat([...document.querySelectorAll('[data-label]:not(#language)')].map(x => x.getAttribute('aria-label')))
  .concat([document.getElementById('query').placeholder])"""
# Whether the outermost columns and rows of the picture hold nothing but the ground.
EDGES = """(() => {
  const canvas = document.querySelector('#graph canvas'), { width, height } = canvas;
  const context = canvas.getContext('2d');
  const strips = [[0, 0, 2, height], [width - 2, 0, 2, height], [0, 0, width, 2], [0, height - 2, width, 2]];
  return strips.map(strip => {
    const { data } = context.getImageData(...strip);
    return data.every((value, i) => value === data[i % 4]);
  });
})()"""


def press(tab, selector: str) -> None:
    tab.run(f"document.querySelector({json.dumps(selector)}).click()")


def visit(tab, name: str) -> None:
    """Opens an entity by its link in the panel."""
    links = "[...document.querySelectorAll('#panel .entity')]"
    tab.run(f"{links}.find(x => x.querySelector('bdi').textContent === {json.dumps(name)}).click()")
    tab.wait(f"{HEADING} === {json.dumps(name)}")


def test_the_trail_names_what_was_visited_and_leads_back(at):
    tab = at(quote(f"laboratory/{LAB}"))
    visit(tab, ZONE)
    assert tab.run(CRUMBS) == [LAB]
    visit(tab, "澄湖算谷")
    assert tab.run(CRUMBS) == [LAB, ZONE]
    press(tab, ".crumbs button.crumb")
    tab.wait(f"{HEADING} === {json.dumps(LAB)}")


def test_a_copied_citation_has_quote_title_and_date(at):
    tab = at(quote("fund/溪桥未来产业基金"))
    tab.run("document.querySelector('#panel .cite').scrollIntoView({ block: 'center' })")
    box = "document.querySelector('#panel .cite').getBoundingClientRect()"
    tab.click(*tab.run(f"(b => [b.x + b.width / 2, b.y + b.height / 2])({box})"))
    tab.wait("document.querySelector('#panel .cite').textContent === '已复制'")
    tab.run("document.getElementById('query').focus()")
    tab.send("Input.dispatchKeyEvent", type="keyDown", key="v", commands=["paste"])
    copied = tab.run("document.getElementById('query').value")
    assert re.fullmatch("「[^」]*溪桥未来产业基金[^」]*。」，《霁川高新区按下科创加速键》，2025-02-20", copied)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (820, 1180)])
def test_the_whole_picture_with_its_labels_is_in_the_window(at, width, height):
    tab = at("", width, height)
    tab.pause(150)
    assert tab.run(EDGES) == [True] * 4


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_all_neighbours_are_in_the_window_when_one_is_focused(at, width, height):
    tab = at(quote(f"zone/{ZONE}"), width, height)
    press(tab, "#panel .actions .tool")
    tab.pause(150)
    assert tab.run(EDGES) == [True] * 4


def test_on_a_phone_the_panel_makes_room_for_the_neighbours_and_comes_back(at):
    tab = at(quote(f"laboratory/{LAB}"), 390, 844)
    hidden = "document.getElementById('panel').hidden"
    assert tab.run(hidden) is False
    press(tab, "#panel .actions .tool")
    assert tab.run(hidden) is True
    x, y, high = tab.run(
        "(() => { const a = document.getElementById('graph').getBoundingClientRect();"
        "const b = document.getElementById('focus-bar').getBoundingClientRect();"
        "return [a.left + a.width / 2, a.top, b.bottom]; })()"
    )
    assert high > y
    for down in range(int(high) + 20, 780, 12):  # the one in focus stands in the middle of the room that is left
        tab.click(x, down)
        if not tab.run(hidden):
            break
    assert tab.run(HEADING) is not None


def test_in_english_the_page_says_nothing_in_chinese(at):
    tab = at(quote(f"zone/{ZONE}"))
    press(tab, "#language")
    press(tab, "#as-list")
    said = [text for text in tab.run(CHROME) if text]
    assert len(said) > 60
    assert [text for text in said if CHINESE.search(text)] == []
    assert "Gross regional product" in tab.run("document.getElementById('panel').textContent")
    press(tab, "#as-graph")
    press(tab, "#panel .actions .tool")
    assert tab.run("document.getElementById('focus-name').textContent").startswith("Focus: ")


def test_in_english_one_thing_is_singular(tab, written):
    tab.size(1280, 800)
    tab.open("about:blank")
    tab.open(written(hostile.entity("甲研究院", "researchinstitute/a")))
    press(tab, "#language")
    counts = tab.run("document.getElementById('counts').textContent")
    assert counts == "1 entity · 0 relations · 0 figures · 0 documents"


def test_a_growth_alone_is_no_value_in_list_and_panel(at, quads):
    tab = at(quote(f"zone/{ZONE}"))
    press(tab, "#as-list")
    rows = "[...document.querySelectorAll('%s tbody tr:not(.under) .value')].map(x => x.textContent.trim())"
    listed, shown = tab.run(rows % "#list section:first-child"), tab.run(rows % "#panel .figures")
    assert "—" in shown and set(shown) <= set(listed)


def test_keys_of_the_picture_zoom_fit_and_focus(at):
    tab = at(quote(f"laboratory/{LAB}"))
    tab.run("document.getElementById('graph').focus()")
    for key in ("+", "-", "0"):
        tab.key(key)
    tab.key("Enter")
    assert LAB in tab.run("document.getElementById('focus-name').textContent")
    assert tab.messages == []

"""How fast the page answers a person: each figure in the unit of its goal, taken in a Chromium that draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from statistics import median

GOALS: Mapping[str, tuple[float, str]] = {
    "load": (1500, "ms"),
    "filter": (100, "ms"),
    "search": (50, "ms"),
    "evidence": (100, "ms"),
    "drag": (30, "frames/s"),
    "zoom": (30, "frames/s"),
    "heap": (80, "MB"),
    "file": (4, "MB"),
    "build": (20, "s"),
}
_MORE = frozenset({"drag", "zoom"})  # of these more is better
_QUERIES = ("gaoxin", "kj", "霁晨", "实验室", "cxjt", "第")
_FILTERS = ("types", "statuses", "relations", "years", "confidences", "papers")

# From an act to the end of the frame that shows it: what runs after a frame is told by a message.
_PAINTED = """
const painted = () => new Promise(done => requestAnimationFrame(() => {
  const port = new MessageChannel();
  port.port1.onmessage = () => done(performance.now());
  port.port2.postMessage(0);
}));
const took = async act => { const start = performance.now(); act(); return (await painted()) - start; };
const click = selector => { const found = document.querySelector(selector); if (found) found.click(); return found; };
"""
# Everything is in view, which is what takes longest to draw.
_FRAMES = """
const frames = async (act, milliseconds) => {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < milliseconds) { await new Promise(requestAnimationFrame); act(count++); }
  return (1000 * count) / (performance.now() - start);
};
const canvas = document.querySelector('#graph canvas');
document.getElementById('zoom-fit').click();
const at = (x, y) => ({ clientX: x, clientY: y, bubbles: true, cancelable: true, button: 0, buttons: 1, pointerId: 1,
  pointerType: 'mouse', isPrimary: true });
"""


def missed(name: str, value: float, *, times: float = 1) -> bool:
    """Whether a figure misses its goal by more than so many times."""
    goal = GOALS[name][0]
    return value < goal / times if name in _MORE else value > goal * times


def paces(tab, address: str, runs: int = 3) -> dict[str, float]:
    """All that is measured within the browser: medians over the runs, of `filter` and `search` over their kinds too."""
    loads = [_load(tab, address) for _ in range(runs)]
    tab.pause(300)
    heap = _heap(tab)
    return {
        "load": median(loads),
        "filter": median(value for _ in range(runs) for value in _filters(tab)),
        "search": median(value for _ in range(runs) for value in _searches(tab)),
        "evidence": median(value for _ in range(runs) for value in _openings(tab)),
        "drag": median(_drag(tab) for _ in range(runs)),
        "zoom": median(_zoom(tab) for _ in range(runs)),
        "heap": max(heap, _heap(tab)),
    }


def _load(tab, address: str) -> float:
    tab.open("about:blank")
    tab.open(address)
    return tab.run(
        "new Promise(done => requestAnimationFrame(() => setTimeout(() => done("
        "performance.getEntriesByType('navigation')[0].loadEventEnd))))"
    )


def _inside(tab, body: str, helpers: str = _PAINTED) -> object:
    return tab.run(f"(async () => {{ {helpers} {body} }})()")


def _filters(tab) -> list[float]:
    """One value of each kind of filter off, then on again."""
    kinds = json.dumps(_FILTERS)
    return _inside(tab, f"""
      const times = [];
      for (const kind of {kinds}) for (const turn of [0, 1]) {{
        const item = `[data-key=${{kind}}] .item`;
        if (document.querySelector(item)) times.push(await took(() => click(item)));
      }}
      return times;""")  # fmt: skip


def _searches(tab) -> list[float]:
    return _inside(tab, f"""
      const query = document.getElementById('query'), times = [];
      query.focus();
      for (const text of {json.dumps(_QUERIES)}) times.push(await took(() => {{
        query.value = text;
        query.dispatchEvent(new Event('input'));
      }}));
      query.value = '';
      query.dispatchEvent(new Event('input'));
      return times;""")  # fmt: skip


def _openings(tab) -> list[float]:
    """The entities with most relations, whose panels are the longest, then ones further down."""
    return _inside(tab, """
      const paths = pathsOf(), times = [];
      for (const path of paths) times.push(await took(() => {
        location.hash = '#' + path;
        window.dispatchEvent(new HashChangeEvent('hashchange'));
      }));
      location.hash = '';
      await painted();
      return times;""".replace("pathsOf()", _PATHS))  # fmt: skip


_PATHS = """JSON.parse(document.getElementById('data').textContent).nodes.rows
  .filter((row, i) => [0, 1, 2, 7, 40, 200, 900, 3000].includes(i)).map(row => encodeURI(row[0]))"""


def _drag(tab) -> float:
    act = """canvas.dispatchEvent(new PointerEvent('pointermove', at(600 + 5 * (i % 40), 400 + 3 * (i % 40))))"""
    return _inside(tab, f"""
      const target = canvas.parentElement;
      canvas.dispatchEvent(new PointerEvent('pointerdown', at(600, 400)));
      const found = await frames(i => {act}, 1500);
      canvas.dispatchEvent(new PointerEvent('pointerup', at(600, 400)));
      return found;""", _FRAMES)  # fmt: skip


def _zoom(tab) -> float:
    act = """canvas.dispatchEvent(new WheelEvent('wheel', { ...at(700, 420), deltaY: i % 40 < 20 ? -40 : 40 }))"""
    return _inside(tab, f"return await frames(i => {act}, 1500);", _FRAMES)


def _heap(tab) -> float:
    tab.send("HeapProfiler.enable")
    tab.send("HeapProfiler.collectGarbage")
    return tab.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def row(name: str, value: float) -> str:
    """A row of a table in Markdown: the figure, its goal, whether it is met."""
    (goal, unit), sign = GOALS[name], "≥" if name in _MORE else "≤"
    shown, met = f"{value:.{0 if goal >= 30 else 1}f}", "no" if missed(name, value) else "yes"
    return f"| {name} | {shown} {unit} | {sign} {goal:g} {unit} | {met} |"

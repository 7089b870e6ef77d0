/* The page itself: how one gets from place to place, by mouse, keyboard and address. */
/* The address tells which entity is open, so the browser's own back works too ── */
const hashOf = (index) => "#" + encodeURI(nodes[index].path).replace(/#/g, "%23");
const fromHash = () => {
  try {
    return byPath.get(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return undefined;
  }
};

function here() {
  return (
    ["node", "edge", "path"].filter((kind) => state[kind] !== null).map((kind) => ({ [kind]: state[kind] }))[0] || null
  );
}
function remember() {
  const place = here();
  if (place) trail.push(place);
}

function go(index) {
  if (index === state.node) return reveal();
  remember();
  openNode(index);
}
function goEdge(index) {
  if (index === state.edge) return;
  remember();
  openEdge(index);
}
function goPath(pair) {
  remember();
  openPath(pair);
}
function goBack() {
  const place = trail.pop();
  if (!place) return;
  if (place.node !== undefined) openNode(place.node);
  else if (place.edge !== undefined) openEdge(place.edge);
  else openPath(place.path);
}
function goHome() {
  trail = [];
  Object.assign(state, { node: null, edge: null, path: null });
  reveal(false);
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  light(null);
}

function openNode(index) {
  Object.assign(state, { node: index, edge: null, path: null });
  if (state.focus !== null && state.focus !== index) state.focus = index;
  const fresh = !picture.shown.has(index);
  if (fresh) [index, ...neighbours(index, factShown).slice(0, 40)].forEach((i) => state.pinned.add(i));
  if (fromHash() !== index) location.hash = hashOf(index);
  entityPanel(index);
  reveal();
  state.focus !== null || fresh ? refresh() : light(index);
  const node = nodes[index];
  byId("said").textContent = word("opened", nameOf(node), term("types", node.types[0]), touching[index].length);
  bring(index);
}

function openEdge(index) {
  Object.assign(state, { node: null, edge: index, path: null });
  edgePanel(index);
  reveal();
  light(null, index);
}

/* The panel takes room from the picture, which would shrink with it: everything keeps its size and its place. */
function reveal(on = true) {
  panel.scrollTop = 0;
  if (panel.hidden !== on) return;
  const [scale, { x, y }, wide] = [network.getScale(), network.getViewPosition(), stage.clientWidth];
  panel.hidden = !on;
  document.body.classList.toggle("open", on);
  network.setSize("100%", "100%");
  network.moveTo({ scale, position: { x: x - (wide - stage.clientWidth) / 2 / scale, y } });
}

/* Moves the view only if it must: the chosen node stays where it is if it can be seen, else its neighbours come along. */
function bring(index) {
  requestAnimationFrame(() => {
    if (!picture.shown.has(index) || !stage.clientWidth) return;
    const high = narrow.matches ? stage.clientHeight * 0.42 : stage.clientHeight; // the panel of a phone hides the rest
    const point = network.canvasToDOM(placeOf(index));
    const margin = 70;
    const inside =
      point.x > margin && point.y > margin && point.x < stage.clientWidth - margin && point.y < high - margin;
    if (inside && network.getScale() >= 0.5) return;
    const scale = Math.max(network.getScale(), 0.7);
    const offset = { x: 0, y: (high - stage.clientHeight) / 2 };
    network.moveTo({
      position: middle(index, stage.clientWidth / scale, high / scale),
      scale,
      offset,
      animation: moving(),
    });
  });
}

/* The middle of a node and its neighbours if all of them have room, else the node itself. */
function middle(index, wide, high) {
  const own = { x: placeOf(index).x, y: placeOf(index).y };
  const all = [index, ...drawnNeighbours(index)].map(placeOf);
  const [xs, ys] = [all.map((place) => place.x), all.map((place) => place.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fits = right - left < wide - 160 && bottom - top < high - 140;
  return fits ? { x: (left + right) / 2, y: (top + bottom) / 2 } : own;
}

function focusOn(index) {
  if (state.node !== index) go(index);
  state.focus = index;
  refresh();
  if (narrow.matches) reveal(false); // on a phone the panel would hide most of what was asked for
  fit();
}
function endFocus() {
  state.focus = null;
  refresh();
  fit();
}

panel.addEventListener("scroll", () => panel.classList.toggle("scrolled", panel.scrollTop > 60), { passive: true });

/* ── Events of the picture ── */
network.on("click", ({ pointer: { DOM: at } }) => {
  const [node, edge] = [network.getNodeAt(at), network.getEdgeAt(at)];
  node !== undefined ? go(node) : edge !== undefined ? goEdge(edge) : here() && goHome();
});
network.on("doubleClick", ({ pointer: { DOM: at } }) => {
  const node = network.getNodeAt(at);
  if (node !== undefined) focusOn(node);
});
network.on("hoverNode", ({ node }) =>
  tip(node, nameOf(nodes[node]), nodes[node].types.map((type) => term("types", type)).join("、")),
);
network.on("hoverEdge", ({ edge }) => {
  const { subject, relation, object, statuses } = facts[edge];
  tip(null, relationName(relation, true), `${nameOf(nodes[subject])} → ${nameOf(nodes[object])}`, statuses);
  picture.hoverLine = edge;
});
network.on("blurNode", () => tip(null));
network.on("blurEdge", () => tip(null));
network.on("dragStart", () => tip(null));
network.on("zoom", () => tip(null));

function tip(index, title = "", more = "", statuses = []) {
  Object.assign(picture, { hover: index, hoverLine: null });
  stage.style.cursor = title ? "pointer" : "";
  byId("tip").hidden = !title;
  if (title)
    byId("tip").replaceChildren(
      el("b", {}, el("bdi", {}, title)),
      el("span", {}, el("bdi", {}, more)),
      ...statuses.map(badge).filter(Boolean),
    );
}
stage.addEventListener("pointermove", ({ offsetX, offsetY }) => {
  const x = Math.min(offsetX + 14, stage.clientWidth - byId("tip").offsetWidth - 8);
  byId("tip").style.transform = `translate(${Math.max(x, 4)}px, ${offsetY + 16}px)`;
});

/* Arrow keys go to the neighbour that lies most nearly in their direction. */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function walk([dx, dy]) {
  if (state.node === null || !picture.shown.has(state.node)) return go(picture.order[0]);
  const from = placeOf(state.node);
  const ranked = drawnNeighbours(state.node).map((id) => {
    const { x, y } = placeOf(id);
    const length = Math.hypot(x - from.x, y - from.y) || 1;
    const along = ((x - from.x) * dx + (y - from.y) * dy) / length;
    return [along < 0.35 ? Infinity : length * (2 - along), id];
  });
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (ranked.length && ranked[0][0] < Infinity) go(ranked[0][1]);
}

const zoomBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: moving(180) });
stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    Enter: () => state.node !== null && focusOn(state.node),
    Backspace: goBack,
    "+": () => zoomBy(1.3),
    "=": () => zoomBy(1.3),
    "-": () => zoomBy(1 / 1.3),
    0: () => fit(),
  }[event.key];
  if (ARROWS[event.key]) walk(ARROWS[event.key]);
  else if (act) act();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("query").focus();
  } else if (event.key === "Escape") {
    if (typing) return;
    state.focus !== null ? endFocus() : goHome();
    document.body.classList.remove("filtering");
  }
});

/* ── Buttons, language, theme ── */
function speak() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  document.querySelectorAll("[data-word]").forEach((node) => (node.textContent = word(node.dataset.word)));
  document
    .querySelectorAll("[data-label]")
    .forEach((node) => node.setAttribute("aria-label", word(node.dataset.label)));
  document.querySelectorAll("#zoom button").forEach((node) => (node.title = word(node.dataset.label)));
  query.placeholder = word("search");
  const counts = word("counts", nodes.length, facts.length, figures.length, papers.length);
  const whole = data.whole > nodes.length ? [word("whole", data.whole, nodes.length)] : [];
  byId("counts").textContent = [counts, ...whole].join(" · ");
  drawFilters();
  refresh();
  if (state.node !== null) entityPanel(state.node);
  else if (state.edge !== null) edgePanel(state.edge);
  else if (state.path !== null) openPath(state.path);
}
function listView(on) {
  state.asList = on;
  document.body.classList.toggle("as-list", on);
  byId("list").hidden = !on;
  byId("as-graph").setAttribute("aria-pressed", String(!on));
  byId("as-list").setAttribute("aria-pressed", String(on));
  refresh();
}
byId("as-graph").addEventListener("click", () => listView(false));
byId("as-list").addEventListener("click", () => listView(true));
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fit());
byId("focus-end").addEventListener("click", endFocus);
byId("language").addEventListener("click", () => {
  language = 1 - language;
  speak();
});
byId("filter-button").addEventListener("click", () => {
  const on = document.body.classList.toggle("filtering");
  byId("filter-button").setAttribute("aria-expanded", String(on));
});
window.addEventListener("hashchange", () => {
  const index = fromHash();
  if (index !== undefined && index !== state.node) {
    if (trail.length && trail[trail.length - 1].node === index) trail.pop();
    openNode(index);
  } else if (index === undefined && !location.hash && here()) goHome();
});
const dark = matchMedia("(prefers-color-scheme: dark)");
function theme() {
  picture.dark = dark.matches;
  readColours();
  redraw();
}
dark.addEventListener("change", theme);
upright.addEventListener("change", () => {
  picture.places = new Map(); // all places are to be set again
  refresh();
  fit(false);
});

document.documentElement.classList.add("live");
picture.dark = dark.matches;
speak();
fit(false);
if (fromHash() !== undefined) openNode(fromHash());

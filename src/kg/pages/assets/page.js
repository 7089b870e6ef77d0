/* The page itself: what is open, what is filtered, and how one gets from place to place. */
const byId = (id) => document.getElementById(id);
const state = { node: null, edge: null, focus: null, pinned: new Set(), asList: false, off: { types: new Set(), relations: new Set(), statuses: new Set(), papers: new Set() } };
let trail = [];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");
const moving = (duration = 420) => (calm.matches ? false : { duration, easingFunction: "easeInOutQuad" });

/* ── Filters ── */
const FACETS = {
  types: { all: Object.keys(data.looks).filter((type) => nodes.some((node) => node.types.includes(type))), count: (type) => nodes.filter((node) => node.types.includes(type)).length, name: (type) => term("types", type) },
  statuses: { all: ["", ...Object.keys(data.words.statuses)].filter((status) => facts.some((fact) => fact.statuses.includes(status))), count: (status) => facts.filter((fact) => fact.statuses.includes(status)).length, name: statusName },
  relations: { all: Object.keys(data.words.relations), count: (relation) => facts.filter((fact) => fact.relation === relation).length, name: (relation) => relationName(relation, true) },
  papers: { all: papers.map((_, i) => i), count: (i) => nodes.filter((node) => node.documents.includes(i)).length, name: (i) => papers[i].title },
};
FACETS.relations.all.sort((a, b) => FACETS.relations.count(b) - FACETS.relations.count(a) || (a < b ? -1 : 1));
Object.values(FACETS).forEach((facet) => (facet.counts = new Map(facet.all.map((value) => [value, facet.count(value)]))));

const some = (values, off) => !values.length || values.some((value) => !off.has(value));
const factShown = (i) => {
  const { off } = state;
  return !off.relations.has(facts[i].relation) && some(facts[i].statuses, off.statuses) && some(facts[i].documents, off.papers);
};
function nodeShown(i) {
  const { off } = state;
  if (!some(nodes[i].types, off.types) || !some(nodes[i].documents, off.papers)) return false;
  return !(off.relations.size || off.statuses.size) || touching[i].some(factShown);
}

function filterGroup(key, chipOf) {
  const facet = FACETS[key];
  if (facet.all.length < 2) return null;
  const set = (values) => {
    state.off[key] = new Set(values);
    refresh();
  };
  const tools = el("span", { class: "small-tools" }, button({}, () => set([]), word("all")), button({}, () => set(facet.all), word("none")));
  const items = facet.all.map((value) => filterItem(key, value, chipOf));
  return el("details", { class: "group", open: key === "types" || (key === "statuses" && !narrow.matches) || openGroups.has(key), "data-key": key }, el("summary", {}, word(key)), tools, el("ul", {}, ...items));
}
const openGroups = new Set();

function filterItem(key, value, chipOf) {
  const off = state.off[key];
  const toggle = () => {
    off.has(value) ? off.delete(value) : off.add(value);
    refresh();
    byId("filters").querySelector(`[data-item="${CSS.escape(key + value)}"]`)?.focus();
  };
  const name = el("span", { class: "name" }, el("bdi", {}, FACETS[key].name(value)));
  return el("li", {}, button({ class: "item", "aria-pressed": String(!off.has(value)), "data-item": key + value }, toggle, chipOf(value), name, el("span", { class: "number" }, FACETS[key].counts.get(value))));
}

function drawFilters() {
  byId("filters").querySelectorAll("details").forEach((group) => (group.open ? openGroups.add(group.dataset.key) : openGroups.delete(group.dataset.key)));
  const swatch = (status) => el("span", { class: `line-sample ${UNREAL.has(status) ? "plan" : VOID.has(status) ? "void" : ""}`, "aria-hidden": "true" });
  const groups = [filterGroup("types", (type) => chip(type, true)), filterGroup("statuses", swatch), filterGroup("relations", () => null), filterGroup("papers", () => null)];
  const drawn = picture.shown.size < nodes.length ? el("p", { class: "note" }, word("drawn", picture.shown.size)) : null;
  byId("filters").replaceChildren(...groups.filter(Boolean), el("p", { class: "note" }, word("legend")), ...(drawn ? [drawn] : []));
}

/* ── What is drawn ── */
function wanted() {
  if (state.focus !== null) return [state.focus, ...neighbours(state.focus, factShown).filter(nodeShown)];
  const first = [];
  for (let i = 0; i < nodes.length && first.length < DRAWN; i++) if (nodeShown(i)) first.push(i);
  return [...new Set([...first, ...state.pinned])];
}

/* In focus the neighbours stand around the entity, grouped by relation, on one ring or two. */
function ring(index, around) {
  const places = new Map([[index, { x: 0, y: 0 }]]);
  const inner = around.length > 16 ? around.filter((_, i) => i % 2) : around;
  const outer = around.length > 16 ? around.filter((_, i) => !(i % 2)) : [];
  [[inner, 0], [outer, 0.5]].forEach(([part, shift], level) => {
    const r = Math.max(190, (part.length * 92) / (2 * Math.PI)) + level * 150;
    part.forEach((id, i) => {
      const angle = ((i + shift) / part.length) * 2 * Math.PI - Math.PI / 2;
      places.set(id, { x: Math.round(r * 1.3 * Math.cos(angle)), y: Math.round(r * Math.sin(angle)) });
    });
  });
  return places;
}

function refresh() {
  const ids = wanted();
  show(ids, factShown, state.focus === null ? null : ring(state.focus, ids.slice(1)));
  drawFilters();
  byId("focus-bar").hidden = state.focus === null;
  if (state.focus !== null) byId("focus-name").textContent = word("focused", nameOf(nodes[state.focus]), ids.length - 1);
  if (state.asList) fillList({ nodes: nodes.map((_, i) => i).filter(nodeShown), facts: facts.map((_, i) => i).filter(factShown), figures: figures.map((_, i) => i).filter((i) => nodeShown(figures[i].subject) && some([figures[i].status], state.off.statuses)) });
  light(state.node, state.edge);
}

/* At first all of it, but never so small that nothing can be read. */
function fit(animation = moving()) {
  network.fit({ nodes: [...picture.shown], animation: false });
  const least = narrow.matches ? 0.4 : 0.3;
  const scale = Math.min(Math.max(network.getScale() * 0.92, least), 1.3);
  const position = network.getScale() < least && picture.shown.size ? network.getPosition(picture.order[0]) : network.getViewPosition();
  network.moveTo({ position, scale, offset: { x: 0, y: -12 }, animation });
}

/* ── From place to place: the address tells which entity is open, so the browser's own back works too ── */
const hashOf = (index) => "#" + encodeURI(nodes[index].path).replace(/#/g, "%23");
const fromHash = () => {
  try {
    return byPath.get(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return undefined;
  }
};

function here() {
  return state.node !== null ? { node: state.node } : state.edge !== null ? { edge: state.edge } : null;
}
function remember() {
  const place = here();
  if (place) trail.push(place);
}

function go(index) {
  if (index === state.node) return;
  remember();
  openNode(index);
}
function goEdge(index) {
  if (index === state.edge) return;
  remember();
  openEdge(index);
}
function goBack() {
  const place = trail.pop();
  if (!place) return;
  place.node !== undefined ? openNode(place.node) : openEdge(place.edge);
}
function goHome() {
  trail = [];
  Object.assign(state, { node: null, edge: null });
  panel.hidden = true;
  document.body.classList.remove("open");
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  light(null);
}

function openNode(index) {
  Object.assign(state, { node: index, edge: null });
  if (state.focus !== null && state.focus !== index) state.focus = index;
  if (!picture.shown.has(index)) [index, ...neighbours(index, factShown).slice(0, 40)].forEach((i) => state.pinned.add(i));
  if (fromHash() !== index) location.hash = hashOf(index);
  entityPanel(index);
  reveal();
  state.focus !== null || !picture.shown.has(index) ? refresh() : light(index);
  bring(index);
}

function openEdge(index) {
  Object.assign(state, { node: null, edge: index });
  edgePanel(index);
  reveal();
  light(null, index);
}

/* The panel takes room from the picture, which would shrink with it: it keeps its scale and is moved instead. */
function reveal() {
  const scale = network.getScale();
  const fresh = panel.hidden;
  panel.hidden = false;
  document.body.classList.add("open");
  panel.scrollTop = 0;
  if (fresh) {
    network.setSize("100%", "100%");
    network.moveTo({ scale });
  }
}

/* Moves the view only as far as it must: the chosen node stays where it is if it can be seen. */
function bring(index) {
  requestAnimationFrame(() => {
    if (!picture.shown.has(index) || !stage.clientWidth) return;
    const point = network.canvasToDOM(network.getPosition(index));
    const margin = 70;
    const under = narrow.matches ? stage.clientHeight * 0.42 : stage.clientHeight;
    const inside = point.x > margin && point.y > margin && point.x < stage.clientWidth - margin && point.y < under - margin;
    const offset = narrow.matches ? { x: 0, y: -stage.clientHeight * 0.26 } : { x: 0, y: 0 };
    if (!inside || network.getScale() < 0.5) network.moveTo({ position: network.getPosition(index), scale: Math.max(network.getScale(), 0.7), offset, animation: moving() });
  });
}

function focusOn(index) {
  if (state.node !== index) go(index);
  state.focus = index;
  refresh();
  fit();
}
function endFocus() {
  state.focus = null;
  refresh();
  fit();
}

panel.addEventListener("scroll", () => panel.classList.toggle("scrolled", panel.scrollTop > 60), { passive: true });

/* ── Events of the picture ── */
network.on("click", ({ nodes: hit, edges }) => (hit.length ? go(hit[0]) : edges.length ? goEdge(edges[0]) : here() && goHome()));
network.on("doubleClick", ({ nodes: hit }) => hit.length && focusOn(hit[0]));
network.on("hoverNode", ({ node }) => tip(node, nameOf(nodes[node]), nodes[node].types.map((type) => term("types", type)).join("、")));
network.on("hoverEdge", ({ edge }) => tip(null, relationName(facts[edge].relation, true), `${nodes[facts[edge].subject].name} → ${nodes[facts[edge].object].name}`, facts[edge].statuses));
network.on("blurNode", () => tip(null));
network.on("blurEdge", () => tip(null));
network.on("dragStart", () => tip(null));
network.on("zoom", () => tip(null));

function tip(index, title = "", more = "", statuses = []) {
  picture.hover = index;
  stage.style.cursor = title ? "pointer" : "";
  byId("tip").hidden = !title;
  if (title) byId("tip").replaceChildren(el("b", {}, el("bdi", {}, title)), el("span", {}, el("bdi", {}, more)), ...statuses.map(badge).filter(Boolean));
}
stage.addEventListener("pointermove", ({ offsetX, offsetY }) => {
  const x = Math.min(offsetX + 14, stage.clientWidth - byId("tip").offsetWidth - 8);
  byId("tip").style.transform = `translate(${Math.max(x, 4)}px, ${offsetY + 16}px)`;
});

/* Arrow keys go to the neighbour that lies most nearly in their direction. */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function walk([dx, dy]) {
  if (state.node === null || !picture.shown.has(state.node)) return go(picture.order[0]);
  const from = network.getPosition(state.node);
  const ranked = network.getConnectedNodes(state.node).map((id) => {
    const { x, y } = network.getPosition(id);
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

/* ── Search ── */
const query = byId("query");
const hits = byId("hits");
let active = -1;
function drawHits() {
  const found = find(query.value);
  active = found.length ? 0 : -1;
  const rows = found.map((index, i) => el("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === active), "data-index": index, on: { pointerdown: (event) => (event.preventDefault(), take(index)) } }, chip(nodes[index].types[0], true), el("span", { class: "name" }, el("bdi", {}, nameOf(nodes[index])), hitNote(index)), el("span", { class: "soft" }, term("types", nodes[index].types[0]))));
  const empty = el("li", { class: "empty", role: "presentation" }, word("noHits"));
  hits.replaceChildren(...(rows.length ? rows : [empty]));
  hits.hidden = !query.value.trim();
  query.setAttribute("aria-expanded", String(!hits.hidden));
  point();
}
const hitNote = (index) => (nodes[index].aliases.length ? el("small", {}, el("bdi", {}, nodes[index].aliases.join("、"))) : null);
function point() {
  [...hits.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
  active < 0 ? query.removeAttribute("aria-activedescendant") : query.setAttribute("aria-activedescendant", `hit-${active}`);
  hits.children[active]?.scrollIntoView({ block: "nearest" });
}
function take(index) {
  hits.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.blur();
  if (state.focus !== null && state.focus !== index) state.focus = null;
  go(index);
  stage.focus({ preventScroll: true });
}
query.addEventListener("input", drawHits);
query.addEventListener("focus", () => query.value && drawHits());
query.addEventListener("blur", () => (hits.hidden = true));
query.addEventListener("keydown", (event) => {
  const count = hits.querySelectorAll("[data-index]").length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (count) active = (active + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    point();
    event.preventDefault();
  } else if (event.key === "Enter" && active >= 0) take(Number(hits.children[active].dataset.index));
  else if (event.key === "Escape") query.value ? ((query.value = ""), drawHits()) : query.blur();
});

/* ── Buttons, language, theme ── */
function speak() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  document.querySelectorAll("[data-word]").forEach((node) => (node.textContent = word(node.dataset.word)));
  document.querySelectorAll("[data-label]").forEach((node) => node.setAttribute("aria-label", word(node.dataset.label)));
  document.querySelectorAll("#zoom button").forEach((node) => (node.title = word(node.dataset.label)));
  query.placeholder = word("search");
  byId("counts").textContent = word("counts", nodes.length, facts.length, figures.length, papers.length);
  refresh();
  if (state.node !== null) entityPanel(state.node);
  else if (state.edge !== null) edgePanel(state.edge);
}
function listView(on) {
  state.asList = on;
  document.body.classList.toggle("as-list", on);
  byId("list").hidden = !on;
  byId("as-graph").setAttribute("aria-pressed", String(!on));
  byId("as-list").setAttribute("aria-pressed", String(on));
  refresh();
}
function save() {
  stage.querySelector("canvas").toBlob((blob) => {
    const link = el("a", { href: URL.createObjectURL(blob), download: `${data.title}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
byId("as-graph").addEventListener("click", () => listView(false));
byId("as-list").addEventListener("click", () => listView(true));
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => fit());
byId("save").addEventListener("click", save);
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
  }
  else if (index === undefined && !location.hash && here()) goHome();
});
const dark = matchMedia("(prefers-color-scheme: dark)");
function theme() {
  picture.dark = dark.matches;
  readColours();
  edgeSet.update(lines.filter((line) => edgeSet.get(line.id)).map(visEdge));
  network.redraw();
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

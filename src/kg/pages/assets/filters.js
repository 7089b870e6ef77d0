/* What is open and what is filtered: four facets, each value with a count that a SPARQL query would give. */
const byId = (id) => document.getElementById(id);
const state = {
  node: null,
  edge: null,
  focus: null,
  path: null,
  seeking: null,
  pinned: new Set(),
  asList: false,
  off: { types: new Set(), relations: new Set(), statuses: new Set(), papers: new Set() },
};
let trail = [];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");
const moving = (duration = 420) => (calm.matches ? false : { duration, easingFunction: "easeInOutQuad" });

const FACETS = {
  types: {
    all: Object.keys(data.looks).filter((type) => nodes.some((node) => node.types.includes(type))),
    count: (type) => nodes.filter((node) => node.types.includes(type)).length,
    name: (type) => term("types", type),
  },
  statuses: {
    all: ["", ...Object.keys(data.words.statuses)].filter((status) =>
      facts.some((fact) => fact.statuses.includes(status)),
    ),
    count: (status) => facts.filter((fact) => fact.statuses.includes(status)).length,
    name: statusName,
  },
  relations: {
    all: Object.keys(data.words.relations),
    count: (relation) => facts.filter((fact) => fact.relation === relation).length,
    name: (relation) => relationName(relation, true),
  },
  papers: {
    all: papers.map((_, i) => i),
    count: (i) => nodes.filter((node) => node.documents.includes(i)).length,
    name: (i) => papers[i].title,
  },
};
FACETS.relations.all.sort((a, b) => FACETS.relations.count(b) - FACETS.relations.count(a) || (a < b ? -1 : 1));
Object.values(FACETS).forEach(
  (facet) => (facet.counts = new Map(facet.all.map((value) => [value, facet.count(value)]))),
);

const some = (values, off) => !values.length || values.some((value) => !off.has(value));
const factShown = (i) => {
  const { off } = state;
  return (
    !off.relations.has(facts[i].relation) &&
    some(facts[i].statuses, off.statuses) &&
    some(facts[i].documents, off.papers)
  );
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
  const tools = el(
    "span",
    { class: "small-tools" },
    button({}, () => set([]), word("all")),
    button({}, () => set(facet.all), word("none")),
  );
  const items = facet.all.map((value) => filterItem(key, value, chipOf));
  return el(
    "details",
    {
      class: "group",
      open: key === "types" || (key === "statuses" && !narrow.matches) || openGroups.has(key),
      "data-key": key,
    },
    el("summary", {}, word(key)),
    tools,
    el("ul", {}, ...items),
  );
}
const openGroups = new Set();

function filterItem(key, value, chipOf) {
  const off = state.off[key];
  const toggle = () => {
    off.has(value) ? off.delete(value) : off.add(value);
    refresh();
    byId("filters")
      .querySelector(`[data-item="${CSS.escape(key + value)}"]`)
      ?.focus();
  };
  const name = el("span", { class: "name" }, el("bdi", {}, FACETS[key].name(value)));
  return el(
    "li",
    {},
    button(
      { class: "item", "aria-pressed": String(!off.has(value)), "data-item": key + value },
      toggle,
      chipOf(value),
      name,
      el("span", { class: "number" }, FACETS[key].counts.get(value)),
    ),
  );
}

function drawFilters() {
  byId("filters")
    .querySelectorAll("details")
    .forEach((group) => (group.open ? openGroups.add(group.dataset.key) : openGroups.delete(group.dataset.key)));
  const swatch = (status) =>
    el("span", {
      class: `line-sample ${UNREAL.has(status) ? "plan" : VOID.has(status) ? "void" : ""}`,
      "aria-hidden": "true",
    });
  const groups = [
    filterGroup("types", (type) => chip(type, true)),
    filterGroup("statuses", swatch),
    filterGroup("relations", () => null),
    filterGroup("papers", () => null),
  ];
  const drawn =
    picture.shown.size < nodes.length ? el("p", { class: "note" }, word("drawn", picture.shown.size)) : null;
  byId("filters").replaceChildren(
    ...groups.filter(Boolean),
    el("p", { class: "note" }, word("legend")),
    ...(drawn ? [drawn] : []),
  );
}

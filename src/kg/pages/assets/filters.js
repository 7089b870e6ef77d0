/* What is open and what is filtered: six facets, each value with a count that a SPARQL query would give. */
const byId = (id) => document.getElementById(id);
const state = {
  node: null,
  edge: null,
  focus: null,
  path: null,
  seeking: null,
  pinned: new Set(),
  asList: false,
  off: Object.fromEntries(
    ["types", "statuses", "years", "relations", "confidences", "papers"].map((key) => [key, new Set()]),
  ),
};
let trail = [];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");
const moving = (duration = 420) => (calm.matches ? false : { duration, easingFunction: "easeInOutQuad" });

/* How many rows have each value; a row that has one twice counts once. */
function tally(rows, valuesOf) {
  const found = new Map();
  rows.forEach((row) => new Set(valuesOf(row)).forEach((value) => found.set(value, (found.get(value) || 0) + 1)));
  return found;
}
const told = [...facts, ...figures.map((figure) => ({ ...figure, statuses: [figure.status] }))];
const inOrder = (counts, order) => order.filter((value) => counts.has(value));
const byName = (counts) => [...counts.keys()].sort((a, b) => (a < b ? 1 : -1));

function facet(counts, order, name) {
  return { counts, all: order(counts), name };
}
const FACETS = {
  types: facet(
    tally(nodes, (node) => node.types),
    (counts) => inOrder(counts, Object.keys(data.looks)),
    (type) => term("types", type),
  ),
  statuses: facet(
    tally(told, (one) => one.statuses),
    (counts) => inOrder(counts, ["", ...Object.keys(data.words.statuses)]),
    statusName,
  ),
  years: facet(
    tally(told, (one) => one.years),
    byName,
    (year) => year || word("undated"),
  ),
  relations: facet(
    tally(facts, (fact) => [fact.relation]),
    (counts) => [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1)),
    (relation) => relationName(relation, true),
  ),
  confidences: facet(tally(told, (one) => one.confidences), byName, bandName),
  papers: facet(
    tally(nodes, (node) => node.documents),
    () => papers.map((_, i) => i),
    (i) => papers[i].title,
  ),
};

/* A band of confidence by its lower end, in percent. */
function bandName(band) {
  if (!band) return word("unmeasured");
  const from = Math.round(Number(band) * 100);
  if (!from) return word("below", 50);
  return from === 90 ? word("from", 90) : `${from}–${from + 9}%`;
}

const some = (values, off) => !off.size || !values.length || values.some((value) => !off.has(value));
const toldShown = (one) => {
  const { off } = state;
  return (
    some(one.years, off.years) && some(one.confidences, off.confidences) && some(one.documents, off.papers)
  );
};

/* What the filters let through, worked out once for each change of them. */
const sifted = { facts: [], figures: [], nodes: [] };
const factShown = (i) => sifted.facts[i];
const nodeShown = (i) => sifted.nodes[i];
function sift() {
  const { off } = state;
  const fits = nodes.map((node) => some(node.types, off.types) && some(node.documents, off.papers));
  sifted.facts = facts.map(
    (fact) =>
      fits[fact.subject] &&
      (fact.object === null || fits[fact.object]) &&
      !off.relations.has(fact.relation) &&
      some(fact.statuses, off.statuses) &&
      toldShown(fact),
  );
  sifted.figures = figures.map(
    (figure) => fits[figure.subject] && some([figure.status], off.statuses) && toldShown(figure),
  );
  const strict = off.relations.size || off.statuses.size || off.years.size || off.confidences.size;
  const figured = (i) => !off.relations.size && figuresOf[i].some((at) => sifted.figures[at]);
  sifted.nodes = fits.map((fit, i) => fit && (!strict || touching[i].some(factShown) || figured(i)));
}
const indicesOf = (flags) => flags.flatMap((flag, i) => (flag ? [i] : []));

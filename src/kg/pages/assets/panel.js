/* The panel beside the picture: all the graph knows of one entity, or of one relation. */
const panel = document.getElementById("panel");

function heading(title, ...more) {
  const back = button(
    { class: "round", "aria-label": word("back"), title: word("back"), disabled: !trail.length },
    goBack,
    "←",
  );
  const close = button({ class: "round", "aria-label": word("close"), title: word("close") }, () => goHome(), "✕");
  return [el("div", { class: "crumbs" }, back, crumbs(), close), el("header", {}, title, ...more)];
}

function crumbs() {
  const last = trail.slice(-3).filter((place) => place.node !== undefined);
  const now =
    state.node === null
      ? ""
      : el("span", { class: "crumb now", "aria-hidden": "true" }, el("bdi", {}, nameOf(nodes[state.node])));
  return el(
    "nav",
    { "aria-label": word("back") },
    ...last.map((place) => button({ class: "crumb" }, () => go(place.node), el("bdi", {}, nameOf(nodes[place.node])))),
    now,
  );
}

function entityPanel(index) {
  const node = nodes[index];
  const types = node.types.map((type) => el("span", { class: "type" }, term("types", type)));
  const title = el(
    "div",
    { class: "title" },
    chip(node.types[0]),
    el("div", {}, el("h2", {}, el("bdi", {}, nameOf(node))), el("p", { class: "types" }, ...types)),
  );
  const linked = touching[index].length > 0;
  const focus = linked ? button({ class: "tool" }, () => focusOn(index), word("focus")) : null;
  const connect = linked ? button({ class: "tool" }, () => seek(index), word("connect")) : null;
  const sections = [figureSection(index), ...relationSections(index), mention(index)].filter(Boolean);
  panel.replaceChildren(...heading(title, aliases(node), el("div", { class: "actions" }, focus, connect)), ...sections);
}

function aliases(node) {
  if (!node.aliases.length) return null;
  return el(
    "p",
    { class: "aliases" },
    el("span", { class: "label" }, word("aliases")),
    ...node.aliases.map((alias) => el("bdi", { class: "alias" }, alias)),
  );
}

/* Facts by relation and direction, in the order of the file. */
function relationSections(index) {
  const groups = new Map();
  touching[index].forEach((i) => {
    const key = (facts[i].subject === index ? ">" : "<") + facts[i].relation;
    groups.set(key, [...(groups.get(key) || []), i]);
  });
  return [...groups].map(([key, all]) => relationSection(index, key.slice(1), key[0] === ">", all));
}

function relationSection(index, relation, forward, all) {
  const title = el("h3", {}, relationName(relation, forward), el("span", { class: "count" }, all.length));
  return el("section", {}, title, ...growing(cards(all), (card) => factCard(index, card)));
}

/* The first few, and a button for the next ones: a hub has hundreds. */
const FEW = 6;
function growing(all, make) {
  const more = button({ class: "tool more" }, () => grow(FEW * 5));
  let at = 0;
  const next = (count) => {
    const made = all.slice(at, at + count).map(make);
    at += made.length;
    more.hidden = at >= all.length;
    more.textContent = word("more", Math.min(FEW * 5, all.length - at));
    return made;
  };
  const grow = (count) => {
    const made = next(count);
    more.before(...made);
    made[0].querySelector("button")?.focus();
  };
  return [...next(all.length <= FEW * 1.5 ? all.length : FEW), more];
}

/* Facts that rest on the very same words share a card, so that a sentence is read once. */
function cards(all) {
  const found = new Map();
  all.forEach((i) => {
    const key = JSON.stringify([
      facts[i].statuses,
      facts[i].statements.map((at) => [
        statement(at).rule,
        statement(at).pieces.map((p) => [p.sentence.document, p.sentence.start, p.start, p.end]),
      ]),
    ]);
    found.set(key, [...(found.get(key) || []), i]);
  });
  return [...found.values()];
}

function factCard(index, card) {
  const names = [...namesOf(index), ...card.flatMap((i) => namesIn(facts[i]))];
  const first = facts[card[0]];
  const kind = kindOf(first);
  return el(
    "article",
    { class: `fact ${kind}` },
    el("p", { class: "ends" }, ...card.map((i) => endOf(index, facts[i])), ...states(first)),
    ...quotes(first.statements, names, first.statuses.length > 1),
  );
}

const kindOf = (fact) =>
  fact.statuses.every((s) => VOID.has(s))
    ? "void"
    : fact.statuses.every((s) => VOID.has(s) || UNREAL.has(s))
      ? "plan"
      : "plain";
const states = (fact) => [
  ...fact.statuses.map(badge),
  kindOf(fact) === "void" ? el("span", { class: "note" }, word("voided")) : null,
];

function endOf(index, fact) {
  const end = other(fact, index);
  if (end === null) return el("span", { class: "literal" }, fact.text);
  return el(
    "span",
    { class: "end" },
    entityButton(end),
    fact.text ? el("span", { class: "literal" }, fact.text) : null,
  );
}

function edgePanel(index) {
  const fact = facts[index];
  const ends = [
    entityButton(fact.subject),
    el("span", { class: "arrow" }, relationName(fact.relation, true)),
    fact.object === null ? fact.text : entityButton(fact.object),
  ];
  const title = el("div", { class: "title" }, el("h2", { class: "line" }, ...ends));
  const held = fact.held && kindOf(fact) !== "plain" ? el("p", { class: "note" }, word("held")) : null;
  const extra = fact.text && fact.object !== null ? el("p", { class: "literal" }, fact.text) : null;
  panel.replaceChildren(
    ...heading(title, extra, el("p", {}, ...states(fact)), held),
    el(
      "section",
      {},
      el("h3", {}, word("facts")),
      el(
        "article",
        { class: `fact ${kindOf(fact)}` },
        ...quotes(fact.statements, namesIn(fact), fact.statuses.length > 1),
      ),
    ),
  );
}

function figureSection(index) {
  if (!figuresOf[index].length) return null;
  const head = el(
    "tr",
    {},
    ...["indicator", "value", "period", "growth", "rank"].map((key) => el("th", { scope: "col" }, word(key))),
  );
  const body = el("tbody", {}, ...figuresOf[index].flatMap((i) => figureRows(index, figures[i])));
  const title = el("h3", {}, word("figures"), el("span", { class: "count" }, figuresOf[index].length));
  return el(
    "section",
    {},
    title,
    el("div", { class: "scroll" }, el("table", { class: "figures" }, el("thead", {}, head), body)),
    ...seriesOf(index).map(chart),
  );
}

function standing([place, among, basis]) {
  const by = basis === "growth" ? word("by", term("bases", basis)) : "";
  return el("span", { class: "rank" }, el("bdi", {}, among), language ? " " : "", word("place", place), by);
}

/* The wording of a value; where a text gives only a growth, the wording is that of the growth. */
const valueOf = (figure) => (figure.value || !figure.growth.length ? figure.text || figure.value : "—");
const growthOf = (figure) => figure.growth.map((one) => `${one.startsWith("-") ? "" : "+"}${one}%`).join(" / ");

/* A row of the table and, beneath it, the sentence it rests on, folded until asked for. */
function figureRows(index, figure) {
  const under = el("tr", { class: "under", hidden: true }, el("td", { colspan: 5 }));
  const toggle = button(
    { class: "unfold", "aria-expanded": "false" },
    () => unfold(toggle, under, index, figure),
    el("bdi", {}, indicatorOf(figure)),
  );
  const kind = UNREAL.has(figure.status) ? "plan" : VOID.has(figure.status) ? "void" : "";
  const cells = [
    el(
      "td",
      { class: "value" },
      el("span", { class: "tight" }, valueOf(figure)),
      " ",
      badge(figure.status),
    ),
    el("td", { class: "tight" }, figure.period || "—"),
    el("td", { class: "tight" }, growthOf(figure) || "—"),
    el("td", {}, ...(figure.ranks.length ? figure.ranks.map(standing) : ["—"])),
  ];
  return [el("tr", { class: kind }, el("th", { scope: "row" }, toggle), ...cells), under];
}

function unfold(toggle, under, index, figure) {
  const names = [figure.text, figure.indicator, ...namesOf(index)];
  if (under.hidden) under.firstElementChild.replaceChildren(...quotes(figure.statements, names, false));
  under.hidden = !under.hidden;
  toggle.setAttribute("aria-expanded", String(!under.hidden));
}

/* The sentences that show the type; they matter most where nothing else is known. */
function mention(index) {
  const node = nodes[index];
  if (!node.statements.length) return null;
  const fold = el(
    "details",
    { open: !touching[index].length && !figuresOf[index].length },
    el("summary", {}, word("mention"), el("span", { class: "count" }, node.statements.length)),
  );
  fold.append(...quotes(node.statements, namesOf(index)));
  return el("section", {}, fold);
}

/* How two entities hang together: the shortest way along the facts that are shown, with the sentence at each step. */
function pathBetween(from, to) {
  const came = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !came.has(to)) {
    const next = [];
    for (const node of edge)
      for (const i of touching[node]) {
        const end = other(facts[i], node);
        if (end === null || came.has(end) || !factShown(i) || kindOf(facts[i]) === "void") continue;
        came.set(end, { fact: i, node });
        next.push(end);
      }
    edge = next;
  }
  if (!came.has(to)) return null;
  const steps = [];
  for (let at = to; came.get(at); at = came.get(at).node) steps.unshift(came.get(at).fact);
  return steps;
}

function pathPanel([from, to], steps) {
  const ends = [
    entityButton(from),
    el("span", { class: "arrow" }, steps ? word("steps", steps.length) : "…"),
    entityButton(to),
  ];
  const title = el("div", { class: "title" }, el("h2", { class: "line" }, ...ends));
  const none = steps ? null : el("p", { class: "note" }, word("apart"));
  panel.replaceChildren(...heading(title, none), el("section", {}, ...(steps || []).map(stepCard)));
}

function stepCard(index) {
  const fact = facts[index];
  const line = [
    entityButton(fact.subject),
    el("span", { class: "arrow" }, relationName(fact.relation, true)),
    entityButton(fact.object),
  ];
  return el(
    "article",
    { class: `fact ${kindOf(fact)}` },
    el("p", { class: "ends" }, ...line, ...states(fact)),
    ...quotes(fact.statements.slice(0, 1), namesIn(fact), false),
  );
}

function openPath(pair) {
  Object.assign(state, { node: null, edge: null, path: pair, focus: null });
  const steps = pathBetween(...pair);
  const along = new Set([...pair, ...(steps || []).flatMap((i) => [facts[i].subject, facts[i].object])]);
  along.forEach((i) => state.pinned.add(i));
  pathPanel(pair, steps);
  reveal();
  refresh();
  lightPath(along, steps || []);
  frame([...along], [0.07, 1], moving());
}

/* Asks for the other end: the next entity taken from the search box. */
function seek(index) {
  state.seeking = index;
  byId("query").value = "";
  byId("query").placeholder = index === null ? word("search") : word("seek", nameOf(nodes[index]));
  if (index !== null) byId("query").focus();
}

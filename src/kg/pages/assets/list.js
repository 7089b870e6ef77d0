/* The same data as tables, for reading without the picture; long tables grow by pages. */
const listing = document.getElementById("list");
const PAGE = 200;

function table(columns, rows, row) {
  const body = el("tbody");
  const more = button({ class: "tool more" }, () => grow());
  let at = 0;
  function grow() {
    body.append(...rows.slice(at, at + PAGE).map(row));
    at += PAGE;
    more.hidden = at >= rows.length;
    more.textContent = word("more", Math.min(PAGE, rows.length - at));
  }
  grow();
  const head = el("tr", {}, ...columns.map((key) => el("th", { scope: "col", class: key === "degree" && "number" }, word(key))));
  return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, head), body), more);
}

function entityTable(shown) {
  const row = (i) =>
    el(
      "tr",
      {},
      el("td", {}, entityButton(i)),
      el("td", {}, term("types", nodes[i].types[0])),
      el("td", { class: "soft" }, nodes[i].aliases.join("、")),
      el("td", { class: "number" }, nodes[i].degree),
    );
  return table(["name", "type", "aliases", "degree"], shown, row);
}

function factTable(shown) {
  const row = (i) => {
    const fact = facts[i];
    const open = button({ class: "link" }, () => goEdge(i), relationName(fact.relation, true));
    const end = fact.object === null ? fact.text : entityButton(fact.object);
    return el(
      "tr",
      { class: kindOf(fact) },
      el("td", {}, entityButton(fact.subject)),
      el("td", {}, open),
      el("td", {}, end, fact.object !== null && fact.text ? ` ${fact.text}` : ""),
      el("td", {}, ...fact.statuses.map(badge)),
    );
  };
  return table(["subject", "relation", "object", "status"], shown, row);
}

function figureTable(shown) {
  const row = (i) => {
    const figure = figures[i];
    return el(
      "tr",
      {},
      el("td", {}, entityButton(figure.subject)),
      el("td", {}, indicatorOf(figure)),
      el("td", { class: "value" }, valueOf(figure), " ", badge(figure.status)),
      el("td", {}, figure.period || "—"),
      el("td", {}, growthOf(figure) || "—"),
      el("td", {}, ...figure.ranks.map(standing)),
    );
  };
  return table(["subject", "indicator", "value", "period", "growth", "rank"], shown, row);
}

function fillList(filtered) {
  const part = (title, rows, made) =>
    rows.length
      ? el("section", {}, el("h2", {}, word(title), el("span", { class: "count" }, grouped(rows.length))), made(rows))
      : null;
  const parts = [
    part("figures", filtered.figures, figureTable),
    part("entities", filtered.nodes, entityTable),
    part("relations", filtered.facts, factTable),
  ];
  listing.replaceChildren(...parts.filter(Boolean));
}

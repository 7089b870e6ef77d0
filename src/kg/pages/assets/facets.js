/* The filters as one sees them. They are built once for each language; a change only marks what is off. */
const WITH_BARS = new Set(["years", "confidences"]);
const OPEN_AT_FIRST = new Set(["types", "statuses", "years"]);

function setOff(key, values) {
  state.off[key] = new Set(values);
  refresh();
}

function filterGroup(key, swatchOf) {
  const { all } = FACETS[key];
  if (all.length < 2) return null;
  const tools = el(
    "span",
    { class: "small-tools" },
    button({}, () => setOff(key, []), word("all")),
    button({}, () => setOff(key, all), word("none")),
  );
  const open = OPEN_AT_FIRST.has(key) && (key === "types" || !narrow.matches);
  return el(
    "details",
    { class: "group", open: openGroups.get(key) ?? open, "data-key": key },
    el("summary", {}, word(key)),
    tools,
    key === "years" ? yearRange() : null,
    el("ul", {}, ...all.map((value) => filterItem(key, value, swatchOf))),
  );
}
const openGroups = new Map();

function filterItem(key, value, swatchOf) {
  const { counts, name } = FACETS[key];
  const toggle = () => {
    const { [key]: off } = state.off;
    off.has(value) ? off.delete(value) : off.add(value);
    refresh();
  };
  const count = counts.get(value) || 0;
  const made = button(
    { class: "item", "aria-pressed": "true", "data-item": key + value },
    toggle,
    swatchOf(value),
    el("span", { class: "name" }, el("bdi", {}, name(value))),
    WITH_BARS.has(key) ? bar(count / Math.max(...counts.values())) : null,
    el("span", { class: "number" }, grouped(count)),
  );
  return el("li", {}, made);
}
function bar(share) {
  const made = el("span", { class: "bar", "aria-hidden": "true" });
  made.style.setProperty("--share", Math.max(share, 0.03).toFixed(3));
  return made;
}

/* A span of years: everything outside it is off, what has no year stays as it is. */
const yearsThere = () => FACETS.years.all.filter(Boolean).reverse();
function yearRange() {
  if (yearsThere().length < 3) return null;
  const choice = (id) =>
    el(
      "select",
      { id, "aria-label": word(id), on: { change: spanYears } },
      ...yearsThere().map((year) => el("option", { value: year }, year)),
    );
  return el("p", { class: "range" }, choice("yearFrom"), el("span", { "aria-hidden": "true" }, "–"), choice("yearTo"));
}
function spanYears() {
  const [a, b] = [byId("yearFrom").value, byId("yearTo").value].sort();
  const outside = yearsThere().filter((year) => year < a || year > b);
  setOff("years", state.off.years.has("") ? [...outside, ""] : outside);
}

const swatch = (status) =>
  el("span", {
    class: `line-sample ${UNREAL.has(status) ? "plan" : VOID.has(status) ? "void" : ""}`,
    "aria-hidden": "true",
  });

function drawFilters() {
  byId("filters")
    .querySelectorAll("details")
    .forEach((group) => openGroups.set(group.dataset.key, group.open));
  const groups = [
    filterGroup("types", (type) => chip(type, true)),
    filterGroup("statuses", swatch),
    filterGroup("years", () => null),
    filterGroup("relations", () => null),
    filterGroup("confidences", () => null),
    filterGroup("papers", () => null),
  ];
  const clear = button({ class: "link", id: "clear" }, clearFilters, word("clear"));
  byId("filters").replaceChildren(
    el("p", { id: "left", class: "note" }, el("span", { role: "status", "aria-label": word("leftLabel") }), clear),
    ...groups.filter(Boolean),
    el("p", { class: "note" }, word("legend")),
    el("p", { class: "note", id: "drawn" }),
  );
}
function clearFilters() {
  Object.keys(state.off).forEach((key) => (state.off[key] = new Set()));
  refresh();
}

/* Marks what is off, and says what is left. */
function markFilters() {
  Object.entries(FACETS).forEach(([key, { all }]) => {
    const items = byId("filters").querySelectorAll(`[data-key=${key}] .item`);
    items.forEach((item, i) => item.setAttribute("aria-pressed", String(!state.off[key].has(all[i]))));
  });
  const filtered = Object.values(state.off).some((off) => off.size);
  const count = (flags) => flags.reduce((sum, flag) => sum + (flag ? 1 : 0), 0);
  byId("left").hidden = !filtered;
  byId("left").firstElementChild.textContent = filtered
    ? word("left", count(sifted.nodes), count(sifted.facts), count(sifted.figures))
    : "";
  const part = picture.shown.size < count(sifted.nodes) && state.focus === null;
  byId("drawn").textContent = part ? word("drawn", picture.shown.size) : "";
  markYears();
}
function markYears() {
  if (!byId("yearFrom")) return;
  const on = yearsThere().filter((year) => !state.off.years.has(year));
  byId("yearFrom").value = on[0] || yearsThere()[0];
  byId("yearTo").value = on[on.length - 1] || yearsThere()[yearsThere().length - 1];
}

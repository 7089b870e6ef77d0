/* The search box and its list of hits. */
const query = byId("query");
const hits = byId("hits");
let active = -1;
function drawHits() {
  const found = find(query.value);
  active = found.length ? 0 : -1;
  const rows = found.map((index, i) =>
    el(
      "li",
      {
        role: "option",
        id: `hit-${i}`,
        "aria-selected": String(i === active),
        "data-index": index,
        on: { pointerdown: (event) => (event.preventDefault(), take(index)) },
      },
      chip(nodes[index].types[0], true),
      el("span", { class: "name" }, el("bdi", {}, nameOf(nodes[index])), hitNote(index)),
      el("span", { class: "soft" }, term("types", nodes[index].types[0])),
    ),
  );
  const empty = el("li", { class: "empty", role: "presentation" }, word("noHits"));
  hits.replaceChildren(...(rows.length ? rows : [empty]));
  hits.hidden = !query.value.trim();
  query.setAttribute("aria-expanded", String(!hits.hidden));
  point();
}
const hitNote = (index) =>
  nodes[index].aliases.length ? el("small", {}, el("bdi", {}, nodes[index].aliases.join("、"))) : null;
function point() {
  [...hits.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
  active < 0
    ? query.removeAttribute("aria-activedescendant")
    : query.setAttribute("aria-activedescendant", `hit-${active}`);
  hits.children[active]?.scrollIntoView({ block: "nearest" });
}
function take(index) {
  hits.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.blur();
  const from = state.seeking;
  seek(null);
  if (from !== null && from !== index) return goPath([from, index]);
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
  else if (event.key === "Escape") query.value ? ((query.value = ""), drawHits()) : (seek(null), query.blur());
});

/* Pieces the panel is made of. Data only ever becomes text nodes and the values of harmless attributes. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => {
    if (key === "on") Object.entries(value).forEach(([event, act]) => made.addEventListener(event, act));
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  });
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
const button = (attributes, act, ...children) =>
  el("button", { type: "button", ...attributes, on: { click: act } }, ...children);

function chip(type, small = false) {
  const [glyph, colour, shape] = data.looks[type];
  const made = el(
    "span",
    { class: `chip ${shape}${small ? " small" : ""}`, "aria-hidden": "true" },
    el("span", {}, glyph),
  );
  made.style.setProperty("--type", colour);
  return made;
}

function entityButton(index) {
  const type = term("types", nodes[index].types[0]);
  return button(
    { class: "entity", title: type, "data-path": nodes[index].path },
    () => go(index),
    chip(nodes[index].types[0], true),
    el("bdi", {}, nameOf(nodes[index])),
  );
}

const badge = (status) => (status ? el("span", { class: `badge ${status}` }, statusName(status)) : null);

/* Where the forms stand in the characters: the longest first, none inside another. */
function marks(chars, names) {
  const found = [];
  [...new Set(names)]
    .filter(Boolean)
    .map((name) => [...name])
    .sort((a, b) => b.length - a.length)
    .forEach((name) => {
      for (let i = 0; i + name.length <= chars.length; i++) {
        const fits = name.every((char, k) => chars[i + k] === char);
        if (fits && !found.some(([from, to]) => i < to && from < i + name.length)) found.push([i, i + name.length]);
      }
    });
  return found.sort((a, b) => a[0] - b[0]);
}

/* Characters as text, with those parts emphasised that name the fact's ends. */
function named(chars, names) {
  const parts = [];
  let at = 0;
  marks(chars, names).forEach(([from, to]) => {
    parts.push(chars.slice(at, from).join(""), el("b", {}, chars.slice(from, to).join("")));
    at = to;
  });
  return [...parts, chars.slice(at).join("")];
}

/* The whole sentence with the quote marked in it, in code points. */
function sentence(piece, names) {
  const { text } = piece.sentence;
  const whole = piece.start === 0 && piece.end === text.length;
  const around = (part) => (part.length ? el("span", { class: "around" }, part.join("")) : null);
  const mark = el("mark", { class: whole ? "quote whole" : "quote" }, named(text.slice(piece.start, piece.end), names));
  return el("span", { class: "sentence" }, around(text.slice(0, piece.start)), mark, around(text.slice(piece.end)));
}

function safeLink(paper) {
  const url = /^https?:\/\/[^\s<>"]+$/i.test(paper.url) ? paper.url : null;
  const title = el("bdi", {}, `《${paper.title}》`);
  return url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title) : title;
}

function source(told) {
  if (told.document === null) return null;
  const paper = papers[told.document];
  const parts = [safeLink(paper)];
  if (paper.issued) parts.push(el("time", {}, paper.issued));
  if (paper.path && paper.path !== paper.title) parts.push(el("span", { class: "path" }, el("bdi", {}, paper.path)));
  return parts;
}

function times(told) {
  return told.since || told.until ? el("span", {}, `${told.since || "…"} – ${told.until || "…"}`) : null;
}

function meta(told) {
  const parts = [...(source(told) || [])];
  if (told.stated_by) parts.push(el("span", {}, word("statedBy", told.stated_by)));
  parts.push(times(told));
  if (told.rule) parts.push(el("span", { class: "rule" }, `${word("rule")} ${told.rule}`));
  if (told.confidence) parts.push(el("span", {}, `${word("confidence")} ${told.confidence}`));
  return el("p", { class: "meta" }, ...parts, told.pieces.length ? citeButton(told) : null);
}

function citation(told) {
  const quotes = told.pieces
    .map((piece) => `「${piece.sentence.text.slice(piece.start, piece.end).join("")}」`)
    .join("");
  const paper = told.document === null ? null : papers[told.document];
  return paper ? `${quotes}，《${paper.title}》${paper.issued ? "，" + paper.issued : ""}` : quotes;
}

function citeButton(told) {
  const made = button(
    { class: "cite" },
    () =>
      copy(citation(told)).then(() => {
        made.textContent = word("copied");
        setTimeout(() => (made.textContent = word("cite")), 1600);
      }),
    word("cite"),
  );
  return made;
}

function copy(text) {
  const byHand = () => {
    const area = el("textarea", { class: "offscreen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };
  return navigator.clipboard ? navigator.clipboard.writeText(text).catch(byHand) : Promise.resolve(byHand());
}

/* Every quote of some statements, the same quote once. */
function quotes(indices, names, marked = true) {
  const seen = new Set();
  const told = indices.map(statement).filter((one) => {
    const key = JSON.stringify([
      one.document,
      one.status,
      one.rule,
      one.pieces.map((p) => [p.sentence.document, p.sentence.start, p.start, p.end]),
    ]);
    return !seen.has(key) && seen.add(key);
  });
  if (!told.length) return [el("p", { class: "meta" }, word("noQuote"))];
  return told.map((one) => {
    const pieces = one.pieces.flatMap((piece, i) =>
      i ? [el("span", { class: "gap" }, " … "), sentence(piece, names)] : [sentence(piece, names)],
    );
    return el("blockquote", {}, el("p", {}, marked ? badge(one.status) : null, ...pieces), meta(one));
  });
}

const namesOf = (index) => (index === null ? [] : [nodes[index].name, ...nodes[index].aliases]);
const namesIn = (fact) => [...namesOf(fact.subject), ...namesOf(fact.object), fact.text];

/* What is drawn, as SVG: the same nodes, lines and places at scale 1, with every label that has room. */
const MARGIN = 40;
const XML_SAFE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(document.querySelector("svg").namespaceURI, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children.filter((child) => child !== null));
  return made;
}
const xmlText = (text) => text.replace(XML_SAFE, " ");
const round = (value) => Math.round(value * 10) / 10;

function svgLine(line) {
  const [a, via] = [placeOf(line.from), viaOf(line)];
  const tip = tipOf(line, via, spots[line.to].size);
  const lit = picture.litLines.includes(line);
  const colour = lit ? picture.colours.accent : colourOf(line.style);
  const end = `${round(tip.x - 4 * tip.dx)} ${round(tip.y - 4 * tip.dy)}`;
  const d = via ? `M${a.x} ${a.y}Q${round(via.x)} ${round(via.y)} ${end}` : `M${a.x} ${a.y}L${end}`;
  const dashes = DASHES[line.style].length ? { "stroke-dasharray": DASHES[line.style].join(" ") } : {};
  return drawn(
    "g",
    picture.lit && !lit ? { opacity: 0.3 } : {},
    drawn("path", { d, fill: "none", stroke: colour, "stroke-width": lit ? 2 : 1.2, ...dashes }),
    drawn("path", { d: svgArrow(tip), fill: colour }),
  );
}
function svgArrow({ x, y, dx, dy }, size = 9) {
  const corner = (side) =>
    `${round(x - dx * size - side * dy * size * 0.42)} ${round(y - dy * size + side * dx * size * 0.42)}`;
  return `M${round(x)} ${round(y)}L${corner(1)}L${corner(-1)}Z`;
}

function svgShape(shape, x, y, r, paint) {
  if (shape === "circle") return drawn("circle", { cx: x, cy: y, r, ...paint });
  const side = r * (shape === "square" ? 0.9 : 0.8);
  const box = { x: round(x - side), y: round(y - side), width: round(2 * side), height: round(2 * side) };
  const turn = shape === "diamond" ? { transform: `rotate(45 ${x} ${y})` } : {};
  return drawn("rect", { ...box, rx: round(r * 0.34), ...turn, ...paint });
}

function svgNode(id) {
  const [glyph, colour, shape] = look(id);
  const { x, y } = placeOf(id);
  const r = spots[id].size;
  const paint = planned[id]
    ? { fill: picture.colours.card, stroke: colour, "stroke-dasharray": "5 4" }
    : { fill: colour, stroke: picture.colours.ground };
  const size = round(r * (shape === "diamond" ? 0.86 : 0.98));
  const at = { x, y: round(y + size * 0.37), "font-size": size, "font-weight": 600, fill: inkOn(id, colour) };
  const title = drawn("title", {}, xmlText(`${nameOf(nodes[id])}（${term("types", nodes[id].types[0])}）`));
  return drawn(
    "g",
    isLit(id) ? {} : { opacity: 0.3 },
    title,
    svgShape(shape, x, y, r, { ...paint, "stroke-width": 2 }),
    drawn("text", at, glyph),
  );
}

function svgLabel({ id, rows, x, top, size, weight }) {
  const halo = { "paint-order": "stroke", stroke: picture.colours.ground, "stroke-width": 4, "stroke-linejoin": "round" };
  const text = (row, i) => drawn("tspan", { x, y: round(top + size * (0.95 + i * 1.25)) }, xmlText(row));
  const look = { "font-weight": weight, ...(isLit(id) ? {} : { opacity: 0.3 }) };
  return drawn("text", { ...halo, ...look }, ...rows.map(text));
}

function svgPicture() {
  const ids = picture.order;
  const [left, top, right, bottom] = ids.length ? boundsOf(ids) : [0, 0, 240, 80];
  const [x, y] = [Math.floor(left - MARGIN), Math.floor(top - MARGIN)];
  const [width, height] = [Math.ceil(right + MARGIN) - x, Math.ceil(bottom + MARGIN) - y];
  const radius = (id) => spots[id].size;
  const taken = room(ids, radius, 1);
  const labels = placedLabels(ids, { size: 13, air: 0, radius, strong: () => false, taken });
  const frame = { x, y, width, height, fill: picture.colours.ground };
  const made = drawn(
    "svg",
    { viewBox: `${x} ${y} ${width} ${height}`, width, height, "font-family": FONT_STACK, "font-size": 13 },
    drawn("title", {}, xmlText(data.title)),
    drawn("rect", frame),
    ...picture.lines.filter((line) => line.from !== line.to).map(svgLine),
    drawn("g", { "text-anchor": "middle" }, ...ids.map(svgNode)),
    drawn("g", { "text-anchor": "middle", fill: picture.colours.ink }, ...labels.map(svgLabel)),
  );
  return new XMLSerializer().serializeToString(made);
}

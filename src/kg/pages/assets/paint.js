/* What is seen: lines, nodes and labels on the canvas. */
const FONT_STACK = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
const look = (index) => data.looks[nodes[index].types[0]];
const isLit = (index) => !picture.lit || picture.lit.has(index);
const DASHES = { plain: [], plan: [7, 5], void: [2, 5] };
const colourOf = (style) => picture.colours[{ plain: "edge", plan: "edge-plan", void: "edge-void" }[style]];

/* Seen from far away a node keeps a size one can see. */
const radiusOf = (id) => Math.max(spots[id].size, 4.2 / network.getScale());

function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") ctx.roundRect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, r * 0.38);
  else {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(Math.PI / 4);
    ctx.roundRect(-r * 0.8, -r * 0.8, r * 1.6, r * 1.6, r * 0.3);
    ctx.restore();
  }
}

/* Paints the nodes in the window, the most connected last, and tells vis where they can be hit. */
function paintNodes(ctx) {
  const [left, top, right, bottom] = view();
  const [dots, near] = [new Map(), []];
  for (let i = picture.order.length - 1; i >= 0; i--) {
    const id = picture.order[i];
    const { x, y, hover, shape } = placeOf(id);
    const r = radiusOf(id);
    Object.assign(shape, { left: x - r, top: y - r, width: 2 * r, height: 2 * r });
    if (x < left || x > right || y < top || y > bottom) continue;
    const far = r * network.getScale() < 6.5;
    if (far && !hover && !planned[id] && picture.chosen !== id) addDot(dots, id, x, y, r);
    else paintNode(ctx, id, x, y, r, hover, far);
    if (!far) near.push(id);
  }
  dots.forEach((some) => paintDots(ctx, some));
  inPixels(ctx, () => near.forEach((id) => paintGlyph(ctx, id)));
  return {};
}

/* From far away nodes of one type are one shape to fill. */
function addDot(dots, id, x, y, r) {
  const key = nodes[id].types[0] + isLit(id);
  dots.has(key) ? dots.get(key).push({ id, x, y, r }) : dots.set(key, [{ id, x, y, r }]);
}
function paintDots(ctx, some) {
  const [, colour, shape] = look(some[0].id);
  ctx.globalAlpha = isLit(some[0].id) ? 1 : 0.22;
  ctx.fillStyle = colour;
  ctx.beginPath();
  some.forEach(({ x, y, r }) => {
    ctx.moveTo(x + r, y);
    if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
    else if (shape === "square") ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    else [[0, r], [-r, 0], [0, -r]].forEach(([dx, dy]) => ctx.lineTo(x + dx * 1.1, y + dy * 1.1));
  });
  ctx.fill();
  ctx.globalAlpha = 1;
}

function paintNode(ctx, id, x, y, r, hover, far) {
  const [, colour, shape] = look(id);
  ctx.globalAlpha = isLit(id) ? 1 : 0.22;
  if (picture.chosen === id || hover) {
    outline(ctx, shape, x, y, r + 6);
    ctx.fillStyle = colour;
    ctx.globalAlpha *= 0.28;
    ctx.fill();
    ctx.globalAlpha = isLit(id) ? 1 : 0.22;
  }
  outline(ctx, shape, x, y, r);
  ctx.fillStyle = planned[id] ? picture.colours.card : colour;
  ctx.fill();
  ctx.lineWidth = far ? 1 / network.getScale() : 2;
  ctx.strokeStyle = planned[id] ? colour : picture.colours.ground;
  if (planned[id]) ctx.setLineDash(far ? [] : [5, 4]);
  ctx.stroke();
  if (planned[id]) ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
const inkOn = (id, colour) => (planned[id] ? (picture.dark ? picture.colours.ink : colour) : "#fff");

function paintGlyph(ctx, id) {
  const [glyph, colour, shape] = look(id);
  const at = pixelOf(placeOf(id));
  const px = Math.round(radiusOf(id) * (shape === "diamond" ? 0.86 : 0.98) * network.getScale());
  ctx.globalAlpha = isLit(id) ? 1 : 0.22;
  ctx.fillStyle = inkOn(id, colour);
  ctx.font = `600 ${px}px ${FONT_STACK}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(glyph, at.x, at.y + px * 0.05);
}

/* Text is painted in pixels of the screen, in sizes of whole or half ones: scaled by each step of a zoom, every
   character would have to be drawn anew from its outline, which is most of a frame. */
function inPixels(ctx, act) {
  const { pixelRatio } = network.canvas;
  ctx.save();
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  act();
  ctx.restore();
}
function pixelOf({ x, y }) {
  const { scale, translation } = network.body.view;
  return { x: x * scale + translation.x, y: y * scale + translation.y };
}

/* ── Lines ── */
const bendOf = (line) => {
  const edge = network.body.edges[line.id];
  return edge && edge.options.smooth.enabled && edge.edgeType.getViaNode ? edge.edgeType.getViaNode() : null;
};
const bent = new Set([...bends.values()].filter((pair) => pair.length > 1).flat());
const viaOf = (line) => (bent.has(line.id) && line.from !== line.to ? bendOf(line) : null);

/* Where a line ends before the node it points to, and from where it comes in. */
function tipOf(line, via, radius = radiusOf(line.to)) {
  const [a, b] = [placeOf(line.from), placeOf(line.to)];
  const start = via || a;
  const length = Math.hypot(b.x - start.x, b.y - start.y) || 1;
  const [dx, dy] = [(b.x - start.x) / length, (b.y - start.y) / length];
  const short = Math.min(radius + 2, length);
  return { x: b.x - dx * short, y: b.y - dy * short, dx, dy };
}

function traceLine(ctx, line, via) {
  const [a, b] = [placeOf(line.from), placeOf(line.to)];
  if (line.from === line.to) {
    const r = spots[line.from].size;
    ctx.moveTo(a.x + r * 1.6, a.y - r);
    ctx.arc(a.x + r, a.y - r, r * 0.6, 0, 2 * Math.PI);
    return;
  }
  ctx.moveTo(a.x, a.y);
  via ? ctx.quadraticCurveTo(via.x, via.y, b.x, b.y) : ctx.lineTo(b.x, b.y);
}

function traceArrow(ctx, { x, y, dx, dy }, size) {
  ctx.moveTo(x, y);
  ctx.lineTo(x - dx * size - dy * size * 0.42, y - dy * size + dx * size * 0.42);
  ctx.lineTo(x - dx * size + dy * size * 0.42, y - dy * size - dx * size * 0.42);
}

/* Lines of one look: one stroke, and one fill for their arrows. */
function strokeLines(ctx, some, { colour, dashes, width, arrow }) {
  if (!some.length) return;
  const vias = some.map(viaOf);
  Object.assign(ctx, { strokeStyle: colour, fillStyle: colour, lineWidth: width });
  ctx.setLineDash(dashes);
  ctx.beginPath();
  some.forEach((line, i) => traceLine(ctx, line, vias[i]));
  ctx.stroke();
  ctx.setLineDash([]);
  if (!arrow) return;
  ctx.beginPath();
  some.forEach((line, i) => line.from !== line.to && traceArrow(ctx, tipOf(line, vias[i]), arrow));
  ctx.fill();
}

const MANY = 300;
let settling = 0;
function move() {
  picture.moving = true;
  clearTimeout(settling);
  settling = setTimeout(() => {
    picture.moving = false;
    redraw();
  }, 140);
}
["zoom", "dragging"].forEach((event) => network.on(event, move));

function paintLines(ctx) {
  const scale = network.getScale();
  const [left, top, right, bottom] = view();
  const seen = picture.lines.filter((line) => {
    const [a, b] = [placeOf(line.from), placeOf(line.to)];
    if (Math.max(a.x, b.x) < left || Math.min(a.x, b.x) > right) return false;
    return Math.max(a.y, b.y) >= top && Math.min(a.y, b.y) <= bottom;
  });
  const far = scale < 0.4;
  ctx.globalAlpha = (picture.lit ? 0.3 : 1) * (seen.length > 600 ? 0.55 : 1);
  const width = far ? 0.8 / scale : 1;
  const plain = far || (picture.moving && seen.length > MANY); // hundreds of dashed lines take longer than a frame
  Object.entries(DASHES).forEach(([style, dashes]) => {
    const some = seen.filter((line) => line.style === style);
    strokeLines(ctx, some, { colour: colourOf(style), dashes: plain ? [] : dashes, width, arrow: plain ? 0 : 8 });
  });
  ctx.globalAlpha = 1;
  const hover = picture.linesShown.has(picture.hoverLine) ? [lineOf.get(picture.hoverLine)] : [];
  const strong = picture.litLines.length > 16 ? 1.4 : 2.2; // the many lines of a hub would be a blot
  const accent = { colour: picture.colours.accent, width: Math.max(strong, strong / 1.6 / scale) };
  Object.entries(DASHES).forEach(([style, dashes]) => {
    const some = [...picture.litLines, ...hover].filter((line) => line.style === style);
    strokeLines(ctx, some, { ...accent, dashes, arrow: Math.max(10, 7 / scale) });
  });
}

/* The part of the picture that is in the window, a little wider. */
function view() {
  const [a, b] = [
    network.DOMtoCanvas({ x: -60, y: -60 }),
    network.DOMtoCanvas({ x: stage.clientWidth + 60, y: stage.clientHeight + 60 }),
  ];
  return [a.x, a.y, b.x, b.y];
}

/* Labels keep a size one can read at any zoom; where two would meet, the node with more relations keeps its own. */
const measureContext = document.createElement("canvas").getContext("2d");
const measured = new Map();
function measure(text, weight) {
  const key = weight + text;
  if (!measured.has(key)) {
    measureContext.font = `${weight} 13px ${FONT_STACK}`;
    measured.set(key, measureContext.measureText(text).width);
  }
  return measured.get(key);
}

/* A label in the language of the page: the file's lines for Chinese, words in two lines for an English name. */
const ENGLISH_LINE = 20;
function wordsIn(name) {
  const rows = [""];
  name.split(/\s+/).forEach((part) => {
    const last = rows[rows.length - 1];
    if (!last || (last + " " + part).length <= ENGLISH_LINE) rows[rows.length - 1] = (last + " " + part).trim();
    else rows.push(part);
  });
  const cut = rows.slice(0, 2).map((row) => (row.length > ENGLISH_LINE + 4 ? row.slice(0, ENGLISH_LINE) + "…" : row));
  return rows.length > 2 ? [cut[0], cut[1].replace(/…?$/, "…")] : cut;
}
const wrapped = [new Map(), new Map()];
function rowsOf(id) {
  const known = wrapped[language];
  if (!known.has(id)) {
    const english = language && nodes[id].english;
    known.set(id, english ? wordsIn(english) : spots[id].label.split("\n"));
  }
  return known.get(id);
}

/* What room is taken: circles under their node's number, labels under -1. A label gives way to labels and to the
   circles of nodes that matter more. */
class Taken {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }
  each([l, t, r, b], act) {
    const [left, right] = [Math.floor(l / this.cell), Math.floor(r / this.cell)];
    const [top, bottom] = [Math.floor(t / this.cell), Math.floor(b / this.cell)];
    for (let x = left; x <= right; x++)
      for (let y = top; y <= bottom; y++) if (act(x * 65536 + y)) return true;
    return false;
  }
  meets(box, own) {
    return this.each(box, (key) => {
      const cell = this.cells.get(key);
      if (!cell) return false;
      for (const [owner, o] of cell)
        if ((owner < 0 || owner < own) && box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3]) return true;
      return false;
    });
  }
  add(box, owner) {
    this.each(box, (key) => {
      const cell = this.cells.get(key);
      cell ? cell.push([owner, box]) : this.cells.set(key, [[owner, box]]);
    });
  }
}

/* The size of a label and half its width, in the picture's own measure. */
const labelSize = (scale) => Math.min(Math.max(Math.round(26 * scale) / 2, 11.5), 17) / scale;
const labelHalf = (id, weight, size) => (Math.max(...rowsOf(id).map((row) => measure(row, weight))) * size) / 26;

/* Which labels find room, the most important first: `{id, rows, x, top, size, weight}`. `air` is room kept around. */
function placedLabels(ids, { size, air, radius, strong, taken }) {
  const found = [];
  ids.forEach((id) => {
    const { x, y } = placeOf(id);
    const weight = strong(id) || spots[id].size > 21 ? 600 : 400;
    const rows = rowsOf(id);
    const half = labelHalf(id, weight, size);
    const top = y + radius(id) + size * 0.3;
    const box = [x - half - air, top - air / 2, x + half + air, top + rows.length * size * 1.25 + air / 2];
    if (!strong(id) && taken.meets(box, id)) return;
    taken.add(box, -1);
    found.push({ id, rows, x, top, size, weight });
  });
  return found;
}

function room(ids, radius, scale) {
  const taken = new Taken(120 / Math.min(scale, 1));
  ids.forEach((id) => {
    const { x, y } = placeOf(id);
    const r = radius(id) * 0.9;
    taken.add([x - r, y - r, x + r, y + r], id);
  });
  return taken;
}

function labelOrder() {
  const [left, top, right, bottom] = view();
  const seen = picture.order.filter((id) => {
    const { x, y } = placeOf(id);
    return x > left && x < right && y > top && y < bottom;
  });
  const first = [picture.chosen, picture.hover].filter((id) => id !== null && picture.shown.has(id));
  const lit = picture.lit ? seen.filter((id) => picture.lit.has(id)) : [];
  return [...new Set([...first, ...lit, ...seen])];
}

function paintLabels(ctx) {
  const scale = network.getScale();
  const size = labelSize(scale);
  const ids = labelOrder();
  const taken = room(ids, radiusOf, scale);
  const strong = (id) => id === picture.chosen || id === picture.hover;
  const air = scale < 0.5 ? 7 / scale : 0;
  const labels = placedLabels(ids, { size, air, radius: radiusOf, strong, taken });
  const relations = picture.chosen !== null && picture.shown.has(picture.chosen) ? placedRelations(size, taken) : [];
  inPixels(ctx, () => {
    Object.assign(ctx, { textAlign: "center", textBaseline: "top", lineJoin: "round" });
    labels.forEach((label) => paintLabel(ctx, label, size * scale));
    relations.forEach((relation) => paintRelation(ctx, relation, size * scale * 0.85));
  });
}

function paintLabel(ctx, { id, rows, x, top, weight }, px) {
  const at = pixelOf({ x, y: top });
  ctx.globalAlpha = isLit(id) ? 1 : 0.3;
  ctx.font = `${weight} ${px}px ${FONT_STACK}`;
  ctx.lineWidth = px * 0.28;
  ctx.strokeStyle = picture.colours.ground;
  ctx.fillStyle = picture.colours.ink;
  rows.forEach((row, i) => {
    ctx.strokeText(row, at.x, at.y + i * px * 1.25);
    ctx.fillText(row, at.x, at.y + i * px * 1.25);
  });
  ctx.globalAlpha = 1;
}

/* The names of the chosen node's relations, on their lines, where there is room. */
function placedRelations(size, taken) {
  const small = size * 0.85;
  return picture.litLines.flatMap((line) => {
    const [a, b] = [placeOf(line.from), placeOf(line.to)];
    const text = relationName(facts[line.id].relation, true);
    const half = (measure(text, 400) * (small / 13) + small * 0.7) / 2;
    const near = line.from === picture.chosen ? 0.56 : 0.44;
    const [x, y] = [a.x + (b.x - a.x) * near, a.y + (b.y - a.y) * near];
    const box = [x - half, y - small * 0.75, x + half, y + small * 0.75];
    if (taken.meets(box, Infinity)) return [];
    taken.add(box, -1);
    return [{ text, x, y, half }];
  });
}

function paintRelation(ctx, { text, x, y, half }, px) {
  const at = pixelOf({ x, y });
  const wide = half * network.getScale();
  ctx.fillStyle = picture.colours.card;
  ctx.strokeStyle = picture.colours.edge;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(at.x - wide, at.y - px * 0.75, 2 * wide, px * 1.5, px * 0.5);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = picture.colours.muted;
  ctx.font = `400 ${px}px ${FONT_STACK}`;
  ctx.textBaseline = "middle";
  ctx.fillText(text, at.x, at.y);
}
network.on("afterDrawing", paintLabels);

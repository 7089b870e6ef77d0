/* The picture: vis-network holds nodes, edges, hits and drag; shapes and labels are drawn here. */
const DRAWN = 1000;
const FONT_STACK = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
const stage = document.getElementById("graph");
const picture = { lit: null, hover: null, chosen: null, shown: new Set(), order: [], colours: {} };

const planned = spots.map((spot) => spot.style === "plan");

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  ["ground", "ink", "muted", "edge", "edge-plan", "edge-void", "accent", "card"].forEach(
    (name) => (picture.colours[name] = read(name)),
  );
}

const look = (index) => data.looks[nodes[index].types[0]];
const isLit = (index) => !picture.lit || picture.lit.has(index);

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

function paintNode(ctx, id, x, y, hover) {
  const [glyph, colour, shape] = look(id);
  const r = spots[id].size;
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
  ctx.lineWidth = 2;
  ctx.strokeStyle = planned[id] ? colour : picture.colours.ground;
  ctx.setLineDash(planned[id] ? [5, 4] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = planned[id] ? (picture.dark ? picture.colours.ink : colour) : "#fff";
  ctx.font = `600 ${Math.round(r * (shape === "diamond" ? 0.86 : 0.98))}px ${FONT_STACK}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(glyph, x, y + r * 0.05);
  ctx.globalAlpha = 1;
}

const renderer = ({ ctx, id, x, y, state }) => ({
  drawNode: () => paintNode(ctx, id, x, y, state.hover),
  nodeDimensions: { width: spots[id].size * 2, height: spots[id].size * 2 },
});

/* Facts between the same two nodes bend apart. */
const bends = new Map();
lines.forEach((line) => {
  const pair = Math.min(line.from, line.to) + "-" + Math.max(line.from, line.to);
  bends.set(pair, [...(bends.get(pair) || []), line.id]);
});
function bend(line) {
  const pair = bends.get(Math.min(line.from, line.to) + "-" + Math.max(line.from, line.to));
  if (pair.length === 1 || line.from === line.to) return false;
  const place = pair.indexOf(line.id) - (pair.length - 1) / 2;
  const side = (line.from < line.to ? 1 : -1) * place;
  return side
    ? {
        enabled: true,
        type: side > 0 ? "curvedCW" : "curvedCCW",
        roundness: Math.min(0.16 * Math.abs(side) + 0.04, 0.6),
      }
    : false;
}

function visEdge(line) {
  const name = { plain: "edge", plan: "edge-plan", void: "edge-void" }[line.style];
  const dashes = { plain: false, plan: [7, 5], void: [2, 5] }[line.style];
  const chosen = {
    edge: (values) => Object.assign(values, { color: picture.colours.accent, width: 2.2, opacity: 1 }),
    label: false,
  };
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    dashes,
    smooth: bend(line),
    color: { color: picture.colours[name], inherit: false },
    chosen,
  };
}
const visNode = (id) => ({
  id,
  ...home(spots[id]),
  size: spots[id].size,
  shape: "custom",
  ctxRenderer: renderer,
  chosen: false,
});

readColours();
const nodeSet = new vis.DataSet([]);
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, data.scene.options);

/* On a window higher than wide the picture is turned on its side, so that it fills it. */
const upright = matchMedia("(max-width: 760px) and (orientation: portrait)");
const home = ({ x, y }) => (upright.matches ? { x: Math.round(y * 0.95), y: Math.round(x * 1.15) } : { x, y });

/* Shows these nodes and facts and nothing else; positions are those of the file unless others are given. */
function show(wanted, wantedFacts, places = null) {
  const keep = new Set(wanted);
  const at = (id) => (places && places.get(id)) || home(spots[id]);
  const draw = lines.filter((line) => keep.has(line.from) && keep.has(line.to) && wantedFacts(line.id));
  const ids = new Set(draw.map((line) => line.id));
  edgeSet.remove(edgeSet.getIds().filter((id) => !ids.has(id)));
  nodeSet.remove([...picture.shown].filter((id) => !keep.has(id)));
  const moved = places || picture.places ? keep : [...keep].filter((id) => !picture.shown.has(id));
  nodeSet.update([...moved].map((id) => ({ ...visNode(id), x: at(id).x, y: at(id).y })));
  edgeSet.add(draw.filter((line) => !edgeSet.get(line.id)).map(visEdge));
  picture.shown = keep;
  picture.places = places;
  picture.order = [...keep].sort((a, b) => a - b);
}

function light(index, edge = null) {
  picture.chosen = index;
  picture.lit = index === null ? null : new Set([index, ...network.getConnectedNodes(index)]);
  if (edge !== null) picture.lit = new Set([facts[edge].subject, facts[edge].object]);
  network.unselectAll();
  if (index !== null && picture.shown.has(index)) network.selectEdges(network.getConnectedEdges(index));
  if (edge !== null && edgeSet.get(edge)) network.selectEdges([edge]);
  network.redraw();
}

function lightPath(along, steps) {
  picture.chosen = null;
  picture.lit = along;
  network.unselectAll();
  network.selectEdges(steps.filter((i) => edgeSet.get(i)));
  network.redraw();
}

/* Labels keep a size one can read at any zoom; where two would meet, the node with more relations keeps its own. */
const measured = new Map();
const measureContext = document.createElement("canvas").getContext("2d");
function measure(text, font) {
  const key = font + text;
  if (!measured.has(key)) {
    measureContext.font = font;
    measured.set(key, measureContext.measureText(text).width);
  }
  return measured.get(key);
}

/* What room is taken: circles under their node's number, labels under -1. A label gives way to labels and to the
   circles of nodes that matter more. */
class Taken {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }
  *keys([l, t, r, b]) {
    for (let x = Math.floor(l / this.cell); x <= Math.floor(r / this.cell); x++)
      for (let y = Math.floor(t / this.cell); y <= Math.floor(b / this.cell); y++) yield x + ":" + y;
  }
  meets(box, own) {
    for (const key of this.keys(box))
      for (const [owner, o] of this.cells.get(key) || [])
        if ((owner < 0 || owner < own) && box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3]) return true;
    return false;
  }
  add(box, owner) {
    for (const key of this.keys(box))
      this.cells.has(key) ? this.cells.get(key).push([owner, box]) : this.cells.set(key, [[owner, box]]);
  }
}

function labelOrder() {
  const first = [picture.chosen, picture.hover].filter((id) => id !== null && picture.shown.has(id));
  const lit = picture.lit ? picture.order.filter((id) => picture.lit.has(id)) : [];
  return [...new Set([...first, ...lit, ...picture.order])];
}

function paintLabels(ctx) {
  const scale = network.getScale();
  const size = Math.min(Math.max(13 * scale, 11.5), 17) / scale;
  const place = network.getPositions(); // while nodes are being exchanged some are not there yet
  const present = labelOrder().filter((id) => place[id]);
  const taken = new Taken(120 / Math.min(scale, 1));
  present.forEach((id) => {
    const { x, y } = place[id];
    const r = spots[id].size * 0.9;
    taken.add([x - r, y - r, x + r, y + r], id);
  });
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  present.forEach((id) => paintLabel(ctx, id, place[id], size, taken));
  if (place[picture.chosen]) paintRelations(ctx, size, place, taken);
}

function paintLabel(ctx, id, { x, y }, size, taken) {
  const strong = id === picture.chosen || id === picture.hover;
  const weight = strong || spots[id].size > 21 ? 600 : 400;
  const rows = spots[id].label.split("\n");
  const wide = Math.max(...rows.map((row) => measure(row, `${weight} 13px ${FONT_STACK}`))) * (size / 13);
  const top = y + spots[id].size + 4;
  const box = [x - wide / 2, top, x + wide / 2, top + rows.length * size * 1.25];
  if (!strong && taken.meets(box, id)) return;
  taken.add(box, -1);
  ctx.globalAlpha = isLit(id) ? 1 : 0.3;
  ctx.font = `${weight} ${size}px ${FONT_STACK}`;
  ctx.lineWidth = size * 0.28;
  ctx.strokeStyle = picture.colours.ground;
  ctx.fillStyle = picture.colours.ink;
  rows.forEach((row, i) => {
    ctx.strokeText(row, x, top + i * size * 1.25);
    ctx.fillText(row, x, top + i * size * 1.25);
  });
  ctx.globalAlpha = 1;
}

/* The names of the chosen node's relations, on their lines, where there is room. */
function paintRelations(ctx, size, place, taken) {
  const small = size * 0.85;
  touching[picture.chosen].forEach((i) => {
    const fact = facts[i];
    if (fact.object === null || !edgeSet.get(i)) return;
    const [a, b] = [place[fact.subject], place[fact.object]];
    const text = relationName(fact.relation, true);
    const wide = measure(text, `400 13px ${FONT_STACK}`) * (small / 13) + small * 0.7;
    const near = fact.subject === picture.chosen ? 0.56 : 0.44;
    const [x, y] = [a.x + (b.x - a.x) * near, a.y + (b.y - a.y) * near];
    const box = [x - wide / 2, y - small * 0.75, x + wide / 2, y + small * 0.75];
    if (taken.meets(box, Infinity)) return;
    taken.add(box, -1);
    ctx.fillStyle = picture.colours.card;
    ctx.strokeStyle = picture.colours.edge;
    ctx.lineWidth = 1 / network.getScale();
    ctx.beginPath();
    ctx.roundRect(box[0], box[1], wide, small * 1.5, small * 0.5);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = picture.colours.muted;
    ctx.font = `400 ${small}px ${FONT_STACK}`;
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y);
  });
}
network.on("afterDrawing", paintLabels);

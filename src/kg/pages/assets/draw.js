/* The picture: vis-network keeps nodes and edges, finds what is hit, drags and zooms. What is seen is painted in
   paint.js in place of vis's own drawing, which takes each line by itself and knows no signs of two kinds in one. */
const DRAWN = 1000;
const stage = document.getElementById("graph");
const picture = {
  lit: null, // nodes that stand out, null for all
  litLines: [],
  hover: null,
  hoverLine: null,
  chosen: null,
  shown: new Set(),
  order: [],
  lines: [],
  linesShown: new Set(),
  places: null,
  colours: {},
};

const planned = spots.map((spot) => spot.style === "plan");
const lineOf = new Map(lines.map((line) => [line.id, line]));
const linesAt = nodes.map(() => []);
lines.forEach((line) => {
  linesAt[line.from].push(line);
  if (line.from !== line.to) linesAt[line.to].push(line);
});

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  ["ground", "ink", "muted", "edge", "edge-plan", "edge-void", "accent", "card"].forEach(
    (name) => (picture.colours[name] = read(name)),
  );
}

/* Facts between the same two nodes bend apart. */
const bends = new Map();
const pairOf = (line) => Math.min(line.from, line.to) + "-" + Math.max(line.from, line.to);
lines.forEach((line) => {
  const pair = bends.get(pairOf(line));
  pair ? pair.push(line.id) : bends.set(pairOf(line), [line.id]);
});
function bend(line) {
  const pair = bends.get(pairOf(line));
  if (pair.length === 1 || line.from === line.to) return false;
  const side = (line.from < line.to ? 1 : -1) * (pair.indexOf(line.id) - (pair.length - 1) / 2);
  if (!side) return false;
  const type = side > 0 ? "curvedCW" : "curvedCCW";
  return { enabled: true, type, roundness: Math.min(0.16 * Math.abs(side) + 0.04, 0.6) };
}

const visNode = (id) => ({ id, ...home(spots[id]), size: spots[id].size, shape: "dot", chosen: false });
const visEdge = (line) => ({ id: line.id, from: line.from, to: line.to, smooth: bend(line), chosen: false });

readColours();
const nodeSet = new vis.DataSet([]);
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, data.scene.options);
Object.assign(network.renderer, {
  _drawEdges: (ctx) => paintLines(ctx),
  _drawArrows: () => {},
  _drawNodes: (ctx) => paintNodes(ctx),
});
const redraw = () => network.body.emitter.emit("_requestRedraw");

/* On a window higher than wide the picture is turned on its side, so that it fills it. */
const upright = matchMedia("(max-width: 760px) and (orientation: portrait)");
const home = ({ x, y }) => (upright.matches ? { x: Math.round(y * 0.84), y: Math.round(x * 1.3) } : { x, y });
const placeOf = (id) => network.body.nodes[id];

/* Nodes come to vis when they are first shown, with the lines between them, and stay: what is shown is a matter of
   vis's list of visible ones. Taking them out and in again made a filter four times slower. */
const loaded = new Set();
function load(wanted) {
  const fresh = wanted.filter((id) => !loaded.has(id));
  if (!fresh.length) return;
  fresh.forEach((id) => loaded.add(id));
  nodeSet.add(fresh.map(visNode));
  const found = fresh.flatMap((id) => linesAt[id].filter((line) => loaded.has(line.from) && loaded.has(line.to)));
  edgeSet.add([...new Set(found)].map(visEdge));
}

/* Shows these nodes and facts and nothing else; positions are those of the file unless others are given. */
function show(wanted, wantedFacts, places = null) {
  load(wanted);
  if (places || picture.places)
    wanted.forEach((id) => Object.assign(placeOf(id), (places && places.get(id)) || home(spots[id])));
  picture.shown = new Set(wanted);
  picture.places = places;
  picture.order = [...wanted].sort((a, b) => a - b);
  picture.lines = picture.order
    .flatMap((id) => linesAt[id].filter((line) => id === line.from && picture.shown.has(line.to)))
    .filter((line) => wantedFacts(line.id));
  picture.linesShown = new Set(picture.lines.map((line) => line.id));
  network.body.nodeIndices = picture.order;
  network.body.edgeIndices = picture.lines.map((line) => line.id);
  redraw();
}

/* The neighbours to which a line leads that is shown. */
const drawnNeighbours = (index) => [
  ...new Set(
    linesAt[index]
      .filter((line) => picture.linesShown.has(line.id))
      .map((line) => (line.from === index ? line.to : line.from)),
  ),
];

function light(index, edge = null) {
  picture.chosen = index;
  picture.lit = index === null ? null : new Set([index, ...drawnNeighbours(index)]);
  picture.litLines = index === null ? [] : linesAt[index].filter((line) => picture.linesShown.has(line.id));
  if (edge !== null) {
    picture.lit = new Set([facts[edge].subject, facts[edge].object]);
    picture.litLines = picture.linesShown.has(edge) ? [lineOf.get(edge)] : [];
  }
  redraw();
}

function lightPath(along, steps) {
  Object.assign(picture, { chosen: null, lit: along });
  picture.litLines = steps.filter((i) => picture.linesShown.has(i)).map((i) => lineOf.get(i));
  redraw();
}

/* Left, top, right and bottom of nodes with their labels, which keep their size in pixels at any scale. */
function boundsOf(ids, scale) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const size = labelSize(scale);
  ids.forEach((id) => {
    const { x, y } = placeOf(id);
    const r = spots[id].size;
    const half = Math.max(r, Math.min(labelHalf(id, 400, size), 84 / scale));
    box[0] = Math.min(box[0], x - half);
    box[1] = Math.min(box[1], y - r);
    box[2] = Math.max(box[2], x + half);
    box[3] = Math.max(box[3], y + r + 2.8 * size);
  });
  return box;
}

/* Moves the view so that these nodes fill it, within these scales; what lies over the picture is left free. */
const FOOT = 44;
const headOf = () => (byId("focus-bar").hidden ? 0 : byId("focus-bar").offsetHeight + 14);
function frame(ids, [least, most], animation) {
  if (!ids.length || !stage.clientWidth) return;
  const head = headOf();
  const [wide, high] = [stage.clientWidth - 24, stage.clientHeight - head - FOOT - 24];
  let [fitting, box] = [1, null];
  for (let turn = 0; turn < 3; turn++) {
    box = boundsOf(ids, Math.min(Math.max(fitting, least), most));
    fitting = Math.min(wide / (box[2] - box[0]), high / (box[3] - box[1]));
  }
  const scale = Math.min(Math.max(fitting, least), most);
  const small = fitting < least; // then the first, which most is bound to, is in the middle
  const { x, y } = small ? placeOf(ids[0]) : { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
  network.moveTo({ position: { x, y }, scale, offset: { x: 0, y: (head - FOOT) / 2 }, animation });
}

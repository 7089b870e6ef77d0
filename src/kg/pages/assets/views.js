/* What is drawn, and where one looks at it from. */
function wanted() {
  if (state.focus !== null) return [state.focus, ...neighbours(state.focus, factShown).filter(nodeShown)];
  const first = [];
  for (let i = 0; i < nodes.length && first.length < DRAWN; i++) if (nodeShown(i)) first.push(i);
  return [...new Set([...first, ...state.pinned])];
}

/* In focus the neighbours stand around the entity, on as many rings as they need, those of one relation together. */
const RING = { first: 190, step: 130, apart: 96 };
const FLATTER = [0.62, 1.5]; // width of a ring by its height, as the window is
function ring(index, around) {
  const places = new Map([[index, { x: 0, y: 0 }]]);
  const reach = [Math.max(RING.first, around.length <= 16 ? (around.length * RING.apart) / (2 * Math.PI) : 0)];
  const holds = () => reach.reduce((sum, r) => sum + (2 * Math.PI * r) / RING.apart, 0);
  while (holds() < around.length) reach.push(reach[reach.length - 1] + RING.step);
  const share = reach.map((r) => r / reach.reduce((sum, one) => sum + one, 0));
  const due = reach.map(() => 0);
  const rings = reach.map(() => []);
  around.forEach((id) => {
    share.forEach((part, level) => (due[level] += part));
    const level = due.indexOf(Math.max(...due));
    due[level] -= 1;
    rings[level].push(id);
  });
  const [least, most] = FLATTER;
  const flat = Math.min(Math.max((1.15 * stage.clientWidth) / stage.clientHeight, least), most) || most;
  rings.forEach((part, level) =>
    part.forEach((id, i) => {
      const angle = ((i + (level % 2) / 2) / part.length) * 2 * Math.PI - Math.PI / 2;
      const r = reach[level];
      places.set(id, { x: Math.round(r * flat * Math.cos(angle)), y: Math.round(r * Math.sin(angle)) });
    }),
  );
  return places;
}

function refresh() {
  sift();
  const ids = wanted();
  show(ids, factShown, state.focus === null ? null : ring(state.focus, ids.slice(1)));
  markFilters();
  byId("focus-bar").hidden = state.focus === null;
  if (state.focus !== null)
    byId("focus-name").textContent = word("focused", nameOf(nodes[state.focus]), ids.length - 1);
  if (state.asList)
    fillList({
      nodes: indicesOf(sifted.nodes),
      facts: indicesOf(sifted.facts),
      figures: indicesOf(sifted.figures),
    });
  light(state.node, state.edge);
}

/* At first all of it; on a phone never so small that nothing can be read. */
const fit = (animation = moving()) => frame(picture.order, [narrow.matches ? 0.34 : 0.02, 1.3], animation);

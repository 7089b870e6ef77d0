/* What is drawn, and where one looks at it from. */
function wanted() {
  if (state.focus !== null) return [state.focus, ...neighbours(state.focus, factShown).filter(nodeShown)];
  const first = [];
  for (let i = 0; i < nodes.length && first.length < DRAWN; i++) if (nodeShown(i)) first.push(i);
  return [...new Set([...first, ...state.pinned])];
}

/* In focus the neighbours stand around the entity, grouped by relation, on one ring or two. */
function ring(index, around) {
  const places = new Map([[index, { x: 0, y: 0 }]]);
  const inner = around.length > 16 ? around.filter((_, i) => i % 2) : around;
  const outer = around.length > 16 ? around.filter((_, i) => !(i % 2)) : [];
  [
    [inner, 0],
    [outer, 0.5],
  ].forEach(([part, shift], level) => {
    const r = Math.max(190, (part.length * 92) / (2 * Math.PI)) + level * 150;
    part.forEach((id, i) => {
      const angle = ((i + shift) / part.length) * 2 * Math.PI - Math.PI / 2;
      places.set(id, { x: Math.round(r * 1.3 * Math.cos(angle)), y: Math.round(r * Math.sin(angle)) });
    });
  });
  return places;
}

function refresh() {
  const ids = wanted();
  show(ids, factShown, state.focus === null ? null : ring(state.focus, ids.slice(1)));
  drawFilters();
  byId("focus-bar").hidden = state.focus === null;
  if (state.focus !== null)
    byId("focus-name").textContent = word("focused", nameOf(nodes[state.focus]), ids.length - 1);
  if (state.asList)
    fillList({
      nodes: nodes.map((_, i) => i).filter(nodeShown),
      facts: facts.map((_, i) => i).filter(factShown),
      figures: figures
        .map((_, i) => i)
        .filter((i) => nodeShown(figures[i].subject) && some([figures[i].status], state.off.statuses)),
    });
  light(state.node, state.edge);
}

/* At first all of it, but never so small that nothing can be read. */
function fit(animation = moving()) {
  network.fit({ nodes: [...picture.shown], animation: false });
  const least = narrow.matches ? 0.4 : 0.3;
  const scale = Math.min(Math.max(network.getScale() * 0.92, least), 1.3);
  const position =
    network.getScale() < least && picture.shown.size
      ? network.getPosition(picture.order[0])
      : network.getViewPosition();
  network.moveTo({ position, scale, offset: { x: 0, y: -12 }, animation });
}

/* A figure of several periods as bars, or as a line from seven on. The table beside it holds the same numbers. */
const CHART = { width: 376, height: 132, top: 22, bottom: 22, side: 10 };
const BARS = 6;

/* What can stand in one picture: one indicator in one unit, at periods of one kind, one value each. */
function seriesOf(index) {
  const groups = new Map();
  figuresOf[index].forEach((i) => {
    const figure = figures[i];
    if (!figure.period || !Number.isFinite(Number(figure.value || NaN)) || VOID.has(figure.status)) return;
    const kind = figure.period.replace(/\d/g, "0");
    const key = JSON.stringify([figure.indicator, figure.unit, kind]);
    groups.set(key, [...(groups.get(key) || []), figure]);
  });
  return [...groups.values()].map(oneEach).filter((series) => series.length > 1);
}
function oneEach(found) {
  const at = new Map();
  const better = (a, b) => !b || (UNREAL.has(b.status) && !UNREAL.has(a.status));
  found.forEach((figure) => better(figure, at.get(figure.period)) && at.set(figure.period, figure));
  return [...at.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
}

function scaleOf(series) {
  const values = series.map((figure) => Number(figure.value));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const high = CHART.height - CHART.top - CHART.bottom;
  return (value) => CHART.top + ((most - value) / (most - least || 1)) * high;
}

function chart(series) {
  const y = scaleOf(series);
  const step = (CHART.width - 2 * CHART.side) / series.length;
  const x = (i) => CHART.side + step * (i + 0.5);
  const marksOf = series.length > BARS ? lineMarks : barMarks;
  const ground = { x1: CHART.side, x2: CHART.width - CHART.side, y1: round(y(0)), y2: round(y(0)), class: "axis" };
  const made = drawn(
    "svg",
    { viewBox: `0 0 ${CHART.width} ${CHART.height}`, class: "chart", role: "img", "aria-label": spoken(series) },
    drawn("line", ground),
    ...marksOf(series, x, y, step),
    ...series.flatMap((figure, i) => captions(figure, i, series.length, x(i), y)),
  );
  return el("figure", {}, el("figcaption", {}, el("bdi", {}, indicatorOf(series[0]))), made);
}
const spoken = (series) =>
  `${indicatorOf(series[0])}: ` +
  series.map((one) => `${one.period} ${one.text || one.value}${one.status ? ` (${statusName(one.status)})` : ""}`).join(", ");

function barMarks(series, x, y, step) {
  const wide = Math.min(46, step * 0.56);
  return series.map((figure, i) => {
    const [a, b] = [y(Number(figure.value)), y(0)].sort((one, other) => one - other);
    const box = { x: round(x(i) - wide / 2), y: round(a), width: round(wide), height: round(Math.max(b - a, 1)) };
    return drawn("rect", { ...box, rx: 3, class: UNREAL.has(figure.status) ? "mark plan" : "mark" });
  });
}
function lineMarks(series, x, y) {
  const points = series.map((figure, i) => `${round(x(i))},${round(y(Number(figure.value)))}`);
  const dots = series.map((figure, i) =>
    drawn("circle", {
      cx: round(x(i)),
      cy: round(y(Number(figure.value))),
      r: 3.5,
      class: UNREAL.has(figure.status) ? "mark plan" : "mark",
    }),
  );
  return [drawn("polyline", { points: points.join(" "), class: "trend" }), ...dots];
}

/* The period under each mark and the text's own wording over it: of many only the first, the last, the highest. */
function captions(figure, i, count, x, y) {
  const value = y(Number(figure.value));
  const above = round(Math.max((Number(figure.value) < 0 ? y(0) : value) - 6, 10));
  const every = Math.ceil(count / BARS);
  const shown = count <= BARS || i === 0 || i === count - 1 || value <= CHART.top + 0.5;
  const anchor = count > BARS ? (i === 0 ? "start" : i === count - 1 ? "end" : "middle") : "middle";
  return [
    i % every === 0 || i === count - 1
      ? drawn("text", { x: round(x), y: CHART.height - 6, class: "when", "text-anchor": "middle" }, figure.period)
      : null,
    shown
      ? drawn("text", { x: round(x), y: above, class: "much", "text-anchor": anchor }, figure.text || figure.value)
      : null,
  ].filter(Boolean);
}

/* The data of the page as objects. Everything is looked up by index; evidence is parsed when it is first read. */
const parsed = (id) => JSON.parse(document.getElementById(id).textContent);
function objects({ columns, words, rows }) {
  const read = columns.map((name) => (words[name] ? (cell) => words[name][cell] : (cell) => cell));
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, read[i](row[i])])));
}

const data = parsed("data");
const nodes = objects(data.nodes);
const facts = objects(data.facts);
const figures = objects(data.figures);
const papers = objects(data.papers);
const spots = objects(data.scene.nodes);
const lines = objects(data.scene.edges).map((line) => ({
  ...line,
  from: facts[line.id].subject,
  to: facts[line.id].object,
}));

/* Offsets are code points, so a sentence is kept as its characters: a JavaScript string counts some of them twice. */
let evidence = null;
function statement(index) {
  if (!evidence) {
    const raw = parsed("evidence");
    const sentences = objects(raw.sentences).map((row) => ({ ...row, text: [...row.text] }));
    evidence = { sentences, statements: objects(raw.statements) };
  }
  const found = evidence.statements[index];
  return {
    ...found,
    pieces: found.pieces.map(([at, start, end]) => ({ sentence: evidence.sentences[at], start, end })),
  };
}

/* For each node the facts it stands in and its figures. */
const touching = nodes.map(() => []);
facts.forEach((fact, i) => {
  touching[fact.subject].push(i);
  if (fact.object !== null && fact.object !== fact.subject) touching[fact.object].push(i);
});
const figuresOf = nodes.map(() => []);
figures.forEach((figure, i) => figuresOf[figure.subject].push(i));

const byPath = new Map(nodes.map((node, i) => [node.path, i]));
Object.entries(data.moved).forEach(([path, i]) => byPath.has(path) || byPath.set(path, i));

const other = (fact, index) => (fact.subject === index ? fact.object : fact.subject);
function neighbours(index, shown = () => true) {
  const found = touching[index].filter(shown).map((i) => other(facts[i], index));
  return [...new Set(found)].filter((i) => i !== null && i !== index);
}

const UNREAL = new Set(["planned", "target"]);
const VOID = new Set(["negated", "terminated"]);

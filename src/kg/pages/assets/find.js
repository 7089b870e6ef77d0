/* Search: names and aliases, then pinyin: full, initials, or mixed; every reading of a character counts. */
const LIMIT = 30;
const flat = (text) => text.normalize("NFKC").toLowerCase();
const syllables = new Map(Object.entries(data.readings).map(([char, all]) => [char, all.split(" ")]));
const forms = nodes.map((node) => [node.name, ...node.aliases, node.english].filter(Boolean).map(flat));
const spelt = forms.map((all) => all.map((form) => [...form]));

/* Whether the query's letters from `at` on spell the characters from `i` on: each by its reading or its initial. */
function spells(chars, i, query, at) {
  if (at >= query.length) return true;
  if (i >= chars.length) return false;
  const char = chars[i];
  const options = syllables.get(char);
  if (!options)
    return query[at] === char
      ? spells(chars, i + 1, query, at + 1)
      : /[\p{L}\p{N}]/u.test(char)
        ? false
        : spells(chars, i + 1, query, at);
  return options.some((reading) => {
    const rest = query.length - at;
    if (rest <= reading.length && reading.startsWith(query.slice(at))) return true;
    if (query.startsWith(reading, at) && spells(chars, i + 1, query, at + reading.length)) return true;
    return query[at] === reading[0] && spells(chars, i + 1, query, at + 1);
  });
}

const startsSpelling = (chars, query) =>
  chars.findIndex((char, i) => syllables.has(char) && spells(chars, i, query, 0));

/* How well a node fits, smaller is better; null where it does not. */
function rated(index, query, letters) {
  let best = null;
  forms[index].forEach((form, i) => {
    const at = form.indexOf(query);
    let score = at < 0 ? null : form === query ? 0 : at === 0 ? 10 : 20;
    if (score === null && letters) {
      const start = startsSpelling(spelt[index][i], letters);
      if (start >= 0) score = start === 0 ? 30 : 40;
    }
    if (score !== null) best = Math.min(best ?? 99, score + (i ? 3 : 0));
  });
  return best;
}

function find(text) {
  const query = flat(text).trim();
  if (!query) return [];
  const letters = /^[a-z0-9\s'’]+$/.test(query) ? query.replace(/[^a-z0-9]/g, "") : "";
  const found = [];
  nodes.forEach((_, i) => {
    const score = rated(i, query, letters);
    if (score !== null) found.push([score, i]);
  });
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.slice(0, LIMIT).map(([, i]) => i);
}

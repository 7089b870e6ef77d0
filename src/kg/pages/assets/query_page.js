  const area = document.getElementById("text");
  const behind = document.getElementById("behind");
  const offers = document.getElementById("offers");
  const form = document.getElementById("editor");
  const known = JSON.parse(document.getElementById("terms").textContent);
  const names = new Set(known.terms.map((term) => term[0]));
  const KEYWORDS = new Set(
    ("select construct ask describe where from named prefix base distinct reduced order by asc desc limit offset group " +
      "having optional union minus graph filter bind values exists not in as true false undef a count sum min max avg " +
      "sample group_concat separator str lang langmatches datatype bound iri uri bnode rand abs ceil floor round concat " +
      "strlen ucase lcase encode_for_uri contains strstarts strends strbefore strafter year month day hours minutes " +
      "seconds timezone tz now uuid struuid md5 sha1 sha256 sha384 sha512 coalesce if strlang strdt sameterm isiri " +
      "isuri isblank isliteral isnumeric regex substr replace service silent").split(" "),
  );
  const OFFERED = ["SELECT", "DISTINCT", "WHERE", "OPTIONAL", "UNION", "FILTER", "GRAPH", "ORDER BY", "GROUP BY", "LIMIT",
    "COUNT", "SUM", "VALUES", "BIND", "NOT EXISTS", "CONSTRUCT", "ASK", "DESC"];
  const TOKEN = new RegExp(
    [
      "(?<c>#[^\\n]*)",
      "(?<i><[^<>\"{}|^`\\\\\\s]*>)",
      "(?<s>\"\"\"[\\s\\S]*?(?:\"\"\"|$)|'''[\\s\\S]*?(?:'''|$)|\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)",
      "(?<v>[?$][\\p{L}\\p{N}_]+)",
      "(?<n>[\\p{L}_][\\p{L}\\p{N}_.-]*:(?:[\\p{L}\\p{N}_-][\\p{L}\\p{N}_.:-]*)?|:[\\p{L}\\p{N}_-]+)",
      "(?<d>\\d+(?:\\.\\d+)?)",
      "(?<w>@?[\\p{L}_][\\p{L}\\p{N}_-]*)",
      "(?<b>[{}()\\[\\]])",
      "(?<o>[\\s\\S])",
    ].join("|"),
    "gu",
  );
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);

  const tokens = (text) =>
    [...text.matchAll(TOKEN)].map((found) => ({
      text: found[0],
      at: found.index,
      kind: Object.keys(found.groups).find((name) => found.groups[name] !== undefined),
    }));

  /* Names that the query binds itself are known too. */
  const prefixes = (text) => {
    const own = [...text.matchAll(/\bprefix\s+([\p{L}\p{N}_.-]*):/giu)].map((found) => found[1]);
    return new Set([...known.prefixes.map((pair) => pair[0]), ...own]);
  };

  const wrongName = (token, bound) => {
    const prefix = token.text.slice(0, token.text.indexOf(":"));
    const name = token.text.replace(/\.+$/, "");
    if (!bound.has(prefix)) {
      return say(`前缀 ${prefix}: 没有绑定`, `the prefix ${prefix}: is not bound`);
    }
    if (prefix === "zg" && name !== "zg:" && !names.has(name)) {
      return say(`${name} 不在本体中`, `${name} is not in the ontology`);
    }
    return "";
  };

  const pairs = { "}": "{", ")": "(", "]": "[" };

  /* Place -> what cannot be right there. */
  const problems = (all, text) => {
    const found = new Map();
    const open = [];
    const bound = prefixes(text);
    for (const token of all) {
      if (token.kind === "n") {
        const wrong = wrongName(token, bound);
        if (wrong) {
          found.set(token.at, wrong);
        }
      } else if (token.kind === "b" && !(token.text in pairs)) {
        open.push(token);
      } else if (token.kind === "b") {
        const last = open.pop();
        if (!last || last.text !== pairs[token.text]) {
          found.set(token.at, say(`“${token.text}” 没有对应的开括号`, `“${token.text}” closes nothing`));
        }
      }
    }
    for (const token of open) {
      found.set(token.at, say(`“${token.text}” 没有闭合`, `“${token.text}” is not closed`));
    }
    return found;
  };

  const lineOf = (text, at) => text.slice(0, at).split("\n").length;

  let server = placeOfError();

  function placeOfError() {
    const wrong = document.getElementById("wrong");
    if (!wrong || !wrong.dataset.line) {
      return -1;
    }
    const rows = area.value.split("\n");
    const before = rows.slice(0, Number(wrong.dataset.line) - 1).reduce((sum, row) => sum + row.length + 1, 0);
    const row = [...(rows[Number(wrong.dataset.line) - 1] || "")];
    return before + row.slice(0, Number(wrong.dataset.column) - 1).join("").length;
  }

  /* What is marked: the place of the error, or before the end of a line what stands last. */
  const markedPlace = (text) => {
    let at = server;
    while (at > 0 && (at >= text.length || /\s/.test(text[at]))) at -= 1;
    return at;
  };

  const draw = () => {
    const text = area.value;
    const marked = markedPlace(text);
    const all = tokens(text);
    const wrong = problems(all, text);
    const pieces = all.map((token) => {
      const piece = document.createElement("span");
      piece.textContent = token.text;
      const keyword = token.kind === "w" && KEYWORDS.has(token.text.toLowerCase());
      piece.className = keyword ? "k" : token.kind;
      if (wrong.has(token.at)) {
        piece.classList.add("bad");
      }
      if (marked >= token.at && marked < token.at + token.text.length) {
        piece.classList.add("here");
      }
      return piece;
    });
    behind.replaceChildren(...pieces, document.createTextNode("\n"));
    const listed = [...wrong].slice(0, 4).map(([at, message]) => {
      const item = document.createElement("li");
      item.textContent = say(`第 ${lineOf(text, at)} 行：${message}`, `line ${lineOf(text, at)}: ${message}`);
      return item;
    });
    document.getElementById("found").replaceChildren(...listed);
  };

  /* Completion: the piece before the caret, by its beginning, or by a label in either language. */
  const typed = () => {
    const before = area.value.slice(0, area.selectionStart);
    const found = /[?$]?[\p{L}\p{N}_:-]+$/u.exec(before);
    const inside = tokens(area.value).find((t) => t.at < before.length && before.length <= t.at + t.text.length);
    return found && inside && !"csi".includes(inside.kind) ? found[0] : "";
  };

  const variables = () => [...new Set(tokens(area.value).filter((t) => t.kind === "v").map((t) => t.text))];

  const fitting = (piece) => {
    const low = piece.toLowerCase();
    if (/^[?$]/.test(piece)) {
      return variables().filter((name) => name.startsWith(piece) && name !== piece).map((name) => [name, "", ""]);
    }
    const starts = known.terms.filter((t) => t[0].toLowerCase().startsWith(low));
    const local = known.terms.filter((t) => t[0].split(":")[1].toLowerCase().startsWith(low));
    const labelled = known.terms.filter((t) => t[1].includes(piece) || t[2].toLowerCase().startsWith(low));
    const words = OFFERED.filter((word) => word.toLowerCase().startsWith(low)).map((word) => [word, "", ""]);
    return [...new Set([...starts, ...words, ...local, ...labelled])].filter((t) => t[0] !== piece);
  };

  let chosen = 0;
  let offered = [];

  const close = () => {
    offers.hidden = true;
    offered = [];
    area.removeAttribute("aria-activedescendant");
  };

  const select = (index) => {
    chosen = (index + offered.length) % offered.length;
    [...offers.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    offers.children[chosen].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", `offer-${chosen}`);
  };

  const place = (piece) => {
    const at = area.selectionStart - piece.length;
    const span = [...behind.children].find((_, i, all) => {
      const start = all.slice(0, i).reduce((sum, one) => sum + one.textContent.length, 0);
      return start <= at && at < start + all[i].textContent.length;
    });
    const box = (span || behind).getBoundingClientRect();
    const home = behind.getBoundingClientRect();
    offers.style.left = `${Math.max(0, Math.min(box.left - home.left, home.width - 280))}px`;
    offers.style.top = `${box.bottom - home.top + 4}px`;
  };

  const offer = () => {
    const piece = typed();
    offered = piece.length < 2 && !/[\u4e00-\u9fff]/.test(piece) ? [] : fitting(piece).slice(0, 30);
    if (!offered.length) {
      close();
      return;
    }
    offers.replaceChildren(
      ...offered.map((term, i) => {
        const item = document.createElement("li");
        item.id = `offer-${i}`;
        item.setAttribute("role", "option");
        const [name, label] = [document.createElement("span"), document.createElement("span")];
        name.textContent = term[0];
        label.textContent = zh ? term[1] : term[2];
        item.append(name, label);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(i);
        });
        return item;
      }),
    );
    offers.hidden = false;
    place(piece);
    select(0);
  };

  const take = (index) => {
    const piece = typed();
    const start = area.selectionStart - piece.length;
    area.setRangeText(offered[index][0], start, area.selectionStart, "end");
    close();
    server = -1;
    draw();
    area.focus();
  };

  area.addEventListener("input", () => {
    server = -1;
    draw();
    offer();
  });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (offers.hidden || event.isComposing) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  /* The history is kept by this browser alone. Where it keeps nothing, there is none. */
  const KEY = "zonegraph-queries";
  const kept = () => {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEY) || "[]");
      return Array.isArray(found) ? found.filter((text) => typeof text === "string") : [];
    } catch {
      return [];
    }
  };
  const keep = (all) => {
    try {
      window.localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      return;
    }
  };

  const address = (text) => {
    const parameters = new URLSearchParams({ query: text });
    if (!zh) {
      parameters.set("lang", "en");
    }
    return `${form.getAttribute("action")}?${parameters}`;
  };

  const recall = () => {
    const all = kept();
    const items = all.map((text) => {
      const [item, to] = [document.createElement("li"), document.createElement("a")];
      to.textContent = text.replace(/^\s*(?:#[^\n]*|prefix[^\n]*)\n/gim, "").replace(/\s+/g, " ");
      to.href = address(text);
      to.title = text;
      item.append(to);
      return item;
    });
    document.getElementById("history").replaceChildren(...items);
    document.getElementById("recent").hidden = !items.length;
  };

  document.getElementById("forget").addEventListener("click", () => {
    keep([]);
    recall();
  });

  document.documentElement.classList.add("scripted");
  if ("ran" in form.dataset) {
    keep([area.value, ...kept().filter((text) => text !== area.value)].slice(0, 20));
  }
  recall();
  draw();
  if (server >= 0) {
    area.focus();
    area.setSelectionRange(server, server);
  }

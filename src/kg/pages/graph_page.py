"""The graph as one HTML file that needs nothing else: no network, no server, no second file.

pyvis's own templates reach out to other hosts and mix data into markup, so only its model is used, and the vis-network
that lies in its wheel. Data stands as JSON in elements that no browser runs; the page's own policy allows the two
scripts and the style by their hashes and nothing else, so that a slip could neither run nor send.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib.metadata import version
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.pages import payload
from kg.pages.model import TYPES, Model, model
from kg.pages.part import EVERYTHING, Choice, part
from kg.pages.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.rules import Rules

_SCRIPTS = (
    "data", "words", "find", "draw", "paint", "labels", "parts", "svg", "chart", "panel", "list", "filters", "facets",
    "views", "path", "box", "save", "page",
)  # fmt: skip
_LIBRARY = ("lib", "vis-9.1.2", "vis-network.min.js")
_LISTED = 1_000  # names in the text for readers without scripts


def page(quads: Iterable[Quad], rules: Rules, *, title: str | None = None, choice: Choice = EVERYTHING) -> str:
    """The page as HTML in UTF-8; the same bytes for the same quads. Without a title it takes the first document's.

    `rules` names the knowledge the graph was built with; its hash stands in the page. `choice` picks a part; of a
    graph that is too large for a page the most connected entities are taken. KgError where pyvis's wheel lacks
    vis-network, NotFoundError for a choice of what is not there.
    """
    return written(part(model(quads), choice), rules, title=title)


def written(graph: Model, rules: Rules, *, title: str | None = None) -> str:
    """The same of a model."""
    words = vocabulary()
    heading = title or _heading(graph)
    style, library, script = _asset("page.css"), _library(), _script()
    return Template(_asset("template.html")).substitute(
        title=escape(heading),
        policy=_policy(style, library, script),
        rules=escape(rules.hash[:16]),
        style=style,
        library=library,
        script=script,
        data=payload.encode(payload.main(graph, words, heading)),
        evidence=payload.encode(payload.evidence(graph)),
        text=_text(graph, words),
    )


def _heading(graph: Model) -> str:
    """The title of the only document, else what the graph is of."""
    if len(graph.papers) == 1:
        return graph.papers[0].title
    return f"{graph.nodes[0].name}等{_grouped(len(graph.nodes))}个实体" if graph.nodes else "空图谱"


def _asset(name: str) -> str:
    return files("kg.pages").joinpath("assets", name).read_text(encoding="utf-8")


def _script() -> str:
    """The page's own script, in one scope that leaves nothing behind."""
    parts = "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _library() -> str:
    """vis-network out of the installed pyvis; line ends as a browser counts them for the hash."""
    file = files("pyvis").joinpath(*_LIBRARY)
    if not file.is_file():
        raise KgError(f"pyvis {version('pyvis')} has no {'/'.join(_LIBRARY)}: install pyvis 0.3.2")
    text = file.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")


def _policy(style: str, *scripts: str) -> str:
    """The content security policy: these scripts, this style, pictures of its own, and nothing from anywhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    parts = (
        "default-src 'none'",
        f"script-src {allowed}",
        f"style-src {_hash(style)}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(parts)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _text(graph: Model, words: Vocabulary) -> str:
    """Counts and names by type, for readers without scripts and for search in the file."""
    counts = (
        f"{_grouped(len(graph.nodes))} 个实体、{_grouped(len(graph.facts))} 条关系、"
        f"{_grouped(len(graph.figures))} 项数据、{_grouped(len(graph.papers))} 篇文档"
    )
    if graph.whole > len(graph.nodes):
        counts += f"（全图共 {_grouped(graph.whole)} 个实体）"
    lists = [_names(graph, words, kind) for kind in TYPES]
    papers = "".join(f"<li>{escape(paper.title)} {escape(paper.issued)}</li>" for paper in graph.papers[:_LISTED])
    return f"<p>{counts}</p>{''.join(lists)}<h2>文档</h2><ul>{papers}</ul>"


def _grouped(count: int) -> str:
    """A count with its digits in groups of three, from five on, as the page's script writes it."""
    return f"{count:,}" if count > 9999 else str(count)


def _names(graph: Model, words: Vocabulary, kind: str) -> str:
    names = [node.name for node in graph.nodes if kind in node.types]
    if not names:
        return ""
    items = "".join(f"<li>{escape(name)}</li>" for name in names[:_LISTED])
    return f"<h2>{escape(words.label(kind)[0])} {len(names)}</h2><ul>{items}</ul>"

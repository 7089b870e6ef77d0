"""Graphs that mean harm: strings that would run, break out or mislead if a page took data for markup."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import terms

STRINGS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg onload=alert(4)>",
    '"><iframe src="javascript:alert(5)"></iframe>',
    "' onmouseover='alert(6)",
    "<!--<script>alert(7)",
    "]]><script>alert(8)</script>",
    "javascript:alert(9)",
    "data:text/html,<script>alert(10)</script>",
    "${alert(11)}",
    "{{constructor.constructor('alert(12)')()}}",
    "&lt;script&gt;alert(13)&lt;/script&gt;",
    "<a href=javascript:alert(14)>按</a>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=data:,>",
    "<base href=//example.invalid/>",
    "\u202e\u2066gnp.exe\u2028\u2029\u0000<b>",
    "__proto__",
    "constructor",
)
_NOT_IN_IRI = str.maketrans({char: f"%{ord(char):02X}" for char in '<>"{}|\\^` []'})
_INTEGER = NamedNode(terms.XSD + "integer")


def quads(payload: str) -> list[Quad]:
    """Two companies, a relation, a position and a figure, with the payload in every field that holds text."""
    tail = "".join(char for char in payload.translate(_NOT_IN_IRI) if char.isprintable())
    document, one, two = (NamedNode(terms.BASE + f"{kind}/{tail}") for kind in ("document", "company", "person"))
    facts = [
        *_entity(one, "Company", payload, document),
        *_entity(two, "Person", f"人{payload}", document),
        (one, terms.zg("invests"), two),
        *_position(two, one, payload),
        *_figure(one, payload, tail),
    ]
    told = [(document, predicate, Literal(payload)) for predicate in _document()] + [
        (document, terms.TYPE, terms.zg("Document"))
    ]
    told += _claim(1, (one, terms.zg("invests"), two), payload, tail, document)
    told += _claim(
        2, (NamedNode(terms.BASE + "observation/1"), terms.zg("value"), Literal("1")), payload, tail, document
    )
    told += _claim(3, (two, terms.zg("holdsPosition"), NamedNode(terms.BASE + "membership/1")), payload, tail, document)
    return [Quad(*triple, DefaultGraph()) for triple in facts] + [Quad(*triple, document) for triple in told]


def entity(name: str, path: str) -> list[Quad]:
    """One company that a document mentions and says nothing else of."""
    node, document = NamedNode(terms.BASE + path), NamedNode(terms.BASE + "document/1")
    return [Quad(*triple, DefaultGraph()) for triple in _entity(node, "Company", name, document)]


def _document():
    return (
        terms.zg("path"),
        *(NamedNode(terms.DCTERMS + x) for x in ("title", "issued")),
        NamedNode(terms.SCHEMA + "url"),
    )


def _entity(node, kind, name, document):
    return [
        (node, terms.TYPE, terms.zg(kind)),
        (node, terms.PREF_LABEL, Literal(name, language="zh")),
        (node, terms.PREF_LABEL, Literal(f"E{name}", language="en")),
        (node, terms.ALT_LABEL, Literal(f"又{name}", language="zh")),
        (node, terms.zg("mentionedIn"), document),
    ]


def _position(person, company, payload):
    node = NamedNode(terms.BASE + "membership/1")
    return [
        (person, terms.zg("holdsPosition"), node),
        (node, NamedNode(terms.ORG + "organization"), company),
        (node, NamedNode(terms.SCHEMA + "roleName"), Literal(payload)),
    ]


def _figure(subject, payload, tail):
    node, rank = NamedNode(terms.BASE + "observation/1"), NamedNode(terms.BASE + "observation/1/rank/1")
    literal = {name: Literal(payload) for name in ("valueText", "value", "period", "growthPercent")}
    return [
        (node, terms.TYPE, terms.zg("Observation")),
        (node, terms.zg("subject"), subject),
        (node, terms.zg("indicator"), NamedNode(terms.BASE + f"indicator/{tail}")),
        (NamedNode(terms.BASE + f"indicator/{tail}"), terms.PREF_LABEL, Literal(payload, language="zh")),
        *((node, terms.zg(name), value) for name, value in literal.items()),
        *((node, terms.zg(name), terms.zg(tail)) for name in ("unit", "modifier", "status")),
        (node, terms.zg("rank"), rank),
        (rank, terms.zg("place"), Literal(payload)),
        (rank, terms.zg("among"), Literal(payload)),
        (rank, terms.zg("rankBasis"), terms.zg(tail)),
    ]


def _claim(number, triple, payload, tail, document):
    claim = NamedNode(terms.BASE + f"claim/{number}")
    evidence, selector = (NamedNode(f"{terms.BASE}evidence/{part}{number}") for part in ("", "s"))
    parts = zip(("subject", "predicate", "object"), triple, strict=True)
    literal = {name: Literal(payload) for name in ("confidence", "validFrom", "validTo", "attribution")}
    return [
        (claim, terms.TYPE, terms.zg("Claim")),
        *((claim, NamedNode(terms.RDF + part), value) for part, value in parts),
        *((claim, terms.zg(name), value) for name, value in literal.items()),
        (claim, terms.zg("rule"), NamedNode(terms.RULE + tail)),
        (claim, terms.zg("status"), terms.zg(tail)),
        (claim, terms.zg("evidence"), evidence),
        (evidence, NamedNode(terms.OA + "hasSource"), document),
        (evidence, NamedNode(terms.OA + "hasSelector"), selector),
        (selector, NamedNode(terms.OA + "start"), Literal(str(number * 1000), datatype=_INTEGER)),
        (selector, NamedNode(terms.OA + "exact"), Literal(payload)),
    ]

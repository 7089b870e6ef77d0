"""The names of the graph: namespaces, prefixes, and an IRI for everything that can be said.

An IRI is made from what the thing says, never from a counter, so that any build in any order gives the same names.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.records import EntityType, Span

BASE = "https://w3id.org/zonegraph/id/"
RULE = "https://w3id.org/zonegraph/rule/"
ZG = "https://w3id.org/zonegraph/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
UNIT = "http://qudt.org/vocab/unit/"
QUDT = "http://qudt.org/schema/qudt/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "zg": ZG,
        "skos": SKOS,
        "schema": SCHEMA,
        "org": ORG,
        "prov": PROV,
        "oa": OA,
        "dcterms": DCTERMS,
        "geo": GEO,
        "unit": UNIT,
        "qudt": QUDT,
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "xsd": XSD,
    }
)

TYPE = NamedNode(RDF + "type")
PREF_LABEL = NamedNode(SKOS + "prefLabel")
ALT_LABEL = NamedNode(SKOS + "altLabel")
INFERRED = NamedNode(ZG + "inferred")
FACTS = NamedNode(ZG + "facts")

_INTEGER, _DECIMAL = NamedNode(XSD + "integer"), NamedNode(XSD + "decimal")
_KEPT = frozenset("-._~()·")
_DATED = (("gYear", r"\d{4}", "-01-01"), ("gYearMonth", r"\d{4}-\d\d", "-01"), ("date", r"\d{4}-\d\d-\d\d", ""))


@lru_cache(maxsize=1024)
def zg(name: str) -> NamedNode:
    """The term of our own ontology with that local name."""
    return NamedNode(ZG + name)


def encode(name: str) -> str:
    """A name as part of an IRI: letters and digits in NFC and ``-._~()·`` kept, all else percent-encoded UTF-8."""
    composed = unicodedata.normalize("NFC", readable(name))
    return "".join(c if c.isalnum() or c in _KEPT else quote(c, safe="") for c in composed)


def readable(text: str) -> str:
    """The text with each lone surrogate, which no UTF-8 can hold, as U+FFFD: the one change ever made to a text."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def segment(kind: EntityType) -> str:
    """The part of an entity's path that names its type: ``governmentbody``."""
    return kind.value.lower()


def entity(path: str, base: str = BASE) -> NamedNode:
    """The IRI of an entity's path; only its first slash parts type and name."""
    kind, _, name = path.partition("/")
    return NamedNode(f"{base}{encode(kind)}/{encode(name)}")


def document(key: str, base: str = BASE) -> NamedNode:
    """A document, by the first 16 hex digits of its text's sha256."""
    return NamedNode(f"{base}document/{key}")


def evidence(source: NamedNode, span: Span) -> NamedNode:
    """A span of a document: one node, whatever rests on it."""
    return NamedNode(f"{source.value}#char={span.start},{span.end}")


def selector(source: NamedNode, span: Span) -> NamedNode:
    """What says where in its document a piece of evidence lies."""
    return NamedNode(f"{source.value}#selector={span.start},{span.end}")


def rank(observation: NamedNode, place: int, basis: str, among: str) -> NamedNode:
    """A rank of an observation; `among` is the name of what it compares."""
    return NamedNode(f"{observation.value}/rank/{place}-{basis}-{encode(among)}")


@lru_cache(maxsize=4096)
def rule(name: str) -> NamedNode:
    """The pattern or rule that read a claim."""
    return NamedNode(RULE + encode(name))


def hashed(kind: str, *parts: str, base: str = BASE) -> NamedNode:
    """A claim, observation or membership, by the sha256 of what it says."""
    said = readable(json.dumps(parts, ensure_ascii=False))
    digest = hashlib.sha256(said.encode("utf-8")).hexdigest()
    return NamedNode(f"{base}{kind}/{digest[:16]}")


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(readable(value))


def label(value: str, language: str = "zh") -> Literal:
    """A string in a language."""
    return Literal(readable(value), language=language)


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal as Oxigraph keeps it: no exponent, no trailing zero, no negative zero."""
    plain = format(value, "f")
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Literal("0" if short in ("-0", "") else short, datatype=_DECIMAL)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


@lru_cache(maxsize=1 << 14)
def dated(value: str) -> Literal:
    """A time with the datatype of its form: a year, a month or a day that exists, a plain string otherwise."""
    for datatype, form, rest in _DATED:
        if re.fullmatch(form, value, re.ASCII) and _exists(value + rest):
            return Literal(value, datatype=NamedNode(XSD + datatype))
    return text(value)


def time(value: str | None) -> Literal | None:
    """A year, a month or a day with its datatype; None where the text is no time that exists."""
    found = dated(value or "")
    return None if found.datatype.value == XSD + "string" else found


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True

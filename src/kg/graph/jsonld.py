"""JSON-LD with the context that ships in the ontology, embedded, so that no reader has to fetch anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import RdfFormat, Triple, serialize

from kg import resources

_CONTEXT = "context.jsonld"


def serialise(triples: Iterable[Triple]) -> bytes:
    """The triples as one JSON-LD document, its keys and its lists in a fixed order; RulesError without a context."""
    # rdflib knows how to compact by a context; it takes a second to load, so it is asked here only.
    from rdflib import Graph
    from rdflib.plugins.serializers import jsonld

    context = shipped()
    graph = Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    found = jsonld.from_rdf(graph, context_data=context, auto_compact=False)  # type: ignore[no-untyped-call]
    content = {"@context": context, "@graph": _settled(_nodes(found))}
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _nodes(found: Mapping[str, Any]) -> list[Any]:
    """The nodes of a document; where there is only one, rdflib puts it beside the context."""
    rest = {key: value for key, value in found.items() if key != "@context"}
    nodes: list[Any] = rest.get("@graph") or ([rest] if rest else [])
    return nodes


def shipped() -> Mapping[str, Any]:
    """The terms of the ontology's context."""
    content: Mapping[str, Any] = json.loads((resources.ontology() / _CONTEXT).read_text(encoding="utf-8"))
    terms: Mapping[str, Any] = content["@context"]
    return terms


def _settled(value: object) -> object:
    """The same with sorted keys and every list in the order of its members' JSON: none has an order of its own."""
    if isinstance(value, dict):
        return {key: _settled(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_settled, value), key=lambda item: json.dumps(item, ensure_ascii=False))
    return value

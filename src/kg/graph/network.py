"""The graph as a network: entities as nodes, relations as edges. The only place in this room that knows networkx."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import networkx
from pyoxigraph import NamedNode, Quad

from kg.graph import index, terms
from kg.graph.index import Index
from kg.graph.statements import Term, Triple
from kg.graph.write import in_xml
from kg.records import Relation

_ORGANIZATION = NamedNode(terms.ORG + "organization")
_ROLE = NamedNode(terms.SCHEMA + "roleName")
_FOUNDED = terms.zg(Relation.FOUNDED_IN.value)
_SEPARATOR = "|"
_WRITTEN_ON = re.compile(rb' lastmodifieddate="[0-9-]*"')  # the same graph gives the same bytes on any day


def to_networkx(quads: Iterable[Quad]) -> networkx.MultiDiGraph[Any]:
    """Nodes are IRIs with `label`, `type`, `aliases` and `founded`; edges have the property as key.

    An edge's `status` are the statuses of its claims, `title` that of a position, `asserted` is False where the
    relation is held back. Several values of one attribute are joined by ``|``, as GraphML knows no lists.
    """
    found = index.index(quads)
    network: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
    for node in index.entities(found):
        network.add_node(node.value, **_node(found, node))
    for triple, plain, claims in index.relations(found):
        end, title = _end(found, triple)
        if isinstance(end, NamedNode):
            status = _SEPARATOR.join(index.statuses(found, claims))
            key = index.local(triple[1])
            edge = network.add_edge(triple[0].value, end.value, key=f"{key} {title}".strip())
            network.edges[triple[0].value, end.value, edge].update(
                label=key, status=status, title=title, asserted=plain, documents=len(claims)
            )
    return network


def _node(found: Index, node: NamedNode) -> dict[str, Any]:
    """The attributes of an entity."""
    aliases = (alias.value for alias in index.many(found, node, terms.ALT_LABEL))
    return {
        "label": index.name(found, node),
        "type": _SEPARATOR.join(kind.value for kind in index.kinds(found, node)),
        "aliases": _SEPARATOR.join(aliases),
        "founded": index.said(found, node, _FOUNDED),
    }


def _end(found: Index, triple: Triple) -> tuple[Term, str]:
    """Where the edge leads: through a membership to the organisation, with the title."""
    organisation = index.one(found, triple[2], _ORGANIZATION)
    return (triple[2], "") if organisation is None else (organisation, index.said(found, triple[2], _ROLE))


def graphml(quads: Iterable[Quad]) -> bytes:
    """The network as GraphML in UTF-8; what XML cannot hold becomes U+FFFD."""
    content = BytesIO()
    networkx.write_graphml_xml(_for_xml(quads), content, encoding="utf-8", prettyprint=True)
    return content.getvalue() + b"\n"


def gexf(quads: Iterable[Quad]) -> bytes:
    """The network as GEXF 1.2 for Gephi, in UTF-8, without the day it was made on."""
    content = BytesIO()
    networkx.write_gexf(_for_xml(quads), content, encoding="utf-8", prettyprint=True)
    return _WRITTEN_ON.sub(b"", content.getvalue()) + b"\n"


def _for_xml(quads: Iterable[Quad]) -> networkx.MultiDiGraph[Any]:
    """The network with U+FFFD for what XML cannot hold."""
    network = to_networkx(quads)
    for attributes in [*(data for _, data in network.nodes(data=True)), *(d for _, _, d in network.edges(data=True))]:
        attributes.update({k: in_xml(v) for k, v in attributes.items() if isinstance(v, str)})
    return network

"""The hash of a dataset: a sum over its statements, so that a change of a few needs no look at the others.

Each statement is hashed as its line of N-Quads with SHA-256, and the hashes are added up modulo 2^256 (Sayers and Karp,
Computing the Digest of an RDF Graph, HP Labs 2003-235). Neither order nor parts matter: many machines add up their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.graph.write import Ordered

if TYPE_CHECKING:
    from pyoxigraph import Store

_SPACE = 1 << 256


def digest(quads: Iterable[Quad] | Store) -> str:
    """The hash of a dataset in 64 hexadecimal digits."""
    return written(total(f"{quad} .".encode() for quad in _once(quads)))


def _once(quads: Iterable[Quad] | Store) -> Iterable[Quad]:
    """The quads without doubles, of which neither a store nor a list in order has any."""
    from pyoxigraph import Store

    return quads if isinstance(quads, Ordered | Store) else set(quads)


def total(lines: Iterable[bytes]) -> int:
    """The sum of the hashes of lines of N-Quads, each without its line end."""
    return sum(int.from_bytes(sha256(line).digest()) for line in lines) % _SPACE


def written(total: int) -> str:
    """A sum in 64 hexadecimal digits; that of a difference may be negative."""
    return f"{total % _SPACE:064x}"


def read(digits: str) -> int:
    """The sum again."""
    return int(digits, 16)

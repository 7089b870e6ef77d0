"""Files ──▶ documents: inputs, compression, encodings, formats, and what a text says of itself."""

from kg.read.reading import LIMIT, documents, readings
from kg.read.unreadable import Unreadable

__all__ = ["LIMIT", "Unreadable", "documents", "readings"]

"""The division whose government reports in a document: of it everything is told that names nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.names.reporting import LAST, REPORT
from kg.extract.scene.naming import Naming
from kg.records import EntityType, Sentence

_REPORT = re.compile(REPORT)


def reported(sentences: Sequence[Sentence], namings: Sequence[Naming]) -> Naming | None:
    """The place that stands right before the words for such a report in one of the first lines; else None."""
    places = (n for n in sorted(namings) if n.type is EntityType.PLACE and not n.anaphor and n.sentence < LAST)
    return next((n for n in places if _REPORT.match(sentences[n.sentence].text, n.end)), None)

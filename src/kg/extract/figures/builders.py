"""Who only builds, leads or runs what a sentence tells of (由甲牵头,联合乙、丙组建): its figures are not theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.scene.naming import Naming
from kg.records import EntityType

_BUILDERS = frozenset(
    {EntityType.COMPANY, EntityType.INSTITUTE, EntityType.UNIVERSITY, EntityType.LABORATORY, EntityType.BODY,
     EntityType.ZONE, EntityType.PLACE}
)  # fmt: skip
_BESIDE = re.compile(r"(?:、|和|与|及|以及|等)[“‘「]?")
_RAISES = re.compile(
    r"等?(?:[\d一二两三四五六七八九十]+[家方所个])?(?:单位|机构|企业|高校)?"
    r"(?:共同|联合|合作|参与|负责|具体|承担|统一|分别|日常|投资|出资|牵头)*"
    r"(?:组建|共建|合建|建设|承建|代建|参建|设立|成立|发起|设计|施工|运营|管理|托管|创办|打造|牵头|作为|援建|筹建)"
)


def only_builds(text: str, naming: Naming, namings: Sequence[Naming]) -> bool:
    """Whether a name is one of those by whom (由) a sentence says something to be built, led or run."""
    if naming.type not in _BUILDERS or "由" not in text[: naming.start]:
        return False
    last = naming
    for other in (n for n in namings if n.start >= naming.end):
        if not _BESIDE.fullmatch(text, last.end, other.start):
            break
        last = other
    return _RAISES.match(text, last.end) is not None

"""The corpus of phenomena: sentences with what must and must not be read in them, and how the two are compared.

The files in `cases/` say for themselves how a case is written; here is what their words mean for an extraction.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.extract.extraction import extraction
from kg.records import HELD_BACK, Claim, Document, Extraction, Observation, Referent, Relation
from kg.rules import Rules, load

FOLDER = Path(__file__).parent / "cases"
HEADINGS = ("names", "coreference", "figures", "time", "status", "relations")
PROPERTIES = frozenset({*(r.value for r in Relation), "*"})
KEYS = {"text", "issued", "entities", "relations", "figures", "absent"}


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of the checkout."""
    return load(Path(__file__).parents[2] / "ontology")


def lines(name: str) -> list[str]:
    """The lines of a plain file of `cases/` without comments and empty ones."""
    written = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in written if line.strip() and not line.startswith("#")]


def cases() -> dict[str, dict]:
    """Every case by `heading/form+n` (the form is there) or `heading/form-n` (its words without it)."""
    return {
        f"{heading}/{key}": case
        for heading in HEADINGS
        for key, case in tomllib.loads((FOLDER / f"{heading}.toml").read_text(encoding="utf-8")).items()
    }


def read(text: str, issued: str | None = None) -> Extraction:
    """What the program reads in an invented text."""
    return extraction(Document(text, "invented.txt", issued=issued), rules())


def shortcomings(case: dict) -> list[str]:
    """What an extraction of the case's text lacks or has too much, one line each."""
    found = read(case["text"], case.get("issued"))
    wanted = [("entities", has_entity), ("relations", has_relation), ("figures", has_figure)]
    lacking = [f"no {w}" for key, has in wanted for w in case.get(key, ()) if not has(found, w)]
    return lacking + [f"has {w}" for w in case.get("absent", ()) if _is_there(found, w)]


def _is_there(found: Extraction, unwanted: str) -> bool:
    parts = unwanted.partition("; ")[0].split("|")
    if parts[0] == "figure":
        return any(_same(parts[1], _period(o)) for o in found.observations)
    if parts[0] == "number":
        return has_figure(found, unwanted.removeprefix("number|"))
    if len(parts) > 2 and parts[1] in PROPERTIES:
        return has_relation(found, unwanted if "; " in unwanted else f"{unwanted}; any")
    return has_entity(found, unwanted)


def has_entity(found: Extraction, wanted: str) -> bool:
    """Whether something of the type bears the name, and all the aliases as further names."""
    kind, name, *aliases = wanted.split("|")
    return any(
        (kind == "*" or r.type in kind.split("/"))
        and _same(name, r.name)
        and all(any(_same(alias, other) for other in _names(r)) for alias in aliases)
        for r in found.referents
    )


def has_relation(found: Extraction, wanted: str) -> bool:
    """Whether one of the alternatives is claimed, with its status and who says it."""
    return any(_is_claimed(found, one) for one in wanted.split(" or "))


def _is_claimed(found: Extraction, wanted: str) -> bool:
    fact, *terms = wanted.split("; ")
    return any(_states(found, c, fact.split("|")) and _holds(found, c, terms) for c in found.claims)


def _states(found: Extraction, claim: Claim, fact: list[str]) -> bool:
    subject, relation, other, *title = fact
    return any(
        _named(found, s, subject) and _same(relation, r) and _other(found, claim, o, other)
        for s, r, o in _forms(claim, relation)
    ) and (not title or claim.title == title[0])


def _forms(claim: Claim, wanted: str) -> Iterator[tuple[int, str, int | None]]:
    """A claim as it stands and as its inverse says it; being part of a place is also standing there."""
    yield claim.subject, claim.relation.value, claim.object
    turned = {"hosts": "locatedIn", "locatedIn": "hosts", "partOf": "hosts", "hasValley": "locatedIn"}
    turned |= {"invests": "fundedBy", "fundedBy": "invests"}
    if claim.object is not None and claim.relation.value in turned:
        yield claim.object, turned[claim.relation.value], claim.subject
    if wanted in ("locatedIn", "hosts") and claim.relation.value in ("partOf", "hasValley"):
        yield claim.subject, {"partOf": "locatedIn", "hasValley": "hosts"}[claim.relation.value], claim.object
    if wanted == "hasValley" and claim.relation.value in ("hosts", "builds"):
        yield claim.subject, wanted, claim.object
    if wanted == "hasValley" and claim.relation.value in ("locatedIn", "partOf") and claim.object is not None:
        yield claim.object, wanted, claim.subject


def _other(found: Extraction, claim: Claim, index: int | None, wanted: str) -> bool:
    return _same(wanted, claim.year) if claim.year else _named(found, index, wanted)


def _named(found: Extraction, index: int | None, wanted: str) -> bool:
    if wanted == "*":
        return True
    return index is not None and any(_same(wanted, name) for name in _names(found.referents[index]))


def _names(referent: Referent) -> tuple[str, ...]:
    return referent.name, *referent.aliases


def _same(wanted: str, name: str | None) -> bool:
    """Whether a name is one of those wanted; width aside, as the scorer of the gold texts has it."""
    return wanted == "*" or (name is not None and _narrow(name) in _narrow(wanted).split("~"))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _holds(found: Extraction, claim: Claim, terms: list[str]) -> bool:
    """Whether the claim carries what is asked of it; without a status it must be no mere plan, end or denial."""
    asked = dict(t.split("=", 1) for t in terms if "=" in t)
    statuses = [t for t in terms if "=" not in t] or ["any" if claim.relation is Relation.PLANS else "plain"]
    return _has_status(claim, statuses[0]) and all(TERMS[key](found, claim, value) for key, value in asked.items())


def _has_status(one: Claim | Observation, wanted: str) -> bool:
    if wanted in ("any", "plain"):
        return wanted == "any" or one.status not in HELD_BACK
    return (one.status.value if one.status else "none") in wanted.split("/")


def _said_by(found: Extraction, one: Claim | Observation, wanted: str) -> bool:
    speaker = _names(found.referents[one.stated_by]) if one.stated_by is not None else ()
    voices = [*speaker, one.attribution or ""]
    return any(wanted in voice for voice in voices) if wanted else not any(voices)


TERMS: dict[str, Callable[[Extraction, Claim, str], bool]] = {
    "by": _said_by,
    "from": lambda found, claim, wanted: (claim.valid_from or "")[: len(wanted) or None] == wanted,
    "to": lambda found, claim, wanted: (claim.valid_to or "")[: len(wanted) or None] == wanted,
}


def has_figure(found: Extraction, wanted: str) -> bool:
    """Whether a figure of the subject is read with this wording, status and time."""
    fact, *terms = wanted.split("; ")
    subject, wording, status, period = [*fact.split("|"), "*", "*"][:4]
    return any(
        _named(found, o.subject, subject)
        and _same(wording, o.text)
        and _same(status, o.status.value if o.status else "-")
        and _same(period, _period(o))
        and all(FIGURE_TERMS[key](found, o, value) for key, value in (term.split("=", 1) for term in terms))
        for o in found.observations
    )


def _ranks(found: Extraction, one: Observation) -> list[str]:
    """The ranks of a figure as place/among/basis."""
    among = [r.among if isinstance(r.among, str) else found.referents[r.among].name for r in one.ranks]
    return [f"{r.place}/{name}/{r.basis}" for r, name in zip(one.ranks, among, strict=True)]


FIGURE_TERMS: dict[str, Callable[[Extraction, Observation, str], bool]] = {
    "by": _said_by,
    "value": lambda found, one, wanted: _same(wanted, "-" if one.value is None else str(one.value)),
    "unit": lambda found, one, wanted: _same(wanted, one.unit or "-"),
    "modifier": lambda found, one, wanted: _same(wanted, one.modifier.value),
    "indicator": lambda found, one, wanted: _same(wanted, one.indicator),
    "growth": lambda found, one, wanted: _same(wanted, "-" if one.growth is None else str(one.growth)),
    "basis": lambda found, one, wanted: _same(wanted, one.growth_basis or "-"),
    "rank": lambda found, one, wanted: any(_same(wanted, rank) for rank in _ranks(found, one)),
}


def _period(one: Observation) -> str:
    return one.period.text if one.period else "-"


def shown(found: Extraction) -> list[str]:
    """An extraction in the words of the cases, to be put beside what was expected."""
    names = [r.name for r in found.referents]
    entities = [f"{r.type.value}|{'|'.join(_names(r))} [{r.rule}]" for r in found.referents]
    claims = [_claim(names, c) for c in found.claims]
    return entities + claims + [_figure(names, o) for o in found.observations]


def _claim(names: list[str], claim: Claim) -> str:
    other = claim.year or (names[claim.object] if claim.object is not None else "")
    parts = [f"{names[claim.subject]}|{claim.relation.value}|{other}" + (f"|{claim.title}" if claim.title else "")]
    return "".join([*parts, f"; {claim.status or 'none'}", _voice(names, claim), f" [{claim.rule}]"])


def _figure(names: list[str], one: Observation) -> str:
    fact = f"{names[one.subject]}|{one.indicator}|{one.text}|{one.status or '-'}|{_period(one)}"
    return fact + _voice(names, one)


def _voice(names: list[str], one: Claim | Observation) -> str:
    said = names[one.stated_by] if one.stated_by is not None else one.attribution
    return f"; by={said}" if said else ""

"""The one tree of errors. Each message is a line that says what, where, and how to mend it.

    KgError           exit 5 where nothing below fits
    ├── NotFoundError exit 1: the graph has nothing of that name
    ├── UsageError    exit 2: the call itself is wrong
    ├── InputError    exit 3: this input cannot be used, others can
    ├── RulesError    exit 4: ontology, lexicon, pattern or recogniser is wrong or missing
    └── StoreError    exit 5: the graph is missing, locked, broken or of another version
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that a user is meant to read."""

    exit_code = 5


class NotFoundError(KgError):
    """The graph has nothing of that name."""

    exit_code = 1


class UsageError(KgError):
    """The call cannot be carried out as it was given."""

    exit_code = 2


class InputError(KgError):
    """One input cannot be used."""

    exit_code = 3


class RulesError(KgError):
    """The ontology, a lexicon file, a pattern or the recogniser cannot be used."""

    exit_code = 4


class StoreError(KgError):
    """The graph cannot be opened or written."""

"""The public API: a dozen names, pinned. Whoever changes this list changes what users may rely on."""

from __future__ import annotations

import doctest

import kg

NAMES = [
    "Document",
    "Extraction",
    "Graph",
    "InputError",
    "KgError",
    "NotFoundError",
    "RulesError",
    "StoreError",
    "UsageError",
    "build",
    "open",
    "read_text",
]
METHODS = {"query", "explain", "to_networkx", "to_rdflib"}


def test_the_names_are_these():
    assert sorted(kg.__all__) == NAMES


def test_each_name_is_there_and_says_what_it_is():
    assert [name for name in NAMES if not getattr(kg, name).__doc__] == []


def test_a_graph_can_do_what_the_issue_names():
    assert set(dir(kg.Graph)) >= METHODS
    assert [name for name in METHODS if not getattr(kg.Graph, name).__doc__] == []


def test_the_examples_in_the_docstrings_run():
    outcome = doctest.testmod(kg, optionflags=doctest.ELLIPSIS)
    assert outcome.attempted >= 2
    assert outcome.failed == 0

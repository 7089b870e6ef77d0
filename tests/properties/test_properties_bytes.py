"""Laws 2 and 3: same inputs, same bytes; every format parses back to what the contract says it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import sample
from contract import INFERRED
from project import ROOT, SEED, build, run_kg

FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf", "graphml", "gexf", "svg", "csv")
COMMITTED = ("graph.ttl", "graph.trig", "manifest.json")


def inputs(folder: Path) -> list[Path]:
    """The seed and two invented reports, in a folder of their own."""
    folder.mkdir(parents=True)
    shutil.copy(SEED, folder)
    (folder / "first.txt").write_text(sample.FIRST, "utf-8")
    (folder / "second.txt").write_text(sample.SECOND, "utf-8")
    return sorted(folder.iterdir())


def exported(folder: Path, form: str, out: Path, **env: str) -> dict[str, bytes]:
    """What `kg export` writes in a format: one file, or a folder of tables."""
    done = run_kg("export", "--graph", folder, "--format", form, "--out", out, **env)
    assert done.returncode == 0, done.stderr
    files = sorted(p for p in out.rglob("*") if p.is_file()) if out.is_dir() else [out]
    return {f"{form}/{p.name}": p.read_bytes() for p in files}


def everything(folder: Path, out: Path, **env: str) -> dict[str, bytes]:
    """All that a build wrote, but for the store, and all that can be exported from it."""
    names = [*COMMITTED, "graph.html", *(f"texts/{p.name}" for p in sorted((folder / "texts").iterdir()))]
    written = {name: (folder / name).read_bytes() for name in names}
    out.mkdir()
    for form in FORMATS:
        written |= exported(folder, form, out / form, **env)
    return written


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The build all others are compared with: hash seed 0, one worker, inputs in order."""
    top = tmp_path_factory.mktemp("first")
    folder = build(*inputs(top / "in"), out=top / "out", options=("--workers", "1"), PYTHONHASHSEED="0")
    return folder, everything(folder, top / "exported", PYTHONHASHSEED="0")


OTHERS = {
    "hash seed 1, two workers": ({"PYTHONHASHSEED": "1"}, "2", lambda files: files),
    "hash seed 2, reversed": ({"PYTHONHASHSEED": "2"}, "1", lambda files: files[::-1]),
    "hash seed 3, two workers, shuffled": ({"PYTHONHASHSEED": "3"}, "2", lambda files: [files[1], files[2], files[0]]),
    "a folder instead of files": ({"PYTHONHASHSEED": "0"}, "1", lambda files: [files[0].parent]),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", OTHERS)
def test_same_inputs_same_bytes(first, tmp_path, way):
    env, workers, order = OTHERS[way]
    files = order(inputs(tmp_path / "elsewhere" / "文本 texts"))
    out = build(*files, out=tmp_path / "other", options=("--workers", workers), cwd=tmp_path, **env)
    assert_same(first[1], everything(out, tmp_path / "exported", **env))


def assert_same(wanted: dict[str, bytes], found: dict[str, bytes]) -> None:
    """Names the files that differ, not their megabytes."""
    assert sorted(wanted) == sorted(found)
    assert [name for name in wanted if wanted[name] != found[name]] == []


def test_the_committed_exports_are_a_fresh_build(seed_build):
    assert_same(
        {name: (ROOT / "exports" / name).read_bytes() for name in COMMITTED},
        {name: (seed_build / name).read_bytes() for name in COMMITTED},
    )


def test_an_export_from_the_store_is_the_builds_own_file(first):
    _, files = first
    assert files["ttl/ttl"] == files["graph.ttl"]
    assert files["trig/trig"] == files["graph.trig"]


@pytest.fixture(scope="module")
def dataset(first) -> set[ox.Quad]:
    return set(ox.parse(path=str(first[0] / "graph.trig")))


@pytest.fixture(scope="module")
def union(dataset) -> set[ox.Triple]:
    """The contract's one graph: facts, claims, evidence and documents without what is inferred."""
    return {quad.triple for quad in dataset if quad.graph_name != INFERRED}


OX = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML,
      "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "trig": "trig", "nq": "nquads"}
DATASETS = ("trig", "nq")


@pytest.mark.parametrize("form", OX)
def test_pyoxigraph_parses_it_back(first, dataset, union, form):
    parsed = set(ox.parse(first[1][f"{form}/{form}"], format=OX[form]))
    assert parsed == dataset if form in DATASETS else {quad.triple for quad in parsed} == union


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, about its Dataset
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_parses_it_back(first, dataset, union, form, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    parsed = rdflib.Dataset() if form in DATASETS else rdflib.Graph()
    parsed.parse(data=first[1][f"{form}/{form}"], format=RDFLIB[form])
    if form in DATASETS:
        wanted = {(*map(as_rdflib, (q.subject, q.predicate, q.object)), graph_name(q)) for q in dataset}
        assert {(s, p, o, g or DEFAULT) for s, p, o, g in parsed.quads()} == wanted
    else:
        assert set(parsed) == {tuple(map(as_rdflib, (t.subject, t.predicate, t.object))) for t in union}


DEFAULT = rdflib.URIRef("urn:x-rdflib:default")  # what rdflib calls the graph without a name


def graph_name(quad: ox.Quad) -> rdflib.URIRef:
    return DEFAULT if isinstance(quad.graph_name, ox.DefaultGraph) else rdflib.URIRef(quad.graph_name.value)


def as_rdflib(term) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(term.value, datatype=None if plain else term.datatype.value, normalize=False)

"""What living with a corpus costs: build, second build, one text more, one text less, memory, at several sizes.

    python bench/corpus.py [SIZE…] [--folder DIR]        (100 and 1000 without sizes)

Texts are made of sentences of the texts beside the checkout (../shared), with other numbers, and of sentences about
invented firms, so that names come again and again as in news. Prints a row a size, the log-log slope between sizes, the
memory that resolving and writing takes a claim, what two workers are worth, and how loading and writing compare with
Oxigraph's own and rdflib's. Each step is a process of its own that has imported and read what it needs before; every
figure is processor time of it and its workers, since a clock would tell of the neighbours.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kg.pipeline import corpus, weaving  # noqa: E402
from kg.pipeline.build import build  # noqa: E402
from kg.pipeline.making import OWN, Options  # noqa: E402
from kg.store import embedded, generations  # noqa: E402

CHARACTERS = 300
_SENTENCE = re.compile(r"[^。\n]{12,120}。")
_DIGITS = re.compile(r"\d+(?=\.\d|亿|万|%|家|个)")
QUIET = Options(workers=None, check=False)


def sentences() -> list[str]:
    """The sentences to make texts of."""
    files = sorted((ROOT.parent / "shared" / "corpus" / "texts").glob("*.txt")) + sorted((ROOT / "seeds").glob("*.txt"))
    return [match[0].strip() for file in files for match in _SENTENCE.finditer(file.read_text("utf-8"))]


def texts(number: int) -> Iterator[str]:
    """So many different short texts, the same ones every time."""
    chance = random.Random(number)
    known = sentences()
    for at in range(number):
        yield _text(at, known, chance)


def _text(at: int, known: list[str], chance: random.Random) -> str:
    firm = f"{chance.choice(CITIES)}{chance.choice(WORDS)}{chance.choice(WORDS)}{chance.choice(TRADES)}有限公司"
    zone = f"{chance.choice(CITIES)}{chance.choice(WORDS)}科技园"
    parts = [f"第{at}号园区简报\n{firm}落户{zone}，计划总投资{chance.randrange(9, 999)}亿元。"]
    while sum(map(len, parts)) < CHARACTERS:
        parts.append(_DIGITS.sub(lambda m: str(chance.randrange(1, 10 ** len(m[0]))), chance.choice(known)))
    return "".join(parts) + "\n"


CITIES = ("苏州", "合肥", "宁波", "成都", "西安", "长沙", "福州", "青岛", "大连", "厦门", "无锡", "常州")
WORDS = tuple(a + b for a in "澄鹿溪霁岚苍砚桐" for b in "湖鸣桥川石梧台庐")
TRADES = ("机器人", "芯片", "光电", "生物医药", "新材料", "软件")


def used() -> float:
    """Processor seconds of this process and its workers so far."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Processor seconds, seconds on the clock, and the most memory that this process had, in MiB."""
    start, clock = used(), time.monotonic()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"processor": used() - start, "clock": time.monotonic() - clock, "peak": peak}


def built(top: Path, workers: int | None = None) -> dict[str, float]:
    return timed(lambda: build([str(top / "in")], out=top / "out", workers=workers, check=False))


def warmed(top: Path) -> None:
    """Have recogniser, rules and libraries in this process, as a server or a second change has."""
    (top / "warm.txt").write_text(_text(2 * 10**6, sentences(), random.Random(1)), "utf-8")
    corpus.add([str(top / "warm.txt")], folder=top / "warm", options=QUIET)
    corpus.withdraw([str(top / "warm.txt")], folder=top / "warm", options=QUIET)
    shutil.rmtree(top / "warm")


def added(top: Path) -> dict[str, float]:
    warmed(top)
    (top / "more.txt").write_text(_text(10**6, sentences(), random.Random(-1)), "utf-8")
    return timed(lambda: corpus.add([str(top / "more.txt")], folder=top / "out", options=QUIET))


def withdrawn(top: Path) -> dict[str, float]:
    warmed(top)
    return timed(lambda: corpus.withdraw([str(top / "more.txt")], folder=top / "out", options=QUIET))


def rested(top: Path) -> dict[str, float]:
    """Everything after extraction: all texts are in the cache, and nothing else is there."""
    for name in (*generations.current(top / "out").files, "manifest.json"):
        (top / "out" / name).unlink(missing_ok=True)
    shutil.rmtree(top / "out" / OWN / "standing")
    return built(top, 1)


def one_worker(top: Path) -> dict[str, float]:
    return _read(top, 1)


def two_workers(top: Path) -> dict[str, float]:
    return _read(top, 2)


def _read(top: Path, workers: int) -> dict[str, float]:
    """Reading alone, by so many workers."""
    from kg.pipeline import texts
    from kg.pipeline.texts import Shelf, distinct
    from kg.rules import load

    found = texts.found([str(top / "in")], load())
    shelf = Shelf(Path(tempfile.mkdtemp(dir=top)), found.contents)
    return timed(lambda: shelf.read(distinct(found.texts.values()), workers=workers))


def loaded(top: Path) -> dict[str, float]:
    """How many times as long as Oxigraph's own bulk load of the same N-Quads the loading of a built graph takes."""
    from pyoxigraph import RdfFormat, Store

    file = top / "graph.nq"
    embedded.open_graph(top / "out").dump(file, RdfFormat.N_QUADS)
    with file.open("rb") as lines:
        ours = timed(lambda: generations.stored(top / "ours", weaving.slices(lines)))
    peer = timed(lambda: Store(top / "peer").bulk_load(path=file))
    return {"ours": ours["processor"], "peer": peer["processor"]}


def wrote(top: Path) -> dict[str, float]:
    """Sorted Turtle of a store, the same statements unsorted by Oxigraph, and by rdflib out of its memory."""
    from pyoxigraph import RdfFormat
    from rdflib import Graph

    store = embedded.open_graph(top / "out")
    found: dict[str, bytes] = {}
    ours = timed(lambda: found.update(ttl=embedded.export(store, "ttl")))
    peer = timed(lambda: store.dump(top / "unsorted.trig", RdfFormat.TRIG))
    graph = Graph().parse(data=found["ttl"], format="turtle")
    theirs = timed(lambda: graph.serialize(top / "theirs.ttl", format="turtle"))
    return {"ours": ours["processor"], "peer": peer["processor"], "rdflib": theirs["processor"]}


STEPS = {step.__name__: step for step in (
    built, added, withdrawn, rested, one_worker, two_workers, loaded, wrote,
)}  # fmt: skip


def done(step: str, top: Path) -> dict[str, float]:
    """What a step measures, in a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(top)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": "0"}).stdout
    return {key: float(value) for key, value in json.loads(out).items()}


def measure(number: int, top: Path) -> dict[str, float]:
    """Processor seconds of each operation at that size, and how much was built."""
    (top / "in").mkdir(parents=True)
    for at, text in enumerate(texts(number)):
        (top / "in" / f"{at:05}.txt").write_text(text, "utf-8")
    row = {"texts": float(number)}
    for name, step in (("build", "built"), ("again", "built"), ("add", "added"), ("withdraw", "withdrawn")):
        found = done(step, top)
        row |= {name: found["processor"], f"{name} clock": found["clock"]}
        print(number, name, found, file=sys.stderr, flush=True)
    row["claims"] = float(generations.current(top / "out").more["counts"]["claims"])
    rest = done("rested", top)
    return row | {"rest": rest["processor"], "peak": rest["peak"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder without it")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.folder)))
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as top:
        rows = [measure(number, Path(top) / str(number)) for number in given.sizes]
        middle = Path(top) / str(min(given.sizes, key=lambda size: abs(size - 1000)))
        rest = {step: done(step, middle) for step in ("one_worker", "two_workers", "loaded", "wrote")}
    print("\n".join((*table(rows), *peers(rest))))


def table(rows: list[dict[str, float]]) -> Iterator[str]:
    """The report, as Markdown."""
    yield "# A corpus: what each change costs\n"
    yield "Two x86-64 cores, shared with other work, so in processor time; written by `bench/corpus.py`."
    yield f"Texts of {CHARACTERS} characters. Load average {os.getloadavg()[2]:.1f} over the last quarter of an hour.\n"
    yield "| texts | claims | build, processor s | after extraction | built again | one text more | one text less |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        parts = (f"{row[n] / row['build']:.1%} ({row[n]:.2f} s)" for n in ("rest", "again", "add", "withdraw"))
        yield f"| {row['texts']:.0f} | {row['claims']:.0f} | {row['build']:.1f} | {' | '.join(parts)} |"
    yield "\nGoals: 25 % after extraction, 3 % again, 1 % (of 10,000 texts) for one text more or less.\n"
    for small, large in itertools.pairwise(rows):
        slope = math.log(large["build"] / small["build"]) / math.log(large["texts"] / small["texts"])
        grown = (large["peak"] - small["peak"]) * 1024 / (large["claims"] - small["claims"])
        sizes = f"From {small['texts']:.0f} to {large['texts']:.0f} texts"
        yield f"- {sizes}: log-log slope of build time {slope:.2f} (goal 1.1), {grown:.2f} KiB of memory more a claim."
    peak, share = rows[-1]["peak"], rows[-1]["peak"] * 1024 / rows[-1]["claims"]
    yield f"- Peak memory of resolving and writing: {peak:.0f} MiB, with all libraries {share:.2f} KiB a claim (1.5)."


def peers(rest: dict[str, dict[str, float]]) -> Iterator[str]:
    """How steps compare with those of others."""
    times = rest["one_worker"]["clock"] / rest["two_workers"]["clock"]
    yield f"- Extraction on two workers is {times:.2f} times as fast as on one, on the clock (goal 1.7)."
    load, wrote = rest["loaded"], rest["wrote"]
    yield f"- Loading takes {load['ours'] / load['peer']:.2f} times Oxigraph's own bulk load (goal 1.5)."
    yield f"- Sorted Turtle takes {wrote['ours'] / wrote['peer']:.2f} times Oxigraph's unsorted write (goal 4),"
    yield f"  and 1/{wrote['rdflib'] / wrote['ours']:.0f} of rdflib's (goal 1/8)."


if __name__ == "__main__":
    main()

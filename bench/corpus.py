"""What living with a corpus costs: build, second build, one text more, one text less, at several sizes.

    python bench/corpus.py [SIZE…] [--folder DIR]        (100 and 1000 without sizes)

Texts are made of sentences of the texts beside the checkout (../shared), with other numbers, and of sentences about
invented firms, so that names come again and again as in news. Prints one row a size, the log-log slope between sizes,
and the memory of everything after extraction a claim.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import re
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kg.pipeline import corpus  # noqa: E402
from kg.pipeline.build import build  # noqa: E402
from kg.pipeline.making import Options  # noqa: E402

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


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of this process and its workers: seconds on a clock would tell of the neighbours."""
    start = _used()
    work()
    return _used() - start


def _used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def measure(number: int, top: Path) -> dict[str, float]:
    """Processor seconds of each operation at that size, and how much was built."""
    folder, out = top / f"in{number}", top / f"out{number}"
    folder.mkdir()
    for at, text in enumerate(texts(number)):
        (folder / f"{at:05}.txt").write_text(text, "utf-8")
    row = {"texts": float(number), "build": timed(lambda: build([str(folder)], out=out, workers=None, check=False))}
    row["again"] = timed(lambda: build([str(folder)], out=out, workers=None, check=False))
    row["claims"] = float(build([str(folder)], out=out, workers=None, check=False).counts.claims)
    more = top / f"more{number}.txt"
    more.write_text(_text(10**6, sentences(), random.Random(-number)), "utf-8")
    row["add"] = timed(lambda: corpus.add([str(more)], folder=out, options=QUIET))
    row["withdraw"] = timed(lambda: corpus.withdraw([str(more)], folder=out, options=QUIET))
    (out / "graph.ttl").unlink()
    row["rest"] = timed(lambda: build([str(folder)], out=out, workers=None, check=False))
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder without it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as top:
        rows = [measure(number, Path(top)) for number in given.sizes]
    print("\n".join(table(rows)))


def table(rows: list[dict[str, float]]) -> Iterator[str]:
    """The report, as Markdown."""
    yield "# A corpus: what each change costs\n"
    yield "Two x86-64 cores, shared with other work, so in processor time; written by `bench/corpus.py`."
    yield f"Texts of {CHARACTERS} characters.\n"
    yield "| texts | claims | build, processor s | after extraction | built again | one text more | one text less |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        shares = " | ".join(f"{row[name] / row['build']:.1%}" for name in ("rest", "again", "add", "withdraw"))
        yield f"| {row['texts']:.0f} | {row['claims']:.0f} | {row['build']:.1f} | {shares} |"
    yield "\nGoals: 25 % after extraction, 3 % again, 1 % (of 10,000 texts) for one text more or less.\n"
    for small, large in itertools.pairwise(rows):
        slope = math.log(large["build"] / small["build"]) / math.log(large["texts"] / small["texts"])
        sizes = f"{small['texts']:.0f} to {large['texts']:.0f}"
        yield f"Log-log slope of build time from {sizes} texts: {slope:.2f} (goal 1.1)."
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = peak * 1024 / rows[-1]["claims"]
    yield f"Peak memory of the process that resolves and writes: {peak:.0f} MiB, {share:.0f} KiB a claim."


if __name__ == "__main__":
    main()

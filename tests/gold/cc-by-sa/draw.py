"""Draw the Wikipedia paragraphs annotated here: the same ones each time, whatever they say.

usage: draw.py SHARED [FOLDER]      SHARED holds data/wiki-zh; FOLDER (texts/ beside this file) receives the texts

A paragraph qualifies when it has 250 to 700 characters and names a provincial division. Of each kind below the first
n by sha256 of the paragraph's id are taken, in the order of the table; none is passed over for being hard.
"""

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHORTEST, LONGEST = 250, 700
PROVINCE = re.compile(
    "北京|天津|上海|重庆|重慶|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|台湾|台灣|香港|澳门"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Paragraphs of one kind: the file, where to look, for what, how often it must stand there, how many are taken."""

    source: str
    where: str
    words: str
    least: int
    taken: int


ZONE = "开发区|高新区|工业区|工业园|科技园|科技城|科学城|产业园|软件园|保税区|经济区|新区|新城"
KINDS = (
    Kind("cmrc2018", "text", ZONE, 2, 2),
    Kind("cmrc2018", "title", "(公司|集团|银行|企业)$", 1, 2),
    Kind("cmrc2018", "title", "(大学|学院|研究所|研究院)$", 1, 2),
    Kind("cmrc2018", "title", "(市|县|镇|街道|新区)$", 1, 1),
    Kind("drcd", "text", "開發區|工業區|工業園|科學園|科技園|產業園|軟體園|經濟區|加工出口區", 2, 1),
)


def paragraphs(shared: Path, source: str) -> list[dict[str, str]]:
    """The paragraphs of one file of ``data/wiki-zh``, as ``{"id", "split", "title", "text"}``."""
    packed = shared / "data" / "wiki-zh" / f"{source}.jsonl.gz"
    with gzip.open(packed, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def qualifies(paragraph: dict[str, str], kind: Kind) -> bool:
    """Whether length, place and words are those asked for."""
    text = paragraph["text"]
    found = re.findall(kind.words, paragraph[kind.where])
    return SHORTEST <= len(text) <= LONGEST and bool(PROVINCE.search(text)) and len(found) >= kind.least


def drawn(shared: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """``("w01", paragraph)`` and so on, in the order of the kinds."""
    number = 0
    for kind in KINDS:
        fit = [p for p in paragraphs(shared, kind.source) if qualifies(p, kind)]
        fit.sort(key=lambda p: hashlib.sha256(p["id"].encode()).hexdigest())
        for paragraph in fit[: kind.taken]:
            number += 1
            yield f"w{number:02}", paragraph


def main(shared: Path, folder: Path) -> None:
    """Write one file a paragraph, named by the number drawn and the paragraph's id."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, paragraph in drawn(shared):
        path = folder / f"{name}-{paragraph['id']}.txt"
        path.write_text(paragraph["text"] + "\n", encoding="utf8", newline="\n")
        print(path.name, paragraph["title"], len(paragraph["text"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "texts")

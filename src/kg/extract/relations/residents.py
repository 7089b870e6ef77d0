"""Firms under a heading of a page (入驻机构, 代表企业): a zone's lists of who is at home in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names.leads import opens_line
from kg.extract.relations.matches import Match
from kg.extract.scene.areas import area
from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.extract.text.lines import MARK, NUMBER
from kg.records import EntityType, Relation, Sentence

_HEADING = re.compile(
    rf"{NUMBER}[\[【]?(?:目前|现有|其中|其|,)*(?:(?:入驻|入园|驻园|驻区|进驻|在园|在区|落户|园区|[区园][内里]|[全我本]区|全园|小镇|重点|代表|龙头|骨干|知名"
    r"|优质|部分|主要|上市|明星|典型|规模以上|规上|工业|制造业|高新技术|科技型|外资|外商投资|世界500强|链主|支柱|核心|标杆|现有|纳税|重大|创新|研发|科研|科创|投产)"
    r"(?:的|性|化|型)*)+(?:企业|机构|公司|单位|基金|院所|高校|商户|平台|项目)"
    r"(?:名单|名录|风采|一览表?|展示|简介|简况|介绍|列表|代表|目录|分布|情况|主要|分别|有|包括|为|是|如下)*(?:\([^()]{1,6}\))?[\]】]?\s*"
)
_OF_WORKS = re.compile(
    rf"{NUMBER}[\[【]?(?:(?:公共|专业|技术|服务|创新|科创|研发|配套|重点|主要|孵化|科研|共享|检测|生产性)(?:的|性)?)+"
    r"(?:平台|载体|设施|实验室|机构)(?:介绍|简介|名单|一览|有|包括)*[\]】]?\s*"
)
_LABEL = re.compile(rf"{NUMBER}(?:[\u4e00-\u9fffA-Z]{{2,12}}\s*:)?\s*")
_BETWEEN = re.compile(r"(?:\([^()]{0,20}\))?[”」]?(?:[、,;]|\s+|和|以及|及)[“「]?")
_AFTER = re.compile(r"(?:\([^()]{0,20}\))?[”」]?\s*(?:$|[。,;:]|——|等|-)")
_FIRMS = frozenset(
    {EntityType.COMPANY, EntityType.FUND, EntityType.INSTITUTE, EntityType.LABORATORY, EntityType.UNIVERSITY}
)
# What an entry of a numbered list may be besides: a firm's works under 主要企业.
_ENTERED = _FIRMS | {EntityType.FACILITY, EntityType.ZONE, EntityType.PROJECT}
_FURTHEST = 60


def residents(scene: Scene, sentence: Sentence) -> Iterator[Match]:
    """The firms that a line lists under such a heading, as at home in the zone that the document is about."""
    firms = _line(scene, sentence)
    heading = _heading(scene, sentence) if firms else None
    zone = area(scene, scene.sentences[heading]) if heading is not None else None
    if zone is not None:
        for firm in firms:
            yield Match("listed-resident", Relation.HOSTS, zone, firm, firm.start, firm.end, scoped=False)


def _line(scene: Scene, sentence: Sentence) -> list[Naming]:
    """The firms that open a line one after another, behind a number or label; none where it is no such line."""
    named = [n for n in scene.named_in(sentence.index) if not _bracketed(sentence.text, n)]
    number, label = re.match(NUMBER, sentence.text), _LABEL.match(sentence.text)
    begin = number.end() if number else 0
    kinds = _ENTERED if re.match(MARK, sentence.text) else _FIRMS
    opened = any(n.start <= begin + 1 < n.end and n.type in kinds for n in named)
    at = begin if opened or label is None else label.end()
    run: list[Naming] = []
    for naming in named:
        if naming.end <= at or naming.anaphor:
            continue
        joint = _BETWEEN.fullmatch(sentence.text, run[-1].end, naming.start) if run else None
        if naming.type not in kinds or (joint is None if run else sentence.text[at : naming.start].strip("“「 ")):
            break
        run.append(naming)
    return run if run and _AFTER.match(sentence.text, run[-1].end) else []


def _bracketed(text: str, naming: Naming) -> bool:
    """Whether a naming stands inside a bracket: what is said of a firm of the list."""
    return text.rfind("(", 0, naming.start) > text.rfind(")", 0, naming.start)


def _heading(scene: Scene, sentence: Sentence) -> int | None:
    """The sentence whose label or heading says that the firms of a line reside here: its own or one before its list."""
    if _titled(sentence.text.partition(":")[0]) and ":" in sentence.text:
        return sentence.index
    numbered = re.match(MARK, sentence.text) is not None
    for index in range(sentence.index - 1, max(-1, sentence.index - _FURTHEST), -1):
        before = scene.sentences[index]
        if _titled(before.text.rstrip(": ")):
            return index
        opens = opens_line(scene.sentences, before) or re.match(MARK, before.text) is not None
        runs_on = before.paragraph == sentence.paragraph and not numbered
        if runs_on or (opens and not _line(scene, before)):
            return None
    return None


def _titled(text: str) -> bool:
    return (_HEADING.fullmatch(text) or _OF_WORKS.fullmatch(text)) is not None

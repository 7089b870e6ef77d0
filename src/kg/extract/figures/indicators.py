"""What a figure measures: the wording beside the number, and the concept of the scheme where it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.figures.context import NOMINAL, Context, cutting_names, words
from kg.records import EntityType
from kg.rules import Rules

# What links an indicator to its number.
_LINK = re.compile(
    r"(?:,|:|\(|已经|已|均|都|也|还|再|一举|首次|成功|稳定|分别|预计|计划|力争|有望|将|约|(?<!公)共|共计|总计|合计|累计|总共|一共|(?<![总楼塔坝身])高|"
    r"达成|达|(?<!行)为|是|(?<![国所公私设建拥])有|实现|完成|突破|超过|迈上|迈过|跨上|跨越|站上|接近|逼近|保持|维持|"
    r"占|控制在|跃上|迈向|冲破|"
    r"(?:增加|增长|提升|提高|扩大|扩展|拓展|上升|攀升|跃升|爬升|壮大|发展|下降|降低|压减|压降|缩短|回升|增|升|扩|提|降)(?:到|至)|"
    r"由原来的|由|从|至|到|了|过|(?<![支进输产演])出|近|就|仅|只|却|竟|更|(?<![产性功储节智职热电核光动才氢潜效])能|可|大约|(?<![需摘纪主首])要|"
    r"不低于|全球|全年|一年|目前|以|的|(?<![方导转])向|对|(?<![潜存实])在)+$"
)
# What stands before an indicator and is no part of it; what must not follow makes it another word (均价, 在校).
_LEAD = re.compile(
    r"^(?:[,、:\s)]|其中|同时|此外|另外|并(?![购网])|而|且|以及|和|与(?!会)|及|还(?![款贷原])|也|又|再(?!生)|则|均(?![价衡值])|都(?![市会])|已经|已|"
    r"共(?![同享有建])|总共|一共|其(?![他它余])|该|本(?![地科土级])|各(?![类级种项界])|将|拟|预计|计划(?!总?投资|总额)|力争|争取到?|确保|到时|届时|目前|"
    r"全区|全市|全县|全省|全园|全年|全国|区内|园内|园区内|区域内|辖区内?|当地|年内|同期|有望|现有|共有|现拥有|有(?![效色机限关线轨源望])|推动|促进|"
    r"带动|使(?![用命馆者节])得?|让|令|实现|完成|达到|拥有|具有|形成|落实|取得|获得(?=[^,]{2})|创造|占据|作为|成为|率先|"
    r"包括|包含|涵盖|涉及|含(?![量税能])|即(?!时)|如(?!意)|像|由于|因为|通过|随着|当前|现在|如今|数据显示|据统计|统计显示|据了解|据悉|据介绍|先后|陆续|"
    r"一举|首次|(?:我们)?(?:企业|公司|园区|集团|项目|学校|医院|基金)的|前\d+[家个名强]|"
    r"成功|仅|近年来|来自|来(?![料访华源])|我们|我|他们|它|的|了|至此|继(?!续)|在(?![校建孵册职岗线营籍库役管研])|从(?!业)|当(?![地年期])|被(?!投)|把|对(?![外口])|为|向|"
    r"给(?![水排])|等(?![级离])|(?:全部|全面|项目)?(?:建成|投产|达产|竣工|投运|投用|满产|落成|完工)+之?后|可(?=提供|实现|新增|带动|年产|形成))+"
)
_PARENTHESIS = re.compile(r"\([^()]*\)")
_EDGE = " ,、:;。的了"
_HARD = frozenset({"v", "vd", "d", "p", "c", "u", "r", "m", "q", "TIME", "w", "xc"})
_LIST = re.compile(r"[、和与及]|以及")
_SIGNS = re.compile(r"[\s“”\"'‘’「」『』()·]")
_PLURAL = re.compile(r"(?:总数|数量|总量|数|量|个数|家数)$")
_PERSONAL = re.compile(
    r"(?:人|员|者|生|工|士|师|家|才|民|户|众|童|客|干部|代表|群众|嘉宾|队伍|博士|院士|领导|老师|教授|游客|居民|幼儿|人口|人次|岗位)$"
)


@dataclass(frozen=True, slots=True)
class Concept:
    """An indicator of the scheme: its slug, preferred name, what sort of value it has, whose figure it usually is."""

    id: str
    name: str
    kind: str
    subjects: tuple[EntityType, ...]


@lru_cache(maxsize=4)
def _scheme(rules: Rules) -> Mapping[str, tuple[Concept, ...]]:
    """Normal form of each wording -> the concepts it may mean."""
    found: dict[str, tuple[Concept, ...]] = {}
    for row in rules.table("indicators"):
        types = tuple(EntityType(name) for name in row["subjects"].split("|") if name)
        concept = Concept(row["id"], row["zh"], row["kind"], types)
        for wording in (row["zh"], *row["synonyms"].split("|")):
            key = normal(wording)
            if key and concept not in found.get(key, ()):
                found[key] = (*found.get(key, ()), concept)
    return found


def normal(wording: str) -> str:
    """A wording without brackets' content, quotes and blanks."""
    return _SIGNS.sub("", _PARENTHESIS.sub("", wording)).upper()


def concept_of(wording: str, rules: Rules, *, kind: str = "", subject: EntityType | None = None) -> Concept | None:
    """The scheme's concept for a wording, of the kind and fit for the subject where several bear the name."""
    key = normal(wording)
    options = _scheme(rules).get(key) or _scheme(rules).get(_PLURAL.sub("", key), ())
    fitting = [c for c in options if not kind or c.kind == kind]
    if subject is not None and len(fitting) > 1:
        fitting = [c for c in fitting if subject in c.subjects] or fitting
    return fitting[0] if fitting else None


def is_known(wording: str, rules: Rules) -> bool:
    """Whether a wording is one of the scheme."""
    return normal(wording) in _scheme(rules)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands between the last boundary and a number: its range, the wording, and whether verbs end it."""

    start: int
    end: int
    text: str
    verb: str = ""


def left_phrase(context: Context, start: int, end: int, *, whole: bool = False, count: bool = False) -> Phrase:
    """The indicator's wording in `text[start:end]`: without times, names of somebody, links and leading words.

    `whole` keeps coordinated indicators together (A、B和C), `count` a verb before what is counted (惠及企业).
    """
    for name in cutting_names(context, start, end):
        start = name.end if not count or name.end < end or name.type not in COUNTED else start
    start, end = _without_times(context, *_without_prices(context, start, end))
    text = context.text[start:end]
    text = _strip_tail(context, start, text)
    lead = _LEAD.match(text)
    if lead and not is_known(text, context.rules):
        start += lead.end()
        text = text[lead.end() :]
    known = None if whole else _known_tail(context, start, text, count=count)
    if known is not None:
        return Phrase(start + known, start + len(text), _clean(text[known:]))
    later = _after_preposition(context, start, start + len(text))
    text, start = text[later - start :], later
    if not _has_noun(context, start, start + len(text)):
        return Phrase(start + len(text), start + len(text), "")
    verb = _final_verb(context, start, start + len(text))
    return Phrase(start, start + len(text), _clean(text), verb)


# Of these several bear one name, which then says what is counted (在研1类新药43个).
COUNTED = frozenset({EntityType.PRODUCT, EntityType.FUND, EntityType.PROJECT})


_BY_PRICES = re.compile(r"[,(]?按(?:不变|可比|现行)价格?(?:计算|核算|口径)?\)?,?")


def _without_prices(context: Context, start: int, end: int) -> tuple[int, int]:
    """The range without 按不变价格计算 at either end."""
    match = _BY_PRICES.search(context.text, start, end)
    if match is None:
        return start, end
    return (start, match.start()) if match.end() == end else (match.end() if match.start() == start else start, end)


def _without_times(context: Context, start: int, end: int) -> tuple[int, int]:
    """The range after its last inner time and before one that ends it."""
    for time in context.times:
        if time.start >= start and time.end <= end:
            rest = context.text[time.end : end].strip(_EDGE)
            if rest and not _LINK.fullmatch(rest):
                start = time.end
            else:
                end = min(end, time.start)
    return start, end


def _strip_tail(context: Context, start: int, text: str) -> str:
    """The text without linking words at its end; a known indicator keeps what belongs to its name."""
    while text:
        if is_known(text, context.rules):
            break
        shorter = _LINK.sub("", text).rstrip(_EDGE)
        if shorter == text:
            break
        text = shorter
    return text


_LONGEST_NAME = 30


def _known_tail(context: Context, start: int, text: str, *, count: bool) -> int | None:
    """Where in the text a wording of the scheme begins that ends it, if what stands before is no noun it belongs to."""
    for at in range(max(0, len(text) - _LONGEST_NAME), len(text)):
        if is_known(text[at:], context.rules):
            return at if at == 0 or _loose(context, start, start + at, count=count) else None
    return None


def _loose(context: Context, start: int, end: int, *, count: bool) -> bool:
    """Whether what stands before a known wording (组建总规模, 首台分辨率) is not a noun that narrows it."""
    before = words(context, start, end)
    if not before or before[-1].end != end or before[-1].tag not in _HARD:
        return False
    if before[-1].tag == "m" and before[-1].word.endswith(("级", "以上", "强", "家", "大", "期", "亿", "万", "元")):
        return False
    return not (count and before[-1].tag in ("v", "vd"))


def _after_preposition(context: Context, start: int, end: int) -> int:
    """Behind the last preposition's noun in a range: 在全国累计投资企业 leaves 累计投资企业."""
    tokens = words(context, start, end)
    for index in range(len(tokens) - 2, 0, -1):
        if tokens[index - 1].word in _PREPOSITIONS and tokens[index - 1].tag == "p":
            return tokens[index].end
    return start


_PREPOSITIONS = frozenset("在 自 于 从 对 向 为 由 按".split())


def _has_noun(context: Context, start: int, end: int) -> bool:
    return any(token.tag in NOMINAL or token.tag == "v" for token in words(context, start, end))


def _final_verb(context: Context, start: int, end: int) -> str:
    """The verbs that end a range, without 了 过 出 到; empty where a noun ends it."""
    found: list[str] = []
    for token in reversed(words(context, start, end)):
        if token.tag in ("u", "d", "w") and not found:
            continue
        if token.tag in ("v", "vd") or (token.tag == "vn" and found):
            found.insert(0, token.word)
            continue
        break
    return "".join(found)


def _clean(text: str) -> str:
    """The wording without brackets and without quotes that lost their other half."""
    text = _PARENTHESIS.sub("", text).strip(_EDGE)
    for opening, closing in ("“”", "「」", "‘’", "()"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.strip(_EDGE)


def counted(noun: str, surface: str, verb: str = "") -> str:
    """The name of a count: 企业 and 入驻 give 入驻企业数, 体检 and 人 give 体检人数, 投资 and 轮 give 投资轮数."""
    base = verb + noun if verb and not noun.startswith(verb) else noun
    if _PLURAL.search(base):
        return base
    if surface in ("人", "名", "位", "人次") and not _PERSONAL.search(base):
        return base + ("人次" if surface == "人次" else "人数")
    if surface in ("轮", "场", "种", "次"):
        return base if base.endswith(surface) else base + surface + "数"
    return base + "数"


def listed(wording: str, rules: Rules) -> list[str]:
    """The indicators of 「A、B、C增速」: the last one's tail holds for all."""
    parts = [part.strip(_EDGE) for part in _LIST.split(wording)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts
    tail = _shared_tail(parts[-1], rules)
    return [part if part.endswith(tail) else part + tail for part in parts]


def _shared_tail(wording: str, rules: Rules) -> str:
    """What follows a known indicator inside a wording: 增速 in 进出口总值增速."""
    for tail in ("平均增速", "年均增速", "增速", "增幅", "占比", "比重"):
        if wording.endswith(tail) and len(wording) > len(tail):
            return tail
    return ""

"""Names by public lists, by their endings, and by the recogniser's tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.boundaries import has_proper, name_start
from kg.extract.candidates import Candidate, candidate
from kg.extract.lists import without_tail
from kg.extract.tokens import PROPER, between, boundary, token_at
from kg.extract.words import Ending, Known, alternation, any_of, endings, known, overlapping_endings, plain_words, stop_words, surnames, titles, words
from kg.records import EntityType, Sentence, Token
from kg.rules import Rules

_ZONE_TAIL = re.compile(r"(?:区|园|城|谷|港)\((?P<inner>[\u4e00-\u9fff]{2,4})\)")
_OFFICE = re.compile(r"办(?=(?:党组|常务)?(?:副主任|主任|负责人|相关负责人))")
_GENERIC = re.compile(r"(?:科技|科创|创新|产业|工业|高新|技术|经济|国家级?|省级|市级|新型|全国|世界|国际|高级?|现代|中心|重点|特色|专业|综合|公共|服务|管理|建设|发展|企业|项目|人才|孵化|研发|转化|示范|合作|一流|高能级|大|小|新|老|主|总|分|子|母|我国|中国|区域|城市|生态|园区|平台|基础|配套|三甲|三级甲等|公立|专科|招商|中资|外资|内资|入园|入驻|开工|签约|基建|样板|民生|惠民|重大|落地|在建|续建|投资|农业|竣工|投产|储备|引进|资源|保障|集中|试点|示范性|标志性|龙头|骨干|链主|上市|独角兽|高新技术|中小|民营|国有|央|股份|合资|独资|本地|当地|省内|市内|境内|境外|海外|主要|下属|所属|相关|有关|多元|双创|创业|新建|扩建|技改|改造|高质量|智能|数字|绿色|未来|先进|高端|标准|专项|基本|一般|普通|其他|同类|同行|大型|小型|中型|微型)+")


def known_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The names of public lists that stand at word boundaries."""
    for places in (True, False):
        yield from _known(sentence, rules, places)


def _known(sentence: Sentence, rules: Rules, places: bool) -> Iterator[Candidate]:
    automaton, surfaces = known(rules, places=places)
    for index, start, end in automaton.find_matches_as_indexes(sentence.text):
        entry = surfaces[index]
        if entry.type is EntityType.INDUSTRY:
            end = without_tail(sentence.text, start, end)
            if not _is_industry(sentence, start, end, rules):
                continue
        if entry.name not in _UNNAMED and _stands(sentence, start, end, entry):
            rule = "known-" + entry.type.value.lower()
            yield candidate(sentence, start, end, entry.type, rule, code=entry.code, concept=entry.concept)


_UNNAMED = frozenset({"中国", "中华人民共和国", "我国", "全国", "郊区", "城区", "矿区", "市区", "新区", "老城区", "新城"})


@lru_cache(maxsize=4)
def _industry_context(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = alternation(words(rules, "listhead_Industry"))
    headed = re.compile(rf"(?:重点|主导|特色|优势|新兴|主)?(?:{heads}|企业|公司|生态|研发|技术|为)")
    closed = re.compile(r"[、,。;)”!?:]|和|与|及|以及|等|为|是|成为|已|将|也|均|都|在|$|\d")
    opened = re.compile(rf"(?:[、(“:]|和|与|及|以及|{any_of(rules, 'focus')}(?:了|以)?|以|从事|国内|全球|中国)$")
    return headed, closed, opened


def _is_industry(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether a word of the industry list stands as an industry: before 产业 and its like, or in a list, or as a focus."""
    headed, closed, opened = _industry_context(rules)
    text = sentence.text
    if headed.match(text, end):
        return True
    after, before = bool(closed.match(text, end)), bool(opened.search(text[max(0, start - 8) : start]))
    return after and (before or end - start > 3)


def _common_use(sentence: Sentence, end: int, entry: Known) -> bool:
    """Whether a county's short name stands before a noun, where it is most often a common word (惠民 before 工程)."""
    short = entry.type is EntityType.PLACE and entry.surface != entry.name and not (entry.code or "00").endswith("00")
    if not short or end >= len(sentence.text):
        return False
    return sentence.tokens[token_at(sentence, end)].tag in ("n", "vn", "v")


def _stands(sentence: Sentence, start: int, end: int, entry: Known) -> bool:
    """Whether a surface is read as a name: whole words, and where it is also a common word, tagged as a name."""
    token = sentence.tokens[token_at(sentence, start)]
    if entry.weak:
        return token.start == start and token.end >= end and token.tag in ("LOC", "ORG", "nz") and boundary(sentence, end)
    if token.start != start or _common_use(sentence, end, entry):
        return False
    if entry.type is EntityType.PLACE and token.tag not in ("LOC", "ORG") and not re.search("[市省县区州国洲盟旗]$", entry.surface):
        return False
    rest = sentence.text[end : token.end] if token.end > end else ""
    if entry.type is EntityType.INDUSTRY and rest in ("技术", "产业", "领域", "行业", "企业"):
        return True
    return boundary(sentence, end) or (token.tag in ("LOC", "ORG") and (rest in _AROUND or len(rest) >= 3))


_AROUND = frozenset({"郊区", "市区", "城区", "地区", "境内", "当地", "西部", "东部", "南部", "北部", "方面", "两国"})


def ended_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The names that an ending makes (…实验室, …有限公司), where enough stands before it."""
    table, closed = endings(rules)[1], 0
    for match in overlapping_endings(rules).finditer(sentence.text):
        ending, (at, close) = table[match[1]], match.span(1)
        if close <= closed:
            continue  # the rest of a longer ending
        if ending.type is EntityType.PLACE or _no_office(sentence, match) or not _ends_word(sentence, close, ending):
            continue
        closed = close
        start = name_start(sentence, at, ending.type, rules)
        end = _with_bracket(sentence, close, ending.type)
        if _enough(sentence, start, at, ending, rules):
            yield candidate(sentence, start, end, _type(sentence, start, end, ending), "ending-" + ending.type.value.lower())


_LETTER_AREA = re.compile(r"(?<![A-Za-z0-9])[A-Z]区(?![\u4e00-\u9fff]{0,2}(?:域|块|间))")


def lettered_areas(sentence: Sentence) -> Iterator[Candidate]:
    """The parts of a park that go by letters: A区, B区."""
    for match in _LETTER_AREA.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.ZONE, "ending-lettered")


def _no_office(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether 局, 厅 or 厂 only ends a common word (格局, 展厅)."""
    before = sentence.text[match.start() - 1 : match.start()]
    return match[1] in _NOT_AFTER and before in _NOT_AFTER[match[1]]


_NOT_AFTER = {"局": "格布结时战开全大僵残饭骗政邮当", "厅": "餐客大展舞门前歌", "厂": "工设建出"}


def _ends_word(sentence: Sentence, end: int, ending: Ending) -> bool:
    """Whether the ending closes a word, or a long one stands in a word to which the next name was glued."""
    if boundary(sentence, end):
        return True
    token = sentence.tokens[token_at(sentence, end)]
    return len(ending.text) >= 3 and token.tag in ("LOC", "ORG") and ending.type is EntityType.ZONE


def _enough(sentence: Sentence, start: int, at: int, ending: Ending, rules: Rules) -> bool:
    """Whether what stands before the ending makes it a name and not a common noun."""
    body = sentence.text[start:at]
    if not body or (_plain(sentence, start, at, ending.type, rules) and not _sized_fund(sentence, start, ending)):
        return False
    if ending.type is EntityType.UNIVERSITY and any(t.tag == "PER" for t in between(sentence, start, at)):
        return False
    if ending.need == "proper":
        return has_proper(sentence, start, at)
    if ending.need == "long":
        return has_proper(sentence, start, at) or _descriptive(sentence, start, at, ending)
    if ending.need == "some":
        return len(body) >= 2
    return True


def _plain(sentence: Sentence, start: int, at: int, ending: EntityType, rules: Rules) -> bool:
    """Whether only adjectives, levels and nouns of the kind stand before the ending."""
    if ending is EntityType.UNIVERSITY and sentence.tokens[token_at(sentence, start)].tag == "ORG":
        return False
    words_ = [sentence.text[max(t.start, start) : min(t.end, at)] for t in between(sentence, start, at)]
    return bool(_GENERIC.fullmatch(sentence.text[start:at])) or (
        bool(words_) and all(w in plain_words(rules) or _GENERIC.fullmatch(w) for w in words_)
    )


def _descriptive(sentence: Sentence, start: int, at: int, ending: Ending) -> bool:
    """Whether a name without anything proper is long enough to mean one thing: 疫情信息管理 before 平台."""
    size, count = at - start, len(between(sentence, start, at))
    if ending.type is EntityType.PROJECT and size >= 2 and _DEFINITE.match(sentence.text, at + len(ending.text)):
        return True
    least = 4 if ending.type is EntityType.PROJECT else 5
    return size >= least and count >= (2 if size >= 6 or ending.type is EntityType.PROJECT else 3)


_DEFINITE = re.compile(r"(?:奠基|开工|签约|启动|竣工|投产|揭牌|正式|总投资|位于|占地|由|是)")


def _sized_fund(sentence: Sentence, start: int, ending: Ending) -> bool:
    """Whether a sum right before a fund makes it a certain one: 规模50亿元的产业基金."""
    return ending.type is EntityType.FUND and bool(re.search("元的?$", sentence.text[:start]))


def _with_bracket(sentence: Sentence, end: int, type_: EntityType) -> int:
    """The end of a zone's name with the district in brackets that belongs to it: 高新区(新城)."""
    match = _ZONE_TAIL.match(sentence.text, end - 1) if type_ is EntityType.ZONE else None
    return match.end() if match else end


_SERVICE = re.compile(
    r"(?:(?:投资促进|招商|政务|行政审批|行政服务|便民)\S{0,4}|(?:区|市|省|县|\))\S{0,6}(?:服务|促进|协同|代办|审批|发展))中心$"
)


def _type(sentence: Sentence, start: int, end: int, ending: Ending) -> EntityType:
    """The ending's type, but for public service centres, which are bodies."""
    text = sentence.text[start:end]
    if ending.type is EntityType.FACILITY and _SERVICE.search(text):
        return EntityType.BODY
    return ending.type


def tagged_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The recogniser's organisations with a company's tail, and its places and persons where the context agrees."""
    for index, token in enumerate(sentence.tokens):
        if token.tag == "ORG" or (token.tag in ("LOC", "PER") and _corporate_next(sentence, index, rules)):
            yield from _organisation(sentence, index, token, rules)
        if token.tag == "PER" and not _corporate_next(sentence, index, rules) and ("·" in token.word or _is_person(sentence, token, rules)):
            yield candidate(sentence, token.start, token.end, EntityType.PERSON, "person-tagged")
    for match in _OFFICE.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.BODY, rules)
        if start < match.start():
            yield candidate(sentence, start, match.start() + 1, EntityType.BODY, "ending-office")


_CORPORATE = frozenset({"资本", "股份", "控股", "创投", "药业", "银行", "证券", "实业", "重工", "集团"})


def _corporate_next(sentence: Sentence, index: int, rules: Rules) -> bool:
    """南湖资本: a place or person followed by a word that only firms' names end with, or by a firm's word and a post."""
    if index + 1 >= len(sentence.tokens):
        return False
    after = sentence.tokens[index + 1]
    posted = after.word in words(rules, "companytail") and re.match(titles(rules), sentence.text[after.end :])
    return after.word in _CORPORATE or bool(posted)


def _organisation(sentence: Sentence, index: int, token: Token, rules: Rules) -> Iterator[Candidate]:
    """A company where the organisation's tail, the next word or the words before it say so."""
    tails = words(rules, "companytail")
    end = token.end
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if after is not None and after.word in tails and after.tag in ("n", "vn", "nz"):
        end = after.end
    text = sentence.text[token.start : end]
    if text.endswith(_TITLE_HEADS) and re.match(titles(rules), sentence.text[end - 2 :]):
        text, end = text[:-2], end - 2
    pattern, table = endings(rules)
    ended = next((table[m[0]].type for m in pattern.finditer(text) if m.end() == len(text)), EntityType.COMPANY)
    if ended is not EntityType.COMPANY or text.startswith(("公司", "企业", "集团")) or _cut_off(sentence, end, len(text)):
        return
    if len(text) < 3 or text in stop_words(rules) or token.word in stop_words(rules):
        return
    if end > token.end or any(text.endswith(t) and len(text) > len(t) + 1 for t in tails):
        yield candidate(sentence, token.start, end, EntityType.COMPANY, "tagged-company-tail")
    elif re.match(titles(rules), sentence.text[end:]) or 3 <= len(text) <= 6:
        yield candidate(sentence, token.start, end, EntityType.COMPANY, "tagged-company")


_TITLE_HEADS = ("联合", "首席", "常务", "高级", "执行", "技术", "产品")


def _cut_off(sentence: Sentence, end: int, size: int) -> bool:
    """Whether a long organisation runs on into a noun, so that it is no whole name."""
    after = sentence.tokens[token_at(sentence, end)] if end < len(sentence.text) else None
    return size >= 6 and after is not None and after.start == end and after.tag in ("n", "nz") and after.word not in ("企业", "公司", "集团")


def _is_person(sentence: Sentence, token: Token, rules: Rules) -> bool:
    """A Chinese name of two to four characters with a surname, beside a title or a verb of saying or being."""
    if not fits_person(token.word, rules):
        return False
    before, after = sentence.text[: token.start], sentence.text[token.end :]
    return bool(_before_person(rules).search(before) or _after_person(rules).match(after))


def fits_person(name: str, rules: Rules) -> bool:
    """Whether a word has the build of a Chinese person's name: a surname and one or two characters more."""
    if name[:2] in surnames(rules):
        return 3 <= len(name) <= 4
    return 2 <= len(name) <= 3 and name[0] in surnames(rules)


def _before_person(rules: Rules) -> re.Pattern[str]:
    return re.compile(f"(?:{titles(rules)}|叫|名叫|记者|通讯员|由|是|院士|[\u4e00-\u9fff]{{2,4}}[、和])[\\s:“]*$")


def _after_person(rules: Rules) -> re.Pattern[str]:
    say = any_of(rules, "say")
    return re.compile(
        rf"\s*(?:[,、]?(?:{titles(rules)})|(?:近日|当天|日前)?(?:在.{{0,12}})?{say}|对此|曾|是|说|任|担任|出任|兼任|当选|、[\u4e00-\u9fff]{{2,3}}等|告诉|在接受|博士|教授|院士|团队|\)|\(|创办|创立|出席|带领|率领|从|和[\u4e00-\u9fff]{{2,3}}|不再|自\d|现任|将|已|当选|获|被)"
    )


_COUNTED = re.compile(r"(?:\d+|[一二三四五六七八九十]+)大(?:专项行动|专项工程|惠民工程|民生工程|攻坚行动|攻坚战|保卫战|提升行动|行动计划|改革)")


_BROAD = frozenset(
    "主导 特色 优势 支柱 新兴 战略性新兴 战略新兴 高新 高新技术 传统 未来 相关 新 重点 朝阳 工业 本地 当地 区域 全 大 高端 核心 关联 配套 上下游 潜力 基础 优质 现代 绿色 千亿级 百亿级 万亿级 先导 民生 富民".split()
)


def industry_shapes(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """茶叶加工 before 产业, in a list or after a verb of focus."""
    for match in _INDUSTRY.finditer(sentence.text):
        start = name_start(sentence, match.start(), EntityType.INDUSTRY, rules)
        start += len(_WIDE.match(sentence.text[start : match.start()])[0])  # type: ignore[index]
        body = sentence.text[start : match.start()]
        if body.startswith(("新一代", "下一代")) or re.search(r"[\d一二三四五六七八九十]大?$", body):
            continue
        if body.endswith(("区", "园", "城", "市", "省", "县")):
            continue
        if 2 <= len(body) <= 10 and body not in _BROAD and not _GENERIC.fullmatch(body) and _focused(sentence, start, rules):
            end = match.start() if len(body) >= 3 else match.end()
            yield candidate(sentence, start, end, EntityType.INDUSTRY, "ending-industry")


_WIDE = re.compile(r"(?:全球|全国|国际|世界|国内|我国|中国|新一代(?=信息$))?")
_INDUSTRY = re.compile(r"产业(?!园|链|集群|基金|化|带|基地|结构|生态|体系|布局|政策|工人|群|引导|投资|技术|资本|大会|联盟|研究|新城|城|区|互联)")


def _focused(sentence: Sentence, start: int, rules: Rules) -> bool:
    before = sentence.text[max(0, start - 8) : start]
    return bool(re.search(rf"(?:[、“]|和|与|及|以及|{any_of(rules, 'focus')}(?:了|以)?)$", before))


def counted_policies(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """六大提升行动: campaigns named by their number."""
    for match in _COUNTED.finditer(sentence.text):
        yield candidate(sentence, *match.span(), EntityType.POLICY, "ending-counted")


@lru_cache(maxsize=4)
def _traded(rules: Rules) -> re.Pattern[str]:
    """Two or three characters and a trade word, opened and followed as only firms are."""
    tails = alternation(words(rules, "companytail") | words(rules, "tradeword"))
    return re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2,3}}(?:{tails}))"
        rf"(?=宣布|称|表示|获|投资|出资|推出|完成|发布|自主|研发|研制|生产|成立|创立|创办|落户|总部|与|和|签|入驻|中标|收购|入股|领投|跟投|牵头|承建|的产品|是一家|位于|等|、|[,。;)]|{titles(rules)})"
    )


_OPENS_FIRM = re.compile(
    r"(?:^|[,;:。、“(]|由|向|被|与|和|获|企业|公司|集团|投资?了|收购|入股|控股|吸引了?|组织|获得|携手|联合)$"
)


def traded_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Firms that go by a short name with a trade word (…生物, …资本), where verbs or lists of firms stand beside."""
    for match in _traded(rules).finditer(sentence.text):
        start, end = match.span("name")
        if not _OPENS_FIRM.search(sentence.text[max(0, start - 4) : start]):
            continue
        first = sentence.tokens[token_at(sentence, start)]
        common = first.word in plain_words(rules) or first.word in stop_words(rules) or first.tag in ("v", "p", "d", "m", "r")
        if boundary(sentence, start) and boundary(sentence, end) and not common and _unlisted(sentence, start, end, rules):
            yield candidate(sentence, start, end, EntityType.COMPANY, "tagged-trade")


def _unlisted(sentence: Sentence, start: int, end: int, rules: Rules) -> bool:
    """Whether no industry of the scheme is the whole stretch (生物医药) or its front a noun of the language."""
    text = sentence.text[start:end]
    front = sentence.tokens[token_at(sentence, start)]
    odd = front.tag in PROPER or front.end - front.start == 1 or front.end >= end
    return text not in _industry_names(rules) and odd


@lru_cache(maxsize=4)
def _industry_names(rules: Rules) -> frozenset[str]:
    return frozenset(k.surface for k in known(rules, places=False)[1] if k.type is EntityType.INDUSTRY)


@lru_cache(maxsize=4)
def _titled(rules: Rules) -> re.Pattern[str]:
    """A post, then a name by its surname, then an end or a verb of saying."""
    one = alternation(s for s in surnames(rules))
    return re.compile(
        rf"{titles(rules)}(?P<name>(?:{one})[\u4e00-\u9fff]{{1,2}}?)(?=[,。;:、)]|说|表示|介绍|认为|指出|称|告诉|坦言|在|和|与|等|为|带领|率|出席|宣布|$)"
    )


def titled_persons(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """Persons right after a post, whom the recogniser may not know."""
    for match in _titled(rules).finditer(sentence.text):
        if boundary(sentence, match.start("name")) and boundary(sentence, match.end("name")):
            yield candidate(sentence, *match.span("name"), EntityType.PERSON, "person-titled")


def place_names(sentence: Sentence, rules: Rules) -> Iterator[Candidate]:
    """The recogniser's places that no list knows, where their ending is that of a place."""
    ends = alternation(r["suffix"] for r in rules.table("suffixes") if r["type"] == "Place")
    shape = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:{ends}|市|县|州|省|国)")
    for token in sentence.tokens:
        if token.tag == "LOC" and token.word not in _UNNAMED | words(rules, "commonplace") and shape.fullmatch(token.word) and token.word not in stop_words(rules):
            yield candidate(sentence, token.start, token.end, EntityType.PLACE, "tagged-place")

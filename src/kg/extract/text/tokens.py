"""The base recogniser's words in a sentence, mended where it is known to err, and questions that names ask of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from kg.extract.text.lines import BULLETS
from kg.extract.text.tags import tag
from kg.extract.text.words import trades, wholes
from kg.records import Sentence, Token
from kg.rules import Rules

_INSIDE = "·•"  # bullets that stand inside names too
_BULLETS = "".join(b for b in BULLETS if b not in _INSIDE)
_MARKS = re.compile(rf"[()\[\]【】〔〕“”‘’「」『』《》〈〉\"',、:;。!?/|►—~\s{_BULLETS}]")
_GLUED = re.compile(
    r"(.{2,}?(?:高新技术产业开发区|经济技术开发区|高新区|经开区|开发区|综保区|自贸区|工业园区|科技园区|产业园区))"
    r"(?!管委会|管理|党工委|委员会|法院|政府|公司|集团)(.{2,})"
)
_DEPARTMENT = re.compile(r"(.{3,}?(?:公司|集团))((?:第[一二三四五六七八九十\d]+)?[\u4e00-\u9fff]{0,6}(?:部|事业群))")
_IN_CITY = re.compile(
    r"(.{0,12}?(?:科学城|科技城|科创城|产业园|科技园|软件园|创新园))((?!管|重大|大科学|建设|投资|开发|发展|运营|综合|重点|联合|创新|技术)"
    r"[\u4e00-\u9fff]{2,}(?:实验室|研究院|研究所|医院))"
)
_OWNED = re.compile(r"(.{2,}?)(旗下|下属|所属|全资子公司|控股子公司|子公司)(.{2,})")
_OWNING = re.compile(r"(.{3,}?)(旗下|下属|所属)")
_ADDRESS = re.compile(r"(.{2,}?(?:路|街|大道|巷)\d+号)(.{3,})")
_SUBSIDIARY = re.compile(r"(.{4,}?(?:公司|集团))((?:全资|控股|参股)?子公司)")
_HEADED = re.compile(
    r"((?:[\u4e00-\u9fff]{0,4}轮|老|原|新|现有|全资|控股|参股|上市|[外德日美港台韩法英内中合民国]资|民营|国有|龙头|链主|骨干|知名|高新技术|科技|独角兽|领军)?(?:[国央民外车药]企|企业|公司|单位|机构|(?:国资|国有|投融资|运营)平台|集团公司|投资方|建设单位|项目方|业主|承建方|合作方|运营方|运营单位|管理方|建设方|主办方|承办方|招商方|全称|原名|子公司|母公司|大?股东|实际控制人))(.{4,})"
)
_VERBED = re.compile(
    r"(.{3,}?)(规划建设|加快建设|建设|打造|建成|拥有|引进|签约|携手|聚力|举行|举办|共建|合建|合办)(?!兵团|银行|集团|局|厅|部|委|投资|工程|有限|厂)(.{4,})"
)
_MERGED = re.compile(r"(.{2,}?(?:区|园|港|城|片区|基地))((?:整体|成建制|一并)?(?:并入|划入|纳入))(.{2,})")
_SET_UNDER = re.compile(r"(.{2,}?[区园城])(下设|下辖|托管|代管|管辖)(.{2,})")
_RANKED = re.compile(r"(.{3,}?)(位列|位居|名列|跻身|入选|荣获)(.{2,})")
_AMID = re.compile(
    r"(.{3,}?)(由|向|获|被|与|和|缺席|来到|出席|还有|组织|携手|联合)(.{3,}(?:公司|集团|大学|研究院|实验室|科技|资本|区|管委会|人民政府))"
)
_BEING = re.compile(r"(.{2,}?)((?:只|正|就|便|则|即|也|仍|已|还|都|均|更|不)是)(.{4,})")
_PAIRED = re.compile(
    r"(.{2,}?(?:公司|集团|大学|学院|研究院|研究所|国投|创投|资本|科技|投资|银行|管委会|政府))(和|与|及)"
    r"(.{3,}(?:研究所|医院|学院|中心|基金|银行|学校))"
)
_TOWARDS = re.compile(r"(.{2,}?[内前后期时日])(由|向)(.{4,}(?:局|厅|委|委员会|中心|办公室|法院))")
_MAKER = re.compile(r"(.{2,}?)((?:制造|生产|供应|开发|运营|服务)商)(.{3,}(?:公司|集团|科技|股份))")
_IS = re.compile(
    r"(.{2,}?(?:公司|集团|科技|园|区|港|基地|中心|大厦|项目|研究院|实验室|电站))(系)"
    r"(.{2,}(?:公司|集团|大学|研究院|科技|资本|区|局))"
)
_UNDER = re.compile(r"(旗下|下属|所属)(.{4,}(?:公司|集团|股份|研究院|科技))")
_SETS_UP = re.compile(r"(.{2,}?)(设厂|建厂|落户|设立|成立|投产|开业|共建|合建|合办)")
_SHARES = re.compile(
    r"(.{2,}?(?:公司|集团|资本|基金|股份|控股))((?:全资|绝对|相对)(?:控股|持有|拥有|收购)|参股|控股|入主|入股|增持|收购|并购|吸收合并|母公司|总公司|大股东|控股股东)"
    r"(?!有限|股份|集团|投资)(.{3,})"
)
_BY = re.compile(
    r"(.{3,}?)((?<!自)由(?!来|于)|(?<=[学院司团区所市省])(?:联合|携手|会同))"
    r"(.{3,}(?:公司|集团|大学|学院|研究院|研究所|区|管委会|政府|局|厅|委员会|科技|资本))"
)
_TRAILED = re.compile(
    r"(.{2,}(?:基金|项目|公司|集团|大学|实验室|园|区|中心|院|基地|平台|城|谷|岛))"
    r"([由在与被获将以向拟]|全资(?:控股|持有|拥有)?|合资|力争|争取|预计|计划|累计|目前)"
)
_WITH_NEXT = re.compile(r"(.{3,})(与)")  # no name ends in it
_WIRE = re.compile(r"(.{2,6}(?:报|刊|网|社|台|在线|新闻|融媒体?))(讯|电)")  # 甲乙日报讯 opens a report
_BOUGHT = re.compile(
    r"(收购|并购|参股|控股|入主|入股|增持|增资|注资|携手)(.{3,}(?:公司|集团|资本|科技|股份|大学|研究院|实验室))"
)
_NAME_END = (
    "(?:大学|学院|研究院|研究所|实验室|中心|装置|平台|基地|产业园|科技园|园区|科学城|医院|分院|工作站|工厂|"
    "孵化器|加速器|大厦)"
)
_SET_UP = re.compile(
    rf"(共建|合建|筹建|新建|组建|建设|打造|建成|建有|成立|设立|创建|创办|引进|引入|集聚|入驻|落户|依托|搭建|运营|管理)(.{{3,}}{_NAME_END})"
)
_WHOLE_VERB = re.compile(rf"(?![与和及]).{{3,}}(?:{_NAME_END}|基金|公司|集团)")
_GOVERNS = re.compile(r"(托管|代管|下辖|管辖|下设|辖有|设有|毗邻|紧邻|地处|坐落于?|位于)(.{2,})")
_TIMED = re.compile(
    r"(第[一二三四]季度?|[上下]半年|前三季度|20\d\d年(?:\d{1,2}月)?|[今去前]年|目前|近[日期]|日前)(.{4,})"
)
_BODY_END = "(?:局|厅|部|署|办|政府|管委会|委员会|[省市区县]委|改委|[科工经卫发]委)"
_BODIES = re.compile(rf"(.{{2,}}?{_BODY_END})(会同|联合|协同|牵头会同)(.{{2,}}{_BODY_END})")
_FROM_ABROAD = re.compile("([日美德荷韩英法瑞港陆台]商)(?![业务贸])(.{3,})")
_LINKED = re.compile("(与|和|及)(.{2,})")
NOMINAL = frozenset({"n", "nz", "nw", "vn", "an", "ORG", "LOC", "PER", "s"})
PROPER = frozenset({"ORG", "LOC", "PER", "nz", "nw"})


def tokenised(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with their tokens."""
    tagged = tag([s.text for s in sentences])
    return tuple(replace(s, tokens=tuple(_tokens(words))) for s, words in zip(sentences, tagged, strict=True))


def joined(sentence: Sentence, rules: Rules) -> Sentence:
    """With one word where several spell a listed name of four characters or more, or a set phrase (中试, 产学研)."""
    automaton, tags = wholes(rules)
    tokens = [piece for t in sentence.tokens for piece in _linked(t, rules)]
    for index, start, end in reversed(automaton.find_matches_as_indexes(sentence.text)):
        first, last = token_at(sentence, start), token_at(sentence, end - 1)
        if first < last and tokens[first].start == start and tokens[last].end == end:
            tokens[first : last + 1] = [Token(start, end, sentence.text[start:end], tags[index])]
    return sentence if tokens == list(sentence.tokens) else replace(sentence, tokens=tuple(tokens))


def _linked(token: Token, rules: Rules) -> list[Token]:
    """A listed industry apart from the conjunction that the recogniser took into it (机器人和)."""
    body = token.word[:-1]
    if token.word[-1:] not in ("和", "及", "与") or body not in trades(rules):
        return [token]
    return [Token(token.start, token.end - 1, body, token.tag), Token(token.end - 1, token.end, token.word[-1], "c")]


def _months(words: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The words with 月 at the month that it counts and 经 apart (1992年6月经省政府批准); the tagger joins them."""
    if not any(word.startswith("月经") for word, _ in words):
        return words
    mended: list[tuple[str, str]] = []
    for word, kind in words:
        if word.startswith("月经") and mended and mended[-1][0][-1:].isdigit():
            mended[-1] = (mended[-1][0] + "月", "TIME")
            mended += [("经", "p"), *([(word[2:], kind)] if word[2:] else [])]
        else:
            mended.append((word, kind))
    return mended


def _tokens(words: Sequence[tuple[str, str]]) -> Iterable[Token]:
    words = _months(words)
    at = 0
    words = _parted(list(chain.from_iterable(map(_heading, words, [("", ""), *words[:-1]]))))
    for word, kind in chain.from_iterable(map(_investing, words, [*words[1:], ("", "")])):
        for piece, mark in _pieces(word):
            tag_ = "w" if mark else ("n" if kind == "w" else kind)
            for part, part_tag in _unglued(piece, tag_):
                yield Token(at, at + len(part), part, part_tag)
                at += len(part)


_SIDES = frozenset("投资 出资 合作 运营 建设 施工 管理 承建 资 供 领投 跟投 股".split())


def _parted(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words with 方 at the word that it closes (投资/方甲集团), and a verb of making apart from its goods."""
    mended: list[tuple[str, str]] = []
    for word, kind in words:
        before = mended[-1] if mended else ("", "")
        made = _MAKES.fullmatch(word)
        if before[0] in _SIDES and _closes(before[0], word, kind):
            mended[-1:] = [(before[0] + word[0], "n"), *([(word[1:], kind)] if word[1:] else [])]
        elif made and before[1] == "ORG":
            mended += [(made[1], "v"), (made[2], "n")]
        else:
            mended.append((word, kind))
    return mended


def _closes(side: str, word: str, kind: str) -> bool:
    """Whether the first character of a word belongs to the one before: of names always, of nouns if enough remains."""
    if side == "股":
        return word[0] == "东" and len(word) > 1 and kind in ("ORG", "LOC", "n")
    return word[0] == "方" and (kind == "ORG" or (kind in ("LOC", "n") and len(word) >= _NAMED))


_NAMED = 4  # 方 and a name
_MAKES = re.compile("(生产|制造|研制|研发)((?![线力者商车能])[\u4e00-\u9fff])")


_BODY_HEAD = re.compile("([局署厅])长")


def _heading(word: tuple[str, str], before: tuple[str, str]) -> list[tuple[str, str]]:
    """A word and its tag; 局长 apart where its 局 ends the name before it (管理局长 is 管理局's 局长)."""
    head = _BODY_HEAD.fullmatch(word[0])
    if head is None or before[1] not in ("n", "nz", "vn", "ORG", "LOC", "j"):
        return [word]
    if before[0].endswith((head[1], "机关", "党委", "时任", "现任", "前", "原")):
        return [word]
    return [(head[1], "n"), ("长", "n")]


# With 投资 these make the verb of who pays for what (甲投资建设乙): 投资 ends no firm's name there.
_BUILDS = ("建设", "建成", "兴建", "新建", "建造", "打造", "开发", "设立", "了", "的", "约", "超")


# 甲材料系乙集团…: the recogniser takes the verb 系 for the end of a name, as it is in 物理系 and 体系.
_WITH_AT_END = re.compile(r"[\u4e00-\u9fff]{2,}(?:大学|学院|公司|集团|研究院|研究所)[与和及]")
_IS_AT_END = re.compile(r"(?!.*(?:大学|学院|高校))[\u4e00-\u9fffA-Za-z]{4,}(?<![体关谱星派水学理程文语])系")
_IS_AMID = re.compile(
    r"(.{2,}?(?:科技|材料|新材|药业|生物|重工|精工|电子|能源|半导体|机械|汽车|电气|智能|集团|公司|股份|工厂))(系)(?!统|列)"
    r"(.{2,}(?:公司|集团|科技|股份))"
)


def _investing(word: tuple[str, str], after: tuple[str, str]) -> list[tuple[str, str]]:
    """A word and its tag; with 投资 apart where the next word makes a verb of it, and 系 (is) before a name."""
    if word[1] == "ORG" and _WITH_AT_END.fullmatch(word[0]):
        return [(word[0][:-1], "ORG"), (word[0][-1], "c")]
    if word[1] in ("ORG", "nz", "n") and after[1] in ("ORG", "LOC") and _IS_AT_END.fullmatch(word[0]):
        return [(word[0][:-1], "ORG"), ("系", "v")]
    if word[1] == "ORG" and after[0].startswith(_YEARLY) and _BY_YEAR.fullmatch(word[0]):
        return [(word[0][:-1], "ORG"), ("年", "n")]
    name = word[0].removesuffix("投资")
    if name == word[0] or after[0] not in _BUILDS or word[1] == "v":
        return [word]
    return [(name, word[1]), ("投资", "v")] if name else [("投资", "v")]


# 甲新材年营收: the recogniser takes 年 for the end of the firm's name.
_YEARLY = ("营收", "产值", "销售", "产量", "产能", "出货", "营业", "均", "收入", "利润", "投入")
_BY_YEAR = re.compile(r"[\u4e00-\u9fffA-Za-z]{3,}年")
_PARTY_POST = re.compile(r"(.*?(?:[省市区县州旗]委|党工委))((?:常务)?副?(?:书记|常委|秘书长|部长))")


def _unglued(word: str, kind: str) -> list[tuple[str, str]]:
    """A name apart from the words that the recogniser glued to it: 旗下 and its like, verbs, heads, the next name."""
    if kind in ("n", "ORG") and (post := _PARTY_POST.fullmatch(word)):
        return [(post[1], kind), (post[2], "n")]
    bought = _BOUGHT.fullmatch(word) if kind in ("v", "vn", "n", "ORG") else None
    if bought := bought or (_SET_UP.fullmatch(word) if kind in ("v", "vn") else None):
        return [(bought[1], "v"), (bought[2], "ORG")]
    if kind in ("LOC", "ORG") and (governs := _GOVERNS.fullmatch(word)):
        return [(governs[1], "v"), (governs[2], "LOC")]
    if kind == "c" and (linked := _LINKED.fullmatch(word)):
        return [(linked[1], "c"), (linked[2], "n")]
    if kind in ("v", "vd", "p", "u", "d") and _WHOLE_VERB.fullmatch(word):
        return [(word, "ORG")]
    wire = _WIRE.fullmatch(word) if kind in ("ORG", "LOC", "n", "nz") else None
    if wire:
        return [(wire[1], "ORG"), (wire[2], "n")]
    if kind not in ("LOC", "ORG", "n", "nz") or len(word) < 6:
        return [(word, kind)]
    for pattern, tags in _GLUES:
        match = pattern.fullmatch(word) if kind in ("LOC", "ORG") or "ORG" in tags else None
        if match:
            parts = [(part, tag_ or kind) for part, tag_ in zip(match.groups(), tags, strict=True)]
            return [piece for part, tag_ in parts for piece in _unglued(part, tag_)]
    return [(word, kind)]


# A pattern's groups and the tags of its parts; the word's own tag where none is given.
_GLUES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_IS_AMID, ("ORG", "v", "ORG")),
    (_OWNED, ("", "n", "")),
    (_BODIES, ("ORG", "v", "ORG")),
    (_FROM_ABROAD, ("r", "ORG")),
    (_TIMED, ("TIME", "")),
    (_OWNING, ("", "n")),
    (_SUBSIDIARY, ("", "n")),
    (_ADDRESS, ("n", "")),
    (_SHARES, ("ORG", "v", "ORG")),
    (_BY, ("ORG", "p", "ORG")),
    (_IS, ("ORG", "v", "ORG")),
    (_UNDER, ("n", "ORG")),
    (_BEING, ("", "v", "")),
    (_PAIRED, ("ORG", "c", "ORG")),
    (_TRAILED, ("", "p")),
    (_WITH_NEXT, ("", "p")),
    (_VERBED, ("", "v", "")),
    (_SET_UNDER, ("", "v", "")),
    (_MERGED, ("", "v", "")),
    (_RANKED, ("", "v", "")),
    (_AMID, ("ORG", "p", "ORG")),
    (_HEADED, ("n", "ORG")),
    (_MAKER, ("n", "n", "ORG")),
    (_TOWARDS, ("n", "p", "ORG")),
    (_SETS_UP, ("", "v")),
    (_GLUED, ("LOC", "ORG")),
    (_IN_CITY, ("LOC", "ORG")),
    (_DEPARTMENT, ("ORG", "n")),
)


def _pieces(word: str) -> list[tuple[str, bool]]:
    """A word without the marks that the recogniser swallowed into it, and these marks."""
    if len(word) == 1 or not _MARKS.search(word):
        return [(word, bool(_MARKS.fullmatch(word)))]
    cuts = [0, *sorted({c for m in _MARKS.finditer(word) for c in m.span()} - {0, len(word)}), len(word)]
    return [(word[a:b], bool(_MARKS.match(word[a:b]))) for a, b in pairwise(cuts)]


def token_at(sentence: Sentence, position: int) -> int:
    """The index of the token that holds a character."""
    return bisect_right(sentence.tokens, position, key=lambda t: t.start) - 1


def boundary(sentence: Sentence, position: int) -> bool:
    """Whether a word begins or the sentence ends there."""
    return position >= len(sentence.text) or sentence.tokens[token_at(sentence, position)].start == position


def between(sentence: Sentence, start: int, end: int) -> tuple[Token, ...]:
    """The tokens that lie wholly or partly in a range."""
    first = token_at(sentence, start)
    last = token_at(sentence, end - 1)
    return sentence.tokens[first : last + 1]


_LINKING = frozenset("是 为 有 在 到 达 含 占 即 成 建 投 获 由 让 使 把 要 能 会".split())
_FRONTS = frozenset("智 精 绿 数 光 储 氢 芯 电 云".split())  # 智造, 储运: it parts them before a verb


def cut_word(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a verb of one character is half of a noun that the recogniser cut in two (智/造 基地)."""
    after, before = tokens[index + 1 : index + 2], tokens[max(index - 1, 0) : index]
    if tokens[index].word in _LINKING:
        return False
    ahead = bool(after) and len(after[0].word) == 1 and after[0].tag in ("n", "v", "vn", "a")
    return ahead or (bool(before) and before[0].word in _FRONTS)

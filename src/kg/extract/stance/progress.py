"""How far a work has come by what its own sentences say of it: 甲项目去年动工,目前主体结构已经封顶."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Sentence, Status

WORKS = frozenset(
    {EntityType.PROJECT, EntityType.FACILITY, EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.ZONE,
     EntityType.VALLEY, EntityType.FUND}
)  # fmt: skip
_STEPS = (
    (
        Status.TERMINATED,
        r"(?:已|正式|宣布|决定|被|[年月日底初末])(?:终止|取消|中止|叫停|搁置|停建|撤销)|不再(?:实施|建设|推进|保留)",
    ),
    (
        Status.COMPLETED,
        r"竣工|(?<!试)投产|(?<!未)建成|投用|投入(?:使用|运营|运行)|投运|落成|完工|通车|启用|开园|通水|并网",
    ),
    (
        Status.UNDERWAY,
        r"在建|封顶|施工(?!图|许可|单位|方)|(?:设备|生产线)?(?:安装|调试)|进入[^,;。]{0,8}阶段|打桩|试生产|试运行"
        r"|主体(?:结构|工程)?(?:已|全部)?完成|桩基|土建|(?:加快|加紧|抓紧|推进|有序|全面)(?:推进)?建设|建设中"
        r"|正在(?:[^,;。]{0,6})(?:建设|安装|调试|装修)",
    ),
    (
        Status.PLANNED,
        r"施工图设计|前期(?:工作|手续|准备)|(?:方案|初步)设计|可研|待开工|尚未开工|办理[^,;。]{0,6}手续|洽谈"
        r"|(?:计划|拟|预计)(?:总)?投资",
    ),
    (Status.STARTED, r"(?:开工|动工|奠基|破土|开建|启动建设)(?!时间|日期|前|准备|条件|手续|计划|节点)"),
)
_STEP = re.compile("|".join(f"(?P<s{i}>{words})" for i, (_, words) in enumerate(_STEPS)))
_AHEAD = re.compile(
    r"(?:拟|计划|将|即将|预计|力争|有望|争取|确保|可|未|尚未|拟于|准备|规划|待|目标|年底前|年内|明年|届时)[^,;。]{0,12}$"
)
_OBJECT = re.compile(r"(?:了|起)?[^,;。!?:、]{0,8}$")
_LATER = re.compile(r"后(?:[,,]|将|可|预计|年)|之后|以后|率")
_SITE = re.compile(r"(?:在|于|落户|入驻|选址)[“‘]?$")  # what opens there is another work
_END = re.compile(r"[;。!?]")


def progress(scene: Scene) -> dict[int, Status]:
    """Referent -> the step that a work has reached, as the last sentence with it as its subject says."""
    found: dict[int, Status] = {}
    for sentence in scene.sentences:
        entry, label = scene.entry(sentence.index), _LABEL.match(sentence.text)
        if label and entry is not None and entry.type in WORKS and (step := _reported(sentence.text, label.end())):
            found[entry.referent] = step
            continue
        named = [n for n in scene.named_in(sentence.index) if n.type in WORKS]
        for naming in named:
            site = _SITE.search(sentence.text, 0, naming.start)
            step = None if site else _step(sentence, naming, named)
            if step is not None:
                found[naming.referent] = step
    return found


# What stands behind the label of a list of facts tells of the work that the list is about.
_LABEL = re.compile(
    r"\s*(?:(?:项目|工程|建设|形象|目前|当前|最新|工作|推进|实施|施工|截至目前)*(?:进展|进度|状态)(?:情况)?"
    r"|(?:项目|建设|工程|推进|实施)(?:现状|状态|情况)|(?:建设|项目|目前|所处)?阶段)\s*:"
)
_ENDED = re.compile(
    "(?:项目|合作)(?:终止|中止|取消)|(?<!不)(?<!未)(?:终止|取消|中止|停止)(?:建设|实施|合作|推进|投资|项目)|(?:已|被|拟|予以|申请|正式|[年月日底初末])(?:终止|取消|中止|停建|搁置|撤销|退出)"
    "|不再(?:实施|建设|推进|保留|列入)"
)
_NOT_YET = re.compile(
    "(?:尚未|未|暂未|暂缓|推迟|延期|等待|待|拟|计划|预计|力争|将|争取|暂停)[^,。;]{0,8}?(?:开工|动工|启动|开建|实施|建设|落地|立项|批复|审批)"
    "|(?:谋划|签约|储备|洽谈|策划)(?:中|阶段|待)|(?:立项|审批|招标|勘察|设计|报批|摘牌|供地|环评|能评|征地|拆迁)"
)
_PHASE = re.compile(r"[一二三四五首][期批]|[一二三四五]?(?:标段|[#号]楼|阶段)|部分|首[条台座栋]")


def _reported(text: str, start: int) -> Status | None:
    """The step that a report of progress tells: an end, the last step done, or only what is still to do."""
    if _ENDED.search(text, start):
        return Status.TERMINATED
    done = list(_done(text, start, len(text)))
    if not done:
        return Status.PLANNED if _NOT_YET.search(text, start) else None
    at, _, step = max(done)
    clause = max(text.rfind(mark, start, at) for mark in ",;。:") + 1
    partly = step is Status.COMPLETED and _PHASE.search(text, max(start, clause), at)
    return Status.UNDERWAY if partly else step


def _done(text: str, start: int, end: int) -> Iterator[tuple[int, int, Status]]:
    """The steps told as done in a stretch of text, with where their words begin and end."""
    for match in _STEP.finditer(text, start, end):
        ahead = _AHEAD.search(text, start, match.start())
        if not ahead and not _LATER.match(text, match.end()):
            yield *match.span(), _STEPS[int((match.lastgroup or "s0")[1:])][0]


def _step(sentence: Sentence, naming: Naming, named: list[Naming]) -> Status | None:
    """The last step done in the stretch that speaks of a work: to the end of the sentence or to the next work."""
    end = min([m.start() for m in _END.finditer(sentence.text, naming.end)] + [len(sentence.text)])
    end = min([end, *(n.start for n in named if n.start >= naming.end and n.referent != naming.referent)])
    steps = _done(sentence.text, naming.end, end)
    done = [(at, step) for at, close, step in steps if not _takes_object(sentence, close, end)]
    return max(done, key=lambda d: d[0])[1] if done else None


def _takes_object(sentence: Sentence, at: int, end: int) -> bool:
    """Whether the step is done to the work that follows: 甲实验室已建成乙装置."""
    named = end < len(sentence.text) and sentence.text[end] not in ";。!?"
    return named and _OBJECT.fullmatch(sentence.text, at, end) is not None

"""How far a work has come by what its own sentences say of it: 甲项目去年动工,目前主体结构已经封顶."""

from __future__ import annotations

import re

from kg.extract.scene.naming import Naming
from kg.extract.scene.scene import Scene
from kg.records import EntityType, Sentence, Status

WORKS = frozenset(
    {EntityType.PROJECT, EntityType.FACILITY, EntityType.LABORATORY, EntityType.INSTITUTE, EntityType.ZONE,
     EntityType.VALLEY, EntityType.FUND}
)  # fmt: skip
_STEPS = (
    (Status.TERMINATED, r"(?:已|正式|宣布|决定|被)(?:终止|取消|中止|叫停|搁置|停建|撤销)|不再(?:实施|建设|推进|保留)"),
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
    (Status.STARTED, r"开工|动工|奠基|破土|开建|启动建设"),
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
        named = [n for n in scene.named_in(sentence.index) if n.type in WORKS]
        for naming in named:
            site = _SITE.search(sentence.text, 0, naming.start)
            step = None if site else _step(sentence, naming, named)
            if step is not None:
                found[naming.referent] = step
    return found


def _step(sentence: Sentence, naming: Naming, named: list[Naming]) -> Status | None:
    """The last step done in the stretch that speaks of a work: to the end of the sentence or to the next work."""
    end = min([m.start() for m in _END.finditer(sentence.text, naming.end)] + [len(sentence.text)])
    end = min([end, *(n.start for n in named if n.start >= naming.end and n.referent != naming.referent)])
    done: list[tuple[int, Status]] = []
    for match in _STEP.finditer(sentence.text, naming.end, end):
        ahead = _AHEAD.search(sentence.text, naming.end, match.start())
        if not ahead and not _takes_object(sentence, match.end(), end) and not _LATER.match(sentence.text, match.end()):
            done.append((match.start(), _STEPS[int((match.lastgroup or "s0")[1:])][0]))
    return max(done, key=lambda d: d[0])[1] if done else None


def _takes_object(sentence: Sentence, at: int, end: int) -> bool:
    """Whether the step is done to the work that follows: 甲实验室已建成乙装置."""
    named = end < len(sentence.text) and sentence.text[end] not in ";。!?"
    return named and _OBJECT.fullmatch(sentence.text, at, end) is not None

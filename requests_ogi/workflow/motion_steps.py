"""The tables of steps of motions: one for corrections and suggestions, one for complaints, one for what is to be published.

A complaint has a table of its own, so that its acts are permissions of those who supervise: whoever handles requests neither
sees a complaint nor who made it.
"""

from portal.ledger.models import Entry
from portal.ledger.service import describe
from portal.workflow.engine import Step, Told, Workflow

from ..models import Motion
from ..vocabulary import ConversionState, MotionKind, MotionOutcome, MotionState

_RECEIVED, _ASSIGNED, _DECIDED, _TOLD = (
    MotionState.RECEIVED,
    MotionState.ASSIGNED,
    MotionState.DECIDED,
    MotionState.TOLD,
)

MOTIONS = Workflow(
    "motions",
    (
        Step(
            "file", "提出", (), _RECEIVED,
            "条例第四十一条、第四十四条", "即时登记，办理期限自次日起计算。", ("REG-41", "REG-44", "YQ-S1-11"),
        ),
        Step(
            "register", "登记", (), _RECEIVED,
            "条例第四十一条、第四十四条", "登记书面提出的更正申请或者建议，出具登记回执。", ("REG-41", "REG-44"),
        ),
        Step(
            "assign", "交办核实", (_RECEIVED, _ASSIGNED), _ASSIGNED,
            "条例第四十一条、第四十四条", "交掌握该信息的机构核实，反馈核实意见。办理期限照常计算。", ("REG-41",),
        ),
        Step(
            "report", "反馈核实意见", (_ASSIGNED,), None,
            "条例第四十一条、第四十四条", "写明核实的情况，供负责人决定；决定之前可以修改。", ("REG-41", "YQ-S1-11"),
        ),
        Step(
            "decide", "决定", (_RECEIVED, _ASSIGNED), _DECIDED,
            "条例第四十一条、第四十四条", "确定处理结果和理由，此后不能再改。", ("REG-41", "REG-44", "YQ-S1-11"),
        ),
        Step(
            "answer", "告知", (_DECIDED,), _TOLD,
            "条例第四十一条、第四十四条", "生成告知书并编号，送达提出人。", ("REG-41", "REG-44", "YQ-S1-11"),
        ),
        Step("close", "归档", (_TOLD,), MotionState.CLOSED, "条例第四十五条", "办理完毕，此后不能再改。"),
    ),
    states=dict(MotionState.choices),
    told=Told(department="report", office="assign", above="decide"),
    acts="requests_ogi.workflow.motions",
)  # fmt: skip

COMPLAINTS = Workflow(
    "complaints",
    (
        Step(
            "file", "提出投诉举报", (), _RECEIVED,
            "条例第四十七条、第五十一条", "即时登记，只有负责监督的人员能够看到。", ("REG-47", "REG-51", "LD-A5-14"),
        ),
        Step(
            "register", "登记投诉举报", (), _RECEIVED,
            "条例第四十七条、第五十一条", "登记书面、当面提出的投诉举报，出具登记回执。", ("REG-47", "REG-51"),
        ),
        Step(
            "decide", "作出处理", (_RECEIVED,), _DECIDED,
            "条例第四十七条、第五十一条", "确定是否属实；属实的责令改正并确定期限。", ("REG-47", "REG-51"),
        ),
        Step(
            "answer", "告知", (_DECIDED,), _TOLD,
            "条例第四十七条、第五十一条", "生成告知书并编号，告知投诉举报人。", ("REG-47", "REG-51"),
        ),
        Step(
            "mend", "登记改正情况", (_DECIDED, _TOLD), None,
            "条例第五十一条", "记下改正了什么，改正期限就此停止计算。", ("REG-51",),
        ),
        Step("close", "归档", (_TOLD,), MotionState.CLOSED, "条例第四十七条", "办理完毕，此后不能再改。"),
    ),
    states={state: label for state, label in MotionState.choices if state != _ASSIGNED},
    told=Told(department="decide", office="decide", above="decide"),
    duties=("complaint", "mending"),
    acts="requests_ogi.workflow.motions",
)  # fmt: skip

CONVERSIONS = Workflow(
    "conversions",
    (
        Step(
            "convert", "转为主动公开", (), ConversionState.OPEN,
            "条例第四十四条", "列入主动公开任务，公开期限自次日起计算。", ("REG-44",),
        ),
        Step(
            "publish", "登记已公开", (ConversionState.OPEN,), ConversionState.DONE,
            "条例第四十四条", "记下公开的日期和位置，公开期限就此停止计算。", ("REG-44",),
        ),
    ),
    states=dict(ConversionState.choices),
    told=Told(department="publish", office="publish", above="convert"),
    acts="requests_ogi.workflow.conversions",
)  # fmt: skip


def steps_of(kind: str) -> Workflow:
    """The table a motion of this kind goes by."""
    return COMPLAINTS if kind == MotionKind.COMPLAINT else MOTIONS


def _decided(entry: Entry) -> str:
    return f"作出决定：{MotionOutcome(entry.told['outcome']).label}"


def _filed(entry: Entry) -> str:
    return f"在网上提出{MotionKind(entry.told['kind']).label}"


def _registered(entry: Entry) -> str:
    return f"登记了{MotionKind(entry.told['kind']).label}"


_MOTION = Motion._meta.label_lower
describe("file", _filed, about=_MOTION)
describe("register", _registered, about=_MOTION)
describe("assign", "交{department}核实", about=_MOTION)
describe("report", "反馈了核实意见", about=_MOTION)
describe("decide", _decided, about=_MOTION)
describe("answer", "告知处理结果，文书{letter}", about=_MOTION)
describe("mend", "登记改正情况，改正日期{mended_on}", about=_MOTION)
describe("close", "办理完毕归档", about=_MOTION)
describe("convert", "列入转为主动公开，申请过的有{applicants}人", about="requests_ogi.conversion")
describe("publish", "登记已公开，公开日期{published_on}", about="requests_ogi.conversion")

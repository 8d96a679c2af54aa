"""Whether requests still say what their acts told the ledger (see `portal.workflow.verifying`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from portal.ledger.models import Entry
from portal.letters.models import Letter
from portal.moment import SHANGHAI, local_date
from portal.organisation.models import Body
from portal.workflow.matter import Matter
from portal.workflow.telling import Table
from portal.workflow.verifying import Beside, Difference, Matters, by

from .models import Challenge, Conversion, InformationRequest, Motion
from .told import TABLES
from .vocabulary import Outcome, State
from .workflow import STEPS
from .workflow.challenging import CHALLENGES
from .workflow.motion_steps import COMPLAINTS, CONVERSIONS, MOTIONS

_SUBJECT = InformationRequest._meta.label_lower
_OUTCOME = {
    "lapse": Outcome.LAPSED_COMPLETION.value,
    "lapse_fee": Outcome.LAPSED_FEE.value,
    "withdraw": Outcome.WITHDRAWN.value,
}
"""Acts that settle the outcome by being taken."""
_AT_FIRST: dict[str, Any] = {
    "state": "",
    "received_on": None,
    "outcome": "",
    "answered_on": None,
    "in_time": None,
    "manner": "",
    "concluded_on": None,
    "closed_at": None,
    "letters": [],
    "papers": {},
}
_LABELS = {
    "state": "状态",
    "received_on": "收到申请之日",
    "outcome": "办理结果",
    "answered_on": "答复日期",
    "in_time": "是否按期答复",
    "manner": "送达方式",
    "concluded_on": "办结日期",
    "closed_at": "归档时间",
    "letters": "文书",
}


def differences(body: Body) -> Iterator[Difference]:
    """Every difference of a body's matters, kind by kind; also matters nobody told of, and acts on those that are gone."""
    for matters in MATTERS:
        yield from matters.differences(body)


def _of_request(keys: list[int]) -> Beside:
    """The facts of a request that follow from several acts together, and its letters."""
    letters = _letters(keys)

    def differing(case: InformationRequest, acts: Sequence[Entry]) -> Iterator[str]:
        return compare(facts_of(case, letters.get(case.pk, [])), told_by(acts))

    return differing


_FACTS = (
    "state",
    "received_on",
    "outcome",
    "answered_on",
    "answered_in_time",
    "answered_by",
    "concluded_on",
    "closed_at",
)


def _tables(model: type[Matter]) -> tuple[Table, ...]:
    return tuple(table for table in TABLES if table.about is model)


MATTERS = (
    Matters(
        InformationRequest,
        "申请",
        STEPS.steps,
        _tables(InformationRequest),
        read=("number", *_FACTS),
        beside=_of_request,
    ),
    Matters(Challenge, "复议诉讼", CHALLENGES.steps, _tables(Challenge)),
    Matters(Motion, "更正、建议和投诉", MOTIONS.steps | COMPLAINTS.steps, _tables(Motion)),
    Matters(Conversion, "转为主动公开", CONVERSIONS.steps, _tables(Conversion)),
)


def _letters(cases: list[int]) -> dict[int, list[Letter]]:
    found = Letter.objects.filter(subject_type=_SUBJECT, subject_id__in=cases).select_related("file")
    return by(found.only("number", "subject_id", "file__sha256").order_by("subject_id"), "subject_id")


def facts_of(case: InformationRequest, letters: Sequence[Letter]) -> dict[str, Any]:
    """What the tables say of a request, in the ledger's own words."""
    return {
        "state": case.state,
        "received_on": _iso(case.received_on),
        "outcome": case.outcome,
        "answered_on": _iso(case.answered_on),
        "in_time": case.answered_in_time,
        "manner": case.answered_by,
        "concluded_on": _iso(case.concluded_on),
        "closed_at": case.closed_at,
        "letters": sorted(letter.number for letter in letters),
        "papers": {letter.number: letter.file.sha256 for letter in letters},
    }


def told_by(acts: Sequence[Entry]) -> dict[str, Any]:
    """What the acts of a request, in their order, told the ledger. The last word counts."""
    told: dict[str, Any] = dict(_AT_FIRST)
    for act in acts:
        step, said = STEPS.steps.get(act.verb), act.told
        told["state"] = step.target if step and step.target else told["state"]
        told["received_on"] = said.get("received_on", told["received_on"])
        if act.verb == "return_post":
            told |= {"answered_on": None, "in_time": None, "manner": "", "concluded_on": None}
        if act.verb == "redo":
            told["state"] = State.RECEIVED.value
        if act.verb in ("apply", "register") and told["received_on"] is None:
            told["state"] = State.UNCONFIRMED.value
        if act.verb == "approve":
            told["outcome"] = said["outcome"]
        told["outcome"] = _OUTCOME.get(act.verb, told["outcome"])
        if act.verb == "serve":
            told |= {key: said[key] for key in ("answered_on", "in_time", "manner")}
            told["concluded_on"] = said["answered_on"]
        if act.verb == "withdraw":
            told["concluded_on"] = _iso(local_date(act.at))
        if act.verb == "close":
            told["closed_at"] = act.at
        if "letter" in said and act.verb != "serve":
            told["letters"] = sorted([*told["letters"], said["letter"]])
            told["papers"] = told["papers"] | {said["letter"]: said["sha256"]}
    return told


def compare(facts: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """Where the facts of a request and what was told of it part ways. Pure."""
    for key, label in _LABELS.items():
        if facts[key] != told[key]:
            yield f"{label}现为{_words(key, facts[key])}，台账记载为{_words(key, told[key])}。"
    for letter in sorted(facts["papers"].keys() & told["papers"].keys()):
        if facts["papers"][letter] != told["papers"][letter]:
            yield f"文书{letter}的文件与台账所记的校验值不符：文书被调换。"


def _words(key: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"“{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}”"
    if isinstance(value, list):
        return "、".join(value)
    labels: dict[str, dict[Any, Any]] = {"state": dict(State.choices), "outcome": dict(Outcome.choices)}
    return f"“{labels.get(key, {}).get(value, value)}”"


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None

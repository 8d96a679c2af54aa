"""Whether requests still say what their acts told the ledger: finds facts that were changed past the acts.

The chain of the ledger proves itself (`verify_ledger`); this compares with it what the tables say today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from portal.ledger.models import Entry
from portal.letters.models import Letter
from portal.moment import SHANGHAI, local_date
from portal.organisation.models import Body
from portal.workflow.engine import Step
from portal.workflow.matter import Matter

from . import comparing
from .models import Challenge, Conversion, InformationRequest, Motion
from .told import TABLES
from .vocabulary import Outcome, State
from .workflow import STEPS
from .workflow.challenging import CHALLENGES
from .workflow.motion_steps import COMPLAINTS, CONVERSIONS, MOTIONS

CHUNK = 500
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


@dataclass(frozen=True)
class Difference:
    """One fact of a request that is not what the ledger was told. `number` is the request's."""

    number: str
    sentence: str


def differences(body: Body) -> Iterator[Difference]:
    """Every difference of a body's matters, kind by kind; also matters nobody told of, and acts on those that are gone."""
    for matters in MATTERS:
        yield from matters.differences(body)


@dataclass(frozen=True)
class Matters:
    """One kind of matter: the acts of its steps are told of its own row and of the rows beside it."""

    model: type[Matter]
    noun: str
    steps: Mapping[str, Step]
    read: tuple[str, ...] = ("number",)

    def differences(self, body: Body) -> Iterator[Difference]:
        """Every difference of a body's matters of this kind: a few queries for each CHUNK of them."""
        subject, known = self.model._meta.label_lower, self.model._base_manager.filter(body=body)
        for cases in _in_chunks(known.order_by("pk").only(*self.read).iterator(CHUNK)):
            keys = [case.pk for case in cases]
            entries = Entry.objects.filter(body=body.code, subject_type=subject, subject_id__in=map(str, keys))
            acts = _by(entries.order_by("subject_id", "seq"), "subject_id")
            yield from self._compared(cases, acts)
        there = known.values_list(Cast("pk", CharField()))
        gone = Entry.objects.filter(body=body.code, subject_type=subject).exclude(subject_id__in=there)
        for number in gone.order_by("subject_number").values_list("subject_number", flat=True).distinct():
            yield Difference(number, f"台账记有本件的办理记录，{self.noun}却不存在：{self.noun}被删除。")

    def _compared(self, cases: list[Any], acts: Mapping[str, list[Entry]]) -> Iterator[Difference]:
        keys = [case.pk for case in cases]
        targets = {verb: step.target for verb, step in self.steps.items()}
        labels = {verb: step.label for verb, step in self.steps.items()}
        tables = [(table, comparing.facts(table, keys)) for table in TABLES if table.about is self.model]
        letters = _letters(keys) if self.model is InformationRequest else {}
        for case in cases:
            found = acts.get(str(case.pk))
            if not found:
                yield Difference(case.number, f"台账中没有本件的任何办理记录：{self.noun}不是经办理程序立件的。")
                continue
            if self.model is InformationRequest:
                yield from compare(case.number, facts_of(case, letters.get(case.pk, [])), told_by(found))
            for table, rows in tables:
                said = comparing.told(table, found, targets)
                for sentence in comparing.compare(table, rows.get(case.pk, {}), said, labels):
                    yield Difference(case.number, sentence)


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
MATTERS = (
    Matters(InformationRequest, "申请", STEPS.steps, ("number", *_FACTS)),
    Matters(Challenge, "复议诉讼", CHALLENGES.steps),
    Matters(Motion, "更正、建议和投诉", MOTIONS.steps | COMPLAINTS.steps),
    Matters(Conversion, "转为主动公开", CONVERSIONS.steps),
)


def _letters(cases: list[int]) -> dict[int, list[Letter]]:
    found = Letter.objects.filter(subject_type=_SUBJECT, subject_id__in=cases).select_related("file")
    return _by(found.only("number", "subject_id", "file__sha256").order_by("subject_id"), "subject_id")


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


def compare(number: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Difference]:
    """Where the facts of a request and what was told of it part ways. Pure."""
    for key, label in _LABELS.items():
        if facts[key] != told[key]:
            yield Difference(number, f"{label}现为{_words(key, facts[key])}，台账记载为{_words(key, told[key])}。")
    for letter in sorted(facts["papers"].keys() & told["papers"].keys()):
        if facts["papers"][letter] != told["papers"][letter]:
            yield Difference(number, f"文书{letter}的文件与台账所记的校验值不符：文书被调换。")


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


def _by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    return {key: list(group) for key, group in groupby(rows, key=lambda row: getattr(row, name))}


def _in_chunks(cases: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for case in cases:
        chunk.append(case)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

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
from portal.moment import SHANGHAI
from portal.organisation.models import Body

from .models import InformationRequest
from .vocabulary import Outcome, State
from .workflow import STEPS

CHUNK = 500
_SUBJECT = InformationRequest._meta.label_lower
_OUTCOME = {"lapse": Outcome.LAPSED_COMPLETION.value, "withdraw": Outcome.WITHDRAWN.value}
"""Acts that settle the outcome by being taken."""
_AT_FIRST: dict[str, Any] = {
    "state": "",
    "received_on": None,
    "outcome": "",
    "answered_on": None,
    "in_time": None,
    "manner": "",
    "closed_at": None,
    "letters": [],
}
_LABELS = {
    "state": "状态",
    "received_on": "收到申请之日",
    "outcome": "办理结果",
    "answered_on": "答复日期",
    "in_time": "是否按期答复",
    "manner": "送达方式",
    "closed_at": "归档时间",
    "letters": "文书",
}


@dataclass(frozen=True)
class Difference:
    """One fact of a request that is not what the ledger was told. `number` is the request's."""

    number: str
    sentence: str


def differences(body: Body) -> Iterator[Difference]:
    """Every difference of a body's requests, by number; also requests nobody told of, and acts on requests that are gone."""
    known = InformationRequest.objects.filter(body=body).order_by("pk")
    for cases in _in_chunks(known.iterator(chunk_size=CHUNK)):
        keys = [case.pk for case in cases]
        entries = Entry.objects.filter(body=body.code, subject_type=_SUBJECT, subject_id__in=map(str, keys))
        acts = _by(entries.order_by("subject_id", "seq"), "subject_id")
        letters = _by(
            Letter.objects.filter(subject_type=_SUBJECT, subject_id__in=keys).order_by("subject_id"), "subject_id"
        )
        for case in cases:
            found = acts.get(str(case.pk), [])
            yield from compare(case.number, facts_of(case, letters.get(case.pk, [])), told_by(found))
    there = known.order_by().values_list(Cast("pk", CharField()))
    gone = Entry.objects.filter(body=body.code, subject_type=_SUBJECT).exclude(subject_id__in=there)
    for number in gone.order_by("subject_number").values_list("subject_number", flat=True).distinct():
        yield Difference(number, "台账记有本件的办理记录，申请却不存在：申请被删除。")


def facts_of(case: InformationRequest, letters: Iterable[Letter]) -> dict[str, Any]:
    """What the tables say of a request, in the ledger's own words."""
    return {
        "state": case.state,
        "received_on": _iso(case.received_on),
        "outcome": case.outcome,
        "answered_on": _iso(case.answered_on),
        "in_time": case.answered_in_time,
        "manner": case.answered_by,
        "closed_at": case.closed_at,
        "letters": sorted(letter.number for letter in letters),
    }


def told_by(acts: Sequence[Entry]) -> dict[str, Any] | None:
    """What the acts of a request, in their order, told the ledger; None if there are none. The last word counts."""
    if not acts:
        return None
    told: dict[str, Any] = dict(_AT_FIRST)
    for act in acts:
        step, said = STEPS.steps.get(act.verb), act.told
        told["state"] = step.target if step and step.target else told["state"]
        told["received_on"] = said.get("received_on", told["received_on"])
        if act.verb in ("apply", "register") and told["received_on"] is None:
            told["state"] = State.UNCONFIRMED.value
        if act.verb == "approve":
            told["outcome"] = said["outcome"]
        told["outcome"] = _OUTCOME.get(act.verb, told["outcome"])
        if act.verb == "serve":
            told |= {key: said[key] for key in ("answered_on", "in_time", "manner")}
        if act.verb == "close":
            told["closed_at"] = act.at
        if "letter" in said and act.verb != "serve":
            told["letters"] = sorted([*told["letters"], said["letter"]])
    return told


def compare(number: str, facts: Mapping[str, Any], told: Mapping[str, Any] | None) -> Iterator[Difference]:
    """Where the facts of a request and what was told of it part ways. Pure."""
    if told is None:
        yield Difference(number, "台账中没有本件的任何办理记录：申请不是经办理程序立件的。")
        return
    for key, label in _LABELS.items():
        if facts[key] != told[key]:
            yield Difference(number, f"{label}现为{_words(key, facts[key])}，台账记载为{_words(key, told[key])}。")


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


def _in_chunks(cases: Iterable[InformationRequest]) -> Iterator[list[InformationRequest]]:
    chunk: list[InformationRequest] = []
    for case in cases:
        chunk.append(case)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

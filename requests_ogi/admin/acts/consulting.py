"""The acts of asking others before the decision, and of what is made of their word."""

from datetime import datetime
from typing import Any

from portal.organisation.models import User

from ... import workflow
from ...forms import consulting
from ...models import Consultation, InformationRequest
from .deed import Deed, Group, letter_said, said, sent


def _consult(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    data = form.cleaned_data
    return workflow.consult(
        case,
        party=data["party"],
        contact=data["contact"],
        email=data["email"],
        content=data["content"],
        working_days=data.get("working_days"),
        **sent(data, at),
        by=by,
        at=at,
    )


def _consult_organ(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    data = form.cleaned_data
    words = {name: data[name] for name in ("party", "contact", "content")}
    return workflow.consult_organ(case, **words, **sent(data, at), by=by, at=at)


def _refer(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    data = form.cleaned_data
    words = {name: data[name] for name in ("party", "contact", "content")}
    return workflow.refer(case, **words, **sent(data, at), by=by, at=at)


def _asked(case: InformationRequest, form: Any) -> Consultation:
    """The party chosen, bound to the case as the page showed it, so that the act is judged on that."""
    asked: Consultation = form.cleaned_data["asked"]
    asked.request = case
    return asked


def _serve_party(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    return workflow.serve_party(_asked(case, form), served_on=form.cleaned_data["served_on"], by=by, at=at)


def _hear(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    words = {name: form.cleaned_data[name] for name in ("opinion", "reasons", "replied_on")}
    return workflow.hear(_asked(case, form), **words, by=by, at=at)


def _heard(asked: Consultation) -> str:
    if asked.is_late:
        return "已登记反馈意见，并注明逾期提出。已经扣除的时间不变，请审查意见后再作决定。"
    return "已登记反馈意见。"


def _weigh(case: InformationRequest, form: Any, by: User, at: datetime) -> Consultation:
    data = form.cleaned_data
    return workflow.weigh(_asked(case, form), finding=data["finding"], reasons=data["reasons"], by=by, at=at)


def _notify_party(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.notify_party(
        _asked(case, form), content=data["content"], reasons=data["reasons"], **sent(data, at), by=by, at=at
    )


ACTS: dict[str, Deed] = {
    "notify_party": Deed(
        consulting.NotifyPartyForm, _notify_party, letter_said("告知书（{letter}）已制发，可以送达答复。")
    ),
    "weigh": Deed(consulting.WeighForm, _weigh, lambda asked: f"已记录审查结论：{asked.get_finding_display()}。"),
    "consult": Deed(
        consulting.ConsultForm,
        _consult,
        lambda asked: f"征求意见书（{asked.letter.number}）已制发，等待意见的时间不计入答复期限。",
        group=Group.CONSULTING,
    ),
    "consult_organ": Deed(
        consulting.ConsultOrganForm,
        _consult_organ,
        lambda asked: f"征求意见书（{asked.letter.number}）已制发，等待意见的时间不计入答复期限。",
        group=Group.CONSULTING,
    ),
    "refer": Deed(
        consulting.ReferForm,
        _refer,
        lambda asked: f"请示函（{asked.letter.number}）已制发。答复期限照常计算，请及时催办。",
        group=Group.CONSULTING,
    ),
    "serve_party": Deed(
        consulting.ServePartyForm,
        _serve_party,
        said("已登记对方收到日期，反馈期限自次日起计算。"),
        group=Group.CONSULTING,
    ),
    "hear": Deed(consulting.HearForm, _hear, _heard, group=Group.CONSULTING),
}

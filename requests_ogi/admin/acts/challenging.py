"""The acts on a challenge, each with its form and what is said afterwards."""

from datetime import datetime
from typing import Any

from portal.organisation.models import User

from ...forms import challenging as forms
from ...workflow import challenging
from .deed import Deed


def _defend(challenge: Any, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    paper = next(iter(data["paper"]), None)
    return challenging.defend(challenge, submitted_on=data["submitted_on"], paper=paper, by=by, at=at)


def _conclude(challenge: Any, form: Any, by: User, at: datetime) -> Any:
    names = ("result", "withdrawn", "decided_on", "served_on", "ordered_days", "consequence")
    facts = {name: form.cleaned_data[name] for name in names}
    return challenging.conclude(challenge, **facts, paper=next(iter(form.cleaned_data["paper"]), None), by=by, at=at)


def _concluded(challenge: Any) -> str:
    if challenge.result == "corrected":
        return "已登记审结，结果纠正已通知分管领导和纪检监察人员。需要重新答复的，请点“重新办理”。"
    return f"已登记审结，{challenge.get_result_display()}计入年度报告表四。"


CHALLENGE_ACTS: dict[str, Deed] = {
    "defend": Deed(
        forms.DefendForm,
        _defend,
        lambda challenge: (
            "已登记答复（答辩）" + ("，在期限内。" if challenge.defended_in_time else "，已超过法定期限，如实记录。")
        ),
    ),
    "redo": Deed(
        forms.RedoForm,
        lambda challenge, form, by, at: challenging.redo(challenge, by=by, at=at),
        lambda new: f"已重新立件，编号{new.number}。请分办。",
        grave=True,
    ),
    "conclude": Deed(forms.ConcludeForm, _conclude, _concluded),
}
"""In the order of the buttons."""

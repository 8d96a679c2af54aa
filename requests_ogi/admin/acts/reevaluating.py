"""The acts of the periodic look at withheld information."""

from datetime import datetime
from typing import Any

from portal.moment import chinese_date
from portal.organisation.models import User

from ... import workflow
from ...forms import reevaluating
from ...models import InformationRequest, ReEvaluation
from ...vocabulary import Verdict
from .deed import Deed, Group


def _verdict(act: Any) -> Any:
    def done(case: InformationRequest, form: Any, by: User, at: datetime) -> ReEvaluation:
        data = form.cleaned_data
        return act(case, verdict=data["verdict"], reason=data["reason"], by=by, at=at)

    return done


def _release(case: InformationRequest, form: Any, by: User, at: datetime) -> ReEvaluation:
    data = form.cleaned_data
    return workflow.release(case, released_on=data["released_on"], where=data["where"], by=by, at=at)


def _decided(decided: ReEvaluation) -> str:
    if decided.verdict == Verdict.NOW_PUBLIC:
        return "已审定：可以公开。请政务公开办公室安排主动公开，公开后登记。"
    return "已审定：继续不予公开，下一个评估周期已经开始。"


def _released(decided: ReEvaluation) -> str:
    day = chinese_date(decided.released_on) if decided.released_on else ""
    return f"已登记{day}主动公开，本件定期评估结束。"


ACTS: dict[str, Deed] = {
    "reassess": Deed(
        reevaluating.ReassessForm,
        _verdict(workflow.reassess),
        lambda proposed: f"已提出第{proposed.round}次定期评估意见，等待审定。",
        group=Group.AFTER,
    ),
    "reevaluate": Deed(
        reevaluating.ReevaluateForm,
        _verdict(workflow.reevaluate),
        _decided,
        template="admin/requests_ogi/reevaluate.html",
        group=Group.AFTER,
    ),
    "release": Deed(reevaluating.ReleaseForm, _release, _released, group=Group.AFTER),
}

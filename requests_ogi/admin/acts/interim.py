"""Suspending, postponing, and an answer that came back, as pages of the workplace."""

from typing import Any

from ... import workflow
from ...forms import interim
from ...models import ReturnedPost
from .deed import Deed, Group, letter_said, said, sent


def _came_back(returned: ReturnedPost) -> str:
    kept = "首次交邮之日仍为答复日期。" if returned.counted_on else "以重新送达的日期为答复日期，答复期限继续计算。"
    return f"已登记退件，{kept}请核对地址后重新送达。"


def _return(case: Any, form: Any, by: Any, at: Any) -> ReturnedPost:
    data = form.cleaned_data
    return workflow.return_post(
        case, returned_on=data["returned_on"], reason=data["reason"], fault=data["fault"], by=by, at=at
    )


ACTS: dict[str, Deed] = {
    "suspend": Deed(
        interim.SuspendForm,
        lambda case, form, by, at: workflow.suspend(
            case,
            cause=form.cleaned_data["cause"],
            reasons=form.cleaned_data["reasons"],
            **sent(form.cleaned_data, at),
            by=by,
            at=at,
        ),
        letter_said("已中止办理，通知书（{letter}）已制发。法定答复期限照常计算。"),
        template="admin/requests_ogi/interim.html",
        grave=True,
        group=Group.TERMS,
    ),
    "take_up": Deed(
        interim.TakeUpForm,
        lambda case, form, by, at: workflow.take_up(case, taken_up_on=form.cleaned_data["taken_up_on"], by=by, at=at),
        said("已恢复办理。"),
        group=Group.TERMS,
    ),
    "postpone": Deed(
        interim.PostponeForm,
        lambda case, form, by, at: workflow.postpone(
            case, reasons=form.cleaned_data["reasons"], **sent(form.cleaned_data, at), by=by, at=at
        ),
        letter_said("已告知暂缓公开（{letter}）。答复期限照常计算，请在期限内作出决定。"),
        template="admin/requests_ogi/interim.html",
        group=Group.TERMS,
    ),
    "return_post": Deed(interim.ReturnPostForm, _return, _came_back, group=Group.OTHER),
}

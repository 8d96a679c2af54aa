"""Fees and very many requests, as pages of the workplace."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from portal.moment import chinese_date
from portal.organisation.models import User

from ... import workflow
from ...forms import volume as forms
from ...models import FeeNotice, InformationRequest
from .deed import Deed, Group, letter_said, said, sent

Call = Callable[[InformationRequest, Any, User, datetime], Any]


def _taking(act: Callable[..., Any], *names: str, letter: bool = False) -> Call:
    """An act that takes these answers of its form, and how its letter goes out if it has one."""

    def do(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
        data = form.cleaned_data
        going_out = sent(data, at) if letter else {}
        return act(case, **{name: data[name] for name in names}, **going_out, by=by, at=at)

    return do


def _charge(case: InformationRequest, form: Any, by: User, at: datetime) -> FeeNotice:
    data = form.cleaned_data
    return workflow.charge(
        case,
        **form.reckoned_by,
        beyond_reason=data["beyond_reason"],
        why=data["why"],
        **sent(data, at),
        by=by,
        at=at,
    )


def _charged(fee: FeeNotice) -> str:
    until = (
        f"，缴费期限至{chinese_date(fee.limit_on)}" if fee.limit_on else "。收到日期查明后请登记，缴费期限自次日起计算"
    )
    return f"收费通知书（{fee.letter.number}）已制发，应缴{fee.amount}元{until}。"


ACTS: dict[str, Deed] = {
    "record_payment": Deed(
        forms.RecordPaymentForm,
        _taking(workflow.record_payment, "amount", "paid_on", "receipt_number"),
        said("已登记缴费，答复期限自次日起重新计算。请继续办理。"),
        template="admin/requests_ogi/fee.html",
    ),
    "serve_fee": Deed(
        forms.ServeFeeForm,
        _taking(workflow.serve_fee, "served_on"),
        lambda fee: f"已登记收到日期，缴费期限至{chinese_date(fee.limit_on)}。",
        template="admin/requests_ogi/fee.html",
    ),
    "lapse_fee": Deed(
        forms.LapseFeeForm,
        lambda case, form, by, at: workflow.lapse_fee(case, by=by, at=at),
        letter_said("已认定逾期不缴费，告知书（{letter}）已生成，请送达申请人。"),
        template="admin/requests_ogi/fee.html",
        grave=True,
    ),
    "hear_reasons": Deed(
        forms.HearReasonsForm,
        _taking(workflow.hear_reasons, "reasons", "answered_on", "uploads"),
        said("已登记申请人说明的理由，请负责人判断是否合理。"),
        group=Group.FEES,
    ),
    "delay": Deed(
        forms.DelayForm,
        _taking(workflow.delay, "reasonable", "why", "working_days", letter=True),
        letter_said("已确定延迟答复的期限，告知书（{letter}）已制发。"),
        template="admin/requests_ogi/volume.html",
        group=Group.TERMS,
    ),
    "ask_reasons": Deed(
        forms.AskReasonsForm,
        _taking(workflow.ask_reasons, "beyond_reason", "why", "working_days", letter=True),
        lambda asked: f"说明理由告知书（{asked.letter.number}）已制发，答复期限照常计算。",
        template="admin/requests_ogi/volume.html",
        group=Group.FEES,
    ),
    "charge": Deed(forms.ChargeForm, _charge, _charged, template="admin/requests_ogi/charge.html", group=Group.FEES),
    "waive": Deed(
        forms.WaiveForm,
        _taking(workflow.waive, "why", letter=True),
        letter_said("已撤回收费，告知书（{letter}）已制发。答复期限按原起算日计算，请抓紧办理。"),
        template="admin/requests_ogi/fee.html",
        group=Group.FEES,
    ),
    "refund": Deed(
        forms.RefundForm,
        _taking(workflow.refund, "refunded_on", "refund_number"),
        said("已登记退费，本件按不收费办理。"),
        template="admin/requests_ogi/fee.html",
        group=Group.FEES,
    ),
}

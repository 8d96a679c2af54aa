"""Forms of what is told on the way (中止、暂缓公开) and of an answer that came back (退件)."""

from typing import Any

from django import forms

from portal.web.fields import DayField, LongField, TextField, choose

from ..rules.interim import SUSPENDING
from ..vocabulary import Fault
from ..workflow.signing_off import CAUSES, named_by
from .acting import ActForm
from .staff import DeliveredForm


class SuspendForm(DeliveredForm):
    cause = forms.ChoiceField(label="中止的事由", widget=forms.RadioSelect, error_messages=choose("中止的事由"))
    reasons = LongField(label="中止的理由", max_length=1000, help_text="会写入中止办理通知书。")
    field_order = ("edition", "cause", "reasons", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        named = named_by(self.case, CAUSES)
        field: Any = self.fields["cause"]
        field.choices = [
            (cause, label) for cause, label in SUSPENDING.items() if isinstance(named, tuple) and cause in named
        ]


class TakeUpForm(ActForm):
    taken_up_on = DayField(label="恢复办理的日期")

    def prepare(self) -> None:
        self.fields["taken_up_on"].initial = self.today


class PostponeForm(DeliveredForm):
    reasons = LongField(label="暂缓公开的理由", max_length=1000, help_text="会写入告知书。不要写出可能涉密的内容。")
    field_order = ("edition", "reasons", "manner", "proof_number")


class ReturnPostForm(ActForm):
    returned_on = DayField(label="退回日期")
    fault = forms.ChoiceField(
        label="为什么退回",
        choices=Fault.choices,
        widget=forms.RadioSelect,
        error_messages=choose("退回的原因归属"),
        help_text="因申请人原因退回的，首次交邮之日仍为答复日期；其他原因退回的，以重新送达的日期为准。",
    )
    reason = TextField(label="退件批注", max_length=200, help_text="照邮件上的批注填写，例如“原址查无此人”。")

    def prepare(self) -> None:
        self.fields["returned_on"].initial = self.today

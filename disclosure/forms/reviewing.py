"""The forms of review, signing and publishing."""

from typing import Any

from django import forms

from portal.regulations.publishing import Stage
from portal.web.deeds import MatterForm
from portal.web.fields import LongField, choose

from ..vocabulary import Withdrawal
from ..workflow.reviewing import stage_of


class PlainForm(MatterForm):
    """An act that needs nothing but the press of its button."""


class PassForm(MatterForm):
    """A verdict of agreement; where the stage has a list, every point of it is ticked."""

    checked = forms.MultipleChoiceField(label="逐项核对", required=False, widget=forms.CheckboxSelectMultiple)
    opinion = LongField(label="审核意见", max_length=1000, rows=3, required=False)

    def prepare(self) -> None:
        points = stage_of(self.matter).checks
        field: Any = self.fields["checked"]
        field.choices = [(point, point) for point in points]
        if not points:
            del self.fields["checked"]
        asks_for(self.fields["opinion"], stage_of(self.matter))


def asks_for(field: Any, stage: Stage) -> None:
    """Say what the stage wants written, where a bare consent is not enough."""
    if stage.asks:
        field.required, field.help_text = True, f"写明{stage.asks}。"


class SignForm(MatterForm):
    opinion = LongField(label="签发意见", max_length=1000, rows=3, required=False)

    def prepare(self) -> None:
        asks_for(self.fields["opinion"], stage_of(self.matter))


class SendBackForm(MatterForm):
    opinion = LongField(label="退回意见", max_length=1000, rows=4, help_text="写明需要修改什么，起草人会看到。")


class ScheduleForm(MatterForm):
    publish_at = forms.DateTimeField(
        label="发布时间",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "width-20"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"required": "请填写发布时间。", "invalid": "时间不正确，请写成2026-11-21 09:00这样的格式。"},
    )


class WithdrawForm(MatterForm):
    withdrawal = forms.ChoiceField(
        label="原因", choices=Withdrawal.choices, widget=forms.RadioSelect, error_messages=choose("撤下的原因")
    )
    note = LongField(
        label="对公众的说明", max_length=300, rows=3, help_text="原网址上会显示这段说明，不要写入不应公开的内容。"
    )

"""The forms of review, signing and publishing."""

from typing import Any

from django import forms

from portal.regulations.publishing import Stage
from portal.web.deeds import MatterForm
from portal.web.fields import LongField, TextField, choose

from ..models import NegativeItem
from ..rules import attribute
from ..rules.attribute import goes_out
from ..vocabulary import Withdrawal
from ..workflow.common import law_of
from ..workflow.reviewing import Final, stage_of

DECIDED = ("attribute", "reason", "legal_basis", "negative_item")
"""What the signer decides of a document besides the paper itself."""


class PlainForm(MatterForm):
    """An act that needs nothing but the press of its button."""


class PassForm(MatterForm):
    """A verdict of agreement; where the stage has a list, every point of it is ticked."""

    checked = forms.MultipleChoiceField(
        label="逐项核对", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请逐项核对并勾选。"}
    )
    opinion = LongField(label="审核意见", max_length=1000, rows=3, required=False)

    def prepare(self) -> None:
        points = stage_of(self.matter).checks
        field: Any = self.fields["checked"]
        field.choices = [(point, point) for point in points]
        field.required = goes_out(self.matter.openness)
        if not points:
            del self.fields["checked"]
        asks_for(self.fields["opinion"], stage_of(self.matter))


def asks_for(field: Any, stage: Stage) -> None:
    """Say what the stage wants written, where a bare consent is not enough."""
    if stage.asks:
        field.required, field.help_text = True, f"写明{stage.asks}。"


class OpinionForm(MatterForm):
    """What whoever signs has to say of the paper."""

    opinion = LongField(label="签发意见", max_length=1000, rows=3, required=False)

    def prepare(self) -> None:
        asks_for(self.fields["opinion"], stage_of(self.matter))


class SignForm(OpinionForm):
    """The signature with the attribute it decides: what was proposed is filled in, and stands unless it is changed."""

    attribute = forms.ChoiceField(
        label="公开属性",
        widget=forms.RadioSelect,
        error_messages=choose("公开属性"),
        help_text="由签发人最终确定。改变拟稿人提出的属性的，原来提出的属性仍然保留在案。",
    )
    reason = LongField(
        label="理由", max_length=1000, rows=2, required=False, help_text="不主动公开的，写明为什么不公开。"
    )
    legal_basis = TextField(label="依据", max_length=300, required=False)
    negative_item = forms.ModelChoiceField(
        NegativeItem.objects.none(), label="负面清单事项", required=False, empty_label="不属于负面清单事项"
    )
    field_order = ("edition", "attribute", "reason", "legal_basis", "negative_item", "opinion")

    def prepare(self) -> None:
        super().prepare()
        document, fields = self.matter, self.fields
        offered: Any = fields["attribute"]
        offered.choices = [(one.code, one.label) for one in law_of(document).attributes.values() if self._may(one.core)]
        items: Any = fields["negative_item"]
        items.queryset = NegativeItem.objects.filter(body=document.body_id).in_force().order_by("category", "pk")
        for name in DECIDED:
            fields[name].initial = getattr(document, name)

    def _may(self, openness: str) -> bool:
        shown = self.matter.public_id is not None
        return attribute.may_become(self.matter.openness, openness) and (attribute.goes_out(openness) or not shown)

    def final(self) -> Final | None:
        """The attribute as it is decided; None where it stays as it was proposed."""
        said = {name: self.cleaned_data[name] for name in DECIDED}
        return None if all(said[name] == getattr(self.matter, name) for name in DECIDED) else Final(**said)


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

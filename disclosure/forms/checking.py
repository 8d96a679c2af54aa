"""The forms around the review: what was found, who is asked, who looks from outside, and what is urgent."""

from typing import Any

from django import forms

from portal.organisation.models import Department
from portal.web.deeds import MatterForm
from portal.web.fields import MIDDLE, LongField, TextField, choose

from ..models import Countersign, Finding
from ..vocabulary import Decision, Purpose, Settlement, Word
from ..workflow.common import chain_of, newest
from ..workflow.countersigning import answerable


class DecideFindingForm(MatterForm):
    """One of the things that were found in the newest version, and what becomes of it."""

    finding = forms.ModelChoiceField(
        Finding.objects.none(),
        label="发现的内容",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("发现的内容"),
    )
    decision = forms.ChoiceField(
        label="处理结论", choices=Decision.choices, widget=forms.RadioSelect, error_messages=choose("处理结论")
    )
    reason = LongField(label="理由", max_length=500, rows=3)

    def prepare(self) -> None:
        field: Any = self.fields["finding"]
        field.queryset = newest(self.matter).findings.select_related("file").order_by("decision", "pk")
        field.label_from_instance = _told


def _told(finding: Finding) -> str:
    place = f"附件“{finding.file.title}”，{finding.place}" if finding.file else finding.place
    done = f"（已处理：{finding.get_decision_display()}）" if finding.decision else ""
    return f"{finding.get_kind_display()}：{finding.excerpt}（{place}）{done}"


class CountersignForm(MatterForm):
    """Whom to ask about what: a department of the body, or another organ by its name."""

    purpose = forms.ChoiceField(
        label="事由", choices=Purpose.choices, widget=forms.RadioSelect, error_messages=choose("事由")
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label="本机关的机构", required=False, empty_label="不是本机关的机构"
    )
    organ = TextField(
        label="其他机关", max_length=100, required=False, widget=forms.TextInput(attrs=MIDDLE), help_text="填写全称。"
    )
    question = LongField(label="征求意见的内容", max_length=1000, rows=4)

    def prepare(self) -> None:
        departments = Department.objects.filter(body=self.matter.body_id).exclude(pk=self.matter.department_id)
        fields: Any = self.fields
        fields["department"].queryset = departments.order_by("order", "pk")
        fields["department"].label_from_instance = lambda department: department.name
        fields["purpose"].initial = Purpose.CONSENT

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("department")) == bool(data.get("organ")):
            self.add_error("organ", "请选择本机关的机构，或者填写其他机关的名称，只填一项。")
        return data


class _AskedForm(MatterForm):
    """About one of those who were asked."""

    asked = forms.ModelChoiceField(
        Countersign.objects.none(),
        label="单位",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("单位"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["asked"]
        field.queryset = self.waiting()
        field.label_from_instance = lambda one: f"{one.unit}：{one.question}"

    def waiting(self) -> Any:
        """Those among whom one chooses."""
        return answerable(self.matter, by=self.by, at=self.at)


class AnswerCountersignForm(_AskedForm):
    answer = forms.ChoiceField(
        label="答复", choices=Word.choices, widget=forms.RadioSelect, error_messages=choose("答复")
    )
    opinion = LongField(label="意见", max_length=1000, rows=3, required=False)
    basis = TextField(label="依据", max_length=300, required=False, help_text="不同意公开的，写明依据。")


class SettleForm(_AskedForm):
    settlement = forms.ChoiceField(
        label="协商结果", choices=Settlement.choices, widget=forms.RadioSelect, error_messages=choose("协商结果")
    )
    reason = LongField(label="理由", max_length=500, rows=3)

    def waiting(self) -> Any:
        rows = self.matter.countersigns.select_related("department").order_by("pk")
        return rows.filter(answer=Word.DISAGREES, settlement="")


class InviteForm(MatterForm):
    organ = TextField(label="审核单位", max_length=60, widget=forms.TextInput(attrs=MIDDLE))
    label = TextField(label="审核事项", max_length=40, initial="合法性审核", widget=forms.TextInput(attrs=MIDDLE))


class RecheckForm(MatterForm):
    """The last look before printing, with its points."""

    checked = forms.MultipleChoiceField(
        label="逐项核对", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请逐项核对并勾选。"}
    )
    opinion = LongField(label="复核意见", max_length=1000, rows=3, required=False)

    def prepare(self) -> None:
        stage = chain_of(self.matter).recheck
        points = stage.checks if stage else ()
        field: Any = self.fields["checked"]
        field.choices = [(point, point) for point in points]
        if not points:
            del self.fields["checked"]


class UrgentForm(MatterForm):
    why = LongField(label="紧急的理由", max_length=500, rows=3, help_text="写明什么事、为什么不能等审核办完。")

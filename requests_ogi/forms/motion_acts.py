"""The forms of the acts staff do on a correction, a suggestion or a complaint: strings into values, and nothing more."""

from datetime import datetime
from typing import Any

from django import forms

from portal.letters.service import Manner as ServiceManner
from portal.organisation.models import Department, User
from portal.web.deeds import MatterForm
from portal.web.fields import MIDDLE, SHORT, DayField, LongField, TextField, choose

from ..models import Conversion, Motion
from ..rules.motion import Verdict
from ..vocabulary import OUTCOMES_OF, MotionKind, MotionOutcome


class MotionActForm(MatterForm):
    """The form of one act on one motion (or conversion), which its fields call a motion."""

    def __init__(self, *args: Any, motion: Motion | Conversion, by: User, at: datetime, **options: Any) -> None:
        self.motion = motion
        super().__init__(*args, matter=motion, by=by, at=at, **options)


class AssignForm(MotionActForm):
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="由哪个机构核实",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("核实机构"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["department"]
        field.queryset = Department.objects.filter(body=self.motion.body_id).order_by("order", "pk")
        field.label_from_instance = lambda department: department.name


class ReportForm(MotionActForm):
    finding = LongField(
        label="核实的情况", max_length=2000, rows=6, help_text="写明核对了什么、结果怎样、建议怎样处理。"
    )

    def prepare(self) -> None:
        if isinstance(self.motion, Motion):
            self.fields["finding"].initial = self.motion.reported_finding


class DecideForm(MotionActForm):
    """Fields that the kind of the motion does not need are not there."""

    outcome = forms.ChoiceField(label="处理结果", widget=forms.RadioSelect, error_messages=choose("处理结果"))
    finding = LongField(label="核实情况和理由", max_length=2000, rows=5, help_text="写入告知书，请用完整的句子。")
    organ_name = TextField(
        label="有权处理的机关",
        max_length=100,
        required=False,
        help_text="转有权机关或者不属于本机关处理的填写。",
        widget=forms.TextInput(attrs=MIDDLE),
    )
    organ_contact = TextField(label="该机关联系方式", max_length=200, required=False)
    title = TextField(
        label="将要公开的信息名称",
        max_length=200,
        required=False,
        help_text="转为主动公开的填写；公众会看到，不要写个人信息。",
    )
    measure = LongField(label="责令改正的内容", max_length=1000, rows=4, required=False, help_text="情况属实的填写。")
    mending_days = forms.IntegerField(
        label="改正期限（工作日）",
        required=False,
        widget=forms.NumberInput(attrs=SHORT),
        error_messages={"invalid": "改正期限应当是整数。"},
    )

    ONLY = {"title": MotionKind.SUGGESTION, "measure": MotionKind.COMPLAINT, "mending_days": MotionKind.COMPLAINT}

    def prepare(self) -> None:
        kind = MotionKind(self.motion.kind)  # type: ignore[union-attr]
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(one.value, one.label) for one in OUTCOMES_OF[kind]]
        for name, only in self.ONLY.items():
            if kind is not only:
                del self.fields[name]
        if kind is MotionKind.SUGGESTION:
            del self.fields["organ_name"], self.fields["organ_contact"]

    def verdict(self) -> Verdict:
        """The decision as a value."""
        data = self.cleaned_data
        return Verdict(
            outcome=MotionOutcome(data["outcome"]),
            finding=data["finding"],
            organ_name=data.get("organ_name", ""),
            organ_contact=data.get("organ_contact", ""),
            measure=data.get("measure", ""),
            mending_days=data.get("mending_days"),
            title=data.get("title", ""),
        )


class AnswerForm(MotionActForm):
    manner = forms.ChoiceField(
        label="告知方式", choices=ServiceManner.choices, widget=forms.RadioSelect, error_messages=choose("告知方式")
    )
    proof_number = TextField(
        label="邮件号码",
        max_length=60,
        required=False,
        help_text="邮寄的必须填写。",
        widget=forms.TextInput(attrs=MIDDLE),
    )

    def prepare(self) -> None:
        self.fields["manner"].initial = ServiceManner.ELECTRONIC.value
        self.fields["manner"].help_text = "电子送达的，对方凭编号和查询码在网上查看和下载。"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("manner") == ServiceManner.POST and not data.get("proof_number"):
            self.add_error("proof_number", "邮寄送达应当留存凭证，请填写邮件号码。")
        return data


class MendForm(MotionActForm):
    mended_on = DayField(label="改正完成日期")
    how = LongField(label="改正的情况", max_length=1000, rows=4)

    def prepare(self) -> None:
        self.fields["mended_on"].initial = self.today


class CloseForm(MotionActForm):
    """Nothing to fill in."""


class UnmaskForm(MotionActForm):
    why = TextField(
        label="查看的事由",
        max_length=200,
        help_text="会连同您的姓名写入不可更改的办理记录，例如“核对身份证明”。",
        widget=forms.TextInput(attrs=MIDDLE),
    )


class PublishForm(MotionActForm):
    published_on = DayField(label="公开日期")
    where = TextField(label="公开的位置", max_length=300, help_text="栏目名称或者网址。")

    def prepare(self) -> None:
        self.fields["published_on"].initial = self.today

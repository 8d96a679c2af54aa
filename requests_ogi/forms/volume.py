"""The forms of fees and of very many requests, for staff and for the applicant who gives reasons."""

from typing import Any

from django import forms

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.web.fields import MIDDLE, SHORT, DayField, LongField, PlainField, TextField, choose

from ..filing import Upload
from ..filing_drafts import MOST_FILES
from ..models import Attachment
from ..vocabulary import DELAYED_ANSWER, REASONS_REPLY, FeeBasis
from ..workflow.common import law_of
from .acting import ActForm, UploadsField
from .fields import FilesField, judge_amount, upload_of
from .staff import DeliveredForm
from .tracking import ProvenForm

MOST_REASONS = 4000


class NumberField(forms.IntegerField):
    """A whole number, typed in half or full width."""

    def __init__(self, *, what: str, **options: Any) -> None:
        super().__init__(
            error_messages={"required": f"请填写{what}。", "invalid": f"{what}应当是整数。"},
            widget=forms.TextInput(attrs={"inputmode": "numeric", **SHORT}),
            min_value=0,
            max_value=10**8,
            **options,
        )
        for validator in self.validators:
            validator.message = f"{what}不对，请核对后重新填写。"  # type: ignore[attr-defined]


def _finding(label: str, sentence: str) -> forms.BooleanField:
    return forms.BooleanField(
        label=label,
        error_messages={"required": sentence},
        help_text="由人认定，系统只提示数量，不会自动认定。",
    )


class ChargeForm(DeliveredForm):
    """Asked for in two steps: first reckoned and shown, then sent. `checked` is what the page has shown."""

    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    basis = forms.ChoiceField(
        label="计收方式",
        choices=FeeBasis.choices,
        widget=forms.RadioSelect,
        error_messages=choose("计收方式"),
        help_text="只能选择一种，不能同时适用。",
    )
    pages = NumberField(
        what="页数",
        label="实际提供的页数",
        required=False,
        help_text="按量计收的必须填写：A4及以下幅面的单面为1页，只计算本件。",
    )
    why = LongField(
        label="认定超过合理范围的情况",
        max_length=1000,
        rows=3,
        help_text="会写入收费通知书，例如“您于2026年9月向本机关提出政府信息公开申请12件”。",
    )
    beyond_reason = _finding(
        "经核实，申请的数量、频次明显超过合理范围",
        "依申请提供政府信息以不收费为原则，请先认定数量、频次明显超过合理范围。",
    )
    field_order = ("edition", "checked", "basis", "pages", "why", "beyond_reason", "manner", "proof_number")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("basis") == FeeBasis.PAGE and data.get("pages") is None and "pages" not in self.errors:
            self.add_error("pages", "按量计收的，请填写实际提供的页数。")
        return data

    @property
    def reckoned_by(self) -> dict[str, Any]:
        """What the sum depends on, once the form is valid."""
        basis = FeeBasis(self.cleaned_data["basis"])
        return {"basis": basis, "pages": self.cleaned_data["pages"] if basis is FeeBasis.PAGE else None}


class ServeFeeForm(ActForm):
    served_on = DayField(label="申请人收到日期", help_text="以邮件签收记录或者送达回证为准，缴费期限自次日起计算。")


class RecordPaymentForm(ActForm):
    amount = NumberField(what="缴费数额", label="缴费数额（元）")
    paid_on = DayField(label="缴费日期", help_text="以缴款凭证为准；答复期限自这一天的次日起重新计算。")
    receipt_number = TextField(label="财政票据号码", max_length=40, widget=forms.TextInput(attrs=MIDDLE))

    def prepare(self) -> None:
        self.fields["paid_on"].initial = self.today


class LapseFeeForm(ActForm):
    unpaid = forms.BooleanField(
        label="经与财务核对，申请人在缴费期限内没有缴费",
        error_messages={"required": "请先与财务核对申请人是否已经缴费。"},
        help_text="认定之后不再处理本件申请。",
    )


class WaiveForm(DeliveredForm):
    why = LongField(
        label="撤回收费的理由",
        max_length=300,
        rows=3,
        help_text="会写入告知书，例如“申请人经济确有困难”“件数计算有误”。答复期限按原起算日计算。",
    )
    field_order = ("edition", "why", "manner", "proof_number")


class RefundForm(ActForm):
    refunded_on = DayField(label="退费日期")
    refund_number = TextField(label="退费凭证号码", max_length=40, widget=forms.TextInput(attrs=MIDDLE))

    def prepare(self) -> None:
        self.fields["refunded_on"].initial = self.today


class _PeriodForm(DeliveredForm):
    """A letter that sets a number of working days, within what the profile calls reasonable."""

    term = ""

    working_days = NumberField(what="期限", label="期限（工作日）")

    def prepare(self) -> None:
        super().prepare()
        term = law_of(self.case).term(self.term)
        field: Any = self.fields["working_days"]
        field.initial = term.amount
        field.help_text = f"应当合理：{term.minimum}至{term.maximum}个工作日，自告知书发出的次日起计算。"


class AskReasonsForm(_PeriodForm):
    term = REASONS_REPLY

    why = LongField(
        label="认定超过合理范围的情况",
        max_length=1000,
        rows=3,
        help_text="会写入说明理由告知书，例如“您于2026年9月向本机关提出政府信息公开申请12件”。",
    )
    beyond_reason = _finding(
        "经核实，申请的数量、频次明显超过合理范围", "请先认定数量、频次明显超过合理范围，才能要求申请人说明理由。"
    )
    field_order = ("edition", "why", "beyond_reason", "working_days", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        self.fields["working_days"].label = "说明理由的期限（工作日）"


class HearReasonsForm(ActForm):
    answered_on = DayField(label="收到日期")
    reasons = LongField(label="申请人说明的理由", max_length=MOST_REASONS, rows=6, help_text="照申请人的原意录入。")
    uploads = UploadsField(
        purpose=Attachment.Purpose.REASONS,
        label="书面材料的扫描件或者照片",
        help_text="须有书面依据；可以一次选择多个文件。",
    )

    def prepare(self) -> None:
        self.fields["answered_on"].initial = self.today


class DelayForm(_PeriodForm):
    term = DELAYED_ANSWER

    reasonable = forms.BooleanField(
        label="申请人说明的理由合理，但是无法在法定期限内答复",
        error_messages={"required": "请先认定理由合理但无法按期答复；理由不合理的，应当告知不予处理。"},
    )
    why = LongField(
        label="无法按期答复的情况",
        max_length=1000,
        rows=3,
        help_text="会写入延迟答复告知书，例如“所需信息涉及12件申请，检索和审查需要较长时间”。",
    )
    field_order = ("edition", "reasonable", "why", "working_days", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        self.fields["working_days"].label = "延迟答复的期限（工作日）"


class ReasonsForm(ProvenForm):
    """The applicant's own reasons, given online."""

    reasons = PlainField(
        what="申请理由",
        most=MOST_REASONS,
        lines=True,
        label="申请理由",
        help_text="请说明为什么需要这些信息、为什么需要提出这样多的申请。最多4000字。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = FilesField(
        purpose=Attachment.Purpose.REASONS,
        label="有关材料",
        help_text=f"没有的可以不传，最多{MOST_FILES}个文件。",
    )
    field_order = ("reasons", "files", "identity_tail")

    def clean_files(self) -> tuple[Upload, ...]:
        given = self.cleaned_data["files"]
        judge_amount(given)
        uploads, refused = [], []
        for one in given:
            try:
                upload = upload_of(one, purpose=Attachment.Purpose.REASONS)
                archive.sniff(upload.name, upload.data)
                uploads.append(upload)
            except Refusal as refusal:
                refused.append(str(refusal))
        if refused:
            raise forms.ValidationError(refused)
        return tuple(uploads)

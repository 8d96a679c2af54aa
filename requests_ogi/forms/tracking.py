"""The forms of those who follow a request: number and code, what was asked to be added, and the proof of who acts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.web.fields import PlainField

from ..filing import Upload
from ..filing_drafts import MOST_FILES
from ..models import Attachment
from ..rules import normal
from .fields import FilesField, judge_amount, upload_of

TAIL = 6
"""How many characters at the end of an identity number are asked for."""


class TrackForm(forms.Form):
    """Number and code, however they were typed."""

    use_required_attribute = False

    number = PlainField(what="申请编号", most=60, label="申请编号", help_text="在登记回执上，例如 NX-2026-00012。")
    code = PlainField(what="查询码", most=60, label="查询码", help_text="在登记回执上，由10位字母和数字组成。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {
                "class": "width-20",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }

    def clean_number(self) -> str:
        return normal(self.cleaned_data["number"]).upper().replace(" ", "").replace("—", "-").replace("–", "-")

    def clean_code(self) -> str:
        return normal(self.cleaned_data["code"]).upper().replace(" ", "").replace("-", "")


class TailField(PlainField):
    """The last six characters of an identity number, in its normal form."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper().replace(" ", "").replace("-", "")

    def judge(self, value: str) -> None:
        if len(value) != TAIL or not (value.isascii() and value.isalnum()):
            raise forms.ValidationError(f"请填写{self.what}：{TAIL}位数字或者字母。")


class ProvenForm(forms.Form):
    """An act of the applicant. Where others have seen the code as well, it asks for what the applicant's document says."""

    use_required_attribute = False

    identity_tail = TailField(
        what="申请人证件号码的后六位",
        most=20,
        label="申请人证件号码的后六位",
        help_text="申请人是单位的，填写统一社会信用代码的后六位；由代理人办理的，也填写申请人的号码。",
    )

    def __init__(self, *args: Any, proof_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["identity_tail"].widget.attrs |= {
            "class": "width-10",
            "autocomplete": "off",
            "spellcheck": "false",
            "autocapitalize": "characters",
        }
        if not proof_asked:
            del self.fields["identity_tail"]


class WithdrawForm(ProvenForm):
    """The button that ends a request."""


class SupplementForm(ProvenForm):
    """What the applicant adds when asked to (条例第三十条)."""

    text = PlainField(
        what="补正的内容",
        most=4000,
        lines=True,
        label="补正的内容",
        help_text="请对照上面列出的事项逐项说明。最多4000字。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = FilesField(
        purpose=Attachment.Purpose.COMPLETION,
        label="补正材料",
        help_text=f"需要补交的证件、图片等，最多{MOST_FILES}个文件。",
    )
    field_order = ("text", "files", "identity_tail")

    def clean_files(self) -> tuple[Upload, ...]:
        given: tuple[UploadedFile, ...] = self.cleaned_data["files"]
        judge_amount(given)
        uploads, refused = [], []
        for one in given:
            try:
                upload = upload_of(one, purpose=Attachment.Purpose.COMPLETION)
                archive.sniff(upload.name, upload.data)
                uploads.append(upload)
            except Refusal as refusal:
                refused.append(str(refusal))
        if refused:
            raise forms.ValidationError(refused)
        return tuple(uploads)

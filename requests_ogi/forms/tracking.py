"""The forms of those who follow a request: number and code, and what was asked to be added."""

from typing import Any

from django import forms

from portal.archive import service as archive
from portal.refusal import Refusal

from ..filing import Upload
from ..models import Attachment
from ..rules import normal
from .fields import FilesField, PlainField


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


class SupplementForm(forms.Form):
    """What the applicant adds when asked to (条例第三十条)."""

    use_required_attribute = False

    text = PlainField(
        what="补正的内容",
        most=4000,
        lines=True,
        label="补正的内容",
        help_text="请对照上面列出的事项逐项说明。最多4000字。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    files = FilesField(purpose=Attachment.Purpose.COMPLETION, label="补正材料")

    def __init__(self, *args: Any, most_files: int, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.most_files = most_files
        self.fields["files"].help_text = f"需要补交的证件、图片等，最多{most_files}个文件。"

    def clean_files(self) -> tuple[Upload, ...]:
        uploads: tuple[Upload, ...] = self.cleaned_data["files"]
        if len(uploads) > self.most_files:
            raise forms.ValidationError(f"最多上传{self.most_files}个文件，请把几页合并成一个 PDF 后再上传。")
        refused = []
        for upload in uploads:
            try:
                archive.sniff(upload.name, upload.data)
            except Refusal as refusal:
                refused.append(str(refusal))
        if refused:
            raise forms.ValidationError(refused)
        return uploads

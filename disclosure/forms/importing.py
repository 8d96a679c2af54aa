"""Uploading a table of documents with its attachments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.archive import service as archive
from portal.organisation.models import Body
from portal.web.fields import PlainField, choose

from ..workflow import Upload
from .fields import FilesField, upload_of

MOST_FILES = 9
"""Attachments of one import; the table is the tenth file."""


class ImportForm(forms.Form):
    """A table, its attachments, and whether they have been public before."""

    body = forms.ModelChoiceField(
        label="机关", queryset=Body.objects.none(), empty_label=None, error_messages=choose("机关")
    )
    sheet = forms.FileField(
        label="登记表",
        help_text="xlsx 表格，第1行的名称与模板一致，每行一份文件，最多2000行。",
        error_messages={"required": "请选择登记表。", "empty": "登记表是空的，请重新选择。"},
    )
    attachments = FilesField(
        label="附件",
        most=MOST_FILES,
        required=False,
        help_text=f"登记表“附件”一栏写明的文件，最多{MOST_FILES}个，每个不超过20MB。",
    )
    was_public = forms.BooleanField(
        label="这些文件已经依法公开过，本次只是收录",
        required=False,
        help_text="勾选后直接公开，不再审核；不勾选的，导入后为草稿，按程序送审。",
    )
    lawful_origin = PlainField(
        label="公开它们的机关或者网站",
        what="公开它们的机关或者网站",
        most=200,
        required=False,
        help_text="勾选上一项的必须填写，例如：本机关原门户网站。",
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies]).order_by("pk")  # type: ignore[attr-defined]

    def clean_sheet(self) -> Upload:
        try:
            return upload_of(self.cleaned_data["sheet"])
        except archive.Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("was_public") and not cleaned.get("lawful_origin"):
            self.add_error("lawful_origin", "请写明公开它们的机关或者网站；说不清来源的，请作为草稿导入。")
        if not cleaned.get("was_public"):
            cleaned["lawful_origin"] = ""
        return cleaned

"""Fields of this chapter's forms: files, each recognised by its content."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from portal.archive import service as archive
from portal.web.fields import FilesInput

from ..workflow import Upload


class FilesField(forms.Field):
    """Files to attach, at most so many at once, each recognised by its content; the value is a tuple of Upload."""

    widget = FilesInput

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-most": settings.UPLOAD_LIMIT}

    def clean(self, value: Any) -> tuple[Upload, ...]:
        given = list(value or ())
        if len(given) > self.most:
            raise ValidationError(f"一次最多上传{self.most}个附件，您选了{len(given)}个。请分次上传。")
        faults, uploads = [], []
        for one in given:
            try:
                uploads.append(upload_of(one))
            except archive.Refused as refusal:
                faults.append(str(refusal))
        if faults:
            raise ValidationError(faults)
        return tuple(uploads)


def upload_of(given: UploadedFile) -> Upload:
    """Read one file, unless it is too big, and recognise it. Raises archive.Refused."""
    name = str(given.name)
    archive.judge_size(name, given.size or 0)
    data = given.read(settings.UPLOAD_LIMIT + 1)
    archive.sniff(name, data)
    return Upload(name, data)

"""What the forms of the workplace are made of: text, days, files, and the edition of the case that a page showed."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from portal.archive import service as archive
from portal.organisation.models import User
from portal.web.deeds import MatterForm
from portal.web.fields import FilesInput

from ..filing import Upload
from ..models import InformationRequest


class UploadsField(forms.Field):
    """Any number of files, each recognised by its content; the value is a tuple of Upload."""

    def __init__(self, *, purpose: str, most: int = 10, required: bool = False, **options: Any) -> None:
        self.purpose, self.most = purpose, most
        super().__init__(required=required, widget=FilesInput(attrs={"class": "file"}), **options)

    def clean(self, value: Any) -> tuple[Upload, ...]:
        given = list(value or ())
        if self.required and not given:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(given) > self.most:
            raise ValidationError(f"一次最多上传{self.most}个文件，请合并后再上传。")
        return tuple(self._upload(one) for one in given)

    def _upload(self, one: Any) -> Upload:
        data = one.read(settings.UPLOAD_LIMIT + 1)
        try:
            archive.sniff(one.name, data)
        except archive.Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return Upload(name=one.name, data=data, purpose=self.purpose)


class ActForm(MatterForm):
    """The form of one act on one request, which its fields call by its name."""

    def __init__(self, *args: Any, case: InformationRequest, by: User, at: datetime, **options: Any) -> None:
        self.case = case
        super().__init__(*args, matter=case, by=by, at=at, **options)

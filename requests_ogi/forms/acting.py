"""What the forms of the workplace are made of: text, days, files, and the edition of the case that a page showed."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from portal.archive import service as archive
from portal.moment import local_date
from portal.organisation.models import User
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


class ActForm(forms.Form):
    """The form of one act on one request, filled in by one person at one moment."""

    edition = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "页面不完整，请返回本件后重新办理。",
            "invalid": "页面不完整，请返回本件后重新办理。",
        },
    )

    def __init__(self, *args: Any, case: InformationRequest, by: User, at: datetime, **options: Any) -> None:
        self.case, self.by, self.at = case, by, at
        super().__init__(*args, label_suffix="", **options)
        self.fields["edition"].initial = case.edition
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the case: choices, limits, first values."""

    def catch_up(self, edition: int) -> None:
        """Take note of what others did meanwhile: the answers stay, and pressing the button again acts on what is now."""
        self.data = self.data.copy()
        self.data["edition"] = str(edition)

    @property
    def today(self) -> date:
        return local_date(self.at)

"""Fields that forgive how people type and say in whole Chinese sentences what to correct.

Full-width digits, stray blanks and Windows line ends become plain before anything is judged. No field sets `maxlength`:
a browser would cut a pasted text without a word; here it is refused with its length, and stays as typed. Only what is
more than twice too long is refused unread, and only its beginning comes back.
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script

from portal.texts.plain import normal

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


class PlainField(forms.CharField):
    """Text of one line, or of several with `lines`; `most` is counted in characters as people count them.

    `bearable` is what is read at all: blanks and line ends that vanish may make a text twice as long, nothing honest more.
    """

    def __init__(self, *, what: str, most: int, least: int = 0, lines: bool = False, **kwargs: Any) -> None:
        self.what, self.most, self.least, self.lines = what, most, least, lines
        self.bearable = 2 * most
        kwargs.setdefault("error_messages", {}).setdefault("required", f"请填写{what}。")
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        given = str(value or "")
        if len(given) > self.bearable:
            raise ValidationError(
                f"{self.what}最多{self.most}字，您填写了{len(given)}字，页面上只保留了前{self.most}字。请删减后再继续。"
            )
        text = _CONTROL.sub("", given.replace("\r\n", "\n").replace("\r", "\n"))
        return normal(text) if self.lines else re.sub(r"\s+", " ", normal(text))

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self.echo(super().bound_data(data, initial))

    def echo(self, given: Any) -> Any:
        """What comes back to the page of what was sent: all of it, unless it was too long to be read at all."""
        return given[: self.most] if isinstance(given, str) and len(given) > self.bearable else given

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                f"{self.what}最多{self.most}字，您填写了{len(value)}字。请删减后再继续；内容较多的，可以作为附件上传。"
                if self.lines
                else f"{self.what}最多{self.most}字，您填写了{len(value)}字，请删减后再继续。"
            )
        if value and len(value) < self.least:
            raise ValidationError(f"{self.what}太短，请填写完整（至少{self.least}个字）。")
        self.judge(value)

    def judge(self, value: str) -> None:
        """What a kind of text asks beyond its length; raises ValidationError."""


class FilesInput(forms.FileInput):
    """A file input that takes several files at once. With the form's media it says at once which of them are too large."""

    class Media:
        js = (Script("js/files.js", defer=True),)

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


def choose(what: str) -> dict[str, str]:
    """What a choice says when nothing, or nothing that exists, is chosen."""
    return {"required": f"请选择{what}。", "invalid_choice": f"所选的{what}不在列表中，请重新选择。"}


SHORT, MIDDLE = {"class": "width-10"}, {"class": "width-20"}


class TextField(PlainField):
    """A line of text, called by its label when something is wrong with it."""

    def __init__(self, *, label: str, max_length: int, **options: Any) -> None:
        super().__init__(what=label, most=max_length, label=label, **options)


class LongField(TextField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(lines=True, widget=forms.Textarea(attrs={"rows": rows}), **options)


class DayField(forms.DateField):
    """A day: chosen in the browser's calendar, or typed as 2026-11-21, 2026.11.21 or 2026年11月21日."""

    def __init__(self, *, label: str = "日期", **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **SHORT})
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"],
            label=label,
            error_messages={"required": f"请填写{label}。", "invalid": "日期不正确，请写成2026-11-21这样的格式。"},
            **options,
        )

    def to_python(self, value: Any) -> date | None:
        return super().to_python(normal(value) if isinstance(value, str) else value)

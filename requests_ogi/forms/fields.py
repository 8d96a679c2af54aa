"""Fields that forgive how people type and say in whole Chinese sentences what to correct.

Full-width digits, stray blanks and Windows line ends become plain before anything is judged. No field sets `maxlength`:
a browser would cut a pasted text without a word; here it is refused with its length, and stays as typed. Only what is
more than twice too long is refused unread, and only its beginning comes back.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from portal.archive import service as archive
from portal.web.fields import FilesInput, PlainField

from ..filing import Upload
from ..filing_drafts import MOST_FILES, most_bytes

_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"(0\d{2,3})(\d{7,8})(?:-?(\d{1,6}))?")
_ABROAD = re.compile(r"\+\d{7,15}")


class NameField(PlainField):
    """A name of a person or an organisation: letters and the marks names hold, no pictures."""

    def judge(self, value: str) -> None:
        if odd := "".join(dict.fromkeys(character for character in value if not _in_names(character))):
            raise ValidationError(f"{self.what}中含有“{odd}”，请按证件上的写法填写，不要使用表情或者其他符号。")
        if value and not any(character.isalpha() for character in value):
            raise ValidationError(f"{self.what}应当含有文字，请按证件上的写法填写。")


def _in_names(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in " ·•・.-—'’（）()《》“”、，,&/〇○"


class PhoneField(PlainField):
    """A telephone number: mobile, landline with its area code and extension, or one from abroad with its +."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace("＋", "+").replace("转", "-")
        text = re.sub(r"[\s()（）]", "", text)
        return re.sub(r"[—–－_‐]+", "-", text).removeprefix("+86").removeprefix("0086")

    def judge(self, value: str) -> None:
        digits = value.replace("-", "")
        if value and not (_MOBILE.fullmatch(digits) or _landline(value) or _ABROAD.fullmatch(digits)):
            raise ValidationError(
                "电话号码的格式不对。手机号码应为11位；固定电话请带区号，如 0951-1234567；境外号码请以 + 开头。"
            )

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        if _MOBILE.fullmatch(number.replace("-", "")):
            return number.replace("-", "")
        return _landline(number) or number


def _landline(text: str) -> str:
    area, dash, rest = text.partition("-")
    match = _LANDLINE.fullmatch(area + rest if dash and len(area) <= 4 else text)
    if match is None:
        return ""
    return f"{match[1]}-{match[2]}" + (f"-{match[3]}" if match[3] else "")


class EmailField(PlainField):
    """An e-mail address."""

    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s", "", super().to_python(value)).replace("。", ".")

    def judge(self, value: str) -> None:
        if value:
            try:
                validate_email(value)
            except ValidationError:
                raise ValidationError("电子邮箱的格式不对，应类似 name@example.com，请检查后重新填写。") from None


class PostcodeField(PlainField):
    """Six digits."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s-]", "", super().to_python(value))

    def judge(self, value: str) -> None:
        if value and not re.fullmatch(r"[0-9]{6}", value):
            raise ValidationError("邮政编码应为6位数字，请检查后重新填写。")


class Choice(forms.ChoiceField):
    """One of a few, shown as radio buttons; nothing is chosen for the citizen."""

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        sentence = f"请选择{what}。"
        super().__init__(error_messages={"required": sentence, "invalid_choice": sentence}, **kwargs)


class FilesField(forms.Field):
    """Files for one purpose, neither read nor judged: `judge_amount` comes first, then `upload_of` one by one."""

    widget = FilesInput

    def __init__(self, *, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{suffix}" for suffix in SUFFIXES)

    def clean(self, value: Iterable[UploadedFile] | None) -> tuple[UploadedFile, ...]:
        return tuple(value or ())


def judge_amount(files: Sequence[UploadedFile]) -> None:
    """Refuse at once, unread, more files than a request may have, or heavier ones. Raises ValidationError."""
    if len(files) > MOST_FILES:
        raise ValidationError(
            f"最多上传{MOST_FILES}个文件，您选了{len(files)}个，都没有收下。请减少文件，或把几页合并成一个 PDF 再上传。"
        )
    if sum(given.size or 0 for given in files) > most_bytes():
        most = most_bytes() // (1024 * 1024)
        raise ValidationError(f"全部文件合计不能超过 {most} MB，都没有收下。请压缩图片或降低扫描精度后再上传。")


def upload_of(given: UploadedFile, *, purpose: str) -> Upload:
    """Read one file, unless it is too big. Raises archive.Refused; what is in it is the archive's question."""
    archive.judge_size(str(given.name), given.size or 0)
    return Upload(str(given.name), given.read(), purpose)


SUFFIXES = tuple(suffix for kind in archive.Kind if kind is not archive.Kind.ZIP for suffix in kind.suffixes)
"""Endings of the kinds the archive takes in, for the file dialogue."""

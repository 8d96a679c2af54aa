"""The one-page forms of a correction, a suggestion and a complaint, and the form by which staff register one from paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from portal.archive import service as archive
from portal.moment import local_date
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.web.fields import DayField, PlainField, choose

from .. import rules, secrets
from ..filing import MotionFiling, Signature, Upload
from ..models import MotionFile
from ..rules import Refused
from ..vocabulary import Channel, Grievance, IdentityDocument, MotionKind
from .fields import Choice, EmailField, FilesField, NameField, PhoneField, judge_amount, upload_of
from .sending import LEAST_SECONDS, TrapField

KEY_SALT = "requests_ogi.motion"
PAPER_CHANNELS = [(one.value, one.label) for one in Channel if one is not Channel.ONLINE]
_DOCUMENTS = IdentityDocument.choices
_WIDTH = {"class": "width-20", "autocomplete": "off"}
_STALE = "页面打开的时间太久，请重新打开本页后填写并提交。"
_MOST_SECONDS = 24 * 3600


class MotionForm(forms.Form):
    """What the three have in common: a body, what it is about, files, and the mark that one filled-in form is one motion."""

    use_required_attribute = False
    kind: MotionKind
    called: ClassVar[dict[str, str]] = {}
    """What the two texts are called on the form of this kind."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    body = Choice(what="向哪个单位提出", label="向哪个单位提出")
    subject = PlainField(what="名称", most=200, least=2, label="名称")
    content = PlainField(what="具体内容", most=2000, least=5, lines=True, label="具体内容")

    def __init__(self, *args: Any, bodies: list[Body], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.bodies, self.at = bodies, at
        self.fields["body"].choices = [(body.code, body.name) for body in bodies]  # type: ignore[attr-defined]
        for name, what in self.called.items():
            field = self.fields[name]
            field.label = field.what = what  # type: ignore[attr-defined]
            field.error_messages["required"] = f"请填写{what}。"
        self.fields["key"].initial = signing.dumps([secrets.new_key(), at.isoformat()], salt=KEY_SALT)
        for name in ("name", "identity_number", "phone", "email"):
            if name in self.fields:
                self.fields[name].widget.attrs |= _WIDTH

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._identity(data)
        try:
            judge_amount([given for _, given in self._given(data)])
        except forms.ValidationError as fault:
            self.add_error("evidence", fault)
            return data
        uploads = []
        for purpose, given in self._given(data):
            try:
                upload = upload_of(given, purpose=purpose)
                archive.sniff(upload.name, upload.data)
                uploads.append(upload)
            except Refusal as refusal:
                self.add_error(purpose, str(refusal))
        self.uploads: tuple[Upload, ...] = tuple(uploads)
        return data

    def _given(self, data: dict[str, Any]) -> Iterator[tuple[str, UploadedFile]]:
        for purpose in MotionFile.Purpose.values:
            for given in data.get(purpose) or ():
                yield purpose, given

    def _identity(self, data: dict[str, Any]) -> None:
        document, number = data.get("identity_document"), data.get("identity_number")
        if document and number:
            try:
                data["identity_number"] = rules.identity_number(IdentityDocument(document), number)
            except Refused as refusal:
                self.add_error("identity_number", str(refusal))

    @property
    def chosen_body(self) -> Body:
        """The body chosen in a valid form."""
        return next(body for body in self.bodies if body.code == self.cleaned_data["body"])

    def submission_key(self) -> str:
        """The key of this filled-in form; a form whose key is not ours counts as a new one."""
        return self._opened()[0]

    def _opened(self) -> tuple[str, str]:
        try:
            key, opened = signing.loads(self.data.get("key", ""), salt=KEY_SALT)
        except (signing.BadSignature, ValueError):
            return secrets.new_key(), ""
        return str(key), str(opened)

    def filing(self) -> MotionFiling:
        """The motion as a value."""
        data = self.cleaned_data
        names = ("name", "identity_document", "identity_number", "phone", "email", "address")
        given = {name: data.get(name) or "" for name in names}
        if not given["identity_number"]:
            given["identity_document"] = ""
        return MotionFiling(
            kind=self.kind,
            subject=data["subject"],
            content=data["content"],
            signature=Signature(**given),
            grievance=data.get("grievance", ""),
            uploads=self.uploads,
        )


class CorrectionForm(MotionForm):
    """Records about oneself that are wrong (条例第四十一条)."""

    kind = MotionKind.CORRECTION
    called = {"subject": "要更正的政府信息记录", "content": "错在哪里，应当是什么"}

    name = NameField(what="姓名或者单位名称", most=100, label="姓名或者单位名称", help_text="与证件上的一致。")
    identity_document = forms.ChoiceField(
        label="证件类型",
        choices=_DOCUMENTS,
        widget=forms.Select(attrs={"class": "width-20"}),
        error_messages=choose("证件类型"),
    )
    identity_number = PlainField(
        what="证件号码", most=40, label="证件号码", help_text="单位填写统一社会信用代码。加密保存，只用于核对身份。"
    )
    phone = PhoneField(what="联系电话", most=40, label="联系电话")
    email = EmailField(
        what="电子邮箱", most=254, label="电子邮箱", required=False, help_text="填写后，办理情况会发邮件提醒您。"
    )
    identity = FilesField(
        purpose=MotionFile.Purpose.IDENTITY,
        label="身份证明",
        help_text="证件的扫描件或者照片。只能申请更正与本人（本单位）相关的记录。",
    )
    evidence = FilesField(
        purpose=MotionFile.Purpose.EVIDENCE,
        label="记录不准确的证明材料",
        help_text="能够证明记录有误的证件、登记表、文书等的扫描件或者照片。",
    )
    field_order = (
        "key", "body", "subject", "content", "evidence", "name", "identity_document", "identity_number",
        "identity", "phone", "email",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].help_text = "记录的名称、文号或者在哪里看到的，例如：某某名录第12项。"
        self.fields["content"].help_text = "写明记录上现在怎样写、正确的应当怎样写。最多2000字。"
        for name in ("identity", "evidence"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, sentence in (
            ("evidence", "请上传能够证明记录不准确的材料。"),
            ("identity", "请上传身份证明。"),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return data


class SuggestionForm(MotionForm):
    """Information that should be public without anybody asking (条例第四十四条)."""

    kind = MotionKind.SUGGESTION
    called = {"subject": "建议公开的信息", "content": "建议的理由"}

    name = NameField(what="姓名或者单位名称", most=100, label="姓名或者单位名称", required=False)
    phone = PhoneField(what="联系电话", most=40, label="联系电话", required=False)
    email = EmailField(
        what="电子邮箱", most=254, label="电子邮箱", required=False, help_text="填写后，答复时会发邮件提醒您。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].help_text = "例如：全市公共充电桩分布。"
        self.fields["content"].help_text = "为什么应当向全社会公开。最多2000字。"


class ComplaintForm(MotionForm):
    """A body that does not do what the Regulation wants (条例第四十七条、第五十一条). It may be made without a name."""

    kind = MotionKind.COMPLAINT
    called = {"subject": "涉及的信息或者事项", "content": "具体情况"}

    grievance = Choice(what="反映的问题", label="反映的问题", choices=Grievance.choices)
    number = PlainField(
        what="涉及的申请编号",
        most=60,
        label="涉及的申请编号",
        required=False,
        help_text="反映某份申请的办理情况的，请填写申请编号和查询码，处理人员才能调取该申请的办理记录。",
    )
    code = PlainField(what="该申请的查询码", most=60, label="该申请的查询码", required=False)
    evidence = FilesField(purpose=MotionFile.Purpose.EVIDENCE, label="证明材料", help_text="有助于核实的文书、照片等。")
    name = NameField(what="姓名或者单位名称", most=100, label="姓名或者单位名称", required=False)
    phone = PhoneField(what="联系电话", most=40, label="联系电话", required=False)
    email = EmailField(
        what="电子邮箱", most=254, label="电子邮箱", required=False, help_text="填写后，处理后会发邮件提醒您。"
    )
    field_order = (
        "key", "body", "grievance", "subject", "content", "number", "code", "evidence", "name", "phone", "email",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = "反映哪个单位的问题"
        self.fields["content"].help_text = "写明时间、经过和您的要求。最多2000字。"
        for name in ("number", "code"):
            self.fields[name].widget.attrs |= _WIDTH | {"spellcheck": "false", "autocapitalize": "characters"}

    def clean_number(self) -> str:
        return rules.normal(self.cleaned_data["number"]).upper().replace(" ", "").replace("—", "-").replace("–", "-")

    def clean_code(self) -> str:
        return rules.normal(self.cleaned_data["code"]).upper().replace(" ", "").replace("-", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("number") and not data.get("code") and "code" not in self.errors:
            self.add_error("code", "请填写该申请的查询码；没有查询码的，请把申请编号写在具体情况里。")
        return data


FORMS: dict[MotionKind, type[MotionForm]] = {
    form.kind: form for form in (CorrectionForm, SuggestionForm, ComplaintForm)
}


def public(kind: MotionKind) -> type[MotionForm]:
    """The form of a kind as citizens fill it in: with the two things that tell a machine from a person."""
    return _PUBLIC[kind]


class _Guarded:
    """`website` is a trap; and no person fills in a page within three seconds, nor leaves it open for a day."""

    def clean(self: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()  # type: ignore[misc]
        if self.data.get("website"):
            raise forms.ValidationError(
                "系统没有提交：页面上一个不应填写的栏目被填写了，可能是浏览器插件自动填写的。请关闭自动填写后再提交。"
            )
        _, opened = self._opened()
        seconds = (self.at - datetime.fromisoformat(opened)).total_seconds() if opened else _MOST_SECONDS + 1
        if seconds > _MOST_SECONDS:
            raise forms.ValidationError(_STALE)
        if seconds < LEAST_SECONDS and not self.errors:
            raise forms.ValidationError("提交得太快，系统不能确认是您本人填写的。请核对内容，稍等几秒再提交。")
        return data


class _Trap(forms.Form):
    website = TrapField(
        label="请不要填写此栏",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


_PUBLIC: dict[MotionKind, type[MotionForm]] = {
    kind: type(f"Public{form.__name__}", (_Guarded, form, _Trap), {}) for kind, form in FORMS.items()
}


class _Paper(forms.Form):
    """How and when a motion came that did not come over the internet."""

    channel = forms.ChoiceField(
        label="怎样提出的",
        choices=PAPER_CHANNELS,
        widget=forms.Select(attrs={"class": "width-20"}),
        error_messages=choose("提出的方式"),
    )
    received_on = DayField(label="收到日期")
    address = PlainField(
        what="通信地址", most=200, label="通信地址", required=False, help_text="需要邮寄告知书的填写。"
    )
    original = FilesField(purpose=MotionFile.Purpose.ORIGINAL, label="原件扫描件")

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day and day > local_date(self.at):  # type: ignore[attr-defined]
            raise forms.ValidationError("日期不能晚于今天，请核对后重新填写。")
        return day


_REGISTERED: dict[MotionKind, type[MotionForm]] = {
    kind: type(f"Registered{form.__name__}", (form, _Paper), {}) for kind, form in FORMS.items()
}


def registered(kind: MotionKind) -> type[MotionForm]:
    """The form of a kind as staff fill it in from paper."""
    return _REGISTERED[kind]

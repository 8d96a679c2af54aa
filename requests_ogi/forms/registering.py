"""The form with which staff register a request that did not come over the internet (条例第二十九条、第三十一条)."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from portal.moment import SHANGHAI, local_date
from portal.organisation.models import Body
from portal.regulations.schema import Channel as ChannelRule
from portal.web.fields import MIDDLE, SHORT, DayField, LongField, TextField, choose

from .. import rules, secrets
from ..filing import Aid, Arrival, Filing, Person, Upload, Wanted
from ..rules import Refused, triage
from ..vocabulary import ApplicantKind, Channel, Concern, Form, Help, IdentityDocument, Manner, ReceiptRule
from .acting import UploadsField
from .fields import EmailField, NameField, PhoneField, PostcodeField

AGENT = ("agent_name", "agent_identity_document", "agent_identity_number", "agent_phone")

AID = ("told_on", "told_time", "difficulty", "aid_record", "read_back")

ARRIVED = {
    ReceiptRule.SUBMISSION: "提交日期",
    ReceiptRule.SIGNING: "邮件送到日期",
    ReceiptRule.CONFIRMATION: "到达日期",
}


KEY_SALT = "requests_ogi.register"


class RegisterForm(forms.Form):
    """One channel, its evidence, and the request. Fields that the channel does not need are not there."""

    concern = forms.ChoiceField(
        label="来件是哪一类事项",
        choices=Concern.choices,
        initial=Concern.INFORMATION,
        widget=forms.RadioSelect,
        error_messages=choose("来件的类别"),
        help_text="政策咨询和信访不登记为公开申请，告知来人到相应渠道提出，或者转交承办机构。",
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)  # one filled-in form makes one request
    arrived_on = DayField()
    signed_on = DayField(label="签收日期", help_text="以邮件签收记录为准，这一天就是收到申请之日。")
    post_number = TextField(label="邮件号码", max_length=40, widget=forms.TextInput(attrs=MIDDLE))
    confirmed_on = DayField(
        label="双方确认收到的日期",
        required=False,
        help_text="已经与申请人确认的填写，这一天就是收到申请之日；还没有确认的留空，登记后再办理“与申请人确认”。",
    )
    confirmation_note = TextField(
        label="确认的方式和经过",
        max_length=200,
        required=False,
        help_text="写明时间、方式和经手人。",
        widget=forms.TextInput(attrs=MIDDLE),
    )

    told_on = DayField(label="通话、来访或者收电的日期")
    told_time = forms.TimeField(
        label="时间",
        help_text="24小时制，例如 9:30。",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", **SHORT}),
        error_messages={"required": "请填写时间。", "invalid": "时间不正确，请写成 9:30 这样的格式。"},
    )
    difficulty = TextField(
        label="书写困难的情况",
        max_length=200,
        help_text="申请应当采用书面形式，书写确有困难的才能口头提出（条例第二十九条）。例如“年老，不识字”。",
    )
    aid_record = TextField(
        label="记录", max_length=300, required=False, help_text="来电号码的归属、录音编号、电报挂号等，没有的不填。"
    )
    read_back = forms.BooleanField(
        label="代填的内容已经读给申请人，并经其确认无误",
        error_messages={"required": "代为填写后，请将内容读给申请人并经其确认，再登记。"},
    )

    kind = forms.ChoiceField(
        label="申请人类别", choices=ApplicantKind.choices, widget=forms.RadioSelect, error_messages=choose("申请人类别")
    )
    name = NameField(label="姓名或者单位名称", what="姓名或者单位名称", most=100, widget=forms.TextInput(attrs=MIDDLE))
    identity_document = forms.ChoiceField(
        label="证件类型",
        choices=IdentityDocument.choices,
        widget=forms.Select(attrs=MIDDLE),
        error_messages=choose("证件类型"),
    )
    identity_number = TextField(
        label="证件号码", max_length=40, help_text="单位填写统一社会信用代码。", widget=forms.TextInput(attrs=MIDDLE)
    )
    representative = NameField(
        label="法定代表人或者负责人",
        what="法定代表人或者负责人",
        most=60,
        required=False,
        widget=forms.TextInput(attrs=MIDDLE),
    )
    phone = PhoneField(
        label="联系电话", what="联系电话", most=40, widget=forms.TextInput(attrs={"inputmode": "tel", **MIDDLE})
    )
    email = EmailField(label="电子邮箱", what="电子邮箱", most=120, required=False)
    address = TextField(label="通信地址", max_length=200, required=False)
    postcode = PostcodeField(
        label="邮政编码", what="邮政编码", most=6, required=False, widget=forms.TextInput(attrs={"class": "width-5"})
    )
    agent_name = NameField(
        label="代理人姓名", what="代理人姓名", most=60, required=False, widget=forms.TextInput(attrs=MIDDLE)
    )
    agent_identity_document = forms.ChoiceField(
        label="代理人证件类型",
        required=False,
        choices=[("", "没有代理人"), *((one.value, one.label) for one in IdentityDocument if one != "credit_code")],
        widget=forms.Select(attrs=MIDDLE),
    )
    agent_identity_number = TextField(
        label="代理人证件号码", max_length=40, required=False, widget=forms.TextInput(attrs=MIDDLE)
    )
    agent_phone = PhoneField(
        label="代理人联系电话", what="代理人联系电话", most=40, required=False, widget=forms.TextInput(attrs=SHORT)
    )

    title = TextField(label="所需信息的名称", max_length=200, help_text="照申请人的表述录入，不要询问用途。")
    document_number = TextField(label="文号", max_length=100, required=False, widget=forms.TextInput(attrs=MIDDLE))
    description = LongField(
        label="便于查询的其他特征性描述",
        max_length=2000,
        required=False,
        rows=4,
        help_text="形成时间、制发机关、主要内容等。",
    )
    form = forms.ChoiceField(
        label="获取信息的形式", choices=Form.choices, widget=forms.RadioSelect, error_messages=choose("获取信息的形式")
    )
    manner = forms.ChoiceField(
        label="获取信息的方式",
        choices=Manner.choices,
        widget=forms.RadioSelect,
        error_messages=choose("获取信息的方式"),
    )
    help_needed = forms.ChoiceField(
        label="需要的协助", choices=Help.choices, required=False, widget=forms.Select(attrs=MIDDLE)
    )

    original = UploadsField(
        purpose="original", label="申请原件扫描件", help_text="申请表、信函、传真件、电子邮件或者代填表的扫描件。"
    )
    identity = UploadsField(purpose="identity", label="身份证明", help_text="身份证件或者营业执照等的复印件、照片。")
    authorisation = UploadsField(purpose="authorisation", label="授权委托书和代理人身份证明")

    SECTIONS = (
        ("到达情况", ("concern", "arrived_on", "signed_on", "post_number", "confirmed_on", "confirmation_note")),
        ("代为填写的情况", AID),
        (
            "申请人",
            (
                "kind",
                "name",
                "identity_document",
                "identity_number",
                "representative",
                "phone",
                "email",
                "address",
                "postcode",
            ),
        ),
        ("代理人（有委托时填写）", AGENT),
        (
            "所需信息",
            ("title", "document_number", "description", "form", "manner", "help_needed"),
        ),
        ("材料", ("original", "identity", "authorisation")),
    )

    def __init__(self, *args: Any, body: Body, channel: ChannelRule, at: datetime, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        self.body, self.channel, self.at = body, channel, at
        self.fields["key"].initial = signing.dumps(secrets.new_key(), salt=KEY_SALT)
        rule = ReceiptRule(channel.receipt)
        arrived: Any = self.fields["arrived_on"]
        arrived.label, arrived.initial = ARRIVED[rule], local_date(at)
        if rule is not ReceiptRule.SIGNING:
            del self.fields["signed_on"]
        if channel.code not in {Channel.REGISTERED_MAIL, Channel.ORDINARY_MAIL}:
            del self.fields["post_number"]
        elif rule is not ReceiptRule.SIGNING:
            self.fields["post_number"].required = False
        if not channel.assisted:
            for name in AID:
                del self.fields[name]
        else:
            self.fields["told_on"].initial = local_date(at)
        if rule is not ReceiptRule.CONFIRMATION:
            del self.fields["confirmed_on"], self.fields["confirmation_note"]

    def sections(self) -> list[dict[str, Any]]:
        """The fields in their groups: for the page."""
        return [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]}
            for title, names in self.SECTIONS
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("concern"):
            try:
                triage.is_a_request(data["concern"], office=self.body.office_name, phone=self.body.phone)
            except Refused as refusal:
                self.add_error("concern", str(refusal))
        self._judge_identity("identity_document", "identity_number")
        if any(data.get(name) for name in AGENT):
            for name, sentence in (
                ("agent_name", "请填写代理人姓名。"),
                ("agent_identity_document", "请选择代理人的证件类型。"),
                ("agent_identity_number", "请填写代理人的证件号码。"),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
            self._judge_identity("agent_identity_document", "agent_identity_number")
        kind, document = data.get("kind"), data.get("identity_document")
        if kind and document and not rules.document_fits(ApplicantKind(kind), IdentityDocument(document)):
            self.add_error("identity_document", "自然人填写本人身份证件，单位填写统一社会信用代码证书，请重新选择。")
        if data.get("manner") == Manner.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", "申请人要求以电子邮件接收答复，请填写电子邮箱。")
        if data.get("manner") == Manner.POST and not data.get("address") and "address" not in self.errors:
            self.add_error("address", "申请人要求邮寄答复，请填写通信地址。")
        if data.get("confirmed_on") and not data.get("confirmation_note"):
            self.add_error("confirmation_note", "已经确认的，请写明怎样与申请人确认，作为收到日期的依据。")
        self._judge_receipt(data)
        return data

    def _judge_identity(self, document: str, number: str) -> None:
        kind, text = self.cleaned_data.get(document), self.cleaned_data.get(number)
        if not kind or not text:
            return
        try:
            self.cleaned_data[number] = rules.identity_number(IdentityDocument(kind), text)
        except Refused as refusal:
            self.add_error(number, str(refusal))

    def _judge_receipt(self, data: dict[str, Any]) -> None:
        for name in ("arrived_on", "signed_on", "confirmed_on"):
            if (day := data.get(name)) and day > local_date(self.at):
                self.add_error(name, "日期不能晚于今天，请核对后重新填写。")
        if not self.errors:
            try:
                self.receipt()
            except Refused as refusal:
                self.add_error("confirmed_on" if "confirmed_on" in self.fields else "arrived_on", str(refusal))

    def receipt(self) -> rules.Receipt:
        """The day of receipt that the filled-in days lead to. Raises Refused."""
        days = {name: self.cleaned_data.get(name) for name in ("arrived_on", "signed_on", "confirmed_on")}
        return rules.received_on(ReceiptRule(self.channel.receipt), **days)

    def submission_key(self) -> str:
        """The key of this filled-in form; a form whose key is not ours counts as a new one."""
        try:
            return str(signing.loads(self.cleaned_data["key"], salt=KEY_SALT))
        except signing.BadSignature:
            return secrets.new_key()

    def filing(self) -> Filing:
        """The request as a value."""
        data = self.cleaned_data
        uploads: tuple[Upload, ...] = (*data["original"], *data["identity"], *data["authorisation"])
        return Filing(
            person=Person(
                kind=ApplicantKind(data["kind"]),
                name=data["name"],
                identity_document=IdentityDocument(data["identity_document"]),
                identity_number=data["identity_number"],
                **{name: data[name] for name in ("phone", "email", "address", "postcode", "representative", *AGENT)},
            ),
            wanted=Wanted(
                title=data["title"],
                form=Form(data["form"]),
                manner=Manner(data["manner"]),
                document_number=data["document_number"],
                description=data["description"],
                help_needed=Help(data["help_needed"]),
            ),
            arrival=Arrival(
                channel=Channel(self.channel.code),
                arrived_on=data["arrived_on"],
                signed_on=data.get("signed_on"),
                confirmed_on=data.get("confirmed_on"),
                confirmation_note=data.get("confirmation_note", ""),
                post_number=data.get("post_number", ""),
            ),
            uploads=uploads,
            aid=self._aid(),
        )

    def _aid(self) -> Aid | None:
        """The record of filling in for the applicant, where staff did."""
        data = self.cleaned_data
        if not self.channel.assisted:
            return None
        return Aid(
            told_at=datetime.combine(data["told_on"], data["told_time"], SHANGHAI),
            difficulty=data["difficulty"],
            read_back=data["read_back"],
            record=data["aid_record"],
        )

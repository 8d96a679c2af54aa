"""The pages of the citizen's form. Strings into values, nothing more.

Each page is a form that knows the answers of the pages before it, because one answer decides what another must hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.web.fields import PlainField

from .. import rules
from ..filing import Arrival, Filing, Person, Upload, Wanted
from ..models import Attachment, FilingDraftFile
from ..rules import Refused, triage
from ..vocabulary import ApplicantKind, Channel, Concern, Form, Help, IdentityDocument, Manner
from .fields import Choice, EmailField, FilesField, NameField, PhoneField, PostcodeField, judge_amount

Answers = dict[str, dict[str, Any]]
PERSONAL_DOCUMENTS = [
    (document.value, document.label) for document in IdentityDocument if document != IdentityDocument.CREDIT_CODE
]
MANNERS = {
    Manner.ONLINE: "网上查看和下载（答复后凭查询码在本网站下载）",
    Manner.EMAIL: "电子邮件（发送到您的邮箱）",
    Manner.POST: "邮寄（按您的地址寄送，不收费）",
    Manner.IN_PERSON: "当面领取（到受理机构领取）",
}


@dataclass(frozen=True)
class SoFar:
    """What a page must know of the rest: the answers given, the bodies one may ask, the files kept, the law of the body.

    `proof_owed`: this body asks every applicant for a proof of identity; `purpose_owed`: the law wants to know what for.
    """

    answers: Answers
    bodies: Sequence[Body] = ()
    kept: Sequence[FilingDraftFile] = ()
    proof_owed: bool = True
    purpose_owed: bool = False

    @property
    def natural(self) -> bool:
        """Whether the applicant is a natural person."""
        return bool(self.answers.get("kind", {}).get("kind") == ApplicantKind.NATURAL)

    @property
    def by_agent(self) -> bool:
        """Whether somebody acts for the applicant."""
        return bool(self.answers.get("kind", {}).get("by_agent") == "yes")

    @property
    def manner(self) -> str:
        """How the answer is to be sent; empty while that was not asked."""
        return str(self.answers.get("reply", {}).get("manner", ""))


class Page(forms.Form):
    """One page of the form. `slug` is its address, `title` its heading."""

    slug: ClassVar[str]
    title: ClassVar[str]
    use_required_attribute = False

    def __init__(self, *args: Any, so_far: SoFar, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.so_far = so_far
        self.fit()

    def fit(self) -> None:
        """Make the page fit what was answered before."""

    @classmethod
    def asked(cls, so_far: SoFar) -> bool:
        """Whether this citizen is asked this page at all."""
        return True


class KindPage(Page):
    """Whom one asks, as what, and whether somebody acts for the applicant."""

    slug, title = "kind", "由谁提出申请"

    concern = Choice(
        what="您要办的事",
        label="您要办的是哪一件事",
        choices=Concern.choices,
        help_text="政策咨询和信访不通过这里办理，选择后会告诉您到哪里办。",
    )
    body = Choice(what="向哪个单位申请", label="向哪个单位申请")
    kind = Choice(what="申请人类别", label="申请人是", choices=ApplicantKind.choices)
    by_agent = Choice(
        what="由谁办理申请手续",
        label="由谁办理申请手续",
        choices=[("no", "申请人自己办理"), ("yes", "委托代理人办理")],
        help_text="委托他人办理的，后面需要上传授权委托书和代理人的身份证明。",
    )

    def fit(self) -> None:
        self.fields["body"].choices = [(body.code, body.name) for body in self.so_far.bodies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        body = next((one for one in self.so_far.bodies if one.code == self.cleaned_data.get("body")), None)
        if body is not None and self.cleaned_data.get("concern"):
            try:
                triage.is_a_request(self.cleaned_data["concern"], office=body.office_name, phone=body.phone)
            except Refused as refusal:
                self.add_error("concern", str(refusal))
        return self.cleaned_data

    def hide_body(self) -> None:
        """Carry the body along without asking again."""
        self.fields["body"].widget = forms.HiddenInput()


class ApplicantPage(Page):
    """Who asks (条例第二十九条第二款第一项)."""

    slug, title = "applicant", "申请人的身份"

    name = NameField(what="姓名", most=100, label="姓名", help_text="与证件上的姓名一致。")
    identity_document = Choice(what="证件类型", label="证件类型", choices=PERSONAL_DOCUMENTS)
    identity_number = PlainField(what="证件号码", most=40, label="证件号码")
    representative = NameField(what="法定代表人或者负责人姓名", most=50, label="法定代表人或者负责人姓名")

    def fit(self) -> None:
        self.fields["identity_number"].widget.attrs |= {
            "class": "width-20",
            "autocomplete": "off",
            "spellcheck": "false",
        }
        if self.so_far.natural:
            del self.fields["representative"]
            self.fields["name"].widget.attrs |= {"class": "width-20", "autocomplete": "name"}
            self.fields["identity_number"].help_text = "仅用于核对申请人身份，加密保存，工作人员平时只能看到部分数字。"
            return
        del self.fields["identity_document"]
        self.fields["name"] = NameField(
            what="单位名称", most=100, label="单位名称", help_text="与统一社会信用代码证书上的名称一致。"
        )
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        self.fields["identity_number"].label = "统一社会信用代码"
        self.fields["identity_number"].error_messages["required"] = "请填写统一社会信用代码。"
        self.fields["representative"].widget.attrs["class"] = "width-20"
        self.order_fields(("name", "identity_number", "representative"))

    def clean(self) -> dict[str, Any]:
        if not self.so_far.natural:
            self.cleaned_data["identity_document"] = IdentityDocument.CREDIT_CODE.value
        _judge_number(self, "identity_document", "identity_number")
        return self.cleaned_data


class AgentPage(Page):
    """Who acts for the applicant."""

    slug, title = "agent", "代理人的身份"

    agent_name = NameField(what="代理人姓名", most=50, label="代理人姓名", help_text="与代理人证件上的姓名一致。")
    agent_identity_document = Choice(what="代理人证件类型", label="代理人证件类型", choices=PERSONAL_DOCUMENTS)
    agent_identity_number = PlainField(what="代理人证件号码", most=40, label="代理人证件号码")
    agent_phone = PhoneField(what="代理人联系电话", most=40, label="代理人联系电话")

    @classmethod
    def asked(cls, so_far: SoFar) -> bool:
        return so_far.by_agent

    def fit(self) -> None:
        for name in ("agent_name", "agent_identity_number", "agent_phone"):
            self.fields[name].widget.attrs |= {"class": "width-20", "autocomplete": "off"}
        self.fields["agent_phone"].widget.input_type = "tel"

    def clean(self) -> dict[str, Any]:
        _judge_number(self, "agent_identity_document", "agent_identity_number")
        return self.cleaned_data


def _judge_number(form: forms.Form, document: str, number: str) -> None:
    """Put the number in its normal form, or say at its field what is wrong with it."""
    if form.cleaned_data.get(document) and form.cleaned_data.get(number):
        try:
            form.cleaned_data[number] = rules.identity_number(
                IdentityDocument(form.cleaned_data[document]), form.cleaned_data[number]
            )
        except Refused as refusal:
            form.add_error(number, str(refusal))


class InformationPage(Page):
    """What is asked for (条例第二十九条第二款第二项). What for is nobody's business: there is no such field."""

    slug, title = "information", "您需要什么信息"

    wanted = PlainField(
        what="所需信息的名称",
        most=200,
        least=2,
        label="所需信息的名称",
        help_text="一次申请写一项信息最容易查找，例如：2025年度技术改造专项资金项目安排表。",
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea-short"}),
    )
    document_number = PlainField(
        what="文号",
        most=100,
        label="文号",
        required=False,
        help_text="知道文件编号的请填写，例如：某政发〔2025〕10号。",
    )
    description = PlainField(
        what="其他特征性描述",
        most=2000,
        lines=True,
        label="其他特征性描述",
        required=False,
        help_text="制作时间、涉及的地区、单位或者事项等，写得越具体越容易查到。最多2000字。",
    )

    def fit(self) -> None:
        if not self.so_far.purpose_owed:
            self.fields["description"].help_text += "不需要说明用途。"
        self.fields["document_number"].widget.attrs["class"] = "width-20"


class ReplyPage(Page):
    """In which form and by which way (条例第二十九条第二款第三项), and what help is needed (第四十三条)."""

    slug, title = "reply", "怎样提供给您"

    form = Choice(
        what="获取信息的形式",
        label="希望得到的形式",
        choices=Form.choices,
        help_text="本机关按您的要求提供；确实无法按要求提供的，会用其他适当的形式提供。",
    )
    manner = Choice(
        what="答复送达的方式",
        label="答复怎样送给您",
        choices=[(manner.value, words) for manner, words in MANNERS.items()],
    )
    help_needed = forms.ChoiceField(
        label="是否需要协助",
        choices=Help.choices,
        required=False,
        initial="",
        widget=forms.RadioSelect,
        help_text="有阅读困难或者视听障碍的，本机关会提供必要的帮助。",
        error_messages={"invalid_choice": "请选择是否需要协助。"},
    )


class ContactPage(Page):
    """How to reach the applicant; the chosen manner decides what cannot be missing."""

    slug, title = "contact", "怎样联系您"

    phone = PhoneField(
        what="联系电话",
        most=40,
        label="联系电话",
        help_text="手机号码，或者带区号的固定电话。只在需要核实申请内容时使用。",
    )
    email = EmailField(what="电子邮箱", most=254, label="电子邮箱", required=False)
    address = PlainField(what="通信地址", most=200, label="通信地址", required=False)
    postcode = PostcodeField(what="邮政编码", most=20, label="邮政编码", required=False)

    def fit(self) -> None:
        self.fields["phone"].widget.attrs |= {"class": "width-20", "autocomplete": "tel"}
        self.fields["phone"].widget.input_type = "tel"
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "spellcheck": "false"}
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"
        self.fields["postcode"].widget.attrs |= {
            "class": "width-5",
            "autocomplete": "postal-code",
            "inputmode": "numeric",
        }
        manner = self.so_far.manner
        self._need("email", manner == Manner.EMAIL, "您选择用电子邮件接收答复，请填写能够正常收信的邮箱。")
        for name in ("address", "postcode"):
            self._need(name, manner == Manner.POST, "")
        self.fields["address"].help_text = (
            "您选择邮寄，答复文书将寄到这个地址，请写到门牌号。"
            if manner == Manner.POST
            else "答复需要改为邮寄时使用。"
        )
        if manner != Manner.EMAIL:
            self.fields["email"].help_text = "填写后，每一步办理情况都会发邮件提醒您。"

    def _need(self, name: str, needed: bool, why: str) -> None:
        self.fields[name].required = needed
        self.fields[name].widget.is_required = needed
        if why and needed:
            self.fields[name].help_text = why


@carries("LD-A8-6b")
class FilesPage(Page):
    """Proofs of identity and other papers. Those kept before are in `so_far`; new ones are `handed_in`, still unread."""

    slug, title = "files", "上传材料"

    identity = FilesField(purpose=Attachment.Purpose.IDENTITY, label="申请人身份证明")
    authorisation = FilesField(
        purpose=Attachment.Purpose.AUTHORISATION,
        label="授权委托书",
        help_text="写明委托事项和权限，由申请人签名或者盖章后扫描、拍照上传。",
    )
    agent_identity = FilesField(
        purpose=Attachment.Purpose.AGENT_IDENTITY,
        label="代理人身份证明",
        help_text="代理人证件的扫描件或者照片。",
    )
    description = FilesField(
        purpose=Attachment.Purpose.DESCRIPTION,
        label="与所需信息有关的材料",
        help_text="有助于查找信息的图片、文件等。",
    )

    def fit(self) -> None:
        if not self.so_far.by_agent:
            del self.fields["authorisation"], self.fields["agent_identity"]
        proof = (
            "身份证件的扫描件或者照片，正反面都要清晰。"
            if self.so_far.natural
            else "统一社会信用代码证书的扫描件或者照片。"
        )
        self.fields["identity"].help_text = proof
        for name in self.owed():
            self.fields[name].required = True

    def owed(self) -> tuple[str, ...]:
        """The purposes for which a file must be there."""
        proofs = ("identity",) if self.so_far.proof_owed else ()
        return (*proofs, "authorisation", "agent_identity") if self.so_far.by_agent else proofs

    def clean(self) -> dict[str, Any]:
        handed_in = list(self.handed_in())
        try:
            judge_amount([given for _, given in handed_in])
        except forms.ValidationError as fault:
            self.add_error(handed_in[0][0], fault)
        return self.cleaned_data

    def handed_in(self) -> Iterator[tuple[str, UploadedFile]]:
        """What was handed in now, with the purpose of each."""
        for purpose in self.fields:
            for given in self.cleaned_data.get(purpose, ()):
                yield purpose, given

    def missing(self) -> dict[str, str]:
        """For each purpose that is still without a file, what to do."""
        there = {file.purpose for file in self.so_far.kept}
        return {name: f"请上传{self.fields[name].label}。" for name in self.owed() if name not in there}


PAGES: tuple[type[Page], ...] = (
    KindPage,
    ApplicantPage,
    AgentPage,
    InformationPage,
    ReplyPage,
    ContactPage,
    FilesPage,
)


def pages_asked(so_far: SoFar) -> list[type[Page]]:
    """The pages this citizen is asked, in order."""
    return [page for page in PAGES if page.asked(so_far)]


def unanswered(so_far: SoFar) -> type[Page] | None:
    """The first page that is not answered as it must be, or None when the form can be sent."""
    for page in pages_asked(so_far):
        given = so_far.answers.get(page.slug)
        if given is None or not page(given, so_far=so_far).is_valid():
            return page
        if page is FilesPage and FilesPage(so_far=so_far).missing():
            return page
    return None


def filing_of(answers: Answers, uploads: tuple[Upload, ...], *, on: date) -> Filing:
    """The whole form as values. Only called when nothing is unanswered."""
    applicant, contact, reply = answers["applicant"], answers["contact"], answers["reply"]
    agent = answers["agent"] if SoFar(answers).by_agent else {}
    information = answers["information"]
    purposes = {"authorisation", "agent_identity"}
    return Filing(
        person=Person(
            kind=ApplicantKind(answers["kind"]["kind"]),
            name=applicant["name"],
            identity_document=IdentityDocument(applicant["identity_document"]),
            identity_number=applicant["identity_number"],
            representative=applicant.get("representative", ""),
            phone=contact["phone"],
            email=contact["email"],
            address=contact["address"],
            postcode=contact["postcode"],
            **agent,
        ),
        wanted=Wanted(
            title=information["wanted"],
            document_number=information["document_number"],
            description=information["description"],
            form=Form(reply["form"]),
            manner=Manner(reply["manner"]),
            help_needed=Help(reply["help_needed"]),
        ),
        arrival=Arrival(Channel.ONLINE, on),
        uploads=tuple(upload for upload in uploads if agent or upload.purpose not in purposes),
    )

"""The forms of asking others before the decision: a third party, a co-maker, an authority; and what is made of their word."""

from collections.abc import Iterable
from typing import Any

from django import forms

from portal.letters.service import Manner as ServiceManner
from portal.moment import chinese_date
from portal.web.fields import MIDDLE, SHORT, DayField, LongField, TextField, choose

from ..models import Consultation
from ..rules.consulting import ASKING
from ..vocabulary import OF_OBJECTIONS, OF_SILENCE, Asked, Opinion, Weighed
from ..workflow.common import law_of
from ..workflow.weighing import untold, weighable
from .acting import ActForm
from .fields import EmailField
from .staff import DeliveredForm

PAPER = [(manner.value, manner.label) for manner in ServiceManner if manner != ServiceManner.ELECTRONIC]
"""How a letter goes to somebody who is not the applicant: nobody but the applicant chose an electronic way."""


class _AskForm(DeliveredForm):
    """A letter to somebody who is asked."""

    kind: Asked

    party = TextField(label="名称", max_length=100, widget=forms.TextInput(attrs=MIDDLE))
    contact = TextField(label="联系方式", max_length=200, required=False, help_text="电话、地址，用于送达。")
    content = LongField(
        label="涉及的信息内容",
        max_length=2000,
        rows=4,
        help_text="会写入函件。只写与对方有关的内容，不要透露申请人是谁。",
    )
    field_order = ("edition", "party", "contact", "email", "content", "working_days", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        self.fields["manner"].help_text = self.term_words(law_of(self.case).term(ASKING[self.kind].term).words)

    def term_words(self, words: str) -> str:
        return f"对方应当自收到函件之日起{words}内提出意见。"

    def manners(self) -> list[tuple[str, str]]:
        return PAPER


class ConsultForm(_AskForm):
    kind = Asked.THIRD_PARTY

    email = EmailField(
        what="第三方电子邮箱",
        most=100,
        label="第三方电子邮箱",
        required=False,
        help_text="填写的，会同时发送网上反馈的链接；征求意见书仍须书面送达。",
    )
    working_days = forms.IntegerField(
        label="反馈期限（工作日）",
        error_messages={"required": "请填写反馈期限。", "invalid": "反馈期限应当是整数。"},
        widget=forms.NumberInput(attrs=SHORT),
        help_text="本机关的规定要求逐件明确答复期限，最长不超过法定期限。",
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["party"].label = "第三方名称"
        self.fields["contact"].label = "第三方联系方式"
        self.fields["content"].label = "涉及该第三方的信息内容"
        law = law_of(self.case)
        if law.option("third_party.deadline") == "set_per_case":
            self.fields["working_days"].initial = law.term(ASKING[self.kind].term).amount
        else:
            del self.fields["working_days"]


class ConsultOrganForm(_AskForm):
    kind = Asked.CO_MAKER

    def prepare(self) -> None:
        super().prepare()
        self.fields["party"].label = "共同制作机关名称"


class ReferForm(_AskForm):
    kind = Asked.AUTHORITY

    def prepare(self) -> None:
        super().prepare()
        self.fields["party"].label = "主管部门或者保密行政管理部门名称"
        self.fields["content"].label = "不能确定是否可以公开的内容"

    def term_words(self, words: str) -> str:
        return f"内部催办期限为{words}。法律没有规定对方的答复期限，本件的答复期限照常计算，请提前安排。"


class _PartyForm(ActForm):
    """An act on one of those who were asked."""

    asked = forms.ModelChoiceField(
        Consultation.objects.none(),
        label="征求对象",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("征求对象"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["asked"]
        field.queryset = self.parties()
        field.label_from_instance = lambda asked: (
            f"{asked.party}（{asked.get_kind_display()}，{chinese_date(asked.sent_on)}发出）"
        )
        if not self.is_bound:
            field.initial = field.queryset.first()

    def parties(self) -> Any:
        return self.case.consultations.unanswered().order_by("sent_on", "pk")


class ServePartyForm(_PartyForm):
    served_on = DayField(label="对方收到日期", help_text="以邮件签收记录或者送达回证为准，反馈期限自次日起计算。")


class HearForm(_PartyForm):
    replied_on = DayField(
        label="收到意见的日期", help_text="因征求意见扣除时间的，自次日起继续计算；逾期提出的，会注明逾期。"
    )
    opinion = forms.ChoiceField(
        label="对方的意见", choices=Opinion.choices, widget=forms.RadioSelect, error_messages=choose("对方的意见")
    )
    reasons = LongField(
        label="对方的理由",
        max_length=2000,
        rows=4,
        required=False,
        help_text="不同意公开的必须填写，以便判断理由是否合理。",
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["replied_on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opinion") == Opinion.OBJECTS and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "不同意公开的，请写明理由，以便判断理由是否合理。")
        return data


class WeighForm(_PartyForm):
    finding = forms.ChoiceField(
        label="审查结论", widget=forms.RadioSelect, error_messages=choose("审查结论"), choices=Weighed.choices
    )
    reasons = LongField(
        label="审查理由",
        max_length=2000,
        rows=4,
        help_text="写明为什么理由合理或者不合理、公共利益受到什么影响，作为拟办和应诉的依据。",
    )

    def prepare(self) -> None:
        super().prepare()
        field: Any = self.fields["finding"]
        field.choices = [(one.value, one.label) for one in self.findings()]

    def parties(self) -> Any:
        return weighable(self.case, at=self.at)

    def findings(self) -> Iterable[Weighed]:
        """Those that may fit somebody here: of objections, of silence, or both."""
        opinions = {asked.opinion for asked in self.parties()}
        objected, silent = Opinion.OBJECTS in opinions, None in opinions
        return (*(OF_OBJECTIONS if objected else ()), *(OF_SILENCE if silent else ()))


class NotifyPartyForm(DeliveredForm):
    asked = forms.ModelChoiceField(
        Consultation.objects.none(),
        label="第三方",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("第三方"),
    )
    content = LongField(
        label="决定公开的内容",
        max_length=2000,
        rows=4,
        help_text="会写入告知书：第三方不同意、而本机关决定公开的是哪些内容。不要透露申请人是谁。",
    )
    reasons = LongField(
        label="公开的理由", max_length=2000, rows=4, help_text="会写入告知书。第三方可以据此申请行政复议或者提起诉讼。"
    )
    field_order = ("edition", "asked", "content", "reasons", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        self.fields["manner"].help_text = "第三方没有选择电子方式，应当邮寄或者当面送达。"
        field: Any = self.fields["asked"]
        field.queryset = untold(self.case).order_by("sent_on", "pk")
        field.label_from_instance = lambda asked: f"{asked.party}（{asked.get_finding_display()}）"
        first = field.queryset.first()
        if not self.is_bound and first is not None:
            field.initial = first
            self.fields["content"].initial = first.content
            self.fields["reasons"].initial = first.finding_reasons

    def manners(self) -> list[tuple[str, str]]:
        return PAPER

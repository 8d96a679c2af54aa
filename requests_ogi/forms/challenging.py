"""The forms of reconsideration and litigation: strings into values."""

from typing import Any

from django import forms

from portal.regulations import library
from portal.regulations.schema import Term
from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..models import Challenge
from ..rules.challenging import defence_term
from ..vocabulary import ANSWER, ChallengeKind, ChallengeResult, ChallengeState, Procedure
from ..workflow.common import law_of
from .acting import ActForm, UploadsField


class RegisterChallengeForm(ActForm):
    """A notice that came. `case` is the request it is about."""

    kind = forms.ChoiceField(
        label="类别", choices=ChallengeKind.choices, widget=forms.RadioSelect, error_messages=choose("类别")
    )
    procedure = forms.ChoiceField(
        label="行政复议的审理程序",
        choices=(*Procedure.choices, ("", "不适用（行政诉讼）")),
        required=False,
        widget=forms.RadioSelect,
    )
    review = forms.ModelChoiceField(
        Challenge.objects.none(),
        label="此前的行政复议",
        required=False,
        empty_label="无",
        help_text="复议后起诉的必须选择，只列出本件已经审结的行政复议。",
        error_messages=choose("此前的行政复议"),
    )
    authority = TextField(label="复议机关或者人民法院", max_length=100, widget=forms.TextInput(attrs=MIDDLE))
    case_number = TextField(
        label="案号",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=MIDDLE),
        help_text="通知书上有案号的填写。",
    )
    received_on = DayField(
        label="收到通知的日期", help_text="收到行政复议答复通知书或者应诉通知书的日期，答复举证期限自次日起计算。"
    )
    summary = LongField(
        label="请求和理由摘要", max_length=2000, rows=5, help_text="加密保存，会写入答复书（答辩状）草稿。"
    )

    def prepare(self) -> None:
        field: Any = self.fields["review"]
        field.queryset = self.case.challenges.filter(
            kind=ChallengeKind.RECONSIDERATION, state=ChallengeState.CONCLUDED
        ).order_by("-pk")
        field.label_from_instance = lambda one: f"{one.number} {one.authority}（{one.get_result_display()}）"
        if not field.queryset.exists():
            del self.fields["review"]
        words = [
            self._term(*case).words
            for case in (("reconsideration", "simple"), ("reconsideration", "ordinary"), ("litigation_direct", ""))
        ]
        self.fields[
            "procedure"
        ].help_text = (
            "以行政复议答复通知书为准。自收到之日的次日起，简易程序{}、普通程序{}内答复举证，行政诉讼{}内答辩。".format(
                *words
            )
        )
        self.fields["authority"].initial = self.case.body.reconsideration_authority
        self.fields["received_on"].initial = self.today

    def _term(self, kind: str, procedure: str) -> Term:
        law = library.profile(self.case.body.profile, self.today)
        return law.term(defence_term(ChallengeKind(kind), procedure))


class DefendForm(ActForm):
    submitted_on = DayField(
        label="提交日期", help_text="向复议机关或者人民法院提交答复书（答辩状）和证据的日期；逾期的如实填写。"
    )
    paper = UploadsField(purpose="defence", most=1, label="已提交的答复书或者答辩状", help_text="上传盖章后的扫描件。")

    def prepare(self) -> None:
        self.fields["submitted_on"].initial = self.today
        self.fields["paper"].required = True


class ConcludeForm(ActForm):
    result = forms.ChoiceField(
        label="结果",
        choices=ChallengeResult.choices,
        widget=forms.RadioSelect,
        help_text="按年度报告表四的口径：撤销、变更、确认违法、责令履行的计入结果纠正，维持原行为、驳回请求的计入结果维持，其余（不予受理、终止、撤回等）计入其他结果。",
        error_messages=choose("结果"),
    )
    withdrawn = forms.BooleanField(label="因申请人（原告）撤回而终结", required=False)
    decided_on = DayField(label="决定（裁判）日期")
    served_on = DayField(label="决定书送达本机关的日期", help_text="重新办理的，答复期限自这一天的次日起计算。")
    ordered_days = forms.IntegerField(
        label="限期重新答复（工作日）",
        required=False,
        widget=forms.NumberInput(attrs={"class": "width-5"}),
        error_messages={"invalid": "天数应当是整数。"},
    )
    consequence = LongField(
        label="决定主要内容和后续处理", max_length=2000, rows=4, required=False, help_text="结果纠正的必须填写。"
    )
    paper = UploadsField(
        purpose="decision", most=1, label="决定书或者裁判文书", help_text="上传扫描件，作为登记结果的依据。"
    )

    def prepare(self) -> None:
        self.fields["paper"].required = True
        most = law_of(self.case.request).term(ANSWER).amount
        self.fields["ordered_days"].help_text = (
            f"决定写明期限的填写，1至{most}；按自然日规定的，请折算为不晚于该日的工作日数。"
            f"没有写明的留空，按法定答复期限{most}个工作日计算。"
        )


class RedoForm(ActForm):
    """The button that opens the request anew."""

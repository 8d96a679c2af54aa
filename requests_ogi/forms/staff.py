"""The forms of the acts staff do on a request: strings into values, and nothing more."""

from collections.abc import Iterable
from typing import Any

from django import forms

from portal.letters.service import Manner as ServiceManner
from portal.organisation.models import Department
from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..vocabulary import COMPLETION, ConsentForm, Form, Outcome
from ..workflow.common import chose_electronic, law_of
from ..workflow.completing import posted_blindly
from .acting import ActForm, UploadsField


class ConfirmReceiptForm(ActForm):
    confirmed_on = DayField(label="双方确认收到的日期", help_text="这一天就是收到申请之日，答复期限自次日起计算。")
    note = TextField(
        label="确认的方式和经过",
        max_length=200,
        help_text="写明时间、方式和经手人，例如“11月20日上午电话联系，接听人确认，经手人陈立新”。不要写电话号码和身份证号。",
        widget=forms.TextInput(attrs=MIDDLE),
    )

    def prepare(self) -> None:
        self.fields["confirmed_on"].initial = self.today


class _DepartmentForm(ActForm):
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="承办机构",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("承办机构"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["department"]
        field.queryset = Department.objects.filter(body=self.case.body_id).order_by("order", "pk")
        field.label_from_instance = lambda department: department.name


class AssignForm(_DepartmentForm):
    pass


class ReassignForm(_DepartmentForm):
    def prepare(self) -> None:
        super().prepare()
        field: Any = self.fields["department"]
        field.queryset = field.queryset.exclude(pk=self.case.department_id)
        field.label = "改由哪个机构承办"


class GiveBackForm(ActForm):
    why = LongField(
        label="退回的理由",
        max_length=300,
        rows=3,
        help_text="写明为什么不属于本单位职责，并建议由哪个机构承办。该理由会写入不可更改的办理记录，不要写个人信息。",
    )


class DeliveredForm(ActForm):
    """A letter that goes out with the act: how."""

    manner = forms.ChoiceField(label="送达方式", widget=forms.RadioSelect, error_messages=choose("送达方式"))
    proof_number = TextField(
        label="邮件号码",
        required=False,
        max_length=60,
        help_text="邮寄的必须填写：应当通过邮政企业寄送，以交邮之日为送达日期。",
        widget=forms.TextInput(attrs=MIDDLE),
    )

    def prepare(self) -> None:
        field: Any = self.fields["manner"]
        field.choices = self.manners()
        field.help_text = (
            "申请人选择了以电子方式接收答复。"
            if chose_electronic(self.case)
            else "申请人没有选择电子方式，应当邮寄或者当面送达。"
        )
        if len(field.choices) and not self.is_bound:
            field.initial = field.choices[0][0]

    def manners(self) -> list[tuple[str, str]]:
        """What may be chosen: electronically only where the applicant wants to be reached that way (条例第四十条)."""
        allowed = [
            manner for manner in ServiceManner if chose_electronic(self.case) or manner != ServiceManner.ELECTRONIC
        ]
        return [(manner.value, manner.label) for manner in allowed]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("manner") == ServiceManner.POST and not data.get("proof_number"):
            self.add_error("proof_number", "邮寄送达应当留存凭证，请填写邮件号码。")
        return data


class AskCompletionForm(DeliveredForm):
    items = LongField(
        label="需要补正的内容",
        max_length=2000,
        rows=6,
        help_text="一行一项，一次写全：补正只能告知一次。写明申请人怎样补正才能办理。",
    )
    working_days = forms.IntegerField(
        label="补正期限（工作日）",
        error_messages={"required": "请填写补正期限。", "invalid": "补正期限应当是整数。"},
        widget=forms.NumberInput(attrs={"class": "width-5"}),
    )
    field_order = ("edition", "items", "working_days", "manner", "proof_number")

    def prepare(self) -> None:
        super().prepare()
        term = law_of(self.case).term(COMPLETION)
        field: Any = self.fields["working_days"]
        field.initial = term.amount
        field.help_text = f"自申请人收到告知书起算，应当合理：{term.minimum}至{term.maximum}个工作日。"


class SupplementForm(ActForm):
    returned_on = DayField(label="收到补正的日期", help_text="答复期限自这一天的次日起重新计算。")
    text = LongField(label="补正的内容", max_length=5000, rows=6, help_text="照申请人的原意录入。")
    uploads = UploadsField(
        purpose="completion",
        label="补正材料的扫描件或者照片",
        help_text="答复期限会重新计算，须有书面依据；可以一次选择多个文件。",
    )

    def prepare(self) -> None:
        self.fields["returned_on"].initial = self.today


class LapseForm(ActForm):
    no_good_reason = forms.BooleanField(
        label="经核实，申请人没有正当理由逾期不补正",
        error_messages={"required": "请先核实申请人是否有正当理由；有正当理由的，应当等待补正。"},
        help_text="是否有正当理由由人判断，系统不会自动认定。",
    )
    received_on = DayField(
        label="申请人收到补正告知书的日期",
        required=False,
        help_text="告知书是邮寄的，以邮件签收记录为准；补正期限自次日起计算。查不到签收的，不能认定逾期。",
    )

    def prepare(self) -> None:
        if posted_blindly(self.case) is None:
            del self.fields["received_on"]


class RecordSearchForm(ActForm):
    system = TextField(label="检索的系统或者档案", max_length=100, help_text="例如：公文处理系统、综合档案室纸质档案。")
    keywords = TextField(label="检索关键词", max_length=200, help_text="用过的关键词都写上，用顿号分开。")
    period = TextField(label="检索时段", max_length=100, help_text="所查材料的形成时间，例如“2023年1月至2025年12月”。")
    asked = TextField(label="询问的机构和人员", max_length=200, required=False, help_text="例如：规划处、档案室。")
    result = TextField(label="检索结果", max_length=300, help_text="例如：未检索到符合描述的文件。")
    searched_on = DayField(label="检索日期")

    def prepare(self) -> None:
        self.fields["searched_on"].initial = self.today


class SubmitForm(ActForm):
    """Nothing to fill in: the newest version goes as it is."""


class SendBackForm(ActForm):
    why = LongField(label="退回意见", max_length=500, rows=4, help_text="写明哪里需要修改、怎样修改。")


class ApproveForm(ActForm):
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "页面不完整，请返回本件后重新审签。",
            "invalid": "页面不完整，请返回本件后重新审签。",
        },
    )
    read = forms.BooleanField(
        label="我已核对以上答复文书的全文，同意以本机关名义答复",
        error_messages={"required": "请先核对答复文书全文，再勾选同意。"},
    )

    def catch_up(self, edition: int) -> None:
        super().catch_up(edition)
        newest = self.case.drafts.order_by("-version").values_list("version", flat=True).first()
        self.data["version"] = str(newest or "")
        self.data.pop("read", None)


class ExtendForm(DeliveredForm):
    amount = forms.TypedChoiceField(
        label="延长多久", coerce=int, widget=forms.Select(attrs=MIDDLE), error_messages=choose("延长多久")
    )
    reason = LongField(
        label="延期的理由",
        max_length=400,
        rows=3,
        help_text="会写入延期答复告知书，例如“所需信息数量较大，检索和审查需要较长时间”。",
    )
    agreed_form = forms.ChoiceField(
        label="领导小组怎样同意",
        choices=ConsentForm.choices,
        widget=forms.RadioSelect,
        error_messages=choose("领导小组同意的形式"),
    )
    agreed_on = DayField(label="领导小组同意的日期")
    agreed_reference = TextField(
        label="会议纪要或者会签单编号",
        max_length=100,
        help_text="会写入延期答复告知书。",
        widget=forms.TextInput(attrs=MIDDLE),
    )
    field_order = (
        *("edition", "amount", "reason", "agreed_form", "agreed_on", "agreed_reference"),
        *("manner", "proof_number"),
    )

    def __init__(self, *args: Any, amounts: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        self.amounts = list(amounts)
        super().__init__(*args, **options)

    def prepare(self) -> None:
        super().prepare()
        if not law_of(self.case).consents_as_a_group:
            for name in ("agreed_form", "agreed_on", "agreed_reference"):
                del self.fields[name]
        field: Any = self.fields["amount"]
        field.choices = self.amounts
        if self.amounts:
            field.initial = self.amounts[-1][0]


class ServeForm(DeliveredForm):
    sent_on = DayField(label="发出日期", help_text="电子送达为发送之日，邮寄为交邮之日，直接送达为送交之日。")
    served_on = DayField(
        label="签收日期", required=False, help_text="直接送达的必须填写；邮寄的，查到签收记录后可以填写。"
    )
    proof = UploadsField(
        purpose="proof",
        most=1,
        label="送达凭证",
        help_text="邮政面单、送达回证的扫描件或者照片。邮寄和直接送达的应当留存。",
    )
    provided_form = forms.ChoiceField(
        label="实际提供的形式",
        choices=Form.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages=choose("实际提供的形式"),
    )
    form_reason = TextField(
        label="未按要求的形式提供的理由",
        max_length=200,
        required=False,
        help_text="与申请人要求的形式不同的必须写明，例如“原件不宜复制，安排现场查阅、抄录”。",
    )
    field_order = ("edition", "manner", "sent_on", "served_on", "proof_number", "proof", "provided_form", "form_reason")

    def prepare(self) -> None:
        super().prepare()
        self.fields["sent_on"].initial = self.today
        if self.case.outcome in {Outcome.GRANTED, Outcome.PARTIAL}:
            self.fields["provided_form"].initial = self.case.form
            self.fields["provided_form"].help_text = f"申请人要求：{self.case.get_form_display()}。"
        else:
            del self.fields["provided_form"], self.fields["form_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (
            data.get("manner") == ServiceManner.IN_PERSON
            and not data.get("served_on")
            and "served_on" not in self.errors
        ):
            self.add_error("served_on", "直接送达以申请人签收之日为准，请填写签收日期。")
        return data


class WithdrawForm(ActForm):
    wanted = forms.BooleanField(
        label="申请人已经明确表示撤回本件申请",
        error_messages={"required": "只有申请人本人（或者代理人）要求撤回的，才能办理撤回。"},
        help_text="申请人口头要求撤回的，请其出具书面材料，或者请其凭查询码在网上撤回。",
    )
    proof = UploadsField(purpose="withdrawal", most=1, label="书面撤回材料的扫描件或者照片")


class CloseForm(ActForm):
    """Nothing to fill in: the dossier is made of what there is."""


class UnmaskForm(ActForm):
    why = TextField(
        label="查看的事由",
        max_length=200,
        help_text="会连同您的姓名写入不可更改的办理记录，例如“填写邮寄信封”“核对身份证明”。",
        widget=forms.TextInput(attrs=MIDDLE),
    )

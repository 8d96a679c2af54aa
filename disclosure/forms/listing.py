"""The forms of the negative list, of second looks and of the catalogue: strings into values, and nothing more."""

from datetime import datetime
from typing import Any

from django import forms

from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Department, User
from portal.regulations import library
from portal.web.deeds import MatterForm
from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..models import CatalogueItem, Document, NegativeItem
from ..rules.catalogue import ELEMENTS
from ..vocabulary import Adjustment, Cause, State, Weighed
from ..workflow.cataloguing import ORIGINS, Elements, Form
from ..workflow.common import said


class OpeningForm(forms.Form):
    """The form that opens a matter for one department among those somebody may act for."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label="单位", empty_label=None, error_messages=choose("单位")
    )

    def __init__(self, *args: Any, by: User, act: str, at: datetime, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        self.at = at
        reach = roles.reach(by, act, at=at)
        field: Any = self.fields["department"]
        field.queryset = (
            Department.objects.filter(body__in=reach.bodies) | Department.objects.filter(pk__in=reach.departments)
        ).order_by("body", "order", "pk")
        self.departments = list(field.queryset.select_related("body"))
        self.prepare()

    def prepare(self) -> None:
        """Fill in the choices."""

    @property
    def bodies(self) -> list[int]:
        """The bodies of the departments to choose from."""
        return [department.body_id for department in self.departments]


class FileForm(OpeningForm):
    """An item of the negative list."""

    category = forms.ChoiceField(label="类别", error_messages=choose("类别"))
    title = TextField(label="事项名称", max_length=200)
    detail = LongField(label="具体范围", max_length=1000)
    basis = TextField(
        label="依据", max_length=300, help_text="写明法律、法规及其条款，例如“《中华人民共和国统计法》第二十五条”。"
    )
    replaces = forms.ModelChoiceField(
        NegativeItem.objects.none(), label="代替的现行事项", required=False, empty_label="新增事项，不代替", error_messages=choose("事项")
    )  # fmt: skip

    def prepare(self) -> None:
        found = {
            code: f"{category.label[:40]}{'（不能引用）' if not category.grounds else ''}"
            for department in self.departments[:1]
            for code, category in library.profile(department.body.profile, local_date(self.at)).categories.items()
        }
        self.fields["category"].choices = list(found.items())
        items: Any = self.fields["replaces"]
        items.queryset = NegativeItem.objects.in_force().filter(body__in=self.bodies).order_by("category", "pk")
        items.label_from_instance = lambda item: f"{item.number} {item.title}"


class CallUpForm(forms.Form):
    """A closed document and why it is to be weighed again."""

    document = forms.ModelChoiceField(
        Document.objects.none(), label="文件", empty_label=None, error_messages=choose("文件")
    )
    cause = forms.ChoiceField(
        label="重新衡量的原因", choices=Cause.choices, widget=forms.RadioSelect, error_messages=choose("原因")
    )
    happened_on = DayField(label="原因发生日期")
    note = TextField(label="情况说明", max_length=300, help_text="例如决定的名称、文号，或者第三方书面意见的日期。")

    def __init__(self, *args: Any, by: User, act: str, at: datetime, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        kept = Document.objects.visible_to(by, at=at).filter(state=State.KEPT).order_by("-changed_at", "-pk")
        titles = Document.objects.titles(list(kept[:200]))
        field: Any = self.fields["document"]
        field.queryset = kept
        field.label_from_instance = lambda one: f"{one.number} {titles.get(one.pk, '')}"


class ReasonForm(MatterForm):
    """An act that needs its reason and nothing else."""

    reason = TextField(label="理由", max_length=300)


class AcceptForm(MatterForm):
    """An act that needs nothing besides the press of its button."""


class ReassessForm(MatterForm):
    """What came of the second look."""

    result = forms.ChoiceField(
        label="衡量结果", choices=Weighed.choices, widget=forms.RadioSelect, error_messages=choose("衡量结果")
    )
    reason = LongField(label="理由", max_length=1000, help_text="写明公开的需要和不公开的需要，以及怎样权衡。")


class SealForm(MatterForm):
    """The unit's opinion."""

    opinion = TextField(label="部门意见", max_length=300)


class ReportForm(MatterForm):
    """The day the catalogue was reported."""

    reported_on = DayField(label="报上级部门日期")


class ApplyForm(OpeningForm):
    """变更信息申请表 with the ten elements, the flow chart and the policy card."""

    action = forms.ChoiceField(
        label="变更内容", choices=Adjustment.choices, widget=forms.RadioSelect, error_messages=choose("变更内容")
    )
    item = forms.ModelChoiceField(
        CatalogueItem.objects.none(), label="现行事项", required=False, empty_label="增加事项，不选", error_messages=choose("事项"),
        help_text="变更、清除时选择。清除的，下面各项要素可以不填。",
    )  # fmt: skip
    code = TextField(
        label="事项编码", max_length=40, required=False, help_text="增加时填写，例如 CZ-2026-01。", widget=forms.TextInput(attrs=MIDDLE)
    )  # fmt: skip
    cause = TextField(label="调整事由", max_length=300)
    cause_on = DayField(label="事由发生日期")
    change_basis = TextField(label="变更依据", max_length=300)
    detail = LongField(label="变更详情", max_length=1000)
    remark = TextField(label="备注", max_length=300, required=False)
    phone = TextField(label="联系电话", max_length=30, widget=forms.TextInput(attrs=MIDDLE))

    def prepare(self) -> None:
        items: Any = self.fields["item"]
        items.queryset = CatalogueItem.objects.filter(body__in=self.bodies, removed_on=None).order_by("code")
        for name, label in ELEMENTS.items():
            most = CatalogueItem._meta.get_field(name).max_length
            kind = LongField if name == "content" else TextField
            hint = "增加、变更的，从这里起各项要素逐项填写。" if name == "title" else ""
            self.fields[name] = kind(label=label, max_length=most, required=False, help_text=hint)
        self.fields["steps"] = LongField(
            label="流程图各步", max_length=2000, required=False, help_text="每一步写一行，至少两步，每步不超过100字。"
        )
        self.fields["card"] = LongField(label="惠企利民政策明白卡", max_length=2000, required=False)
        laws = [library.profile(one.body.profile, local_date(self.at)) for one in self.departments[:1]]
        if origins := [origin for law in laws for origin in said(law, ORIGINS)]:
            self.fields["origin"] = forms.ChoiceField(
                label="梳理来源", required=False, choices=[("", "请选择"), *((one, one) for one in origins)]
            )

    def clean_steps(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["steps"].split("\n") if line.strip())
        if any(len(line) > 100 for line in lines):
            raise forms.ValidationError("流程图每一步最多100字，请精简后再提交。")
        return lines

    def filled(self) -> Form:
        """The application as the workflow takes it."""
        data = self.cleaned_data
        gone = data["action"] == Adjustment.REMOVE
        elements = Elements(
            **{name: data[name] for name in (*ELEMENTS, "steps", "card")}, origin=data.get("origin", "")
        )
        return Form(
            action=Adjustment(data["action"]),
            cause=data["cause"],
            cause_on=data["cause_on"],
            basis=data["change_basis"],
            detail=data["detail"],
            phone=data["phone"],
            code=data["code"],
            item=data["item"],
            elements=None if gone else elements,
            remark=data["remark"],
        )

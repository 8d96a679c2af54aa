"""The form of the review before release (保密审查)."""

from django import forms

from portal.web.fields import LongField, choose

from ..vocabulary import SecrecyFinding
from .acting import ActForm


class ReviewSecrecyForm(ActForm):
    formal = forms.BooleanField(
        label="已核对申请表的形式要件：申请人信息、内容描述和形式要求齐备",
        error_messages={"required": "请先核对申请表的形式要件；不齐备的应当先告知申请人补正。"},
    )
    finding = forms.ChoiceField(
        label="审查结论",
        choices=SecrecyFinding.choices,
        widget=forms.RadioSelect,
        error_messages=choose("审查结论"),
    )
    opinion = LongField(
        label="审查意见",
        max_length=1000,
        rows=4,
        help_text="写明审查了哪些内容、依据什么作出结论。不能确定的，写明需要报哪个部门确定。",
    )

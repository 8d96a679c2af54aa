"""The forms of a clean-up: of what year, what becomes of each document, and by which decision."""

from datetime import datetime
from typing import Any

from django import forms

from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.web.deeds import MatterForm
from portal.web.fields import TextField, choose

from ..models import Document
from ..vocabulary import Conclusion
from ..workflow import clearing
from .normative import NamingForm


class BeginForm(forms.Form):
    """Whose documents are looked through, and in which year's clean-up."""

    body = forms.ModelChoiceField(Body.objects.none(), label="机关", empty_label=None, error_messages=choose("机关"))
    year = forms.IntegerField(
        label="年度",
        widget=forms.NumberInput(attrs={"class": "width-4"}),
        error_messages={"required": "请填写年度。", "invalid": "请用四位数字填写年度。"},
    )

    def __init__(self, *args: Any, by: User, act: str, at: datetime, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=roles.reach(by, act, at=at).bodies).order_by("pk")
        field.label_from_instance = lambda body: body.name
        self.this_year = local_date(at).year
        self.fields["year"].initial = self.this_year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not self.this_year - 1 <= year <= self.this_year:
            raise forms.ValidationError(f"请填写{self.this_year - 1}或者{self.this_year}。")
        return year


class ConcludeForm(MatterForm):
    """One of the documents in force, and what becomes of it."""

    document = forms.ModelChoiceField(
        Document.objects.none(), label="文件", empty_label="请选择", error_messages=choose("文件")
    )
    conclusion = forms.ChoiceField(
        label="清理结论", choices=Conclusion.choices, widget=forms.RadioSelect, error_messages=choose("清理结论")
    )
    note = TextField(
        label="说明", max_length=300, required=False, help_text="公布时公众会看到，例如修改哪些内容、由哪份文件代替。"
    )

    def prepare(self) -> None:
        field: Any = self.fields["document"]
        field.queryset = clearing.to_clean(self.matter).select_related("public").order_by("formed_on", "pk")
        field.label_from_instance = lambda one: " ".join((one.public.title, one.document_number or one.number))


class AnnounceForm(NamingForm):
    """The decision by which something ends, if anything does."""

    decision = TextField(
        label="清理决定",
        max_length=60,
        required=False,
        help_text="有文件要废止或者宣布失效的，填写已经公开的清理决定的发文字号或者索引号；没有的留空。",
    )

    def clean_decision(self) -> Document | None:
        return self.named("decision")

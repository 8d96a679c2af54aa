"""The form of a line of a department's content list: strings into values, and nothing more."""

from typing import Any

from django import forms

from portal.web.fields import TextField, choose

from ..models import Column
from ..vocabulary import Period, Release
from ..workflow.contents import Line
from .listing import OpeningForm


class EnterForm(OpeningForm):
    """A line of the content list of one department."""

    release = forms.ChoiceField(
        label="发布类型", choices=Release.choices, widget=forms.RadioSelect, error_messages=choose("发布类型")
    )
    category = TextField(label="信息类别", max_length=100, help_text="例如：工作动态、项目审批结果、月度运行情况。")
    limit = TextField(label="发布时限", max_length=100, help_text="例如：形成之日起5个工作日内、每月10日前。")
    period = forms.ChoiceField(
        label="发布周期", choices=[("", "不是定期发布"), *Period.choices], required=False, help_text="定期发布的选择。"
    )
    subject = TextField(label="发布主体", max_length=100)
    column = forms.ModelChoiceField(
        Column.objects.none(), label="发布栏目", empty_label=None, error_messages=choose("发布栏目")
    )

    def prepare(self) -> None:
        columns: Any = self.fields["column"]
        columns.queryset = Column.objects.filter(body__in=self.bodies).order_by("body", "order", "pk")

    def line(self) -> Line:
        """The line as the workflow takes it."""
        return Line(**{name: self.cleaned_data[name] for name in Line.__dataclass_fields__})

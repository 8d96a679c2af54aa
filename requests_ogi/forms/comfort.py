"""The forms of what makes a request bearable: how content one is, and which help was given."""

from typing import Any

from django import forms

from portal.web.fields import DayField, LongField, PlainField

from .acting import ActForm
from .fields import Choice

SCORES = [("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")]


class RateForm(forms.Form):
    """One to five, and a word if one likes."""

    use_required_attribute = False

    score = Choice(what="满意程度", label="您对这份申请的办理满意吗？", choices=SCORES)
    comment = PlainField(
        what="意见和建议",
        most=500,
        lines=True,
        required=False,
        label="意见和建议",
        help_text="最多500字。请不要填写证件号码、电话等个人信息。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class HelpForm(ActForm):
    """Which help was given (条例第四十三条)."""

    what = LongField(
        label="提供了什么协助", max_length=500, rows=4, help_text="例如：11月20日当面朗读答复书全文并讲解。"
    )
    helped_on = DayField(label="提供日期")

    def prepare(self) -> None:
        self.fields["helped_on"].initial = self.today

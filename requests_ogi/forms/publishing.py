"""The forms by which an answer is put up for publication, checked and taken down, and the search of the public list."""

from typing import Any

from django import forms

from portal.web.fields import LongField, TextField

from .. import rules
from ..workflow.publishing import prefilled
from .acting import ActForm

SHORTEST_WORD = 2


class ProposePublicationForm(ActForm):
    title = TextField(label="标题", max_length=200, help_text="公众在列表中看到的一句话，不写人名。")
    question = LongField(label="问题", max_length=2000, help_text="申请了解什么。不写申请人是谁、为什么申请。")
    answer = LongField(
        label="答复要点",
        max_length=6000,
        rows=10,
        help_text="先按答复书写好，请删去一切能够识别个人的内容后再提交。",
    )

    def prepare(self) -> None:
        known = getattr(self.case, "publication", None)
        first = prefilled(self.case)
        for name, text in first.items():
            self.fields[name].initial = getattr(known, name) if known is not None else text


class CheckPrivacyForm(ActForm):
    read = forms.BooleanField(
        label="已逐字读过标题、问题和答复要点，其中没有能够识别申请人、第三方或者其他个人的内容",
        error_messages={"required": "请逐字核对以后勾选。"},
    )


class WithdrawPublicationForm(ActForm):
    why = TextField(label="撤下的理由", max_length=300, help_text="会记入办理记录；公众只看到“已经撤下”。")


class AnswersForm(forms.Form):
    """Words of a title and a body; what cannot be read is said, and the rest still filters."""

    q = forms.CharField(
        label="标题中的词", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    body = forms.ChoiceField(label="答复机关", required=False)

    def __init__(self, *args: Any, bodies: list[Any], **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        place: Any = self.fields["body"]
        place.choices = [("", "全部"), *((one.code, one.name) for one in bodies)]

    def clean_q(self) -> str:
        word = rules.normal(self.cleaned_data["q"])
        if word and len(word) < SHORTEST_WORD:
            raise forms.ValidationError("请至少输入两个字。")
        return word

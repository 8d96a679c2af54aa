"""The guided questionnaire on normative documents, the forms of the acts around it, and the filter of the public register."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms import BoundField

from portal.web.deeds import MatterForm
from portal.web.fields import DayField, LongField, TextField, choose

from ..models import Document
from ..vocabulary import Validity
from ..workflow import normative
from ..workflow.common import newest
from ..workflow.drafting import Upload
from .fields import FilesField

QUESTION = "question-"


class IdentifyForm(MatterForm):
    """One radio group for each question of the body's standard, under its headings.

    Nothing is required by the form: what decides alone decides, and what is left open is told by the act.
    """

    def prepare(self) -> None:
        last = normative.identification_of(newest(self.matter))
        said = last.answers if last else {}
        for question in normative.standard_of(self.matter):
            if not question.taken_from:
                asked: Any = forms.ChoiceField(
                    label=question.label,
                    help_text=question.help,
                    required=False,
                    widget=forms.RadioSelect,
                    choices=[(choice.code, choice.label) for choice in question.choices],
                    initial=said.get(question.code),
                    error_messages=choose("回答"),
                )
                asked.expected = True
                self.fields[f"{QUESTION}{question.code}"] = asked

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings, in order."""
        asked = [one for one in normative.standard_of(self.matter) if not one.taken_from]
        for heading, questions in groupby(asked, key=lambda one: one.group):
            yield heading, [self[f"{QUESTION}{one.code}"] for one in questions]

    def answers(self) -> dict[str, str]:
        """The answers given, by the codes of the questions."""
        given = self.cleaned_data.items()
        return {name.removeprefix(QUESTION): code for name, code in given if name.startswith(QUESTION) and code}


class ConfirmIdentificationForm(MatterForm):
    """Shows what was found and what was answered, for somebody else to agree with."""

    def prepare(self) -> None:
        self.found = normative.identification_of(newest(self.matter))

    def finding(self) -> str:
        """What was found, in words; empty where nothing was."""
        return normative.finding_words(self.found.is_normative) if self.found else ""

    def answered(self) -> Iterator[tuple[str, str]]:
        """Each question with the answer it was given."""
        said = self.found.answers if self.found else {}
        for question in normative.standard_of(self.matter):
            label = {choice.code: choice.label for choice in question.choices}.get(said.get(question.code, ""))
            if label:
                yield question.label, label


class LegalityForm(MatterForm):
    organ = TextField(label="审核机构", max_length=100)
    passed = forms.TypedChoiceField(
        label="审核结论",
        choices=(("yes", "通过"), ("no", "未通过")),
        coerce=lambda code: code == "yes",
        widget=forms.RadioSelect,
        error_messages=choose("审核结论"),
    )
    opinion = LongField(label="审核意见", max_length=2000, rows=5)
    reviewed_on = DayField(label="审核日期")
    files = FilesField(label="审核意见书", most=1, required=False, help_text="扫描件或者电子件，一份；没有的可以不传。")

    def upload(self) -> Upload | None:
        """The opinion as a file, if one was sent."""
        return next(iter(self.cleaned_data["files"]), None)


class NamingForm(MatterForm):
    """An act for which another document is named."""

    def named(self, field: str) -> Document | None:
        """The public document whose 文号 or index number was written into a field, None where nothing was."""
        said = self.cleaned_data[field].strip()
        if not said:
            return None
        public = Document.objects.public()
        own = public.filter(body=self.matter.body)
        found = public.filter(number=said).first() or own.filter(document_number=said).first()
        if found is None:
            raise forms.ValidationError("没有找到这份已经公开的文件，请核对发文字号或者索引号。")
        return found


class EndingForm(NamingForm):
    """From which day a document no longer holds as it was, and by which other document."""

    basis = TextField(
        label="依据的文件",
        max_length=60,
        help_text="宣布修改、废止或者失效的文件，填写它的发文字号或者索引号；该文件须已公开。",
    )
    since = DayField(label="自何日起", help_text="可以填写将来的日期，到时自动标注。")
    note = TextField(label="对公众的补充说明", max_length=300, required=False)

    def prepare(self) -> None:
        self.fields["since"].initial = self.today

    def clean_basis(self) -> Document | None:
        return self.named("basis")


class RepealForm(EndingForm):
    successor = TextField(
        label="代替本件的文件",
        max_length=60,
        required=False,
        help_text="有新文件代替本件的，填写它的发文字号或者索引号；没有的留空。",
    )

    def clean_successor(self) -> Document | None:
        return self.named("successor")


class LapseForm(EndingForm):
    def prepare(self) -> None:
        super().prepare()
        self.fields["basis"].required = False
        self.fields["basis"].help_text = "宣布失效的文件；有效期届满而失效的可以留空。"


class RegisterForm(forms.Form):
    """The filter of the public register; whatever is not on offer counts as not said."""

    validity = forms.ChoiceField(
        label="有效性", required=False, choices=[("", "全部"), *Validity.choices], widget=forms.Select
    )
    year = forms.ChoiceField(label="成文年份", required=False, widget=forms.Select)

    def __init__(self, *args: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        field: Any = self.fields["year"]
        field.choices = [("", "全部"), *((str(year), f"{year}年") for year in years)]

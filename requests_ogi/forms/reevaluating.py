"""The forms of the periodic look at withheld information."""

from django import forms

from portal.web.fields import DayField, LongField, TextField, choose

from ..vocabulary import Verdict
from .acting import ActForm


class _VerdictForm(ActForm):
    verdict = forms.ChoiceField(
        label="评估结论", choices=Verdict.choices, widget=forms.RadioSelect, error_messages=choose("评估结论")
    )
    reason = LongField(
        label="理由",
        max_length=2000,
        rows=5,
        help_text="逐项说明当初不予公开的依据现在是否仍然成立；可以公开的，写明公开哪些内容、如何公开。",
    )


class ReassessForm(_VerdictForm):
    """What the office proposes."""


class ReevaluateForm(_VerdictForm):
    """What the director decides; the proposal stands in the fields."""

    def prepare(self) -> None:
        proposed = self.case.reevaluations.filter(decided_at__isnull=True).first()
        if proposed is not None:
            self.fields["verdict"].initial = proposed.proposed
            self.fields["reason"].initial = proposed.proposed_reason


class ReleaseForm(ActForm):
    released_on = DayField(label="公开日期")
    where = TextField(
        label="公开的栏目或者网址", max_length=300, help_text="例如“政府信息公开平台—法定主动公开内容—财政资金”。"
    )

    def prepare(self) -> None:
        self.fields["released_on"].initial = self.today

"""The forms of a public unit's catalogue: strings into values, and nothing more."""

from typing import Any

from django import forms

from portal.web.deeds import MatterForm
from portal.web.fields import LongField

from .listing import OpeningForm


class CompileForm(OpeningForm):
    """The next edition of one unit's catalogue; its items are those that stand in the catalogue now."""

    promised_days = forms.IntegerField(
        label="承诺公开期限（工作日）", required=False, min_value=1, help_text="不作承诺的不填，按法定期限公开。"
    )

    def prepare(self) -> None:
        field: Any = self.fields["department"]
        field.queryset = field.queryset.exclude(service="")


class OrderForm(MatterForm):
    """What is to be corrected, and within how many working days."""

    opinion = LongField(label="审查意见", max_length=1000, help_text="写明哪些内容不合法或者不合理、要求怎样改正。")
    days = forms.IntegerField(label="改正期限（工作日）", min_value=1)

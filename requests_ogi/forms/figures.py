"""The period and the body of the figures."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.web.fields import DayField

EARLIEST = date(2008, 5, 1)
"""The day the Regulation came into force: before it there were no requests."""


def presets(today: date) -> list[tuple[str, date, date]]:
    """Periods that are asked for again and again: label, first day, last day."""
    year, quarter = date(today.year, 1, 1), date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [
        ("今年", year, today),
        ("去年全年", date(today.year - 1, 1, 1), year - timedelta(days=1)),
        ("本季度", quarter, today),
    ]


class FiguresForm(forms.Form):
    """A body and a period, both days counted; the year to date where nothing, or nothing readable, is given."""

    at = forms.ChoiceField(label="机关", required=False)
    since = DayField(label="起始日期", required=False)
    until = DayField(label="截止日期", required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="figures_%s", **options)
        self.today = today
        place: Any = self.fields["at"]
        place.choices = places
        if len(places) < 2:
            place.widget = forms.HiddenInput()
        if not self.data.get("since") and not self.data.get("until"):
            _, since, until = presets(today)[0]
            self.data = self.data.copy()
            self.data["since"], self.data["until"] = since.isoformat(), until.isoformat()

    def clean_since(self) -> date | None:
        since = self.cleaned_data["since"]
        if since and since < EARLIEST:
            raise ValidationError("起始日期不能早于2008年5月1日（《政府信息公开条例》施行之日）。")
        return since

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "截止日期不能早于起始日期。")
        return data

    def period(self) -> tuple[date, date]:
        """First and last day. What is missing is the start of the year, or today; so is what makes no period."""
        _, first, last = presets(self.today)[0]
        if not self.is_valid():
            return first, last
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        until = until or last
        return min(since or date(until.year, 1, 1), until), until

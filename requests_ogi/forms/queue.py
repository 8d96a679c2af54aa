"""The filters of the queue. What cannot be read is said, and the rest still filters."""

from typing import Any

from django import forms

from portal.organisation.models import Department
from portal.web.fields import DayField

from .. import rules
from ..vocabulary import Channel, Outcome, State

OPEN = "open"
SHORTEST_WORD = 2
ANY = ("", "全部")


class QueueForm(forms.Form):
    """One place (a body, or a department of it) and what to look for there."""

    at = forms.ChoiceField(label="机关或者机构", required=False)
    q = forms.CharField(
        label="编号或者名称",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="编号可以只输前几位；名称至少两个字。",
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[ANY, (OPEN, "全部未办结"), *State.choices])
    department = forms.ModelChoiceField(Department.objects.none(), label="承办机构", required=False, empty_label="全部")
    due = forms.ChoiceField(
        label="期限",
        required=False,
        choices=[
            ANY,
            ("late", "已超期"),
            *((str(days), f"{days}个工作日内到期" if days else "今天到期") for days in (0, 2, 5, 10)),
        ],
    )
    outcome = forms.ChoiceField(label="办理结果", required=False, choices=[ANY, *Outcome.choices])
    channel = forms.ChoiceField(label="提出方式", required=False, choices=[ANY, *Channel.choices])
    since = DayField(label="登记日期自", required=False)
    until = DayField(label="登记日期至", required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], departments: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="filter_%s", **options)
        place: Any = self.fields["at"]
        place.choices = places
        if len(places) < 2:
            place.widget = forms.HiddenInput()
        department: Any = self.fields["department"]
        department.queryset = departments
        department.label_from_instance = lambda one: one.name
        if departments is None or not departments:
            del self.fields["department"]

    FIRST = ("at", "q", "state", "due", "department")

    def first(self) -> list[Any]:
        """The filters that are always in sight."""
        return [self[name] for name in self.FIRST if name in self.fields]

    def rest(self) -> list[Any]:
        """The filters that fold away."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    def clean_q(self) -> str:
        word = rules.normal(self.cleaned_data["q"])
        if word and len(word) < SHORTEST_WORD:
            raise forms.ValidationError("请至少输入两个字。")
        return word

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "截止日期不能早于起始日期。")
        return data

"""The forms of what is put on file of a policy: its social risk, what the meeting said, where its text was taken to."""

from typing import Any

from django import forms

from portal.web.deeds import MatterForm
from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..models import RiskAssessment
from ..vocabulary import MeetingOutcome, RiskLevel
from ..workflow import copying, policies

MOST_COPIES = 999


class RiskForm(MatterForm):
    """The assessment as it is on file, to be written anew."""

    level = forms.ChoiceField(
        label="风险等级", choices=RiskLevel.choices, widget=forms.RadioSelect, error_messages=choose("风险等级")
    )
    conclusion = LongField(
        label="评估结论", max_length=1000, rows=5, help_text="写明主要风险点、是否可以出台和防范化解措施。"
    )
    organ = TextField(label="评估单位", max_length=100, widget=forms.TextInput(attrs=MIDDLE))
    assessed_on = DayField(label="评估日期")

    def prepare(self) -> None:
        made = RiskAssessment.objects.filter(document=self.matter).first()
        for name in ("level", "conclusion", "organ", "assessed_on"):
            self.fields[name].initial = getattr(made, name, None)


class DeliberationForm(MatterForm):
    """What the meeting said."""

    held_on = DayField(label="会议日期")
    outcome = forms.ChoiceField(
        label="审议结果", choices=MeetingOutcome.choices, widget=forms.RadioSelect, error_messages=choose("审议结果")
    )
    note = LongField(
        label="会议意见", max_length=500, rows=3, required=False, help_text="要求修改或者没有通过的，写明意见。"
    )

    def prepare(self) -> None:
        self.fields["held_on"].label = f"{policies.meeting_of(self.matter)}日期"


class DeliverForm(MatterForm):
    """Where the text was taken to, how often, who received it."""

    place = forms.ChoiceField(label="送交场所", widget=forms.RadioSelect, error_messages=choose("送交场所"))
    copies = forms.IntegerField(
        label="纸质份数",
        min_value=1,
        max_value=MOST_COPIES,
        widget=forms.NumberInput(attrs={"class": "width-5"}),
        error_messages={
            "required": "请填写纸质份数。",
            "invalid": "份数应当是数字，例如2。",
            "min_value": "至少送交1份。",
            "max_value": f"份数不能超过{MOST_COPIES}，请核对。",
        },
    )
    electronic = forms.BooleanField(label="同时送交电子文本", required=False)
    received_by = TextField(label="签收人", max_length=60, widget=forms.TextInput(attrs=MIDDLE))
    delivered_on = DayField(label="送交日期")

    def prepare(self) -> None:
        place: Any = self.fields["place"]
        place.choices = [(one, one) for one in copying.places_left(self.matter)]
        self.fields["delivered_on"].initial = self.today

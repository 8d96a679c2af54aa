"""What the acts around and after publication ask: when, why late, until when not."""

from typing import Any

from django import forms

from portal.moment import chinese_date, local_date
from portal.web.deeds import MatterForm
from portal.web.fields import LongField, choose

from ..models import Outgoing
from ..workflow import sending, timing
from . import reviewing

LATE = 300


class _LateForm(MatterForm):
    """Asks for the reason of a late publication once the last day is past, or may be by the time that is set."""

    late_reason = LongField(label="逾期公开的理由", max_length=LATE, rows=2, required=False)

    def prepare(self) -> None:
        last = timing.last_day(self.matter)
        if last is None:
            del self.fields["late_reason"]
        else:
            self.fields["late_reason"].help_text = f"主动公开期限到{chinese_date(last)}为止，在此以后公开的，写明理由。"


class PublishForm(_LateForm):
    """At once. The reason is asked for only when it is late."""

    def prepare(self) -> None:
        last = timing.last_day(self.matter)
        if last is None or local_date(self.at) <= last:
            del self.fields["late_reason"]
        else:
            super().prepare()


class ScheduleForm(reviewing.ScheduleForm, _LateForm):
    """At a set time, with the reason where that is past the limit."""

    field_order = ("publish_at", "late_reason")


class AbandonForm(MatterForm):
    """Why what was begun is not gone on with."""

    reason = LongField(label="理由", max_length=200, rows=2, help_text="例如：经研究，现行规定仍然适用，不再修订。")


class RetryForm(MatterForm):
    """One of the errands to other sites that failed."""

    outgoing = forms.ModelChoiceField(
        Outgoing.objects.none(),
        label="同步事项",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("同步事项"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["outgoing"]
        field.queryset = sending.failed(self.matter).select_related("site").order_by("pk")
        field.label_from_instance = lambda one: (
            f"{one.site}：{one.get_errand_display()}，已尝试{one.tries}次。{one.last_error}"
        )


class EmbargoForm(MatterForm):
    """Until when it may not be published, and why."""

    until = forms.DateTimeField(
        label="在此之前不得公开",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "width-20"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"required": "请填写时间。", "invalid": "时间不正确，请写成2026-11-21 09:00这样的格式。"},
    )
    reason = LongField(label="理由", max_length=200, rows=2, help_text="例如统计数据尚未到规定的发布时间。")

"""Limits that run: a clock, what pauses it, what extends it, and the reminders it has given.

Only `keeper` writes here. `due_at` and everything derived from it can be recomputed from the facts.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from portal.organisation.models import Body, Department
from portal.regulations.schema import Unit

UNITS = [(unit.value, unit.label) for unit in Unit]


class Weight(models.TextChoices):
    """What it means to miss it: unlawful, a promise broken, or only the house's own plan."""

    STATUTORY = "statutory", "法定期限"
    PROMISE = "promise", "承诺期限"
    INTERNAL = "internal", "内部时限"


class Ended(models.TextChoices):
    """How a clock ended. `superseded`: another runs in its place; `void`: it should never have run."""

    MET = "met", "按期完成"
    LATE = "late", "逾期完成"
    SUPERSEDED = "superseded", "重新起算"
    VOID = "void", "终止计算"
    LAPSED = "lapsed", "期满失效"


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> "ClockQuerySet":
        """Clocks that have not been stopped."""
        return self.filter(stopped_at__isnull=True)

    def overdue(self, *, at: datetime) -> "ClockQuerySet":
        """Running clocks whose limit is past at the moment `at`."""
        return self.running().filter(due_at__lte=at)

    def of(self, subject: Any) -> "ClockQuerySet":
        """Clocks of one matter, the oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("pk")

    def look_due(self, *, at: datetime) -> "ClockQuerySet":
        """Running clocks that have something to say by the moment `at`."""
        return self.running().filter(next_look_at__lte=at)


class Clock(models.Model):
    """One duty of one matter with its limit.

    Facts: what the term was when it started (`amount` units, whether it rolls, what may extend or interrupt it) and
    when. Derived, by the keeper alone: `due_at` (exclusive upper bound), `last_day`, `provisional` (the year's
    calendar is not published; the day is a guess), `rolled_last_day` (the disputed later reading of a receipt on a
    closed day, never used for alarms), `next_look_at`. `leg` rises when the limit moves later, because a new last
    day deserves reminders of its own; thresholds reached on or before `leg_since` are not called out again.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="承办机构"
    )
    subject_type = models.CharField("事项类型", max_length=60)
    subject_id = models.BigIntegerField("事项")
    subject_number = models.CharField("事项编号", max_length=40)
    title = models.CharField("事项名称", max_length=200)
    duty = models.SlugField("义务", max_length=60)
    weight = models.CharField("性质", max_length=10, choices=Weight.choices)
    label = models.CharField("期限名称", max_length=80)
    rule_ids = ArrayField(models.CharField(max_length=40), verbose_name="依据条款", default=list, blank=True)

    started_on = models.DateField("起算日")
    started_at = models.DateTimeField("起算时刻", null=True, blank=True)
    rolled_start = models.DateField("顺延起算日", null=True, blank=True)
    amount = models.PositiveSmallIntegerField("期限长度")
    unit = models.CharField("单位", max_length=12, choices=UNITS)
    rolls = models.BooleanField("届满日遇节假日顺延", default=False)
    excludes = ArrayField(models.CharField(max_length=40), verbose_name="可扣除事由", default=list, blank=True)
    extension_most = models.PositiveSmallIntegerField("最多可延长", null=True, blank=True)
    extension_unit = models.CharField("延长单位", max_length=12, choices=UNITS, blank=True)
    thresholds = ArrayField(models.PositiveSmallIntegerField(), verbose_name="提醒节点", default=list, blank=True)

    due_at = models.DateTimeField("届满时刻")
    last_day = models.DateField("届满日")
    provisional = models.BooleanField("暂计（日历未公布）", default=False)
    rolled_last_day = models.DateField("顺延起算的届满日", null=True, blank=True)
    leg = models.PositiveSmallIntegerField("提醒轮次", default=0)
    leg_since = models.DateField("本轮起始日")
    next_look_at = models.DateTimeField("下次提醒时刻", null=True, blank=True)

    opened_at = models.DateTimeField("开始记录时间")
    stopped_at = models.DateTimeField("停止时间", null=True, blank=True)
    ended_on = models.DateField("完成日期", null=True, blank=True)
    ended_as = models.CharField("结果", max_length=10, choices=Ended.choices, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, related_name="followed_by", null=True, blank=True, verbose_name="接续"
    )

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        indexes = (
            models.Index(fields=("body", "next_look_at", "id"), condition=Q(stopped_at=None), name="clock_next_look"),
            models.Index(fields=("body", "due_at"), condition=Q(stopped_at=None), name="clock_running_due"),
            models.Index(fields=("subject_type", "subject_id"), name="clock_subject"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(stopped_at=None, ended_as="", ended_on=None)
                | (Q(stopped_at__isnull=False, next_look_at=None, ended_on__isnull=False) & ~Q(ended_as="")),
                name="clock_stopped_with_outcome",
                violation_error_message="期限停止时必须同时记明完成日期和结果，并不再提醒。",
            ),
            models.CheckConstraint(
                condition=(Q(unit=Unit.HOUR.value, started_at__isnull=False, provisional=False))
                | ~Q(unit=Unit.HOUR.value),
                name="clock_hours_from_a_moment",
                violation_error_message="按小时计算的期限必须有起算时刻。",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("started_on")),
                name="clock_ends_after_it_starts",
                violation_error_message="届满日不能早于起算日。",
            ),
            models.CheckConstraint(
                condition=Q(rolled_last_day=None, rolled_start=None)
                | Q(rolled_last_day__gte=F("last_day"), rolled_start__gt=F("started_on")),
                name="clock_strict_is_never_later",
                violation_error_message="顺延起算的届满日不能早于严格计算的届满日。",
            ),
            models.CheckConstraint(
                condition=Q(extension_most=None, extension_unit="")
                | (Q(extension_most__isnull=False) & ~Q(extension_unit="")),
                name="clock_extension_whole",
                violation_error_message="可延长的期限必须同时写明最多可延长的数量和单位。",
            ),
            models.UniqueConstraint(
                fields=("subject_type", "subject_id", "duty", "weight"),
                condition=Q(stopped_at=None),
                name="clock_runs_once_per_duty",
                violation_error_message="该事项的同一期限正在计算，不能重复起算。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_number} {self.label}"

    def is_overdue(self, *, at: datetime) -> bool:
        """Whether the limit is past at `at` and the duty still open."""
        return self.stopped_at is None and at >= self.due_at


class Pause(models.Model):
    """Time that does not count (条例第三十三条第三款): a question put to somebody else.

    Facts: `sent_on`, `limit_on` (the last day the other side has), `ended_on` (their answer). Where they have a term of working
    days of their own, `asked_on` (the day it runs from) and `working_days` are the facts, and `limit_on` follows from them and
    the calendar. Several may be under way at once; `after_day`/`last_day` are this one's own share of the union, set by the keeper, and the database
    forbids two shares to overlap, so that no day is ever taken out twice.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses", verbose_name="期限")
    cause = models.SlugField("事由", max_length=40)
    label = models.CharField("事由名称", max_length=60)
    sent_on = models.DateField("发出日期")
    limit_on = models.DateField("对方期限届满日")
    asked_on = models.DateField("对方期限起算日", null=True, blank=True)
    working_days = models.PositiveSmallIntegerField("对方期限（工作日）", null=True, blank=True)
    ended_on = models.DateField("对方答复日期", null=True, blank=True)
    after_day = models.DateField("扣除起（不含）")
    last_day = models.DateField("扣除止（含）")
    reference = models.CharField("关联", max_length=80, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="登记人"
    )
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限扣除"
        constraints = (
            ExclusionConstraint(
                name="pause_shares_never_overlap",
                expressions=(
                    ("clock", RangeOperators.EQUAL),
                    (
                        Func(
                            F("after_day"),
                            F("last_day"),
                            RangeBoundary(inclusive_lower=False, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                violation_error_message="同一期限的扣除时间不能重叠。",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("after_day"), limit_on__gte=F("sent_on"), after_day__gte=F("sent_on")),
                name="pause_in_order",
                violation_error_message="扣除时间的截止日期不能早于起始日期。",
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None, working_days=None) | Q(asked_on__isnull=False, working_days__isnull=False),
                name="pause_knows_their_whole_term",
                violation_error_message="对方期限的起算日和工作日数应当同时填写。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("sent_on")),
                name="pause_answered_after_sent",
                violation_error_message="对方答复日期不能早于发出日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.sent_on:%Y-%m-%d}"


class Extension(models.Model):
    """The one extension a limit may have, granted and told before the limit in force had passed."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions", verbose_name="期限")
    amount = models.PositiveSmallIntegerField("延长")
    unit = models.CharField("单位", max_length=12, choices=UNITS)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="批准人"
    )
    granted_on = models.DateField("批准并告知日期")
    reason = models.CharField("理由", max_length=400)
    granted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限延长"
        constraints = (
            models.UniqueConstraint(
                fields=("clock",), name="extended_once", violation_error_message="本期限已经延长过一次，不能再次延长。"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="extension_adds_something",
                violation_error_message="延长的时间必须大于零。",
            ),
        )

    def __str__(self) -> str:
        return f"延长{self.amount}{Unit(self.unit).label}"


class Reminder(models.Model):
    """A threshold called out once: working days left, or -1 for overdue. `leg`: see Clock."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="reminders", verbose_name="期限")
    leg = models.PositiveSmallIntegerField("提醒轮次")
    threshold = models.SmallIntegerField("提醒节点")
    reminded_at = models.DateTimeField("提醒时间")

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = (
            models.UniqueConstraint(
                fields=("clock", "leg", "threshold"),
                name="reminded_once",
                violation_error_message="该提醒已经发出。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.clock_id}:{self.threshold}"


class SweepRun(models.Model):
    """The last sweep that came to its end: what `/readyz` looks at. One row."""

    name = models.CharField("任务", max_length=40, primary_key=True)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间")
    reminded = models.PositiveIntegerField("提醒件数")
    failed = models.PositiveIntegerField("失败件数")

    class Meta:
        verbose_name = verbose_name_plural = "期限巡查记录"

    def __str__(self) -> str:
        return f"{self.name} {self.finished_at:%Y-%m-%d %H:%M}"

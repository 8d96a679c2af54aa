"""Notices that move days, and the days they move. What is imported stays as it was: a later notice corrects it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.workdays.calendar import NATION, Announcement, NamedDay


class NoticeQuerySet(models.QuerySet["Notice"]):
    def speaking(self, scopes: tuple[str, ...], *, on: date) -> "NoticeQuerySet":
        """Notices of these scopes that have taken effect by `on`."""
        return self.filter(scope__in=scopes, effective_from__lte=on)

    def not_applied(self, *, on: date) -> "NoticeQuerySet":
        """Notices in effect by `on` whose consequences for running limits have not been drawn yet."""
        return self.filter(applied_at__isnull=True, effective_from__lte=on)


class Notice(models.Model):
    """One notice: the national arrangement of a year, a region's, or one a body's staff declared.

    `scope` is "CN", a region such as "CN-NX", or the code of a body. `applied_at` is when the running limits were
    recomputed for it; it is the only thing that changes after import (a trigger sees to that).
    """

    scope = models.CharField("适用范围", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    url = models.URLField("网址", max_length=300, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    effective_from = models.DateField("施行日期")
    provisional = models.BooleanField("仅法定节日（调休安排未公布）", default=False)
    note = models.CharField("备注", max_length=200, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="导入人"
    )
    imported_at = models.DateTimeField("导入时间")
    applied_at = models.DateTimeField("期限重新计算时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "放假安排通知"
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "year", "number"),
                name="notice_once",
                violation_error_message="该文号的通知已经导入过，不能重复导入。",
            ),
            models.CheckConstraint(
                condition=Q(provisional=False) | Q(scope=NATION),
                name="only_national_notice_is_provisional",
                violation_error_message="只有全国法定节日可以作为暂定安排。",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title


class Day(models.Model):
    """One day a notice moves: off, or worked although it is a weekend."""

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORK = "work", "上班"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="days", verbose_name="通知")
    date = models.DateField("日期")
    kind = models.CharField("类型", max_length=4, choices=Kind.choices)
    name = models.CharField("节日", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "放假与调休日"
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "date"),
                name="day_once_in_a_notice",
                violation_error_message="同一通知中日期不能重复。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}{self.get_kind_display()}"


def announcement_of(notice: Notice, days: list[Day]) -> Announcement:
    """The notice as a value for the calendar."""
    return Announcement(
        scope=notice.scope,
        year=notice.year,
        number=notice.number,
        title=notice.title,
        effective_from=notice.effective_from,
        days=tuple(NamedDay(day.date, day.kind == Day.Kind.OFF, day.name) for day in days),
        url=notice.url,
        issued_on=notice.issued_on,
        provisional=notice.provisional,
        note=notice.note,
    )

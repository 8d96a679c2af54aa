"""The content list of each department (信息发布内容清单): what it publishes every day, at set times and as it arises."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import required_in
from portal.workflow.matter import Matter

from ..vocabulary import Entered, Period, Release
from .column import Column

VIEW_CONTENTS = "contents.view"


class ContentEntryQuerySet(models.QuerySet["ContentEntry"]):
    def visible_to(self, user: User, *, at: datetime) -> "ContentEntryQuerySet":
        """What this person may see in the workplace: the office its body's, a department its own."""
        reach = roles.reach(user, VIEW_CONTENTS, at=at)
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments))

    def in_force(self) -> "ContentEntryQuerySet":
        """What departments have bound themselves to publish."""
        return self.filter(state=Entered.IN_FORCE)


class ContentEntry(Matter):
    """One line of a department's list: a category, who publishes it (`subject`), where, and within what time (`limit`).

    Its words never change: what is to be said otherwise is a new entry, and the old one is struck off. A periodic entry names
    its `period` and is watched.
    """

    state = models.CharField("状态", max_length=12, choices=Entered, default=Entered.REPORTED)
    release = models.CharField("发布类型", max_length=12, choices=Release)
    category = models.CharField("信息类别", max_length=100)
    limit = models.CharField("发布时限", max_length=100)
    period = models.CharField("发布周期", max_length=12, choices=Period, blank=True)
    subject = models.CharField("发布主体", max_length=100)
    column = models.ForeignKey(Column, models.PROTECT, related_name="entries", verbose_name="发布栏目")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    since = models.DateField("列入日期", null=True, blank=True)
    until = models.DateField("移出日期", null=True, blank=True)

    objects = ContentEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "信息发布内容清单"
        constraints = (
            required_in("since", (Entered.IN_FORCE, Entered.STRUCK), name="entry_since_a_day"),
            required_in("until", (Entered.STRUCK,), name="struck_on_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(state=Entered.STRUCK, until__gte=models.F("since")),
                name="entry_until_after_since",
                violation_error_message="移出日期不能早于列入日期。",
            ),
            models.CheckConstraint(
                condition=(Q(release=Release.PERIODIC) & ~Q(period="")) | (~Q(release=Release.PERIODIC) & Q(period="")),
                name="periodic_entry_has_its_period",
                violation_error_message="定期发布的应当写明周期，其他的没有周期。",
            ),
            models.CheckConstraint(
                condition=~Q(category="") & ~Q(limit="") & ~Q(subject=""),
                name="entry_says_what_when_and_who",
                violation_error_message="内容清单的每一项应当写明类别、时限和主体。",
            ),
            models.UniqueConstraint(
                fields=("department", "column", "category"),
                condition=Q(state__in=(Entered.REPORTED, Entered.IN_FORCE)),
                name="entry_once_in_its_list",
                violation_error_message="本单位的清单中已有这一类别。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How the queues call the entry."""
        return f"{self.get_release_display()}：{self.category}"

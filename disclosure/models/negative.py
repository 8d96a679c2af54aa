"""The negative list: its items from filing to removal, its published editions, and second looks at what it closed."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.workflow.constraints import both_or_neither, required_in
from portal.workflow.matter import Matter

from ..vocabulary import LISTED_NOW, Cause, Listed, Weighed, Weighing

VIEW_NEGATIVE = "negative.view"
VIEW_WEIGHINGS = "weighings.view"


class NegativeItemQuerySet(models.QuerySet["NegativeItem"]):
    def visible_to(self, user: User, *, at: datetime) -> "NegativeItemQuerySet":
        """What this person may see in the workplace: the office its body's, a department its own."""
        reach = roles.reach(user, VIEW_NEGATIVE, at=at)
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments))

    def in_force(self) -> "NegativeItemQuerySet":
        """What may be cited today."""
        return self.filter(state__in=LISTED_NOW)


class NegativeItem(Matter):
    """One item of a body's list. Its words never change: a change is a new item that takes the place of `replaces`.

    `category` is one of the profile's; `department` None means that the item is the whole body's.
    """

    state = models.CharField("状态", max_length=12, choices=Listed, default=Listed.FILED)
    category = models.SlugField("类别", max_length=40)
    title = models.CharField("事项名称", max_length=200)
    detail = models.TextField("具体范围", max_length=1000)
    basis = models.CharField("依据", max_length=300)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="代替的事项"
    )
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报备人")
    since = models.DateField("列入日期", null=True, blank=True)
    until = models.DateField("清除日期", null=True, blank=True)
    leaving_reason = models.CharField("清除的理由", max_length=300, blank=True)

    objects = NegativeItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "负面清单"
        constraints = (
            required_in("since", (*LISTED_NOW, Listed.ENDED), name="listed_since_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(state=Listed.ENDED, until__gte=models.F("since")),
                name="listed_until_after_since",
                violation_error_message="清除日期不能早于列入日期。",
            ),
            required_in("until", (Listed.ENDED,), name="ended_on_a_day"),
            models.UniqueConstraint(
                fields=("replaces",),
                condition=Q(state=Listed.FILED),
                name="one_change_at_a_time",
                violation_error_message="这一事项已经报备了变更，尚未办理。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How limits call the item."""
        return self.title


class NegativeEdition(models.Model):
    """The list as the office published it: a snapshot that stays readable and comparable for ever."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="negative_editions", verbose_name="机关")
    edition = models.PositiveSmallIntegerField("第几版")
    items = models.JSONField("清单内容")
    note = models.CharField("调整说明", max_length=300, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公布人")
    published_at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = verbose_name_plural = "负面清单公布版"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "edition"), name="negative_edition_once", violation_error_message="这一版已经公布。"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How the ledger calls it."""
        return f"{self.body.code.upper()}-FMQD-{self.edition}"

    @property
    def text(self) -> str:
        """The snapshot as lines of text, item by item: what two editions are compared by."""
        return "\n".join(
            f"{one['label']}｜{one['title']}：{one['detail']}（{one['department']}；依据：{one['basis']}）"
            for one in self.items
        )


class WeighingQuerySet(models.QuerySet["Reassessment"]):
    def visible_to(self, user: User, *, at: datetime) -> "WeighingQuerySet":
        """The second looks of a person's body or department."""
        reach = roles.reach(user, VIEW_WEIGHINGS, at=at)
        return self.filter(Q(body__in=reach.bodies) | Q(department__in=reach.departments))


class Reassessment(Matter):
    """A closed document is weighed again because something happened on `happened_on`."""

    document = models.ForeignKey(
        "disclosure.Document", models.PROTECT, related_name="reassessments", verbose_name="文件"
    )
    state = models.CharField("状态", max_length=12, choices=Weighing, default=Weighing.OPEN)
    cause = models.CharField("重新衡量的原因", max_length=16, choices=Cause)
    happened_on = models.DateField("原因发生日期")
    note = models.CharField("情况说明", max_length=300)
    result = models.CharField("衡量结果", max_length=12, choices=Weighed, blank=True)
    reason = models.TextField("理由", max_length=1000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    objects = WeighingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重新衡量"
        constraints = (
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                condition=Q(state=Weighing.OPEN, result="", reason="", decided_at__isnull=True)
                | (Q(state=Weighing.DECIDED, decided_at__isnull=False) & ~Q(result="") & ~Q(reason="")),
                name="weighed_with_its_reason",
                violation_error_message="重新衡量的结果应当写明理由。",
            ),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(state=Weighing.OPEN),
                name="weighed_once_at_a_time",
                violation_error_message="这份文件正在重新衡量。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How limits call it."""
        return self.document.title_for_clock

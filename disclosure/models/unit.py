"""The standard catalogue of a public unit (公共企事业单位信息公开标准规范目录): its editions, and what became of their filing."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal.organisation import roles
from portal.organisation.models import Department, User
from portal.workflow.constraints import both_or_neither
from portal.workflow.matter import Matter

from ..vocabulary import FILED_EVER, Filing

VIEW_UNITS = "units.view"


class UnitCatalogueQuerySet(models.QuerySet["UnitCatalogue"]):
    def visible_to(self, user: User, *, at: datetime) -> "UnitCatalogueQuerySet":
        """The office sees all of its body, a unit its own, a supervisor those filed with it."""
        reach = roles.reach(user, VIEW_UNITS, at=at)
        mine = Q(unit__in=reach.departments) | Q(supervisor__in=reach.departments, published_at__isnull=False)
        return self.filter(Q(body__in=reach.bodies) | mine)

    def public(self) -> "UnitCatalogueQuerySet":
        """Every edition that was put before the public, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-issue")


class UnitCatalogue(Matter):
    """One edition of one unit's catalogue: a snapshot of its items that stays readable for ever.

    `department` is whose turn it is: the unit's, or the supervisor's while it reviews. `promised_days` is the time, in working
    days, within which the unit promises to publish; None: it promises nothing beyond the law.
    """

    state = models.CharField("状态", max_length=12, choices=Filing, default=Filing.COMPILED)
    unit = models.ForeignKey(Department, models.PROTECT, related_name="unit_catalogues", verbose_name="编制单位")
    supervisor = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="备案部门")
    issue = models.PositiveSmallIntegerField("第几版")
    items = models.JSONField("目录内容")
    promised_days = models.PositiveSmallIntegerField("承诺公开期限（工作日）", null=True, blank=True)
    compiled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布报备时间", null=True, blank=True)
    opinion = models.TextField("审查意见", max_length=1000, blank=True)
    correction_days = models.PositiveSmallIntegerField("改正期限（工作日）", null=True, blank=True)

    objects = UnitCatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公共企事业单位目录"
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "issue"), name="unit_issue_once", violation_error_message="这一版目录已经存在。"
            ),
            models.UniqueConstraint(
                fields=("unit",),
                condition=Q(state=Filing.COMPILED),
                name="one_edition_in_the_making",
                violation_error_message="本单位已有编制好、等待公布的目录。",
            ),
            both_or_neither("published_at", "published_by"),
            models.CheckConstraint(
                condition=(Q(state__in=FILED_EVER) & Q(published_at__isnull=False))
                | (~Q(state__in=FILED_EVER) & Q(published_at__isnull=True)),
                name="filed_when_published",
                violation_error_message="公布了的目录应当报备，没有公布的不能报备。",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("compiled_by")),
                name="published_by_another",
                violation_error_message="编制目录的人员不能公布本人编制的目录。",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=(Filing.ORDERED, Filing.CORRECTED)) & Q(correction_days__gt=0) & ~Q(opinion=""))
                | (~Q(state__in=(Filing.ORDERED, Filing.CORRECTED)) & Q(correction_days__isnull=True)),
                name="ordered_with_reason_and_limit",
                violation_error_message="要求改正的，应当写明意见和改正期限。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How limits call the edition."""
        return f"{self.unit.name}信息公开标准规范目录第{self.issue}版"

"""What waits to be handed to other sites: written with the act that publishes or withdraws, carried out afterwards."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from simple_history.models import HistoricalRecords

from portal.organisation import roles
from portal.organisation.models import Body, User

from ..vocabulary import Errand, Sending
from .document import Document, Version

VIEW_OUTGOING = "disclosure.retry"
"""Who mends what did not arrive sees what is on its way."""


class Site(models.Model):
    """Another site on which what a body publishes appears as well (NX-18, YC-4.1-1b); kept by the office."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="sites", verbose_name="机关")
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("站点名称", max_length=60)
    in_use = models.BooleanField("启用", default=True)

    history = HistoricalRecords(verbose_name="站点变更")

    class Meta:
        verbose_name = verbose_name_plural = "同步发布的站点"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "code"), name="site_once", violation_error_message="本机关已有这一站点。"
            ),
        )

    def __str__(self) -> str:
        return self.name


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def visible_to(self, user: User, *, at: datetime) -> "OutgoingQuerySet":
        """The errands of the bodies this person looks after."""
        return self.filter(document__body__in=roles.reach(user, VIEW_OUTGOING, at=at).bodies)

    def last_words(self) -> "OutgoingQuerySet":
        """Of the errands on a document to a site only the last: what it says is what is to be seen there."""
        later = Outgoing.objects.filter(document=OuterRef("document"), site=OuterRef("site"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))


class Outgoing(models.Model):
    """One errand to one site: show this version there, or take the document off. The rows of a site are done in their order."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="outgoing", verbose_name="文件")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="版本")
    site = models.ForeignKey(Site, models.PROTECT, related_name="outgoing", verbose_name="站点")
    errand = models.CharField("事项", max_length=8, choices=Errand)
    state = models.CharField("状态", max_length=8, choices=Sending, default=Sending.WAITING)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    last_error = models.CharField("最近一次失败的原因", max_length=300, blank=True)
    created_at = models.DateTimeField("产生时间")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "同步发布事项"
        indexes = (models.Index(fields=("site", "id"), name="outgoing_waiting", condition=models.Q(state="waiting")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=Sending.DONE, done_at__isnull=False)
                | (~models.Q(state=Sending.DONE) & models.Q(done_at__isnull=True)),
                name="outgoing_done_has_its_moment",
                violation_error_message="已完成的同步事项应当记录完成时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_errand_display()} {self.site}"

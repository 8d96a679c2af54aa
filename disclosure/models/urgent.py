"""A publication that could not wait for its chain, and the approval that follows it."""

from django.db import models
from django.db.models import F, Q

from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from .document import Document, Version


class UrgentRelease(models.Model):
    """Published at once for a reason, by one person; approved later by another. At most one waits for each document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="urgent_releases", verbose_name="文件")
    version = models.OneToOneField(Version, models.PROTECT, related_name="urgent_release", verbose_name="版本")
    why = models.TextField("紧急发布的理由", max_length=500)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")
    released_at = models.DateTimeField("发布时间")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="补批人"
    )
    approved_at = models.DateTimeField("补批时间", null=True, blank=True)
    opinion = models.TextField("补批意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "紧急发布"
        constraints = (
            both_or_neither("approved_at", "approved_by"),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="urgent_for_a_reason",
                violation_error_message="紧急发布应当写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("released_by")),
                name="approved_by_somebody_else",
                violation_error_message="紧急发布应当由决定发布以外的人员补批。",
            ),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(approved_at__isnull=True),
                name="one_urgent_release_waits",
                violation_error_message="上一次紧急发布还没有补办审批。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} 紧急发布"

"""That a finished request was put up for anonymity, and that it was carried out (个人信息保护法第四十七条)."""

from django.db import models
from django.db.models import F, Q

from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from .request import InformationRequest


class Anonymisation(models.Model):
    """One request whose term of keeping is over: proposed by one person, carried out by another, once and for good."""

    request = models.OneToOneField(
        InformationRequest, models.PROTECT, related_name="anonymisation", primary_key=True, verbose_name="申请"
    )
    nominated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提请人")
    nominated_at = models.DateTimeField("提请时间")
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="审定人")
    done_at = models.DateTimeField("匿名化时间", null=True, blank=True)
    texts = models.PositiveIntegerField("销毁的文字（处）", default=0)
    files = models.PositiveIntegerField("销毁的文件（个）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "匿名化"
        constraints = (
            both_or_neither("done_at", "done_by"),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | ~Q(done_by=F("nominated_by")),
                name="anonymised_by_two",
                violation_error_message="提请匿名化的人员不能审定本人的提请。",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("nominated_at")),
                name="anonymised_after_nomination",
                violation_error_message="匿名化的时间不能早于提请的时间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 匿名化"

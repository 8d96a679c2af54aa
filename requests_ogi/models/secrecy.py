"""The review before anything leaves the house (保密审查, 条例第十七条): what a second person found in a version of the answer."""

from django.db import models
from django.db.models import Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import User

from ..vocabulary import SecrecyFinding
from .answer import DraftAnswer


class SecrecyReview(models.Model):
    """One review of one version of the answer; the newest counts. A new version is reviewed anew.

    `formal` is the check that comes first: who asked, what for and in which form are all there.
    """

    draft = models.ForeignKey(DraftAnswer, models.PROTECT, related_name="reviews", verbose_name="答复稿")
    formal = models.BooleanField("申请表形式要件齐备")
    finding = models.CharField("审查结论", max_length=12, choices=SecrecyFinding)
    opinion = EncryptedTextField("审查意见")
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审查人")
    reviewed_at = models.DateTimeField("审查时间")

    class Meta:
        verbose_name = verbose_name_plural = "保密审查"
        constraints = (
            models.CheckConstraint(
                condition=Q(formal=True),
                name="form_is_checked_before_secrecy",
                violation_error_message="应当先审查申请表的形式要件，齐备后再进行保密审查。",
            ),
            models.CheckConstraint(
                condition=Q(finding__in=SecrecyFinding.values),
                name="secrecy_finding_known",
                violation_error_message="保密审查结论只能是可以公开、可以部分公开、不得公开或者不能确定。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.draft} {self.get_finding_display()}"

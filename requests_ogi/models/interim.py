"""What is told the applicant on the way: that handling is suspended, or that release waits for a classification."""

from django.db import models
from django.db.models import F, Q

from portal.letters.models import Letter
from portal.organisation.models import User

from .request import InformationRequest


class Suspension(models.Model):
    """Handling suspended (中止) by a body whose own document knows it. The statutory limit runs on all the same."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="suspensions")
    cause = models.CharField("中止事由", max_length=40)
    reasons = models.TextField("中止理由", max_length=1000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    sent_on = models.DateField("通知书发出日期")
    suspended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_up_on = models.DateField("恢复办理日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "中止办理"
        constraints = (
            models.UniqueConstraint(
                fields=("request",),
                condition=Q(taken_up_on__isnull=True),
                name="suspended_once_at_a_time",
                violation_error_message="本件已经中止办理，恢复之前不能再次中止。",
            ),
            models.CheckConstraint(
                condition=Q(taken_up_on__isnull=True) | Q(taken_up_on__gte=F("sent_on")),
                name="taken_up_after_suspended",
                violation_error_message="恢复办理的日期不能早于中止通知书发出日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 中止"


class Postponement(models.Model):
    """Release postponed (暂缓公开) while the competent authority settles a classification. Never the answer itself."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="postponement", primary_key=True)
    reasons = models.TextField("暂缓理由", max_length=1000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    sent_on = models.DateField("告知书发出日期")
    postponed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "暂缓公开"

    def __str__(self) -> str:
        return f"{self.request.number} 暂缓公开"

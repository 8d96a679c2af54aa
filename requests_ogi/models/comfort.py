"""What makes a request bearable: help given to those who need it (条例第四十三条), and how content the applicant was."""

from django.db import models
from django.db.models import Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import User

from .request import InformationRequest


class ReadingHelp(models.Model):
    """Help given to an applicant with difficulties in reading, seeing or hearing. It may be given more than once."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="helps")
    what = EncryptedTextField("提供的协助")
    helped_on = models.DateField("提供日期")
    helped_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "阅读协助记录"

    def __str__(self) -> str:
        return f"{self.request} 阅读协助记录"


class Satisfaction(models.Model):
    """The one answer to “how content are you”, given after the end by whoever holds the code."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="satisfaction", primary_key=True)
    score = models.PositiveSmallIntegerField("评分")
    comment = EncryptedTextField("意见", blank=True, default="")
    rated_at = models.DateTimeField("评价时间")

    class Meta:
        verbose_name = verbose_name_plural = "满意度评价"
        constraints = (
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5),
                name="satisfaction_from_one_to_five",
                violation_error_message="评分应当在1至5之间。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request} 评价"

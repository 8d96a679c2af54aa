"""The consent of a collective body to lengthening a limit, where a body's document asks for it."""

from django.db import models

from portal.organisation.models import User

from ..vocabulary import ConsentForm
from .request import InformationRequest


class Consent(models.Model):
    """How and when the leading group agreed to the extension of one request; the letter says it."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="consent", primary_key=True)
    group = models.CharField("同意延期的组织", max_length=100)
    form = models.CharField("同意的形式", max_length=12, choices=ConsentForm)
    agreed_on = models.DateField("同意日期")
    reference = models.CharField("会议纪要或者会签单编号", max_length=100)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "集体同意延期"

    def __str__(self) -> str:
        return f"{self.group} {self.reference}"

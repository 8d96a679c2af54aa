"""A question put to a third party whose rights release would touch (条例第三十二条)."""

from django.db import models
from django.db.models import F, Q

from portal.archive.vault import EncryptedTextField
from portal.letters.models import Letter
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Opinion
from .request import InformationRequest


class Consultation(models.Model):
    """One third party, one letter, one answer or silence. The database lets nobody answer before being asked."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="consultations")
    party = EncryptedTextField("第三方名称")
    contact = EncryptedTextField("第三方联系方式", blank=True, default="")
    content = models.TextField("涉及第三方的信息内容", max_length=2000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_on = models.DateField("征求意见书发出日期")
    served_on = models.DateField("第三方收到日期", null=True, blank=True)
    limit_on = models.DateField("第三方反馈期限")
    replied_on = models.DateField("收到意见日期", null=True, blank=True)
    opinion = models.CharField("意见", max_length=12, choices=Opinion, null=True, blank=True)
    reasons = EncryptedTextField("理由", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征求第三方意见"
        constraints = (
            both_or_neither("replied_on", "opinion"),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("sent_on")),
                name="party_replies_after_it_was_asked",
                violation_error_message="收到意见的日期不能早于征求意见书发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("sent_on")),
                name="party_served_after_sending",
                violation_error_message="第三方收到的日期不能早于征求意见书发出日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 征求第三方意见"

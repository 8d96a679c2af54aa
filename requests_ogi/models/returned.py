"""An answer that came back by post (退件): whose fault it was decides which sending counts."""

from django.db import models
from django.db.models import Q

from portal.letters.models import Delivery
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Fault
from .request import InformationRequest


class ReturnedPost(models.Model):
    """One sending of the answer that came back. Where the applicant gave a wrong address, or refused it, the day of that
    sending still counts as the day of answering (`counted_on`); otherwise the next sending decides.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="returns")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="+")
    fault = models.CharField("退件原因归属", max_length=12, choices=Fault)
    counted_on = models.DateField("仍作为答复日期的发出日期", null=True, blank=True)
    counted_in_time = models.BooleanField("是否按期", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "退件"
        constraints = (
            both_or_neither("counted_on", "counted_in_time"),
            models.CheckConstraint(
                condition=~Q(fault=Fault.APPLICANT) | Q(counted_on__isnull=False),
                name="applicants_fault_keeps_the_day",
                violation_error_message="因申请人原因退回的，以首次发出日期为答复日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 退件"

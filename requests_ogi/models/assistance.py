"""A request that staff filled in for the applicant (代为填写): how it was told, and that it was read back."""

from django.db import models
from django.db.models import Q

from portal.organisation.models import User

from .request import InformationRequest


class Assistance(models.Model):
    """The record of an oral, telephone or telegraph request: when it was told, why writing was hard, that it was read back."""

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="assistance", primary_key=True)
    told_at = models.DateTimeField("通话、来访或者收电时间")
    difficulty = models.CharField("书写困难的情况", max_length=200)
    read_back = models.BooleanField("代填内容已读给申请人并经其确认")
    record = models.CharField("记录", max_length=300, blank=True)
    helped_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代填人")

    class Meta:
        verbose_name = verbose_name_plural = "代为填写记录"
        constraints = (
            models.CheckConstraint(
                condition=Q(read_back=True),
                name="filled_in_for_others_is_read_back",
                violation_error_message="代为填写的申请，应当读给申请人并经其确认。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 代填"

"""What the legal affairs office has agreed to: a body's own choice that national law does not know, while the sign-off stands."""

from django.db import models
from django.db.models import Q

from portal.organisation.models import Body, User
from portal.workflow.constraints import both_or_neither


class SignOff(models.Model):
    """One written agreement of the legal affairs office (法制机构) to one option of a body's document.

    Given and taken back by a leader; nothing is ever deleted. At most one stands per body and option.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    option = models.CharField("事项", max_length=60)
    said = models.TextField("法制机构意见", max_length=1000)
    document_number = models.CharField("意见文号", max_length=100)
    since = models.DateField("自何日起可以适用")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    signed_at = models.DateTimeField("登记时间")
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="撤销人")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoked_why = models.CharField("撤销理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "法制机构审核意见"
        constraints = (
            both_or_neither("revoked_at", "revoked_by"),
            models.UniqueConstraint(
                fields=("body", "option"),
                condition=Q(revoked_at__isnull=True),
                name="one_signoff_stands",
                violation_error_message="这一事项的审核意见仍然有效，不能重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_why="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_why="")),
                name="signoff_revoked_with_reason",
                violation_error_message="撤销审核意见必须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return self.document_number

    @property
    def number(self) -> str:
        """What the ledger calls it."""
        return self.document_number

"""The periodic look at what was withheld (条例第十八条): one row for each round, kept beside the sealed dossier."""

from django.db import models
from django.db.models import F, Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Verdict
from .request import InformationRequest


class ReEvaluation(models.Model):
    """One round: what the office proposes, what the director decides, and where the information came out in the end."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="reevaluations", verbose_name="申请")
    round = models.PositiveSmallIntegerField("第几次评估")
    due_on = models.DateField("应当评估日期")

    proposed = models.CharField("拟评估结论", max_length=16, choices=Verdict)
    proposed_reason = EncryptedTextField("拟评估理由")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="评估人")
    proposed_at = models.DateTimeField("提出时间")

    verdict = models.CharField("评估结论", max_length=16, choices=Verdict, null=True, blank=True)
    reason = EncryptedTextField("评估理由", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="审定人")
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)

    released_on = models.DateField("公开日期", null=True, blank=True)
    released_where = models.CharField("公开的栏目或者网址", max_length=300, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定期评估"
        constraints = (
            models.UniqueConstraint(
                fields=("request", "round"),
                name="reevaluation_round_once",
                violation_error_message="这一轮评估意见已经提出。",
            ),
            models.UniqueConstraint(
                fields=("request",),
                condition=Q(decided_at__isnull=True),
                name="reevaluation_one_open",
                violation_error_message="上一轮评估意见尚未审定。",
            ),
            both_or_neither("decided_at", "decided_by"),
            both_or_neither("decided_at", "verdict"),
            both_or_neither("decided_at", "reason"),
            both_or_neither("released_on", "released_where"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="reevaluation_by_two",
                violation_error_message="提出评估意见的人员不能审定本人的意见。",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(verdict=Verdict.NOW_PUBLIC),
                name="released_only_when_public",
                violation_error_message="只有评估认为可以公开的信息才能登记公开。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 第{self.round}次评估"

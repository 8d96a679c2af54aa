"""What is on file of a policy before it is signed: its assessed risk, and what the meeting it went to decided."""

from django.db import models
from django.db.models import Q

from portal.organisation.models import User

from ..vocabulary import MeetingOutcome, RiskLevel
from .document import Document


class RiskAssessment(models.Model):
    """The social risk of a policy, assessed before it is sent up (YC-3.1-1a). `organ` is who assessed it."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="risk_assessment", verbose_name="政策文件")
    level = models.CharField("风险等级", max_length=8, choices=RiskLevel)
    conclusion = models.TextField("评估结论", max_length=1000)
    organ = models.CharField("评估单位", max_length=100)
    assessed_on = models.DateField("评估日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "社会风险评估"
        constraints = (
            models.CheckConstraint(
                condition=~Q(conclusion="") & ~Q(organ=""),
                name="risk_with_its_conclusion",
                violation_error_message="社会风险评估应当写明评估单位和结论。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_level_display()}"


class Deliberation(models.Model):
    """What the body's meeting said of a policy (LD-A2-4-2b). `plan` is the interpretation plan that lay before it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="deliberations", verbose_name="政策文件")
    meeting = models.CharField("会议", max_length=100)
    held_on = models.DateField("会议日期")
    outcome = models.CharField("审议结果", max_length=16, choices=MeetingOutcome)
    note = models.CharField("会议意见", max_length=500, blank=True)
    plan = models.JSONField("一并提请的解读方案")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "会议审议"
        constraints = (
            models.CheckConstraint(
                condition=~Q(plan={}),
                name="deliberated_with_its_plan",
                violation_error_message="政策文件应当连同解读方案一并提请会议审议。",
            ),
            models.CheckConstraint(
                condition=Q(outcome=MeetingOutcome.PASSED) | ~Q(note=""),
                name="meeting_says_what_to_change",
                violation_error_message="会议要求修改或者没有通过的，应当写明会议意见。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.meeting}：{self.get_outcome_display()}"

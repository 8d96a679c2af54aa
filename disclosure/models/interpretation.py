"""The plan of a policy's interpretation, and which interpretation belongs to which policy."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.organisation.models import User

from ..vocabulary import InterpretationForm
from .document import Document


class InterpretationPlan(models.Model):
    """How a policy will be interpreted, or why it need not be. `fields` holds the points the body's document names."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="interpretation_plan", verbose_name="政策文件"
    )
    fields = models.JSONField("解读方案", default=dict, blank=True)
    important = models.BooleanField("重要政策文件", default=False)
    exempt_reason = models.CharField("不解读的理由", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    made_at = models.DateTimeField("编制时间")

    class Meta:
        verbose_name = verbose_name_plural = "解读方案"
        constraints = (
            models.CheckConstraint(
                condition=Q(exempt_reason="") | Q(fields={}),
                name="plan_or_exemption",
                violation_error_message="解读方案和不解读的理由只能填写一项。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} 解读方案"


class Pairing(models.Model):
    """One interpretation of one policy, found from either side. `details` is what the body publishes along with it."""

    policy = models.ForeignKey(Document, models.PROTECT, related_name="interpreted_by", verbose_name="政策文件")
    interpretation = models.ForeignKey(Document, models.PROTECT, related_name="interprets", verbose_name="解读材料")
    form = models.CharField("解读形式", max_length=20, choices=InterpretationForm)
    elements = ArrayField(models.CharField(max_length=20), verbose_name="内容要素", default=list, blank=True)
    details = models.JSONField("同时公布的事项", default=dict, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="关联人")
    made_at = models.DateTimeField("关联时间")

    class Meta:
        verbose_name = verbose_name_plural = "政策与解读"
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "interpretation"),
                name="paired_once",
                violation_error_message="这份解读材料已经与该政策文件关联。",
            ),
            models.CheckConstraint(
                condition=~Q(policy=F("interpretation")),
                name="never_paired_with_itself",
                violation_error_message="文件不能解读自身。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.policy.number}：{self.get_form_display()}"

    @property
    def released_with(self) -> dict[str, str]:
        """What the public reads along with the interpretation: what went through its review, nothing that was added later."""
        shown = self.interpretation.public
        if shown is None or shown.published_at is None or self.made_at > shown.published_at:
            return {}
        return {name: words for name, words in self.details.items() if words}

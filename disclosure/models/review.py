"""What was said of a version at each stage of its review chain."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.organisation.models import User

from ..vocabulary import Verdict
from .document import Document, Version


class Review(models.Model):
    """One verdict at one stage in one round. `checked` are the points of the stage's list that were ticked."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews", verbose_name="文件")
    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews", verbose_name="版本")
    round = models.PositiveSmallIntegerField("送审次数")
    stage = models.SlugField("环节", max_length=40)
    label = models.CharField("环节名称", max_length=40)
    verdict = models.CharField("审核意见", max_length=12, choices=Verdict)
    opinion = models.TextField("意见", max_length=1000, blank=True)
    checked = ArrayField(models.CharField(max_length=60), verbose_name="逐项核对", default=list, blank=True)
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人")
    outsider = models.CharField("外部审核人", max_length=100, blank=True)
    at = models.DateTimeField("审核时间")

    class Meta:
        verbose_name = verbose_name_plural = "审核记录"
        constraints = (
            models.UniqueConstraint(
                fields=("document", "round", "stage"),
                condition=Q(verdict=Verdict.PASSED),
                name="stage_passed_once",
                violation_error_message="这一环节已经审核通过。",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=False, outsider="") | (Q(reviewer__isnull=True) & ~Q(outsider="")),
                name="review_has_one_reviewer",
                violation_error_message="审核记录应当有一名审核人。",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PASSED) | ~Q(opinion=""),
                name="returned_with_an_opinion",
                violation_error_message="退回时应当写明需要修改什么。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.label}：{self.get_verdict_display()}"

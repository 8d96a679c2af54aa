"""What a citizen has filled in and not sent yet: sealed, without an account, gone after a day."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from portal.archive.kinds import Kind
from portal.archive.vault import EncryptedTextField

from .request import Attachment

LIFETIME = timedelta(hours=24)


class FilingDraftQuerySet(models.QuerySet["FilingDraft"]):
    def alive(self, *, at: datetime) -> "FilingDraftQuerySet":
        """Forms touched within the last day."""
        return self.filter(updated_at__gt=at - LIFETIME)

    def dead(self, *, at: datetime) -> "FilingDraftQuerySet":
        """Forms that are to be forgotten."""
        return self.filter(updated_at__lte=at - LIFETIME)


class FilingDraft(models.Model):
    """A form on its way through its pages. Only the browser that began it holds the key; here is the key's digest.

    The `submission_key` becomes the request's when the form is sent. From then on the row holds nothing but that key, so
    that a second press of the button finds the request that the first one made.
    """

    digest = models.CharField("钥匙摘要", max_length=64, unique=True)
    submission_key = models.CharField("防重复提交标识", max_length=64, unique=True)
    sealed = EncryptedTextField("已填内容")
    begun_at = models.DateTimeField("开始填写时间")
    updated_at = models.DateTimeField("最近填写时间", db_index=True)
    filed_at = models.DateTimeField("提交时间", null=True, blank=True)

    objects = FilingDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "未提交的申请"
        constraints = (
            models.CheckConstraint(
                condition=Q(filed_at=None) | Q(filed_at__gte=models.F("begun_at")),
                name="draft_filed_after_it_was_begun",
                violation_error_message="提交时间不能早于开始填写时间。",
            ),
        )

    def __str__(self) -> str:
        return "未提交的申请"


class FilingDraftFile(models.Model):
    """A file handed in with a form that is not sent yet. `sealed` is a vault ciphertext bound to its form."""

    draft = models.ForeignKey(FilingDraft, models.CASCADE, related_name="files")
    purpose = models.CharField("用途", max_length=20, choices=Attachment.Purpose)
    name = EncryptedTextField("文件名")
    kind = models.CharField("类型", max_length=10, choices=Kind)
    size = models.PositiveIntegerField("字节数")
    content_digest = models.CharField("内容摘要", max_length=64)
    sealed = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "未提交的附件"
        constraints = (models.UniqueConstraint(fields=("draft", "purpose", "content_digest"), name="draft_file_once"),)

    def __str__(self) -> str:
        return self.name

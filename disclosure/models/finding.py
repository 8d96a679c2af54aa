"""What a search of a version before the eye came upon, and what a named person decided of it (NX-19-1a, LD-A1-9)."""

from django.db import models
from django.db.models import Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import User
from portal.scanning.vocabulary import Finding as Kind
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Decision
from .document import Document, DocumentFile, Version


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> "FindingQuerySet":
        """What nobody has decided yet."""
        return self.filter(decision="")

    def standing(self) -> "FindingQuerySet":
        """What keeps a version from going on: undecided, or to be taken out and still there."""
        return self.filter(decision__in=("", Decision.REMOVED))


class Finding(models.Model):
    """One thing in a version, or in one of its files, that must be looked at. `excerpt` shows it with the thing itself masked.

    `fingerprint` is the keyed digest of the thing: a decision holds for the same thing in later versions of the document.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="findings", verbose_name="文件")
    version = models.ForeignKey(Version, models.PROTECT, related_name="findings", verbose_name="版本")
    file = models.ForeignKey(
        DocumentFile, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="附件"
    )
    kind = models.CharField("种类", max_length=12, choices=Kind)
    place = models.CharField("位置", max_length=200)
    excerpt = EncryptedTextField("摘录")
    fingerprint = models.CharField("内容摘要值", max_length=64, editable=False)
    certain = models.BooleanField("能够确认")
    found_at = models.DateTimeField("发现时间")
    decision = models.CharField("处理", max_length=10, choices=Decision, blank=True)
    reason = models.TextField("理由", max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布前检查"
        constraints = (
            models.UniqueConstraint(
                fields=("version", "fingerprint"),
                condition=Q(file__isnull=True),
                name="found_once_in_a_text",
                violation_error_message="同一内容已经列出。",
            ),
            models.UniqueConstraint(
                fields=("version", "file", "fingerprint"),
                condition=Q(file__isnull=False),
                name="found_once_in_a_file",
                violation_error_message="同一内容已经列出。",
            ),
            both_or_neither("decided_at", "decided_by"),
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_at__isnull=True)
                | (~Q(decision="") & ~Q(reason="") & Q(decided_at__isnull=False)),
                name="decided_with_a_reason",
                violation_error_message="处理检查发现的内容，应当写明结论和理由，并记明处理人。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CLASSIFIED, decision=Decision.ALLOWED),
                name="a_secrecy_mark_is_never_allowed",
                violation_error_message="带有密级标志的内容不能公开。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.place}）"

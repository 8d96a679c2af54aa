"""Files and dossiers: what was kept, by whom, and the hashes that prove it is still the same."""

from django.db import models
from django.db.models import Q

from portal.archive.kinds import Kind
from portal.archive.vault import EncryptedTextField
from portal.organisation.models import Body

_SHA256 = r"^[0-9a-f]{64}$"


class StoredFile(models.Model):
    """A file kept under FILES_DIR, encrypted. `address` is where it lies: a keyed digest, so that the folder tells nothing.

    The name is encrypted as well, because people put their own names into file names. Two rows may share one address when
    the same content was handed in twice. Once forgotten, the content and the name are gone for good; size and hash stay, so
    that a copy kept elsewhere can still be recognised as genuine.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    name = EncryptedTextField("文件名")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    address = models.CharField("存放位置", max_length=64, db_index=True)
    private = models.BooleanField("不公开", default=True)
    purpose = models.CharField("用途", max_length=40, blank=True)
    stored_at = models.DateTimeField("存入时间")
    stored_by = models.CharField("存入人", max_length=100)
    forgotten_at = models.DateTimeField("内容销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gt=0), name="stored_file_not_empty", violation_error_message="文件不能为空。"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=_SHA256) & Q(address__regex=_SHA256),
                name="stored_file_hashes",
                violation_error_message="文件校验值必须是 64 位十六进制数。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def mime(self) -> str:
        """The media type its content was recognised as."""
        return Kind(self.kind).mime


class Dossier(models.Model):
    """The sealed record of one finished matter (卷宗). Append-only: a database trigger refuses change and removal.

    `ledger_length` and `ledger_hash` are the head of the body's ledger at sealing; the same pair stands in the manifest.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    subject_type = models.CharField("事项类型", max_length=100)
    subject_id = models.CharField("事项标识", max_length=40)
    subject_number = models.CharField("事项编号", max_length=100, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="卷宗文件")
    manifest_sha256 = models.CharField("清单校验值", max_length=64)
    ledger_length = models.PositiveBigIntegerField("封卷时台账条数")
    ledger_hash = models.CharField("封卷时台账末条校验值", max_length=64)
    sealed_at = models.DateTimeField("封卷时间")
    sealed_by = models.CharField("封卷人", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "卷宗"
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id"), name="dossier_once", violation_error_message="本件已经封卷。"
            ),
            models.CheckConstraint(
                condition=Q(manifest_sha256__regex=_SHA256) & Q(ledger_hash__regex=_SHA256),
                name="dossier_hashes",
                violation_error_message="卷宗校验值必须是 64 位十六进制数。",
            ),
        )

    def __str__(self) -> str:
        return self.subject_number

"""Entries that are only ever added, and the row per body that says how many there are."""

from django.db import models
from django.db.models import F, Q

from portal.ledger.chain import GENESIS

HASH_LENGTH = len(GENESIS)


class Entry(models.Model):
    """One act. It points at nothing by foreign key: the record outlives and never holds back what it speaks of.

    `at` is the moment the act took place, `seq` the order in which acts were recorded; the two may differ when an act of
    an earlier day is entered later. `told` holds codes, dates, numbers and ids only, never personal data.
    """

    body = models.CharField("机关代码", max_length=20)
    seq = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=60)
    actor_id = models.CharField("办理人标识", max_length=40)
    actor_label = models.CharField("办理人", max_length=100)
    subject_type = models.CharField("事项类型", max_length=100)
    subject_id = models.CharField("事项标识", max_length=40)
    subject_number = models.CharField("事项编号", max_length=100)
    told = models.JSONField("内容")
    previous_hash = models.CharField("前一条校验值", max_length=HASH_LENGTH)
    hash = models.CharField("本条校验值", max_length=HASH_LENGTH)

    class Meta:
        verbose_name = verbose_name_plural = "台账记录"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "seq"), name="ledger_seq_once", violation_error_message="同一机关的台账序号不能重复。"
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1), name="ledger_seq_from_one", violation_error_message="台账序号从 1 开始。"
            ),
            models.CheckConstraint(
                condition=Q(hash__regex=r"^[0-9a-f]{64}$") & Q(previous_hash__regex=r"^[0-9a-f]{64}$"),
                name="ledger_hash_is_sha256",
                violation_error_message="台账校验值必须是 64 位十六进制数。",
            ),
            models.CheckConstraint(
                condition=~Q(hash=F("previous_hash")),
                name="ledger_hash_moves_on",
                violation_error_message="台账校验值不能与前一条相同。",
            ),
        )
        indexes = (models.Index(fields=("subject_type", "subject_id", "seq"), name="ledger_timeline"),)

    def __str__(self) -> str:
        return f"{self.body} 第 {self.seq} 条"


class Chain(models.Model):
    """How long a body's chain is and where it ends. Acts lock this row last, so that they queue only to be written down."""

    body = models.CharField("机关代码", max_length=20, primary_key=True)
    length = models.PositiveBigIntegerField("条数", default=0)
    head = models.CharField("末条校验值", max_length=HASH_LENGTH, default=GENESIS)

    class Meta:
        verbose_name = verbose_name_plural = "台账链"
        constraints = (
            models.CheckConstraint(
                condition=Q(length=0, head=GENESIS) | (Q(length__gt=0) & ~Q(head=GENESIS)),
                name="chain_head_once_it_has_entries",
                violation_error_message="台账链有记录时必须有末条校验值。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}（{self.length} 条）"


class FreeWords(models.Model):
    """What somebody wrote in their own words, beside the entry that holds its digest. It may be forgotten, never changed."""

    body = models.CharField("机关代码", max_length=20)
    seq = models.PositiveBigIntegerField("序号")
    key = models.CharField("项目", max_length=40)
    salt = models.CharField("盐值", max_length=32)
    text = models.TextField("文字")

    class Meta:
        verbose_name = verbose_name_plural = "台账所附文字"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "seq", "key"),
                name="ledger_words_once",
                violation_error_message="同一条台账记录的同一项目只能附一次文字。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} 第 {self.seq} 条 {self.key}"

    def beside(self, entry: Entry) -> "FreeWords":
        """These words, belonging to an entry that has its number."""
        self.body, self.seq = entry.body, entry.seq
        return self

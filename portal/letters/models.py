"""Letters, the series their numbers come from, and their deliveries."""

from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import Body

from .content import Content
from .service_rules import Manner


class Series(models.Model):
    """The last number given in one series of a body in one year. Only `issue` moves it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    code = models.CharField("编号序列", max_length=20)
    last = models.PositiveIntegerField("最近编号")

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        constraints = (
            models.UniqueConstraint(
                fields=("body", "year", "code"),
                name="series_once",
                violation_error_message="该机关本年度已有这一编号序列。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body} {self.year} {self.code} {self.last}"

    @staticmethod
    def issue(*, body: Body, year: int, code: str) -> int:
        """The next number of a series, from 1, without gaps.

        It must be asked for inside the transaction that stores the letter: other callers wait for that transaction to
        end, and a rollback gives the number back.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("a letter number may only be issued inside the transaction that stores the letter")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO letters_series AS series (body_id, year, code, last) VALUES (%s, %s, %s, 1) "
                "ON CONFLICT (body_id, year, code) DO UPDATE SET last = series.last + 1 RETURNING last",
                [body.pk, year, code],
            )
            return int(cursor.fetchone()[0])


class LetterQuerySet(models.QuerySet["Letter"]):
    def about(self, subject: Any) -> "LetterQuerySet":
        """Letters in one matter."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def standing(self) -> "LetterQuerySet":
        """Letters that have not been voided."""
        return self.filter(voided_at__isnull=True)

    def undelivered(self) -> "LetterQuerySet":
        """Standing letters without a delivery that counts."""
        return self.standing().exclude(deliveries__in=Delivery.objects.effective())


class Letter(models.Model):
    """A letter as it was composed. A trigger forbids changing or deleting it; a wrong one is voided and composed anew.

    `number` is its 文号, or its matter's number if its kind draws from no series. `sealed` holds the content as JSON.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="letters", verbose_name="发文机关")
    subject_type = models.CharField("事项类型", max_length=60)
    subject_id = models.BigIntegerField("事项")
    subject_number = models.CharField("事项编号", max_length=40)
    kind = models.CharField("文书种类", max_length=40)
    title = models.CharField("标题", max_length=200)
    series = models.CharField("编号序列", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("文号", max_length=60)
    addressee = EncryptedTextField("主送")
    sealed = EncryptedTextField("内容")
    remedy = models.CharField(
        "救济告知", max_length=2, choices=(("R0", "不告知"), ("R1", "复议前置"), ("R2", "复议或者诉讼"))
    )
    dated = models.DateField("成文日期")
    composed_at = models.DateTimeField("制发时间")
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="制发人"
    )
    file = models.ForeignKey("archive.StoredFile", models.PROTECT, related_name="+", verbose_name="文件")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_why = models.CharField("作废原因", max_length=200, blank=True)
    forgotten_at = models.DateTimeField("内容销毁时间", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        indexes = (models.Index(fields=("subject_type", "subject_id"), name="letter_subject"),)
        constraints = (
            # What a chapter's answer may refer to as a whole, so that it cannot claim another kind or remedy.
            models.UniqueConstraint(fields=("id", "kind", "remedy"), name="letter_with_kind_and_remedy"),
            models.UniqueConstraint(
                fields=("body", "year", "series", "serial"),
                name="letter_number_once",
                violation_error_message="同一机关同一年度的文号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(series="", serial__isnull=True) | (~Q(series="") & Q(serial__gte=1)),
                name="letter_serial_with_series",
                violation_error_message="有编号序列的文书必须有序号，没有编号序列的不能有序号。",
            ),
            models.CheckConstraint(
                condition=Q(remedy__in=("R0", "R1", "R2")),
                name="letter_remedy_known",
                violation_error_message="救济告知只能是不告知、复议前置或者复议或者诉讼三种之一。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_why="") | (Q(voided_at__isnull=False) & ~Q(voided_why="")),
                name="letter_voided_with_reason",
                violation_error_message="作废文书必须写明原因。",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def content(self) -> Content:
        """What the letter says."""
        return Content.from_json(self.sealed)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def effective(self) -> "DeliveryQuerySet":
        """Deliveries that count: those that did not come back."""
        return self.filter(returned_on__isnull=True)


class Delivery(models.Model):
    """One sending of a letter. `counts_on` is the day that decides whether it was in time (LET235-4).

    A sending that came back (退件) is kept with its day and reason and no longer counts; then there may be another.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name="文书")
    manner = models.CharField("送达方式", max_length=12, choices=Manner.choices)
    sent_on = models.DateField("发出日期")
    served_on = models.DateField("签收日期", null=True, blank=True)
    counts_on = models.DateField("送达日期")
    proof_number = models.CharField("邮件号码或者回证编号", max_length=60, blank=True)
    proof_file = models.ForeignKey(
        "archive.StoredFile", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="送达凭证"
    )
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="登记人"
    )
    returned_on = models.DateField("退回日期", null=True, blank=True)
    returned_why = models.CharField("退回原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        constraints = (
            models.UniqueConstraint(
                fields=("letter",),
                condition=Q(returned_on__isnull=True),
                name="delivery_effective_once",
                violation_error_message="本文书已经送达，不能重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(manner__in=Manner.values),
                name="delivery_manner_known",
                violation_error_message="送达方式只能是电子、邮寄或者直接送达。",
            ),
            models.CheckConstraint(
                condition=~Q(manner=Manner.POST) | ~Q(proof_number=""),
                name="delivery_post_has_number",
                violation_error_message="邮寄送达必须登记邮件号码。",
            ),
            models.CheckConstraint(
                condition=~Q(manner=Manner.IN_PERSON) | Q(served_on__isnull=False),
                name="delivery_in_person_is_signed",
                violation_error_message="直接送达必须登记签收日期。",
            ),
            models.CheckConstraint(
                condition=~Q(manner=Manner.ELECTRONIC) | Q(served_on__isnull=True) | Q(served_on=F("sent_on")),
                name="delivery_electronic_at_once",
                violation_error_message="电子送达以发出当日为送达日期，不另登记其他签收日期。",
            ),
            models.CheckConstraint(
                condition=Q(manner=Manner.IN_PERSON, counts_on=F("served_on"))
                | (~Q(manner=Manner.IN_PERSON) & Q(counts_on=F("sent_on"))),
                name="delivery_counts_by_manner",
                violation_error_message="送达日期：邮寄为交邮之日，直接送达为签收之日，电子送达为发出之日。",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("sent_on")),
                name="delivery_served_after_sent",
                violation_error_message="签收日期不能早于发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, returned_why="")
                | (Q(returned_on__isnull=False, returned_on__gte=F("sent_on")) & ~Q(returned_why="")),
                name="delivery_returned_with_reason",
                violation_error_message="退回的送达必须登记退回日期（不早于发出日期）和原因。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter} {self.get_manner_display()} {self.counts_on}"

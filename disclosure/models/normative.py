"""Normative documents: whether one is, who judged its legality, whether it holds, and the clean-ups."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from portal.archive.models import StoredFile
from portal.organisation import roles
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither
from portal.workflow.matter import Matter

from ..vocabulary import CleanUpState, Conclusion, Validity
from .document import Document, DocumentQuerySet, Version

VIEW_CLEAN_UPS = "cleanups.view"


class IdentificationQuerySet(models.QuerySet["Identification"]):
    def standing(self) -> "IdentificationQuerySet":
        """The last word on each version."""
        return self.filter(replaced_at__isnull=True)

    def confirmed(self) -> "IdentificationQuerySet":
        """Those that somebody else than their maker has confirmed."""
        return self.standing().filter(confirmed_at__isnull=False)


class Identification(models.Model):
    """Whether one version is a normative document: the answers of the questionnaire and what they came to."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="identifications", verbose_name="版本")
    answers = models.JSONField("回答")
    is_normative = models.BooleanField("行政规范性文件")
    reasons = ArrayField(models.CharField(max_length=200), verbose_name="理由")
    advice = models.CharField("办理建议", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="认定人")
    made_at = models.DateTimeField("认定时间")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    replaced_at = models.DateTimeField("重新认定时间", null=True, blank=True)

    objects = IdentificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件认定"
        constraints = (
            both_or_neither("confirmed_at", "confirmed_by"),
            models.UniqueConstraint(
                fields=("version",),
                condition=Q(replaced_at__isnull=True),
                name="identified_once",
                violation_error_message="这一版本已经认定。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")),
                name="confirmed_by_somebody_else",
                violation_error_message="认定结论应当由其他人员复核。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}：{'是' if self.is_normative else '不是'}行政规范性文件"


def register() -> DocumentQuerySet:
    """The public documents whose public text has been identified, and confirmed, as a normative document (NX-08-4b)."""
    found = Identification.objects.confirmed().filter(version=OuterRef("public"), is_normative=True)
    return Document.objects.public().filter(Exists(found))


class LegalityReview(models.Model):
    """What the legal organ said of one version; the next version needs its own."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="legality_reviews", verbose_name="版本")
    organ = models.CharField("审核机构", max_length=100)
    passed = models.BooleanField("审核通过")
    opinion = models.TextField("审核意见", max_length=2000)
    reviewed_on = models.DateField("审核日期")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核意见书"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "合法性审核"
        constraints = (
            models.CheckConstraint(
                condition=~Q(opinion=""),
                name="legality_with_opinion",
                violation_error_message="请写明合法性审核意见。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version} {self.organ}"


class StandingChange(models.Model):
    """From which day a document has been amended, repealed or lapsed, and by what. A later day takes effect by itself."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="standing_changes", verbose_name="文件")
    validity = models.CharField("有效性", max_length=12, choices=Validity)
    since = models.DateField("自何日起")
    basis = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据的文件"
    )
    note = models.CharField("说明", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人")
    made_at = models.DateTimeField("办理时间")

    class Meta:
        verbose_name = verbose_name_plural = "有效性变动"
        constraints = (
            models.CheckConstraint(
                condition=~Q(validity=Validity.IN_FORCE),
                name="standing_changes_to_something",
                violation_error_message="有效性变动只能是修改、废止或者失效。",
            ),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(validity__in=(Validity.REPEALED, Validity.LAPSED)),
                name="ended_once",
                violation_error_message="本件的废止或者失效已经登记。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_validity_display()}"


class CleanUpQuerySet(models.QuerySet["CleanUp"]):
    def visible_to(self, user: User, *, at: datetime) -> "CleanUpQuerySet":
        """The clean-ups of the bodies this person looks after."""
        return self.filter(body__in=roles.reach(user, VIEW_CLEAN_UPS, at=at).bodies)


class CleanUp(Matter):
    """One round in which a body looks at all its normative documents (NX-08-4a, YC-2.6-1d); its result is public."""

    state = models.CharField("状态", max_length=12, choices=CleanUpState, default=CleanUpState.OPEN)
    year = models.PositiveSmallIntegerField("年度")
    decision = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清理决定"
    )
    published_on = models.DateField("公布日期", null=True, blank=True)

    objects = CleanUpQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件清理"
        constraints = (
            models.UniqueConstraint(
                fields=("body",),
                condition=Q(state=CleanUpState.OPEN),
                name="one_clean_up_at_a_time",
                violation_error_message="本机关有一次清理正在进行。",
            ),
            models.CheckConstraint(
                condition=Q(state=CleanUpState.OPEN, published_on__isnull=True)
                | Q(state=CleanUpState.PUBLISHED, published_on__isnull=False),
                name="clean_up_published_with_its_day",
                violation_error_message="公布清理结果时应当记明日期。",
            ),
        )

    @property
    def title_for_clock(self) -> str:
        """How limits call the clean-up."""
        return f"{self.year}年规范性文件清理"


class CleanUpItem(models.Model):
    """What a clean-up says of one document."""

    clean_up = models.ForeignKey(CleanUp, models.PROTECT, related_name="items", verbose_name="清理")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    conclusion = models.CharField("清理结论", max_length=8, choices=Conclusion)
    note = models.CharField("说明", max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    decided_at = models.DateTimeField("办理时间")

    class Meta:
        verbose_name = verbose_name_plural = "清理结论"
        constraints = (
            models.UniqueConstraint(
                fields=("clean_up", "document"),
                name="concluded_once",
                violation_error_message="本次清理已有这份文件的结论。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_conclusion_display()}"

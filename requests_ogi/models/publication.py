"""An answer published for everybody, without a name: proposed by one person, checked by another (条例第四十四条)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from portal.organisation.models import Body, User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Outcome
from .request import InformationRequest
from .searching import titled


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    def public(self) -> "PublishedAnswerQuerySet":
        """What everybody may read now."""
        return self.filter(published_on__isnull=False, withdrawn_at__isnull=True)

    def titled(self, words: str) -> "PublishedAnswerQuerySet":
        """Those whose title contains every one of the words."""
        return self.filter(titled(words))

    def like(self, title: str) -> "PublishedAnswerQuerySet":
        """Those whose title shares at least every third pair of characters with a title, the most alike first."""
        shared = RawSQL(
            "(SELECT count(*) FROM unnest(request_pairs(requests_ogi_publishedanswer.title)) AS pair"
            " WHERE pair = ANY (request_pairs(%s)))",
            [title],
            output_field=models.IntegerField(),
        )
        any_shared = RawSQL(
            "request_pairs(requests_ogi_publishedanswer.title) && request_pairs(%s)",
            [title],
            output_field=models.BooleanField(),
        )
        least = max((len(title) - 1) // 3, 1)
        return self.filter(any_shared).annotate(shared=shared).filter(shared__gte=least).order_by("-shared", "-pk")


class PublishedAnswer(models.Model):
    """A question and its answer in words that name nobody. Public from the check on; once withdrawn, gone for good."""

    number = models.CharField("编号", max_length=40, unique=True)
    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="publication")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="机关")
    title = models.CharField("标题", max_length=200)
    question = models.TextField("问题", max_length=2000)
    answer = models.TextField("答复要点", max_length=6000)
    outcome = models.CharField("办理结果", max_length=24, choices=Outcome)
    article = models.CharField("依据", max_length=120, blank=True)

    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="核对人")
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_why = models.CharField("撤下理由", max_length=300, blank=True)

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开的答复"
        indexes = (models.Index(fields=("body", "-published_on", "-id"), name="published_answers"),)
        constraints = (
            both_or_neither("checked_at", "checked_by"),
            both_or_neither("checked_at", "published_on"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("proposed_by")),
                name="privacy_checked_by_a_second_person",
                violation_error_message="公开前的隐私核对必须由提出人以外的人员办理。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(checked_at__isnull=False, withdrawn_at__gte=F("checked_at")) & ~Q(withdrawn_why="")),
                name="withdrawn_after_publication_for_a_reason",
                violation_error_message="只有已经公开的答复才能撤下，并且必须写明理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it now."""
        return self.published_on is not None and self.withdrawn_at is None

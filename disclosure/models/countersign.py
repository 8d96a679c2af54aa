"""What others are asked before a document goes out: units concerned (YQ-S2-3), joint makers, who settles a doubt, reviewers
without an account.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal.archive import vault
from portal.archive.vault import EncryptedTextField
from portal.moment import local_date
from portal.organisation.models import Department, User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import Purpose, Settlement, State, Word
from .document import Document, Version
from .review import Review

KEY_PREFIX = "review:"


class Countersign(models.Model):
    """One unit, a department of the body or an organ outside, asked for its written word; `version` is what it speaks of.

    An answer holds for its version only: a changed text is put to the unit again.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="countersigns", verbose_name="文件")
    purpose = models.CharField("事由", max_length=16, choices=Purpose, default=Purpose.CONSENT)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本机关内设机构"
    )
    organ = models.CharField("其他机关", max_length=100, blank=True)
    question = models.TextField("涉及的内容", max_length=1000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="征求人")
    asked_at = models.DateTimeField("征求时间")
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="countersigns", verbose_name="答复所针对的版本"
    )
    answer = models.CharField("书面答复", max_length=10, choices=Word, blank=True)
    opinion = models.TextField("意见", max_length=1000, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复（登记）人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    settlement = models.CharField("协商结果", max_length=10, choices=Settlement, blank=True)
    settlement_reason = models.TextField("协商情况", max_length=1000, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="协商主持人"
    )
    settled_at = models.DateTimeField("协商时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会签"
        constraints = (
            models.CheckConstraint(
                condition=Q(department__isnull=False, organ="") | (Q(department__isnull=True) & ~Q(organ="")),
                name="countersigned_by_one_unit",
                violation_error_message="请选择一个内设机构，或者填写一个其他机关。",
            ),
            models.UniqueConstraint(
                fields=("document", "purpose", "department", "organ"),
                nulls_distinct=False,
                condition=Q(answer=""),
                name="asked_once_at_a_time",
                violation_error_message="已经向该单位征求意见，请等待答复。",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, version__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, version__isnull=False)),
                name="answered_with_its_moment",
                violation_error_message="书面答复应当记明时间和所针对的版本。",
            ),
            both_or_neither("answered_at", "answered_by"),
            models.CheckConstraint(
                condition=~Q(answer=Word.DISAGREES) | ~Q(opinion=""),
                name="disagrees_with_an_opinion",
                violation_error_message="不同意公开的，应当写明意见。",
            ),
            both_or_neither("settled_at", "settled_by"),
            models.CheckConstraint(
                condition=Q(settlement="", settled_at__isnull=True)
                | (Q(answer=Word.DISAGREES, purpose=Purpose.CONSENT, settled_at__isnull=False) & ~Q(settlement="")),
                name="only_a_disagreement_is_settled",
                violation_error_message="只有不同意公开的意见需要协商解决。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.unit}"

    @property
    def unit(self) -> str:
        """Who is asked."""
        return self.department.name if self.department is not None else self.organ


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def with_key(self, key: str) -> "InvitationQuerySet":
        """The invitation whose link bears this key, whatever vault key was the newest when it was sent."""
        return self.filter(key_digest__in=vault.digests(KEY_PREFIX + key))

    def usable(self, *, at: datetime) -> "InvitationQuerySet":
        """Those that still open a page: unused, not expired, and of the round under review."""
        return self.filter(
            review__isnull=True,
            expires_on__gte=local_date(at),
            document__state=State.REVIEW,
            document__round=F("round"),
        )


class Invitation(models.Model):
    """A link for one reviewer without an account. It opens the version under review until it is used, expires or the round ends."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="invitations", verbose_name="文件")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="版本")
    round = models.PositiveSmallIntegerField("送审次数")
    stage = models.SlugField("环节", max_length=40)
    label = models.CharField("审核事项", max_length=40)
    organ = models.CharField("审核单位", max_length=60)
    key = EncryptedTextField("链接标识", digest_in="key_digest", digest_prefix=KEY_PREFIX)
    key_digest = models.CharField("链接标识摘要", max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="邀请人")
    invited_at = models.DateTimeField("邀请时间")
    expires_on = models.DateField("链接有效期至")
    review = models.OneToOneField(
        Review, models.PROTECT, null=True, blank=True, related_name="invitation", verbose_name="审核意见"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "外部审核"
        constraints = (
            models.CheckConstraint(
                condition=~Q(organ="") & ~Q(label=""),
                name="invited_for_something",
                violation_error_message="请写明审核单位和审核事项。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.number} {self.organ} {self.label}"

"""A question put to somebody before the decision (条例第十七条、第三十二条、第三十四条): a third party, a co-maker, an authority."""

from django.db import models
from django.db.models import F, Q

from portal.archive import vault
from portal.archive.vault import EncryptedTextField
from portal.letters.models import Letter
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from ..vocabulary import AGAINST_OBJECTION, OF_OBJECTIONS, OF_SILENCE, Asked, Opinion, Weighed
from .request import InformationRequest

KEY_PREFIX = "opinion:"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def with_key(self, key: str) -> "ConsultationQuerySet":
        """The consultation whose letter bears this key, whatever vault key was the newest when it was sent."""
        return self.filter(key_digest__in=vault.digests(KEY_PREFIX + key))

    def unanswered(self) -> "ConsultationQuerySet":
        """Those that have not said anything yet."""
        return self.filter(replied_on__isnull=True)


class Consultation(models.Model):
    """One party, one letter, one answer or silence, and what the body made of it.

    `key` opens the page on which a third party answers without an account. The database lets nobody answer before being
    asked, and no finding stand that does not fit what was said.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="consultations")
    kind = models.CharField("征求对象", max_length=12, choices=Asked, default=Asked.THIRD_PARTY)
    party = EncryptedTextField("名称")
    contact = EncryptedTextField("联系方式", blank=True, default="")
    email = EncryptedTextField("电子邮箱", blank=True, default="")
    content = models.TextField("涉及的信息内容", max_length=2000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+")
    key = EncryptedTextField("网上反馈标识", null=True, blank=True, digest_in="key_digest", digest_prefix=KEY_PREFIX)
    key_digest = models.CharField("网上反馈标识摘要", max_length=64, null=True, unique=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_on = models.DateField("发出日期")
    served_on = models.DateField("对方收到日期", null=True, blank=True)
    working_days = models.PositiveSmallIntegerField("反馈期限（工作日）")
    limit_on = models.DateField("反馈期限届满日")
    replied_on = models.DateField("收到意见日期", null=True, blank=True)
    opinion = models.CharField("意见", max_length=12, choices=Opinion, null=True, blank=True)
    reasons = EncryptedTextField("理由", null=True, blank=True)
    finding = models.CharField("审查结论", max_length=20, choices=Weighed, null=True, blank=True)
    finding_reasons = EncryptedTextField("审查理由", null=True, blank=True)
    weighed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    weighed_at = models.DateTimeField("审查时间", null=True, blank=True)
    notice = models.OneToOneField(Letter, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        constraints = (
            both_or_neither("replied_on", "opinion"),
            both_or_neither("key", "key_digest"),
            both_or_neither("finding", "finding_reasons"),
            both_or_neither("finding", "weighed_by"),
            both_or_neither("weighed_at", "weighed_by"),
            models.CheckConstraint(
                condition=Q(kind__in=Asked.values),
                name="consulted_kind_known",
                violation_error_message="征求对象只能是第三方、共同制作机关或者主管部门。",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("sent_on")),
                name="party_replies_after_it_was_asked",
                violation_error_message="收到意见的日期不能早于征求意见书发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("sent_on")),
                name="party_served_after_sending",
                violation_error_message="第三方收到的日期不能早于征求意见书发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(finding__isnull=True)
                | Q(finding__in=OF_OBJECTIONS, opinion=Opinion.OBJECTS)
                | Q(finding__in=OF_SILENCE, opinion__isnull=True),
                name="finding_fits_what_was_said",
                violation_error_message="审查结论应当与对方的意见相符：不同意公开的审查其理由，逾期未反馈的由本机关决定。",
            ),
            models.CheckConstraint(
                condition=Q(finding__isnull=True) | ~Q(kind=Asked.AUTHORITY),
                name="authority_is_not_weighed",
                violation_error_message="主管部门的认定意见应当执行，不另作审查。",
            ),
            models.CheckConstraint(
                condition=~Q(finding=Weighed.OVERRIDE) | Q(kind=Asked.THIRD_PARTY),
                name="override_is_for_third_parties",
                violation_error_message="因公共利益决定公开，只适用于第三方不同意公开的情形。",
            ),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | Q(kind=Asked.THIRD_PARTY, finding__in=AGAINST_OBJECTION),
                name="notice_tells_of_release_against_objection",
                violation_error_message="只有在第三方不同意而决定公开时，才告知第三方公开的内容和理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 征求{self.get_kind_display()}意见"

    @property
    def is_late(self) -> bool:
        """Whether the opinion came after the party's own limit. It is heard all the same while nothing is decided."""
        return self.replied_on is not None and self.replied_on > self.limit_on

"""Reasons asked for where the volume of requests is plainly beyond reason (条例第三十五条)."""

from django.db import models
from django.db.models import F, Q

from portal.archive.vault import EncryptedTextField
from portal.letters.models import Letter
from portal.organisation.models import User
from portal.workflow.constraints import both_or_neither

from .request import InformationRequest


class ReasonsAsked(models.Model):
    """The one question for reasons and its answer. The limit for the answer to the request runs on meanwhile.

    `delayed_days` are the working days of the delayed limit, set where the reasons were found good but the limit too short.
    """

    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="reasons_asked", primary_key=True)
    why = models.TextField("认定超过合理范围的情况", max_length=1000)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="+", verbose_name="说明理由告知书")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")
    sent_on = models.DateField("告知书发出日期")
    limit_on = models.DateField("说明理由期限届满日")
    answered_on = models.DateField("说明理由日期", null=True, blank=True)
    reasons = EncryptedTextField("申请人说明的理由", null=True, blank=True)
    delayed_on = models.DateField("决定延迟答复日期", null=True, blank=True)
    delayed_days = models.PositiveSmallIntegerField("延迟答复期限（工作日）", null=True, blank=True)
    delayed_why = models.TextField("无法按期答复的情况", max_length=1000, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "说明理由"
        constraints = (
            both_or_neither("answered_on", "reasons"),
            both_or_neither("delayed_on", "delayed_days"),
            models.CheckConstraint(
                condition=Q(limit_on__gt=F("sent_on")),
                name="reasons_have_time",
                violation_error_message="应当给申请人说明理由的合理期限。",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")),
                name="reasons_given_after_they_were_asked",
                violation_error_message="申请人说明理由的日期不能早于告知书发出日期。",
            ),
            models.CheckConstraint(
                condition=Q(delayed_on__isnull=True)
                | Q(answered_on__isnull=False, delayed_on__gte=F("answered_on")) & ~Q(delayed_why=""),
                name="delayed_for_good_reasons",
                violation_error_message="申请人说明理由之后才能确定延迟答复的期限，并应写明情况。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request.number} 说明理由"

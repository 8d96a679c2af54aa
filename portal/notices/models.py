"""The outbox: every word that is to go out, written in the transaction of the act that caused it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.archive.vault import EncryptedTextField
from portal.organisation.models import Body


class Channel(models.TextChoices):
    """How word reaches somebody."""

    EMAIL = "email", "电子邮件"
    SITE = "site", "站内提醒"


class State(models.TextChoices):
    """Where a notice stands. `UNKNOWN`: handed to the mail server, and nobody knows whether it was taken."""

    QUEUED = "queued", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    FAILED = "failed", "发送失败"
    UNKNOWN = "unknown", "结果不明"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def about(self, subject: Any) -> "NoticeQuerySet":
        """Notices in one matter."""
        return self.filter(about_type=subject._meta.label_lower, about_id=subject.pk)

    def due(self, *, at: datetime) -> "NoticeQuerySet":
        """Notices whose turn has come, the longest waiting first."""
        return self.filter(state=State.QUEUED, next_try_at__lte=at).order_by("next_try_at", "pk")

    def in_doubt(self) -> "NoticeQuerySet":
        """Notices that a person must look at: refused for good, or nobody knows whether they went out."""
        return self.filter(state__in=(State.FAILED, State.UNKNOWN))

    def waiting_longer_than(self, patience: timedelta, *, at: datetime) -> "NoticeQuerySet":
        """Notices queued for longer than `patience`: a sign that nothing sends them."""
        return self.filter(state=State.QUEUED, created_at__lt=at - patience)

    def in_the_inbox_of(self, user: Any) -> "NoticeQuerySet":
        """Word for one member of staff in the workplace."""
        return self.filter(channel=Channel.SITE, user=user)

    def unread(self) -> "NoticeQuerySet":
        """Word that nobody has opened."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One word to one receiver through one channel.

    `key` names the occasion: a second notice with the same key is not written. `to` is the e-mail address, encrypted.
    `text` is shown in the workplace only; an e-mail carries no more than the subject line, the number and a link.
    `claim` is the sender's token, kept while the outcome is open; `handed_at` is set just before it is handed to the mail server.
    """

    key = models.CharField("唯一标识", max_length=200, unique=True)
    kind = models.CharField("种类", max_length=60)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", null=True, blank=True, verbose_name="收件人"
    )
    to = EncryptedTextField("收件地址", blank=True)
    subject_line = models.CharField("主题", max_length=100)
    text = models.TextField("内容", blank=True)
    link = models.CharField("链接", max_length=200, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="机关")
    about_type = models.CharField("事项类型", max_length=60, blank=True)
    about_id = models.BigIntegerField("事项", null=True, blank=True)
    about_number = models.CharField("事项编号", max_length=40, blank=True)
    created_at = models.DateTimeField("产生时间")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_try_at = models.DateTimeField("下次发送时间")
    claim = models.UUIDField("领取标记", null=True, blank=True)
    claimed_at = models.DateTimeField("领取时间", null=True, blank=True)
    handed_at = models.DateTimeField("交付邮件服务器时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        indexes = (
            models.Index(fields=("next_try_at", "id"), condition=Q(state=State.QUEUED), name="notice_queue"),
            models.Index(fields=("claimed_at",), condition=Q(state=State.SENDING), name="notice_sending"),
            models.Index(
                fields=("body", "state"), condition=Q(state__in=("failed", "unknown")), name="notice_in_doubt"
            ),
            models.Index(fields=("user", "-created_at"), condition=Q(channel=Channel.SITE), name="notice_inbox"),
            models.Index(fields=("about_type", "about_id"), name="notice_about"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(channel=Channel.SITE) | Q(user__isnull=False),
                name="notice_site_has_user",
                violation_error_message="站内提醒必须有收件人。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claim__isnull=False, claimed_at__isnull=False)
                | Q(state=State.UNKNOWN)
                | (~Q(state__in=(State.SENDING, State.UNKNOWN)) & Q(claim__isnull=True, claimed_at__isnull=True)),
                name="notice_claimed_while_sending",
                violation_error_message="发送中的提醒必须有领取标记，待发送和已有结果的不得有。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="notice_sent_at_when_sent",
                violation_error_message="已发送的提醒必须有发送时间，其他状态不得有。",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(channel=Channel.SITE),
                name="notice_read_on_site_only",
                violation_error_message="只有站内提醒有阅读时间。",
            ),
        )

    def __str__(self) -> str:
        return self.subject_line

"""What the portal itself puts on the first page of the workplace: unread notices, and what should be looked after."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.moment import local_date
from portal.notices.models import Notice
from portal.web.todo import Message, Warning, register_message, register_warning
from portal.workdays.service import coverage_warning

MOST = 8


@register_message
def unread(user: Any, at: datetime) -> Iterable[Message]:
    """The newest notices the user has not read."""
    notices = Notice.objects.in_the_inbox_of(user).unread().order_by("-created_at", "-pk")
    for notice in notices[:MOST]:
        yield Message(notice.subject_line, notice.created_at, notice.link, notice.text)


@register_warning
def calendar(user: Any, at: datetime) -> Iterable[Warning]:
    """Next year's working days are not known yet, and limits that reach into it are provisional."""
    if missing := coverage_warning(local_date(at)):
        yield Warning(missing, reverse("admin:workdays_notice_changelist"), "打开工作日历")


@register_warning
def doubtful_notices(user: Any, at: datetime) -> Iterable[Warning]:
    """E-mails of the user's bodies that failed or may not have arrived: only a person can settle that."""
    bodies = user.posts.live(on=local_date(at)).values("body")
    if count := Notice.objects.in_doubt().filter(body__in=bodies).count():
        yield Warning(f"有{count}封通知邮件发送失败或者结果不明，请改用电话等其他方式告知收件人。")

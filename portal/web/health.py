"""What a supervisor asks: is the process alive, and can it do its work."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from portal import moment
from portal.celery import app as celery_app
from portal.clocks import sweeping
from portal.notices.models import Notice
from portal.schedule import SWEEP_EVERY
from portal.web.access import public
from portal.workdays.service import coverage_warning

logger = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long word may wait in the outbox before somebody should look why; it is sent every minute."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `ok` decides the status; a `warning` only speaks."""

    name: str
    ok: bool
    message: str
    warning: bool = False


def database() -> Finding:
    """Whether one statement can be answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("readyz: database")
        return Finding("database", False, "数据库连接失败，暂时不能受理和办理。")
    return Finding("database", True, "数据库连接正常。")


def broker() -> Finding:
    """Whether the queue of background work takes a connection within two seconds."""
    try:
        with celery_app.connection_for_write(connect_timeout=2) as link:
            link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
    except (BrokerError, OSError):
        logger.exception("readyz: broker")
        return Finding("broker", False, "消息队列连接失败，通知和定时任务会推迟。")
    return Finding("broker", True, "消息队列连接正常。")


def calendar(at: datetime) -> Finding:
    """Warn when next year's working days should be known and are not; never a reason to stop serving."""
    if missing := coverage_warning(moment.local_date(at)):
        return Finding("calendar", True, missing, warning=True)
    return Finding("calendar", True, "工作日历完整。")


def sweep(at: datetime) -> Finding:
    """Whether the sweep of clocks finished within twice its interval; before its first run there is nothing to miss."""
    finished = sweeping.last_finished()
    if finished is None:
        return Finding("sweep", True, "期限巡查尚未运行过。", warning=True)
    if at - finished > 2 * SWEEP_EVERY:
        latest = finished.astimezone(moment.SHANGHAI)
        return Finding("sweep", False, f"期限巡查已停摆，最近一次完成于{latest:%Y-%m-%d %H:%M}。")
    return Finding("sweep", True, "期限巡查运行正常。")


def outbox(at: datetime) -> Finding:
    """Warn when word has waited longer than `PATIENCE`: something sends too slowly, or nothing sends at all."""
    if waiting := Notice.objects.waiting_longer_than(PATIENCE, at=at).count():
        minutes = PATIENCE // timedelta(minutes=1)
        return Finding("outbox", True, f"有{waiting}条通知等待超过{minutes}分钟尚未发出。", warning=True)
    return Finding("outbox", True, "通知发送正常。")


@public
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"status": "ok", "message": "服务进程运行正常。"}, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when work can be done, 503 when the database, the broker or the sweep is down; warnings keep 200.

    Readiness means that notices and limits go out, so a broker that is away is not ready although pages are still served.
    """
    at = moment.now()
    findings = [database(), broker()]
    if findings[0].ok:  # what is kept in the database is not asked for while it is away
        findings += [calendar(at), sweep(at), outbox(at)]
    ready = all(finding.ok for finding in findings)
    body = {
        "status": "ok" if ready else "unavailable",
        "checked_at": at.isoformat(timespec="seconds"),
        "checks": {
            finding.name: {
                "status": "failed" if not finding.ok else "warning" if finding.warning else "ok",
                "message": finding.message,
            }
            for finding in findings
        },
        "warnings": [finding.message for finding in findings if finding.ok and finding.warning],
    }
    return JsonResponse(body, status=200 if ready else 503, json_dumps_params={"ensure_ascii": False})

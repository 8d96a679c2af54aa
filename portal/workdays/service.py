"""The calendars of this site: loading what travels with it, reading new notices, and answering for one body."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.workdays.calendar import NATION, Announcement, Calendar, DayKind, calendar_of
from portal.workdays.models import Day, Notice, announcement_of
from portal.workdays.notices import parse, shipped

# Next year's arrangement is usually announced in November; from then on its absence is worth a word.
WARN_FROM_MONTH = 11

# Announcements never change once imported, so they may be kept for the life of the process.
_announcements: dict[int, Announcement] = {}


def scopes_of(body: Any) -> tuple[str, ...]:
    """Whose notices bind a body, from the widest to the narrowest."""
    return tuple(dict.fromkeys((NATION, body.region, body.code)))


def calendar_for(scopes: tuple[str, ...], *, on: date) -> Calendar:
    """The calendar of these scopes as announced by `on`.

    One light query says which notices there are; the tables are built once for each combination, so a notice
    imported in another process is seen here at the next question.
    """
    return calendar_of(_known(scopes, on=on))


def calendar_with(scopes: tuple[str, ...], announcement: Announcement, *, on: date) -> Calendar:
    """The calendar as it would be with one more announcement: for looking before importing."""
    known = _known(scopes, on=on)
    if announcement.scope not in scopes or announcement in known:
        return calendar_of(known)
    ordered = sorted((*known, announcement), key=lambda notice: scopes.index(notice.scope))
    return calendar_of(tuple(ordered))


def _known(scopes: tuple[str, ...], *, on: date) -> tuple[Announcement, ...]:
    rows = Notice.objects.speaking(scopes, on=on).values_list("pk", "scope").order_by("pk")
    found = sorted(rows, key=lambda row: (scopes.index(row[1]), row[0]))
    _read([pk for pk, _ in found if pk not in _announcements])
    return tuple(_announcements[pk] for pk, _ in found)


def _read(missing: list[int]) -> None:
    if not missing:
        return
    days = defaultdict(list)
    for day in Day.objects.filter(notice_id__in=missing).order_by("date"):
        days[day.notice_id].append(day)
    for notice in Notice.objects.filter(pk__in=missing):
        _announcements[notice.pk] = announcement_of(notice, days[notice.pk])


@transaction.atomic
def load(*, at: datetime) -> int:
    """Put the shipped calendars into the database; what is there stays. Returns how many notices were new.

    New ones count as applied only when the running limits have been recomputed, which the sweep does.
    """
    known = set(Notice.objects.values_list("scope", "year", "number"))
    fresh = [notice for notice in shipped() if (notice.scope, notice.year, notice.number) not in known]
    return len(_store(fresh, by=None, at=at))


@transaction.atomic
def add(announcement: Announcement, *, by: Any | None, at: datetime) -> Notice:
    """Store one notice. `clocks.keeper.apply_calendar` calls this and then moves the running limits."""
    return _store([announcement], by=by, at=at)[0]


def _store(announcements: Iterable[Announcement], *, by: Any | None, at: datetime) -> list[Notice]:
    given = list(announcements)
    notices = Notice.objects.bulk_create(
        Notice(
            scope=notice.scope,
            year=notice.year,
            number=notice.number,
            title=notice.title,
            url=notice.url,
            issued_on=notice.issued_on,
            effective_from=notice.effective_from,
            provisional=notice.provisional,
            note=notice.note,
            imported_by=by,
            imported_at=at,
        )
        for notice in given
    )
    Day.objects.bulk_create(
        Day(notice=row, date=day.day, kind=Day.Kind.OFF if day.off else Day.Kind.WORK, name=day.name)
        for row, notice in zip(notices, given, strict=True)
        for day in notice.days
    )
    return notices


def read(name: str, content: bytes, *, on: date) -> Announcement:
    """The announcement in an uploaded file, judged against what is loaded. Raises `NoticeRefused`."""
    known = list(Notice.objects.filter(provisional=False).values_list("scope", "number"))
    return parse(name, content, known=known, off=lambda scope, day: _is_off(scope, day, on=on))


def _is_off(scope: str, day: date, *, on: date) -> bool:
    calendar = calendar_for(tuple(dict.fromkeys((NATION, scope))), on=on)
    return calendar.status(day).kind is DayKind.HOLIDAY


def coverage_warning(on: date) -> str:
    """What is missing from the calendars, in Chinese; empty when nothing is.

    This year's national arrangement must always be there, next year's from 1 November.
    """
    published = set(Notice.objects.filter(scope=NATION, provisional=False).values_list("year", flat=True))
    wanted = [on.year] + ([on.year + 1] if on.month >= WARN_FROM_MONTH else [])
    missing = [f"{year}年" for year in wanted if year not in published]
    if not missing:
        return ""
    return (
        f"{'、'.join(missing)}放假安排尚未导入，跨入该年度的期限只能暂计。"
        "国务院办公厅通知公布后，请在“工作日历”中导入；导入前会列出受影响的事项。"
    )

"""The sweep, with its reminders, ledger entries and notices, against the least SQL that could do a part of it."""

import multiprocessing
import os
import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection, connections, transaction

from portal.clocks import sweeping
from portal.clocks.models import Clock, Reminder
from portal.clocks.moving import apply_pending
from portal.moment import SHANGHAI
from portal.organisation.models import Body, Department, Post, User
from portal.workflow.tasks import Announcing

from .table import Line, once, written

AT = datetime(2026, 10, 12, 6, 0, tzinfo=SHANGHAI)
DUE = 10_000
WORKERS = 2
ROUNDS = 5

_FILL = """
INSERT INTO clocks_clock (
    body_id, department_id, subject_type, subject_id, subject_number, title, duty, weight, label, rule_ids, started_on,
    amount, unit, rolls, excludes, extension_most, extension_unit, thresholds, due_at, last_day, provisional, leg,
    leg_since, next_look_at, opened_at, ended_as
)
SELECT d.body_id, d.id, 'requests_ogi.informationrequest', n, 'B-2026-' || n, '关于专项资金安排的申请', 'answer', 'statutory',
    '答复期限', ARRAY['REG-33'], DATE '2026-09-10', 20, 'working_day', false, ARRAY['third_party'], 20, 'working_day',
    ARRAY[10, 5, 2, 0]::smallint[], TIMESTAMPTZ '2026-10-14 16:00+00', DATE '2026-10-14', false, 0, DATE '2026-09-10',
    CASE WHEN n %% %s = 0 THEN %s ELSE %s + n * INTERVAL '1 second' END, TIMESTAMPTZ '2026-09-10 02:00+00', ''
FROM generate_series(1, %s) AS n JOIN (
    SELECT id, body_id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS number
    FROM organisation_department
) AS d ON d.place = n %% d.number
"""

_BARE = """
WITH due AS (
    SELECT id, leg FROM clocks_clock WHERE body_id = %s AND stopped_at IS NULL AND next_look_at <= %s
    ORDER BY next_look_at, id LIMIT 500 FOR UPDATE SKIP LOCKED
), reminded AS (
    INSERT INTO clocks_reminder (clock_id, leg, threshold, reminded_at)
    SELECT id, leg, threshold, %s FROM due CROSS JOIN unnest(ARRAY[10, 5, 2]) AS threshold
    ON CONFLICT (clock_id, leg, threshold) DO NOTHING
), marked AS (
    UPDATE clocks_clock SET next_look_at = TIMESTAMPTZ '2026-10-13 16:00+00' FROM due WHERE clocks_clock.id = due.id
    RETURNING 1
)
SELECT count(*) FROM marked
"""


def measure(*, sizes: tuple[int, int] = (10_000, 1_000_000)) -> Iterator[Line]:
    """A storm of due clocks among few and among many, two workers each, batches of 500."""
    _appoint()
    apply_pending(at=AT)
    times: dict[int, float] = {}
    for size in sizes:
        _fill(size)
        bare, ours = _compare()
        times[size] = ours
        due = min(DUE, size // 2)
        yield Line(
            f"sweep, {due:,} due of {size:,} clocks: {due / ours:,.0f}/s",
            written(ours),
            f"bare SQL (find, remind, mark): {written(bare)}",
            bare / ours,
            # The goal is set for a storm among many; among few the whole table is in cache and flatters the bare SQL.
            "≥ 0.3" if size == sizes[-1] else "–",
            size != sizes[-1] or bare / ours >= 0.3,
        )
    few, many = (times[size] / min(DUE, size // 2) for size in sizes)
    yield Line(
        f"sweep, per due clock: {sizes[1]:,} clocks against {sizes[0]:,}",
        written(many),
        written(few),
        many / few,
        "≤ 1.3",
        many / few <= 1.3,
    )


def _compare() -> tuple[float, float]:
    """Median times of the bare SQL and of ours, taken in turns."""
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(_storm(_bare))
        _reset()
        ours.append(_storm(_ours))
        assert not Clock.objects.look_due(at=AT).exists()
        _reset()
    return statistics.median(bare), statistics.median(ours)


def _ours() -> None:
    sweeping.sweep(at=AT, announce=Announcing(AT))


def _bare() -> None:
    """As ours does: body by body, beginning with another one in each worker."""
    bodies = list(Body.objects.order_by("pk").values_list("pk", flat=True))
    first = os.getpid() % len(bodies)
    for body in bodies[first:] + bodies[:first]:
        while _bare_batch(body):
            pass


def _bare_batch(body: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BARE, [body, AT, AT])
        return cursor.fetchone()[0]


def _storm(work: Callable[[], None]) -> float:
    """How long two workers take together. They connect before the clock starts."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    ready, go = forked.Barrier(WORKERS + 1), forked.Barrier(WORKERS + 1)

    def run() -> None:
        connection.ensure_connection()
        ready.wait()
        go.wait()
        work()
        connections.close_all()

    workers = [forked.Process(target=run) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    ready.wait()

    def until_done() -> None:
        go.wait()
        for worker in workers:
            worker.join()

    duration = once(until_done)
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a worker of the storm failed")
    return duration


def _fill(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE clocks_clock, clocks_reminder, clocks_pause, clocks_extension")
        every = size // min(DUE, size // 2)
        cursor.execute(_FILL, [every, AT - timedelta(hours=6), AT + timedelta(hours=1), size])
        cursor.execute("VACUUM ANALYZE clocks_clock")


def _reset() -> None:
    due = Reminder.objects.values("clock")
    Clock.objects.filter(pk__in=due).update(next_look_at=AT - timedelta(hours=6))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE clocks_reminder")
        cursor.execute("TRUNCATE notices_notice CASCADE")
        cursor.execute("VACUUM clocks_clock")


def _appoint() -> None:
    """A liaison and a head in every department, an office and a leader in every body."""
    people = []
    for department in Department.objects.order_by("pk"):
        people += [(department.body_id, department.pk, role) for role in ("liaison", "department_head")]
    for body in Body.objects.order_by("pk"):
        people += [(body.pk, None, role) for role in ("openness_office", "openness_director", "leader_in_charge")]
    users = User.objects.bulk_create(
        User(username=f"bench-{place}", name="基准", password="!") for place in range(len(people))
    )
    Post.objects.bulk_create(
        Post(user=user, body_id=body, department_id=department, role=role, starts_on=AT.date())
        for user, (body, department, role) in zip(users, people, strict=True)
    )

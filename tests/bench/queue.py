"""The queue of 200,000 requests: every page and filter by index, the last page like the first, the spreadsheet near COPY."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.test import RequestFactory

from portal import moment
from portal.archive import vault
from portal.letters.models import Series
from portal.organisation.models import Body
from portal.web import keyset
from requests_ogi.admin import queue
from requests_ogi.models import InformationRequest
from tests.cast import Cast, assemble
from tests.factories import applied, at

from .table import Line, seconds, written

NOW = at("2026-10-12")
MANY, FEW = 200_000, 2_000

# Nine in ten are long closed; titles are made of common and rare words; one in a thousand was filed by fax.
REQUESTS = """
INSERT INTO requests_ogi_informationrequest ({columns})
SELECT {values}
FROM requests_ogi_informationrequest AS one, generate_series(1, %s) AS n
WHERE one.id = %s
"""
_CHANGED = {
    "number": "'NX-BENCH-' || lpad(n::text, 7, '0')",
    "submission_key": "NULL",
    "opened_at": "TIMESTAMPTZ '2016-01-01' + n * INTERVAL '28 minutes'",
    "changed_at": "TIMESTAMPTZ '2016-01-01' + n * INTERVAL '28 minutes'",
    "department_id": "(SELECT id FROM organisation_department WHERE body_id = one.body_id ORDER BY id OFFSET n %% 9 LIMIT 1)",
    "state": "CASE WHEN n %% 100 < 95 THEN 'closed' ELSE 'assigned' END",
    "closed_at": "CASE WHEN n %% 100 < 95 THEN TIMESTAMPTZ '2026-10-01' END",
    "outcome": "CASE WHEN n %% 100 >= 95 THEN '' WHEN n %% 1000 = 7 THEN 'state_secret' ELSE 'granted' END",
    "answered_on": "CASE WHEN n %% 100 < 95 THEN DATE '2026-10-01' END",
    "concluded_on": "CASE WHEN n %% 100 < 95 THEN DATE '2026-10-01' END",
    "answered_in_time": "CASE WHEN n %% 100 < 95 THEN true END",
    "answered_by": "CASE WHEN n %% 100 < 95 THEN 'post' ELSE '' END",
    "channel": "CASE WHEN n %% 1000 = 3 THEN 'fax' ELSE one.channel END",
    "title": "'关于第' || n || '批' || (ARRAY['专项资金', '节能监察', '绿色工厂', '数字经济'])[1 + n %% 4]"
    " || CASE WHEN n %% 5000 = 0 THEN '散煤治理' ELSE '安排情况' END",
}
_CLOCKS = """
INSERT INTO clocks_clock ({columns})
SELECT {values}
FROM clocks_clock AS one JOIN requests_ogi_informationrequest AS r ON r.number LIKE 'NX-BENCH-%%' AND r.state = 'assigned'
WHERE one.id = %s
"""
_HANGING = ("requests_ogi_applicant", "requests_ogi_answer", "requests_ogi_draftanswer", "clocks_clock")
_FILTERS: dict[str, dict[str, str]] = {
    "no filter": {},
    "state": {"state": "assigned"},
    "outcome (rare)": {"outcome": "state_secret"},
    "channel (rare)": {"channel": "fax"},
    "overdue": {"due": "late"},
    "due in 5 days": {"due": "5"},
    "period": {"since": "2020-01-01", "until": "2020-02-01"},
    "number": {"q": "NX-BENCH-0100"},
    "title, common word": {"q": "资金"},
    "title, rare word": {"q": "散煤"},
    "title, no hit": {"q": "核桃"},
}


def measure() -> Iterator[Line]:
    """First page, last page, filters and spreadsheet of one body with many requests, and with few."""
    with moment.rehearsing(NOW):
        cast = assemble(Body.objects.get(code="nx"), today=date(2026, 10, 12))
        few = _timed_first(cast, FEW)
        many = _timed_first(cast, MANY)
        yield _line(f"queue, first page of {MANY:,} requests", many, f"of {FEW:,}", few, "≤ 1.5")
        first = keyset._token(InformationRequest.objects.earliest("opened_at"), ["opened_at", "id"])
        yield _line(
            "queue, last page", seconds(lambda: _page(cast, before=first), repeat=9), "first page", many, "≤ 1.5"
        )
        for name, filters in _FILTERS.items():
            plan = _plan(cast, filters)
            scanned = "Seq Scan on requests_ogi_informationrequest" in plan
            ours = seconds(lambda filters=filters: _page(cast, **filters))  # type: ignore[misc]
            goal = "≤ 10, no sequential scan"
            yield Line(
                f"queue filtered: {name}", written(ours), f"first page: {written(many)}", ours / many, goal,
                ours / many <= 10 and not scanned,
            )  # fmt: skip
        yield _export(cast)


def _line(what: str, ours: float, against: str, yardstick: float, goal: str) -> Line:
    ratio = ours / yardstick
    return Line(what, written(ours), f"{against}: {written(yardstick)}", ratio, goal, ratio <= float(goal.split()[1]))


def _timed_first(cast: Cast, size: int) -> float:
    _fill(cast, size)
    return seconds(lambda: _page(cast), repeat=9)


def _fill(cast: Cast, size: int) -> None:
    """`size` requests made of one that was really filed, with its applicant and, where it is open, its clock."""
    empty()
    one = applied(cast.body, "2026-09-21")
    with connection.cursor() as cursor:
        cursor.execute(copied(REQUESTS, "requests_ogi_informationrequest", _CHANGED), [size, one.pk])
        cursor.execute(copied(
            "INSERT INTO requests_ogi_applicant ({columns}) SELECT {values} FROM requests_ogi_applicant AS one, "
            "requests_ogi_informationrequest AS r WHERE one.request_id = %s AND r.id <> one.request_id",
            "requests_ogi_applicant", {"request_id": "r.id"}, drop="",
        ), [one.pk])  # fmt: skip
        cursor.execute("SELECT id FROM clocks_clock WHERE subject_id = %s AND weight = 'statutory'", [one.pk])
        changed = {"subject_id": "r.id", "subject_number": "r.number", "department_id": "r.department_id"}
        late = "CASE WHEN r.id %% 50 = 0 THEN one.due_at - INTERVAL '30 days' ELSE one.due_at + (r.id %% 9) * INTERVAL '1 day' END"
        cursor.execute(copied(_CLOCKS, "clocks_clock", changed | {"due_at": late}), [cursor.fetchone()[0]])
        cursor.execute("VACUUM ANALYZE")


def empty() -> None:
    """No requests, and whatever hangs on them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what was copied hangs together loosely
        for table in (*_HANGING, "requests_ogi_informationrequest"):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET session_replication_role = DEFAULT")
    Series.objects.all().delete()


def copied(statement: str, table: str, changed: dict[str, str], *, drop: str = "id") -> str:
    """An INSERT that copies every column of one row except those that are changed."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    names = [name for name in names if name != drop]
    return statement.format(
        columns=", ".join(names), values=", ".join(changed.get(name, f"one.{name}") for name in names)
    )


def _look(cast: Cast, filters: dict[str, str]) -> queue.Looking:
    request: Any = RequestFactory().get("/admin/requests/", filters)
    request.user = cast.chen
    return queue.looking(request, at=_now())


def _now() -> datetime:
    return moment.now()


def _page(cast: Cast, *, before: str = "", **filters: str) -> int:
    look = _look(cast, filters)
    cut = keyset.cut(look.rows("opened_at"), order=queue.ORDER, before=before)
    return len(list(queue.rows(cut.rows, look)))


def _plan(cast: Cast, filters: dict[str, str]) -> str:
    return str(_look(cast, filters).rows("opened_at").order_by(*queue.ORDER)[: keyset.SIZE + 1].explain())


def _export(cast: Cast) -> Line:
    look = _look(cast, {})
    ours = seconds(lambda: sum(len(line) for line in queue.lines(look)), repeat=1)
    bare = seconds(_copy, repeat=1)
    return _line(f"spreadsheet of {MANY:,} requests", ours, "COPY, and each name unsealed", bare, "≤ 3")


def _copy() -> None:
    """The least that could be done: the bare columns, and the names made readable so that they can be masked."""
    statement = (
        "COPY (SELECT number, title, state, outcome, opened_at, answered_on, a.name FROM requests_ogi_informationrequest r "
        "JOIN requests_ogi_applicant a ON a.request_id = r.id ORDER BY opened_at DESC, id DESC) TO STDOUT"
    )
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as out:  # type: ignore[attr-defined]
        for row in out.rows():
            vault.unseal(bytes.fromhex(row[6][2:]), label="requests_ogi.applicant.name")

"""Table three of a year of 200,000 cases against one plain GROUP BY of the same table."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

from portal import moment
from portal.organisation.models import Body
from requests_ogi import figures
from requests_ogi.figures import Period
from requests_ogi.rules.report import ALL_RESULTS, FORWARD, NEW, TOTAL, equations
from tests.cast import Cast, assemble
from tests.factories import served

from . import queue
from .table import Line, seconds, written

MANY = 200_000
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))

# Filed evenly over the year; one in fifty was filed the year before, one in twenty is still open, one in forty withdrawn.
_RECEIVED = "DATE '2025-01-01' + (n %% 365) - CASE WHEN n %% 50 = 0 THEN 365 ELSE 0 END"
_OPEN, _WITHDRAWN = "n %% 20 = 1", "n %% 40 = 2"
_DONE = f"{_RECEIVED} + (n %% 31)"
_CHANGED = {
    "number": "'NX-BENCH-' || lpad(n::text, 7, '0')",
    "submission_key": "NULL",
    "received_on": _RECEIVED,
    "received_rolled_on": _RECEIVED,
    "state": f"CASE WHEN {_OPEN} THEN 'assigned' WHEN {_WITHDRAWN} THEN 'withdrawn' ELSE 'served' END",
    "outcome": f"CASE WHEN {_OPEN} THEN '' WHEN {_WITHDRAWN} THEN 'withdrawn' ELSE 'granted' END",
    "answered_on": f"CASE WHEN {_OPEN} OR {_WITHDRAWN} THEN NULL ELSE {_DONE} END",
    "answered_in_time": f"CASE WHEN {_OPEN} OR {_WITHDRAWN} THEN NULL ELSE true END",
    "answered_by": f"CASE WHEN {_OPEN} OR {_WITHDRAWN} THEN '' ELSE 'post' END",
    "concluded_on": f"CASE WHEN {_OPEN} THEN NULL ELSE {_DONE} END",
}
_PLAIN = """
SELECT outcome, count(*) FROM requests_ogi_informationrequest
WHERE body_id = %s AND received_on BETWEEN %s AND %s GROUP BY outcome
"""


def measure() -> Iterator[Line]:
    """The table with all its seven columns, and what stood open before it."""
    with moment.rehearsing(queue.NOW):
        cast = assemble(Body.objects.get(code="nx"), today=date(2026, 10, 12))
        _fill(cast)
        table = figures.table_three(cast.body, YEAR)
        if equations(table) or not all(table[line, TOTAL] for line in (NEW, ALL_RESULTS, FORWARD)):
            raise AssertionError("the table of the measurement does not balance")
        ours = seconds(lambda: figures.table_three(cast.body, YEAR))
        plain = seconds(lambda: _plain(cast))
        yield Line(
            f"table three, a year of {MANY:,} cases",
            written(ours),
            f"one plain GROUP BY: {written(plain)}",
            ours / plain,
            "≤ 3, under 1 s",
            ours / plain <= 3 and ours < 1,
        )


def _fill(cast: Cast) -> None:
    """Copies of one answered request, each with an applicant of some kind and, where it was answered, its line."""
    queue.empty()
    one = served(cast, "2025-03-04")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows are copies of lawful ones: no checks per row
        cursor.execute(queue.copied(queue.REQUESTS, "requests_ogi_informationrequest", _CHANGED), [MANY, one.pk])
        for table, changed, where in (
            (
                "applicant",
                {
                    "kind": "(ARRAY['natural', 'business', 'other', 'research'])[1 + r.id %% 4]",
                    "identity_document": "CASE WHEN r.id %% 4 = 0 THEN 'resident_id' ELSE 'credit_code' END",
                },
                "",
            ),
            (
                "answer",
                {
                    "report_row": "(ARRAY['一', '二', '三5', '四1', '五1'])[1 + r.id %% 5]",
                    "letter_id": "-r.id",
                    "draft_id": "NULL",
                },
                "AND r.state = 'served'",
            ),
        ):
            statement = (
                f"INSERT INTO requests_ogi_{table} ({{columns}}) SELECT {{values}} FROM requests_ogi_{table} AS one, "
                f"requests_ogi_informationrequest AS r WHERE one.request_id = %s AND r.id <> one.request_id {where}"
            )
            cursor.execute(
                queue.copied(statement, f"requests_ogi_{table}", changed | {"request_id": "r.id"}, drop=""), [one.pk]
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _plain(cast: Cast) -> None:
    """The table itself is read, as any other GROUP BY of it has to: not the index that was made for the figures."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_indexonlyscan = off")
        cursor.execute(_PLAIN, [cast.body.pk, YEAR.since, YEAR.until])
        cursor.fetchall()
        cursor.execute("RESET enable_indexonlyscan")

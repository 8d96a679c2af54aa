"""The figures of the annual report, counted from the cases of a body for any period; behind every number stand its cases.

What makes a case belong to a line is written once (`_BELONGS`), for counting and for listing alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Aggregate, Case, Count, DateField, DurationField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from portal.clocks.models import Clock
from portal.organisation.models import Body

from .models import Challenge, FeeNotice, InformationRequest
from .rules.report import ALL_RESULTS, CARRIED, FORWARD, NEW, RESULTS, TOTAL, WITHDRAWN_LINE, TableThree
from .vocabulary import ANSWER, Outcome

_ENTERED = Coalesce("received_on", "concluded_on", output_field=DateField())
"""The day a case came in: its receipt; a case withdrawn before its receipt was confirmed comes and goes on one day."""
_LINE = Case(When(outcome=Outcome.WITHDRAWN, then=Value(WITHDRAWN_LINE)), default=F("answer__report_row"))


@dataclass(frozen=True)
class Period:
    """From one day to another, both counted."""

    since: date
    until: date


def _belongs(period: Period) -> dict[str, Q]:
    """Which cases the four flows of a period take in."""
    still_open = Q(concluded_on__isnull=True)
    return {
        NEW: Q(entered__gte=period.since, entered__lte=period.until),
        CARRIED: Q(entered__lt=period.since) & (still_open | Q(concluded_on__gte=period.since)),
        ALL_RESULTS: Q(concluded_on__gte=period.since, concluded_on__lte=period.until),
        FORWARD: Q(entered__lte=period.until) & (still_open | Q(concluded_on__gt=period.until)),
    }


def counted(body: Body) -> QuerySet[InformationRequest]:
    """The cases of a body that tables count, each with the day it came in (`entered`) and the line of its result (`line`).

    A request handled again after a challenge is the same request: table four tells of the correction.
    """
    once = InformationRequest.objects.filter(body=body, redo_of__isnull=True)
    return once.annotate(entered=_ENTERED, line=_LINE)


def cases(body: Body, period: Period, *, line: str, column: str) -> QuerySet[InformationRequest]:
    """The cases behind one number of table three."""
    belongs = _belongs(period)
    found = counted(body).filter(belongs[ALL_RESULTS if line in RESULTS else line])
    if line in RESULTS:
        found = found.filter(line=line)
    return found if column == TOTAL else found.filter(applicant__kind=column)


def table_three(body: Body, period: Period) -> TableThree:
    """Table three of a body for a period: two queries, whatever the number of cases."""
    belongs = _belongs(period)
    touched = counted(body).filter(belongs[NEW] | belongs[CARRIED] | belongs[ALL_RESULTS])
    flows = {flow: Count("pk", filter=which) for flow, which in belongs.items()}
    cells: dict[tuple[str, str], int] = {}
    for row in touched.values("applicant__kind", "line").order_by().annotate(**{f"n_{k}": v for k, v in flows.items()}):
        for column in {row["applicant__kind"], TOTAL}:
            for flow in flows:
                _add(cells, (flow, column), row[f"n_{flow}"])
            _add(cells, (row["line"] or "", column), row[f"n_{ALL_RESULTS}"])
    return TableThree(cells, before=_open_at_the_end_of(body, period.since - timedelta(days=1)))


def _add(cells: dict[tuple[str, str], int], place: tuple[str, str], number: int) -> None:
    if number:
        cells[place] = cells.get(place, 0) + number


def _open_at_the_end_of(body: Body, day: date) -> Mapping[str, int]:
    """How many cases were in hand when a day ended, by column: the former period's fourth item, counted by itself."""
    left = counted(body).filter(_belongs(Period(day, day))[FORWARD])
    by_kind = dict(left.order_by().values_list("applicant__kind").annotate(Count("pk")))
    return {**by_kind, TOTAL: sum(by_kind.values())}


@dataclass(frozen=True)
class Glance:
    """How a body stands: over the period, and at this moment. `days` is a median in calendar days; None where there is none."""

    answered: int
    in_time: int
    days: int | None
    open_now: int
    overdue_now: int

    @property
    def rate(self) -> str:
        """The share answered in time, as pages write it."""
        return f"{self.in_time / self.answered:.1%}" if self.answered else "—"


def at_a_glance(body: Body, period: Period, *, at: datetime) -> Glance:
    """Answers of the period and what is open now: three queries."""
    answered = InformationRequest.objects.filter(
        body=body, answered_on__gte=period.since, answered_on__lte=period.until
    ).aggregate(
        number=Count("pk"),
        in_time=Count("pk", filter=Q(answered_in_time=True)),
        days=_Median(F("answered_on") - F("received_on"), output_field=DurationField()),
    )
    limits = Clock.objects.running().filter(
        body=body, subject_type=InformationRequest._meta.label_lower, duty=ANSWER, weight="statutory"
    )
    return Glance(
        answered=answered["number"],
        in_time=answered["in_time"],
        days=None if answered["days"] is None else answered["days"].days,
        open_now=InformationRequest.objects.filter(body=body).waiting().count(),
        overdue_now=limits.filter(due_at__lte=at).count(),
    )


@dataclass(frozen=True)
class Fees:
    """The information-processing fee (条例第四十二条) in whole yuan: what was paid in a period, and what was given back."""

    paid: int
    refunded: int

    @property
    def income(self) -> int:
        """What the report states as 实际收取信息处理费."""
        return self.paid - self.refunded


def fees(body: Body, period: Period) -> Fees:
    """The fees that came in, and went back, in a period: one query."""
    days = (period.since, period.until)
    sums = FeeNotice.objects.filter(request__body=body).aggregate(
        paid=Sum("amount", filter=Q(paid_on__range=days), default=0),
        refunded=Sum("amount", filter=Q(refunded_on__range=days), default=0),
    )
    return Fees(**sums)


def table_four(body: Body, period: Period) -> Mapping[str, Mapping[str, int]]:
    """Table four: for each way of challenge the four results and their total."""
    return Challenge.objects.table_four(body, period.since, period.until)


class _Median(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"

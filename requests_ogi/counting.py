"""How many requests one applicant made at one body: in the calendar month of a request, and in the twelve months up to it.

Applicants are told apart by the digest of their identity number; their names are not looked at. A request counts on the day
it arrived, and keeps its place among those of its month by the order in which they were entered. What was withdrawn is left
out: it costs the body nothing and is not to cost the applicant anything. So is what is handled again after a challenge: the
applicant asked once.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from portal.archive import vault
from portal.organisation.models import Body

from .models import Applicant, InformationRequest
from .rules.volume import Volume
from .vocabulary import Outcome

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """One request of an applicant's month."""

    pk: int
    number: str
    title: str
    arrived_on: date
    state: str


@dataclass(frozen=True)
class Month:
    """An applicant's requests in one calendar month up to now, the first first; `volume` is where the one looked at stands."""

    asked: Sequence[Asked]
    volume: Volume


def month_of(case: InformationRequest) -> Month:
    """The month of a request: two queries, however many requests there are. One handled again stands where the first stood."""
    case = first_of(case)
    everything = _of(case.applicant.identity_digest, case.body).filter(_standing() | Q(pk=case.pk))
    rows = everything.filter(arrived_on__range=_month(case.arrived_on)).order_by("pk")
    asked = [Asked(*row) for row in rows.values_list("pk", "number", "title", "arrived_on", "state")]
    year = everything.filter(arrived_on__gt=case.arrived_on - YEAR, arrived_on__lte=case.arrived_on).count()
    nth = sum(one.pk <= case.pk for one in asked)
    return Month(asked, Volume(nth=nth, month=len(asked), year=year))


def first_of(case: InformationRequest) -> InformationRequest:
    """The request as the applicant made it: the one that a request handled again after a challenge goes back to."""
    while case.redo_of is not None:
        case = case.redo_of
    return case


def made_in_month(body: Body, identity_number: str, *, on: date) -> QuerySet[Applicant]:
    """The applicants' rows of one person's requests in the calendar month of a day, the newest first."""
    digest = vault.digest(f"identity:{identity_number}")
    cases = _of(digest, body).filter(_standing(), arrived_on__range=_month(on))
    return Applicant.objects.filter(request__in=cases).order_by("-request_id")


def _of(digest: str, body: Body) -> QuerySet[InformationRequest]:
    return InformationRequest.objects.filter(applicant__identity_digest=digest, body=body)


def _standing() -> Q:
    return ~Q(outcome=Outcome.WITHDRAWN) & Q(redo_of__isnull=True)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])

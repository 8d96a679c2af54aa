"""Finding requests among very many: every filter is one that an index serves.

Titles are found by pairs of neighbouring characters (`request_pairs`, see the migration of that name): Chinese has no
spaces between words, and a word of two characters must be found as quickly as a long one.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from portal.clocks.models import Clock
from portal.moment import midnight_after
from portal.organisation.models import Body, Department

from ..vocabulary import ANSWER, OPEN_STATES
from .request import InformationRequest, RequestQuerySet

OPEN = "open"
PAIR = 2
_PAIRS = ArrayField(TextField())


def find(
    cases: RequestQuerySet,
    *,
    body: Body,
    at: datetime,
    word: str = "",
    state: str = "",
    department: Department | None = None,
    outcome: str = "",
    channel: str = "",
    since: date | None = None,
    until: date | None = None,
    due_by: date | None = None,
    late_at: datetime | None = None,
) -> RequestQuerySet:
    """The cases among `cases` (all of `body`) that meet every given condition.

    `word` is the beginning of a number of the body (NX-2026…), or at least two characters of a title. `due_by` leaves those whose statutory limit
    ends by that day and is not past at `at`, `late_at` those whose limit is past at that moment.
    """
    if word:
        # One or the other, never both: an OR of two indexes is one that the planner may decide not to use.
        numbered = word.upper().startswith(f"{body.code.upper()}-")
        cases = cases.filter(number__startswith=word.upper()) if numbered else cases.filter(titled(word))
    if state:
        cases = cases.filter(state__in=OPEN_STATES) if state == OPEN else cases.filter(state=state)
    if department is not None:
        cases = cases.filter(department=department)
    if outcome:
        cases = cases.filter(outcome=outcome)
    if channel:
        cases = cases.filter(channel=channel)
    if since is not None:
        cases = cases.filter(opened_at__gte=midnight_after(since - timedelta(1)))
    if until is not None:
        cases = cases.filter(opened_at__lt=midnight_after(until))
    if late_at is not None:
        cases = cases.filter(pk__in=_limits(body).filter(due_at__lte=late_at).values("subject_id"))
    if due_by is not None:
        soon = _limits(body).filter(due_at__gt=at, due_at__lte=midnight_after(due_by))
        cases = cases.filter(pk__in=soon.values("subject_id"))
    return cases


def titled(words: str) -> Q:
    """Titles that contain every one of the words."""
    found = Q()
    for word in words.split():
        found &= Q(_contains(_pairs(F("title")), _pairs(Value(word))))
        if len(word) > PAIR:
            # Pairs alone would take 资金安排资 for a hit of 安排资金. Not LIKE: the planner takes that for very selective and
            # would sort every hit of a common word instead of reading the newest first.
            found &= Q(GreaterThan(StrIndex(Lower(F("title")), Lower(Value(word))), 0))
    return found


def containing(piece: str) -> Q:
    """Titles that hold every pair of neighbouring characters of a piece: by index, and a hint rather than a find."""
    return Q(_contains(_pairs(F("title")), _pairs(Value(piece))))


def _pairs(text: Any) -> Func:
    return Func(text, function="request_pairs", output_field=_PAIRS)


def _contains(whole: Func, part: Func) -> Func:
    return Func(whole, part, template="(%(expressions)s)", arg_joiner=" @> ", output_field=BooleanField())


def _limits(body: Body) -> Any:
    return Clock.objects.running().filter(
        body=body, subject_type=InformationRequest._meta.label_lower, duty=ANSWER, weight="statutory"
    )

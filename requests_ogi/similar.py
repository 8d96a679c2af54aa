"""Requests like this one: the same applicant's, and anybody's. It shows and scores; people decide.

Titles are compared without width, blanks and punctuation; years and numbers stay, because last year's list is another list.
At most three queries, each served by an index, however many requests there are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from .models import Applicant, InformationRequest
from .models.request import RequestQuerySet
from .models.searching import containing

LIKE, SAME = 0.6, 1.0
"""From which likeness two titles are shown, and at which they are the same title."""
OWN_MOST, OTHERS_MOST, SHOWN = 200, 300, 6
WINDOW, STRIDE, WINDOWS = 6, 4, 6

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Likeness:
    """An earlier request that is like this one. `score` is 0 … 1; `own`: the same applicant's (nobody is named)."""

    case: InformationRequest
    score: float
    own: bool
    letter: str

    @property
    def percent(self) -> int:
        return round(self.score * 100)

    @property
    def answered(self) -> bool:
        return self.case.answered_on is not None


def plain(title: str) -> str:
    """A title as it is compared: 《２０２５年度 Ａ表》 → 2025年度a表."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).lower()


def likeness(one: str, other: str) -> float:
    """How alike two titles are: the share of their pairs of neighbouring characters (Dice), 0 where their years differ."""
    first, second = plain(one), plain(other)
    if first == second:
        return SAME if first else 0.0
    if _numbers(first) != _numbers(second):
        return 0.0
    pairs = [{a + b for a, b in pairwise(text)} for text in (first, second)]
    whole = len(pairs[0]) + len(pairs[1])
    return 2 * len(pairs[0] & pairs[1]) / whole if whole else 0.0


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+", title)


def like(case: InformationRequest) -> list[Likeness]:
    """The earlier requests at the same body that are most like this one, the same applicant's first."""
    own_keys, found = set(), []
    for other in _own(case):
        own_keys.add(other.pk)
        found.append((other, True))
    found += [(other, False) for other in _others(case) if other.pk not in own_keys]
    scored = [(likeness(case.title, other.title), other, own) for other, own in found]
    kept = sorted(
        ((score, other, own) for score, other, own in scored if score >= LIKE),
        key=lambda one: (not one[2], -one[0], -one[1].pk),
    )[:SHOWN]
    numbers = letters_of(other for _, other, _ in kept)
    return [Likeness(other, score, own, numbers.get(other.pk, "")) for score, other, own in kept]


def own_answered(case: InformationRequest) -> list[Likeness]:
    """The same applicant's earlier requests at the same body that were answered, the most alike first: what a repetition
    may refer to.
    """
    found = [other for other in _own(case) if other.answered_on is not None]
    numbers = letters_of(found)
    rows = [Likeness(other, likeness(case.title, other.title), True, numbers.get(other.pk, "")) for other in found]
    return sorted(rows, key=lambda one: (-one.score, -one.case.pk))


def _earlier(case: InformationRequest) -> RequestQuerySet:
    return InformationRequest.objects.filter(body=case.body_id).exclude(pk=case.pk).exclude(pk__gt=case.pk)


def _own(case: InformationRequest) -> Iterator[InformationRequest]:
    digest = Applicant.objects.filter(pk=case.pk).values("identity_digest")
    keys = Applicant.objects.filter(identity_digest__in=digest).order_by("-pk").values("pk")
    return iter(_earlier(case).filter(pk__in=keys).order_by("-pk")[:OWN_MOST])


def _others(case: InformationRequest) -> Iterable[InformationRequest]:
    wanted = Q()
    for window in windows(case.title):
        wanted |= containing(window)
    return _earlier(case).filter(wanted)[:OTHERS_MOST] if wanted else ()


def windows(title: str) -> list[str]:
    """The pieces of a title that a like title is looked up by: some characters that stand together, spread over it."""
    pieces = [piece for piece in _MARKS.split(title.lower()) if len(piece) > 1]
    found = [
        piece[start : start + WINDOW] for piece in pieces for start in range(0, max(len(piece) - WINDOW, 0) + 1, STRIDE)
    ]
    step = max(len(found) // WINDOWS, 1)
    return found[::step][:WINDOWS]


def letters_of(cases: Iterable[InformationRequest]) -> dict[int, str]:
    """The number of each answered request's letter, by request: one query."""
    keys = [case.pk for case in cases if case.answered_on is not None]
    if not keys:
        return {}
    rows = InformationRequest.objects.filter(pk__in=keys).values_list("pk", "answer__letter__number")
    return {key: number for key, number in rows if number}

"""Earlier answers to the like question: what was decided, on which ground, with which reason. Who asked is never shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import DraftAnswer, InformationRequest
from .models.searching import titled
from .similar import like, likeness

MOST = 20
TAKEN_OVER = (
    *("finding", "reason", "ground", "harm", "query_method", "query_address"),
    *("organ_name", "organ_contact", "legal_channel"),
)
"""Texts of an earlier answer that a drafter may take over. What was given, to whom and when is not among them."""

_PERSONAL = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{2}\d{6}[0-9A-Z]{10}(?![0-9A-Za-z])"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
)
HIDDEN = "×××"


@dataclass(frozen=True)
class Precedent:
    """An answer that was served: its request, the outcome, and the texts without personal data."""

    draft: DraftAnswer
    case: InformationRequest
    letter: str
    texts: dict[str, str]
    score: int


def precedents_for(case: InformationRequest, *, words: str = "") -> list[Precedent]:
    """Answers at the same body to requests like this one, or whose titles hold the words. A fixed number of queries."""
    if words.strip():
        found = InformationRequest.objects.filter(titled(words), body=case.body_id, answered_on__isnull=False)
        keys = list(found.exclude(pk=case.pk).order_by("-opened_at", "-pk").values_list("pk", flat=True)[:MOST])
    else:
        keys = [one.case.pk for one in like(case) if one.answered]
    return sorted(_read(case, keys), key=lambda one: -one.score)


def texts_of(case: InformationRequest, draft_pk: int) -> dict[str, str]:
    """What may be taken over from an earlier answer of the same body; empty where there is no such answer."""
    row = _answers(case).filter(pk=draft_pk).first()
    return _texts(row) if row is not None else {}


def _answers(case: InformationRequest) -> QuerySet[DraftAnswer]:
    answered = DraftAnswer.objects.filter(
        approved_at__isnull=False, request__body=case.body_id, request__answered_on__isnull=False
    )
    return answered.exclude(request=case.pk).select_related("request__applicant", "request__answer__letter")


def _read(case: InformationRequest, keys: list[int]) -> Iterator[Precedent]:
    for draft in _answers(case).filter(request__in=keys):
        earlier = draft.request
        yield Precedent(
            draft,
            earlier,
            earlier.answer.letter.number,
            _texts(draft),
            round(likeness(case.title, earlier.title) * 100),
        )


def _texts(draft: DraftAnswer) -> dict[str, str]:
    person = draft.request.applicant
    names = [name for name in (person.name, person.agent_name, person.representative, person.address) if name]
    return {field: without_personal(getattr(draft, field), names) for field in TAKEN_OVER if getattr(draft, field)}


def without_personal(text: str, names: list[str]) -> str:
    """A text without the names given, and without what looks like an identity number, telephone number or mailbox."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, HIDDEN)
    for pattern in _PERSONAL:
        text = pattern.sub(HIDDEN, text)
    return text

"""Texts on paper: what is owed to the places where people read them, and what was handed over (条例第二十五条)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from portal.moment import local_date
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.workflow.engine import judge, taking

from ..models import Document, PaperCopy
from ..models.document import DocumentQuerySet
from ..rules import Refused, copying
from ..told import vouch
from ..vocabulary import Audience, Content, Genre
from .common import law_of, said
from .steps import STEPS

PLACES = "copies.places"
_PAPERS = frozenset(Genre) - {Genre.INFORMATION, Genre.INTERPRETATION, Genre.LAW}
_OWN = (Content.OWN, Content.GOVERNMENT)


@transaction.atomic
def deliver(
    document: Document,
    *,
    place: str,
    copies: int,
    received_by: str,
    delivered_on: date,
    electronic: bool = False,
    by: User,
    at: datetime,
) -> PaperCopy:
    """Put on file that the public text was handed over at a place, how often, and who received it."""
    judge(STEPS, "deliver", document, by=by, at=at)
    version = document.public
    if version is None or document.published_at is None or document.withdrawn_at is not None:
        raise Refused("本件没有公开或者已经撤下，不能送交查阅场所。请在公开之后办理。")
    copying.judge_delivery(
        place,
        said(law_of(document), PLACES),
        copies=copies,
        received_by=received_by,
        delivered_on=delivered_on,
        published_on=local_date(document.published_at),
        today=local_date(at),
    )
    with taking(STEPS, "deliver", document, by=by, at=at) as told:
        told |= {"place": place, "version": version.number, "copies": copies}
        made = PaperCopy.objects.create(
            document=document,
            version=version,
            place=place,
            copies=copies,
            electronic=electronic,
            received_by=received_by.strip(),
            delivered_on=delivered_on,
            recorded_by=by,
            recorded_at=at,
        )
        vouch(told, "deliver", made)
    return made


def places_of(body: Body, *, on: date) -> tuple[str, ...]:
    """Where the papers of a body are read, as its document names the places."""
    return said(library.profile(body.profile, on), PLACES)


def owed(body: Body, *, on: date) -> DocumentQuerySet:
    """The public papers of a body whose present text has not been handed over at every place.

    Papers in its own name or the government's; what was taken in from elsewhere was public before.
    """
    places = places_of(body, on=on)
    handed = Count("public__paper_copies__place", filter=Q(public__paper_copies__place__in=places), distinct=True)
    papers = Document.objects.public().filter(
        body=body, genre__in=_PAPERS, content__in=_OWN, audience=Audience.PUBLIC, import_run__isnull=True
    )
    return papers.annotate(handed=handed).filter(handed__lt=len(places))


def places_left(document: Document) -> list[str]:
    """Where the present public text is still to be handed over; nowhere for what is none of these papers."""
    if document.genre not in _PAPERS or document.content not in _OWN or document.import_run_id is not None:
        return []
    if document.audience != Audience.PUBLIC:
        return []
    done = set(PaperCopy.objects.filter(version=document.public_id).values_list("place", flat=True))
    return [place for place in said(law_of(document), PLACES) if place not in done]

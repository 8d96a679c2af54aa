"""After publication: a new version through the whole chain, or off the site with the reason said. Nothing goes silently."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import finding
from ..models import Document, Version
from ..rules import correcting
from ..vocabulary import Errand, Withdrawal
from . import clearing, interpreting, timing
from .common import newest
from .drafting import Text, write_version
from .sending import send_out
from .steps import STEPS


@transaction.atomic
def amend(document: Document, *, by: User, at: datetime) -> Version:
    """Begin a new version from the public one, files included; until it is published the public reads the old one."""
    judge(STEPS, "amend", document, by=by, at=at)
    return _begin("amend", document, by=by, at=at)


@transaction.atomic
def restore(document: Document, *, by: User, at: datetime) -> Version:
    """Take up again what was taken off. It comes back only through the whole chain; until then the page says that it is gone."""
    judge(STEPS, "restore", document, by=by, at=at)
    return _begin("restore", document, by=by, at=at)


@transaction.atomic
def withdraw(document: Document, *, reason: Withdrawal, note: str, by: User, at: datetime) -> Document:
    """Take a document off the site at once, also while a new version of it is on its way. `note` is what the public reads at
    its address from now on, in place of the content.
    """
    judge(STEPS, "withdraw", document, by=by, at=at)
    version = correcting.may_take_off(document.public, withdrawn=document.withdrawn_at is not None, note=note)
    facts = {
        "withdrawn_at": at,
        "withdrawal": Withdrawal(reason),
        "withdrawal_note": note.strip(),
        "publish_at": None,
        "embargo_until": None,
    }
    with taking(STEPS, "withdraw", document, by=by, at=at, facts=facts) as told:
        timing.drop_publishing(document, at=at)
        interpreting.drop_limits(document, at)
        clearing.drop_review(document, at)
        send_out(document, version, Errand.TAKE_OFF, at=at)
        finding.drop(document)
        told |= {"version": version.number, "withdrawal": Withdrawal(reason).label}
    return document


def change_noted(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Gate: a new version of what the public has read says what changed."""
    public = document.public.number if document.public is not None else None
    if owed := correcting.judge_change_note(version.number, version.change_note, public=public):
        yield owed


def _begin(verb: str, document: Document, *, by: User, at: datetime) -> Version:
    former = newest(document)
    text = Text(title=former.title, html=former.html, text=former.text, summary=former.summary)
    facts = {"signed_by": None, "signed_at": None, "signed_digest": "", "late_reason": ""}
    with taking(STEPS, verb, document, by=by, at=at, facts=facts) as told:
        files = list(former.files.order_by("order"))
        others = former.authors if former.published_at is None else []
        version = write_version(document, text, authors=sorted({*others, by.pk}), files=files, by=by, at=at)
        told |= {"version": version.number}
    return version

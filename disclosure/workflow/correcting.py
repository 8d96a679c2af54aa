"""After publication: a new version through the whole chain, given up again, or off the site with the reason said.

Nothing goes silently, and no text is lost.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from portal.ledger.service import Words
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import finding
from ..models import Document, Version
from ..rules import correcting
from ..told import vouch
from ..vocabulary import Errand, Withdrawal
from . import clearing, interpreting, timing
from .common import newest
from .drafting import Text, write_version
from .scanning import judge_said
from .sending import send_out
from .steps import STEPS

LIVES_ON = frozenset(
    (
        *("id", "number", "body", "department", "profile", "profile_version", "edition", "opened_at", "changed_at"),
        *("state", "round", "public", "published_at", "import_run", "validity", "successor"),
        *("withdrawn_at", "withdrawal", "withdrawal_note"),
    )
)
"""The columns of a document that no amendment brings in question: all others are as before when it is given up."""


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
def abandon(document: Document, *, reason: str, by: User, at: datetime) -> Document:
    """Give up an amendment: what the public reads stays, and the document is again what it was when the amendment began."""
    judge(STEPS, "abandon", document, by=by, at=at)
    correcting.may_abandon(public=document.public_id is not None, withdrawn=document.withdrawn_at is not None)
    return _give_up("abandon", document, reason=reason, by=by, at=at)


@transaction.atomic
def stay_withdrawn(document: Document, *, reason: str, by: User, at: datetime) -> Document:
    """Give up bringing back what was taken off: its page goes on saying that it is gone."""
    judge(STEPS, "stay_withdrawn", document, by=by, at=at)
    correcting.may_stay_withdrawn(withdrawn=document.withdrawn_at is not None)
    return _give_up("stay_withdrawn", document, reason=reason, by=by, at=at)


@transaction.atomic
def withdraw(document: Document, *, reason: Withdrawal, note: str, by: User, at: datetime) -> Document:
    """Take a document off the site at once, also while a new version of it is on its way. `note` is what the public reads at
    its address from now on, in place of the content.
    """
    judge(STEPS, "withdraw", document, by=by, at=at)
    version = correcting.may_take_off(document.public, withdrawn=document.withdrawn_at is not None, note=note)
    judge_said(document.body, note)
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
        errands = send_out(document, version, Errand.TAKE_OFF, at=at)
        finding.drop(document)
        told |= {"version": version.number, "withdrawal": Withdrawal(reason).label}
        vouch(told, "withdraw", document, *errands)
    return document


def change_noted(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Gate: a new version of what the public has read says what changed."""
    public = document.public.number if document.public is not None else None
    if owed := correcting.judge_change_note(version.number, version.change_note, public=public):
        yield owed


def _begin(verb: str, document: Document, *, by: User, at: datetime) -> Version:
    former = newest(document)
    text = Text(title=former.title, html=former.html, text=former.text, summary=former.summary)
    before = _said_of(document)
    facts = {"signed_by": None, "signed_at": None, "signed_digest": "", "late_reason": ""}
    with taking(STEPS, verb, document, by=by, at=at, facts=facts) as told:
        files = list(former.files.order_by("order"))
        others = former.authors if former.published_at is None else []
        authors, columns = sorted({*others, by.pk}), former.columns.all()
        version = write_version(document, text, columns=columns, authors=authors, files=files, by=by, at=at)
        version.before = before
        version.save(update_fields=("before",))
        told |= {"version": version.number}
        vouch(told, verb, document, version, *version.files.all())
    return version


def _give_up(verb: str, document: Document, *, reason: str, by: User, at: datetime) -> Document:
    correcting.judge_reason(reason)
    begun = list(document.versions.standing().filter(number__gt=F("document__public__number")).order_by("number"))
    first, last = begun[0], newest(document)
    with taking(STEPS, verb, document, by=by, at=at, facts=first.before) as told:
        Version.objects.filter(pk__in=[version.pk for version in begun]).update(abandoned_at=at)
        timing.drop_publishing(document, at=at)
        told |= {"version": last.number, "reason": Words(reason.strip())}
        vouch(told, verb, document, *begun)
    return document


def _said_of(document: Document) -> dict[str, Any]:
    """What an amendment may change, as it is now, by the names that an update takes."""
    fields = [field for field in Document._meta.concrete_fields if field.name not in LIVES_ON]
    return {field.attname: field.value_from_object(document) for field in fields}

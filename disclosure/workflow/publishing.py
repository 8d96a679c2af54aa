"""Publishing: at once, or at a set time, by somebody else than who wrote it; and what is not published is done with."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.moment import local_date
from portal.organisation import people, roles
from portal.organisation.models import User
from portal.regulations.registry import carries
from portal.workflow.engine import judge, taking

from .. import finding
from ..models import Card, Document, Outgoing, Version
from ..rules import Refused, attribute, publishing, reviewing
from ..told import vouch
from ..vocabulary import Errand
from . import clearing, interpreting, timing
from .common import law_of, newest, said
from .gates import judge_publication, judge_scheduling
from .rechecking import judge_applied_ahead
from .sending import send_out
from .steps import STEPS

LATE_REASON = "publish.late_reason"


@transaction.atomic
def publish(document: Document, *, late_reason: str = "", by: people.Actor, at: datetime) -> Version:
    """Put the newest version before the public. `by` is staff, or the system at the time somebody had set.

    `late_reason` is owed where the body's document asks for it and the limit has passed (LD-A6-5-4a); one that was given when
    the time was set holds.
    """
    judge(STEPS, "publish", document, by=by, at=at)
    version, user = newest(document), people.user_of(by)
    publishing.may_go_out(document.openness, embargo_until=document.embargo_until, at=at)
    judge_applied_ahead(document, at=at)
    if user is not None:
        judge_publisher(document, version, by=user, at=at)
    reason = late_reason.strip() or document.late_reason
    _judge_late(document, reason, moment=at)
    judge_publication(document, version, at=at)
    with taking(STEPS, "publish", document, by=by, at=at, facts=public_facts(document, version, reason, at)) as told:
        errands = show(document, version, by=user, at=at)
        told.update({"version": version.number} | ({"late_reason": reason} if reason else {}))
        vouch(told, "publish", document, version, *errands)
    for companion in interpreting.companions(document):
        publish(companion, late_reason=late_reason, by=by, at=at)
    return version


def judge_publisher(document: Document, version: Version, *, by: User, at: datetime) -> None:
    """Whether this person may put this version before the public, or set its time. Raises Refused."""
    reviewing.may_publish(publisher=by.pk, authors=version.authors)
    law = law_of(document)
    wanted = said(law, "publish.government_roles")
    held = [role for role in wanted if roles.holds(by, role, body=document.body, department=document.department, at=at)]
    names = [law.roles[role].name for role in wanted]
    reviewing.judge_publisher(document.content, roles=wanted, held=held, names=names)


@carries("WZ-6.1-1", "YQ-S1-8", "LD-A1-1b")
def show(document: Document, version: Version, *, by: User | None, at: datetime) -> list[Outgoing]:
    """What follows whenever a version becomes what the public reads, whichever act made it so: it is on this portal, where the
    index finds it, in the same transaction; other sites are told besides and never instead. Returns the errands it left.
    """
    version.published_by, version.published_at, version.card = by, at, Card.of(document).as_json()
    version.save(update_fields=("published_by", "published_at", "card"))
    document.columns.set(version.columns.all())
    timing.stop_publishing(document, at=at)
    errands = send_out(document, version, Errand.SHOW, at=at)
    interpreting.after_publication(document, at)
    clearing.after_publication(document, at)
    finding.put(document)
    return errands


@transaction.atomic
def schedule(document: Document, *, publish_at: datetime, late_reason: str = "", by: User, at: datetime) -> Document:
    """Set the moment at which the document becomes public by itself; may be set anew until then."""
    judge(STEPS, "schedule", document, by=by, at=at)
    publishing.may_go_out(document.openness, embargo_until=None, at=at)
    judge_applied_ahead(document, at=publish_at)
    publishing.may_schedule(publish_at, embargo_until=document.embargo_until, at=at)
    version = newest(document)
    judge_publisher(document, version, by=by, at=at)
    reason = late_reason.strip() or document.late_reason
    _judge_late(document, reason, moment=publish_at)
    judge_scheduling(document, version, at=at)
    facts = {"publish_at": publish_at, "late_reason": reason}
    with taking(STEPS, "schedule", document, by=by, at=at, facts=facts) as told:
        told.update({"publish_at": publish_at.isoformat()} | ({"late_reason": reason} if reason else {}))
        vouch(told, "schedule", document)
    return document


@transaction.atomic
def embargo(document: Document, *, until: datetime, reason: str, by: User, at: datetime) -> Document:
    """Hold publication back until a moment, e.g. that at which statistics come out. A time set before it no longer holds."""
    judge(STEPS, "embargo", document, by=by, at=at)
    publishing.may_embargo(until, reason=reason, at=at)
    keeps = document.publish_at is None or document.publish_at >= until
    facts = {"embargo_until": until, "publish_at": document.publish_at if keeps else None}
    with taking(STEPS, "embargo", document, by=by, at=at, facts=facts) as told:
        told |= {"until": until.isoformat(), "reason": reason.strip()}
        vouch(told, "embargo", document)
    return document


@transaction.atomic
def keep(document: Document, *, by: User, at: datetime) -> Document:
    """What is not to be published is done with, and waits for the periodic look at what is withheld."""
    judge(STEPS, "keep", document, by=by, at=at)
    if attribute.goes_out(document.openness):
        raise Refused("本件的公开属性是主动公开，应当发布，不能直接办结。")
    with taking(STEPS, "keep", document, by=by, at=at):
        pass
    return document


def _judge_late(document: Document, reason: str, *, moment: datetime) -> None:
    demanded = bool(law_of(document).option(LATE_REASON))
    publishing.judge_late(timing.last_day(document), on=local_date(moment), reason=reason, demanded=demanded)


def public_facts(document: Document, version: Version, reason: str, at: datetime) -> dict[str, Any]:
    """What becomes true of a document with its publication; one that had been withdrawn is back."""
    return {
        "public": version,
        "published_at": document.published_at or at,
        "publish_at": None,
        "embargo_until": None,
        "late_reason": reason,
        "withdrawn_at": None,
        "withdrawal": "",
        "withdrawal_note": "",
    }

"""Publishing: at once, or at a set time, by somebody else than who wrote it; and what is not published is done with."""

from datetime import datetime

from django.db import transaction

from portal.organisation import people
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from ..models import Document, Version
from ..rules import Refused, attribute, reviewing
from .common import newest
from .gates import judge_publication
from .steps import STEPS


@transaction.atomic
def publish(document: Document, *, by: people.Actor, at: datetime) -> Version:
    """Put the newest version before the public. `by` is staff, or the system at the time somebody had set."""
    judge(STEPS, "publish", document, by=by, at=at)
    version = newest(document)
    if not attribute.goes_out(document.openness):
        raise Refused("本件的公开属性不是主动公开，不能发布。请办理“办结”。")
    if document.embargo_until is not None and at < document.embargo_until:
        raise Refused("本件还在限制公开的时间内，不能发布。请在该时间之后办理，或者设定定时发布。")
    user = people.user_of(by)
    if user is not None:
        reviewing.may_publish(publisher=user.pk, authors=version.authors)
    judge_publication(document, version, at=at)
    facts = {"public": version, "published_at": document.published_at or at, "publish_at": None}
    with taking(STEPS, "publish", document, by=by, at=at, facts=facts) as told:
        version.published_by, version.published_at = user, at
        version.save(update_fields=("published_by", "published_at"))
        told |= {"version": version.number}
    return version


@transaction.atomic
def schedule(document: Document, *, publish_at: datetime, by: User, at: datetime) -> Document:
    """Set the moment at which the document becomes public by itself; may be set anew until then."""
    judge(STEPS, "schedule", document, by=by, at=at)
    if not attribute.goes_out(document.openness):
        raise Refused("本件的公开属性不是主动公开，不能发布。请办理“办结”。")
    if publish_at <= at or (document.embargo_until is not None and publish_at < document.embargo_until):
        raise Refused("定时发布的时间应当晚于现在，也不能早于限制公开的截止时间，请重新设定。")
    reviewing.may_publish(publisher=by.pk, authors=newest(document).authors)
    with taking(STEPS, "schedule", document, by=by, at=at, facts={"publish_at": publish_at}) as told:
        told |= {"publish_at": publish_at.isoformat()}
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

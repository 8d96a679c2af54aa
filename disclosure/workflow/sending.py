"""Errands to other sites: written in the transaction of the act, so that none is lost and none is made up."""

from datetime import datetime

from django.db import transaction

from portal.organisation.models import User
from portal.regulations.registry import carries
from portal.workflow.engine import judge, taking

from ..models import Document, Outgoing, Site, Version
from ..models.outgoing import OutgoingQuerySet
from ..rules import Refused
from ..vocabulary import Audience, Errand, Sending
from .steps import STEPS


@carries("YC-4.1-1b")
def send_out(document: Document, version: Version, errand: Errand, *, at: datetime) -> list[Outgoing]:
    """Leave an errand for every site of the body that is in use; returns them. What is for the staff goes nowhere."""
    if document.audience != Audience.PUBLIC:
        return []
    sites = Site.objects.filter(body=document.body, in_use=True).order_by("pk")
    rows = [Outgoing(document=document, version=version, site=site, errand=errand, created_at=at) for site in sites]
    return Outgoing.objects.bulk_create(rows)


@transaction.atomic
def retry(outgoing: Outgoing, *, by: User, at: datetime) -> Outgoing:
    """Let an errand that failed be tried again. Raises Refused for one that waits, is done, or was overtaken by a later one."""
    document = outgoing.document
    judge(STEPS, "retry", document, by=by, at=at)
    if not failed(document).filter(pk=outgoing.pk).exists():
        raise Refused("这一事项没有失败，或者同一站点已有新的同步事项，不需要重试。请刷新页面查看最新情况。")
    with taking(STEPS, "retry", document, by=by, at=at) as told:
        Outgoing.objects.filter(pk=outgoing.pk).update(state=Sending.WAITING, last_error="")
        outgoing.refresh_from_db()
        told |= {"site": outgoing.site.name, "errand": outgoing.get_errand_display()}
    return outgoing


def failed(document: Document) -> OutgoingQuerySet:
    """The errands of a document that failed and are still the last word to their site."""
    return document.outgoing.last_words().filter(state=Sending.FAILED)

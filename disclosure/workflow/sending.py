"""Errands to other sites: written in the transaction of the act, so that none is lost and none is made up."""

from datetime import datetime

from portal.regulations.registry import carries

from ..models import Document, Outgoing, Site, Version
from ..vocabulary import Audience, Errand


@carries("YC-4.1-1b")
def send_out(document: Document, version: Version, errand: Errand, *, at: datetime) -> int:
    """Leave an errand for every site of the body that is in use; returns how many. What is for the staff goes nowhere."""
    if document.audience != Audience.PUBLIC:
        return 0
    sites = Site.objects.filter(body=document.body, in_use=True).order_by("pk")
    rows = [Outgoing(document=document, version=version, site=site, errand=errand, created_at=at) for site in sites]
    return len(Outgoing.objects.bulk_create(rows))

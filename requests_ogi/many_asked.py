"""What many have asked a body for within the last months, less what is being published already (条例第四十四条第一款)."""

from datetime import datetime, timedelta

from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library

from .models import Conversion, InformationRequest
from .rules.motion import Asked, Demand, many_asked

DAYS_IN_MONTH = 31


def demands_on(body: Body, *, at: datetime) -> list[Demand]:
    """The most wanted first. The number of applicants and of months are the body's options. Two queries."""
    law = library.profile(body.profile, local_date(at))
    since = at - timedelta(days=DAYS_IN_MONTH * int(law.option("publication.months")))
    rows = (
        InformationRequest.objects.filter(body=body, opened_at__gte=since)
        .exclude(outcome="withdrawn")
        .order_by("opened_at", "pk")
        .values_list("title", "applicant__identity_digest", "outcome")
    )
    known = set(Conversion.objects.filter(body=body).values_list("gist", flat=True))
    least = int(law.option("publication.applicants"))
    found = many_asked((Asked(title, digest or "", outcome) for title, digest, outcome in rows.iterator()), least=least)
    return [one for one in found if one.gist not in known]

"""Requests of the demonstration that a visitor may look at as their applicant would: number and code."""

from collections.abc import Iterator

from portal.archive import vault
from portal.organisation.models import Body

from .. import secrets
from ..models import InformationRequest
from .people import applicant
from .plans import plans_of

WORTH_A_LOOK = {
    "parted:2024": "部分公开，可下载遮盖后的材料",
    "paying": "等待缴费",
    "overridden": "征求第三方意见后公开",
    "many:2013": "要求说明理由",
}


def examples(body: Body) -> Iterator[tuple[str, str, str]]:
    """Number, code and what is to be seen, of the requests that people who do not exist made online at a body."""
    for place, plan in plans_of(body.code):
        if plan.matter not in WORTH_A_LOOK:
            continue
        person = applicant(body, place if plan.who is None else plan.who, electronic=False)
        theirs = InformationRequest.objects.filter(
            body=body, applicant__identity_digest=vault.digest(f"identity:{person.identity_number}")
        )
        case = theirs.order_by("-pk").first()
        code = secrets.code_of(case.submission_key or "", case.number, case.secret) if case else ""
        if case and code:
            yield case.number, code, WORTH_A_LOOK[plan.matter]

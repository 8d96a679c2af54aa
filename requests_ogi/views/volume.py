"""What a citizen does and is told about very many requests: reasons given online, and a word on fees before filing.

Whether somebody has asked much is their own business. Before filing nobody has proved who they are, so the number is told
only to those who have handed in the papers and write the telephone number that an earlier request of the month bears, and an
address may ask for few persons a day. Everybody else reads the price list.
"""

import hmac
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal import moment
from portal.archive import vault
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.web import limits
from portal.web.access import personal, public

from .. import counting, workflow
from ..following import reasons_of, story_of
from ..forms.public import SoFar
from ..forms.volume import ReasonsForm
from ..models import Attachment, InformationRequest
from ..rules import fees
from ..vocabulary import FeeBasis
from .posting import posted, posted_files
from .tracking import known, proof_asked, proved

PERSONS_A_DAY = 5
DAY = 24 * 3600
NEAR = 2
"""So many free requests left, and the citizen is told."""


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, seconds=3600, scope="reasons")
@known
def reasons(request: HttpRequest, case: InformationRequest) -> HttpResponse:
    """Give the reasons the body asked for (条例第三十五条)."""
    at = moment.now()
    if reasons_of(case) is None:
        messages.info(request, "这份申请目前不需要说明理由。已经提交的理由都已收到。")
        return redirect("requests_ogi:follow", case.number)
    form = ReasonsForm(posted(request), posted_files(request), proof_asked=proof_asked(case))
    if request.method == "POST" and form.is_valid() and proved(request, case, form):
        try:
            workflow.hear_reasons(
                case,
                reasons=form.cleaned_data["reasons"],
                answered_on=local_date(at),
                uploads=form.cleaned_data["files"],
                by=people.APPLICANT,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "您说明的理由已经收到，本机关会继续办理并告知您结果。")
            return redirect("requests_ogi:follow", case.number)
    context = {"form": form, "story": story_of(case, at=at), "case": case, "body": case.body, "nav": "track"}
    return render(request, "requests_ogi/reasons.html", context)


def word_on_fees(request: HttpRequest, so_far: SoFar, body: Body, *, at: datetime) -> str:
    """What is said about fees on the last page before filing: free, and from how many on that may be different."""
    law = library.profile(body.profile, local_date(at))
    table = law.fees.get(FeeBasis.ITEM)
    if table is None or law.option("fee.charged_from") == "never":
        return "提供政府信息不收取费用。"
    made = _made(request, so_far, body, at=at)
    if made is None or made < table.free - NEAR:
        return (
            f"提供政府信息一般不收取费用。同一申请人一个自然月内向同一机关申请{table.free}件以下的一律免费；"
            "超过的，只有数量、频次明显超过合理范围时，才可能依法收取信息处理费。"
        )
    word = f"本月您已向本机关提出{made}件申请，本件为第{made + 1}件。"
    amount = fees.item_fee(made + 1, table=table)
    if amount == 0:
        return f"{word}一个自然月内{table.free}件以下一律免费，本件不收取费用。"
    return (
        f"{word}提供政府信息一般不收取费用；数量、频次明显超过合理范围的，本机关依法可能收取信息处理费{amount}元，"
        "收取前会书面告知您。您可以把相近的内容合并为一件提出。"
    )


def _made(request: HttpRequest, so_far: SoFar, body: Body, *, at: datetime) -> int | None:
    """How many requests of this month are the citizen's own; None if that is not theirs to know, as far as can be seen."""
    if all(file.purpose != Attachment.Purpose.IDENTITY for file in so_far.kept):
        return None
    number, phone = so_far.answers["applicant"]["identity_number"], so_far.answers["contact"]["phone"]
    if not _few_persons(request, number):
        return None
    made = list(counting.made_in_month(body, number, on=local_date(at)).only("request_id", "phone"))
    theirs = any(hmac.compare_digest(row.phone.encode(), phone.encode()) for row in made)
    return len(made) if theirs else None


def _few_persons(request: HttpRequest, identity_number: str) -> bool:
    """Count one look for this address, unless it has looked at the same person before; whether it is still among the few."""
    address = limits.address(request)
    seen = f"fees:address:{address}:person:{vault.digest(f'identity:{identity_number}')}"
    if limits.seen(seen):
        return True
    if limits.count(f"fees:address:{address}", seconds=DAY) > PERSONS_A_DAY:
        return False
    limits.count(seen, seconds=DAY)
    return True

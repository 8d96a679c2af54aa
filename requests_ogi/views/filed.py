"""What one holds in hand after filing: number, code, last day, and the receipt. The address can be kept as a bookmark."""

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.clocks import keeper
from portal.web.access import personal, public

from .. import dossier, secrets
from ..following import next_steps
from ..limit_lines import due_line, limits_of
from ..models import InformationRequest

SIGNER = Signer(salt="requests_ogi.filed", sep=".")


def filed_url(submission_key: str | None) -> str:
    """The address of the confirmation page: signed, so that no other can be made up."""
    return reverse("requests_ogi:filed", args=[SIGNER.sign(str(submission_key))])


@public
@personal
@require_safe
def filed(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation page: it says the same however often it is opened."""
    case = _case_of(token)
    lines = limits_of(keeper.clocks_of(case))
    context = {
        "case": case,
        "body": case.body,
        "code": _code(case),
        "lines": lines,
        "steps": next_steps(case, lines),
        "receipt_url": reverse("requests_ogi:filed_receipt", args=[token]),
        "nav": "apply",
    }
    return render(request, "requests_ogi/filed.html", context)


@public
@personal
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """登记回执, for those who come from the confirmation page."""
    return receipt_response(_case_of(token))


def receipt_response(case: InformationRequest) -> HttpResponse:
    """登记回执 as a download: made when asked for, kept nowhere, because it shows the code."""
    lines = limits_of(keeper.clocks_of(case))
    pdf = dossier.receipt_pdf(case, code=_code(case), due_line=due_line(lines))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"登记回执{case.number}.pdf")
    return response


def _case_of(token: str) -> InformationRequest:
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        raise Http404("not a token of ours") from None
    return get_object_or_404(InformationRequest.objects.select_related("body"), submission_key=key)


def _code(case: InformationRequest) -> str:
    return secrets.code_of(case.submission_key or "", case.number, case.secret)

"""What one holds in hand after filing: number, code, last day, and the receipt.

The page shows them for two hours and to those who have its signed address; afterwards, or when the citizen leaves a
shared computer, it only says where to ask.
"""

from datetime import datetime

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from portal import moment
from portal.clocks import keeper
from portal.web.access import personal, public

from .. import dossier, filing_drafts, secrets
from ..following import next_steps
from ..limit_lines import due_line, limits_of
from ..models import InformationRequest
from . import passes

SIGNER = Signer(salt="requests_ogi.filed", sep=".")


def filed_token(submission_key: str | None) -> str:
    """What stands for a sent form in the address of its confirmation page: signed, so that no other can be made up."""
    return SIGNER.sign(str(submission_key))


def filed_url(submission_key: str | None) -> str:
    """The address of the confirmation page; the same however often it is asked for."""
    return reverse("requests_ogi:filed", args=[filed_token(submission_key)])


def is_filed(token: str) -> bool:
    """Whether the form that a token stands for has been sent."""
    key = _key_of(token)
    return key is not None and InformationRequest.objects.filter(submission_key=key).exists()


@public
@personal
@require_safe
def filed(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation page. Once it was shown, this browser no longer leads from the form to it."""
    at, case = moment.now(), _case_of(token)
    if not _still_shown(case, at=at):
        return render(request, "requests_ogi/filed_later.html", {"case": case, "body": case.body, "nav": "apply"})
    lines = limits_of(keeper.clocks_of(case))
    context = {
        "case": case,
        "body": case.body,
        "code": secrets.code_of(case.submission_key or "", case.number, case.secret),
        "lines": lines,
        "steps": next_steps(case, lines),
        "token": token,
        "hours": int(filing_drafts.SHOWN_FOR.total_seconds()) // 3600,
        "nav": "apply",
    }
    response = render(request, "requests_ogi/filed.html", context)
    form = passes.form_of(request, at=at)
    if form is not None and form.submission_key == case.submission_key:  # another form may have been begun meanwhile
        passes.take_form(response)
    return response


@public
@personal
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """登记回执 with the code, for those who come from the confirmation page while it shows the code."""
    case = _case_of(token)
    if not _still_shown(case, at=moment.now()):
        return redirect("requests_ogi:filed", token)
    return receipt_response(case, code=secrets.code_of(case.submission_key or "", case.number, case.secret))


@public
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """退出并清除本机记录: the address kept in this browser's history shows nobody the code any more."""
    case = _case_of(token)
    filing_drafts.leave(case.submission_key or "")
    messages.success(request, "已退出，这台设备上不再显示您的申请和查询码。")
    response = redirect("requests_ogi:track")
    passes.take_form(response)
    passes.let_out(response, case.number)
    return response


def receipt_response(case: InformationRequest, *, code: str = "") -> HttpResponse:
    """登记回执 as a download: made when asked for and kept nowhere, because it may show the code."""
    lines = limits_of(keeper.clocks_of(case))
    pdf = dossier.receipt_pdf(case, code=code, due_line=due_line(lines))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"登记回执{case.number}.pdf")
    return response


def _key_of(token: str) -> str | None:
    try:
        return SIGNER.unsign(token)
    except BadSignature:
        return None


def _case_of(token: str) -> InformationRequest:
    key = _key_of(token)
    if key is None:
        raise Http404("not a token of ours")
    return get_object_or_404(InformationRequest.objects.select_related("body"), submission_key=key)


def _still_shown(case: InformationRequest, *, at: datetime) -> bool:
    return filing_drafts.still_shown(case.submission_key or "", at=at)

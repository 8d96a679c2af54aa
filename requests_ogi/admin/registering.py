"""Registering what came another way than over the internet, and the receipt that is handed over."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import moment
from portal.clocks import keeper, terms
from portal.moment import chinese_date, local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import may_on

from .. import dossier, secrets, workflow
from ..forms.registering import RegisterForm
from ..models import InformationRequest
from ..vocabulary import ANSWER, Channel, ReceiptRule
from ..workflow.common import law_of
from . import downloads, story

ACT = "requests_ogi.register"

RECEIPT_WORDS = {
    ReceiptRule.SUBMISSION: "以申请人提交之日为收到申请之日。",
    ReceiptRule.SIGNING: "以本机关签收之日为收到申请之日。",
    ReceiptRule.CONFIRMATION: "以本机关与申请人确认之日为收到申请之日；确认之前，答复期限不起算。",
}


def register(page: Any, request: HttpRequest) -> HttpResponseBase:
    """Choose how the request came, then fill in what that way needs. “试算” shows the day of receipt before anything is stored."""
    at = moment.now()
    bodies = list(Body.objects.filter(pk__in=roles.reach(request.user, ACT, at=at).bodies).order_by("pk"))
    if not bodies:
        messages.warning(request, "您的岗位不能登记申请，请交由政务公开办公室登记。")
        return redirect("admin:index")
    body = next((one for one in bodies if one.code == request.GET.get("body")), bodies[0])
    law = library.profile(body.profile, local_date(at))
    channels = law.channels
    channel = channels.get(request.GET.get("channel", ""))
    context = page.admin_site.each_context(request) | {
        "title": "登记申请",
        "body": body,
        "bodies": bodies,
        "opts": page.opts,
    }
    if channel is None or channel.code == Channel.ONLINE:
        context["channels"] = [
            {"channel": one, "words": RECEIPT_WORDS[ReceiptRule(one.receipt)]}
            for one in channels.values()
            if one.code in Channel.values and one.code != Channel.ONLINE
        ]
        return TemplateResponse(request, "admin/requests_ogi/channels.html", context)
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = RegisterForm(**posted, body=body, channel=channel, at=at)
    context |= {"form": form, "channel": channel, "words": RECEIPT_WORDS[ReceiptRule(channel.receipt)]}
    # Whoever stands at the counter may be answered there and then (条例第三十三条).
    context["at_once"] = law.option("immediate_first") is True and channel.receipt == ReceiptRule.SUBMISSION
    status = 200
    if posted and form.is_valid():
        if "preview" in request.POST:
            context["foretold"] = foretell(body, form, at=at)
        else:
            try:
                case = workflow.register(
                    body=body, filing=form.filing(), submission_key=form.submission_key(), by=request.user, at=at
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return redirect(story.url("receipt", case))
    return TemplateResponse(request, "admin/requests_ogi/register.html", context, status=status)


def foretell(body: Body, form: RegisterForm, *, at: datetime) -> dict[str, Any]:
    """The day of receipt and the last day to answer that the filled-in days lead to; nothing is stored."""
    receipt = form.receipt()
    if receipt.on is None:
        return {"basis": receipt.basis, "on": None, "last_day": None}
    today = local_date(at)
    term = library.profile(body.profile, today).term(ANSWER)
    due = terms.due(term, receipt.on, calendar_for(scopes_of(body), on=today))
    return {"basis": receipt.basis, "on": receipt.on, "last_day": due.landing, "provisional": due.provisional}


def may_hand_over(request: HttpRequest, case: InformationRequest, *, at: datetime) -> bool:
    """Whether the receipt with its code may be shown: on the day of registration, to those who register.

    Later the code belongs to the applicant alone; who has lost it proves who they are and is told by the office.
    """
    return (
        case.channel != Channel.ONLINE
        and case.redo_of_id is None
        and local_date(case.opened_at) == local_date(at)
        and may_on(request.user, ACT, case, at=at)
    )


def receipt(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponseBase:
    """The receipt after registration: number, code, day of receipt, last day."""
    if not may_hand_over(request, case, at=at):
        raise Http404("the code is shown on the day of registration only")
    context = page.context(request, case, "登记回执") | {
        "code": secrets.code_for(case.submission_key),
        "due_line": due_line(case),
        "pdf_url": story.url("receipt_pdf", case),
        "register_url": reverse("admin:requests_register"),
    }
    response = TemplateResponse(request, "admin/requests_ogi/registered.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def receipt_pdf(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponse:
    """The receipt on paper (登记回执)."""
    if not may_hand_over(request, case, at=at):
        raise Http404("the code is shown on the day of registration only")
    code = secrets.code_for(case.submission_key)
    return downloads.pdf(dossier.receipt_pdf(case, code=code, due_line=due_line(case)), f"{case.number} 登记回执.pdf")


def due_line(case: InformationRequest) -> str:
    """The limit for the answer as the receipt says it."""
    clock = keeper.running(case, ANSWER).filter(weight="statutory").first()
    if clock is None:
        term = law_of(case).term(ANSWER)
        return f"自与您确认收到申请之日的次日起{term.amount}{term.unit.label}"
    doubt = "（跨入尚未公布放假安排的年度，暂定）" if clock.provisional else ""
    return f"{chinese_date(clock.last_day)}以前（含当日）{doubt}"

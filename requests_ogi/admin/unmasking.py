"""Seeing who asked, unmasked: an act with a reason, shown once and recorded every time."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.workflow.engine import may_on

from .. import workflow
from ..forms.staff import UnmaskForm
from ..models import InformationRequest
from . import story

ACT = "requests_ogi.unmask"


def unmask(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponseBase:
    """Ask for the reason, then show everything once. With `file`, one identity proof is given out the same way."""
    if not may_on(request.user, ACT, case, at=at):
        messages.warning(request, "您的岗位不能查看申请人的完整身份信息。办理确有需要的，请联系政务公开办公室。")
        return redirect(page.page_url(case))
    form = UnmaskForm(request.POST or None, case=case, by=request.user, at=at)
    context = page.context(request, case, "查看申请人完整信息", form=form)
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "admin/requests_ogi/unmask.html", context)
    wanted = request.POST.get("file", "")
    attachment = get_object_or_404(case.attachments, pk=int(wanted)) if wanted.isdigit() else None
    try:
        person = workflow.unmask(case, why=form.cleaned_data["why"], by=request.user, at=at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return TemplateResponse(request, "admin/requests_ogi/unmask.html", context, status=409)
    if attachment is not None:
        return archive.as_attachment(attachment.file)
    context |= {
        "rows": [row for row in story.applicant_rows(person, masked=False) if row[1]],
        "proofs": case.attachments.select_related("file").filter(purpose__in=story.PRIVATE).order_by("pk"),
        "why": form.cleaned_data["why"],
    }
    response = TemplateResponse(request, "admin/requests_ogi/unmasked.html", context)
    response["Cache-Control"] = "no-store, private"
    return response

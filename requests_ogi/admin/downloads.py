"""What is taken away from a case: letters, attachments, the preview of an answer, the sealed dossier."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header

from portal.archive import service as archive
from portal.archive.models import Dossier, StoredFile
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.refusal import Refusal

from .. import wording, workflow
from ..models import Consultation, InformationRequest
from . import preparing, story


def letter(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime, pk: int) -> HttpResponseBase:
    """A letter of this case. GET gives a copy for reading without the addressee's name; POST takes out the original, which
    is on record.
    """
    found = get_object_or_404(Letter.objects.about(case).select_related("file", "body"), pk=pk)
    if request.method != "POST":
        asked = Consultation.objects.filter(letter=found).first()
        key = asked.key if asked and asked.key else ""
        data = letters.render_copy(found, addressee=story.HIDDEN, without=key)
        return pdf(data, f"{found.number} 查阅件.pdf")
    return _taken_out(page, request, case, found.file, what=f"文书{found.number}", at=at)


def file(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime, pk: int) -> HttpResponseBase:
    """An attachment of this case. Those that show who somebody is lead to unmasking instead."""
    attachment = get_object_or_404(case.attachments.select_related("file"), pk=pk)
    if attachment.purpose in story.PRIVATE:
        return redirect(story.url("unmask", case))
    return archive.as_attachment(attachment.file)


def preview(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponseBase:
    """The letter of the newest version as it would look, marked 草稿 and addressed to the masked name."""
    draft = preparing.newest(case)
    if draft is None:
        raise Http404(f"request {case.number} has no draft")
    on = local_date(at)
    line, content = preparing.letter_of(case, draft, on=on)
    data = letters.render_preview(case.body, wording.REPLY_KINDS[line.letter_kind], content=content, on=on)
    return pdf(data, f"{case.number} 答复书草稿 第{draft.version}稿.pdf")


def dossier(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponseBase:
    """The sealed dossier as one ZIP. It shows who asked: taken out by POST only, on record."""
    if request.method != "POST":
        return redirect(page.page_url(case))
    sealed = get_object_or_404(
        Dossier.objects.select_related("file"), subject_type=case._meta.label_lower, subject_id=str(case.pk)
    )
    return _taken_out(page, request, case, sealed.file, what="案卷包", at=at)


def service_proof(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponseBase:
    """An empty proof of service (送达回证) for the answer. It names the applicant: by POST only, on record."""
    answer = getattr(case, "answer", None)
    if answer is None:
        raise Http404(f"request {case.number} has no answer to serve")
    if request.method != "POST":
        return redirect(page.page_url(case))
    try:
        workflow.take_out(case, what="送达回证", by=request.user, at=at)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(page.page_url(case))
    return pdf(letters.service_proof_pdf(answer.letter, on=local_date(at)), f"{answer.letter.number} 送达回证.pdf")


def _taken_out(
    page: Any, request: HttpRequest, case: InformationRequest, file: StoredFile, *, what: str, at: datetime
) -> HttpResponseBase:
    try:
        workflow.take_out(case, what=what, by=request.user, at=at)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(page.page_url(case))
    return archive.as_attachment(file)


def pdf(data: bytes, name: str) -> HttpResponse:
    """A PDF made on demand, as a download that nothing keeps."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store, private"
    return response

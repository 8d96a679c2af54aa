"""Filling in a request, page by page, without an account; only the last button files it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal import moment
from portal.moment import local_date
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.regulations.registry import carries
from portal.search import service as search
from portal.web.access import personal, public
from portal.web.guide import answer_limit
from portal.web.limits import at_most

from .. import filing_drafts, finding, workflow
from ..forms.fields import upload_of
from ..forms.public import (
    PAGES,
    FilesPage,
    InformationPage,
    KindPage,
    Page,
    ReplyPage,
    SoFar,
    filing_of,
    pages_asked,
    unanswered,
)
from ..forms.sending import SendForm
from ..models import FilingDraft, PublishedAnswer
from . import passes
from .filed import filed_token, filed_url, is_filed
from .posting import posted, posted_files
from .review import sections_of
from .volume import word_on_fees

HOUR = 3600
MOST_ASKED_BEFORE = 5
BROUGHT, MOST_BROUGHT = "brought", 200
"""Under which name words brought along from the search wait for their page, and how many characters of them."""
LOST = (
    "没有找到您正在填写的申请：填写的内容只保留24小时，之后为保护您的个人信息自动清除；浏览器禁用 Cookie 时也无法保留。"
    "还没有提交的，请重新填写；已经提交的不受影响，请凭申请编号和查询码查询。"
)


@carries("YC-5.2-6", "LD-A8-7a")
@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(30, seconds=HOUR, scope="begin")
def apply(request: HttpRequest) -> HttpResponseBase:
    """Choose a body, then begin: who asks. Beginning always starts an empty form, whoever used this browser before."""
    at = moment.now()
    bodies = list(Body.objects.order_by("pk"))
    asked = request.POST.get("body") or request.GET.get("body") or ""
    body = next((one for one in bodies if one.code == asked), None)
    old = passes.form_of(request, at=at)
    unfinished = old if old is not None and old.filed_at is None else None
    words = request.GET.get("q", "").replace("\0", "").strip()[:MOST_BROUGHT]
    if body is None:
        return _choose(request, bodies, unknown=bool(asked), unfinished=unfinished, words=words, at=at)
    so_far = SoFar({}, bodies)
    form = KindPage(posted(request), initial={"body": body.code}, so_far=so_far)
    form.hide_body()
    if request.method == "POST" and form.is_valid():
        if unfinished is not None:
            filing_drafts.discard(unfinished)
        brought = {BROUGHT: {"wanted": words}} if words else {}
        _, key = filing_drafts.begin({"kind": form.cleaned_data} | brought, at=at)
        response = redirect("requests_ogi:page", "applicant")
        passes.give_form(request, response, key)
        return response
    context = {"beginning": True, "unfinished": unfinished, "here_body": body, "words": words}
    return render(request, "requests_ogi/apply_page.html", _around(form, so_far, body, at=at) | context)


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(300, seconds=HOUR, scope="fill")
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One page of the form. A page can be opened again as soon as those before it are answered."""
    at = moment.now()
    draft = passes.form_of(request, at=at)
    if draft is None or draft.filed_at is not None:
        return _elsewhere(request, draft)
    so_far = _so_far(draft, at=at)
    kind = _reachable(slug, so_far)
    if kind is None:
        return _onwards(so_far)
    if kind is FilesPage:
        return _files(request, draft, so_far, at=at)
    form = kind(posted(request), initial=_known(so_far, kind), so_far=so_far)
    if request.method == "POST" and form.is_valid():
        filing_drafts.keep(draft, slug, form.cleaned_data, at=at)
        return _onwards(_so_far(draft, at=at, fresh=True))
    context = _around(form, so_far, _body(so_far), at=at)
    context["likely"] = _likely(so_far) if kind is ReplyPage else []
    return render(request, "requests_ogi/apply_page.html", context)


def _files(request: HttpRequest, draft: FilingDraft, so_far: SoFar, *, at: datetime) -> HttpResponseBase:
    """Files come in one by one: each that is accepted stays, whatever becomes of the others."""
    if remove := request.POST.get("remove", ""):
        filing_drafts.drop_file(draft, int(remove) if remove.isdecimal() and len(remove) < 19 else 0)
        return redirect("requests_ogi:page", FilesPage.slug)
    form = FilesPage(posted(request), posted_files(request), so_far=so_far)
    if request.method == "POST" and form.is_valid():
        for purpose, given in form.handed_in():
            try:
                filing_drafts.keep_file(draft, upload_of(given, purpose=purpose), at=at)
            except Refusal as refusal:
                form.add_error(purpose, str(refusal))
        so_far = form.so_far = _so_far(draft, at=at, fresh=True)
        if "more" in request.POST and form.is_valid():
            return redirect("requests_ogi:page", FilesPage.slug)
        for name, sentence in form.missing().items():
            if name not in form.errors and "more" not in request.POST:
                form.add_error(name, sentence)
        if form.is_valid():
            filing_drafts.keep(draft, FilesPage.slug, {}, at=at)
            return _onwards(_so_far(draft, at=at, fresh=True))
    context = _around(form, so_far, _body(so_far), at=at) | {
        "most_files": filing_drafts.MOST_FILES,
        "most_megabytes": settings.UPLOAD_LIMIT // 2**20,
    }
    return render(request, "requests_ogi/apply_files.html", context)


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(30, seconds=HOUR, scope="file")
def check(request: HttpRequest) -> HttpResponseBase:
    """Everything on one page to be looked over, then filed. Sent twice, it is still one request."""
    at = moment.now()
    draft = passes.form_of(request, at=at)
    if draft is None or draft.filed_at is not None:
        return _elsewhere(request, draft)
    so_far = _so_far(draft, at=at)
    if unanswered(so_far) is not None:
        return _onwards(so_far)
    body = _body(so_far)
    form = SendForm(posted(request), seconds_taken=(at - draft.begun_at).total_seconds())
    if request.method == "POST" and form.is_valid():
        filing = filing_of(so_far.answers, filing_drafts.uploads_of(draft), on=local_date(at))
        try:
            case = workflow.apply(body=body, filing=filing, submission_key=draft.submission_key, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            filing_drafts.finish(draft, at=at)
            return redirect(filed_url(case.submission_key))
    # Sent again after the confirmation page was shown, the form still leads there: by this, without the cookie.
    sent = filed_token(draft.submission_key)
    context = {"form": form, "sent": sent, "sections": sections_of(so_far, body), "body": body, "nav": "apply"}
    before = _asked_before(so_far)
    context["asked_before"], context["likely"] = before, _likely(so_far, besides=before)
    context["fees"] = word_on_fees(request, so_far, body, at=at)
    return render(request, "requests_ogi/apply_check.html", context)


@public
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Clear what was filled in: for those who share a computer."""
    draft = passes.form_of(request, at=moment.now())
    if draft is not None and draft.filed_at is None:
        filing_drafts.discard(draft)
    messages.success(request, "已清除填写的内容，没有提交任何申请。")
    response = redirect("requests_ogi:apply")
    passes.take_form(response)
    return response


def _asked_before(so_far: SoFar) -> list[PublishedAnswer]:
    """Published answers whose title is like what is wanted: perhaps there is no need to ask."""
    return list(PublishedAnswer.objects.public().like(so_far.answers["information"]["wanted"])[:MOST_ASKED_BEFORE])


def _likely(so_far: SoFar, besides: Sequence[PublishedAnswer] = ()) -> list[tuple[search.Result, str]]:
    """What is public and likely what is wanted, each with the name of its body: perhaps there is no need to ask. `besides` is
    on the page already.
    """
    information, names = so_far.answers["information"], {body.code: body.name for body in so_far.bodies}
    shown = {(finding.SUBJECT, str(one.pk)) for one in besides}
    found = search.likely(f"{information['document_number']} {information['wanted']}")
    return [(one, names.get(one.body, "")) for one in found if (one.subject_type, one.subject_id) not in shown]


def _known(so_far: SoFar, kind: type[Page]) -> dict[str, Any] | None:
    """What a page shows before it is filled in: what it was answered, or the words brought along."""
    brought = so_far.answers.get(BROUGHT) if kind is InformationPage else None
    return so_far.answers.get(kind.slug, brought)


def _so_far(draft: FilingDraft, *, at: datetime, fresh: bool = False) -> SoFar:
    if fresh:
        draft.refresh_from_db()
    bodies = list(Body.objects.order_by("pk"))
    so_far = SoFar(filing_drafts.answers_of(draft), bodies, filing_drafts.files_of(draft))
    law = library.profile(_body(so_far).profile, local_date(at))
    return SoFar(
        so_far.answers,
        bodies,
        so_far.kept,
        proof_owed=law.option("identity.required") == "every_request",
        purpose_owed=law.option("purpose.required") is True,
    )


def _body(so_far: SoFar) -> Body:
    code = so_far.answers["kind"]["body"]
    found = next((body for body in so_far.bodies if body.code == code), None)
    if found is None:
        raise Http404("the body asked is gone")
    return found


def _reachable(slug: str, so_far: SoFar) -> type[Page] | None:
    """The page of this address, if it is asked and every page before it is answered."""
    if slug not in {kind.slug for kind in PAGES}:
        raise Http404("no such page of the form")
    first = unanswered(so_far)
    for kind in pages_asked(so_far):
        if kind.slug == slug:
            return kind
        if kind is first:
            break
    return None


def _onwards(so_far: SoFar) -> HttpResponse:
    """To the first page that is not answered, or to the check page."""
    kind = unanswered(so_far)
    return redirect("requests_ogi:check") if kind is None else redirect("requests_ogi:page", kind.slug)


def _elsewhere(request: HttpRequest, draft: FilingDraft | None) -> HttpResponse:
    """Where to go with a form that was sent already, or that is not there any more."""
    if draft is not None:
        return redirect(filed_url(draft.submission_key))
    if is_filed(sent := request.POST.get("sent", "")):
        return redirect("requests_ogi:filed", sent)
    messages.warning(request, LOST)
    return redirect("requests_ogi:apply")


def _choose(
    request: HttpRequest,
    bodies: list[Body],
    *,
    unknown: bool,
    unfinished: FilingDraft | None,
    words: str,
    at: datetime,
) -> HttpResponse:
    laws = [library.profile(body.profile, local_date(at)) for body in bodies]
    choices = [{"body": body, "limit": answer_limit(law)} for body, law in zip(bodies, laws, strict=True)]
    context = {"choices": choices, "unknown": unknown, "unfinished": unfinished, "words": words, "nav": "apply"}
    return render(request, "requests_ogi/apply_choose.html", context)


def _around(form: Page, so_far: SoFar, body: Body, *, at: datetime) -> dict[str, Any]:
    """What stands around a page: how far one is, the way back, and whom to call."""
    asked = pages_asked(so_far) if so_far.answers else pages_asked(SoFar({}))
    place = next(place for place, kind in enumerate(asked) if kind.slug == form.slug)
    law = library.profile(body.profile, local_date(at))
    back = reverse("requests_ogi:page", args=[asked[place - 1].slug]) if place else reverse("requests_ogi:apply")
    return {
        "form": form,
        "body": body,
        "place": place + 1,
        "places": len(asked) + 1,
        "back": back,
        "limit": answer_limit(law),
        "channels": [channel for channel in law.channels.values() if channel.code != "online"],
        "nav": "apply",
    }

"""A correction, a suggestion or a complaint: filled in on one page, confirmed on the next, followed by number and code."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import moment
from portal.archive import service as archive
from portal.letters.models import Letter
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.web import problems
from portal.web.access import personal, public
from portal.web.guide import oversight
from portal.web.limits import at_most

from .. import secrets
from ..following_motions import story_of
from ..forms import motions as forms
from ..models import InformationRequest, Motion
from ..motion_papers import receipt_pdf
from ..vocabulary import MotionKind
from ..workflow import motions as workflow
from . import guessing, passes
from .posting import posted, posted_files
from .tracking import NO_MATCH

HOUR = 3600
SENT, SENT_SALT, SENT_SECONDS = "motion-sent", "requests_ogi.motion_sent", 2 * HOUR

PAGES: dict[MotionKind, dict[str, str]] = {
    MotionKind.CORRECTION: {
        "title": "申请更正与自己有关的政府信息",
        "lead": "政府信息中与您（本单位）自身相关的记录不准确的，可以提供证据，申请更正（《中华人民共和国政府信息公开条例》第四十一条）。",
        "button": "提交更正申请",
    },
    MotionKind.SUGGESTION: {
        "title": "建议主动公开",
        "lead": "认为某项政府信息应当向全社会公开的，可以建议行政机关主动公开（《中华人民共和国政府信息公开条例》第四十四条）。可以不署名。",
        "button": "提交建议",
    },
    MotionKind.COMPLAINT: {
        "title": "投诉举报",
        "lead": "认为行政机关没有依法公开政府信息、没有依法答复申请的，可以投诉、举报"
        "（《中华人民共和国政府信息公开条例》第四十七条、第五十一条）。可以不署名。",
        "button": "提交投诉举报",
    },
}


def _move(request: HttpRequest, kind: MotionKind) -> HttpResponseBase:
    """One page to fill in. Sent twice, it is still one motion; what was typed comes back when something must be corrected."""
    at = moment.now()
    bodies = list(Body.objects.order_by("pk"))
    initial = {"body": request.GET.get("body", "")[:20], "number": request.GET.get("number", "")[:60]}
    form = forms.public(kind)(posted(request), posted_files(request), bodies=bodies, at=at, initial=initial)
    if request.method == "POST" and form.is_valid():
        about, answer = _about(request, form)
        if answer is not None:
            return answer
        if form.is_valid():
            try:
                motion = workflow.file(
                    body=form.chosen_body,
                    filing=form.filing(),
                    submission_key=form.submission_key(),
                    about=about,
                    at=at,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _remembered(request, redirect("requests_ogi:motion_sent"), motion)
    today = moment.local_date(at)
    places = [oversight(body, library.profile(body.profile, today)) for body in bodies] if _complains(kind) else []
    context = PAGES[kind] | {"form": form, "kind": kind.value, "places": places, "nav": "apply"}
    return render(request, "requests_ogi/motion_form.html", context)


def _complains(kind: MotionKind) -> bool:
    return kind is MotionKind.COMPLAINT


def _about(request: HttpRequest, form: Any) -> tuple[InformationRequest | None, HttpResponseBase | None]:
    """The request a complaint speaks of, if its number and code are right. A wrong pair counts like one on the tracking page."""
    number = form.cleaned_data.get("number", "")
    if not number:
        return None, None
    tries = guessing.at_code(request, number)
    if not guessing.may_try(tries):
        return None, problems.too_many(request, seconds=guessing.QUARTER)
    case = InformationRequest.objects.filter(number=number).first()
    if not secrets.matches(number, form.cleaned_data["code"], case.secret if case else secrets.NOBODY) or case is None:
        form.add_error("number", NO_MATCH)
        return None, None
    guessing.take_back(tries)
    return case, None


def _page(kind: MotionKind) -> Callable[..., HttpResponseBase]:
    @public
    @personal
    @require_http_methods(["GET", "HEAD", "POST"])
    @at_most(20, seconds=HOUR, scope=f"motion-{kind.value}")
    def page(request: HttpRequest) -> HttpResponseBase:
        return _move(request, kind)

    return page


correction = _page(MotionKind.CORRECTION)
suggest = _page(MotionKind.SUGGESTION)
complain = _page(MotionKind.COMPLAINT)


# --- what one holds in hand -------------------------------------------------------------------------------------------


def _remembered(request: HttpRequest, response: HttpResponse, motion: Motion) -> HttpResponse:
    """Let this browser, and no other, see the code for two hours."""
    response.set_signed_cookie(
        SENT,
        motion.submission_key,
        salt=SENT_SALT,
        max_age=SENT_SECONDS,
        path=reverse("requests_ogi:motion_sent"),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _sent(request: HttpRequest) -> Motion | None:
    try:
        key = request.get_signed_cookie(SENT, salt=SENT_SALT, max_age=SENT_SECONDS)
    except (KeyError, signing.BadSignature):
        return None
    return Motion.objects.select_related("body").filter(submission_key=key).first()


@public
@personal
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Number and code, in the browser that sent it, for two hours."""
    motion = _sent(request)
    if motion is None:
        messages.info(request, "编号和查询码只在提交后两小时内、在提交的那台设备上显示。请凭记下的编号和查询码查询。")
        return redirect("requests_ogi:track")
    code = secrets.code_of(motion.submission_key, motion.number, motion.secret)
    context = {"motion": motion, "body": motion.body, "code": code, "story": story_of(motion, at=moment.now())}
    return render(request, "requests_ogi/motion_sent.html", context | {"nav": "apply"})


@public
@personal
@require_safe
def sent_receipt(request: HttpRequest) -> HttpResponse:
    """登记回执 with the code, while it may be shown."""
    motion = _sent(request)
    if motion is None:
        return redirect("requests_ogi:motion_sent")
    return _receipt(motion, code=secrets.code_of(motion.submission_key, motion.number, motion.secret))


@public
@require_POST
def sent_leave(request: HttpRequest) -> HttpResponse:
    """This browser forgets what it sent."""
    response = redirect("requests_ogi:track")
    response.delete_cookie(SENT, path=reverse("requests_ogi:motion_sent"))
    messages.success(request, "已退出，这台设备上不再显示您的编号和查询码。")
    return response


def _receipt(motion: Motion, *, code: str = "") -> HttpResponse:
    response = HttpResponse(receipt_pdf(motion, code=code), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"登记回执{motion.number}.pdf")
    return response


# --- following --------------------------------------------------------------------------------------------------------


def known(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Hand the motion to the view of somebody who gave its code; everybody else is asked for it."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        motion = None
        if passes.is_let_in(request, number):
            motion = Motion.objects.select_related("body").filter(number=number).first()
        if motion is None:
            return redirect("requests_ogi:follow", number)  # which asks for the code
        return passes.let_in(request, view(request, motion, **kwargs), number)

    return guarded


@public
@personal
@require_safe
@known
def follow(request: HttpRequest, motion: Motion) -> HttpResponse:
    """Where it stands, by when an answer is due, and what was answered."""
    context = {"story": story_of(motion, at=moment.now()), "motion": motion, "body": motion.body, "nav": "track"}
    return render(request, "requests_ogi/motion_follow.html", context)


@public
@personal
@require_safe
@known
def receipt(request: HttpRequest, motion: Motion) -> HttpResponse:
    """登记回执 again, without the code."""
    return _receipt(motion)


@public
@personal
@require_safe
@known
def letter(request: HttpRequest, motion: Motion, letter: str) -> HttpResponse:
    """The letter by which the movant was told."""
    found = Letter.objects.about(motion).standing().select_related("file").filter(number=letter).first()
    if found is None:
        raise Http404("no such letter")
    return archive.as_attachment(found.file)

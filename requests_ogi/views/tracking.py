"""Following a request with its number and code: where it stands, its letters, adding what was asked for, withdrawing."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import moment
from portal.archive import service as archive
from portal.moment import local_date
from portal.organisation import people
from portal.refusal import Refusal
from portal.web import limits, problems
from portal.web.access import personal, public

from .. import secrets, workflow
from ..following import Story, served_letters, story_of
from ..following import given as copies_given
from ..forms.tracking import TAIL, ProvenForm, SupplementForm, TrackForm, WithdrawForm
from ..models import InformationRequest, Motion
from ..plain_words import whereabouts
from ..vocabulary import Channel, Outcome, State
from ..workflow import STEPS
from . import guessing, passes
from .filed import receipt_response
from .posting import posted, posted_files

NO_MATCH = "申请编号或者查询码不正确。请对照登记回执核对；回执遗失的，请携带身份证明到受理机构查询。"
WRONG_TAIL = "与登记的申请人证件号码不一致，请对照证件核对后重新填写。"
TOO_MANY_TAILS = "核对未通过的次数过多，请24小时后再试；急需办理的，请申请人携带身份证件到受理机构办理。"

Case = InformationRequest


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and code. A wrong code, an unknown number and one try too many take the same work; the first two look the same."""
    form = TrackForm(posted(request), initial={"number": request.GET.get("number", "")[:60]})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        tries = guessing.at_code(request, number)
        may_try = guessing.may_try(tries)
        stored = InformationRequest.objects.filter(number=number).values_list("secret", flat=True).first()
        motion = Motion.objects.filter(number=number).values_list("secret", flat=True).first()
        right = secrets.matches(number, form.cleaned_data["code"], stored or motion or secrets.NOBODY)
        if not may_try:
            return problems.too_many(request, seconds=guessing.QUARTER)
        if right:
            guessing.take_back(tries)
            page = "requests_ogi:follow" if stored else "requests_ogi:follow_motion"
            return passes.let_in(request, redirect(page, number), number)
        form.add_error(None, NO_MATCH)
    return render(request, "requests_ogi/track.html", {"form": form, "nav": "track"})


def known(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Hand the request to the view of somebody who gave its code; everybody else is asked for it.

    Whether a number exists cannot be told from outside. Every page seen begins the half hour anew.
    """

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        if not passes.is_let_in(request, number):
            return _ask_again(request, number)
        related = ("body", "applicant", "satisfaction", "answer", "answer__letter", "redo_of", "redone_as")
        case = InformationRequest.objects.select_related(*related).filter(number=number).first()
        if case is None:
            return _ask_again(request, number)
        return passes.let_in(request, view(request, case, **kwargs), number)

    return guarded


def _ask_again(request: HttpRequest, number: str) -> HttpResponse:
    """Half an hour is over. What was typed is shown, so that it can be copied and is not lost."""
    form = TrackForm(initial={"number": number[:60]})
    typed = SupplementForm.base_fields["text"].echo(request.POST.get("text", ""))  # type: ignore[attr-defined]
    context = {"form": form, "nav": "track", "again": True, "typed": typed}
    return render(request, "requests_ogi/track.html", context, status=403 if request.method == "POST" else 200)


@public
@personal
@require_safe
@known
def follow(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the request stands and what can be done now."""
    story = story_of(case, at=moment.now())
    context = {
        "story": story,
        "whereabouts": whereabouts(
            case,
            story.limits,
            completion=story.completion,
            owed=story.owed,
            reasons=story.reasons,
            overdue=story.overdue,
            suspended=story.suspended,
        ),
        "comfort": _comfort(case, story),
        "case": case,
        "body": case.body,
        "nav": "track",
    }
    return render(request, "requests_ogi/follow.html", context)


def _comfort(case: Case, story: Story) -> dict[str, bool]:
    """What else may be offered on the page of a request."""
    ended = story.answered or case.outcome == Outcome.WITHDRAWN
    person = getattr(case, "applicant", None)
    return {
        "has_limits": not ended and bool(story.limits or story.completion or story.owed),
        "may_rate": story.answered and not hasattr(case, "satisfaction"),
        "email": bool(person and person.email) and not ended,
        "email_wanted": bool(person and person.email_wanted),
    }


@public
@personal
@require_safe
@known
def receipt(request: HttpRequest, case: Case) -> HttpResponse:
    """登记回执 again, without the code: who left this page open shows nobody more than what is on it."""
    return receipt_response(case)


@public
@personal
@require_safe
@known
def letter(request: HttpRequest, case: Case, letter: str) -> HttpResponse:
    """One letter that has been served."""
    for one in served_letters(case):
        if one.number == letter:
            return archive.as_attachment(one.file)
    raise Http404("no such letter was served")


@public
@personal
@require_safe
@known
def given(request: HttpRequest, case: Case, pk: int) -> HttpResponse:
    """One of the copies that came with the answer."""
    for one in copies_given(case):
        if one.pk == pk:
            return archive.as_attachment(one.file)
    raise Http404("no such copy was given")


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, seconds=3600, scope="supplement")
@known
def supplement(request: HttpRequest, case: Case) -> HttpResponse:
    """Add what the body asked for."""
    at = moment.now()
    if case.state != State.COMPLETING:
        messages.info(request, "这份申请目前不需要补正。已经提交的补正内容都已收到。")
        return redirect("requests_ogi:follow", case.number)
    form = SupplementForm(posted(request), posted_files(request), proof_asked=proof_asked(case))
    if request.method == "POST" and form.is_valid() and proved(request, case, form):
        try:
            workflow.supplement(
                case,
                text=form.cleaned_data["text"],
                uploads=form.cleaned_data["files"],
                returned_on=local_date(at),
                by=people.APPLICANT,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "您补正的内容已经收到，答复期限从明天起重新计算。")
            return redirect("requests_ogi:follow", case.number)
    context = {"form": form, "story": story_of(case, at=at), "case": case, "body": case.body, "nav": "track"}
    return render(request, "requests_ogi/supplement.html", context)


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@known
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Say once more that the request is to be withdrawn, then withdraw it."""
    if case.state not in STEPS["withdraw"].sources:
        messages.info(request, "这份申请现在不能撤回：已经撤回，或者答复已经作出。")
        return redirect("requests_ogi:follow", case.number)
    form = WithdrawForm(posted(request), proof_asked=proof_asked(case))
    if request.method == "POST" and form.is_valid() and proved(request, case, form):
        try:
            workflow.withdraw(case, by=people.APPLICANT, at=moment.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "您的申请已经撤回。")
            return redirect("requests_ogi:follow", case.number)
    context = {"form": form, "case": case, "body": case.body, "nav": "track"}
    return render(request, "requests_ogi/withdraw.html", context)


@public
@personal
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """退出查询: this browser forgets the request at once."""
    response = redirect("requests_ogi:track")
    passes.let_out(response, number)
    messages.success(request, "已退出查询，这台设备上不再显示您的申请。")
    return response


# --- who acts ---------------------------------------------------------------------------------------------------------


def proof_asked(case: Case) -> bool:
    """Whether the code alone does not prove the applicant: where staff registered the request, they have seen it too."""
    return case.channel != Channel.ONLINE


def proved(request: HttpRequest, case: Case, form: ProvenForm) -> bool:
    """Whether the one who acts knows the applicant's identity number, where that is asked; says at its field if not."""
    if not proof_asked(case):
        return True
    tries = guessing.at_identity(request, case.number)
    if not guessing.may_try(tries):
        form.add_error("identity_tail", TOO_MANY_TAILS)
        return False
    stored = case.applicant.identity_number[-TAIL:]
    if not hmac.compare_digest(stored.encode(), form.cleaned_data["identity_tail"].encode()):
        form.add_error("identity_tail", WRONG_TAIL)
        return False
    guessing.take_back(tries)
    return True

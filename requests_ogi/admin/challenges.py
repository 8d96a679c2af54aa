"""The pages of reconsideration and litigation, at /admin/challenges/: the list, the story, the acts, what is taken away."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from portal import moment
from portal.archive import service as archive
from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.refusal import Refusal
from portal.web import keyset
from portal.web.case import Act, CasePage
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow import engine

from .. import bundle, workflow
from ..forms.challenging import RegisterChallengeForm
from ..models import Challenge, InformationRequest
from ..models.challenge import CHALLENGE_VIEW
from ..rules import challenging as rules
from ..workflow import CHALLENGES, challenging
from . import challenge_story
from .acts.challenging import CHALLENGE_ACTS
from .acts.deed import Deed

ORDER = ("-opened_at", "-id")


class ChallengePage(CasePage):
    """复议诉讼 in the workplace."""

    mount = "challenges"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """The list, the registration for a request, and below each number its story, its acts and its papers."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="requests_ogi_challenge_changelist"),
            path("register/<str:key>/", wrap(self.register_view), name="challenges_register"),
            path("<str:key>/", wrap(self.page_view), name="challenges_story"),
            path("<str:key>/bundle/", wrap(self.bundle_view), name="challenges_bundle"),
            path("<str:key>/papers/<slug:which>/", wrap(self.paper_view), name="challenges_paper"),
            *(
                path(f"<str:key>/{verb}/", wrap(partial(self.act_view, verb=verb)), name=f"challenges_{verb}")
                for verb in CHALLENGE_ACTS
            ),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return Challenge.objects.visible_to(request.user, at=at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and CHALLENGE_VIEW in roles.reaches(request.user, at=moment.now())

    def page_url(self, matter: Challenge) -> str:
        return challenge_story.url("story", matter)

    def challenge_of(self, request: HttpRequest, key: str, *, at: datetime) -> Challenge:
        """The challenge of a number, if this person may see it; otherwise it does not exist for them."""
        related = ("body", "department", "request", "request__body", "request__answer", "review", "defence", "decision")
        return get_object_or_404(self.visible_to(request, at=at).select_related(*related), number=key)

    # --- looking ------------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Everything this person may see, the newest first, with the days left for the defence."""
        at = moment.now()
        if not self.has_module_permission(request):
            raise Http404("no challenges for this person")
        seen = self.visible_to(request, at=at).select_related("request", "body")
        cut = keyset.cut(seen, order=ORDER, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
        context = self.admin_site.each_context(request) | {
            "title": "复议诉讼",
            "opts": self.opts,
            "rows": _rows(cut.rows, at=at),
            "page": cut,
        }
        return TemplateResponse(request, "admin/requests_ogi/challenges.html", context)

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one challenge."""
        at = moment.now()
        challenge = self.challenge_of(request, key, at=at)
        reaches = roles.reaches(request.user, at=at)
        case = challenge.request
        context = self._context(request, challenge, challenge.number) | {
            "story": challenge_story.story_of(challenge, user=request.user, reaches=reaches, at=at),
            "challenge": challenge,
            "case": case,
            "redone_as": getattr(case, "redone_as", None),
            "at": at,
        }
        return TemplateResponse(request, "admin/requests_ogi/challenge.html", context)

    # --- acting -------------------------------------------------------------------------------------------------------

    def register_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Register a notice that came, from the page of the request it is about."""
        at = moment.now()
        case = get_object_or_404(
            InformationRequest.objects.visible_to(request.user, at=at).select_related("body"), number=key
        )
        back = reverse("admin:requests_ogi_informationrequest_change", args=(case.number,))
        step = CHALLENGES["register"]
        if not engine.may_on(request.user, CHALLENGES.act(step), case, at=at):
            messages.warning(request, "您的岗位不能登记行政复议、行政诉讼，请交由政务公开办公室登记。")
            return redirect(back)
        form = RegisterChallengeForm(request.POST or None, case=case, by=request.user, at=at)
        status = 200
        if request.method == "POST" and form.is_valid():
            facts = {name: value for name, value in form.cleaned_data.items() if name != "edition"}
            try:
                challenge = challenging.register(case, **facts, by=request.user, at=at)
            except Refusal as refusal:
                status = 409
                form.add_error(None, str(refusal))
            else:
                return self._registered(request, challenge)
        context = self._context(request, case, step.label) | {
            "act": Act.of(step, request.path),
            "case": case,
            "story": case,
            "form": form,
            "page_url": back,
        }
        return TemplateResponse(request, "admin/requests_ogi/act.html", context, status=status)

    def _registered(self, request: HttpRequest, challenge: Challenge) -> HttpResponse:
        messages.success(request, f"已登记，编号{challenge.number}，答复举证的期限开始计算。")
        answer = getattr(challenge.request, "answer", None)
        if answer is not None and rules.skipped_review(kind=challenge.kind, remedy=answer.remedy):
            messages.warning(request, rules.SKIPPED_REVIEW)
        return redirect(self.page_url(challenge))

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """GET shows an act's form, POST does it. A refusal is said above the form, and what was filled in is kept."""
        at = moment.now()
        challenge = self.challenge_of(request, key, at=at)
        deed, step = CHALLENGE_ACTS[verb], CHALLENGES[verb]
        posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        try:
            engine.judge(CHALLENGES, verb, challenge, by=request.user, at=at)
        except engine.NotAllowed as refusal:
            if not posted:
                messages.warning(request, str(refusal))
                return redirect(self.page_url(challenge))
        form = deed.form(**posted, case=challenge, by=request.user, at=at)
        status = 200
        if posted and form.is_valid():
            try:
                done = self._done(deed, challenge, form, request.user, at)
            except Refusal as refused:
                status = 409
                form.add_error(None, str(refused))
                challenge = self.challenge_of(request, key, at=at)
                form.catch_up(challenge.edition)
            else:
                messages.success(request, done)
                return redirect(self.page_url(challenge))
        context = self._context(request, challenge, step.label) | {
            "act": Act.of(step, request.path, grave=deed.grave) if challenge.state in step.sources else None,
            "story": {"number": challenge.number, "title": challenge.title_for_clock},
            "challenge": challenge,
            "form": form,
        }
        return TemplateResponse(request, "admin/requests_ogi/challenge_act.html", context, status=status)

    def _done(self, deed: Deed, challenge: Challenge, form: forms.Form, by: Any, at: datetime) -> str:
        engine.refuse_stale(challenge, edition=form.cleaned_data["edition"])
        return deed.done(deed.do(challenge, form, by, at))

    # --- taking away --------------------------------------------------------------------------------------------------

    def bundle_view(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """The evidence in one click: by POST only, with the right to see who asked, and on record."""
        at = moment.now()
        challenge = self.challenge_of(request, key, at=at)
        refused = self._refused(request, challenge, what=f"举证材料（{challenge.number}）", at=at)
        if refused is not None:
            return refused
        response = HttpResponse(bundle.bundle(challenge, by=request.user, at=at), content_type="application/zip")
        response["Content-Disposition"] = content_disposition_header(True, f"{challenge.number} 举证材料.zip")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store, private"
        return response

    def paper_view(self, request: HttpRequest, key: str, which: str) -> HttpResponseBase:
        """The defence as handed in, or the decision: they name who asked."""
        at = moment.now()
        challenge = self.challenge_of(request, key, at=at)
        kept = {"defence": challenge.defence, "decision": challenge.decision}.get(which)
        if kept is None:
            raise Http404("no such paper")
        what = f"{challenge.words()[which]}（{challenge.number}）"
        return self._refused(request, challenge, what=what, at=at) or archive.as_attachment(kept)

    def _refused(self, request: HttpRequest, challenge: Challenge, *, what: str, at: datetime) -> HttpResponse | None:
        """Put the taking on record; otherwise lead back, with the reason."""
        if request.method != "POST":
            return redirect(self.page_url(challenge))
        try:
            workflow.take_out(challenge.request, what=what, by=request.user, at=at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect(self.page_url(challenge))
        return None


def _rows(challenges: list[Challenge], *, at: datetime) -> list[dict[str, Any]]:
    """The rows of the list, with their limits in one query and one calendar for each body."""
    today = local_date(at)
    running = {
        clock.subject_id: clock
        for clock in Clock.objects.running().filter(
            subject_type=Challenge._meta.label_lower, subject_id__in=[one.pk for one in challenges]
        )
    }
    calendars = {body: calendar_for(scopes_of(body), on=today) for body in {one.body for one in challenges}}
    rows = []
    for one in challenges:
        clock = running.get(one.pk)
        rows.append(
            {
                "challenge": one,
                "url": challenge_story.url("story", one),
                "last_day": clock.last_day if clock else None,
                "left": calendars[one.body].days_left(today, clock.last_day) if clock else None,
            }
        )
    return rows


admin.site.register(Challenge, ChallengePage)

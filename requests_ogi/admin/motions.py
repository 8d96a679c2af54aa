"""The pages of corrections, suggestions and complaints in the workplace, and the list of what many have asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal import moment
from portal.archive import service as archive
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.web import keyset
from portal.web.case import Act, CasePage
from portal.workflow import engine

from .. import secrets
from ..forms import motion_acts as forms
from ..forms import motions as filing_forms
from ..models import Motion
from ..models.motion import VIEW, VIEW_COMPLAINTS
from ..vocabulary import MotionKind, MotionState
from ..workflow import motions as workflow
from ..workflow.motion_steps import steps_of
from . import downloads, motion_story
from .motion_story import movant_rows
from .satisfaction import satisfaction

SIZE = 50
ORDER = ("-opened_at", "-id")


@dataclass(frozen=True)
class MotionDeed:
    """One act as a page: its form, its one call into the workflow, and what is said afterwards."""

    form: type[forms.MotionActForm]
    do: Callable[[Motion, Any, Any, datetime], Any]
    done: str
    grave: bool = False


def _answer(motion: Motion, form: Any, by: Any, at: datetime) -> Letter:
    data, today = form.cleaned_data, local_date(at)
    in_person = data["manner"] == letters.Manner.IN_PERSON
    return workflow.answer(
        motion,
        manner=data["manner"],
        sent_on=today,
        served_on=today if in_person else None,
        proof_number=data["proof_number"],
        by=by,
        at=at,
    )


DEEDS: dict[str, MotionDeed] = {
    "assign": MotionDeed(
        forms.AssignForm,
        lambda motion, form, by, at: workflow.assign(motion, department=form.cleaned_data["department"], by=by, at=at),
        "已交办，核实机构会收到提醒。",
    ),
    "report": MotionDeed(
        forms.ReportForm,
        lambda motion, form, by, at: workflow.report(motion, finding=form.cleaned_data["finding"], by=by, at=at),
        "已反馈核实意见，等待负责人决定。",
    ),
    "decide": MotionDeed(
        forms.DecideForm,
        lambda motion, form, by, at: workflow.decide(motion, verdict=form.verdict(), by=by, at=at),
        "已作出决定，请告知提出人。",
    ),
    "answer": MotionDeed(forms.AnswerForm, _answer, "告知书已生成并送达。"),
    "mend": MotionDeed(
        forms.MendForm,
        lambda motion, form, by, at: workflow.mend(
            motion, mended_on=form.cleaned_data["mended_on"], how=form.cleaned_data["how"], by=by, at=at
        ),
        "已登记改正情况。",
    ),
    "close": MotionDeed(forms.CloseForm, lambda motion, form, by, at: workflow.close(motion, by=by, at=at), "已归档。"),
}


class MotionPage(CasePage):
    """更正、建议和投诉, at /admin/motions/. Who may see complaints sees them here; for others they do not exist."""

    mount = "motions"

    def get_urls(self) -> list[URLPattern]:
        return []

    def mounted_urls(self) -> list[URLPattern]:
        """The queue, the registration, and below each number its story, its acts and its papers."""
        wrap = self.admin_site.admin_view
        key = "<str:key>/"
        return [
            path("", wrap(self.changelist_view), name="requests_ogi_motion_changelist"),
            path("register/", wrap(self.register_view), name="motions_register"),
            path("satisfaction/", wrap(partial(satisfaction, self)), name="motions_satisfaction"),
            path(key, wrap(self.page_view), name="requests_ogi_motion_change"),
            *(path(f"{key}{verb}/", wrap(partial(self.act_view, verb=verb)), name=f"motions_{verb}") for verb in DEEDS),
            path(f"{key}letters/<int:pk>/", wrap(self.letter_view), name="motions_letter"),
            path(f"{key}files/<int:pk>/", wrap(self.file_view), name="motions_file"),
            path(f"{key}unmask/", wrap(self.unmask_view), name="motions_unmask"),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return Motion.objects.visible_to(request.user, at=at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows motions to those who may see some."""
        reaches = roles.reaches(request.user, at=moment.now()) if request.user.is_active else {}
        return VIEW in reaches or VIEW_COMPLAINTS in reaches

    def page_url(self, matter: Motion) -> str:
        return reverse("admin:requests_ogi_motion_change", args=(matter.number,))

    def motion_of(self, request: HttpRequest, key: str, *, at: datetime) -> Motion:
        """The motion of a number, if this person may see it."""
        motion = (
            self.visible_to(request, at=at).select_related("body", "department", "movant").filter(number=key).first()
        )
        if motion is None:
            raise Http404(f"no motion {key} for this person")
        return motion

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue: newest first, one kind or one state at a time."""
        if not self.has_module_permission(request):
            raise Http404("this person sees no motions")
        at = moment.now()
        kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
        motions = self.visible_to(request, at=at).select_related("body", "department")
        motions = motions.filter(kind=kind) if kind in MotionKind.values else motions
        motions = motions.filter(state=state) if state in MotionState.values else motions
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        cut = keyset.cut(motions, order=ORDER, after=after, before=before, size=SIZE)
        reaches = roles.reaches(request.user, at=at)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "motions": [{"motion": one, "url": self.page_url(one)} for one in cut.rows],
            "cut": cut,
            "filters": f"kind={kind}&state={state}",
            "kind": kind,
            "state": state,
            "kinds": [one for one in MotionKind if one is not MotionKind.COMPLAINT or VIEW_COMPLAINTS in reaches],
            "states": MotionState,
            "registrable": self._registrable(request, at=at),
        }
        return TemplateResponse(request, "admin/requests_ogi/motions.html", context)

    def _registrable(self, request: HttpRequest, *, at: datetime) -> list[MotionKind]:
        reaches = roles.reaches(request.user, at=at)
        return [kind for kind in MotionKind if f"{steps_of(kind).chapter}.register" in reaches]

    def register_view(self, request: HttpRequest) -> HttpResponseBase:
        """Enter what came on paper or was said; the receipt with its code is shown once, right away."""
        at = moment.now()
        kind = next((one for one in self._registrable(request, at=at) if one == request.GET.get("kind")), None)
        if kind is None:
            messages.warning(request, "您的岗位不能登记这类事项。")
            return redirect("admin:index")
        reach = roles.reach(request.user, f"{steps_of(kind).chapter}.register", at=at)
        bodies = list(Body.objects.filter(pk__in=reach.bodies).order_by("pk"))
        posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        initial = {"body": bodies[0].code, "received_on": local_date(at)}
        form: Any = filing_forms.registered(kind)(**posted, bodies=bodies, at=at, initial=initial)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": f"登记{kind.label}",
            "form": form,
        }
        status = 200
        if posted and form.is_valid():
            try:
                motion = workflow.register(
                    body=form.chosen_body,
                    filing=form.filing(),
                    submission_key=form.submission_key(),
                    channel=form.cleaned_data["channel"],
                    received_on=form.cleaned_data["received_on"],
                    by=request.user,
                    at=at,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                code = secrets.code_of(motion.submission_key, motion.number, motion.secret)
                shown = context | {"motion": motion, "code": code, "page_url": self.page_url(motion), "form": None}
                response = TemplateResponse(request, "admin/requests_ogi/motion_register.html", shown)
                response["Cache-Control"] = "no-store, private"
                return response
        return TemplateResponse(request, "admin/requests_ogi/motion_register.html", context, status=status)

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one motion."""
        at = moment.now()
        motion = self.motion_of(request, key, at=at)
        reaches = roles.reaches(request.user, at=at)
        context = self._context(request, motion, motion.subject) | {
            "story": motion_story.story_of(motion, reaches=reaches, at=at),
            "motion": motion,
            "may_unmask": motion.movant is not None and motion_story.may_unmask(motion, reaches),
        }
        return TemplateResponse(request, "admin/requests_ogi/motion.html", context)

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """GET shows an act's form, POST does it."""
        at = moment.now()
        motion = self.motion_of(request, key, at=at)
        steps, deed = steps_of(motion.kind), DEEDS[verb]
        if verb not in steps.steps:
            raise Http404(f"motions of this kind have no act {verb}")
        posted = {"data": request.POST} if request.method == "POST" else {}
        if not posted and (refusal := self._closed(request, motion, verb, at=at)):
            messages.warning(request, refusal)
            return redirect(self.page_url(motion))
        form: Any = deed.form(**posted, motion=motion, by=request.user, at=at)
        status = 200
        if posted and form.is_valid():
            try:
                engine.refuse_stale(motion, edition=form.cleaned_data["edition"])
                engine.judge(steps, verb, motion, by=request.user, at=at)
                deed.do(motion, form, request.user, at)
            except Refusal as refused:
                status = 409
                form.add_error(None, str(refused))
                motion = self.motion_of(request, key, at=at)
                form.catch_up(motion.edition)
            else:
                messages.success(request, deed.done)
                return redirect(self.page_url(motion))
        elif posted and (refusal := self._closed(request, motion, verb, at=at)):
            status = 409
            form.add_error(None, refusal)
        still = status == 200 or not self._closed(request, motion, verb, at=at)
        context = self._context(request, motion, steps[verb].label) | {
            "act": Act.of(steps[verb], request.path, grave=deed.grave) if still else None,
            "form": form,
            "story": {"number": motion.number, "title": motion.subject},
        }
        return TemplateResponse(request, "admin/requests_ogi/motion_act.html", context, status=status)

    def _closed(self, request: HttpRequest, motion: Motion, verb: str, *, at: datetime) -> str:
        try:
            engine.judge(steps_of(motion.kind), verb, motion, by=request.user, at=at)
        except engine.NotAllowed as refusal:
            return str(refusal)
        return ""

    def letter_view(self, request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
        """A copy of the letter for reading, without the addressee's name."""
        motion = self.motion_of(request, key, at=moment.now())
        found = get_object_or_404(Letter.objects.about(motion).select_related("file", "body"), pk=pk)
        return downloads.pdf(
            letters.render_copy(found, addressee="提出人（身份信息已隐去）"), f"{found.number} 查阅件.pdf"
        )

    def file_view(self, request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
        """A file of this motion; proofs of identity lead to unmasking instead."""
        motion = self.motion_of(request, key, at=moment.now())
        found = get_object_or_404(motion.files.select_related("file"), pk=pk)
        if found.purpose == found.Purpose.IDENTITY:
            return redirect(motion_story.url("unmask", motion))
        return archive.as_attachment(found.file)

    def unmask_view(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Ask for the reason, then show once who moved; with `file`, give out one proof the same way."""
        at = moment.now()
        motion = self.motion_of(request, key, at=at)
        if not motion_story.may_unmask(motion, roles.reaches(request.user, at=at)):
            messages.warning(request, "您的岗位不能查看提出人的身份信息。")
            return redirect(self.page_url(motion))
        form = forms.UnmaskForm(request.POST or None, motion=motion, by=request.user, at=at)
        story = {"number": motion.number, "title": motion.subject}
        context = self._context(request, motion, "查看提出人信息") | {"form": form, "story": story, "motion": motion}
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                person = workflow.unmask(motion, why=form.cleaned_data["why"], by=request.user, at=at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                wanted = request.POST.get("file", "")
                if wanted.isdecimal() and len(wanted) < 19:
                    return archive.as_attachment(get_object_or_404(motion.files, pk=int(wanted)).file)
                context |= {
                    "rows": movant_rows(person, masked=False) if person else [],
                    "proofs": motion.files.filter(purpose="identity").select_related("file").order_by("pk"),
                    "why": form.cleaned_data["why"],
                }
        response = TemplateResponse(request, "admin/requests_ogi/motion_unmask.html", context, status=status)
        response["Cache-Control"] = "no-store, private"
        return response

"""The pages of a case: its story, its acts, and what may be downloaded from it."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal import moment
from portal.organisation import roles
from portal.refusal import Refusal
from portal.web.case import Act, CasePage
from portal.workflow import engine

from ..models import InformationRequest
from ..models.request import VIEW
from ..workflow import STEPS
from . import (
    challenge_story,
    downloads,
    figures,
    likenesses,
    materials,
    preparing,
    queue,
    registering,
    retention,
    signoffs,
    story,
    unmasking,
    volume,
)
from .acts import ACTS
from .differences import versions

PAGES = {
    "letter": ("letters/<int:pk>/", downloads.letter),
    "file": ("files/<int:pk>/", downloads.file),
    "dossier": ("dossier/", downloads.dossier),
    "material_page": ("materials/<int:pk>/pages/<int:number>/", materials.page_image),
    "material_copy": ("materials/<int:pk>/copy/", materials.copy),
    "preview": ("preview/", downloads.preview),
    "receipt": ("receipt/", registering.receipt),
    "receipt_pdf": ("receipt/pdf/", registering.receipt_pdf),
    "unmask": ("unmask/", unmasking.unmask),
    "precedents": ("precedents/", likenesses.precedents_page),
    "service_proof": ("service-proof/", downloads.service_proof),
}
"""Pages of one case that are not steps: name, path below the case's number, view of (page, request, case, at)."""


class RequestPage(CasePage):
    """依申请公开 in the workplace, at /admin/requests/."""

    mount = "requests"
    change_form_template = "admin/requests_ogi/page.html"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """The queue, the registration, and below each number its story, its acts and its papers."""
        wrap = self.admin_site.admin_view
        numbered = "<str:key>/"
        return [
            path("", wrap(self.changelist_view), name="requests_ogi_informationrequest_changelist"),
            path("export/", wrap(partial(queue.export, self)), name="requests_export"),
            path("register/", wrap(partial(registering.register, self)), name="requests_register"),
            path("sign-offs/", wrap(partial(signoffs.signoffs, self)), name="requests_signoffs"),
            path("retention/", wrap(partial(retention.retention, self)), name="requests_retention"),
            path("figures/", wrap(partial(figures.tables, self)), name="requests_figures"),
            path("figures/cases/", wrap(partial(figures.cases, self)), name="requests_figures_cases"),
            path("figures/export/", wrap(partial(figures.export, self)), name="requests_figures_export"),
            path(numbered, wrap(self.page_view), name="requests_ogi_informationrequest_change"),
            *(
                path(f"{numbered}{verb}/", wrap(partial(self.act_view, verb=verb)), name=f"requests_{verb}")
                for verb in ACTS
            ),
            *(
                path(f"{numbered}{tail}", wrap(partial(self.case_view, view=view)), name=f"requests_{name}")
                for name, (tail, view) in PAGES.items()
            ),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return InformationRequest.objects.visible_to(request.user, at=at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows requests to those who may see some."""
        return request.user.is_active and VIEW in roles.reaches(request.user, at=moment.now())

    def page_url(self, matter: InformationRequest) -> str:
        return reverse("admin:requests_ogi_informationrequest_change", args=(matter.number,))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return queue.queue(self, request)

    def case_of(self, request: HttpRequest, key: str, *, at: datetime) -> InformationRequest:
        """The case of a number, if this person may see it; otherwise it does not exist for them."""
        cases = self.visible_to(request, at=at).select_related("body", "department", "applicant")
        case = cases.filter(number=key).first()
        if case is None:
            raise Http404(f"no request {key} for this person")
        return case

    def context(self, request: HttpRequest, case: InformationRequest, title: str, **more: Any) -> dict[str, Any]:
        """What every page of a case needs."""
        return {**self._context(request, case, title), "case": case, "story": case, **more}

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one case."""
        at = moment.now()
        case = self.case_of(request, key, at=at)
        reaches = roles.reaches(request.user, at=at)
        versioned = case.drafts.select_related("drafted_by", "approved_by", "sent_back_by")
        drafts = list(versioned.prefetch_related("reviews__reviewed_by").order_by("version"))
        context = self.context(request, case, case.title) | {
            "story": story.story_of(case, user=request.user, reaches=reaches, at=at),
            "completion": getattr(case, "completion", None),
            "panel": materials.panel(case, may=engine.covers(reaches, "requests_ogi.withhold", case)),
            "searches": case.searches.select_related("searched_by").order_by("searched_on", "pk"),
            "consultations": list(story.consultations(case, at=at)),
            "versions": versions(drafts),
            "publication": getattr(case, "publication", None),
            "reevaluations": case.reevaluations.select_related("proposed_by", "decided_by").order_by("round"),
            "remedies": challenge_story.panel(case, reaches, at=at),
            "may_unmask": engine.covers(reaches, "requests_ogi.unmask", case),
            "at": at,
            **volume.panels(case, reaches),
            **likenesses.panel(case),
            **likenesses.on_the_way(case),
        }
        return TemplateResponse(request, self.change_form_template, context)

    def case_view(self, request: HttpRequest, key: str, *, view: Any, **more: Any) -> HttpResponse:
        """A page of a case that is not a step."""
        at = moment.now()
        return view(self, request, self.case_of(request, key, at=at), at=at, **more)

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """GET shows an act's form, POST does it. A refusal is said above the form, and what was filled in is kept."""
        at = moment.now()
        case = self.case_of(request, key, at=at)
        deed, step = ACTS[verb], STEPS[verb]
        posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        if not posted and (refusal := self._closed(request, case, verb, at=at)):
            messages.warning(request, refusal)
            return redirect(self.page_url(case))
        form = deed.form(
            **posted,
            case=case,
            by=request.user,
            at=at,
            **preparing.options(case, verb, at=at, asked=request.POST or request.GET),
        )
        status = 200
        if posted and form.is_valid() and preparing.agreed(form):
            try:
                result = self._act(case, verb, form, by=request.user, at=at)
            except Refusal as refused:
                status = 409
                form.add_error(None, str(refused))
                if not self.visible_to(request, at=at).filter(pk=case.pk).exists():
                    messages.warning(request, str(refused))
                    return redirect("admin:index")
                case = self.case_of(request, key, at=at)
                form.catch_up(case.edition)
            else:
                messages.success(request, deed.done(result))
                onward = self._onward(request, case, at=at)
                return redirect(request.path + deed.again(result) if deed.again else onward)
        elif posted and (refusal := self._closed(request, case, verb, at=at)):
            status = 409
            form.add_error(None, refusal)
        still = status == 200 or not self._closed(request, case, verb, at=at)
        context = self.context(request, case, step.label) | {
            "act": Act.of(step, request.path, grave=deed.grave) if still else None,
            "form": form,
            "media": form.media,
            **preparing.context(case, verb, form, at=at),
        }
        return TemplateResponse(request, deed.template, context, status=status)

    def _act(self, case: InformationRequest, verb: str, form: forms.Form, *, by: Any, at: datetime) -> Any:
        engine.refuse_stale(case, edition=form.cleaned_data["edition"])
        engine.judge(STEPS, verb, case, by=by, at=at)
        return ACTS[verb].do(case, form, by, at)

    def _closed(self, request: HttpRequest, case: InformationRequest, verb: str, *, at: datetime) -> str:
        """Why an act is not open now, or nothing."""
        try:
            engine.judge(STEPS, verb, case, by=request.user, at=at)
        except engine.NotAllowed as refusal:
            return str(refusal)
        return ""

    def _onward(self, request: HttpRequest, case: InformationRequest, *, at: datetime) -> str:
        """Back to the case, or home when the act has taken it out of this person's sight."""
        if self.visible_to(request, at=at).filter(pk=case.pk).exists():
            return self.page_url(case)
        return reverse("admin:index")

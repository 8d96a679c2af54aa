"""What the staff pages of the negative list, the second looks and the catalogue share: a queue, a new matter, its story, its acts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal import moment
from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.web import deeds, keyset
from portal.web.case import Act, CasePage, Story
from portal.web.telling import clock_dict
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import Workflow

SIZE = 50
ORDER = ("-opened_at", "-id")
Opening = Callable[[Any, Any, datetime], Any]


class ListedPage(CasePage):
    """One kind of matter, at /admin/<mount>/. `openings` are the acts that begin one: verb → (form, what it does, what is said);
    `facts_of` gives what the story says of a matter, as labels with their words.
    """

    steps: ClassVar[Workflow]
    facts_of: Callable[[Any], Sequence[tuple[str, str]]]
    acts: ClassVar[Mapping[str, deeds.Deed]] = {}
    openings: ClassVar[Mapping[str, tuple[Callable[..., Any], Opening, str]]] = {}
    words: ClassVar[str] = ""
    page_template: ClassVar[str] = "admin/disclosure/listed_page.html"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """The queue, a page for each opening act, and below each number its story and its acts."""
        wrap, model = self.admin_site.admin_view, self.model._meta.model_name
        return [
            path("", wrap(self.changelist_view), name=f"disclosure_{model}_changelist"),
            *(
                path(f"{verb}/", wrap(partial(self.open_view, verb=verb)), name=f"{self.mount}_{verb}")
                for verb in self.openings
            ),
            path("<str:key>/", wrap(self.page_view), name=f"disclosure_{model}_change"),
            *(
                path(f"<str:key>/{verb}/", wrap(partial(self.act_view, verb=verb)), name=f"{self.mount}_{verb}")
                for verb in self.acts
            ),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return self.model.objects.visible_to(request.user, at=at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows the page to whoever may see some of it."""
        return request.user.is_active and f"{self.steps.chapter}.view" in roles.reaches(request.user, at=moment.now())

    def page_url(self, matter: Any) -> str:
        return reverse(f"admin:disclosure_{self.model._meta.model_name}_change", args=(matter.number,))

    def bodies_open_to(self, request: HttpRequest, verb: str, *, at: datetime) -> list[Body]:
        """The bodies for the whole of which somebody may do an act."""
        reach = roles.reach(request.user, self.steps.act(self.steps[verb]), at=at)
        return list(Body.objects.filter(pk__in=reach.bodies).order_by("pk"))

    def columns_of(self, matter: Any) -> Sequence[str]:
        """What the queue says of a matter, after its title: state, department, day."""
        return (matter.get_state_display(), matter.department.name if matter.department else "—")

    def deed_of(self, request: HttpRequest, verb: str) -> deeds.Deed:
        """The deed behind an act's page."""
        return self.acts[verb]

    def shown_with(self, matter: Any) -> dict[str, Any]:
        """What the page of a matter shows besides its story."""
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue: the newest first, one state at a time."""
        if not self.has_module_permission(request):
            raise Http404("this person sees nothing of it")
        at, state = moment.now(), request.GET.get("state", "")
        found = self.visible_to(request, at=at).select_related("body", "department")
        found = found.filter(state=state) if state in self.steps.states else found
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        cut = keyset.cut(found, order=ORDER, after=after, before=before, size=SIZE)
        reaches = roles.reaches(request.user, at=at)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "words": self.words,
            "rows": [{"matter": one, "url": self.page_url(one), "cells": self.columns_of(one)} for one in cut.rows],
            "cut": cut,
            "state": state,
            "states": self.steps.states,
            "openings": [
                {"label": self.steps[verb].label, "url": reverse(f"admin:{self.mount}_{verb}")}
                for verb in self.openings
                if self.steps.act(self.steps[verb]) in reaches
            ],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/disclosure/listed.html", context)

    def matter_of(self, request: HttpRequest, key: str, *, at: datetime) -> Any:
        """The matter of a number, if this person may see it."""
        found = self.visible_to(request, at=at).select_related("body", "department").filter(number=key).first()
        if found is None:
            raise Http404(f"no {self.mount} {key} for this person")
        return found

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one matter."""
        at = moment.now()
        matter = self.matter_of(request, key, at=at)
        context = self._context(request, matter, matter.title_for_clock) | {
            "story": self.story_of(request, matter, at=at),
            **self.shown_with(matter),
        }
        return TemplateResponse(request, self.page_template, context)

    def story_of(self, request: HttpRequest, matter: Any, *, at: datetime) -> Story:
        """The page of a matter for one person."""
        calendar = calendar_for(scopes_of(matter.body), on=local_date(at))
        return Story(
            number=matter.number,
            title=matter.title_for_clock,
            state=matter.get_state_display(),
            clocks=[clock_dict(clock, calendar, at=at) for clock in keeper.clocks_of(matter)],
            acts=[
                Act.of(step, reverse(f"admin:{self.mount}_{step.verb}", args=(matter.number,)))
                for step in self.steps.open_to(matter, roles.reaches(request.user, at=at))
            ],
            timeline=[
                {"at": entry.at, "title": ledger.present(entry), "by": entry.actor_label, "text": ""}
                for entry in ledger.timeline(matter).reverse()
            ],
            facts=[
                {
                    "title": str(self.opts.verbose_name),
                    "rows": [{"key": key, "value": value} for key, value in self.facts_of(matter) if value],
                }
            ],
        )

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """GET shows an act's form, POST does it."""
        at = moment.now()
        matter = self.matter_of(request, key, at=at)
        deed, title = self.deed_of(request, verb), matter.title_for_clock
        return deeds.run(self, request, matter, verb, deed, steps=self.steps, title=title, at=at)

    def open_view(self, request: HttpRequest, verb: str) -> HttpResponseBase:
        """Begin a matter."""
        at, step = moment.now(), self.steps[verb]
        kind, do, done = self.openings[verb]
        act = self.steps.act(step)
        if act not in roles.reaches(request.user, at=at):
            messages.warning(request, f"您的岗位不能办理“{step.label}”。")
            return redirect("admin:index")
        form: Any = kind(request.POST if request.method == "POST" else None, by=request.user, act=act, at=at)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                matter = do(form, request.user, at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, done)
                return redirect(self.page_url(matter))
        home = reverse(f"admin:disclosure_{self.model._meta.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": step.label,
            "act": Act.of(step, request.path),
            "form": form,
            "media": form.media,
            "story": {"number": self.opts.verbose_name_plural, "title": ""},
            "page_url": home,
        }
        return TemplateResponse(request, "admin/case/act.html", context, status=status)

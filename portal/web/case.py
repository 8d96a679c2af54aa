"""Base of staff pages that tell a matter's story: facts are shown, acts are offered, and nothing is edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal import moment
from portal.refusal import Refusal
from portal.web import keyset
from portal.workflow.engine import Step


@dataclass(frozen=True)
class Act:
    """An act button and the page behind it: what it does in one sentence, and the article it rests on."""

    verb: str
    label: str
    url: str
    consequence: str
    article: str
    grave: bool = False

    @classmethod
    def of(cls, step: Step, url: str, *, grave: bool = False) -> "Act":
        """The button of a step of the workflow table."""
        return cls(step.verb, step.label, url, step.consequence, step.article, grave)


@dataclass(frozen=True)
class Story:
    """A case page from top to bottom. Each list holds plain dicts, described at the head of templates/admin/case/_*.html."""

    number: str
    title: str
    state: str
    urgency: str = "neutral"
    track: Sequence[dict[str, Any]] = ()
    clocks: Sequence[dict[str, Any]] = ()
    acts: Sequence[Act] = ()
    letters: Sequence[dict[str, Any]] = ()
    files: Sequence[dict[str, Any]] = ()
    timeline: Sequence[dict[str, Any]] = ()
    facts: Sequence[dict[str, Any]] = ()
    warnings: Sequence[str] = ()
    downloads: Sequence[dict[str, str]] = field(default=())


class KeysetChangeList(ChangeList):
    """A queue that pages by key: no offset, no count of everything. Links lead to cases by their number."""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        lookups: dict[str, Any] = super().get_filters_params(params)
        return {name: value for name, value in lookups.items() if name not in {"after", "before"}}

    def get_results(self, request: HttpRequest) -> None:
        self.keyset = keyset.cut(
            self.queryset,
            order=self.model_admin.keyset_order,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            size=self.list_per_page,
        )
        self.result_list = self.keyset.rows
        self.result_count = self.full_result_count = len(self.keyset.rows)
        self.can_show_all = self.show_all = self.multi_page = False
        self.show_admin_actions = bool(self.keyset.rows)
        self.paginator = Paginator(self.keyset.rows, self.list_per_page)
        self.page_num = 1

    @property
    def next_page(self) -> str:
        """The query string of the next page, or nothing."""
        return self.get_query_string({"after": self.keyset.next}, ["before"]) if self.keyset.next else ""

    @property
    def previous_page(self) -> str:
        """The query string of the page before, or nothing."""
        return self.get_query_string({"before": self.keyset.previous}, ["after"]) if self.keyset.previous else ""

    def url_for_result(self, result: Model) -> str:
        return str(self.model_admin.page_url(result))


class CasePage(admin.ModelAdmin):
    """Staff pages of a matter: a queue, a page per case and a page per act.

    A chapter's admin gives `visible_to`, `story`, `act_form` and `perform`; it renders nothing and saves nothing itself.
    `keyset_order` is the order of the queue (see `keyset.cut`), `key` the field that names a case in its address.
    """

    change_form_template = "admin/case/page.html"
    act_template = "admin/case/act.html"
    key = "number"
    keyset_order: tuple[str, ...] = ("-pk",)
    sortable_by: Sequence[str] = ()
    actions = None
    show_full_result_count = False
    list_per_page = 50

    def visible_to(self, request: HttpRequest, *, at: datetime) -> QuerySet[Any]:
        """The matters this person may see at the moment; everything else does not exist for them."""
        raise NotImplementedError

    def story(self, request: HttpRequest, matter: Any, *, at: datetime) -> Story:
        """What the page of a matter shows."""
        raise NotImplementedError

    def act_form(self, request: HttpRequest, matter: Any, verb: str, **bound: Any) -> forms.Form:
        """The form of an act; `bound` is empty for a first look, or holds `data` and `files`. KeyError: no such act."""
        raise NotImplementedError

    def perform(self, request: HttpRequest, matter: Any, verb: str, form: forms.Form, *, at: datetime) -> str:
        """Do the act with a valid form and say in one sentence what was done. A Refusal is shown with the form."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible_to(request, at=moment.now())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeysetChangeList

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def page_url(self, matter: Any) -> str:
        """The address of a case's page."""
        return reverse(f"admin:{self._name('change')}", args=(getattr(matter, self.key),))

    def act_url(self, matter: Any, verb: str) -> str:
        """The address of an act on a case: shows its form, and does it."""
        return reverse(f"admin:{self._name('act')}", args=(getattr(matter, self.key), verb))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name=self._name("changelist")),
            path("<str:key>/", wrap(self.page_view), name=self._name("change")),
            path("<str:key>/<slug:verb>/", wrap(self.act_view), name=self._name("act")),
        ]

    def _matter(self, request: HttpRequest, key: str, at: datetime) -> Any:
        matter = self.visible_to(request, at=at).filter(**{self.key: key}).first()
        if matter is None:
            raise Http404(f"no {self.opts.model_name} {key} for this person")
        return matter

    def _context(self, request: HttpRequest, matter: Any, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "matter": matter,
            "page_url": self.page_url(matter),
        }

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one case."""
        at = moment.now()
        matter = self._matter(request, key, at)
        story = self.story(request, matter, at=at)
        return TemplateResponse(
            request,
            self.change_form_template,
            {**self._context(request, matter, story.title), "story": story, "at": at},
        )

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """GET shows an act's form, POST does it; a refusal is said above the form, with what was filled in kept."""
        at = moment.now()
        matter = self._matter(request, key, at)
        story = self.story(request, matter, at=at)
        act = next((act for act in story.acts if act.verb == verb), None)
        bound = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        try:
            form = self.act_form(request, matter, verb, **bound)
        except KeyError as unknown:
            raise Http404(f"no act {verb}") from unknown
        status = 200
        if bound and form.is_valid():
            try:
                done = self.perform(request, matter, verb, form, at=at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, done)
                return redirect(self.page_url(matter))
        elif act is None:
            messages.warning(request, "这一步现在不能办理，请按页面上现有的按钮办理。")
            return redirect(self.page_url(matter))
        context = self._context(request, matter, act.label if act else story.title)
        context |= {"story": story, "act": act, "form": form, "media": form.media}
        return TemplateResponse(request, self.act_template, context, status=status)

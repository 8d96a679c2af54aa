"""批量导入 in the workplace, at /admin/imports/: upload a table, look at what is wrong with it, start, watch, come back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from portal import moment
from portal.archive.kinds import Kind
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.web.looking import LookOnly

from ..forms.importing import ImportForm
from ..importing import office, table
from ..models import TAKE_IN, ImportRun
from ..vocabulary import Fate, ImportKind

HOME = "admin:disclosure_importrun_changelist"
SHOWN, LISTED = 100, 50
REFRESH = "5"
"""Seconds after which the page of a run that is under way is asked for again, without any script."""


class ImportPage(LookOnly):
    """Imports of the bodies where this person may take documents in."""

    mount = "imports"

    def get_urls(self) -> list[URLPattern]:
        return []

    def mounted_urls(self) -> list[URLPattern]:
        """The list with the upload, the empty table, and below each run its look and its start."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="disclosure_importrun_changelist"),
            path("template/<slug:code>/", wrap(self.template_view), name="imports_template"),
            path("<int:pk>/", wrap(self.run_view), name="imports_run"),
            path("<int:pk>/start/", wrap(self.start_view), name="imports_start"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows it to the office."""
        return request.user.is_active and TAKE_IN in roles.reaches(request.user, at=moment.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What was imported, and the upload of a table. Nothing becomes a document before it is started."""
        at = moment.now()
        bodies = self._bodies(request, at=at)
        form = ImportForm(request.POST or None, request.FILES or None, bodies=bodies)
        if request.method == "POST" and form.is_valid():
            try:
                run = self._receive(request, form, at=at)
            except Refusal as refusal:
                form.add_error("sheet", str(refusal))
            else:
                return redirect("admin:imports_run", pk=run.pk)
        runs = ImportRun.objects.visible_to(request.user, at=at).select_related("body", "made_by")
        context = self._context(request, "批量导入") | {
            "form": form,
            "bodies": bodies,
            "runs": list(runs.order_by("-pk")[:LISTED]),
        }
        return TemplateResponse(request, "admin/disclosure/imports.html", context)

    @method_decorator(require_safe)
    def template_view(self, request: HttpRequest, code: str) -> HttpResponse:
        """The empty table of a body."""
        at = moment.now()
        body = next((one for one in self._bodies(request, at=at) if one.code == code), None)
        if body is None:
            raise Http404(f"no table of {code} for this person")
        law = library.profile(body.profile, local_date(at))
        response = HttpResponse(table.template(law), content_type=Kind.XLSX.mime)
        response["Content-Disposition"] = f'attachment; filename="documents-{body.code}.xlsx"'
        response["Cache-Control"] = "no-store, private"
        return response

    @method_decorator(require_safe)
    def run_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Before the start every row with what is wrong with it; afterwards how far it is and what was not taken in."""
        at = moment.now()
        run = self._run(request, pk, at=at)
        context = self._context(request, run.name) | {
            "run": run,
            "running": run.started_at is not None and run.finished_at is None,
            "may_start": run.kind == ImportKind.TABLE and (run.started_at is None or run.is_silent(at=at)),
        }
        if run.started_at is None:
            context |= self._look(run, at=at)
        else:
            refused = run.rows.filter(fate=Fate.REFUSED).order_by("number")
            taken = run.rows.exclude(document=None).exclude(fate=Fate.SAME).select_related("document")
            context |= {"refused": refused[:SHOWN], "taken": taken.order_by("number")[:SHOWN]}
        response = TemplateResponse(request, "admin/disclosure/import_run.html", context)
        if context["running"]:
            response["Refresh"] = REFRESH
        return response

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Start, or carry on what was broken off."""
        at = moment.now()
        run = self._run(request, pk, at=at)
        try:
            office.start(run, by=request.user, at=at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "已开始导入。可以离开本页，导入会继续进行，稍后回来查看结果。")
        return redirect("admin:imports_run", pk=run.pk)

    def _receive(self, request: HttpRequest, form: ImportForm, *, at: datetime) -> ImportRun:
        cleaned = form.cleaned_data
        return office.receive(
            cleaned["body"],
            sheet=cleaned["sheet"],
            attachments=cleaned["attachments"],
            lawful_origin=cleaned["lawful_origin"],
            by=request.user,
            at=at,
        )

    def _look(self, run: ImportRun, *, at: datetime) -> dict[str, Any]:
        rows = office.look(run, at=at)
        wrong = [row for row in rows if row.problems]
        return {"rows": rows[:SHOWN], "count": len(rows), "wrong": wrong[:SHOWN], "good": len(rows) - len(wrong)}

    def _run(self, request: HttpRequest, pk: int, *, at: datetime) -> ImportRun:
        runs = ImportRun.objects.visible_to(request.user, at=at).select_related("body", "made_by")
        return get_object_or_404(runs, pk=pk)

    def _bodies(self, request: HttpRequest, *, at: datetime) -> list[Body]:
        bodies = list(Body.objects.filter(pk__in=roles.reach(request.user, TAKE_IN, at=at).bodies).order_by("pk"))
        if not bodies:
            raise Http404("this person imports nothing")
        return bodies

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        context = self.admin_site.each_context(request)
        return context | {"opts": self.opts, "title": title, "home_url": reverse(HOME)}

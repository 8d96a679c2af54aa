"""The page of what is to be published for everybody: the list of what many asked for, and the tasks with their limits."""

from datetime import datetime
from functools import cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from portal import moment
from portal.clocks.models import Clock
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.web.case import Act, CasePage
from portal.workflow import engine

from ..forms.motion_acts import PublishForm
from ..many_asked import demands_on
from ..models import Conversion
from ..vocabulary import ConversionState
from ..workflow import conversions as workflow
from ..workflow.motion_steps import CONVERSIONS

VIEW, CONVERT = "conversions.view", "conversions.convert"
MOST = 200
HOME = "admin:requests_ogi_conversion_changelist"


class ConversionPage(CasePage):
    """转为主动公开, at /admin/conversions/."""

    mount = "conversions"

    def get_urls(self) -> list[URLPattern]:
        return []

    def mounted_urls(self) -> list[URLPattern]:
        """The two lists, the one-click act, and the act that says it has been published."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="requests_ogi_conversion_changelist"),
            path("convert/", wrap(self.convert_view), name="conversions_convert"),
            path("<str:key>/publish/", wrap(self.publish_view), name="conversions_publish"),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return Conversion.objects.filter(body__in=roles.reach(request.user, VIEW, at=at).bodies)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows it to the office and its director."""
        return request.user.is_active and VIEW in roles.reaches(request.user, at=moment.now())

    def page_url(self, matter: Conversion) -> str:
        return reverse(HOME)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What could be published, and what is to be."""
        if not self.has_module_permission(request):
            raise Http404("this person sees no conversions")
        at = moment.now()
        reaches = roles.reaches(request.user, at=at)
        bodies = Body.objects.filter(pk__in=reaches[VIEW].bodies).order_by("pk")
        convertible = reaches.get(CONVERT, roles.NOWHERE).bodies
        tasks = list(self.visible_to(request, at=at).order_by("-opened_at", "-pk")[:MOST])
        last_days = dict(
            Clock.objects.filter(
                subject_type=Conversion._meta.label_lower, subject_id__in=[task.pk for task in tasks]
            ).values_list("subject_id", "last_day")
        )
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "demands": [
                {"body": body, "demand": demand, "may_convert": body.pk in convertible}
                for body in bodies
                for demand in demands_on(body, at=at)
            ],
            "tasks": [
                {
                    "task": task,
                    "last_day": last_days.get(task.pk),
                    "url": reverse("admin:conversions_publish", args=(task.number,))
                    if task.state == ConversionState.OPEN
                    else "",
                }
                for task in tasks
            ],
        }
        return TemplateResponse(request, "admin/requests_ogi/conversions.html", context)

    @method_decorator(require_POST)
    def convert_view(self, request: HttpRequest) -> HttpResponse:
        """Take one of the list into proactive disclosure."""
        at = moment.now()
        body = get_object_or_404(
            Body, code=request.POST.get("body", ""), pk__in=roles.reach(request.user, VIEW, at=at).bodies
        )
        wanted = request.POST.get("gist", "")
        found = next((one for one in demands_on(body, at=at) if one.gist == wanted), None)
        if found is None:
            messages.warning(request, "该信息已经列入转为主动公开，或者已不在清单中，请核对最新清单。")
            return redirect(HOME)
        try:
            task = workflow.convert(body=body, title=found.title, applicants=found.applicants, by=request.user, at=at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"已列入主动公开任务（{task.number}），请在期限内公开。")
        return redirect(HOME)

    def publish_view(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Say where and when it was published."""
        at = moment.now()
        task = self.visible_to(request, at=at).select_related("body").filter(number=key).first()
        if task is None:
            raise Http404(f"no conversion {key} for this person")
        step = CONVERSIONS["publish"]

        @cache
        def closed() -> str:
            try:
                engine.judge(CONVERSIONS, "publish", task, by=request.user, at=at)
            except engine.NotAllowed as refusal:
                return str(refusal)
            return ""

        if request.method != "POST" and closed():
            messages.warning(request, closed())
            return redirect(HOME)
        form: Any = PublishForm(request.POST or None, motion=task, by=request.user, at=at)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                engine.refuse_stale(task, edition=form.cleaned_data["edition"])
                workflow.publish(
                    task,
                    published_on=form.cleaned_data["published_on"],
                    where=form.cleaned_data["where"],
                    by=request.user,
                    at=at,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, "已登记公开。")
                return redirect(HOME)
        elif request.method == "POST" and closed():
            form.add_error(None, closed())
            status = 409
        context = self._context(request, task, step.label) | {
            "act": None if closed() else Act.of(step, request.path),
            "form": form,
            "story": {"number": task.number, "title": task.title},
        }
        return TemplateResponse(request, "admin/requests_ogi/motion_act.html", context, status=status)

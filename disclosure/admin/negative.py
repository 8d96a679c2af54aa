"""负面清单 and 重新衡量 in the workplace, at /admin/negative/ and /admin/weighings/."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from portal import moment
from portal.moment import chinese_date, local_date
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.regulations import library
from portal.web.deeds import Deed

from ..forms import listing as forms
from ..vocabulary import Cause, Weighed
from ..workflow import listing, reassessing
from ..workflow.listing import NEGATIVE
from ..workflow.reassessing import WEIGHINGS
from .listed import ListedPage


def _file(form: Any, by: Any, at: Any) -> Any:
    data = form.cleaned_data
    department = data.pop("department")
    return listing.file(department.body, department=department, **data, by=by, at=at)


def _call_up(form: Any, by: Any, at: Any) -> Any:
    data = form.cleaned_data | {"cause": Cause(form.cleaned_data["cause"])}
    return reassessing.call_up(data.pop("document"), **data, by=by, at=at)


class NegativePage(ListedPage):
    """Items of the list; the office publishes what is in force as an edition."""

    mount = "negative"
    steps = NEGATIVE
    words = "不予公开应当对应清单中的现行事项（条例第十三条）。各单位报备，公开办列入、汇总并公布。"
    openings = {"file": (forms.FileForm, _file, "已报备，等待公开办列入清单。")}
    acts = {
        "accept": Deed(
            forms.AcceptForm,
            lambda item, form, by, at: listing.accept(item, by=by, at=at),
            "已列入清单，请适时公布新的一版。",
        ),
        "decline": Deed(
            forms.ReasonForm,
            lambda item, form, by, at: listing.decline(item, reason=form.cleaned_data["reason"], by=by, at=at),
            "已退回报备单位。",
            grave=True,
        ),
        "ask_removal": Deed(
            forms.ReasonForm,
            lambda item, form, by, at: listing.ask_removal(item, reason=form.cleaned_data["reason"], by=by, at=at),
            "已报公开办清除。",
        ),
        "remove": Deed(
            forms.ReasonForm,
            lambda item, form, by, at: listing.remove(item, reason=form.cleaned_data["reason"], by=by, at=at),
            "已从清单清除，请适时公布新的一版。",
            grave=True,
        ),
    }

    def mounted_urls(self) -> list[URLPattern]:
        publish = path("publish/", self.admin_site.admin_view(self.publish_view), name="negative_publish")
        return [publish, *super().mounted_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue, and for the office the button that publishes."""
        bodies = self.bodies_open_to(request, "publish", at=moment.now()) if request.user.is_active else []
        return super().changelist_view(request, {"publishable": bodies, **(extra_context or {})})

    @method_decorator(require_POST)
    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Publish what is in force as the next edition."""
        at = moment.now()
        allowed = [body.pk for body in self.bodies_open_to(request, "publish", at=at)]
        body = get_object_or_404(Body, code=request.POST.get("body", ""), pk__in=allowed)
        try:
            made = listing.publish(body, note=request.POST.get("note", "")[:300], by=request.user, at=at)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"已公布负面清单第{made.edition}版。")
        return redirect("admin:disclosure_negativeitem_changelist")

    def facts_of(self, matter: Any) -> list[tuple[str, str]]:
        categories = library.profile(matter.body.profile, local_date(matter.opened_at)).categories
        category = categories.get(matter.category)
        return [
            ("类别", category.label if category else ""),
            ("事项名称", matter.title),
            ("具体范围", matter.detail),
            ("依据", matter.basis),
            ("报备单位", matter.department.name if matter.department else ""),
            ("报备人", str(matter.filed_by)),
            ("代替的事项", str(matter.replaces or "")),
            ("列入日期", chinese_date(matter.since) if matter.since else ""),
            ("清除日期", chinese_date(matter.until) if matter.until else ""),
            ("清除的理由", matter.leaving_reason),
        ]


class WeighingPage(ListedPage):
    """Closed documents that are to be weighed again."""

    mount = "weighings"
    steps = WEIGHINGS
    words = "决策作出后的过程性信息、第三方同意公开的信息，应当重新衡量是否公开（条例第十五条、第十八条）。"
    openings = {"call_up": (forms.CallUpForm, _call_up, "已列入重新衡量。")}
    acts = {
        "reassess": Deed(
            forms.ReassessForm,
            lambda weighing, form, by, at: reassessing.reassess(
                weighing,
                result=Weighed(form.cleaned_data["result"]),
                reason=form.cleaned_data["reason"],
                by=by,
                at=at,
            ),
            "已记录衡量结果。",
        ),
    }

    def facts_of(self, matter: Any) -> list[tuple[str, str]]:
        return [
            ("文件", f"{matter.document.number} {matter.document.title_for_clock}"),
            ("原因", matter.get_cause_display()),
            ("原因发生日期", chinese_date(matter.happened_on)),
            ("情况说明", matter.note),
            ("衡量结果", matter.get_result_display() if matter.result else ""),
            ("理由", matter.reason),
        ]

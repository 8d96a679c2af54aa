"""公开事项目录 and the checklist of statutory content in the workplace, at /admin/catalogue/ and /admin/statutory/."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from portal import moment
from portal.moment import chinese_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.web.deeds import Deed
from portal.web.looking import LookOnly

from .. import statutory
from ..forms import listing as forms
from ..models import VIEW
from ..rules.catalogue import ELEMENTS
from ..workflow import cataloguing
from ..workflow.cataloguing import CATALOGUE
from .listed import ListedPage


def _apply(form: Any, by: Any, at: Any) -> Any:
    department = form.cleaned_data["department"]
    return cataloguing.apply(department.body, department=department, form=form.filled(), by=by, at=at)


def _suggest(form: Any, by: Any, at: Any) -> Any:
    department = form.cleaned_data["department"]
    return cataloguing.suggest(department.body, department=department, form=form.filled(), by=by, at=at)


class CataloguePage(ListedPage):
    """Applications to adjust the catalogue."""

    mount = "catalogue"
    steps = CATALOGUE
    words = "公开事项目录应当及时更新（条例第十二条）：单位申请、审核盖章后报送，由公开办调整。"
    openings = {
        "apply": (forms.ApplyForm, _apply, "申请表已填写，请由单位负责人审核盖章后报送。"),
        "suggest": (forms.ApplyForm, _suggest, "已提出调整建议，请由另一名同志调整目录。"),
    }
    acts = {
        "seal": Deed(
            forms.SealForm,
            lambda change, form, by, at: cataloguing.seal(change, opinion=form.cleaned_data["opinion"], by=by, at=at),
            "已审核盖章并报送公开办。",
        ),
        "adjust": Deed(
            forms.AcceptForm,
            lambda change, form, by, at: cataloguing.adjust(change, by=by, at=at),
            "目录已经调整并公布。",
        ),
        "decline": Deed(
            forms.ReasonForm,
            lambda change, form, by, at: cataloguing.decline(change, reason=form.cleaned_data["reason"], by=by, at=at),
            "已退回申请单位。",
            grave=True,
        ),
        "report": Deed(
            forms.ReportForm,
            lambda change, form, by, at: cataloguing.report(
                change, reported_on=form.cleaned_data["reported_on"], by=by, at=at
            ),
            "已登记报上级部门的日期。",
        ),
    }

    def facts_of(self, matter: Any) -> list[tuple[str, str]]:
        elements = [(label, str(matter.elements.get(name, ""))) for name, label in ELEMENTS.items()]
        return [
            ("申请单位", matter.department.name if matter.department else ""),
            ("填报日期", chinese_date(matter.opened_at.date())),
            ("事项编码", str(matter.elements.get("code", ""))),
            ("事项名称", matter.item_name),
            ("变更内容", matter.get_action_display()),
            ("调整事由", f"{matter.cause}（{chinese_date(matter.cause_on)}）"),
            ("变更依据", matter.basis),
            ("变更详情", matter.detail),
            ("备注", matter.remark),
            ("部门意见", matter.opinion),
            ("填表人", str(matter.filler)),
            ("联系电话", matter.phone),
            *elements,
            ("梳理来源", str(matter.elements.get("origin", ""))),
            ("流程图各步", "\n".join(matter.elements.get("steps", ()))),
            ("惠企利民政策明白卡", str(matter.elements.get("card", ""))),
            ("报上级部门日期", chinese_date(matter.reported_on) if matter.reported_on else ""),
        ]


class StatutoryPage(LookOnly):
    """法定主动公开内容: the checklist by item, with what is empty and what is behind its rhythm."""

    mount = "statutory"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="disclosure_column_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and VIEW in roles.reaches(request.user, at=moment.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The checklist of each body somebody belongs to."""
        if not self.has_module_permission(request):
            raise Http404("this person sees no checklist")
        at = moment.now()
        reach = roles.reach(request.user, VIEW, at=at)
        found = Body.objects.filter(pk__in=reach.bodies) | Body.objects.filter(departments__in=reach.departments)
        lists = [(body, statutory.checklist(body, at=at)) for body in found.distinct().order_by("pk")]
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "法定主动公开内容",
            "lists": [
                {"body": body, "entries": entries, "missing": statutory.missing_items(entries)}
                for body, entries in lists
            ],
        }
        return TemplateResponse(request, "admin/disclosure/statutory.html", context)

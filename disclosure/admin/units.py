"""公共企事业单位目录 in the workplace, at /admin/units/."""

from typing import Any

from portal.moment import chinese_date, local_date
from portal.web.deeds import Deed

from ..forms.listing import AcceptForm
from ..forms.units import CompileForm, OrderForm
from ..rules.catalogue import ELEMENTS
from ..workflow import units
from ..workflow.units import UNITS
from .listed import ListedPage


def _compile(form: Any, by: Any, at: Any) -> Any:
    data = form.cleaned_data
    return units.compile(data["department"], promised_days=data["promised_days"], by=by, at=at)


class UnitPage(ListedPage):
    """The editions of public units' catalogues."""

    mount = "units"
    steps = UNITS
    words = "公共企事业单位编制、公布信息公开标准规范目录，事业单位报上级行政主管部门、企业单位报行业主管部门备案审查。"
    openings = {"compile": (CompileForm, _compile, "目录已编制，请由单位负责人公布并报备。")}
    acts = {
        "discard": Deed(AcceptForm, lambda one, form, by, at: units.discard(one, by=by, at=at), "已作废。", grave=True),
        "publish": Deed(
            AcceptForm, lambda one, form, by, at: units.publish(one, by=by, at=at), "已公布，并报主管部门备案。"
        ),
        "accept": Deed(AcceptForm, lambda one, form, by, at: units.accept(one, by=by, at=at), "备案审查已办结。"),
        "order": Deed(
            OrderForm,
            lambda one, form, by, at: units.order(
                one, opinion=form.cleaned_data["opinion"], days=form.cleaned_data["days"], by=by, at=at
            ),
            "已要求编制单位限期改正。",
        ),
        "correct": Deed(
            AcceptForm, lambda one, form, by, at: units.correct(one, by=by, at=at), "改正后的目录已公布，并重新报备。"
        ),
    }

    def facts_of(self, matter: Any) -> list[tuple[str, str]]:
        items = "\n".join(f"{item['code']} {item['title']}（{item['manner']}）" for item in matter.items)
        return [
            ("编制单位", f"{matter.unit.name}（{matter.unit.get_service_display()}）"),
            ("备案部门", matter.supervisor.name),
            ("版次", f"第{matter.issue}版"),
            ("承诺公开期限", f"{matter.promised_days}个工作日" if matter.promised_days else ""),
            ("编制人", str(matter.compiled_by)),
            ("公布报备", chinese_date(local_date(matter.published_at)) if matter.published_at else ""),
            ("审查意见", matter.opinion),
            ("改正期限", f"{matter.correction_days}个工作日" if matter.correction_days else ""),
            (f"目录事项（各{len(ELEMENTS)}项要素）", items),
        ]

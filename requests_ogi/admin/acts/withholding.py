"""The acts of giving a part: materials, what of them is withheld, and taking one of these back."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from portal.organisation.models import User

from ... import workflow
from ...forms import withholding
from ...models import InformationRequest, Material, WithheldPart
from .deed import Deed, Group, said


def _withhold(case: InformationRequest, form: Any, by: User, at: datetime) -> WithheldPart:
    names = ("scope", "what", "ground", "reason", "material", "page", "boxes")
    return workflow.withhold(case, **{name: form.cleaned_data[name] for name in names}, by=by, at=at)


def _bound(case: InformationRequest, row: Any) -> Any:
    """The row chosen, bound to the case as the page showed it, so that the act is judged on that."""
    row.request = case
    return row


def _same_page(part: WithheldPart) -> str:
    """Back to the page just worked on: one page often holds several parts."""
    return "?" + urlencode({"material": part.material_id or "", "page": part.page or 1})


def _next_material(material: Material) -> str:
    return "../withhold/?" + urlencode({"material": material.pk})


ACTS: dict[str, Deed] = {
    "enclose": Deed(
        withholding.EncloseForm,
        lambda case, form, by, at: workflow.enclose(
            case, title=form.cleaned_data["title"], upload=form.cleaned_data["upload"], by=by, at=at
        ),
        lambda material: (
            f"已添加《{material.title}》，共{material.pages}页。有不予公开内容的，请在下面登记；没有的，返回本件即可。"
        ),
        again=_next_material,
        group=Group.MATERIALS,
    ),
    "withhold": Deed(
        withholding.WithholdForm,
        _withhold,
        said("已登记这一处不予公开的部分。可以继续登记，也可以查看遮盖后的副本，核对无误后返回本件拟办答复。"),
        template="admin/requests_ogi/withhold.html",
        again=_same_page,
        group=Group.MATERIALS,
    ),
    "restore": Deed(
        withholding.RestoreForm,
        lambda case, form, by, at: workflow.restore(_bound(case, form.cleaned_data["part"]), by=by, at=at),
        said("已取消这一处登记。拟办意见已保存的，请重新保存。"),
        group=Group.MATERIALS,
    ),
    "remove": Deed(
        withholding.RemoveForm,
        lambda case, form, by, at: workflow.remove(_bound(case, form.cleaned_data["material"]), by=by, at=at),
        said("已取回这份材料，其中的登记一并取消。拟办意见已保存的，请重新保存。"),
        grave=True,
        group=Group.MATERIALS,
    ),
}

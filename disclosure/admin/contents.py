"""信息发布内容清单 in the workplace, at /admin/contents/."""

from typing import Any

from portal.moment import chinese_date
from portal.web.deeds import Deed

from ..forms.contents import EnterForm
from ..forms.listing import AcceptForm, ReasonForm
from ..workflow import contents
from ..workflow.contents import CONTENTS
from .listed import ListedPage


def _enter(form: Any, by: Any, at: Any) -> Any:
    return contents.enter(form.cleaned_data["department"], line=form.line(), by=by, at=at)


class ContentPage(ListedPage):
    """The lines of the content lists."""

    mount = "contents"
    steps = CONTENTS
    words = "各单位填报日常发布、定期发布和随时发布的信息类别、时限和主体，由公开办确认后列入清单并向社会公布。"
    openings = {"enter": (EnterForm, _enter, "已填报，请等公开办确认。")}
    acts = {
        "confirm": Deed(
            AcceptForm, lambda entry, form, by, at: contents.confirm(entry, by=by, at=at), "已列入清单并公布。"
        ),
        "decline": Deed(
            ReasonForm,
            lambda entry, form, by, at: contents.decline(entry, reason=form.cleaned_data["reason"], by=by, at=at),
            "已退回填报单位。",
            grave=True,
        ),
        "strike": Deed(
            ReasonForm,
            lambda entry, form, by, at: contents.strike(entry, reason=form.cleaned_data["reason"], by=by, at=at),
            "已移出清单。",
            grave=True,
        ),
    }

    def facts_of(self, matter: Any) -> list[tuple[str, str]]:
        return [
            ("发布类型", matter.get_release_display()),
            ("信息类别", matter.category),
            ("发布时限", matter.limit),
            ("发布周期", matter.get_period_display()),
            ("发布主体", matter.subject),
            ("发布栏目", matter.column.name),
            ("填报人", str(matter.entered_by)),
            ("列入日期", chinese_date(matter.since) if matter.since else ""),
            ("移出日期", chinese_date(matter.until) if matter.until else ""),
        ]

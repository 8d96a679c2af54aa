"""规范性文件清理 in the workplace, at /admin/cleanups/: the documents in force one below the other, each with its conclusion."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest

from portal.moment import chinese_date, local_date
from portal.web.deeds import Deed

from ..forms import clearing as forms
from ..models import CleanUp
from ..vocabulary import Conclusion
from ..workflow import clearing
from ..workflow.clearing import CLEAN_UPS
from .listed import ListedPage


def _begin(form: Any, by: Any, at: Any) -> CleanUp:
    return clearing.begin(form.cleaned_data["body"], year=form.cleaned_data["year"], by=by, at=at)


class CleanUpPage(ListedPage):
    """The rounds in which a body looks through its normative documents."""

    mount = "cleanups"
    steps = CLEAN_UPS
    words = "行政规范性文件应当定期清理，清理结果向社会公布（国办发〔2018〕37号）。公开办逐件作出结论，主任公布结果。"
    page_template = "admin/disclosure/clean_up.html"
    openings = {"begin": (forms.BeginForm, _begin, "清理已经开始，请逐件作出结论。")}
    acts = {
        "conclude": Deed(
            forms.ConcludeForm,
            lambda clean_up, form, by, at: clearing.conclude(
                clean_up,
                document=form.cleaned_data["document"],
                conclusion=Conclusion(form.cleaned_data["conclusion"]),
                note=form.cleaned_data["note"],
                by=by,
                at=at,
            ),
            "清理结论已记录，公布之前可以修改。",
        ),
        "announce": Deed(
            forms.AnnounceForm,
            lambda clean_up, form, by, at: clearing.announce(
                clean_up, decision=form.cleaned_data["decision"], by=by, at=at
            ),
            "清理结果已公布，废止、失效的文件已在原页面标注。",
            grave=True,
        ),
    }

    def deed_of(self, request: HttpRequest, verb: str) -> Deed:
        """The document whose row was pressed is chosen already."""
        deed = super().deed_of(request, verb)
        if verb != "conclude":
            return deed
        return replace(deed, form=partial(deed.form, initial={"document": request.GET.get("document", "")}))

    def shown_with(self, matter: CleanUp) -> dict[str, Any]:
        """Every document that is looked at, with what was said of it so far."""
        items = matter.items.select_related("document__public", "document__body", "decided_by").order_by("pk")
        said = {item.document_id: item for item in items}
        left = clearing.to_clean(matter).exclude(pk__in=said).select_related("public", "body")
        rows = [(document, None) for document in left.order_by("formed_on", "pk")]
        return {"documents": [*rows, *((item.document, item) for item in said.values())], "left": len(rows)}

    def columns_of(self, matter: CleanUp) -> tuple[str, str]:
        return matter.get_state_display(), matter.body.short_name

    def facts_of(self, matter: CleanUp) -> list[tuple[str, str]]:
        decision = matter.decision.title_for_clock if matter.decision else ""
        return [
            ("机关", matter.body.name),
            ("年度", f"{matter.year}年"),
            ("开始日期", chinese_date(local_date(matter.opened_at))),
            ("清理决定", decision),
            ("公布日期", chinese_date(matter.published_on) if matter.published_on else ""),
        ]

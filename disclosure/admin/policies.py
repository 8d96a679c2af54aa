"""The acts that put something on file of a policy or of its paper text as pages of the workplace, and what the page shows of it."""

from collections.abc import Iterator

from portal.moment import chinese_date
from portal.web.deeds import Deed

from .. import workflow
from ..forms import policies as forms
from ..models import Document, RiskAssessment
from ..workflow import copying, policies
from .checking import OTHER
from .normative import INTERPRETING

ACTS: dict[str, Deed] = {
    "assess_risk": Deed(
        forms.RiskForm,
        lambda document, form, by, at: workflow.assess_risk(
            document,
            **{name: form.cleaned_data[name] for name in ("level", "conclusion", "organ", "assessed_on")},
            by=by,
            at=at,
        ),
        "社会风险评估已登记。",
        group=INTERPRETING,
    ),
    "record_deliberation": Deed(
        forms.DeliberationForm,
        lambda document, form, by, at: workflow.record_deliberation(
            document, **{name: form.cleaned_data[name] for name in ("held_on", "outcome", "note")}, by=by, at=at
        ),
        "会议审议结果已登记，一并提请审议的解读方案已存档。",
        group=INTERPRETING,
    ),
    "deliver": Deed(
        forms.DeliverForm,
        lambda document, form, by, at: workflow.deliver(
            document,
            **{
                name: form.cleaned_data[name]
                for name in ("place", "copies", "electronic", "received_by", "delivered_on")
            },
            by=by,
            at=at,
        ),
        "送交查阅场所已登记。",
        group=OTHER,
    ),
}


def ruled_out(document: Document) -> set[str]:
    """The acts of this list that the facts of a document leave nothing to do."""
    out: set[str] = set()
    if not policies.risk_demanded(document):
        out.add("assess_risk")
    if not document.for_meeting:
        out.add("record_deliberation")
    if document.public_id is None or document.withdrawn_at is not None or not copying.places_left(document):
        out.add("deliver")
    return out


def facts(document: Document) -> Iterator[tuple[str, str]]:
    """What is on file, as rows of the page."""
    for point in policies.enterprise_points(document) if document.is_enterprise_policy else ():
        yield f"涉企政策公开条款：{point}", document.enterprise_clauses.get(point, "") or "未写明"
    made = RiskAssessment.objects.filter(document=document).first()
    if made is not None:
        words = f"{made.get_level_display()}，{made.organ}{chinese_date(made.assessed_on)}评估。{made.conclusion}"
        yield "社会风险评估", words
    elif policies.risk_demanded(document):
        yield "社会风险评估", "尚未登记"
    if document.media:
        yield "发布渠道", "、".join(document.media)
    if document.for_meeting:
        yield "提请审议", policies.meeting_of(document)
    for one in document.deliberations.order_by("pk"):
        note = f"：{one.note}" if one.note else ""
        yield (
            f"{one.meeting}审议",
            f"{chinese_date(one.held_on)}{one.get_outcome_display()}{note}（解读方案已一并提请）",
        )


def copies(document: Document) -> Iterator[tuple[str, str]]:
    """Where the text was taken to, and where it is still owed, as rows of the page."""
    for one in document.paper_copies.select_related("version").order_by("pk"):
        also = "和电子文本" if one.electronic else ""
        yield (
            one.place,
            f"{chinese_date(one.delivered_on)}送交第{one.version.number}版纸质{one.copies}份{also}，签收人{one.received_by}",
        )
    if document.public_id is not None and document.withdrawn_at is None:
        for place in copying.places_left(document):
            yield place, "尚未送交"

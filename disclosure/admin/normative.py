"""The acts on interpretation and on normative documents as pages of the workplace."""

from datetime import datetime
from typing import Any

from portal.organisation.models import User
from portal.web.deeds import Deed

from .. import workflow
from ..forms import interpreting, normative
from ..forms.reviewing import PlainForm
from ..models import Document, Pairing
from ..vocabulary import Genre
from ..workflow.clearing import ENDED
from ..workflow.common import newest
from ..workflow.normative import UNNUMBERED, identification_of

INTERPRETING, NORMATIVE, STANDING = "政策解读", "规范性文件", "有效性"
UNDATED = (Genre.INTERPRETATION, Genre.INFORMATION)
"""What is neither in force nor out of it."""


def _plan(document: Document, form: interpreting.PlanForm, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.plan_interpretation(
        document, fields=form.said(), important=data["important"], exempt_reason=data["exempt_reason"], by=by, at=at
    )


def _pair(document: Document, form: interpreting.PairForm, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.pair(
        document,
        interpretation=form.chosen(),
        form=data["form"],
        elements=data.get("elements", ()),
        details=form.details(),
        by=by,
        at=at,
    )


def _record_legality(document: Document, form: normative.LegalityForm, by: User, at: datetime) -> Any:
    facts = {name: form.cleaned_data[name] for name in ("organ", "passed", "opinion", "reviewed_on")}
    return workflow.record_legality(document, **facts, upload=form.upload(), by=by, at=at)


def _ending(*names: str) -> Any:
    """What an ending form says, as the arguments of its act."""

    def said(form: normative.EndingForm) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("basis", "since", "note", *names)}

    return said


_said, _said_with_successor = _ending(), _ending("successor")

ACTS: dict[str, Deed] = {
    "plan_interpretation": Deed(interpreting.PlanForm, _plan, "解读方案已保存。", group=INTERPRETING),
    "pair": Deed(interpreting.PairForm, _pair, "已关联，公开后互相可以找到。", group=INTERPRETING),
    "unpair": Deed(
        interpreting.UnpairForm,
        lambda document, form, by, at: workflow.unpair(document, interpretation=form.chosen(), by=by, at=at),
        "已解除关联。",
        group=INTERPRETING,
    ),
    "identify": Deed(
        normative.IdentifyForm,
        lambda document, form, by, at: workflow.identify(document, answers=form.answers(), by=by, at=at),
        "认定结论已保存，等待复核。",
        template="admin/disclosure/identify.html",
        group=NORMATIVE,
    ),
    "confirm_identification": Deed(
        normative.ConfirmIdentificationForm,
        lambda document, form, by, at: workflow.confirm_identification(document, by=by, at=at),
        "认定结论已复核。",
        template="admin/disclosure/confirm_identification.html",
        group=NORMATIVE,
    ),
    "record_legality": Deed(normative.LegalityForm, _record_legality, "合法性审核意见已登记。", group=NORMATIVE),
    "number_document": Deed(
        PlainForm,
        lambda document, form, by, at: workflow.number_document(document, by=by, at=at),
        "已编发文字号。",
        group=NORMATIVE,
    ),
    "repeal": Deed(
        normative.RepealForm,
        lambda document, form, by, at: workflow.repeal(document, **_said_with_successor(form), by=by, at=at),
        "已登记废止，原页面同时标注。",
        grave=True,
        group=STANDING,
    ),
    "mark_amended": Deed(
        normative.EndingForm,
        lambda document, form, by, at: workflow.mark_amended(document, **_said(form), by=by, at=at),
        "已登记修改，原页面同时标注。",
        group=STANDING,
    ),
    "lapse": Deed(
        normative.LapseForm,
        lambda document, form, by, at: workflow.lapse(document, **_said(form), by=by, at=at),
        "已登记失效，原页面同时标注。",
        grave=True,
        group=STANDING,
    ),
}


def ruled_out(document: Document, *, user: User) -> set[str]:
    """The acts of this list that the facts of a document leave nothing to do for this person."""
    out: set[str] = set()
    if not document.is_policy:
        out.add("plan_interpretation")
    if document.genre == Genre.INTERPRETATION:
        out |= {"pair", "identify"}
    if not Pairing.objects.filter(policy=document).exists():
        out.add("unpair")
    found = identification_of(newest(document))
    if found is None or found.confirmed_at is not None or found.made_by_id == user.pk:
        out.add("confirm_identification")
    if document.document_number or document.genre in UNNUMBERED:
        out.add("number_document")
    if document.public_id is None or document.validity in ENDED or document.genre in UNDATED:
        out |= {"repeal", "mark_amended", "lapse"}
    return out

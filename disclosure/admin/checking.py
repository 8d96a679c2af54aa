"""The acts around the review as pages: what was found, who is asked, who looks from outside, what is urgent."""

from datetime import datetime

from portal.organisation.models import User
from portal.web.deeds import Deed

from .. import workflow
from ..forms import checking
from ..forms.reviewing import OpinionForm, PlainForm
from ..models import Document
from ..vocabulary import State, Word
from ..workflow.common import chain_of, newest, passed
from ..workflow.countersigning import answerable

CHECKING, ASKING, OTHER = "发布前检查", "会签和外部审核", "其他事项"

ACTS: dict[str, Deed] = {
    "recheck": Deed(
        checking.RecheckForm,
        lambda document, form, by, at: workflow.recheck(
            document,
            opinion=form.cleaned_data["opinion"],
            checked=form.cleaned_data.get("checked", ()),
            by=by,
            at=at,
        ),
        "已复核，转办公室印制、发布。",
    ),
    "decide_finding": Deed(
        checking.DecideFindingForm,
        lambda document, form, by, at: workflow.decide_finding(
            form.cleaned_data["finding"],
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            by=by,
            at=at,
        ),
        "处理结论已记录。",
        group=CHECKING,
    ),
    "scan": Deed(
        PlainForm,
        lambda document, form, by, at: workflow.scan(document, by=by, at=at),
        "已重新检查正文和附件。",
        group=CHECKING,
    ),
    "countersign": Deed(
        checking.CountersignForm,
        lambda document, form, by, at: workflow.countersign(
            document,
            question=form.cleaned_data["question"],
            department=form.cleaned_data["department"],
            organ=form.cleaned_data["organ"],
            purpose=form.cleaned_data["purpose"],
            by=by,
            at=at,
        ),
        "已征求意见，等待书面答复。",
        group=ASKING,
    ),
    "answer_countersign": Deed(
        checking.AnswerCountersignForm,
        lambda document, form, by, at: workflow.answer_countersign(
            form.cleaned_data["asked"],
            answer=form.cleaned_data["answer"],
            opinion=form.cleaned_data["opinion"],
            basis=form.cleaned_data["basis"],
            by=by,
            at=at,
        ),
        "书面答复已记录。",
        group=ASKING,
    ),
    "settle": Deed(
        checking.SettleForm,
        lambda document, form, by, at: workflow.settle(
            form.cleaned_data["asked"],
            settlement=form.cleaned_data["settlement"],
            reason=form.cleaned_data["reason"],
            by=by,
            at=at,
        ),
        "协商结果已记录。",
        group=ASKING,
    ),
    "invite": Deed(
        checking.InviteForm,
        lambda document, form, by, at: workflow.invite(
            document, organ=form.cleaned_data["organ"], label=form.cleaned_data["label"], by=by, at=at
        ),
        "审核链接已生成，见本件页面，请转给审核单位。",
        group=ASKING,
    ),
    "publish_urgently": Deed(
        checking.UrgentForm,
        lambda document, form, by, at: workflow.publish_urgently(document, why=form.cleaned_data["why"], by=by, at=at),
        "已紧急发布。请其他负责同志在限期内补办审批。",
        grave=True,
        group=OTHER,
    ),
    "approve_later": Deed(
        OpinionForm,
        lambda document, form, by, at: workflow.approve_later(
            document, opinion=form.cleaned_data["opinion"], by=by, at=at
        ),
        "已补办审批。",
    ),
}


def ruled_out(document: Document, *, user: User, at: datetime) -> set[str]:
    """The acts of this list that the facts of a document leave nothing to do for this person."""
    out: set[str] = set()
    version = newest(document)
    stage = chain_of(document).recheck
    if stage is None or stage.key in passed(document):
        out.add("recheck")
    if user.pk in version.authors:
        out |= {"recheck", "decide_finding", "settle", "invite", "publish_urgently", "approve_later"}
    if not version.findings.exists():
        out.add("decide_finding")
    if not answerable(document, by=user, at=at).exists():
        out.add("answer_countersign")
    if not document.countersigns.filter(answer=Word.DISAGREES, settlement="").exists():
        out.add("settle")
    if not document.urgent_releases.filter(approved_at__isnull=True).exists():
        out.add("approve_later")
    if document.state != State.REVIEW:
        out.add("publish_urgently")
    return out

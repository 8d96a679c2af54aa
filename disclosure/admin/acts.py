"""Every act on a document as a page of the workplace."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.organisation.models import User
from portal.web.deeds import Deed

from .. import workflow
from ..forms import correcting, drafting, reviewing, transcribing
from ..models import Document
from .checking import ACTS as CHECKING
from .checking import OTHER
from .normative import ACTS as NORMATIVE
from .policies import ACTS as POLICIES


def _revise(document: Document, form: drafting.ReviseForm, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.revise(
        document,
        text=form.text(data["change_note"]),
        particulars=form.particulars(),
        uploads=data["files"],
        keep=data.get("keep", ()),
        by=by,
        at=at,
    )


def _schedule(document: Document, form: reviewing.ScheduleForm, by: User, at: datetime) -> Any:
    moment = form.cleaned_data["publish_at"]
    publish_at = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    late_reason = form.cleaned_data.get("late_reason", "")
    return workflow.schedule(document, publish_at=publish_at, late_reason=late_reason, by=by, at=at)


ACTS: dict[str, Deed] = {
    "revise": Deed(drafting.ReviseForm, _revise, "已保存新的一版。", template="admin/disclosure/revise.html"),
    "transcribe": Deed(
        transcribing.TranscribeForm,
        lambda document, form, by, at: workflow.transcribe(document, texts=form.texts(), by=by, at=at),
        "已保存录入的文字。请在附件的阅读版中核对后送审。",
        template="admin/disclosure/transcribe.html",
    ),
    "propose": Deed(
        reviewing.PlainForm,
        lambda document, form, by, at: workflow.propose(document, by=by, at=at),
        "已送审，等待审核。",
    ),
    "pass_stage": Deed(
        reviewing.PassForm,
        lambda document, form, by, at: workflow.pass_stage(
            document,
            opinion=form.cleaned_data["opinion"],
            checked=form.cleaned_data.get("checked", ()),
            by=by,
            at=at,
        ),
        "审核意见已记录，转入下一环节。",
    ),
    "sign": Deed(
        reviewing.SignForm,
        lambda document, form, by, at: workflow.sign(
            document, opinion=form.cleaned_data["opinion"], final=form.final(), by=by, at=at
        ),
        "已签发。",
    ),
    "publish": Deed(
        correcting.PublishForm,
        lambda document, form, by, at: workflow.publish(
            document, late_reason=form.cleaned_data.get("late_reason", ""), by=by, at=at
        ),
        "已向社会公开。",
    ),
    "schedule": Deed(correcting.ScheduleForm, _schedule, "已设定发布时间，到时自动公开。"),
    "embargo": Deed(
        correcting.EmbargoForm,
        lambda document, form, by, at: workflow.embargo(
            document, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"], by=by, at=at
        ),
        "已设定，在此之前不得公开。",
        group=OTHER,
    ),
    "amend": Deed(
        reviewing.PlainForm,
        lambda document, form, by, at: workflow.amend(document, by=by, at=at),
        "已另起一版。修改并写明变更说明后送审；新版发布之前，公众仍看到原来的版本。",
    ),
    "withdraw": Deed(
        reviewing.WithdrawForm,
        lambda document, form, by, at: workflow.withdraw(
            document, reason=form.cleaned_data["withdrawal"], note=form.cleaned_data["note"], by=by, at=at
        ),
        "已撤下，原网址显示撤下的说明。",
        grave=True,
        group=OTHER,
    ),
    "restore": Deed(
        reviewing.PlainForm,
        lambda document, form, by, at: workflow.restore(document, by=by, at=at),
        "已另起一版。重新审核、签发、发布后恢复公开。",
    ),
    "abandon": Deed(
        correcting.AbandonForm,
        lambda document, form, by, at: workflow.abandon(document, reason=form.cleaned_data["reason"], by=by, at=at),
        "已放弃修订，公众看到的版本不变。",
        grave=True,
        group=OTHER,
    ),
    "stay_withdrawn": Deed(
        correcting.AbandonForm,
        lambda document, form, by, at: workflow.stay_withdrawn(
            document, reason=form.cleaned_data["reason"], by=by, at=at
        ),
        "已放弃恢复公开，原网址继续显示撤下的说明。",
        grave=True,
        group=OTHER,
    ),
    "retry": Deed(
        correcting.RetryForm,
        lambda document, form, by, at: workflow.retry(form.cleaned_data["outgoing"], by=by, at=at),
        "已列入等待同步。",
        group=OTHER,
    ),
    "keep": Deed(
        reviewing.PlainForm,
        lambda document, form, by, at: workflow.keep(document, by=by, at=at),
        "已办结，不主动公开。",
    ),
    "send_back": Deed(
        reviewing.SendBackForm,
        lambda document, form, by, at: workflow.send_back(document, opinion=form.cleaned_data["opinion"], by=by, at=at),
        "已退回起草人。",
    ),
    "discard": Deed(
        reviewing.PlainForm,
        lambda document, form, by, at: workflow.discard(document, by=by, at=at),
        "已作废。",
        grave=True,
        group=OTHER,
    ),
}
ACTS |= CHECKING | NORMATIVE | POLICIES

"""Asking the units concerned before release (YQ-S2-3): the question, the written word, and the office where they differ."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.ledger.service import Words
from portal.notices import service as notices
from portal.organisation import roles
from portal.organisation.models import Department, User
from portal.workflow.engine import NotAllowed, SomebodyWasFirst, judge, taking, tell

from ..models import Countersign, Document, Version
from ..rules import Refused, attribute
from ..rules import countersigning as rules
from ..told import vouch
from ..vocabulary import Purpose, Settlement, Word
from .common import law_of, newest
from .steps import STEPS


@transaction.atomic
def countersign(
    document: Document,
    *,
    question: str,
    department: Department | None = None,
    organ: str = "",
    purpose: str = Purpose.CONSENT,
    by: User,
    at: datetime,
) -> Countersign:
    """Ask a department of the body, or an organ outside it, for its written word on the newest version."""
    judge(STEPS, "countersign", document, by=by, at=at)
    unit = department.name if department is not None else organ
    own = department is not None and department == document.department
    rules.may_ask(own=own, question=question, unit=unit)
    if department is not None and department.body_id != document.body_id:
        raise Refused("该机构不属于本机关。向其他机关征求意见的，请填写机关名称。")
    place = {"department": department, "organ": "" if department is not None else organ.strip()}
    if document.countersigns.filter(**place, purpose=purpose, answer="").exists():
        raise Refused("已经向该单位征求意见，请等待答复。")
    with taking(STEPS, "countersign", document, by=by, at=at) as told:
        asked = Countersign.objects.create(
            document=document, purpose=purpose, question=question.strip(), asked_by=by, asked_at=at, **place
        )
        _tell(asked, at=at)
        told |= {"unit": asked.unit, "purpose": asked.get_purpose_display()}
        vouch(told, "countersign", asked)
    return asked


def _tell(asked: Countersign, *, at: datetime) -> None:
    document = asked.document
    for user in STEPS.department_of(document.body, asked.department, at=at):
        notices.post(
            user,
            kind="document",
            subject_line=f"{document.number} 请书面答复是否同意公开",
            about=document,
            link=f"/admin/documents/{document.number}/",
            key=f"{document.number}:countersign:{asked.pk}:{user.pk}",
            at=at,
        )


@transaction.atomic
def answer_countersign(
    asked: Countersign, *, answer: str, opinion: str = "", basis: str = "", by: User, at: datetime
) -> Countersign:
    """Write down what a unit says. A department speaks for itself; an organ's letter is registered by who asked it."""
    document = asked.document
    _judge_speaker(asked, by=by, at=at)
    version = newest(document)
    rules.judge_answer(answer, opinion=opinion, basis=basis, answerer=by.pk, authors=version.authors)
    done = Countersign.objects.filter(pk=asked.pk, answer="").update(
        answer=Word(answer),
        opinion=opinion.strip(),
        basis=basis.strip(),
        version=version,
        answered_by=by,
        answered_at=at,
    )
    if not done:
        raise SomebodyWasFirst(f"{asked.unit}的答复已经登记，不能重复登记。请刷新页面查看最新情况。")
    asked.refresh_from_db(fields=("answer", "opinion", "basis", "version", "answered_by", "answered_at"))
    told = {"unit": asked.unit, "answer": asked.get_answer_display(), "version": version.number}
    told |= {"opinion": Words(asked.opinion)}
    vouch(told, "answer_countersign", asked)
    tell("answer_countersign", document, by=by, at=at, told=told)
    return asked


def answerable(document: Document, *, by: User, at: datetime) -> QuerySet[Countersign]:
    """The units that wait to be spoken for, as far as somebody may: departments for themselves, organs through who asked."""
    reach = roles.reach(by, STEPS.act(STEPS["answer_countersign"]), at=at)
    waiting = document.countersigns.filter(answer="").select_related("department").order_by("pk")
    if document.body_id in reach.bodies:
        return waiting
    outside = Q(department__isnull=True) if document.department_id in reach.departments else Q(pk__in=())
    return waiting.filter(Q(department__in=reach.departments) | outside)


def _judge_speaker(asked: Countersign, *, by: User, at: datetime) -> None:
    """Whether somebody may speak for the unit that was asked; a department is another one than has the document."""
    document, step = asked.document, STEPS["answer_countersign"]
    place = asked.department_id if asked.department_id is not None else document.department_id
    reach = roles.reach(by, STEPS.act(step), at=at)
    if not reach.covers(document.body_id, place):
        raise NotAllowed(f"“{step.label}”由{asked.unit}的负责人办理，其他机关的书面答复由承办机构登记。")
    if document.state not in step.sources:
        raise NotAllowed(f"本件目前是“{document.get_state_display()}”，不需要再答复。")


@transaction.atomic
def settle(asked: Countersign, *, settlement: str, reason: str, by: User, at: datetime) -> Countersign:
    """Write down how the office, having brought the units together, settled a disagreement (YQ-S2-3-3)."""
    document = asked.document
    judge(STEPS, "settle", document, by=by, at=at)
    if asked.answer != Word.DISAGREES or asked.purpose != Purpose.CONSENT or asked.settlement:
        raise Refused("只有不同意公开、还没有协商解决的意见需要协商，请刷新页面查看最新情况。")
    rules.may_settle(reason=reason, settler=by.pk, authors=newest(document).authors)
    with taking(STEPS, "settle", document, by=by, at=at) as told:
        asked.settlement, asked.settlement_reason = Settlement(settlement), reason.strip()
        asked.settled_by, asked.settled_at = by, at
        asked.save(update_fields=("settlement", "settlement_reason", "settled_by", "settled_at"))
        told |= {"unit": asked.unit, "settlement": asked.get_settlement_display(), "reason": Words(reason.strip())}
        vouch(told, "settle", asked)
    return asked


def countersigned(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Everybody who was asked about what goes out has agreed in writing to this version, joint makers among them."""
    if not attribute.goes_out(document.openness):
        return
    last = {(one.purpose, one.unit): one for one in document.countersigns.select_related("department").order_by("pk")}
    for one in last.values():
        current = one.version_id == version.pk
        yield from rules.missing_of(one.unit, one.purpose, one.answer, one.settlement, current=current)
    if law_of(document).option("countersign.joint_makers"):
        asked = {one.organ for one in last.values() if one.purpose == Purpose.CONSENT}
        yield from rules.missing_makers(document.joint_makers, asked)

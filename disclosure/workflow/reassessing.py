"""Second looks: what was closed is weighed again when its decision is made or a third party consents (条例第十八条)."""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, may_on, taking

from ..models import Document, Reassessment
from ..rules import Refused, negative
from ..told import vouch
from ..vocabulary import Cause, State, Weighed, Weighing
from .common import law_of
from .listing import category_of
from .steps import STEPS

REASSESSMENT = "reassessment"

WEIGHINGS = Workflow(
    "weighings",
    (
        Step(
            "call_up", "提请重新衡量", (), Weighing.OPEN,
            "条例第十八条", "列入重新衡量的待办，期限自原因发生的次日起计算。", ("REG-18", "NX-16-6b"),
        ),
        Step(
            "reassess", "重新衡量", (Weighing.OPEN,), Weighing.DECIDED,
            "条例第十八条", "可以公开的转回起草，重新确定公开属性并送审；继续不予公开的写明理由。", ("REG-18", "NX-16-2", "NX-16-6b"),
        ),
    ),
    states=dict(Weighing.choices),
    told=Told(department="call_up", office="call_up", above="reassess"),
    duties=(REASSESSMENT,),
    acts="disclosure.workflow.reassessing",
)  # fmt: skip

_ABOUT = "disclosure.reassessment"
describe("call_up", "对{document}提请重新衡量：{cause}", about=_ABOUT)
describe("reassess", "重新衡量：{result}", about=_ABOUT)
describe("release", "重新衡量后可以公开，转回起草并重新确定公开属性", about="disclosure.document")


@applies("term reassessment")
@transaction.atomic
def call_up(document: Document, *, cause: Cause, happened_on: date, note: str, by: User, at: datetime) -> Reassessment:
    """Queue a closed document for a second look. Raises Refused when the cause does not fit what closed it."""
    if not may_on(by, WEIGHINGS.act(WEIGHINGS["call_up"]), document, at=at):
        raise NotAllowed("您的岗位不能提请重新衡量这份文件。请由承办机构或者公开办办理。")
    if document.state != State.KEPT:
        raise Refused("只有已经办结、没有公开的文件才需要重新衡量。正在办理的文件请直接修改公开属性。")
    if document.reassessments.filter(state=Weighing.OPEN).exists():
        raise Refused("这份文件正在重新衡量，不需要重复提请。")
    today, category = local_date(at), category_of(document)
    grounds = law_of(document).grounds
    outcomes = {grounds[ground].outcome for ground in category.grounds} if category else None
    negative.judge_cause(cause, outcomes=outcomes, happened_on=happened_on, note=note, today=today)
    profile, body = library.profile(document.body.profile, today), document.body
    made = Reassessment.objects.create(
        number=f"{body.code.upper()}-HL-{today.year}-{Series.issue(body=body, year=today.year, code='weighing'):04d}",
        body=body,
        department=document.department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        document=document,
        cause=cause,
        happened_on=happened_on,
        note=note.strip(),
    )
    keeper.start(
        made, profile.term(REASSESSMENT), weight="internal", started=happened_on, at=at, department=document.department
    )
    told = {"document": document.number, "cause": Cause(cause).label}
    vouch(told, "call_up", made)
    ledger.record("call_up", made, by=by, at=at, told=told)
    return made


@transaction.atomic
def reassess(weighing: Reassessment, *, result: Weighed, reason: str, by: User, at: datetime) -> Reassessment:
    """Decide: what may be public goes back to drafting and through the chain with a new attribute; the rest says why not."""
    judge(WEIGHINGS, "reassess", weighing, by=by, at=at)
    negative.judge_weighing(weighing.cause, result, reason=reason)
    facts = {"result": result, "reason": reason.strip(), "decided_by": by, "decided_at": at}
    with taking(WEIGHINGS, "reassess", weighing, by=by, at=at, facts=facts) as told:
        for clock in keeper.running(weighing, REASSESSMENT):
            keeper.stop(clock, ended_on=local_date(at), at=at)
        if result == Weighed.RELEASED:
            release(weighing.document, by=by, at=at)
        told["result"] = Weighed(result).label
        vouch(told, "reassess", weighing)
    return weighing


@transaction.atomic
def release(document: Document, *, by: User, at: datetime) -> Document:
    """Take a closed document back to drafting without its attribute: it is decided anew, through the whole chain."""
    judge(STEPS, "release", document, by=by, at=at)
    facts = {
        "attribute": "",
        "openness": "",
        "reason": "",
        "legal_basis": "",
        "negative_item": None,
        "signed_by": None,
        "signed_at": None,
        "signed_digest": "",
    }
    with taking(STEPS, "release", document, by=by, at=at, facts=facts) as told:
        vouch(told, "release", document)
    return document

"""The life of a correction, a suggestion or a complaint, from filing to the file room.

A complaint never passes through the office or a department: its table (`COMPLAINTS`) belongs to those who supervise.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction

from portal.archive import service as archive
from portal.archive import vault
from portal.archive.models import StoredFile
from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.letters import service as letters
from portal.letters.models import Letter, Series
from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation import people, roles
from portal.organisation.models import Body, Department, User
from portal.regulations import library
from portal.regulations.schema import Profile
from portal.workflow.engine import NotAllowed, judge, may_on, taking

from .. import secrets
from ..filing import MotionFiling, Signature, Upload
from ..models import InformationRequest, Motion, MotionFile, Movant
from ..rules import Refused
from ..rules.motion import Verdict, judge_verdict, may_apply_for_correction, may_decide_complaint
from ..told import fingerprint_of
from ..vocabulary import Channel, MotionKind, MotionOutcome, MotionState
from ..wording import motions as wording
from .common import printed
from .conversions import convert_for
from .handling import LEAST_REASON
from .motion_steps import steps_of

SERIES = {
    MotionKind.CORRECTION: ("correction", "GZ"),
    MotionKind.SUGGESTION: ("suggestion", "JY"),
    MotionKind.COMPLAINT: ("complaint", "TS"),
}
"""Of each kind: the number series, which is the key of its term as well, and what its numbers show of it."""
MENDING = "mending"


@transaction.atomic
def file(
    *,
    body: Body,
    filing: MotionFiling,
    submission_key: str,
    about: InformationRequest | None = None,
    at: datetime,
) -> Motion:
    """A citizen files online. The same `submission_key` gives the same motion, however often it is sent.

    `about` is the request a complaint speaks of; who files has given its code.
    """
    known = _known(submission_key)
    if known is not None:
        return known
    motion = _open(
        body, filing, submission_key=submission_key, about=about, channel=Channel.ONLINE, received_on=local_date(at),
        verb="file", by=people.APPLICANT, at=at,
    )  # fmt: skip
    _tell_handlers(motion, f"收到新的{motion.title_for_clock}，请办理", key="file", at=at)
    tell_movant(motion, "已收到并登记", key="file", at=at)
    return motion


@transaction.atomic
def register(
    *,
    body: Body,
    filing: MotionFiling,
    submission_key: str,
    channel: str,
    received_on: date,
    about: InformationRequest | None = None,
    by: User,
    at: datetime,
) -> Motion:
    """Staff enter what came on paper or was said: the office for corrections and suggestions, the supervisors for complaints."""
    steps = steps_of(filing.kind)
    if not roles.may(by, steps.act(steps["register"]), body, at=at):
        raise NotAllowed("您的岗位不能登记这类事项。投诉举报由负责监督的人员登记，其他事项由政务公开办公室登记。")
    if channel == Channel.ONLINE:
        raise Refused("网上提交的由系统自动登记，请选择实际到达的方式。")
    if received_on > local_date(at):
        raise Refused("收到日期不能晚于今天，请核对后重新填写。")
    known = _known(submission_key)
    if known is not None:
        return known
    motion = _open(
        body, filing, submission_key=submission_key, about=about, channel=channel, received_on=received_on,
        verb="register", by=by, at=at,
    )  # fmt: skip
    tell_movant(motion, "已登记", key="register", at=at)
    return motion


@transaction.atomic
def assign(motion: Motion, *, department: Department, by: User, at: datetime) -> Motion:
    """Have a department look into it. A complaint has no such step: whom it accuses must not handle it."""
    judge(steps_of(motion.kind), "assign", motion, by=by, at=at)
    if department.body_id != motion.body_id:
        raise Refused("只能交本机关的内设机构核实。")
    with taking(steps_of(motion.kind), "assign", motion, by=by, at=at, facts={"department": department}) as told:
        for clock in keeper.running(motion):
            keeper.hand_over(clock, department)
        for user in steps_of(motion.kind).department_of(motion.body, department, at=at):
            _tell(user, motion, "已交本单位核实，请反馈核实意见", key=f"assign:{motion.edition}", at=at)
        told |= {"department": department.name, "department_code": department.code}
    return motion


@transaction.atomic
def report(motion: Motion, *, finding: str, by: User, at: datetime) -> Motion:
    """The department says what it found; until the decision it may say so again."""
    judge(steps_of(motion.kind), "report", motion, by=by, at=at)
    if not finding.strip():
        raise Refused("请写明核实的情况。")
    facts = {"reported_finding": finding.strip(), "reported_by": by, "reported_at": at}
    with taking(steps_of(motion.kind), "report", motion, by=by, at=at, facts=facts):
        for user in steps_of(motion.kind).above_in(motion.body, at=at):
            _tell(user, motion, "承办机构已反馈核实意见，请决定", key=f"report:{motion.edition}", at=at)
    return motion


@transaction.atomic
def decide(motion: Motion, *, verdict: Verdict, by: User, at: datetime) -> Motion:
    """Decide what becomes of it. What is to be published becomes a task; what is to be mended gets a limit."""
    steps = steps_of(motion.kind)
    judge(steps, "decide", motion, by=by, at=at)
    term = law_of(motion).term(MENDING)
    judge_verdict(MotionKind(motion.kind), verdict, shortest=term.minimum or 1, longest=term.maximum or term.amount)
    if motion.is_complaint and motion.request is not None:
        may_decide_complaint(decider=by.pk, handlers=_handlers_of(motion.request))
    upheld = verdict.outcome is MotionOutcome.UPHELD
    facts = {
        "outcome": verdict.outcome,
        "finding": verdict.finding.strip(),
        "organ_name": verdict.organ_name.strip(),
        "organ_contact": verdict.organ_contact.strip(),
        "measure": verdict.measure.strip() if upheld else None,
        "mending_days": verdict.mending_days if upheld else None,
        "decided_by": by,
        "decided_at": at,
    }
    with taking(steps, "decide", motion, by=by, at=at, facts=facts) as told:
        if upheld:
            ordered = replace(term, amount=verdict.mending_days)
            keeper.start(motion, ordered, weight="internal", started=local_date(at), at=at)
        if verdict.outcome is MotionOutcome.PUBLISH:
            convert_for(motion, title=verdict.title.strip(), by=by, at=at)
        told |= {"outcome": verdict.outcome.value, "mending_days": facts["mending_days"]}
    return motion


@transaction.atomic
def answer(
    motion: Motion,
    *,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Tell the movant in writing: the letter is composed, numbered and sent; the limit of the whole matter is met or missed."""
    steps = steps_of(motion.kind)
    judge(steps, "answer", motion, by=by, at=at)
    if manner == letters.Manner.POST and not (motion.movant and motion.movant.address):
        raise Refused("没有留下通信地址，不能邮寄。请选择电子送达：对方可以凭编号和查询码在网上查看和下载。")
    on = local_date(at)
    with taking(steps, "answer", motion, by=by, at=at, facts={"told_on": sent_on}) as told:
        for clock in keeper.locked(motion, SERIES[MotionKind(motion.kind)][0]):
            keeper.stop(clock, ended_on=sent_on, at=at)
        content = wording.motion_letter(motion, on=on, remedy=remedy_of(motion))
        letter = letters.compose(motion, wording.kind_of_letter(motion), content=content, at=at, by=by)
        delivery = letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        tell_movant(motion, "处理结果已告知，可凭查询码查看", key="answer", at=at)
        told |= {**printed(letter), "sent_on": sent_on.isoformat(), "told_on": delivery.counts_on.isoformat()}
    return letter


@transaction.atomic
def mend(motion: Motion, *, mended_on: date, how: str, by: User, at: datetime) -> Motion:
    """What was ordered has been put right: the limit for it stops."""
    steps = steps_of(motion.kind)
    judge(steps, "mend", motion, by=by, at=at)
    if motion.outcome != MotionOutcome.UPHELD:
        raise Refused("本件没有责令改正，不需要登记改正情况。")
    if motion.mended_on is not None:
        raise Refused("改正情况已经登记，不能重复登记。")
    if not local_date(motion.decided_at) <= mended_on <= local_date(at):
        raise Refused("改正日期应在作出处理之日和今天之间，请核对后重新填写。")
    if not how.strip():
        raise Refused("请写明改正的情况。")
    facts = {"mended_on": mended_on, "mended_how": how.strip()}
    with taking(steps, "mend", motion, by=by, at=at, facts=facts) as told:
        for clock in keeper.running(motion, MENDING):
            keeper.stop(clock, ended_on=mended_on, at=at)
        tell_movant(motion, "所反映的问题已经改正", key="mend", at=at)
        told["mended_on"] = mended_on.isoformat()
    return motion


@transaction.atomic
def close(motion: Motion, *, by: User, at: datetime) -> Motion:
    """Nothing more is to be done. What was ordered must have been mended."""
    steps = steps_of(motion.kind)
    judge(steps, "close", motion, by=by, at=at)
    if motion.outcome == MotionOutcome.UPHELD and motion.mended_on is None:
        raise Refused("责令改正的事项尚未登记改正情况，不能归档。请先办理“登记改正情况”。")
    with taking(steps, "close", motion, by=by, at=at, facts={"closed_at": at}):
        return motion


@transaction.atomic
def unmask(motion: Motion, *, why: str, by: User, at: datetime) -> Movant | None:
    """See who moved, and the proofs of it. Needs a reason, which goes into the ledger with the name of who looked."""
    if not may_on(by, f"{steps_of(motion.kind).chapter}.unmask", motion, at=at):
        raise NotAllowed("您的岗位不能查看提出人的身份信息。")
    if len(why.strip()) < LEAST_REASON:
        raise Refused("请具体写明查看身份信息的事由，该事由将记入办理记录。")
    try:
        ledger.record("unmask", motion, by=by, at=at, told={"why": ledger.Words(why)})
    except ledger.NotForTheLedger as refusal:
        raise Refused(
            "事由会记入不可更改的办理记录，其中不能含有身份证号码、手机号码、电子邮箱，请删去后重新提交。"
        ) from refusal
    return motion.movant


def law_of(motion: Motion) -> Profile:
    """The profile a motion was opened under."""
    return library.profile(motion.profile, local_date(motion.opened_at))


def remedy_of(motion: Motion) -> str:
    """The remedy its letter must name: only a refused correction decides about somebody's right (条例第五十一条)."""
    if motion.outcome == MotionOutcome.ACCURATE:
        return str(law_of(motion).option("correction.refused_remedy"))
    return "R0"


def tell_movant(motion: Motion, line: str, *, key: str, at: datetime) -> None:
    """A word by e-mail, if an address was given. It says the number and what happened, never what the motion is about."""
    address = motion.movant.email if motion.movant else None
    if address:
        notices.post(
            address,
            kind="applicant",
            subject_line=f"您提出的事项（{motion.number}）：{line}",
            about=motion,
            link="/requests/track/",
            key=f"{motion.number}:{key}:movant",
            body=motion.body,
            at=at,
        )


def _known(submission_key: str) -> Motion | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [submission_key])
    return Motion.objects.filter(submission_key=submission_key).first()


def _open(
    body: Body,
    filing: MotionFiling,
    *,
    submission_key: str,
    about: InformationRequest | None,
    channel: str,
    received_on: date,
    verb: str,
    by: people.Actor,
    at: datetime,
) -> Motion:
    if filing.kind is MotionKind.CORRECTION:
        may_apply_for_correction(
            signed=bool(filing.signature.name and filing.signature.identity_number and filing.signature.phone),
            identity_proofs=sum(one.purpose == MotionFile.Purpose.IDENTITY for one in filing.uploads),
            evidence=sum(one.purpose == MotionFile.Purpose.EVIDENCE for one in filing.uploads),
        )
    if about is not None and about.body_id != body.pk:
        raise Refused("所填申请编号不是向该机关提出的，请核对单位和申请编号。")
    profile = library.profile(body.profile, local_date(at))
    kept = [(upload, _kept(upload, body, by=by, at=at)) for upload in filing.uploads]
    series, letters_ = SERIES[filing.kind]
    year = local_date(at).year
    number = f"{body.code.upper()}-{letters_}-{year}-{Series.issue(body=body, year=year, code=series):04d}"
    motion = Motion.objects.create(
        number=number,
        body=body,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        kind=filing.kind,
        state=MotionState.RECEIVED,
        secret=secrets.digest(number, secrets.code_for(submission_key)),
        submission_key=submission_key,
        movant=_movant(filing.signature),
        request=about,
        channel=channel,
        received_on=received_on,
        grievance=filing.grievance,
        subject=filing.subject,
        content=filing.content,
    )
    for upload, stored in kept:
        MotionFile.objects.get_or_create(motion=motion, file=stored, purpose=upload.purpose, defaults={"added_at": at})
    keeper.start(motion, profile.term(series), weight="internal", started=received_on, at=at)
    told = {"kind": filing.kind.value, "channel": Channel(channel).value, "received_on": received_on.isoformat()}
    ledger.record(verb, motion, by=by, at=at, told=told | {"digest": fingerprint_of(motion)})
    return motion


def _movant(signature: Signature) -> Movant | None:
    if not signature.given:
        return None
    number = signature.identity_number
    return Movant.objects.create(
        name=signature.name or None,
        identity_document=signature.identity_document if number else "",
        identity_number=number or None,
        identity_digest=vault.digest(f"identity:{number}") if number else "",
        phone=signature.phone or None,
        email=signature.email or None,
        address=signature.address or None,
    )


def _kept(upload: Upload, body: Body, *, by: people.Actor, at: datetime) -> StoredFile:
    kind = archive.sniff(upload.name, upload.data)
    return archive.store(upload.name, upload.data, body=body, kind=kind, purpose=upload.purpose, by=by, at=at)


def _handlers_of(case: InformationRequest) -> set[int]:
    """Everybody who did something on a request, by their ids."""
    return {int(one) for one in ledger.timeline(case).values_list("actor_id", flat=True) if one.isdigit()}


def _tell_handlers(motion: Motion, line: str, *, key: str, at: datetime) -> None:
    for user in steps_of(motion.kind).office_of(motion.body, at=at):
        _tell(user, motion, line, key=key, at=at)


def _tell(user: User, motion: Motion, line: str, *, key: str, at: datetime) -> None:
    notices.post(
        user,
        kind="motion",
        subject_line=f"{motion.number} {line}",
        about=motion,
        link=f"/admin/motions/{motion.number}/",
        key=f"{motion.number}:{key}:{user.pk}",
        body=motion.body,
        at=at,
    )

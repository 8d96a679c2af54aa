"""Reconsideration and litigation (条例第五十一条): their table of steps, and the acts from the notice to the consequences.

A challenge is a matter of its own; the request it is about stays as it is, its sealed dossier included. A correction may
have the request done again: `redo` opens a new, linked request.
"""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.archive.models import StoredFile
from portal.clocks import keeper
from portal.clocks.models import Ended
from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation import roles
from portal.organisation.models import User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from .. import secrets
from ..counting import first_of
from ..filing import Upload
from ..models import Applicant, Attachment, Challenge, InformationRequest
from ..rules import Refused, challenging
from ..vocabulary import (
    ANSWER,
    RE_EVALUATION,
    ChallengeKind,
    ChallengeResult,
    ChallengeState,
    Outcome,
    Procedure,
    ReceiptRule,
    State,
)
from .common import law_of, rolled, stop_clocks, tell_applicant, tell_office, told_of_filing
from .receiving import next_number
from .steps import STEPS as REQUESTS

CHALLENGES = Workflow(
    "challenges",
    (
        Step(
            "register", "登记复议、诉讼", (), ChallengeState.OPEN,
            "行政复议法第四十八条、第五十四条，行政诉讼法第六十七条", "答复举证的期限自收到通知之日的次日起计算。",
            ("REG-51", "ARL-48", "ARL-54", "ALL-67", "YC-1.3-2", "LD-A5-14"),
        ),
        Step(
            "defend", "登记答复（答辩）", (ChallengeState.OPEN,), ChallengeState.DEFENDED,
            "行政复议法第四十八条、第五十四条，行政诉讼法第六十七条", "保存已提交的答复书或者答辩状，停止计算答复举证期限；逾期的如实记录。",
            ("ARL-48", "ARL-54", "ALL-67"),
        ),
        Step(
            "conclude", "登记审结", (ChallengeState.OPEN, ChallengeState.DEFENDED), ChallengeState.CONCLUDED,
            "条例第五十一条", "结果计入年度报告表四。结果纠正的，同时通知分管领导和纪检监察人员。", ("REG-51", "YC-1.3-2"),
        ),
        Step(
            "redo", "重新办理", (ChallengeState.CONCLUDED,), None,
            "行政复议法第六十四条，行政诉讼法第七十条",
            "以原申请内容另立新件，答复期限自决定书送达之日的次日起计算；原案卷保持封存。", ("REG-51", "YC-1.3-2"),
        ),
    ),
    states=dict(ChallengeState.choices),
    told=Told(department="register", office="register", above="defend"),
    duties=("defence_simple", "defence_ordinary", "defence_litigation"),
    acts="requests_ogi.workflow.challenging",
)  # fmt: skip

_ABOUT = Challenge._meta.label_lower
describe("register", "登记了{kind}，收到通知日期{received_on}", about=_ABOUT)
describe("defend", "提交了答复（答辩）材料，提交日期{submitted_on}，是否按期：{in_time}", about=_ABOUT)
describe("conclude", "登记审结，结果：{result}，决定日期{decided_on}", about=_ABOUT)
describe("redo", "依决定另立新件重新办理，原申请{old}，新申请{new}")

OVERSIGHT = "ledger.audit"
"""Who holds this act watches over others: they are told of every correction."""


@transaction.atomic
@applies("term defence_simple", "term defence_ordinary", "term defence_litigation")
def register(
    case: InformationRequest,
    *,
    kind: str,
    procedure: str = "",
    review: Challenge | None = None,
    authority: str,
    case_number: str = "",
    summary: str,
    received_on: date,
    by: User,
    at: datetime,
) -> Challenge:
    """Write down that a request was taken to reconsideration or to court; the time for the defence runs from receipt.

    Whatever state the request is in: silence can be challenged as well. A refusal taken to court directly is not refused here
    (`challenging.skipped_review` warns of it): whether it is heard is for the court to say.
    """
    if not roles.may(by, CHALLENGES.act(CHALLENGES["register"]), case.body, at=at):
        raise NotAllowed("您的岗位不能登记行政复议、行政诉讼，请交由政务公开办公室登记。")
    if not authority.strip() or not summary.strip():
        raise Refused("请写明复议机关或者人民法院的名称，以及请求和理由的摘要。")
    way, today = ChallengeKind(kind), local_date(at)
    if review is not None and (
        review.request_id != case.pk
        or review.kind != ChallengeKind.RECONSIDERATION
        or review.state != ChallengeState.CONCLUDED
    ):
        raise Refused("所选的行政复议不是本件已审结的行政复议，请核对后重新选择。")
    challenging.may_register(
        kind=way,
        procedure=procedure,
        received_on=received_on,
        filed_on=case.arrived_on,
        today=today,
        reviewed=review is not None,
    )
    _once(case, kind=way, authority=authority.strip(), case_number=case_number.strip(), received_on=received_on)
    law = library.profile(case.body.profile, received_on)
    key = challenging.defence_term(way, procedure)
    if key not in law.terms:
        raise Refused("收到通知时的行政复议法没有规定政府信息公开案件适用简易程序，请改选普通程序。")
    serial = Series.issue(body=case.body, year=today.year, code="challenge")
    current = library.profile(case.body.profile, today)
    challenge = Challenge.objects.create(
        number=f"{case.body.code.upper()}-FS-{today.year}-{serial:03d}",
        body=case.body,
        profile=current.code,
        profile_version=current.version,
        opened_at=at,
        changed_at=at,
        request=case,
        kind=way,
        review=review if way == ChallengeKind.LITIGATION_AFTER_REVIEW else None,
        procedure=procedure,
        authority=authority.strip(),
        case_number=case_number.strip(),
        summary=summary,
        received_on=received_on,
        state=ChallengeState.OPEN,
    )
    clock = keeper.start(challenge, law.term(key), weight="statutory", started=received_on, at=at)
    _tell(challenge, _deciders(challenge, at=at), "已登记，请按期答复举证", key="register", at=at)
    told = {
        "kind": way.label,
        "request": case.number,
        "received_on": received_on.isoformat(),
        "last_day": clock.last_day.isoformat(),
    }
    ledger.record("register", challenge, by=by, at=at, told=told | _procedure(procedure))
    return challenge


def _once(case: InformationRequest, **notice: object) -> None:
    """Refuse a notice that is registered already: the button pressed twice, or two people at once. Holds the request."""
    InformationRequest.objects.select_for_update(of=("self",)).get(pk=case.pk)
    known = Challenge.objects.filter(request=case, **notice).first()
    if known is not None:
        raise Refused(
            f"同一通知已经登记（编号{known.number}），不能重复登记。确属另一件的，请填写通知书上的案号加以区分。"
        )


def _procedure(procedure: str) -> dict[str, str]:
    return {"procedure": Procedure(procedure).label} if procedure else {}


@transaction.atomic
def defend(challenge: Challenge, *, submitted_on: date, paper: Upload | None, by: User, at: datetime) -> Challenge:
    """Keep the defence as it was handed in. The day it was handed in decides, here and once, whether it came in time."""
    judge(CHALLENGES, "defend", challenge, by=by, at=at)
    challenging.may_defend(submitted_on=submitted_on, received_on=challenge.received_on, today=local_date(at))
    if paper is None:
        raise Refused("请上传已提交的答复书或者答辩状，它是按期答复举证的依据。")
    clock = keeper.running(challenge).first()
    in_time = clock is None or submitted_on <= clock.last_day
    stored = _kept(challenge, paper, purpose="defence", by=by, at=at)
    facts = {"defended_on": submitted_on, "defended_in_time": in_time, "defence": stored}
    with taking(CHALLENGES, "defend", challenge, by=by, at=at, facts=facts) as told:
        for running in keeper.locked(challenge):
            keeper.stop(running, ended_on=submitted_on, at=at)
        told |= {"submitted_on": submitted_on.isoformat(), "in_time": in_time, "sha256": stored.sha256}
    return challenge


@transaction.atomic
def conclude(
    challenge: Challenge,
    *,
    result: str,
    withdrawn: bool = False,
    decided_on: date,
    served_on: date,
    paper: Upload | None,
    consequence: str = "",
    ordered_days: int | None = None,
    by: User,
    at: datetime,
) -> Challenge:
    """Write down how it ended. A correction is told to those who lead and those who watch over the work.

    `served_on` is the day the decision reached this body; `ordered_days` the period in working days that it sets for a new
    answer. Without a defence the time for it ends here: late if it had passed, otherwise it was not needed any more.
    """
    judge(CHALLENGES, "conclude", challenge, by=by, at=at)
    most = law_of(challenge.request).term(ANSWER).amount
    challenging.may_conclude(
        result=result,
        withdrawn=withdrawn,
        ordered_days=ordered_days,
        most=most,
        received_on=challenge.received_on,
        decided_on=decided_on,
        served_on=served_on,
        today=local_date(at),
    )
    if paper is None:
        raise Refused("请上传决定书或者裁判文书的扫描件，它是登记结果的依据。")
    corrected = result == ChallengeResult.CORRECTED
    if corrected and not consequence.strip():
        raise Refused("结果纠正的，请写明决定的主要内容和后续处理。")
    stored = _kept(challenge, paper, purpose="decision", by=by, at=at)
    facts = {
        "result": ChallengeResult(result),
        "withdrawn": withdrawn,
        "decided_on": decided_on,
        "served_on": served_on,
        "decision": stored,
        "consequence": consequence,
        "ordered_days": ordered_days,
    }
    with taking(CHALLENGES, "conclude", challenge, by=by, at=at, facts=facts) as told:
        for running in keeper.locked(challenge):
            missed = decided_on > running.last_day
            keeper.stop(running, ended_on=decided_on, as_=Ended.LATE if missed else Ended.VOID, at=at)
        if corrected:
            line = f"{challenge.get_kind_display()}结果纠正，请督促整改"
            _tell(challenge, _overseers(challenge, at=at), line, key="corrected", at=at)
        told |= {
            "result": ChallengeResult(result).label,
            "withdrawn": withdrawn,
            "decided_on": decided_on.isoformat(),
            "served_on": served_on.isoformat(),
            "ordered_days": ordered_days,
            "sha256": stored.sha256,
        }
    return challenge


@transaction.atomic
def redo(challenge: Challenge, *, by: User, at: datetime) -> InformationRequest:
    """Open the request anew after a correction: same applicant, same wish, received on the day the decision was served.

    The old dossier stays sealed. The applicant's code opens the new number as it opened the old one.
    """
    judge(CHALLENGES, "redo", challenge, by=by, at=at)
    # Two corrections of one request (on review, then in court) still open one new request: the old one is held.
    old = InformationRequest.objects.select_for_update(of=("self",)).select_related("body").get(pk=challenge.request_id)
    follower = InformationRequest.objects.filter(redo_of=old).values_list("number", flat=True).first()
    answered = old.state in {State.SERVED, State.CLOSED} and old.outcome != Outcome.WITHDRAWN
    challenging.may_redo(result=challenge.result, answered=answered, redone_as=follower or "")
    with taking(CHALLENGES, "redo", challenge, by=by, at=at) as told:
        stop_clocks(old, RE_EVALUATION, ended_on=local_date(at), as_=Ended.VOID, at=at)
        new = _opened_again(challenge, at=at)
        _restart_answering(new, challenge.ordered_days, at=at)
        tell_office(new, f"依{challenge.words()['decision']}重新办理，请分办", key="redo", at=at)
        tell_applicant(new, f"本机关重新办理您的申请（原编号{old.number}），查询码不变", key="redo", at=at)
        told |= {"old": old.number, "new": new.number}
        ledger.record("redo", new, by=by, at=at, told=told_of_filing(new) | {"old": old.number, "new": new.number})
    return new


_CARRIED_OVER = ("channel", "title", "document_number", "description", "form", "manner", "help_needed")


def _opened_again(challenge: Challenge, *, at: datetime) -> InformationRequest:
    """The new request with the old one's applicant and attachments, received when the decision was served."""
    old, today, served = challenge.request, local_date(at), challenge.served_on
    current = library.profile(old.body.profile, today)
    number = next_number(old.body, today)
    new = InformationRequest.objects.create(
        number=number,
        body=old.body,
        profile=current.code,
        profile_version=current.version,
        opened_at=at,
        changed_at=at,
        redo_of=old,
        secret=secrets.digest(number, _code_of(old)),
        state=State.RECEIVED,
        receipt_rule=ReceiptRule.SIGNING,
        arrived_on=served,
        signed_on=served,
        received_on=served,
        received_rolled_on=rolled(old.body, served, filed_at=None, on=today),
        receipt_basis=f"以{challenge.words()['decision']}送达本机关之日为准（原申请编号{old.number}）",
        **{name: getattr(old, name) for name in _CARRIED_OVER},
    )
    person = Applicant.objects.get(request=old)
    person.request = new
    person.save(force_insert=True)
    Attachment.objects.bulk_create(
        Attachment(request=new, file=kept.file, purpose=kept.purpose, added_at=at)
        for kept in old.attachments.select_related("file").order_by("pk")
    )
    return new


def _code_of(case: InformationRequest) -> str:
    """The code the applicant holds, found again from the form it was made for; a fresh one if the key of that time is gone."""
    first = first_of(case)
    held = secrets.code_of(first.submission_key or "", first.number, first.secret)
    return held or secrets.code_for(secrets.new_key())


def _restart_answering(new: InformationRequest, ordered_days: int | None, *, at: datetime) -> None:
    """The limit of the new answer: what the decision orders, which nobody may lengthen, or else the law's."""
    law = law_of(new)
    term, promise = law.term(ANSWER), law.promise(ANSWER)
    if ordered_days is not None:
        term, promise = replace(term, amount=ordered_days, extension=None), None
    started = {"started": new.received_on, "at": at}
    keeper.start(new, term, weight="statutory", rolled=new.received_rolled_on, **started)
    if promise is not None:
        keeper.start(new, promise, weight="promise", **started)


# --- files and words ----------------------------------------------------------------------------------------------------


def _kept(challenge: Challenge, paper: Upload, *, purpose: str, by: User, at: datetime) -> StoredFile:
    kind = archive.sniff(paper.name, paper.data)
    return archive.store(paper.name, paper.data, body=challenge.body, kind=kind, purpose=purpose, by=by, at=at)


def _deciders(challenge: Challenge, *, at: datetime) -> list[User]:
    return [*CHALLENGES.above_in(challenge.body, at=at), *CHALLENGES.office_of(challenge.body, at=at)]


def _overseers(challenge: Challenge, *, at: datetime) -> list[User]:
    """The leaders who answer for requests, and those who watch over the work (条例第四十七条、第五十三条)."""
    return [*REQUESTS.above_in(challenge.body, at=at), *roles.holders(OVERSIGHT, body=challenge.body, at=at)]


def _tell(challenge: Challenge, users: list[User], line: str, *, key: str, at: datetime) -> None:
    for user in dict.fromkeys(users):
        notices.post(
            user,
            kind="challenge",
            subject_line=f"{challenge.number} {line}",
            about=challenge,
            link=f"/admin/challenges/{challenge.number}/",
            key=f"{challenge.number}:{key}:{user.pk}",
            body=challenge.body,
            at=at,
        )

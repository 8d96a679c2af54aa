"""Answering: search, draft, submit, approve or send back, and the one extension (条例第三十三条、第三十六条至第三十九条)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Clock, Extension
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation.models import User
from portal.workflow.engine import NotAllowed, judge, taking

from .. import rules, wording
from ..models import CompletionRound, Consent, DraftAnswer, InformationRequest, SearchRecord
from ..rules import Refused, withholding
from ..rules.deciding import already_published
from ..told import fingerprint_of
from ..vocabulary import ANSWER, DRAFT, REFUSALS, ConsentForm, Outcome, Severability
from .common import (
    answer_clock,
    judge_manner,
    law_of,
    most_to_extend,
    printed,
    stop_clocks,
    tell_applicant,
    tell_approvers,
    tell_department,
)
from .disposing import disposition, outcome_rule, settle
from .gates import judge_decision
from .steps import STEPS
from .withholding import copies_for, fix, giving_of

TEXTS = (
    "finding",
    "reason",
    "ground",
    "harm",
    "provision",
    "query_method",
    "query_address",
    "organ_name",
    "organ_contact",
    "organ_unknown",
    "legal_channel",
    "earlier_answer",
    "explanation",
    "published_on",
    "undisclosed",
)
"""What a drafter writes, beside the answers to the seven steps."""


@dataclass(frozen=True)
class Agreed:
    """How the leading group agreed to an extension: in a meeting or by circular, on which day, under which number."""

    form: str
    on: date
    reference: str


@transaction.atomic
def record_search(
    case: InformationRequest,
    *,
    system: str,
    keywords: str,
    period: str,
    asked: str,
    result: str,
    searched_on: date,
    by: User,
    at: datetime,
) -> SearchRecord:
    """Write down one search: where, for what, over which time, whom one asked, what came of it."""
    judge(STEPS, "record_search", case, by=by, at=at)
    if searched_on > local_date(at):
        raise Refused("检索日期不能晚于今天，请核对后重新填写。")
    with taking(STEPS, "record_search", case, by=by, at=at) as told:
        row = SearchRecord.objects.create(
            request=case,
            system=system,
            keywords=keywords,
            period=period,
            asked=asked,
            result=result,
            searched_on=searched_on,
            searched_by=by,
        )
        told |= {"search": row.pk, "searched_on": searched_on.isoformat(), "digest": fingerprint_of(row)}
    return row


@transaction.atomic
def draft(
    case: InformationRequest,
    *,
    decided: dict[str, str],
    texts: dict[str, Any],
    earlier: InformationRequest | None = None,
    by: User,
    at: datetime,
) -> DraftAnswer:
    """Store a new version of the answer. The answers to the seven steps lead to the outcome; nobody types an outcome in.

    `decided` is {question: branch}, `texts` the fields of TEXTS. Raises Refused naming what the outcome still owes.
    """
    judge(STEPS, "draft", case, by=by, at=at)
    outcome = rules.outcome_of(decided)
    refusal = rules.refusal_of(decided)
    severability = ""
    if refusal is not None:
        severability = Severability.SEVERABLE if outcome == Outcome.PARTIAL else Severability.INSEVERABLE
    giving = giving_of(case, refusal=refusal or "")
    texts = texts | ({} if outcome in REFUSALS else {"ground": ""})
    value = rules.Draft(
        outcome=outcome,
        severability=severability,
        searches=case.searches.count(),
        completed=CompletionRound.objects.filter(request=case, returned_on__isnull=False).exists(),
        parts=len(giving.parts),
        **{key: text for key, text in texts.items() if key in TEXTS},
    )
    already_published(value.published_on, today=local_date(at))
    rules.judge_draft(value, outcome_rule(case, outcome, on=local_date(at)).requires)
    ground = law_of(case).grounds.get(value.ground)
    withholding.judge_ground(outcome, ground.outcome if ground else None)
    withholding.judge_giving(outcome, giving)
    given = outcome in withholding.GIVING
    with taking(STEPS, "draft", case, by=by, at=at) as told:
        former = case.drafts.order_by("-version").first()
        version = former.version + 1 if former else 1
        authors = [*former.authors, by.pk] if former else [by.pk]
        row = DraftAnswer.objects.create(
            request=case,
            version=version,
            department=case.department,
            decided=decided,
            outcome=outcome,
            refusal=refusal or "",
            severability=severability,
            parts=sorted(giving.parts) if given else [],
            materials=sorted(giving.materials) if given else [],
            drafted_by=by,
            drafted_at=at,
            authors=sorted(set(authors)),
            earlier=earlier,
            **{key: getattr(value, key) for key in TEXTS},
        )
        told |= {"version": version, "outcome": outcome.value, "digest": fingerprint_of(row)}
    return row


@transaction.atomic
def submit(case: InformationRequest, *, by: User, at: datetime) -> InformationRequest:
    """Send the newest version for approval; until it is sent back nobody can change it."""
    judge(STEPS, "submit", case, by=by, at=at)
    newest = _newest(case)
    if newest.sent_back_at is not None:
        raise Refused("最新一稿已被退回，请先按退回意见修改并保存新的一稿，再送审。")
    judge_decision(case, newest, at=at)
    with taking(STEPS, "submit", case, by=by, at=at) as told:
        stop_clocks(case, DRAFT, ended_on=local_date(at), at=at)
        tell_approvers(case, "答复稿已送审，请审签", key=f"submit:{newest.version}", at=at)
        told["version"] = newest.version
    return case


@transaction.atomic
def send_back(case: InformationRequest, *, why: str, by: User, at: datetime) -> InformationRequest:
    """Return the version with what is to be changed; the internal clock for the draft starts anew."""
    judge(STEPS, "send_back", case, by=by, at=at)
    if not why.strip():
        raise Refused("请写明退回意见，说明需要修改什么。")
    newest = _newest(case)
    with taking(STEPS, "send_back", case, by=by, at=at) as told:
        newest.sent_back_by, newest.sent_back_at, newest.sent_back_why = by, at, why
        newest.save(update_fields=("sent_back_by", "sent_back_at", "sent_back_why"))
        keeper.start(
            case, law_of(case).term(DRAFT), weight="internal", started=local_date(at), department=case.department, at=at
        )
        tell_department(case, "答复稿被退回，请修改", key=f"send_back:{newest.version}", at=at)
        told["version"] = newest.version
    return case


@transaction.atomic
def approve(case: InformationRequest, *, by: User, at: datetime) -> Letter:
    """Decide as the newest version says: the formal letter is composed and numbered, and nothing can be changed any more.

    Never by anyone who drafted or changed it (`rules.may_approve`, and a constraint).
    """
    judge(STEPS, "approve", case, by=by, at=at)
    newest = _newest(case)
    rules.may_approve(approver=by.pk, authors=set(newest.authors))
    judge_decision(case, newest, at=at)
    today = local_date(at)
    line = disposition(case, newest.outcome, on=today)
    copies = copies_for(case, newest.outcome)
    with taking(STEPS, "approve", case, by=by, at=at, facts={"outcome": newest.outcome}) as told:
        newest.approved_by, newest.approved_at = by, at
        newest.save(update_fields=("approved_by", "approved_at"))
        letter = letters.compose(
            case,
            wording.REPLY_KINDS[line.letter_kind],
            content=wording.reply(case, newest, line, on=today),
            at=at,
            by=by,
        )
        settle(case, line, letter=letter, draft=newest, by=by, at=at)
        tell_department(case, "答复已审签，请办理送达", key="approve", at=at)
        told |= {"version": newest.version, "outcome": newest.outcome, **printed(letter)}
        if copies:
            told["released"] = fix(case, copies, by=by, at=at)
    return letter


@transaction.atomic
def extend(
    case: InformationRequest,
    *,
    amount: int,
    reason: str,
    agreed: Agreed | None = None,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Lengthen the limit once, by at most what the profile allows; its notice goes out while the limit still runs.

    Where the body's document asks for the consent of its leading group, `agreed` is the record of it.

    The body's own promise, where it has one, is lengthened with it, never beyond what that promise allows.
    """
    judge(STEPS, "extend", case, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明延期的理由，该理由将写入延期答复告知书。")
    clock = answer_clock(case)
    if clock.provisional:
        raise Refused("答复期限跨入尚未公布放假安排的年度，暂不能确定最后日期，请先导入放假安排再办理延期。")
    most, unit = most_to_extend(case)
    rules.may_extend(
        days=amount,
        most=most,
        already=extended_before(case),
        last_day=clock.last_day,
        sent_on=sent_on,
        lengthenable=clock.extension_most is not None,
    )
    judge_manner(case, manner)
    rules.consent_is_recorded(
        collective=law_of(case).consents_as_a_group,
        reference=agreed.reference if agreed else "",
        agreed_on=agreed.on if agreed else None,
        sent_on=sent_on,
    )
    old = clock.last_day
    with taking(STEPS, "extend", case, by=by, at=at) as told:
        _lengthen(case, amount, reason=reason, granted_on=sent_on, by=by, at=at)
        clock.refresh_from_db()
        content = wording.extension_notice(
            case,
            reason=reason,
            consent=_consent(case, agreed, by=by),
            words=f"{amount}{unit.label}",
            old=old,
            new=clock.last_day,
            provisional=clock.provisional,
        )
        letter = letters.compose(case, wording.EXTENSION_NOTICE, content=content, at=at, by=by)
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        tell_applicant(case, "答复期限依法延长", key="extend", at=at)
        told |= {**printed(letter), "old": old.isoformat(), "new": clock.last_day.isoformat(), "amount": amount}
    return letter


def _lengthen(case: InformationRequest, amount: int, *, reason: str, granted_on: date, by: User, at: datetime) -> None:
    """A promise already broken, or that allows less, is not lengthened; that does not take away the statutory extension."""
    for running in keeper.running(case, ANSWER).filter(last_day__gte=granted_on, extension_most__gte=amount):
        keeper.extend(running, amount=amount, by=by, reason=reason, granted_on=granted_on, at=at)


def _consent(case: InformationRequest, agreed: Agreed | None, *, by: User) -> str:
    """Who consented, in the words of the letter; the consent of a group is put on record first."""
    law = law_of(case)
    if not law.consents_as_a_group or agreed is None:
        return law.extension_consent
    record = Consent.objects.create(
        request=case,
        group=law.extension_consent.removesuffix("组长"),
        form=ConsentForm(agreed.form),
        agreed_on=agreed.on,
        reference=agreed.reference.strip(),
        recorded_by=by,
    )
    return wording.consent(record)


def extended_before(case: InformationRequest) -> bool:
    """Whether the one extension was granted, under this limit or under one that has been counted anew since."""
    return Extension.objects.filter(clock__in=Clock.objects.of(case).filter(duty=ANSWER)).exists()


def _newest(case: InformationRequest) -> DraftAnswer:
    newest = case.drafts.order_by("-version").first()
    if newest is None:
        raise NotAllowed("本件还没有拟办意见，请先按七步判断拟办答复并保存。")
    return newest

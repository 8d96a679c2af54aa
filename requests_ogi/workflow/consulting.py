"""Asking others before the decision (条例第十七条、第三十二条、第三十四条): the letter out, the word back.

Three acts ask (a third party, a co-maker, an authority); what is then done is the same for all of them. While a third
party or a co-maker is asked, the time does not count, at most to their limit; while an authority is asked, it does.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction

from portal.archive import vault
from portal.clocks import keeper, terms
from portal.clocks.models import Clock, Pause
from portal.letters import service as letters
from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation import people
from portal.organisation.models import User
from portal.regulations.schema import Term
from portal.workdays.calendar import Calendar
from portal.workflow.engine import judge, taking

from .. import wording
from ..models import Consultation, InformationRequest
from ..models.consultation import KEY_PREFIX
from ..rules import Refused, consulting
from ..rules.consulting import ASKING, Asking
from ..told import fingerprint_of
from ..vocabulary import ANSWER, ApplicantKind, Asked, Opinion
from .common import last_day_of, law_of, printed, tell_applicant, tell_office
from .steps import STEPS

REFERRAL = ASKING[Asked.AUTHORITY].term
MOST_CONTENT = 2000
WORD = ("limit_on", "replied_on", "opinion", "reasons")
FINDING = ("finding", "finding_reasons", "weighed_by", "weighed_at")


@dataclass(frozen=True)
class _Sent:
    """How a letter went out; the fields mean what the arguments of `letters.deliver` mean."""

    manner: str
    sent_on: date
    served_on: date | None
    proof_number: str


@transaction.atomic
def consult(
    case: InformationRequest,
    *,
    party: str,
    content: str,
    contact: str = "",
    email: str = "",
    working_days: int | None = None,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Consultation:
    """Ask one third party in writing (条例第三十二条). Their term runs from receipt; until that is known, from sending.

    The letter names a page on which they may answer without an account; its address also goes to `email`, if there is one.
    `working_days` may differ from the law's only where the body's own law sets the term case by case.
    """
    sent = _Sent(manner, sent_on, served_on, proof_number)
    asking = ASKING[Asked.THIRD_PARTY]
    return _ask(case, asking, party, content, contact, email=email, working_days=working_days, sent=sent, by=by, at=at)


@transaction.atomic
def consult_organ(
    case: InformationRequest,
    *,
    party: str,
    content: str,
    contact: str = "",
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Consultation:
    """Ask an organ that made the information as well (条例第三十四条). Its silence is consent."""
    sent = _Sent(manner, sent_on, served_on, proof_number)
    return _ask(case, ASKING[Asked.CO_MAKER], party, content, contact, sent=sent, by=by, at=at)


@transaction.atomic
def refer(
    case: InformationRequest,
    *,
    party: str,
    content: str,
    contact: str = "",
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Consultation:
    """Ask the authority that settles a doubt (条例第十七条). The limit of the answer runs on; an internal one reminds of it."""
    sent = _Sent(manner, sent_on, served_on, proof_number)
    asked = _ask(case, ASKING[Asked.AUTHORITY], party, content, contact, sent=sent, by=by, at=at)
    if not keeper.running(case, REFERRAL).exists():
        _await_authority(case, sent_on, at=at)
    return asked


def _ask(
    case: InformationRequest,
    asking: Asking,
    party: str,
    content: str,
    contact: str,
    *,
    email: str = "",
    working_days: int | None = None,
    sent: _Sent,
    by: User,
    at: datetime,
) -> Consultation:
    judge(STEPS, asking.verb, case, by=by, at=at)
    party, content = party.strip(), content.strip()
    _may_ask(case, asking, party, content)
    term = term_for(case, asking, working_days)
    started = sent.served_on if asking.from_receipt and sent.served_on else sent.sent_on
    limit = last_day_of(case, term, started, on=local_date(at))
    key = _new_key() if asking.linked else None
    kind, letter_to = wording.ASKING_LETTERS[asking.kind]
    link = f"/requests/opinion/{key}/"
    question = wording.Question(
        party=party,
        content=content,
        words=term.words,
        silence=_silence_words(case, asking),
        link=urljoin(settings.SITE_URL, link) if key else "",
    )
    with taking(STEPS, asking.verb, case, by=by, at=at) as told:
        pausing = _pausing(case, asking, sent.sent_on)  # clocks before the letter series, as every act does: see engine
        letter = letters.compose(case, kind, content=letter_to(case, question), at=at, by=by)
        letters.deliver(letter, **asdict(sent), by=by, at=at)
        asked = Consultation.objects.create(
            request=case,
            kind=asking.kind,
            party=party,
            contact=contact,
            email=email,
            content=content,
            letter=letter,
            key=key,
            key_digest=vault.digest(KEY_PREFIX + key) if key else None,
            asked_by=by,
            sent_on=sent.sent_on,
            served_on=sent.served_on,
            working_days=term.amount,
            limit_on=limit,
        )
        _wait_for(asked, asking, pausing, since=sent.sent_on, by=by, at=at)
        if asking.cause:
            line = f"正在依法{asking.label}" + ("，所需时间不计入答复期限" if pausing else "")
            tell_applicant(case, line, key=f"{asking.verb}:{asked.pk}", at=at)
        if key and email:
            _write_to_party(asked, link, at=at)
        told |= {
            **printed(letter),
            "consultation": asked.pk,
            "asked": asking.kind.value,
            "sent_on": sent.sent_on.isoformat(),
            "served_on": sent.served_on.isoformat() if sent.served_on else None,
            "working_days": term.amount,
            "limit_on": limit.isoformat(),
            "digest": fingerprint_of(asked),
        }
    return asked


def _may_ask(case: InformationRequest, asking: Asking, party: str, content: str) -> None:
    if not party or not content:
        raise Refused(f"请写明{asking.kind.label}的名称和所涉的信息内容。")
    if len(content) > MOST_CONTENT:
        raise Refused(f"所涉的信息内容最多{MOST_CONTENT}字，请删减后再提交。")
    person = case.applicant
    names = {person.name} if person.kind == ApplicantKind.NATURAL else set()
    secret = names | {
        person.identity_number,
        person.phone,
        person.email,
        person.agent_name,
        person.agent_identity_number,
    }
    if any(word and word in content for word in secret):
        raise Refused(
            "函件内容中出现了申请人的姓名、证件号码或者联系方式。被征求意见的一方不应知道申请人是谁，请删去后再提交。"
        )
    if any(one.party == party for one in case.consultations.filter(kind=asking.kind)):
        raise Refused(f"已经向该{asking.kind.label}发过函，不能重复征求。请等待答复，或者在其反馈期限届满后依法决定。")


def term_for(case: InformationRequest, asking: Asking, working_days: int | None = None) -> Term:
    """How long those who are asked have, under the law the request was opened under. Raises Refused for another number of
    days where the law leaves no choice.
    """
    law = law_of(case)
    term = law.term(asking.term)
    per_case = asking.kind == Asked.THIRD_PARTY and law.option("third_party.deadline") == "set_per_case"
    return replace(term, amount=consulting.working_days_for(working_days, statutory=term.amount, per_case=per_case))


def limit_of(asked: Consultation, *, on: date, calendar: Calendar | None = None) -> date:
    """The last day one who is asked may speak, as the calendar known on a day has it. Whoever has spoken keeps what was counted.

    `calendar` is that calendar, for lists that ask for many.
    """
    if asked.replied_on is not None:
        return asked.limit_on
    term = replace(law_of(asked.request).term(ASKING[Asked(asked.kind)].term), amount=asked.working_days)
    if calendar is not None:
        return terms.due(term, _since(asked), calendar).landing
    return last_day_of(asked.request, term, _since(asked), on=on)


def _since(asked: Consultation) -> date:
    """The day their term runs from: of receipt, and while that is not known, of sending."""
    return asked.served_on if ASKING[Asked(asked.kind)].from_receipt and asked.served_on else asked.sent_on


def _theirs(asked: Consultation) -> keeper.Theirs:
    return keeper.Theirs(_since(asked), asked.working_days)


def _silence_words(case: InformationRequest, asking: Asking) -> str:
    law = law_of(case)
    return str(law.option("other_organ.silence" if asking.kind == Asked.CO_MAKER else "third_party.silence"))


def _new_key() -> str:
    """A fresh key to the page of a third party: 125 bits in five groups that can be typed from paper."""
    key = base64.b32encode(secrets.token_bytes(16)).decode()
    return "-".join(key[start : start + 5] for start in range(0, 25, 5))


def _write_to_party(asked: Consultation, link: str, *, at: datetime) -> None:
    notices.post(
        asked.email,
        kind="third_party",
        subject_line=f"{asked.request.body.name}书面征求你方意见，请在规定的期限内反馈",
        about=asked.letter,
        link=link,
        key=f"{asked.request.number}:consult:{asked.pk}:party",
        body=asked.request.body,
        at=at,
    )


# --- the time that does not count -----------------------------------------------------------------------------------------


def _pausing(case: InformationRequest, asking: Asking, since: date) -> list[Clock]:
    """The running clocks, locked, that wait from a day on while such a party is asked. A limit that has passed, the body's own
    promise or the law's, stays passed: the party is asked all the same.
    """
    causes = law_of(case).option("pause.causes")
    wait = asking.cause and asking.cause in causes  # type: ignore[operator]
    clocks = [clock for clock in keeper.locked(case, ANSWER) if clock.started_on <= since <= clock.last_day]
    return [clock for clock in clocks if wait and asking.cause in clock.excludes]


def _wait_for(
    asked: Consultation, asking: Asking, clocks: Iterable[Clock], *, since: date, by: people.Actor, at: datetime
) -> None:
    for clock in clocks:
        keeper.pause(
            clock,
            cause=asking.cause,
            label=asking.label,
            sent=since,
            limit=_theirs(asked),
            reference=str(asked.pk),
            by=by,
            at=at,
        )


def wait_on(case: InformationRequest, *, since: date, by: people.Actor, at: datetime) -> None:
    """The limit of the answer was counted anew from a day while somebody is still being asked: their remaining time does
    not count in the new limit either.
    """
    for asked in case.consultations.unanswered():
        if limit_of(asked, on=local_date(at)) <= since:
            continue
        asking = ASKING[Asked(asked.kind)]
        _wait_for(asked, asking, _pausing(case, asking, since), since=since, by=by, at=at)


def _await_authority(case: InformationRequest, since: date, *, at: datetime) -> None:
    keeper.start(case, law_of(case).term(REFERRAL), weight="internal", started=since, department=case.department, at=at)


def _authority_answered(case: InformationRequest, *, on: date, at: datetime) -> None:
    """The internal limit stops, or runs on from the letter to the next authority that has not answered."""
    for clock in keeper.running(case, REFERRAL):
        keeper.stop(clock, ended_on=on, at=at)
    waiting = case.consultations.unanswered().filter(kind=Asked.AUTHORITY).order_by("sent_on").first()
    if waiting is not None:
        _await_authority(case, waiting.sent_on, at=at)


# --- the word back ------------------------------------------------------------------------------------------------------


@transaction.atomic
def serve_party(asked: Consultation, *, served_on: date, by: User, at: datetime) -> Consultation:
    """The day the other side received the letter is known: its term runs from it (an authority's runs from the letter)."""
    case = asked.request
    judge(STEPS, "serve_party", case, by=by, at=at)
    if not asked.sent_on <= served_on <= local_date(at):
        raise Refused("对方收到日期应在发函日期和今天之间，请核对后重新填写。")
    if asked.replied_on is not None:
        raise Refused("对方已经反馈意见，不需要再登记收到日期。")
    if asked.finding is not None:
        raise Refused("已经按逾期未反馈作出审查结论，不能再改收到日期。")
    with taking(STEPS, "serve_party", case, by=by, at=at) as told:
        asked.served_on = served_on
        asked.limit_on = limit_of(asked, on=local_date(at))
        asked.save(update_fields=("served_on", "limit_on"))
        for pause in _pauses(asked):
            keeper.recap(pause, limit=_theirs(asked), at=at)
        told |= {
            "consultation": asked.pk,
            "asked": asked.kind,
            "served_on": served_on.isoformat(),
            "limit_on": asked.limit_on.isoformat(),
        }
    return asked


@transaction.atomic
def hear(
    asked: Consultation, *, opinion: str, reasons: str, replied_on: date, by: people.Actor, at: datetime
) -> Consultation:
    """Write down what those who were asked say; from the next day the limit runs on. Silence needs no act.

    A word after their limit is heard as well while nothing is decided: it is marked late, gives back no time, and what the
    body made of their silence is made anew. `by` is staff, or the third party on its own page.
    """
    case = asked.request
    judge(STEPS, "hear", case, by=by, at=at)
    if not asked.sent_on <= replied_on <= local_date(at):
        raise Refused("收到意见的日期应在发函日期和今天之间，请核对后重新填写。")
    if asked.replied_on is not None:
        raise Refused("对方的意见已经登记，不能重复登记。")
    if opinion == Opinion.OBJECTS and not reasons.strip():
        raise Refused("不同意公开的，请写明理由，以便判断理由是否合理。")
    with taking(STEPS, "hear", case, by=by, at=at) as told:
        asked.limit_on = limit_of(asked, on=local_date(at))
        asked.replied_on, asked.opinion, asked.reasons = replied_on, opinion, reasons
        asked.finding = asked.finding_reasons = asked.weighed_by = asked.weighed_at = None
        asked.save(update_fields=(*WORD, *FINDING))
        for pause in _pauses(asked):
            keeper.resume(pause, ended_on=max(replied_on, pause.sent_on), at=at)
        if asked.kind == Asked.AUTHORITY:
            _authority_answered(case, on=replied_on, at=at)
        if people.user_of(by) is None:
            tell_office(case, "第三方已在网上反馈意见，请审查", key=f"hear:{asked.pk}", at=at)
        told |= {
            "consultation": asked.pk,
            "asked": asked.kind,
            "opinion": Opinion(opinion).value,
            "replied_on": replied_on.isoformat(),
            "limit_on": asked.limit_on.isoformat(),
            "late": asked.is_late,
            "found": None,
        }
    return asked


def _pauses(asked: Consultation) -> list[Pause]:
    clocks = keeper.running(asked.request, ANSWER)
    cause = ASKING[Asked(asked.kind)].cause
    return list(Pause.objects.filter(clock__in=clocks, cause=cause, reference=str(asked.pk)))

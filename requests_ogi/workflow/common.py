"""What several acts share: the law a request was opened under, its clocks, and who is told."""

from datetime import date, datetime, time
from typing import Any

from portal.clocks import keeper, terms
from portal.clocks.models import Clock, Ended
from portal.letters.models import Letter
from portal.letters.service import Manner as Delivered
from portal.moment import SHANGHAI, local_date
from portal.notices import service as notices
from portal.organisation import people
from portal.organisation.models import Body, Department
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Profile, Term, Unit
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import refuse_stale

from ..models import InformationRequest
from ..rules import Refused, may_serve_electronically
from ..told import fingerprint_of
from ..vocabulary import ANSWER, Channel, Form, Manner
from .steps import STEPS


def law_of(case: InformationRequest) -> Profile:
    """The profile a request was opened under: an old matter keeps its law."""
    return library.profile(case.profile, local_date(case.opened_at))


def rolled(body: Body, received: date, *, filed_at: datetime | None, on: date) -> date:
    """The day of receipt by the disputed rolling convention (law of counting, C4): after hours or on a closed day, the
    next working day. Stored beside the strict date for argument in court; never used for an alarm.
    """
    calendar = calendar_for(scopes_of(body), on=on)
    closes = time.fromisoformat(str(library.profile(body.profile, on).option("office.closes")))
    after_hours = filed_at is not None and filed_at.astimezone(SHANGHAI).time() >= closes
    if calendar.is_working(received) and not after_hours:
        return received
    return calendar.add(received, 1).day


@applies("term answer", "promise answer")
def start_answering(case: InformationRequest, *, at: datetime) -> None:
    """Start the clock of the statutory limit and, where the body promised otherwise, the clock of its promise."""
    law = law_of(case)
    keeper.start(
        case,
        law.term(ANSWER),
        weight="statutory",
        started=case.received_on,
        rolled=case.received_rolled_on,
        department=case.department,
        at=at,
    )
    promise = law.promise(ANSWER)
    if promise is not None:
        keeper.start(case, promise, weight="promise", started=case.received_on, department=case.department, at=at)


def answer_again(case: InformationRequest, *, started: date, at: datetime) -> None:
    """Count the answering limits anew from a day (条例第三十条): clocks superseded while the applicant had the word."""
    for clock in Clock.objects.of(case).filter(duty=ANSWER, ended_as=Ended.SUPERSEDED, followed_by=None):
        keeper.restart(clock, started=started, at=at)


def most_to_extend(case: InformationRequest) -> tuple[int, Unit]:
    """By how much the limit may be lengthened at most, and in which unit: the stricter of the Regulation and the body's own
    document, in the Regulation's unit.
    """
    longest = law_of(case).longest_extension(ANSWER)
    if longest is None:
        raise Refused("本件适用的规定没有延期的办法，不能延期，请在现有期限内答复。")
    return longest.amount, longest.unit


def last_day_of(case: InformationRequest, term: Term, started: date, *, on: date) -> date:
    """The last day of a term that is only looked at, not watched by a clock (provisional where the calendar ends)."""
    return terms.due(term, started, calendar_for(scopes_of(case.body), on=on)).landing


def answer_clock(case: InformationRequest) -> Clock:
    """The running clock of the statutory limit. Raises Clock.DoesNotExist when none runs."""
    return keeper.running(case, ANSWER).get(weight="statutory")


def limit_to_keep(case: InformationRequest) -> Clock:
    """The running clock of the statutory limit, for an act that must keep it. Raises SomebodyWasFirst, or Refused if none runs."""
    clock = keeper.running(case, ANSWER).filter(weight="statutory").first()
    if clock is None:
        refuse_stale(InformationRequest.objects.get(pk=case.pk), edition=case.edition)
        raise Refused("本件的答复期限目前没有计算，不能办理这一步。请返回本件查看最新情况。")
    return clock


def hand_clocks_over(case: InformationRequest, department: Department | None) -> None:
    """Reminders follow the department that has the request."""
    for clock in keeper.running(case, ANSWER):
        keeper.hand_over(clock, department)


def stop_clocks(case: InformationRequest, *duties: str, ended_on: date, at: datetime, as_: str | None = None) -> None:
    """Stop the running clocks of these duties (all, if none is named); met or late is settled here unless `as_` says else."""
    for clock in keeper.running(case):
        if not duties or clock.duty in duties:
            keeper.stop(clock, ended_on=ended_on, as_=as_, at=at)


def tell_office(case: InformationRequest, line: str, *, key: str, at: datetime) -> None:
    """A word to the 公开办: the people who distribute requests."""
    for user in STEPS.office_of(case.body, at=at):
        _tell(user, case, line, key=key, at=at)


def tell_department(case: InformationRequest, line: str, *, key: str, at: datetime) -> None:
    """A word to the people of the department that has the request."""
    for user in STEPS.department_of(case.body, case.department, at=at):
        _tell(user, case, line, key=key, at=at)


def tell_approvers(case: InformationRequest, line: str, *, key: str, at: datetime) -> None:
    """A word to those who may approve."""
    for user in STEPS.above_in(case.body, at=at):
        _tell(user, case, line, key=key, at=at)


def _tell(user: object, case: InformationRequest, line: str, *, key: str, at: datetime) -> None:
    notices.post(
        user,
        kind="request",
        subject_line=f"{case.number} {line}",
        about=case,
        link=f"/admin/requests/{case.number}/",
        key=f"{case.number}:{key}:{user.pk}",  # type: ignore[attr-defined]
        body=case.body,
        at=at,
    )


def tell_applicant(case: InformationRequest, line: str, *, key: str, at: datetime) -> None:
    """A word by e-mail, where the applicant gave an address and did not switch it off: number and what happened, no content."""
    address = case.applicant.email
    if address and case.applicant.email_wanted:
        notices.post(
            address,
            kind="applicant",
            subject_line=f"政府信息公开申请（{case.number}）：{line}",
            text=(
                f"您好！您向{case.body.name}提出的政府信息公开申请（编号{case.number}）：{line}。\n"
                "请凭申请编号和查询码在本网站“查询办理进度”栏目查看。查询码请妥善保管，工作人员不会向您索要。"
            ),
            about=case,
            link="/requests/track/",
            key=f"{case.number}:{key}:applicant",
            body=case.body,
            at=at,
        )


def printed(letter: Letter) -> dict[str, str]:
    """What the ledger is told of a letter: its number, and the hash of the very paper, so that it cannot be exchanged."""
    return {"letter": letter.number, "sha256": letter.file.sha256}


def told_of_filing(case: InformationRequest) -> dict[str, Any]:
    """What the ledger is told of a request as it was filed: the days that fix its limits, and a fingerprint of the words."""
    days = {name: getattr(case, name) for name in ("arrived_on", "signed_on", "confirmed_on", "received_on")}
    return {
        "channel": Channel(case.channel).value,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "form": Form(case.form).value,
        "wanted_manner": Manner(case.manner).value,
        "digest": fingerprint_of(case),
    }


def through(by: people.Actor) -> str:
    """How word from the applicant came: by the code they hold, or through a member of staff who wrote it down."""
    return "code" if people.user_of(by) is None else "staff"


def chose_electronic(case: InformationRequest) -> bool:
    """Whether the applicant chose to be answered electronically."""
    return case.manner in {Manner.ONLINE, Manner.EMAIL}


def judge_manner(case: InformationRequest, manner: str) -> None:
    """Raise Refused unless a letter may go out this way: electronically only to who chose that."""
    if manner == Delivered.ELECTRONIC:
        may_serve_electronically(chosen_electronic=chose_electronic(case))

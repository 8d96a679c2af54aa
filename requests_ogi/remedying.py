"""What a citizen may do against an answer, or against silence: the way, the body, the last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.clocks import terms
from portal.clocks.models import Clock, Weight
from portal.moment import chinese_date, local_date
from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.registry import carries
from portal.regulations.schema import Profile
from portal.workdays.service import calendar_for, scopes_of

from .limit_lines import latest
from .models import InformationRequest
from .vocabulary import ANSWER, OPEN_STATES, Outcome, State


@dataclass(frozen=True)
class Remedy:
    """What a citizen may do against an answer or against silence. `ways` are whole sentences."""

    title: str
    lead: str
    ways: tuple[str, ...]
    url: str = ""


def remedies_of(case: InformationRequest, clocks: Iterable[Clock], *, at: datetime) -> Remedy | None:
    """The remedy there is now: against the answer once it was served, against silence once the limit has passed."""
    today = local_date(at)
    if case.state in {State.SERVED, State.CLOSED} and case.outcome != Outcome.WITHDRAWN:
        return _against_answer(case)
    clock = latest(clocks, ANSWER, Weight.STATUTORY)
    if case.state in OPEN_STATES and clock is not None and clock.is_overdue(at=at) and not clock.provisional:
        return _against_silence(case.body, library.profile(case.profile, today), clock)
    return None


@carries("ARL-20", "ARL-23", "ALL-46")
def _against_answer(case: InformationRequest) -> Remedy | None:
    remedy, day, body = case.answer.remedy, case.answered_on, case.body
    if remedy == "R0":
        return None
    law = library.profile(case.profile, day)
    review = f"向{body.reconsideration_authority}申请行政复议"
    until = _last_day(law, "reconsideration", body, day)
    length = law.term("reconsideration").words
    after = law.term("litigation_after_review").words
    counted = f"按{chinese_date(day)}送达计算，最后一日{until}"
    if remedy == "R1":
        return Remedy(
            "对答复不服怎么办",
            "对不予公开的答复，法律规定应当先申请行政复议。",
            (
                f"自收到答复之日起{length}内，{review}（{counted}）。",
                f"对行政复议决定不服的，自收到决定书之日起{after}内，可以向人民法院起诉。",
            ),
            body.reconsideration_url,
        )
    return Remedy(
        "对答复不服怎么办",
        "下面两种途径可以任选一种。",
        (
            f"自收到答复之日起{length}内，{review}（{counted}）。",
            f"自知道答复之日起{law.term('litigation_direct').words}内，向{body.litigation_court}提起行政诉讼"
            f"（按{chinese_date(day)}送达计算，最后一日{_last_day(law, 'litigation_direct', body, day)}）。",
        ),
        body.reconsideration_url,
    )


@carries("ARL-11", "ARL-23")
def _against_silence(body: Body, law: Profile, clock: Clock) -> Remedy:
    """Reconsideration first is always safe; whether one may go to court at once is disputed and a matter of sign-off."""
    day = clock.last_day
    until = _last_day(law, "reconsideration", body, day)
    ways = [
        f"拨打受理机构电话{body.phone}（{body.office_hours}）催办。",
        f"向{body.reconsideration_authority}申请行政复议，请求责令答复"
        f"（自答复期限届满之日起{law.term('reconsideration').words}内，最后一日{until}）。",
    ]
    if law.option("sign_off.silence") == "choice":
        ways.append(
            f"也可以自答复期限届满之日起{law.term('litigation_direct').words}内，向{body.litigation_court}提起行政诉讼。"
        )
    else:
        ways.append("不服复议决定，或者复议机关逾期不作决定的，可以再向人民法院起诉。先申请行政复议始终是稳妥的做法。")
    return Remedy(
        "答复期限已过，您可以这样做",
        f"法定答复期限已于{chinese_date(day)}届满，本机关尚未答复，为此向您致歉。",
        tuple(ways),
        body.reconsideration_url,
    )


def _last_day(law: Profile, term: str, body: Body, start: date) -> str:
    due = terms.due(law.term(term), start, calendar_for(scopes_of(body), on=start))
    return f"预计为{chinese_date(due.landing)}" if due.provisional else f"为{chinese_date(due.landing)}"

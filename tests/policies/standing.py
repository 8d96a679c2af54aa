"""A request in every state, as of the rehearsed day: what stands behind the doors of the access policy."""

from collections.abc import Callable
from datetime import date

from portal.organisation import people
from requests_ogi import secrets, workflow
from requests_ogi.filing import Arrival, Upload
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Channel
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, PNG, applied, approved, assigned, at, filing, served, submitted

DAY = "2025-03-05"
MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)


def registered(cast: Cast) -> InformationRequest:
    """Came by fax today; the applicant has not confirmed it yet."""
    arrival = Arrival(Channel.FAX, WEDNESDAY)
    return workflow.register(
        body=cast.body,
        filing=filing(arrival=arrival),
        submission_key=secrets.new_key(),
        by=cast.chen,
        at=at(WEDNESDAY, 9),
    )


def received(cast: Cast) -> InformationRequest:
    return applied(cast.body, MONDAY)


def in_hand(cast: Cast) -> InformationRequest:
    return assigned(cast, MONDAY)


def drafted(cast: Cast) -> InformationRequest:
    case = assigned(cast, MONDAY)
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=cast.li, at=at(TUESDAY))
    return case


def completing(cast: Cast) -> InformationRequest:
    case = assigned(cast, MONDAY)
    asked = {"items": "请明确年度", "working_days": 10, "manner": "electronic", "sent_on": TUESDAY}
    workflow.ask_completion(case, **asked, by=cast.chen, at=at(TUESDAY))
    return case


def consulting(cast: Cast) -> InformationRequest:
    case = assigned(cast, MONDAY)
    asked = {"party": "某某公司", "content": "成本数据", "manner": "post", "proof_number": "X1", "sent_on": TUESDAY}
    workflow.consult(case, **asked, by=cast.he, at=at(TUESDAY))
    return case


def waiting(cast: Cast) -> InformationRequest:
    """Waits for approval."""
    return submitted(cast, MONDAY)


def signed(cast: Cast) -> InformationRequest:
    """Approved, not yet served."""
    return approved(cast, MONDAY)


def answered(cast: Cast) -> InformationRequest:
    return served(cast, TUESDAY)


def withdrawn(cast: Cast) -> InformationRequest:
    return workflow.withdraw(assigned(cast, MONDAY), by=people.APPLICANT, at=at(TUESDAY))


def closed(cast: Cast) -> InformationRequest:
    """Sealed, with a file that the applicant handed in."""
    case = served(cast, TUESDAY, uploads=(Upload(name="线索.png", data=PNG, purpose="description"),))
    workflow.close(case, by=cast.chen, at=at(TUESDAY, 18))
    return case


STATES: dict[str, Callable[[Cast], InformationRequest]] = {
    state.__name__: state
    for state in (
        *(registered, received, in_hand, drafted, consulting, completing),
        *(waiting, signed, answered, withdrawn, closed),
    )
}

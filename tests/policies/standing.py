"""A request in every state, as of the rehearsed day: what stands behind the doors of the access policy."""

from collections.abc import Callable
from datetime import date

from portal.organisation import people
from requests_ogi import secrets, workflow
from requests_ogi.filing import Arrival, Upload
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Channel
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, PNG, applied, approved, assigned, at, filing, review, served, submitted
from tests.materials import photograph
from tests.requests_ogi import remedies
from tests.requests_ogi.remedies import sealed

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


def in_need(cast: Cast) -> InformationRequest:
    """The applicant cannot read well."""
    return assigned(cast, MONDAY, help_needed="reading")


def drafted(cast: Cast) -> InformationRequest:
    case = assigned(cast, MONDAY)
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=cast.li, at=at(TUESDAY))
    review(case, cast, at(TUESDAY, 11))
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


def objected(cast: Cast) -> InformationRequest:
    """The third party has answered no; nobody has weighed that yet."""
    asked = consulting(cast).consultations.select_related("request").get()
    said = {"opinion": "objects", "reasons": "属于商业秘密", "replied_on": TUESDAY}
    return workflow.hear(asked, **said, by=cast.chen, at=at(TUESDAY, 11)).request


def overridden(cast: Cast) -> InformationRequest:
    """Approved for release against the third party's word, which has not been told yet."""
    asked = objected(cast).consultations.select_related("request").get()
    workflow.weigh(asked, finding="override", reasons="涉及重大公共利益", by=cast.he, at=at(TUESDAY, 12))
    case = InformationRequest.objects.get(pk=asked.request_id)
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=cast.li, at=at(TUESDAY, 13))
    review(case, cast, at(TUESDAY, 14))
    workflow.submit(case, by=cast.li, at=at(TUESDAY, 15))
    workflow.approve(case, by=cast.ma, at=at(TUESDAY, 16))
    return case


def waiting(cast: Cast) -> InformationRequest:
    """Waits for approval."""
    return submitted(cast, MONDAY)


def signed(cast: Cast) -> InformationRequest:
    """Approved, not yet served."""
    return approved(cast, MONDAY)


def answered(cast: Cast) -> InformationRequest:
    return served(cast, TUESDAY)


def posted(cast: Cast) -> InformationRequest:
    """Answered by post."""
    case = approved(cast, MONDAY, manner="post")
    how = {"manner": "post", "sent_on": MONDAY, "proof_number": "XA1"}
    return workflow.serve(case, **how, by=cast.chen, at=at(MONDAY, 17))


def withdrawn(cast: Cast) -> InformationRequest:
    return workflow.withdraw(assigned(cast, MONDAY), by=people.APPLICANT, at=at(TUESDAY))


def closed(cast: Cast) -> InformationRequest:
    """Sealed, with a file that the applicant handed in, and one that was given."""
    given = (Upload(name="安排表.png", data=photograph("PNG"), purpose="material"),)
    case = served(cast, TUESDAY, uploads=(Upload(name="线索.png", data=PNG, purpose="description"),), materials=given)
    workflow.close(case, by=cast.chen, at=at(TUESDAY, 18))
    return case


def withheld(cast: Cast) -> InformationRequest:
    """A refusal, sealed."""
    return sealed(cast, TUESDAY.isoformat())


def reassessed(cast: Cast) -> InformationRequest:
    """A refusal that the office has looked at again."""
    case = withheld(cast)
    workflow.reassess(case, verdict="now_public", reason="情势变化", by=cast.chen, at=at(TUESDAY, 19))
    return case


def publishable(cast: Cast) -> InformationRequest:
    """A refusal that may be public now, and is not yet."""
    case = reassessed(cast)
    workflow.reevaluate(case, verdict="now_public", reason="情势变化", by=cast.he, at=at(TUESDAY, 20))
    return case


def challenged(cast: Cast) -> InformationRequest:
    """A refusal that went to reconsideration."""
    case = withheld(cast)
    remedies.challenged(cast, case, WEDNESDAY.isoformat())
    return case


def corrected(cast: Cast) -> InformationRequest:
    """A refusal that was corrected on reconsideration."""
    case = withheld(cast)
    remedies.corrected(cast, case, WEDNESDAY.isoformat())
    return case


PUBLISHED_TEXTS = {"title": "专项资金安排表", "question": "安排情况", "answer": "已经提供。"}


def proposed(cast: Cast) -> InformationRequest:
    """Answered, and put up for publication."""
    case = served(cast, TUESDAY)
    workflow.propose_publication(case, **PUBLISHED_TEXTS, by=cast.chen, at=at(TUESDAY, 18))
    return case


def published(cast: Cast) -> InformationRequest:
    """Answered, and the answer published for everybody."""
    case = proposed(cast)
    workflow.check_privacy(case, by=cast.he, at=at(TUESDAY, 19))
    return case


def many(cast: Cast) -> InformationRequest:
    """The eleventh request of one applicant in one month."""
    for _ in range(10):
        applied(cast.body, MONDAY)
    return in_hand(cast)


def paying(cast: Cast) -> InformationRequest:
    """A notice of a fee has been posted; when it arrived is not known yet."""
    case = many(cast)
    how = {"basis": "per_item", "beyond_reason": True, "why": "本月申请11件", "manner": "post", "proof_number": "XA1"}
    workflow.charge(case, **how, sent_on=TUESDAY, by=cast.he, at=at(TUESDAY))
    return case


def paid(cast: Cast) -> InformationRequest:
    case = paying(cast)
    receipt = {"amount": 100, "receipt_number": "宁财1", "paid_on": TUESDAY}
    workflow.record_payment(case, **receipt, by=cast.chen, at=at(TUESDAY, 15))
    return case


def reasoning(cast: Cast) -> InformationRequest:
    """The applicant has been asked for reasons."""
    case = many(cast)
    how = {"beyond_reason": True, "why": "本月申请11件", "working_days": 5, "manner": "electronic"}
    workflow.ask_reasons(case, **how, sent_on=TUESDAY, by=cast.he, at=at(TUESDAY))
    return case


STATES: dict[str, Callable[[Cast], InformationRequest]] = {
    state.__name__: state
    for state in (
        *(registered, received, in_hand, in_need, drafted, consulting, objected, overridden, completing),
        *(waiting, signed, answered, posted, withdrawn, closed),
        *(withheld, reassessed, publishable, challenged, corrected),
        *(proposed, published),
        *(many, paying, paid, reasoning),
    )
}

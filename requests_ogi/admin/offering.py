"""Which acts a page offers: what the state and the posts allow, less what the facts already rule out.

An act that is not offered here is refused by the workflow as well; this only keeps a hopeless button off the page.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation.models import User
from portal.organisation.roles import Reach
from portal.workflow.engine import Step

from ..models import CompletionRound, InformationRequest
from ..vocabulary import ANSWER, COMPLETION, COMPLETION_NOTICE
from ..workflow import STEPS
from ..workflow.common import last_day_of, law_of
from .acts import ACTS

Reaches = dict[str, Reach]
_PLACES = {verb: place for place, verb in enumerate(ACTS)}


def offered(
    case: InformationRequest, *, user: User, reaches: Reaches, clocks: Sequence[Clock], at: datetime
) -> Iterator[Step]:
    """The steps to be shown as buttons, in the order of `ACTS`. `clocks` are all of the case."""
    facts = _Facts(case, user, clocks, at)
    for step in sorted(STEPS.open_to(case, reaches), key=lambda step: _PLACES[step.verb]):
        hopeful = getattr(facts, step.verb, None)
        if hopeful is None or hopeful():
            yield step


class _Facts:
    """What speaks for or against an act, by its verb; asked only for acts that state and post allow."""

    def __init__(self, case: InformationRequest, user: User, clocks: Sequence[Clock], at: datetime) -> None:
        self.case, self.user, self.clocks, self.at = case, user, clocks, at

    def _running(self, duty: str) -> Clock | None:
        return next((one for one in self.clocks if one.duty == duty and one.stopped_at is None), None)

    def _newest(self) -> Any:
        if not hasattr(self, "_draft"):
            self._draft = self.case.drafts.order_by("-version").first()
        return self._draft

    def ask_completion(self) -> bool:
        case, today = self.case, local_date(self.at)
        if CompletionRound.objects.filter(request=case).exists() or case.received_on is None:
            return False
        return today <= last_day_of(case, law_of(case).term(COMPLETION_NOTICE), case.received_on, on=today)

    def lapse(self) -> bool:
        clock = self._running(COMPLETION)
        return clock is not None and local_date(self.at) > clock.last_day

    def serve_party(self) -> bool:
        return self.case.consultations.filter(replied_on__isnull=True, served_on__isnull=True).exists()

    def hear(self) -> bool:
        return self.case.consultations.filter(replied_on__isnull=True).exists()

    def submit(self) -> bool:
        newest = self._newest()
        return newest is not None and newest.sent_back_at is None

    def approve(self) -> bool:
        newest = self._newest()
        return newest is not None and self.user.pk not in newest.authors

    def extend(self) -> bool:
        clock = self._running(ANSWER)
        return (
            clock is not None
            and not clock.provisional
            and not clock.is_overdue(at=self.at)
            and not any(one.extensions.all() for one in self.clocks if one.duty == ANSWER and one.stopped_at is None)
        )

"""Which acts a page offers: what the state and the posts allow, less what the facts already rule out.

An act that is not offered here is refused by the workflow as well; this only keeps a hopeless button off the page.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from portal.clocks.models import Clock
from portal.letters.service import Manner as ServiceManner
from portal.moment import local_date
from portal.organisation.models import User
from portal.organisation.roles import Reach
from portal.workflow.engine import Step

from .. import counting
from ..models import Anonymisation, CompletionRound, FeeNotice, InformationRequest, ReasonsAsked, ReEvaluation
from ..rules.fees import PAGED_OUTCOMES
from ..rules.interim import SUSPENDING
from ..rules.secrecy import RELEASING
from ..vocabulary import ANSWER, COMPLETION, COMPLETION_NOTICE, FEE_PAYMENT, RE_EVALUATION, Verdict
from ..workflow import STEPS, kept_until
from ..workflow.common import last_day_of, law_of
from ..workflow.signing_off import CAUSES, POSTPONED, chosen
from ..workflow.suspending import standing, was_referred
from ..workflow.volume import remarkable
from ..workflow.weighing import owed, untold
from .acts import ACTS, Group

Reaches = dict[str, Reach]
_PLACES = {verb: (list(Group).index(deed.group), place) for place, (verb, deed) in enumerate(ACTS.items())}


def offered(
    case: InformationRequest, *, user: User, reaches: Reaches, clocks: Sequence[Clock], at: datetime
) -> Iterator[Step]:
    """The steps to be shown as buttons, group by group, within each in the order of `ACTS`. `clocks` are all of the case."""
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
        return clock is not None and not clock.provisional and local_date(self.at) > clock.last_day

    def _fee(self) -> FeeNotice | None:
        if not hasattr(self, "_fee_notice"):
            self._fee_notice = FeeNotice.objects.filter(request=self.case).first()
        return self._fee_notice

    def _asked(self) -> ReasonsAsked | None:
        if not hasattr(self, "_reasons_asked"):
            self._reasons_asked = ReasonsAsked.objects.filter(request=self.case).first()
        return self._reasons_asked

    def _many(self) -> bool:
        if not hasattr(self, "_remarkable"):
            self._remarkable = remarkable(self.case, counting.month_of(self.case).volume)
        return self._remarkable

    def charge(self) -> bool:
        law, clock = law_of(self.case), self._running(ANSWER)
        return (
            bool(law.fees)
            and law.option("fee.charged_from") != "never"
            and self._fee() is None
            and clock is not None
            and not clock.is_overdue(at=self.at)
            and (self._many() or getattr(self._newest(), "outcome", "") in PAGED_OUTCOMES)
        )

    def serve_fee(self) -> bool:
        fee = self._fee()
        return fee is not None and fee.served_on is None

    def lapse_fee(self) -> bool:
        clock = self._running(FEE_PAYMENT)
        return clock is not None and not clock.provisional and local_date(self.at) > clock.last_day

    def refund(self) -> bool:
        fee = self._fee()
        return fee is not None and fee.paid_on is not None and fee.refunded_on is None

    def ask_reasons(self) -> bool:
        clock = self._running(ANSWER)
        return clock is not None and not clock.is_overdue(at=self.at) and self._asked() is None and self._many()

    def hear_reasons(self) -> bool:
        asked = self._asked()
        return asked is not None and asked.answered_on is None

    def delay(self) -> bool:
        asked, clock = self._asked(), self._running(ANSWER)
        return (
            asked is not None
            and asked.answered_on is not None
            and asked.delayed_on is None
            and clock is not None
            and not clock.is_overdue(at=self.at)
        )

    def serve_party(self) -> bool:
        return self.case.consultations.unanswered().filter(served_on__isnull=True).exists()

    def hear(self) -> bool:
        return self.case.consultations.unanswered().exists()

    def weigh(self) -> bool:
        return bool(owed(self.case, at=self.at))

    def notify_party(self) -> bool:
        return untold(self.case).exists()

    def suspend(self) -> bool:
        causes = chosen(self.case, CAUSES, on=local_date(self.at))
        return isinstance(causes, tuple) and bool(set(causes) & set(SUSPENDING)) and standing(self.case) is None

    def take_up(self) -> bool:
        return standing(self.case) is not None

    def postpone(self) -> bool:
        return (
            chosen(self.case, POSTPONED, on=local_date(self.at)) is True
            and not hasattr(self.case, "postponement")
            and was_referred(self.case)
        )

    def return_post(self) -> bool:
        return self.case.answered_by == ServiceManner.POST

    def review_secrecy(self) -> bool:
        newest = self._newest()
        return (
            newest is not None
            and newest.sent_back_at is None
            and newest.outcome in RELEASING
            and self.user.pk not in newest.authors
        )

    def restore(self) -> bool:
        return self.case.withheld.standing().exists()

    def remove(self) -> bool:
        return self.case.materials.standing().exists()

    def reassess(self) -> bool:
        return self._running(RE_EVALUATION) is not None and not self._proposed()

    def reevaluate(self) -> bool:
        return any(one.proposed_by_id != self.user.pk for one in self._proposed())

    def release(self) -> bool:
        return self.case.reevaluations.filter(verdict=Verdict.NOW_PUBLIC, released_on__isnull=True).exists()

    def nominate(self) -> bool:
        return not self._nominated() and kept_until(self.case, on=local_date(self.at)) < local_date(self.at)

    def anonymise(self) -> bool:
        row = self._nominated()
        return row is not None and row.done_at is None and row.nominated_by_id != self.user.pk

    def _nominated(self) -> Anonymisation | None:
        return Anonymisation.objects.filter(request=self.case).first()

    def _proposed(self) -> list[ReEvaluation]:
        if not hasattr(self, "_open_rounds"):
            self._open_rounds = list(self.case.reevaluations.filter(decided_at__isnull=True))
        return self._open_rounds

    def _published(self) -> Any:
        return getattr(self.case, "publication", None)

    def propose_publication(self) -> bool:
        published = self._published()
        return self.case.answered_on is not None and (published is None or published.checked_at is None)

    def check_privacy(self) -> bool:
        published, newest = self._published(), self._newest()
        mine = published is not None and published.proposed_by_id == self.user.pk
        wrote = newest is not None and self.user.pk in newest.authors
        return published is not None and published.checked_at is None and not mine and not wrote

    def withdraw_publication(self) -> bool:
        published = self._published()
        return published is not None and published.is_public

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
            and clock.extension_most is not None
            and not any(one.extensions.all() for one in self.clocks if one.duty == ANSWER)
        )

    def help(self) -> bool:
        return bool(self.case.help_needed)

"""Looking again at what was withheld (条例第十八条). The sealed dossier stays as it is; only the clock and a row move on."""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.workflow.engine import judge, taking

from ..models import InformationRequest, ReEvaluation
from ..rules import Refused, reevaluating
from ..vocabulary import RE_EVALUATION, Verdict
from .common import tell_approvers, tell_office
from .steps import STEPS


@applies("term re_evaluation")
def start_reevaluation(
    case: InformationRequest, *, started: date, at: datetime, follows: Clock | None = None
) -> Clock | None:
    """Start the time until withheld information is looked at again, under the law of the day; None where the law knew none."""
    law = library.profile(case.profile, started)
    if RE_EVALUATION not in law.terms:
        return None
    return keeper.start(case, law.term(RE_EVALUATION), weight="internal", started=started, follows=follows, at=at)


def look_again_later(case: InformationRequest, *, on: date, at: datetime) -> None:
    """An answer was served: if it withholds something, its periodic evaluation begins."""
    if reevaluating.is_looked_at_again(case.outcome):
        start_reevaluation(case, started=on, at=at)


@transaction.atomic
def reassess(case: InformationRequest, *, verdict: str, reason: str, by: User, at: datetime) -> ReEvaluation:
    """The office looks at the withheld information and proposes what becomes of it; the director decides."""
    judge(STEPS, "reassess", case, by=by, at=at)
    clock = keeper.running(case, RE_EVALUATION).first()
    waiting = case.reevaluations.filter(decided_at__isnull=True).exists()
    due_on = reevaluating.may_reassess(due_on=clock.last_day if clock else None, waiting=waiting, reason=reason)
    with taking(STEPS, "reassess", case, by=by, at=at) as told:
        proposed = ReEvaluation.objects.create(
            request=case,
            round=case.reevaluations.count() + 1,
            due_on=due_on,
            proposed=Verdict(verdict),
            proposed_reason=reason,
            proposed_by=by,
            proposed_at=at,
        )
        tell_approvers(case, "不予公开信息的定期评估意见待审定", key=f"reassess:{proposed.round}", at=at)
        told |= {"round": proposed.round, "verdict": Verdict(verdict).label, "due_on": due_on.isoformat()}
    return proposed


@transaction.atomic
def reevaluate(case: InformationRequest, *, verdict: str, reason: str, by: User, at: datetime) -> ReEvaluation:
    """Decide the round: still withheld starts the next period; what may be public now goes to the office to be published."""
    judge(STEPS, "reevaluate", case, by=by, at=at)
    proposed = case.reevaluations.filter(decided_at__isnull=True).first()
    if proposed is None:
        raise Refused("本件还没有待审定的评估意见，请先由政务公开办公室提出。")
    reevaluating.may_reevaluate(proposer=proposed.proposed_by_id, decider=by.pk, verdict=verdict, reason=reason)
    today = local_date(at)
    with taking(STEPS, "reevaluate", case, by=by, at=at) as told:
        proposed.verdict, proposed.reason = Verdict(verdict), reason
        proposed.decided_by, proposed.decided_at = by, at
        proposed.save(update_fields=("verdict", "reason", "decided_by", "decided_at"))
        told |= {"round": proposed.round, "verdict": Verdict(verdict).label}
        for clock in keeper.locked(case, RE_EVALUATION):
            keeper.stop(clock, ended_on=today, at=at)
            if verdict == Verdict.STILL_WITHHELD:
                following = start_reevaluation(case, started=today, follows=clock, at=at)
                told["next"] = following.last_day.isoformat() if following else None
        if verdict == Verdict.NOW_PUBLIC:
            tell_office(case, "经定期评估可以公开，请安排主动公开", key=f"reevaluate:{proposed.round}", at=at)
    return proposed


@transaction.atomic
def release(case: InformationRequest, *, released_on: date, where: str, by: User, at: datetime) -> ReEvaluation:
    """Write down where and when the information came out; with that the evaluation is at its end."""
    judge(STEPS, "release", case, by=by, at=at)
    decided = case.reevaluations.filter(verdict=Verdict.NOW_PUBLIC, released_on__isnull=True).first()
    if decided is None or decided.decided_at is None:
        raise Refused("本件没有经评估可以公开而尚未公开的信息，不需要登记。")
    reevaluating.may_release(
        decided_on=local_date(decided.decided_at), released_on=released_on, today=local_date(at), where=where
    )
    with taking(STEPS, "release", case, by=by, at=at) as told:
        decided.released_on, decided.released_where = released_on, where.strip()
        decided.save(update_fields=("released_on", "released_where"))
        told |= {"round": decided.round, "released_on": released_on.isoformat()}
    return decided

"""Looking again at what was withheld: a clock that outlives the dossier, a proposal, a decision by somebody else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.archive.models import Dossier
from portal.clocks import keeper, sweeping
from portal.clocks.models import Clock
from portal.notices.models import Notice
from portal.refusal import Refusal
from portal.workflow.engine import SomebodyWasFirst
from portal.workflow.tasks import Announcing
from requests_ogi import workflow
from requests_ogi.models import InformationRequest, ReEvaluation
from requests_ogi.rules.reevaluating import is_looked_at_again
from requests_ogi.verifying import differences
from requests_ogi.vocabulary import Outcome, Verdict
from requests_ogi.workflow.reevaluating import start_reevaluation
from tests.cast import Cast
from tests.factories import at, served

from .remedies import D, refused, sealed

REASON = "不予公开的依据仍然成立。"


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def now_of(case: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.get(pk=case.pk)


def clocks_of(case: InformationRequest) -> list[Clock]:
    return list(Clock.objects.of(case).filter(duty="re_evaluation"))


def proposed(nx: Cast, case: InformationRequest, day: str, verdict: str = "still_withheld") -> InformationRequest:
    workflow.reassess(now_of(case), verdict=verdict, reason=REASON, by=nx.chen, at=at(day))
    return now_of(case)


def decided(nx: Cast, case: InformationRequest, day: str, verdict: str = "still_withheld") -> ReEvaluation:
    return workflow.reevaluate(now_of(case), verdict=verdict, reason=REASON, by=nx.he, at=at(day, 15))


@pytest.mark.rule("REG-18")
def test_a_refusal_is_due_to_be_looked_at_after_a_year_and_a_grant_never(nx: Cast) -> None:
    refusal, grant = refused(nx, "2025-03-03"), served(nx, "2025-03-03")

    (clock,) = clocks_of(refusal)
    assert (clock.last_day, clock.weight, clock.provisional) == (D("2026-03-03"), "internal", False)
    assert clocks_of(grant) == []


@pytest.mark.rule("REG-18")
def test_the_clock_outlives_the_sealed_dossier_reminds_the_office_and_can_be_replayed(nx: Cast) -> None:
    case = sealed(nx, "2025-03-03")

    sweeping.sweep(at=at("2026-03-02"), announce=Announcing(at("2026-03-02")))

    words = Notice.objects.filter(subject_line__contains="定期评估")
    assert {notice.user for notice in words} == {nx.chen, nx.he}
    assert keeper.replay_all(at=at("2026-03-02")) == []
    assert list(differences(nx.body)) == []
    assert keeper.running(case, "re_evaluation").exists()


@pytest.mark.rule("REG-18")
def test_still_withheld_starts_the_next_period_and_leaves_the_dossier_alone(nx: Cast) -> None:
    case = sealed(nx, "2025-03-03")
    before = Dossier.objects.values().get(subject_id=str(case.pk))

    decided(nx, proposed(nx, case, "2026-02-24"), "2026-02-25")

    first, second = clocks_of(case)
    assert (first.ended_as, second.follows, second.last_day) == ("met", first, D("2027-02-25"))
    assert Dossier.objects.values().get(subject_id=str(case.pk)) == before
    assert (now_of(case).state, now_of(case).closed_at) == (case.state, case.closed_at)
    assert list(differences(nx.body)) == []


@pytest.mark.rule("REG-18")
def test_what_may_be_public_waits_to_be_published_and_starts_no_period(nx: Cast) -> None:
    case = sealed(nx, "2025-03-03")

    one = decided(nx, proposed(nx, case, "2026-03-05", "now_public"), "2026-03-06", "now_public")

    assert [clock.ended_as for clock in clocks_of(case)] == ["late"]
    assert Notice.objects.filter(user=nx.chen, subject_line__contains="安排主动公开").exists()
    workflow.release(now_of(case), released_on=D("2026-03-09"), where="平台专栏", by=nx.chen, at=at("2026-03-09"))
    one.refresh_from_db()
    assert (one.released_on, one.released_where) == (D("2026-03-09"), "平台专栏")


@pytest.mark.rule("REG-18")
def test_nobody_decides_on_the_own_proposal(nx: Cast) -> None:
    case = proposed(nx, refused(nx, "2025-03-03"), "2026-02-24")
    ReEvaluation.objects.update(proposed_by=nx.he)

    with pytest.raises(Refusal, match="由您提出"):
        decided(nx, case, "2026-02-25")
    one = ReEvaluation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReEvaluation.objects.filter(pk=one.pk).update(
            verdict=Verdict.NOW_PUBLIC, reason=REASON, decided_by=nx.he, decided_at=at("2026-02-25")
        )


def test_one_proposal_at_a_time_with_a_reason_and_only_where_something_was_withheld(nx: Cast) -> None:
    case = refused(nx, "2025-03-03")

    with pytest.raises(Refusal, match="理由"):
        workflow.reassess(case, verdict="still_withheld", reason=" ", by=nx.chen, at=at("2026-02-24"))
    proposed(nx, case, "2026-02-24")
    with pytest.raises(Refusal, match="不能重复"):
        proposed(nx, case, "2026-02-24")
    with pytest.raises(Refusal, match="没有需要定期评估"):
        proposed(nx, served(nx, "2025-03-03"), "2026-02-24")


def test_nothing_is_decided_or_released_out_of_order(nx: Cast) -> None:
    case = refused(nx, "2025-03-03")

    with pytest.raises(Refusal, match="先由政务公开办公室提出"):
        decided(nx, case, "2026-02-25")
    with pytest.raises(Refusal, match="尚未公开"):
        workflow.release(case, released_on=D("2026-03-09"), where="平台专栏", by=nx.chen, at=at("2026-03-09"))


@pytest.mark.parametrize(("day", "where"), [("2026-03-05", "专栏"), ("2026-03-10", "专栏"), ("2026-03-09", "　")])
def test_a_release_that_cannot_be_is_refused(nx: Cast, day: str, where: str) -> None:
    case = refused(nx, "2025-03-03")
    decided(nx, proposed(nx, case, "2026-03-05", "now_public"), "2026-03-06", "now_public")

    with pytest.raises(Refusal):
        workflow.release(now_of(case), released_on=D(day), where=where, by=nx.chen, at=at("2026-03-09"))


def test_the_department_and_the_office_do_not_decide(nx: Cast) -> None:
    case = proposed(nx, refused(nx, "2025-03-03"), "2026-02-24")

    for user in (nx.li, nx.chen, nx.ji):
        with pytest.raises(Refusal, match="岗位"):
            workflow.reevaluate(case, verdict="now_public", reason=REASON, by=user, at=at("2026-02-25"))


def test_of_two_who_propose_at_once_one_is_told_who_was_first(nx: Cast) -> None:
    case = refused(nx, "2025-03-03")
    proposed(nx, case, "2026-02-24")
    ReEvaluation.objects.all().delete()

    with pytest.raises(SomebodyWasFirst, match="陈立新"):
        workflow.reassess(case, verdict="still_withheld", reason=REASON, by=nx.chen, at=at("2026-02-24"))


def test_reasons_of_any_length_and_script_are_kept_encrypted(nx: Cast) -> None:
    reason = "仍需保密🙂１２３" * 1000

    one = workflow.reassess(
        refused(nx, "2025-03-03"), verdict="still_withheld", reason=reason, by=nx.chen, at=at("2026-02-24")
    )

    assert ReEvaluation.objects.get(pk=one.pk).proposed_reason == reason


def test_every_ground_of_refusal_and_partial_disclosure_is_looked_at_again() -> None:
    assert all(map(is_looked_at_again, (Outcome.STATE_SECRET, Outcome.PROCESS_INFO, Outcome.PARTIAL)))
    assert not any(map(is_looked_at_again, (Outcome.NOT_EXIST, Outcome.GRANTED, Outcome.REPEAT)))


def test_the_law_before_2019_knew_no_periodic_evaluation(nx: Cast) -> None:
    case = refused(nx, "2025-03-03")
    keeper.stop(keeper.running(case, "re_evaluation").get(), ended_on=date(2025, 3, 4), at=at("2025-03-04"))

    assert start_reevaluation(case, started=date(2018, 5, 2), at=at("2025-03-04")) is None

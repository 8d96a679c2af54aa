"""What every reviewing act does: find the stage, judge the reviewer, write the verdict down, mind the time of the secrecy review."""

from collections.abc import Sequence
from datetime import datetime

from portal.clocks import keeper
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import User
from portal.regulations.publishing import Stage
from portal.regulations.registry import applies, carries

from ..models import Document, Review
from ..rules import reviewing
from ..vocabulary import StageKind, State, Verdict
from .common import chain_of, law_of, newest, passed

SECRECY = "secrecy_review"


def stage_of(document: Document) -> Stage:
    """The stage of the chain that is next."""
    return reviewing.next_stage(chain_of(document), passed(document))


def holds(document: Document, stage: Stage, *, by: User, at: datetime) -> bool:
    """Whether somebody holds one of the roles of a stage, for this document."""
    return any(roles.holds(by, role, body=document.body, department=document.department, at=at) for role in stage.roles)


def judge_reviewer(document: Document, stage: Stage, *, by: User, at: datetime) -> None:
    """Whether somebody may give the verdict of a stage of this document. Raises Refused."""
    authors = newest(document).authors
    reviewing.may_review(stage, holds=holds(document, stage, by=by, at=at), reviewer=by.pk, authors=authors)


def judge_distinct(document: Document, *, by: User) -> None:
    """Whether somebody may pass another stage of this round. Raises Refused."""
    rows = document.reviews.filter(round=document.round, verdict=Verdict.PASSED, reviewer__isnull=False)
    reviewing.judge_distinct(chain_of(document), reviewer=by.pk, earlier=set(rows.values_list("reviewer", flat=True)))


@carries("LD-A1-16a")
def record(
    document: Document,
    stage: Stage,
    verdict: Verdict,
    *,
    opinion: str,
    checked: Sequence[str] = (),
    by: User | None,
    at: datetime,
    outsider: str = "",
) -> Review:
    """Write a verdict on the newest version down. Points that the stage does not list are left out."""
    return Review.objects.create(
        document=document,
        version=newest(document),
        round=document.round,
        stage=stage.key,
        label=stage.label,
        verdict=verdict,
        opinion=opinion.strip(),
        checked=[point for point in stage.checks if point in checked],
        reviewer=by,
        outsider=outsider,
        at=at,
    )


@applies("term secrecy_review")
@carries("YQ-S3-12")
def mind_secrecy(document: Document, *, at: datetime) -> None:
    """Start the time of the secrecy review when a document has reached that stage, and stop it when it has left it.

    For every act that moves a document through its chain; a body whose document sets no time has no clock.
    """
    running = keeper.locked(document, SECRECY)
    waiting = document.state == State.REVIEW and stage_of(document).kind == StageKind.SECRECY
    term = law_of(document).terms.get(SECRECY)
    if waiting and term is not None and not running:
        keeper.start(document, term, weight="internal", started=local_date(at), at=at)
    elif not waiting:
        for clock in running:
            keeper.stop(clock, ended_on=local_date(at), at=at)

"""What cannot wait: published at once for a reason by one person, approved afterwards by another within its limit."""

import pytest
from django.db import IntegrityError, transaction

from disclosure import workflow
from disclosure.models import Document, UrgentRelease
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Content, State
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.organisation import roles
from portal.workflow.engine import NotAllowed
from tests.cast import SINCE, Cast
from tests.factories import at

from .making import TEXT, D, drafted, particulars, proposed

DAY = "2026-03-03"
WHY = "山洪预警已经发布，群众需要立即知晓转移安排。"


@pytest.fixture
def ld(cast_of) -> Cast:
    return cast_of("ld")


def released(cast: Cast, **changes: object) -> Document:
    """Published at once by the director, an hour after it was sent up."""
    document = proposed(cast, DAY, **changes)
    workflow.publish_urgently(document, why=WHY, by=cast.he, at=at(DAY, 11))
    return document


def test_it_is_public_at_once_and_somebody_else_approves_it_later(ld: Cast) -> None:
    document = released(ld)

    assert document.state == State.PUBLISHED
    assert document in Document.objects.public()
    clock = Clock.objects.of(document).get(duty="retrospective_approval")
    assert clock.last_day == D("2026-03-04")

    workflow.approve_later(document, opinion="情况属实", by=ld.ma, at=at("2026-03-04"))

    clock.refresh_from_db()
    release = document.urgent_releases.get()
    assert (clock.ended_as, release.approved_by, release.released_by) == ("met", ld.ma, ld.he)
    assert WHY in ledger.present(ledger.timeline(document).get(verb="publish_urgently"))


def test_who_ordered_it_does_not_approve_it_and_neither_does_an_author(ld: Cast) -> None:
    document = drafted(ld, DAY)
    roles.appoint(ld.feng, "liaison", body=ld.body, department=ld.department, starts_on=SINCE, today=D(DAY))
    workflow.revise(document, text=TEXT, particulars=particulars(ld, DAY), by=ld.feng, at=at(DAY, 9))
    workflow.propose(document, by=ld.li, at=at(DAY, 10))
    workflow.publish_urgently(document, why=WHY, by=ld.he, at=at(DAY, 11))

    with pytest.raises(Refused, match="不能由本人补办审批"):
        workflow.approve_later(document, by=ld.he, at=at(DAY, 12))
    with pytest.raises(Refused, match="参与了本件的起草"):
        workflow.approve_later(document, by=ld.feng, at=at(DAY, 12))
    with pytest.raises(NotAllowed):
        workflow.approve_later(document, by=ld.chen, at=at(DAY, 12))


def test_the_database_knows_that_two_persons_are_needed(ld: Cast) -> None:
    release = released(ld).urgent_releases.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentRelease.objects.filter(pk=release.pk).update(approved_by=ld.he, approved_at=at(DAY, 12))


def test_an_approval_is_given_once(ld: Cast) -> None:
    document = released(ld)
    workflow.approve_later(document, by=ld.ma, at=at(DAY, 12))

    with pytest.raises(Refused, match="没有等待补办审批"):
        workflow.approve_later(document, by=ld.guo, at=at(DAY, 13))


def test_it_needs_a_reason_a_leader_and_somebody_who_did_not_write_it(ld: Cast) -> None:
    document = proposed(ld, DAY)

    with pytest.raises(Refused, match="请写明紧急发布的理由"):
        workflow.publish_urgently(document, why=" ", by=ld.he, at=at(DAY, 11))
    for nobody in (ld.li, ld.zhou, ld.chen, ld.zhao):
        with pytest.raises(NotAllowed):
            workflow.publish_urgently(document, why=WHY, by=nobody, at=at(DAY, 11))


def test_a_draft_is_sent_up_before_anything_is_urgent(ld: Cast) -> None:
    with pytest.raises(NotAllowed, match="起草"):
        workflow.publish_urgently(drafted(ld, DAY), why=WHY, by=ld.he, at=at(DAY, 11))


def test_what_was_found_is_decided_all_the_same(ld: Cast) -> None:
    text = workflow.Text(title="转移安排", html="<p>电话13912345678</p>", text="电话13912345678")
    document = workflow.propose(drafted(ld, DAY, text=text), by=ld.li, at=at(DAY, 10))

    with pytest.raises(Returned, match="还没有处理"):
        workflow.publish_urgently(document, why=WHY, by=ld.he, at=at(DAY, 11))
    workflow.decide_finding(document.findings.get(), decision="allowed", reason="值守电话", by=ld.chen, at=at(DAY, 11))
    workflow.publish_urgently(document, why=WHY, by=ld.he, at=at(DAY, 12))

    assert document.state == State.PUBLISHED


def test_what_is_closed_is_not_urgent(ld: Cast) -> None:
    document = proposed(ld, DAY, attribute="on_request", reason="属于内部管理事务")

    with pytest.raises(Refused):
        workflow.publish_urgently(document, why=WHY, by=ld.he, at=at(DAY, 11))


@pytest.mark.rule("LD-A1-15")
def test_urgent_information_out_of_the_ordinary_waits_for_no_three_days(ld: Cast) -> None:
    assert released(ld, content=Content.UNUSUAL).state == State.PUBLISHED


def test_it_stays_owed_after_the_document_was_withdrawn(ld: Cast) -> None:
    document = released(ld)
    workflow.withdraw(document, reason="error", note="内容有误，已撤下。", by=ld.he, at=at(DAY, 12))

    workflow.approve_later(document, opinion="已撤下，当时发布确属紧急。", by=ld.ma, at=at(DAY, 13))

    assert document.withdrawn_at is not None
    assert document.urgent_releases.get().approved_by == ld.ma

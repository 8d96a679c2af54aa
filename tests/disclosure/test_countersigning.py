"""Units concerned answer in writing before release; a reviewer without an account answers through a link that dies."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import workflow
from disclosure.models import Countersign, Document, Invitation
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import State, Verdict
from portal import moment
from portal.ledger import service as ledger
from portal.organisation import people
from portal.workflow.engine import NotAllowed, SomebodyWasFirst
from tests.cast import Cast
from tests.factories import at

from .making import TEXT, drafted, particulars, proposed, reviewed

DAY = "2026-03-03"


def asked(document: Document, cast: Cast, *, organ: str = "", **changes: object) -> Countersign:
    """The other department asked, or an organ outside."""
    department = None if organ else cast.other_department
    return workflow.countersign(
        document, question="涉及你单位的数据", department=department, organ=organ, by=cast.li, at=at(DAY, 9), **changes
    )


def answered(asked: Countersign, cast: Cast, answer: str = "agrees") -> Countersign:
    """Registered by the office."""
    return workflow.answer_countersign(
        asked, answer=answer, opinion="数据未经核实", basis="统计法第二十四条", by=cast.chen, at=at(DAY, 10)
    )


def up(cast: Cast, document: Document) -> Document:
    """Sent up and carried to the signing."""
    return reviewed(cast, workflow.propose(document, by=cast.li, at=at(DAY, 10)), DAY)


@pytest.fixture
def yq(cast_of) -> Cast:
    return cast_of("yq")


# --- units concerned --------------------------------------------------------------------------------------------------


@pytest.mark.rule("YQ-S2-3-0", "YQ-S2-3-1", "YQ-S2-3-2")
def test_what_touches_another_unit_waits_for_its_written_consent(yq: Cast) -> None:
    document = drafted(yq, DAY)
    row = asked(document, yq, organ="阳泉市统计局")
    up(yq, document)

    with pytest.raises(Returned, match="阳泉市统计局还没有书面答复是否同意公开"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 15))
    answered(row, yq)
    workflow.sign(document, by=yq.guo, at=at(DAY, 16))

    assert "书面答复：同意公开" in ledger.present(ledger.timeline(document).get(verb="answer_countersign"))


@pytest.mark.rule("YQ-S2-3-3")
def test_a_disagreement_goes_to_the_office_which_settles_it(yq: Cast) -> None:
    document = drafted(yq, DAY)
    row = answered(asked(document, yq, organ="阳泉市统计局"), yq, "disagrees")
    up(yq, document)

    with pytest.raises(Returned, match="不同意公开，还没有协商解决"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 15))
    with pytest.raises(NotAllowed):
        workflow.settle(row, settlement="release", reason="已协商", by=yq.li, at=at(DAY, 15))
    workflow.settle(row, settlement="release", reason="更正数据后同意公开", by=yq.he, at=at(DAY, 15))
    with pytest.raises(Refused, match="还没有协商解决的意见需要协商"):
        workflow.settle(row, settlement="withhold", reason="又不同意", by=yq.he, at=at(DAY, 15))

    assert workflow.sign(document, by=yq.guo, at=at(DAY, 16))


@pytest.mark.rule("YQ-S2-3-3")
def test_what_the_units_settled_to_withhold_does_not_go_out(yq: Cast) -> None:
    document = drafted(yq, DAY)
    row = answered(asked(document, yq, organ="阳泉市统计局"), yq, "disagrees")
    up(yq, document)
    workflow.settle(row, settlement="withhold", reason="涉及未公布数据", by=yq.he, at=at(DAY, 15))

    with pytest.raises(Returned, match="协商决定不予公开"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 16))


@pytest.mark.rule("YQ-S2-3-1")
def test_a_refusal_without_its_basis_is_no_answer(yq: Cast) -> None:
    row = asked(drafted(yq, DAY), yq, organ="阳泉市统计局")

    with pytest.raises(Refused, match="请写明意见和依据"):
        workflow.answer_countersign(row, answer="disagrees", opinion="不同意", by=yq.chen, at=at(DAY, 10))


def test_a_department_speaks_for_itself_and_sees_what_it_is_asked_about(yq: Cast) -> None:
    from portal.organisation import roles
    from tests.cast import SINCE

    from .making import D

    document = drafted(yq, DAY)
    roles.appoint(
        yq.zhao, "department_head", body=yq.body, department=yq.other_department, starts_on=SINCE, today=D(DAY)
    )
    assert document not in Document.objects.visible_to(yq.wu, at=at(DAY))

    row = asked(document, yq)

    assert document in Document.objects.visible_to(yq.wu, at=at(DAY))
    with pytest.raises(NotAllowed, match="负责人办理"):
        workflow.answer_countersign(row, answer="agrees", by=yq.zhou, at=at(DAY, 10))
    assert workflow.answer_countersign(row, answer="agrees", by=yq.zhao, at=at(DAY, 10)).answered_by == yq.zhao


def test_consent_holds_for_the_text_it_was_given_to(yq: Cast) -> None:
    document = drafted(yq, DAY)
    answered(asked(document, yq, organ="阳泉市统计局"), yq)
    workflow.revise(document, text=TEXT, particulars=particulars(yq, DAY), by=yq.li, at=at(DAY, 10))
    up(yq, document)

    with pytest.raises(Returned, match="没有重新征求意见"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 15))
    answered(asked(document, yq, organ="阳泉市统计局"), yq)
    assert workflow.sign(document, by=yq.guo, at=at(DAY, 16))


def test_nobody_is_asked_twice_at_once_nor_answers_twice_nor_is_it_the_own_department(yq: Cast) -> None:
    document = drafted(yq, DAY)
    row = asked(document, yq, organ="阳泉市统计局")

    with pytest.raises(Refused, match="请等待答复"):
        asked(document, yq, organ="阳泉市统计局")
    answered(row, yq)
    with pytest.raises(SomebodyWasFirst, match="不能重复登记"):
        answered(row, yq)
    with pytest.raises(Refused, match="由该机构起草"):
        workflow.countersign(document, question="数据", department=yq.department, by=yq.li, at=at(DAY))


@pytest.mark.rule("YQ-S3-9")
def test_a_joint_paper_needs_the_written_consent_of_every_maker(yq: Cast) -> None:
    document = up(yq, drafted(yq, DAY, joint_makers=("阳泉市财政局",)))

    with pytest.raises(Returned, match="共同制作机关阳泉市财政局没有书面同意公开"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 15))
    answered(asked(document, yq, organ="阳泉市财政局"), yq)
    assert workflow.sign(document, by=yq.guo, at=at(DAY, 16))


@pytest.mark.rule("YQ-S3-10")
def test_a_doubt_about_secrecy_goes_up_in_writing_and_is_not_for_the_office_to_settle(yq: Cast) -> None:
    document = drafted(yq, DAY)
    row = asked(document, yq, organ="阳泉市国家保密局", purpose="classification")
    up(yq, document)

    with pytest.raises(Returned, match="还没有书面答复是否属于国家秘密"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 15))
    answered(row, yq, "disagrees")
    with pytest.raises(Refused, match="需要协商"):
        workflow.settle(row, settlement="release", reason="已协商", by=yq.he, at=at(DAY, 15))
    with pytest.raises(Returned, match="确定属于国家秘密，不能公开"):
        workflow.sign(document, by=yq.guo, at=at(DAY, 16))


def test_what_stays_in_needs_no_consent(yq: Cast) -> None:
    document = drafted(yq, DAY, attribute="on_request", reason="涉及企业内部数据")
    asked(document, yq, organ="阳泉市统计局")

    assert workflow.sign(up(yq, document), by=yq.guo, at=at(DAY, 15))


def test_the_database_settles_only_a_disagreement(yq: Cast) -> None:
    row = answered(asked(drafted(yq, DAY), yq, organ="阳泉市统计局"), yq)

    with pytest.raises(IntegrityError), transaction.atomic():
        Countersign.objects.filter(pk=row.pk).update(settlement="release", settled_by=yq.he, settled_at=at(DAY))


# --- a reviewer without an account ------------------------------------------------------------------------------------------


def invited(cast: Cast, day: str = DAY) -> Invitation:
    """A link for the judicial department, made while the document is reviewed."""
    return workflow.invite(proposed(cast, day), organ="县司法局", by=cast.chen, at=at(day, 11))


def opened(link: Invitation, day: str = DAY, hour: int = 12, **data: str) -> int:
    """The status of the page, looked at or answered on a day."""
    path = f"/disclosure/review/{link.key}/"
    with moment.rehearsing(at(day, hour)):
        answer = Client().post(path, data) if data else Client().get(path)
    return answer.status_code


def test_a_reviewer_outside_agrees_once_and_the_link_is_dead(nx: Cast) -> None:
    link = invited(nx)
    assert opened(link) == 200

    assert opened(link, verdict="passed", name="王审核") == 302

    review = link.document.reviews.get()
    assert (review.outsider, review.verdict, review.reviewer) == ("县司法局 王审核", Verdict.PASSED, None)
    assert opened(link) == 404
    assert opened(link, verdict="returned", opinion="又不同意", name="王审核") == 404
    assert ledger.timeline(link.document).get(verb="answer_invitation").actor_label == "外部审核人员"


def test_the_page_shows_what_is_reviewed_and_its_files(nx: Cast, files) -> None:
    document = drafted(nx, DAY, uploads=(workflow.Upload("申报表.txt", "申报条件".encode()),))
    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    link = workflow.invite(document, organ="县司法局", by=nx.chen, at=at(DAY, 11))

    with moment.rehearsing(at(DAY, 12)):
        page = Client().get(f"/disclosure/review/{link.key.lower()}/")
        file = Client().get(f"/disclosure/review/{link.key}/files/1/")
        other = Client().get(f"/disclosure/review/{link.key}/files/2/")

    assert TEXT.title in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert (file.status_code, other.status_code) == (200, 404)


def test_whoever_asks_for_changes_says_which(nx: Cast) -> None:
    link = invited(nx)

    assert opened(link, verdict="returned", name="王审核") == 200
    assert not link.document.reviews.exists()


def test_a_link_expires_after_five_working_days(nx: Cast) -> None:
    link = invited(nx)

    assert opened(link, "2026-03-10", 23) == 200
    assert opened(link, "2026-03-11", 1) == 404
    with pytest.raises(Refused, match="过期"):
        workflow.answer_invitation(link, verdict="passed", name="王", by=people.REVIEWER, at=at("2026-03-11"))


def test_a_link_dies_when_the_document_goes_back(nx: Cast) -> None:
    link = invited(nx)
    workflow.send_back(link.document, opinion="重写", by=nx.zhou, at=at(DAY, 12))
    workflow.propose(link.document, by=nx.li, at=at(DAY, 13))

    assert opened(link, DAY, 14) == 404


def test_a_key_that_was_never_given_opens_nothing(nx: Cast) -> None:
    invited(nx)

    for key in ("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "done", "%27%20OR%201=1", "x" * 300):
        with moment.rehearsing(at(DAY, 12)):
            status = Client().get(f"/disclosure/review/{key}/").status_code
        assert status == (200 if key == "done" else 404)


def test_who_guesses_keys_is_stopped(nx: Cast) -> None:
    link = invited(nx)
    with moment.rehearsing(at(DAY, 12)):
        statuses = [Client().get(f"/disclosure/review/GUESS-{number:05d}/").status_code for number in range(22)]

    assert statuses[19:] == [404, 429, 429]
    assert opened(link) == 429


def test_nothing_is_signed_while_the_reviewer_outside_is_silent_or_wants_changes(nx: Cast) -> None:
    link = invited(nx)
    document = reviewed(nx, link.document, DAY)

    with pytest.raises(Returned, match="县司法局还没有反馈合法性审核意见"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 15))
    workflow.answer_invitation(
        link, verdict="returned", opinion="缺少依据", name="王审核", by=people.REVIEWER, at=at(DAY, 15)
    )
    with pytest.raises(Returned, match="合法性审核意见是需要修改"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 16))
    assert document.state == State.REVIEW


def test_only_the_office_invites_and_only_during_the_review(nx: Cast) -> None:
    document = drafted(nx, DAY)

    with pytest.raises(NotAllowed):
        workflow.invite(document, organ="县司法局", by=nx.chen, at=at(DAY, 10))
    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    with pytest.raises(NotAllowed):
        workflow.invite(document, organ="县司法局", by=nx.li, at=at(DAY, 11))
    with pytest.raises(Refused, match="请写明审核单位"):
        workflow.invite(document, organ=" ", by=nx.chen, at=at(DAY, 11))


def test_no_author_holds_the_link_that_reviews_the_own_text(nx: Cast) -> None:
    mine = workflow.draft(
        nx.body, department=nx.department, text=TEXT, particulars=particulars(nx, DAY), by=nx.chen, at=at(DAY, 9)
    )
    workflow.propose(mine, by=nx.chen, at=at(DAY, 10))

    with pytest.raises(Refused, match="不能由本人邀请外部审核"):
        workflow.invite(mine, organ="县司法局", by=nx.chen, at=at(DAY, 11))
    assert workflow.invite(mine, organ="县司法局", by=nx.he, at=at(DAY, 11))


def test_an_objection_from_outside_is_not_asked_away(nx: Cast) -> None:
    link = invited(nx)
    assert opened(link, verdict="returned", opinion="第二条越权", name="王审核") == 302

    with pytest.raises(Refused, match="县司法局在本轮已经反馈合法性审核意见"):
        workflow.invite(link.document, organ="县司法局 ", by=nx.chen, at=at(DAY, 13))


def test_the_key_lies_encrypted_and_is_found_by_its_digest(nx: Cast) -> None:
    link = invited(nx)

    assert len(link.key.replace("-", "")) == 25
    assert Invitation.objects.with_key(link.key).get() == link
    assert link.key not in link.key_digest

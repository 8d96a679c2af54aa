"""What single bodies ask beyond the Regulation: told apart at the door, public before it is pointed to, answered at once."""

from datetime import date

import pytest

from portal.ledger import service as ledger
from portal.refusal import Refusal
from portal.regulations import library
from requests_ogi import workflow
from requests_ogi.filing import Arrival
from requests_ogi.rules import triage
from requests_ogi.vocabulary import Channel, Concern, State
from tests.factories import GRANT, GRANT_TEXTS, applied, assigned, at, filing, review

D = date.fromisoformat
PUBLIC = GRANT | {"give": "already_public"}
PUBLIC_TEXTS = {"finding": "已公开", "query_method": "网站查阅", "query_address": "https://www.example.cn/1"}


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


# --- YQ-S1-9-1: first published, then pointed to -----------------------------------------------------------------------


@pytest.mark.rule("YQ-S1-9-1")
def test_yangquan_points_to_information_only_once_it_is_public(cast_of) -> None:
    yq = cast_of("yq")
    case = assigned(yq, "2025-03-03")

    def drafted(**changes):
        return workflow.draft(case, decided=PUBLIC, texts=PUBLIC_TEXTS | changes, by=yq.li, at=at("2025-03-04"))

    with pytest.raises(Refusal, match="主动公开的日期"):
        drafted()
    with pytest.raises(Refusal, match="不能晚于今天"):
        drafted(published_on=D("2025-03-05"))
    with pytest.raises(Refusal, match="网址"):
        drafted(published_on=D("2025-03-04"), query_address=" ")
    assert drafted(published_on=D("2025-03-04")).published_on == D("2025-03-04")


@pytest.mark.rule("YQ-S1-9-2", "YQ-S1-9-8")
@pytest.mark.parametrize(
    "give", ["state_secret", "third_party", "internal", "process", "enforcement", "three_securities"]
)
def test_yangquan_withholds_only_on_a_ground_of_the_law_and_says_so(cast_of, give: str) -> None:
    yq = cast_of("yq")
    case = assigned(yq, "2025-03-03")

    with pytest.raises(Refusal, match="法律依据"):
        workflow.draft(
            case,
            decided=GRANT | {"give": give, "sever": "inseverable"},
            texts={"reason": "不宜公开", "harm": "影响工作"},
            by=yq.li,
            at=at("2025-03-04"),
        )


@pytest.mark.rule("YQ-S1-9-2")
def test_yangquan_tells_the_applicant_which_ground_and_why(cast_of) -> None:
    yq = cast_of("yq")
    case = assigned(yq, "2025-03-03")
    texts = {"reason": "系讨论记录", "harm": "影响坦率讨论", "ground": "discussion_record", "finding": "已检索到"}
    workflow.draft(
        case, decided=GRANT | {"give": "process", "sever": "inseverable"}, texts=texts, by=yq.li, at=at("2025-03-04")
    )
    workflow.submit(case, by=yq.li, at=at("2025-03-04", 15))

    letter = workflow.approve(case, by=yq.ma, at=at("2025-03-05"))

    text = "".join(block.get("text", "") for block in letter.content.blocks)
    assert "第十六条第二款" in text
    assert "系讨论记录" in text


# --- YQ-S1-5c: requests, questions and petitions are told apart ---------------------------------------------------------


@pytest.mark.rule("YQ-S1-5c")
@pytest.mark.parametrize(("concern", "where"), [(Concern.POLICY, "12345"), (Concern.PETITION, "信访")])
def test_what_is_no_request_is_sent_where_it_belongs(concern: Concern, where: str) -> None:
    with pytest.raises(Refusal, match=where):
        triage.is_a_request(concern, office="办公室", phone="0353-1")
    triage.is_a_request(Concern.INFORMATION, office="办公室", phone="0353-1")


# --- answered at once ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("YQ-S1-10b", "LD-A8-10a", "WZ-6.2-4", "REG-33")
@pytest.mark.parametrize("code", ["yq", "ld", "wz"])
def test_who_stands_at_the_counter_can_be_answered_the_same_hour(cast_of, code: str) -> None:
    cast = cast_of(code)
    assert library.profile(code, D("2025-03-03")).option("immediate_first") is True
    case = workflow.register(
        body=cast.body,
        filing=filing(arrival=Arrival(Channel.COUNTER, D("2025-03-03")), manner="in_person"),
        submission_key="x" * 43,
        by=cast.chen,
        at=at("2025-03-03", 9),
    )
    workflow.assign(case, department=cast.department, by=cast.chen, at=at("2025-03-03", 9, 5))
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=cast.li, at=at("2025-03-03", 9, 20))
    review(case, cast, at("2025-03-03", 9, 25))
    workflow.submit(case, by=cast.li, at=at("2025-03-03", 9, 30))
    workflow.approve(case, by=cast.ma, at=at("2025-03-03", 9, 40))
    how = {"manner": "in_person", "sent_on": D("2025-03-03"), "served_on": D("2025-03-03")}
    workflow.serve(case, **how, by=cast.chen, at=at("2025-03-03", 9, 50))

    assert (case.state, case.answered_on, case.received_on) == (State.SERVED, D("2025-03-03"), D("2025-03-03"))


# --- YC-5.2-2: nothing is lost ------------------------------------------------------------------------------------------


@pytest.mark.rule("YC-5.2-2")
def test_yinchuan_numbers_every_request_without_a_gap_and_has_each_on_record(cast_of) -> None:
    yc = cast_of("yc")
    cases = [applied(yc.body, "2025-03-03") for _ in range(3)]
    with pytest.raises(Refusal):
        applied(yc.body, "2025-03-03", arrival=Arrival(Channel.ONLINE, D("2025-03-03")), uploads=_lying())
    cases.append(applied(yc.body, "2025-03-04"))

    assert [case.number for case in cases] == [f"YC-2025-{n:05d}" for n in range(1, 5)]
    assert all(ledger.timeline(case).exists() for case in cases)


def _lying():
    from requests_ogi.filing import Upload

    return (Upload("证件.pdf", b"not a pdf", "identity"),)

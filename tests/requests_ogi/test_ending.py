"""The end of a request: service settles lateness, withdrawal, the sealed dossier."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError

from portal.archive import service as archive
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.organisation import people
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Outcome, State
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, PNG, applied, approved, assigned, at, review, served

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


@pytest.mark.rule("LET235-4", "LD-A8-10b", "LD-A6-5-4b", "YC-5.2-7")
@pytest.mark.parametrize(
    ("how", "on", "in_time"),
    [
        ({"manner": "post", "proof_number": "EM1"}, "2025-10-11", True),
        ({"manner": "post", "proof_number": "EM1"}, "2025-10-13", False),
        ({"manner": "in_person", "served_on": D("2025-10-13")}, "2025-10-13", False),
        ({"manner": "electronic"}, "2025-10-11", True),
    ],
)
def test_the_day_that_counts_settles_whether_the_answer_was_in_time(cast_of, how, on: str, in_time: bool) -> None:
    ld = cast_of("ld")
    case = approved(ld, "2025-09-08")

    workflow.serve(case, sent_on=D(on), by=ld.chen, at=at(on, 17), **how)

    assert (case.answered_in_time, case.answered_on) == (in_time, D(on))
    assert Clock.objects.of(case).get(duty="answer").ended_as == ("met" if in_time else "late")


def test_post_without_its_number_is_refused(nx: Cast) -> None:
    case = approved(nx, "2025-03-03")

    with pytest.raises(Refusal, match="邮件号"):
        workflow.serve(case, manner="post", sent_on=D("2025-03-04"), by=nx.chen, at=at("2025-03-04"))


@pytest.mark.rule("REG-40", "YQ-S1-10d")
def test_an_applicant_who_wants_paper_is_not_answered_electronically(nx: Cast) -> None:
    case = approved(nx, "2025-03-03", manner="post", form="paper")

    with pytest.raises(Refusal, match="没有选择以电子方式"):
        workflow.serve(case, manner="electronic", sent_on=D("2025-03-04"), by=nx.chen, at=at("2025-03-04"))


def test_a_request_is_served_once(nx: Cast) -> None:
    case = served(nx, "2025-03-03")

    with pytest.raises(Refusal):
        workflow.serve(case, manner="electronic", sent_on=D("2025-03-04"), by=nx.chen, at=at("2025-03-04"))


def test_withdrawal_stops_everything_and_can_be_closed(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    workflow.withdraw(case, by=people.APPLICANT, at=at("2025-03-05"))
    workflow.close(case, by=nx.chen, at=at("2025-03-06"))

    assert (case.state, case.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    assert {(clock.duty, clock.ended_as) for clock in Clock.objects.of(case)} == {("answer", "void"), ("draft", "void")}


def test_staff_record_a_withdrawal_only_with_the_paper_it_was_written_on(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    with pytest.raises(Refusal, match="书面撤回材料"):
        workflow.withdraw(case, by=nx.chen, at=at("2025-03-05"))

    workflow.withdraw(case, by=nx.chen, at=at("2025-03-05"), proof=Upload("撤回.png", PNG, "withdrawal"))

    assert case.attachments.get().purpose == "withdrawal"
    assert "工作人员凭书面材料登记" in ledger.present(ledger.timeline(case).last())


def test_an_electronic_service_is_of_today(nx: Cast) -> None:
    case = approved(nx, "2025-03-03")

    with pytest.raises(Refusal, match="以今天为送达日期"):
        workflow.serve(case, manner="electronic", sent_on=D("2025-03-03"), by=nx.chen, at=at("2025-04-20"))


@pytest.mark.rule("LET235-4")
def test_an_earlier_posting_is_believed_only_with_its_proof(nx: Cast) -> None:
    case = approved(nx, "2025-03-03", manner="post", form="paper")
    how = {"manner": "post", "proof_number": "EM000000001CN", "sent_on": D("2025-03-04"), "by": nx.chen}
    with pytest.raises(Refusal, match="送达凭证"):
        workflow.serve(case, at=at("2025-04-20"), **how)

    workflow.serve(case, at=at("2025-04-20"), proof=Upload("面单.png", PNG, "proof"), **how)

    assert ledger.timeline(case).last().told["recorded_days_later"] == 47


def test_an_approved_answer_cannot_be_withdrawn_any_more(nx: Cast) -> None:
    case = approved(nx, "2025-03-03")

    with pytest.raises(Refusal, match="待送达"):
        workflow.withdraw(case, by=people.APPLICANT, at=at("2025-03-04"))


@pytest.mark.rule("YC-5.2-1", "REG-45")
def test_the_dossier_holds_every_paper_and_proves_itself(nx: Cast) -> None:
    upload = Upload("身份证明.png", PNG, "identity")
    case = assigned(nx, "2025-03-03", uploads=(upload,))
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04"))
    review(case, nx, at("2025-03-04", 14))
    workflow.submit(case, by=nx.li, at=at("2025-03-04", 15))
    letter = workflow.approve(case, by=nx.ma, at=at("2025-03-05"))
    workflow.serve(case, manner="electronic", sent_on=D("2025-03-05"), by=nx.chen, at=at("2025-03-05", 17))

    sealed = workflow.close(case, by=nx.chen, at=at("2025-03-06"))

    with zipfile.ZipFile(io.BytesIO(archive.open_bytes(sealed.file))) as box:
        names = box.namelist()
        manifest = json.loads(box.read("manifest.json"))
        story = box.read("05-办理过程.txt").decode()
    assert {"01-申请/申请登记表.pdf", f"04-文书/{letter.number}.pdf", "03-拟办/拟办与审签记录.txt"} <= set(names)
    assert any(name.startswith("01-申请/附件01-身份证明") for name in names)
    assert manifest["ledger"]["hash"] == sealed.ledger_hash
    assert "审签第1稿" in story


def test_a_closed_request_cannot_be_touched(nx: Cast) -> None:
    case = served(nx, "2025-03-03")
    workflow.close(case, by=nx.chen, at=at("2025-03-04"))

    with pytest.raises(Refusal):
        workflow.close(case, by=nx.chen, at=at("2025-03-05"))


@pytest.mark.parametrize(
    "change",
    [
        {"state": State.SERVED},
        {"answered_on": D("2025-03-04")},
        {"outcome": Outcome.GRANTED},
        {"closed_at": at("2025-03-04")},
        {"received_on": None, "received_rolled_on": None},
        {"state": State.WITHDRAWN, "outcome": Outcome.GRANTED},
        {"state": State.ASSIGNED},
        {"state": State.CLOSED, "closed_at": at("2025-03-04"), "outcome": Outcome.GRANTED},
        {"received_rolled_on": D("2025-03-01")},
        {"state": State.UNCONFIRMED},
    ],
)
def test_the_database_refuses_states_without_their_facts(nx: Cast, change: dict[str, object]) -> None:
    case = applied(nx.body, "2025-03-03")

    with pytest.raises(IntegrityError):
        InformationRequest.objects.filter(pk=case.pk).update(**change)


@pytest.mark.rule("YQ-S1-10c")
@pytest.mark.parametrize(
    ("decided", "texts", "title"),
    [
        (GRANT, GRANT_TEXTS, "政府信息公开申请答复书"),
        (
            GRANT | {"give": "process", "sever": "inseverable"},
            {"reason": "过程稿", "ground": "draft_version", "harm": "影响讨论"},
            "政府信息不予公开决定书",
        ),
    ],
)
def test_every_decision_is_written_and_reaches_the_applicant_before_the_request_can_be_closed(
    cast_of, decided: dict[str, str], texts: dict[str, str], title: str
) -> None:
    yq = cast_of("yq")
    case = approved(yq, "2026-03-03", decided=decided, texts=texts)
    letter = case.answer.letter
    with pytest.raises(Refusal, match="待送达"):
        workflow.close(case, by=yq.chen, at=at("2026-03-03", 17))

    workflow.serve(case, manner="electronic", sent_on=D("2026-03-03"), by=yq.chen, at=at("2026-03-03", 17))

    assert (letter.title, letter.addressee) == (title, "王小明")
    assert letter.deliveries.get().counts_on == D("2026-03-03")

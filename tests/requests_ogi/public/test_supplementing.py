"""Adding what was asked for, and withdrawing."""

import pytest

from portal.ledger.models import Entry
from requests_ogi.forms import tracking as tracking_forms
from requests_ogi.views import guessing, tracking
from tests.cast import Cast
from tests.factories import RESIDENT_ID, assigned, served

from .citizen import Citizen, ask, follow, paper, registered


def test_what_is_to_be_added_is_listed_with_its_last_day(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")

    text = stranger.tracks(case).text

    assert "等待您补正" in text
    assert "请写明涉及的县（区）" in text
    assert "2025年3月25日（周二） 前（含当日）提交" in text
    assert "政府信息公开申请补正告知书（PDF）" in text
    assert "法定答复期限 收到您的补正后重新计算" in text
    assert "最迟2025" not in text


@pytest.mark.rule("REG-30", "LD-A8-9-8")
def test_what_was_asked_is_added_and_the_limit_runs_anew(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")
    stranger.pass_time(days=6)

    stranger.tracks(case).sends(f"{follow(case)}supplement/", {"text": "2025年，某县", "files": [paper("说明.pdf")]})

    case.refresh_from_db()
    assert "您补正的内容已经收到" in stranger.text
    assert (case.state, case.completion.return_text) == ("received", "2025年，某县")
    assert case.attachments.get(purpose="completion").file.name == "说明.pdf"
    assert "最迟2025年4月10日" in stranger.text


def test_an_empty_or_disguised_supplement_is_refused_and_what_was_typed_is_kept(
    nx: Cast, stranger: Citizen, files
) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")
    stranger.tracks(case)

    assert stranger.sends(f"{follow(case)}supplement/", {"text": " "}).faults == ["请填写补正的内容。"]
    stranger.sends(f"{follow(case)}supplement/", {"text": "2025年", "files": [paper("程序.pdf", b"MZ\x00\x00")]})

    assert "程序或脚本" in stranger.faults[0]
    assert "2025年</textarea>" in stranger.page.content.decode()
    case.refresh_from_db()
    assert case.state == "completing"


def test_a_supplement_sent_twice_is_taken_once(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")
    stranger.tracks(case)

    for _ in range(2):
        stranger.sends(f"{follow(case)}supplement/", {"text": "2025年"})

    assert stranger.path == follow(case)
    assert "已经提交的补正内容都已收到" in stranger.text


def test_a_supplement_typed_for_too_long_is_shown_again_to_be_copied(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")
    stranger.tracks(case)
    del stranger.client.cookies["following"]

    stranger.sends(f"{follow(case)}supplement/", {"text": "写了很久的内容"})

    assert "您刚才填写的内容没有提交" in stranger.text
    assert "写了很久的内容" in stranger.page.content.decode()


def test_a_request_is_withdrawn_only_after_asking_once_more(nx: Cast, stranger: Citizen) -> None:
    case = assigned(nx, "2025-03-03")
    stranger.tracks(case).opens(f"{follow(case)}withdraw/")
    assert "您确定要撤回这份申请吗" in stranger.text
    case.refresh_from_db()
    assert case.state == "assigned"

    stranger.sends(f"{follow(case)}withdraw/")

    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert "已撤回" in stranger.text
    assert "答复期限已过" not in stranger.text


@pytest.mark.parametrize("tail", ["010018", " 01-00 18 ", "０１００１８"])
def test_what_staff_registered_is_withdrawn_by_who_knows_the_identity_number(
    nx: Cast, stranger: Citizen, tail: str
) -> None:
    case = registered(nx)
    stranger.tracks(case).opens(f"{follow(case)}withdraw/")
    assert "登记时工作人员见过查询码" in stranger.text

    stranger.sends(f"{follow(case)}withdraw/", {"identity_tail": tail})

    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert Entry.objects.get(verb="withdraw", subject_number=case.number).told["through"] == "code"


@pytest.mark.parametrize("tail", ["", "010019", "10018", "000000199001010018", "王"])
def test_the_code_alone_withdraws_nothing_that_staff_registered(nx: Cast, stranger: Citizen, tail: str) -> None:
    case = registered(nx)

    stranger.tracks(case).sends(f"{follow(case)}withdraw/", {"identity_tail": tail})

    case.refresh_from_db()
    assert case.state == "received"
    assert len(stranger.faults) == 1
    assert stranger.title.startswith("错误：")


def test_the_code_alone_adds_nothing_to_what_staff_registered_and_nothing_typed_is_lost(
    nx: Cast, stranger: Citizen, files
) -> None:
    case = registered(nx)
    ask(case, nx, "2025-03-04")
    stranger.tracks(case).sends(f"{follow(case)}supplement/", {"text": "2025年，某县", "identity_tail": "000000"})
    assert stranger.faults == [tracking.WRONG_TAIL]
    assert "2025年，某县</textarea>" in stranger.page.content.decode()

    stranger.sends(f"{follow(case)}supplement/", {"text": "2025年，某县", "identity_tail": RESIDENT_ID[-6:]})

    case.refresh_from_db()
    assert case.state == "received"


def test_the_identity_number_is_not_guessed_from_many_addresses(nx: Cast, stranger: Citizen) -> None:
    case = registered(nx)
    for place in range(guessing.IDENTITY_MISSES):
        other = Citizen(stranger.when, type(stranger.client)(REMOTE_ADDR=f"10.0.0.{place}"))
        other.tracks(case).sends(f"{follow(case)}withdraw/", {"identity_tail": "000000"})
        assert other.faults == [tracking.WRONG_TAIL]

    stranger.tracks(case).sends(f"{follow(case)}withdraw/", {"identity_tail": RESIDENT_ID[-6:]})

    assert stranger.faults == [tracking.TOO_MANY_TAILS]
    case.refresh_from_db()
    assert case.state == "received"


def test_one_address_does_not_go_from_request_to_request_guessing(nx: Cast, stranger: Citizen, monkeypatch) -> None:
    monkeypatch.setattr(guessing, "MISSES_OF_ADDRESS", 2)
    for expected in (tracking.WRONG_TAIL, tracking.WRONG_TAIL, tracking.TOO_MANY_TAILS):
        case = registered(nx)
        stranger.tracks(case).sends(f"{follow(case)}withdraw/", {"identity_tail": "000000"})
        assert stranger.faults == [expected]


def test_who_filed_online_is_asked_for_nothing_but_the_code(nx: Cast, stranger: Citizen) -> None:
    case = assigned(nx, "2025-03-03")

    stranger.tracks(case).opens(f"{follow(case)}withdraw/")

    assert "证件号码" not in stranger.text


def test_too_many_files_with_a_supplement_are_refused_and_what_was_typed_is_kept(
    nx: Cast, stranger: Citizen, files, monkeypatch
) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")
    stranger.tracks(case)
    monkeypatch.setattr(tracking_forms, "upload_of", lambda *_, **__: pytest.fail("a file was read"))

    stranger.sends(f"{follow(case)}supplement/", {"text": "2025年", "files": [paper(f"{n}.pdf") for n in range(6)]})

    assert "最多上传5个文件，您选了6个" in stranger.faults[0]
    assert "2025年</textarea>" in stranger.page.content.decode()


def test_a_text_without_measure_is_not_thrown_back_to_whoever_sends_it(nx: Cast, stranger: Citizen) -> None:
    stranger.sends("/requests/track/NX-2025-99999/supplement/", {"text": "政" * 100_000})

    assert "政" * 4000 in stranger.page.content.decode()
    assert "政" * 4001 not in stranger.page.content.decode()


def test_an_answered_request_cannot_be_withdrawn(nx: Cast, stranger: Citizen, files) -> None:
    case = served(nx, "2025-03-03")
    stranger.tracks(case)
    assert "撤回申请" not in stranger.text

    stranger.sends(f"{follow(case)}withdraw/")

    case.refresh_from_db()
    assert case.state == "served"
    assert "现在不能撤回" in stranger.text

"""Adding what was asked for, and withdrawing."""

import pytest

from tests.cast import Cast
from tests.factories import assigned, served

from .citizen import Citizen, ask, follow, paper


def test_what_is_to_be_added_is_listed_with_its_last_day(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    ask(case, nx, "2025-03-04")

    text = stranger.tracks(case).text

    assert "等待您补正" in text
    assert "请写明涉及的县（区）" in text
    assert "2025年3月25日（周二） 前（含当日）提交" in text
    assert "政府信息公开申请补正告知书（PDF）" in text
    assert "法定答复期限 收到您的补正后重新计算" in text
    assert "最迟" not in text


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


def test_an_answered_request_cannot_be_withdrawn(nx: Cast, stranger: Citizen, files) -> None:
    case = served(nx, "2025-03-03")
    stranger.tracks(case)
    assert "撤回申请" not in stranger.text

    stranger.sends(f"{follow(case)}withdraw/")

    case.refresh_from_db()
    assert case.state == "served"
    assert "现在不能撤回" in stranger.text

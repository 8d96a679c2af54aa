"""What a citizen learns of fees: before filing, on the guide, and while one is to be paid; and giving reasons online."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import FeeBasis
from tests.cast import Cast
from tests.factories import applied, at, person

from .citizen import WANG, Citizen, follow, paper

MANY = "您于2025年3月向本机关提出政府信息公开申请12件"


def nth(nx: Cast, number: int) -> InformationRequest:
    for place in range(1, number):
        applied(nx.body, "2025-03-03", title=f"第{place}份材料")
    return applied(nx.body, "2025-03-03")


def charge(case: InformationRequest, nx: Cast, **changes: Any) -> None:
    how = {"basis": FeeBasis.ITEM, "beyond_reason": True, "why": MANY, "manner": "electronic"}
    workflow.charge(case, **how | changes, sent_on=date(2025, 3, 4), by=nx.he, at=at("2025-03-04"))


def ask_reasons(case: InformationRequest, nx: Cast) -> None:
    how = {"beyond_reason": True, "why": MANY, "working_days": 5, "manner": "electronic"}
    workflow.ask_reasons(case, **how, sent_on=date(2025, 3, 4), by=nx.he, at=at("2025-03-04"))


def check_page(citizen: Citizen, **changes: Any) -> str:
    """All answers and the papers; what the last page before filing says."""
    citizen.fills_in(WANG, **changes).hands_in(identity=paper())
    return citizen.opens(reverse("requests_ogi:check")).text


# --- before filing ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LD-A8-12a")
def test_whoever_asks_little_reads_that_it_is_free(nx: Cast, wang: Citizen) -> None:
    text = check_page(wang)

    assert "一般不收取费用" in text
    assert "10件以下的一律免费" in text
    assert "本月您已" not in text


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (9, "本月您已向本机关提出9件申请，本件为第10件。一个自然月内10件以下一律免费"),
        (
            11,
            "本件为第12件。提供政府信息一般不收取费用；数量、频次明显超过合理范围的，本机关依法可能收取信息处理费100元",
        ),
    ],
)
def test_whoever_comes_near_the_number_reads_their_own(nx: Cast, wang: Citizen, before: int, said: str) -> None:
    nth(nx, before)

    assert said in check_page(wang)


def test_an_identity_number_alone_tells_nothing_of_its_owner(nx: Cast, stranger: Citizen) -> None:
    nth(nx, 11)

    text = check_page(stranger, contact={"phone": "13900000000"})

    assert "本月您已" not in text


def test_one_address_may_not_look_at_many_persons(nx: Cast, wang: Citizen) -> None:
    from requests_ogi.views import volume

    nth(nx, 11)
    for place in range(volume.PERSONS_A_DAY):
        given = {"identity_document": "passport", "identity_number": f"E1234567{place}"}
        check_page(Citizen(at("2025-03-03", 9)), applicant=given)

    assert "本月您已" not in check_page(wang)


def test_the_guide_shows_the_price_lists(nx: Cast, wang: Citizen) -> None:
    text = wang.opens(reverse("web:guide", args=["nx"])).text

    for said in ("第11至30件 每件100元", "第31至100页 每页10元", "不收取检索费、复制费、邮寄费"):
        assert said in text, said


# --- to be paid ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("FEE109-6")
def test_the_tracking_page_says_how_much_why_till_when_how_and_what_follows(nx: Cast, stranger: Citizen, files) -> None:
    case = nth(nx, 12)
    charge(case, nx)

    text = stranger.tracks(case).text

    for said in (
        "等待您缴费",
        "100元",
        "属于第11至30件",
        MANY,
        "2025年4月3日",
        "国库",
        "视为放弃申请",
        "次日起重新计算",
        "信息处理费收费通知书（PDF）",
        "法定答复期限 缴费之后重新计算",
    ):
        assert said in text, said


def test_while_the_day_of_receipt_is_unknown_the_period_is_told_in_words(nx: Cast, stranger: Citizen, files) -> None:
    for place in range(11):
        applied(nx.body, "2025-03-03", title=f"第{place}份材料")
    case = applied(nx.body, "2025-03-03", manner="post")
    charge(case, nx, manner="post", proof_number="XA1")

    assert "收到收费通知书次日起20个工作日内" in stranger.tracks(case).text


def test_after_payment_the_page_has_a_new_last_day(nx: Cast, stranger: Citizen, files) -> None:
    case = nth(nx, 12)
    charge(case, nx)
    receipt = {"amount": 100, "receipt_number": "宁财1", "paid_on": date(2025, 3, 4)}
    workflow.record_payment(case, **receipt, by=nx.chen, at=at("2025-03-04", 15))

    text = stranger.tracks(case).text

    assert "等待您缴费" not in text
    assert "自2025年3月4日的次日起计算" in text
    assert "本机关收到您缴纳的信息处理费" in text


# --- reasons ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-35")
def test_the_applicant_gives_reasons_online(nx: Cast, stranger: Citizen, files) -> None:
    case = nth(nx, 12)
    ask_reasons(case, nx)
    assert "请您说明申请理由" in stranger.tracks(case).text

    stranger.sends(
        f"{follow(case)}reasons/", {"reasons": "撰写学位论文，需要对比各年度数据", "files": [paper("证明.pdf")]}
    )

    case.refresh_from_db()
    assert "您说明的理由已经收到" in stranger.text
    assert case.reasons_asked.reasons == "撰写学位论文，需要对比各年度数据"
    assert case.attachments.get(purpose="reasons").file.name == "证明.pdf"
    assert "目前不需要说明理由" in stranger.opens(f"{follow(case)}reasons/").text


@pytest.mark.parametrize(
    ("typed", "said"), [(" ", "请填写申请理由"), ("甲" * 10_000, "最多4000字"), ("甲" * 4001, "最多4000字")]
)
def test_empty_and_endless_reasons_are_refused(nx: Cast, stranger: Citizen, files, typed: str, said: str) -> None:
    case = nth(nx, 12)
    ask_reasons(case, nx)

    stranger.tracks(case).sends(f"{follow(case)}reasons/", {"reasons": typed})

    assert said in stranger.faults[0]
    case.reasons_asked.refresh_from_db()
    assert case.reasons_asked.answered_on is None


def test_a_lying_file_is_refused_and_the_reasons_are_kept(nx: Cast, stranger: Citizen, files) -> None:
    case = nth(nx, 12)
    ask_reasons(case, nx)

    stranger.tracks(case).sends(
        f"{follow(case)}reasons/", {"reasons": "论文😀", "files": [paper("程序.pdf", b"MZ\x00\x00")]}
    )

    assert "程序或脚本" in stranger.faults[0]
    assert "论文😀</textarea>" in stranger.page.content.decode()


def test_where_nobody_asked_there_is_nothing_to_give_reasons_for(nx: Cast, stranger: Citizen, files) -> None:
    case = applied(nx.body, "2025-03-03", person_=person())

    stranger.tracks(case).opens(f"{follow(case)}reasons/")

    assert "目前不需要说明理由" in stranger.text

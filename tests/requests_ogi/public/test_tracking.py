"""Following a request with its number and code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from portal.archive import service as archive
from portal.organisation import people
from portal.web import limits
from requests_ogi import secrets, workflow
from requests_ogi.views import guessing, tracking
from tests.cast import Cast
from tests.factories import applied, approved, assigned, at, filing, served, submitted

from .citizen import Citizen, ask, code_of, follow

REFUSAL = {
    "clear": "clear",
    "kind": "information",
    "whose": "ours",
    "held": "held",
    "give": "internal",
    "sever": "inseverable",
}
REFUSAL_TEXTS = {
    "finding": "经检索，本机关保存有该信息。",
    "ground": "personnel",
    "reason": "该信息属于人事管理方面的内部事务信息。",
    "harm": "公开会影响正常的人事管理。",
}


def html_without_tokens(citizen: Citizen) -> str:
    import re

    html = citizen.page.content.decode()
    return re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|value="[A-Z0-9-]*"', "", html)


def test_number_and_code_open_the_request(nx: Cast, stranger: Citizen) -> None:
    case = assigned(nx, "2025-03-03")

    stranger.tracks(case)

    assert stranger.path == follow(case)
    assert "承办中" in stranger.text


def test_a_code_is_accepted_however_it_was_typed(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code_of(case).lower())

    stranger.sends("/requests/track/", {"number": f" {case.number.lower()} ", "code": f"{wide[:5]} {wide[5:]}"})

    assert stranger.path == follow(case)


def test_a_wrong_code_and_an_unknown_number_look_exactly_the_same(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    one, other = Citizen(at("2025-03-04")), Citizen(at("2025-03-04"))

    one.sends("/requests/track/", {"number": case.number, "code": "AAAAAAAAAA"})
    other.sends("/requests/track/", {"number": "NX-2025-99999", "code": "AAAAAAAAAA"})

    assert one.faults == [tracking.NO_MATCH]
    assert html_without_tokens(one) == html_without_tokens(other)
    assert one.page.status_code == other.page.status_code
    assert {key for key, _ in one.page.items()} == {key for key, _ in other.page.items()}


def test_both_take_the_same_work(nx: Cast, monkeypatch, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    asked: list[int] = []
    honest = secrets.matches
    monkeypatch.setattr(secrets, "matches", lambda *given: asked.append(1) or honest(*given))

    counts = []
    for number in (case.number, "NX-2025-99999"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            stranger.sends("/requests/track/", {"number": number, "code": "AAAAAAAAAA"})
        counts.append(len(queries))

    assert len(asked) == 2
    assert counts[0] == counts[1]


WRONG = "AAAAAAAAAA"


def elsewhere(citizen: Citizen, place: int) -> Citizen:
    """Somebody at another address."""
    return Citizen(citizen.when, type(citizen.client)(REMOTE_ADDR=f"10.0.{place // 250}.{place % 250}"))


def test_wrong_codes_from_elsewhere_never_shut_out_who_holds_the_right_one(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    for place in range(guessing.MANY_MISSES + 5):
        elsewhere(stranger, place).tracks(case, WRONG)

    assert stranger.tracks(case).path == follow(case)


def test_one_address_tries_one_number_ten_times_and_then_rests_even_with_the_right_code(
    nx: Cast, stranger: Citizen
) -> None:
    case, other = applied(nx.body, "2025-03-03"), applied(nx.body, "2025-03-03")
    for _ in range(guessing.MISSES_AT_NUMBER):
        assert stranger.tracks(case, WRONG).faults == [tracking.NO_MATCH]

    assert stranger.tracks(case).page.status_code == 429
    assert "操作过于频繁" in stranger.text
    assert stranger.tracks(other).path == follow(other)


@pytest.mark.parametrize("known", [True, False])
def test_a_number_that_many_guess_at_leaves_each_address_three_tries(nx: Cast, stranger: Citizen, known: bool) -> None:
    case = applied(nx.body, "2025-03-03")
    number = case.number if known else "NX-2025-99999"
    guess = {"number": number, "code": WRONG}
    for place in range(guessing.MANY_MISSES):
        elsewhere(stranger, place).sends("/requests/track/", guess)

    statuses = [stranger.sends("/requests/track/", guess).page.status_code for _ in range(4)]

    assert statuses == [200, 200, 200, 429]


def test_an_address_that_rests_makes_no_number_look_guessed_at(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    for _ in range(guessing.MANY_MISSES):
        stranger.tracks(case, WRONG)

    near = elsewhere(stranger, 1)
    for _ in range(guessing.MISSES_WHEN_MANY + 1):
        near.tracks(case, WRONG)

    assert near.tracks(case).path == follow(case)


def test_a_right_code_buys_no_further_guesses_at_other_numbers(nx: Cast, stranger: Citizen) -> None:
    mine, theirs = applied(nx.body, "2025-03-03"), applied(nx.body, "2025-03-03")
    others = [f"NX-2025-8{number:04d}" for number in range(guessing.MISSES_OF_ADDRESS)]
    for number in others:
        stranger.tracks(mine).sends("/requests/track/", {"number": number, "code": WRONG})

    assert stranger.tracks(theirs, WRONG).page.status_code == 429


@pytest.mark.django_db(transaction=True)
def test_thirty_guesses_at_one_moment_are_no_more_than_ten(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    def guess(_: int) -> int:
        try:
            return Citizen(at("2025-03-04")).tracks(case, WRONG).page.status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(guess, range(30)))

    assert statuses.count(200) == guessing.MISSES_AT_NUMBER
    assert statuses.count(429) == 30 - guessing.MISSES_AT_NUMBER


def test_a_try_is_counted_before_its_code_is_looked_at(nx: Cast, stranger: Citizen, monkeypatch) -> None:
    case = applied(nx.body, "2025-03-03")
    counted: list[int] = []
    monkeypatch.setattr(
        secrets, "matches", lambda *_: counted.append(limits.seen("track:address:127.0.0.1:number:" + case.number))
    )

    stranger.tracks(case, WRONG)

    assert counted == [1]


def test_after_twenty_misses_an_address_rests_whatever_number_it_tries(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    for number in range(guessing.MISSES_OF_ADDRESS):
        stranger.sends("/requests/track/", {"number": f"NX-2025-8{number:04d}", "code": "AAAAAAAAAA"})

    assert stranger.tracks(case).page.status_code == 429


def test_success_is_not_counted(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")

    for _ in range(guessing.MISSES_OF_ADDRESS + 1):
        stranger.tracks(case)

    assert stranger.path == follow(case)


def test_the_address_of_a_request_alone_shows_nothing_not_even_whether_it_exists(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")

    known, unknown = (stranger.opens(path).text for path in (follow(case), "/requests/track/NX-2025-99999/"))

    assert known == unknown
    assert case.title not in known


@pytest.mark.parametrize("page", ["", "receipt/", "supplement/", "withdraw/", "letters/x/"])
def test_no_page_of_a_request_opens_with_the_pass_to_another(nx: Cast, stranger: Citizen, page: str) -> None:
    mine, theirs = applied(nx.body, "2025-03-03"), applied(nx.body, "2025-03-03", title="别人申请的信息")
    stranger.tracks(mine)
    pass_ = stranger.client.cookies["following"].value
    stranger.client.cookies["following"] = pass_
    stranger.client.cookies["following"]["path"] = "/"

    stranger.opens(follow(theirs) + page)

    assert "查询码" in stranger.text
    assert "别人申请的信息" not in stranger.text


def test_the_pass_lasts_half_an_hour_and_begins_anew_with_every_page(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    value = stranger.tracks(case).client.cookies["following"]

    assert int(value["max-age"]) == 30 * 60
    assert value["path"] == follow(case)
    assert value["httponly"]
    stranger.opens(follow(case))
    assert int(stranger.client.cookies["following"]["max-age"]) == 30 * 60


def test_leaving_forgets_the_request_at_once(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")
    stranger.tracks(case).sends(f"{follow(case)}leave/")
    assert "已退出查询" in stranger.text

    assert case.title not in stranger.opens(follow(case)).text


@pytest.mark.parametrize("bring", [assigned, submitted, approved])
def test_before_the_answer_is_served_one_only_reads_that_it_is_in_hand(
    nx: Cast, stranger: Citizen, files, bring
) -> None:
    case = bring(nx, "2025-03-03")

    text = stranger.tracks(case).text

    assert "承办中" in text
    for inside in ("待审签", "待送达", "予以公开", "审签", "拟办", nx.department.name, "李文静", "马玉兰", "陈立新"):
        assert inside not in text


def test_after_the_answer_one_reads_the_outcome_and_downloads_the_letter(nx: Cast, stranger: Citizen, files) -> None:
    case = served(nx, "2025-03-03")
    letter = case.answer.letter

    stranger.tracks(case)
    assert "已答复" in stranger.text
    assert "予以公开" in stranger.text

    stranger.opens(f"{follow(case)}letters/{letter.number}/")
    assert stranger.page.content == archive.open_bytes(letter.file)
    assert "attachment" in stranger.page["Content-Disposition"]


def test_a_letter_that_was_not_served_cannot_be_had_by_its_number(nx: Cast, stranger: Citizen, files) -> None:
    case = approved(nx, "2025-03-03")

    stranger.tracks(case).opens(f"{follow(case)}letters/{case.answer.letter.number}/")

    assert stranger.page.status_code == 404


def test_the_letter_to_a_third_party_is_never_shown_to_the_applicant(nx: Cast, stranger: Citizen, files) -> None:
    case = assigned(nx, "2025-03-03")
    asked = workflow.consult(
        case,
        party="某第三方公司",
        content="合同中的报价",
        manner="post",
        sent_on=date(2025, 3, 4),
        proof_number="EMS1",
        by=nx.he,
        at=at("2025-03-04"),
    )

    stranger.tracks(case)
    assert "征求第三方意见" in stranger.text
    assert "某第三方公司" not in stranger.text
    assert asked.letter.number not in stranger.text

    assert stranger.opens(f"{follow(case)}letters/{asked.letter.number}/").page.status_code == 404


@pytest.mark.rule("ARL-23")
def test_against_a_refusal_reconsideration_comes_first(nx: Cast, stranger: Citizen, files) -> None:
    case = served(nx, "2025-03-03", decided=REFUSAL, texts=REFUSAL_TEXTS)

    text = stranger.tracks(case).text

    assert "应当先申请行政复议" in text
    assert "最后一日为2025年5月6日" in text  # 60 days end on 2 May, a holiday: the next working day
    assert "向银川" not in text.split("行政复议决定不服")[0]


@pytest.mark.rule("ARL-20", "ALL-46")
def test_against_other_answers_one_may_choose(nx: Cast, stranger: Citizen, files) -> None:
    case = served(nx, "2025-03-03")

    text = stranger.tracks(case).text

    assert "两种途径可以任选一种" in text
    assert "6个月内，向" in text
    assert "最后一日为2025年9月3日" in text


@pytest.mark.rule("ARL-11", "ARL-23")
def test_once_the_limit_has_passed_in_silence_the_way_to_reconsideration_is_shown(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    on_the_last_day, after = Citizen(at("2025-04-02", 23)), Citizen(at("2025-04-03", 0))

    assert "答复期限已过" not in on_the_last_day.tracks(case).text
    text = after.tracks(case).text
    assert "法定答复期限已于2025年4月2日届满" in text
    assert "先申请行政复议始终是稳妥的做法" in text
    assert "最后一日为2025年6月3日" in text  # 60 days end in the Dragon Boat holiday


def test_the_limit_is_drawn_and_told_day_by_day(nx: Cast, stranger: Citizen) -> None:
    case = assigned(nx, "2025-09-08")

    text = stranger.tracks(case).text

    assert "逐日说明" in text
    assert "国庆节" in text


def test_a_request_filed_on_paper_is_followed_with_the_code_of_its_receipt(nx: Cast, stranger: Citizen) -> None:
    from requests_ogi.filing import Arrival
    from requests_ogi.vocabulary import Channel

    arrival = Arrival(Channel.ORDINARY_MAIL, date(2025, 3, 3))
    case = workflow.register(
        body=nx.body, filing=filing(arrival=arrival), submission_key=secrets.new_key(), by=nx.chen, at=at("2025-03-03")
    )

    stranger.tracks(case)

    assert "待确认" in stranger.text
    assert "确认之日就是收到申请之日" in stranger.text


def test_the_receipt_can_be_had_again_without_the_code(nx: Cast, stranger: Citizen) -> None:
    case = applied(nx.body, "2025-03-03")

    stranger.tracks(case).opens(f"{follow(case)}receipt/")

    assert stranger.page["Content-Type"] == "application/pdf"
    words = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(stranger.page.content)).pages).split())
    assert case.number in words
    assert code_of(case) not in words
    assert "no-store" in stranger.page["Cache-Control"]


def test_many_letters_and_entries_cost_no_more_queries_than_few(nx: Cast, stranger: Citizen, files) -> None:
    few, many = assigned(nx, "2025-03-03"), assigned(nx, "2025-03-03")
    for case in (few, many):
        ask(case, nx, "2025-03-04")
        workflow.supplement(case, text="2025年", returned_on=date(2025, 3, 5), by=people.APPLICANT, at=at("2025-03-05"))
    workflow.assign(many, department=nx.department, by=nx.chen, at=at("2025-03-05"))
    for day in ("2025-03-06", "2025-03-07", "2025-03-10"):
        workflow.give_back(many, why="不属于本机构职责", by=nx.li, at=at(day))
        workflow.assign(many, department=nx.department, by=nx.chen, at=at(day, 12))
    workflow.extend(
        many,
        amount=5,
        reason="需要查阅档案",
        manner="electronic",
        sent_on=date(2025, 3, 11),
        by=nx.he,
        at=at("2025-03-11"),
    )

    counts = []
    for case in (few, many):
        stranger.tracks(case)
        with CaptureQueriesContext(connection) as queries:
            stranger.opens(follow(case))
        counts.append(len(queries))

    # An extension brings its approver along: one query more, however many days, letters and acts there are.
    assert counts[1] - counts[0] <= 1

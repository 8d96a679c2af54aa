"""Receipt: whatever way a request comes, its day of receipt is found as 条例第三十一条 says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.notices.models import Notice
from portal.refusal import Refusal
from requests_ogi import secrets, workflow
from requests_ogi.filing import Aid, Arrival
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Channel, State
from tests.cast import Cast
from tests.factories import applied, at, filing, person

D = date.fromisoformat


def registered(cast: Cast, arrival: Arrival, *, on: str, aid: Aid | None = None) -> InformationRequest:
    return workflow.register(
        body=cast.body,
        filing=replace(filing(arrival=arrival), aid=aid),
        submission_key=secrets.new_key(),
        by=cast.chen,
        at=at(on),
    )


def told(**changes: Any) -> Aid:
    """A request told over the telephone in the morning and read back."""
    return Aid(**{"told_at": at("2025-03-03", 9), "difficulty": "年老，不识字", "read_back": True} | changes)


@pytest.mark.rule("REG-31")
def test_a_request_handed_in_is_received_that_day(nx: Cast) -> None:
    case = registered(nx, Arrival(Channel.COUNTER, D("2025-03-03")), on="2025-03-04")

    assert (case.received_on, case.state) == (D("2025-03-03"), State.RECEIVED)


@pytest.mark.rule("REG-31")
def test_registered_mail_is_received_when_it_is_signed_for(nx: Cast) -> None:
    arrival = Arrival(Channel.REGISTERED_MAIL, D("2025-03-03"), signed_on=D("2025-03-04"))

    assert registered(nx, arrival, on="2025-03-05").received_on == D("2025-03-04")


@pytest.mark.rule("REG-31")
def test_an_ordinary_letter_waits_for_the_applicants_confirmation(nx: Cast) -> None:
    case = registered(nx, Arrival(Channel.ORDINARY_MAIL, D("2026-03-02")), on="2026-03-02")
    assert (case.state, case.received_on) == (State.UNCONFIRMED, None)
    assert Clock.objects.running().of(case).get().duty == "receipt_confirmation"

    workflow.confirm_receipt(case, confirmed_on=D("2026-03-05"), note="电话确认", by=nx.chen, at=at("2026-03-05"))

    assert (case.state, case.received_on) == (State.RECEIVED, D("2026-03-05"))
    assert Clock.objects.running().of(case).get().last_day == D("2026-04-02")


def test_a_holiday_receipt_keeps_both_readings_and_alarms_by_the_strict_one(nx: Cast) -> None:
    arrival = Arrival(Channel.REGISTERED_MAIL, D("2025-10-04"), signed_on=D("2025-10-04"))

    case = registered(nx, arrival, on="2025-10-09")

    clock = Clock.objects.of(case).get(weight="statutory")
    assert (case.received_on, case.received_rolled_on) == (D("2025-10-04"), D("2025-10-09"))
    assert (clock.last_day, clock.rolled_last_day) == (D("2025-11-04"), D("2025-11-05"))


@pytest.mark.rule("WZ-6.2-5")
def test_wuzhou_promises_seven_working_days_beside_the_statutory_limit(wz: Cast) -> None:
    case = applied(wz.body, "2026-02-12")

    clocks = {clock.weight: clock.last_day for clock in Clock.objects.of(case)}
    assert clocks == {"statutory": D("2026-03-18"), "promise": D("2026-02-28")}


@pytest.mark.rule("YQ-S1-10a")
def test_yangquan_aims_at_fifteen_calendar_days(cast_of) -> None:
    case = applied(cast_of("yq").body, "2026-03-02")

    assert Clock.objects.of(case).get(weight="promise").last_day == D("2026-03-17")


@pytest.mark.rule("WZ-6.2-1", "LD-A8-7b")
@pytest.mark.parametrize(("code", "channel"), [("wz", Channel.TELEPHONE), ("ld", Channel.ORAL)])
def test_spoken_requests_are_written_down_by_staff(cast_of, code: str, channel: Channel) -> None:
    case = registered(cast_of(code), Arrival(channel, D("2025-03-03")), on="2025-03-03", aid=told())

    assert case.channel == channel
    assert (case.assistance.difficulty, case.assistance.told_at) == ("年老，不识字", at("2025-03-03", 9))


@pytest.mark.rule("WZ-6.2-1", "LD-A8-7b", "REG-29")
@pytest.mark.parametrize(
    ("aid", "why"),
    [
        (None, "书写困难"),
        (told(difficulty=" "), "书写困难"),
        (told(read_back=False), "读给申请人"),
        (told(told_at=at("2025-03-03", 11)), "不能晚于现在"),
    ],
)
def test_a_spoken_request_is_registered_only_with_its_record_and_read_back(wz: Cast, aid: Aid | None, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        registered(wz, Arrival(Channel.TELEPHONE, D("2025-03-03")), on="2025-03-03", aid=aid)


def test_what_an_applicant_wrote_has_no_record_of_filling_in(nx: Cast) -> None:
    with pytest.raises(Refusal, match="自己填写"):
        registered(nx, Arrival(Channel.COUNTER, D("2025-03-03")), on="2025-03-03", aid=told())


@pytest.mark.rule("WZ-6.2-1")
def test_a_body_whose_document_knows_no_telephone_requests_refuses_them(nx: Cast) -> None:
    with pytest.raises(Refusal, match="没有列出"):
        registered(nx, Arrival(Channel.TELEPHONE, D("2025-03-03")), on="2025-03-03")


def test_a_form_sent_twice_makes_one_request(nx: Cast) -> None:
    key = secrets.new_key()

    first = workflow.apply(body=nx.body, filing=filing(), submission_key=key, at=at("2025-03-03"))
    second = workflow.apply(body=nx.body, filing=filing(), submission_key=key, at=at("2025-03-03", 11))

    assert first == second
    assert InformationRequest.objects.count() == 1


@pytest.mark.rule("YC-5.2-2")
def test_numbers_have_no_gaps_even_after_a_failed_filing(nx: Cast) -> None:
    applied(nx.body, "2025-03-03")
    with pytest.raises(Refusal):
        registered(nx, Arrival(Channel.REGISTERED_MAIL, D("2025-03-03")), on="2025-03-03")

    assert applied(nx.body, "2025-03-04").number == "NX-2025-00002"


@pytest.mark.rule("LD-A8-5b")
def test_a_request_is_registered_at_once_and_the_office_is_told(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    assert [entry.verb for entry in ledger.timeline(case)] == ["apply"]
    assert Notice.objects.filter(about_number=case.number, user=nx.chen).exists()


def test_staff_cannot_register_what_is_filed_online(nx: Cast) -> None:
    arrival = Arrival(Channel.ONLINE, D("2025-03-03"), confirmed_on=D("2025-03-03"))

    with pytest.raises(Refusal, match="网上提交的申请由系统自动登记"):
        registered(nx, arrival, on="2025-03-03")


def test_receipt_is_not_confirmed_tomorrow(nx: Cast) -> None:
    case = registered(nx, Arrival(Channel.FAX, D("2025-03-03")), on="2025-03-03")

    with pytest.raises(Refusal, match="确认日期不能晚于今天"):
        workflow.confirm_receipt(case, confirmed_on=D("2025-03-05"), note="电话确认", by=nx.chen, at=at("2025-03-04"))


def test_tomorrow_has_not_come(nx: Cast) -> None:
    tomorrow = D("2025-03-03") + timedelta(days=1)

    with pytest.raises(Refusal, match="不能晚于今天"):
        registered(nx, Arrival(Channel.COUNTER, tomorrow), on="2025-03-03")


def test_only_the_office_registers(nx: Cast) -> None:
    with pytest.raises(Refusal, match="您的岗位不能登记"):
        workflow.register(
            body=nx.body,
            filing=filing(arrival=Arrival(Channel.COUNTER, D("2025-03-03"))),
            submission_key=secrets.new_key(),
            by=nx.li,
            at=at("2025-03-03"),
        )


@pytest.mark.rule("LD-A8-6b")
def test_an_agent_without_identity_cannot_be_stored(nx: Cast) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="agent_with_identity"):
        workflow.apply(
            body=nx.body,
            filing=filing(person_=person(agent_name="孙代理")),
            submission_key=secrets.new_key(),
            at=at("2025-03-03"),
        )


def test_personal_data_are_unreadable_in_the_database(nx: Cast) -> None:
    from django.db import connection

    applied(nx.body, "2025-03-03")

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM requests_ogi_applicant a")
        row = cursor.fetchone()[0]
    assert not any(secret in row for secret in ("王小明", "000000199001010018", "13800000000"))


def test_an_old_matter_keeps_its_law(nx: Cast) -> None:
    case = applied(nx.body, "2017-06-19")

    assert (Clock.objects.of(case).get().amount, case.profile_version) == (15, "nx-2020.1+national@2016-11-10")


def test_a_registration_sent_twice_makes_one_request(nx: Cast) -> None:
    key = secrets.new_key()
    handed_in = filing(arrival=Arrival(Channel.COUNTER, D("2025-03-03")))

    cases = [
        workflow.register(body=nx.body, filing=handed_in, submission_key=key, by=nx.chen, at=at("2025-03-03"))
        for _ in range(2)
    ]

    assert cases[0] == cases[1]

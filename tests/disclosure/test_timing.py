"""The limits of publishing: twenty working days by law, five by promise, two to hand over, at once with the issue."""

from datetime import date

import pytest

from disclosure import workflow
from disclosure.rules import Refused
from disclosure.workflow import Text
from portal.clocks.models import Clock, Ended
from tests.cast import Cast
from tests.factories import at

from .making import particulars, published, reviewed, signed

D = date.fromisoformat
DAY = "2026-03-03"


def limits(document: object) -> dict[tuple[str, str], date]:
    clocks = Clock.objects.running().of(document)
    return {(clock.duty, clock.weight): clock.last_day for clock in clocks}


@pytest.mark.rule("REG-26", "LD-A1-10-1b")
@pytest.mark.parametrize("code", ["nx", "yc", "ld"])
def test_twenty_working_days_from_the_day_it_was_formed(cast_of, code: str) -> None:
    document = signed(cast_of(code), DAY)

    assert limits(document)["proactive", "statutory"] == D("2026-03-31")


@pytest.mark.rule("WZ-6.1-2", "WZ-6.3-1d")
def test_wuzhou_promises_five_days_and_publishes_together_with_the_issue(wz: Cast) -> None:
    document = signed(wz, DAY)

    assert limits(document) == {
        ("proactive", "statutory"): D("2026-03-31"),
        ("proactive", "promise"): D("2026-03-10"),
        ("publish_with_issue", "internal"): D(DAY),
    }


@pytest.mark.rule("YQ-S5-1.2c")
def test_yangquan_hands_over_within_two_working_days_of_the_issue(cast_of) -> None:
    document = signed(cast_of("yq"), DAY, formed_on=D("2026-02-27"))

    assert limits(document)["hand_over_to_publish", "internal"] == D("2026-03-05")


def test_publication_stops_every_limit_and_settles_whether_it_was_in_time(cast_of) -> None:
    document = published(cast_of("yq"), DAY)

    assert not limits(document)
    assert set(
        Clock.objects.of(document)
        .filter(duty__in=("proactive", "hand_over_to_publish"))
        .values_list("ended_as", flat=True)
    ) == {Ended.MET}


@pytest.mark.rule("LD-A6-5-4a")
def test_at_luodian_who_is_late_says_why(cast_of) -> None:
    ld = cast_of("ld")
    document = signed(ld, DAY)
    late = at("2026-04-01")

    with pytest.raises(Refused, match=r"3月31日以前公开.*逾期公开的理由"):
        workflow.publish(document, by=ld.chen, at=late)
    with pytest.raises(Refused, match="逾期公开的理由"):
        workflow.schedule(document, publish_at=at("2026-04-09"), by=ld.chen, at=at(DAY, 16))
    workflow.publish(document, late_reason="等待上级机关统一发布口径", by=ld.chen, at=late)

    assert document.late_reason == "等待上级机关统一发布口径"
    assert Clock.objects.of(document).get(duty="proactive").ended_as == Ended.LATE


@pytest.mark.rule("LD-A6-5-4a")
def test_a_change_has_its_own_twenty_days_from_its_signing(cast_of) -> None:
    nx = cast_of("nx")
    document = published(nx, DAY)
    workflow.amend(document, by=nx.li, at=at("2026-06-01", 9))
    text = Text(title="改", html="<p>改</p>", text="改", change_note="更正日期")
    workflow.revise(document, text=text, particulars=particulars(nx, DAY), by=nx.li, at=at("2026-06-01", 9))
    workflow.propose(document, by=nx.li, at=at("2026-06-01", 10))
    reviewed(nx, document, "2026-06-01")

    workflow.sign(document, by=nx.ma, at=at("2026-06-01", 15))

    assert Clock.objects.running().of(document).get(duty="proactive").started_on == D("2026-06-01")


def test_what_goes_to_nobody_outside_owes_no_date(nx: Cast) -> None:
    assert not limits(signed(nx, DAY, attribute="on_request"))


def test_what_is_sent_back_and_signed_again_keeps_its_limit(nx: Cast) -> None:
    document = signed(nx, DAY)
    workflow.send_back(document, opinion="附件有误", by=nx.ma, at=at("2026-03-04"))

    assert limits(document)["proactive", "statutory"] == D("2026-03-31")

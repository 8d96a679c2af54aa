"""What makes a request bearable: the calendar, e-mail on and off, plain words, one question, help, and another form."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from portal.notices.models import Notice
from portal.workflow.engine import NotAllowed
from requests_ogi import workflow
from requests_ogi.calendar_file import calendar_of
from requests_ogi.following import story_of
from requests_ogi.models import InformationRequest, Satisfaction
from requests_ogi.plain_words import help_owed, whereabouts
from requests_ogi.rules import Refused
from requests_ogi.rules.providing import judge_form
from requests_ogi.vocabulary import Form, Help, Manner
from tests.cast import Cast
from tests.factories import applied, approved, assigned, at, person, served

from .public.citizen import ask

pytestmark = pytest.mark.usefixtures("files")
DAY = "2025-03-03"


def events(case: InformationRequest) -> list[Any]:
    return Calendar.from_ical(calendar_of(case, site="www.example.cn", at=at(DAY))).walk("VEVENT")


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_the_last_day_is_an_event_of_a_whole_day_with_the_number_and_nothing_personal(nx: Cast) -> None:
    case = applied(nx.body, DAY)

    (event,) = events(case)

    text = calendar_of(case, site="www.example.cn", at=at(DAY)).decode()
    assert event["dtstart"].dt == date(2025, 4, 2)
    assert event["dtend"].dt == date(2025, 4, 3)
    assert case.number in event["summary"]
    assert "王小明" not in text
    assert case.title not in text


def test_a_completion_that_is_awaited_is_the_event_instead(nx: Cast) -> None:
    case = assigned(nx, DAY)
    ask(case, nx, "2025-03-04")

    (event,) = events(case)

    assert "补正期限" in event["summary"]


def test_nothing_is_left_in_the_calendar_after_the_answer(nx: Cast) -> None:
    assert events(served(nx, DAY)) == []


def test_a_moved_limit_keeps_its_event(nx: Cast) -> None:
    case = assigned(nx, DAY)
    (before,) = events(case)
    ask(case, nx, "2025-03-04")
    workflow.supplement(
        case, text="2024年度", returned_on=date(2025, 3, 10), by=workflow_applicant(), at=at("2025-03-10")
    )

    (after,) = events(case)

    assert before["uid"] == after["uid"]
    assert after["dtstart"].dt > before["dtstart"].dt


def workflow_applicant() -> Any:
    from portal.organisation import people

    return people.APPLICANT


# --- e-mail -----------------------------------------------------------------------------------------------------------


def test_an_applicant_who_switched_it_off_is_not_written_to_until_it_is_on_again(nx: Cast) -> None:
    case = applied(nx.body, DAY)
    Notice.objects.all().delete()

    workflow.choose_email(case, wanted=False)
    case = InformationRequest.objects.get(pk=case.pk)
    workflow.assign(case, department=nx.department, by=nx.chen, at=at(DAY, 11))
    ask(case, nx, "2025-03-04")
    assert not Notice.objects.filter(kind="applicant").exists()

    workflow.choose_email(case, wanted=True)
    case = InformationRequest.objects.get(pk=case.pk)
    workflow.withdraw(case, by=workflow_applicant(), at=at("2025-03-05"))
    assert Notice.objects.filter(kind="applicant").count() == 1


def test_who_wants_the_answer_by_mail_cannot_switch_mail_off(nx: Cast) -> None:
    case = applied(nx.body, DAY, manner=Manner.EMAIL)

    with pytest.raises(Refused, match="电子邮件接收答复"):
        workflow.choose_email(case, wanted=False)


# --- one question at the end ------------------------------------------------------------------------------------------


def test_an_applicant_says_once_how_content_they_are(nx: Cast) -> None:
    case = served(nx, DAY)

    workflow.rate(case, score=5, comment="很快", at=at("2025-03-04"))

    with pytest.raises(Refused, match="已经评价过"):
        workflow.rate(case, score=1, at=at("2025-03-04"))
    assert Satisfaction.objects.get().score == 5


def test_nobody_rates_what_has_not_been_answered(nx: Cast) -> None:
    with pytest.raises(Refused, match="答复送达之后"):
        workflow.rate(applied(nx.body, DAY), score=5, at=at("2025-03-04"))


@pytest.mark.parametrize("score", [0, 6])
def test_the_scale_has_five_steps(nx: Cast, score: int) -> None:
    case = served(nx, DAY)

    with pytest.raises(Refused, match="1至5分"):
        workflow.rate(case, score=score, at=at("2025-03-04"))
    with pytest.raises(IntegrityError, match="satisfaction_from_one_to_five"), transaction.atomic():
        Satisfaction.objects.create(request=case, score=score, rated_at=at("2025-03-04"))


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-43", "LD-A8-12c")
@pytest.mark.parametrize("needed", [one for one in Help if one])
def test_every_need_has_its_offer(needed: Help) -> None:
    assert help_owed(needed).endswith("。")


@pytest.mark.rule("REG-43")
def test_who_needs_nothing_is_offered_nothing() -> None:
    assert help_owed("") == ""


@pytest.mark.rule("REG-43", "LD-A8-12c")
def test_the_help_given_is_written_down(nx: Cast) -> None:
    case = assigned(nx, DAY, help_needed=Help.READING)

    workflow.help(case, what="电话朗读并讲解", helped_on=date(2025, 3, 4), by=nx.li, at=at("2025-03-04"))

    given = case.helps.get()
    assert (given.what, given.helped_by) == ("电话朗读并讲解", nx.li)


def test_help_that_cannot_be_is_refused(nx: Cast) -> None:
    needs, needs_not = assigned(nx, DAY, help_needed=Help.READING), assigned(nx, DAY)
    how = {"helped_on": date(2025, 3, 4), "by": nx.li, "at": at("2025-03-04")}

    for case, changes, sentence in (
        (needs_not, {}, "没有提出需要协助"),
        (needs, {"what": " "}, "提供了什么协助"),
        (needs, {"helped_on": date(2025, 3, 5)}, "今天之间"),
    ):
        with pytest.raises(Refused, match=sentence):
            workflow.help(case, **{"what": "朗读", **how, **changes})
    with pytest.raises(NotAllowed):
        workflow.help(needs, what="朗读", **how | {"by": nx.wu})


# --- the form in which it is handed over ------------------------------------------------------------------------------


@pytest.mark.rule("LD-A8-11")
def test_another_form_than_the_one_asked_for_wants_a_reason() -> None:
    judge_form(requested=Form.PAPER, provided=Form.PAPER, reason="")
    judge_form(requested=Form.PAPER, provided=Form.INSPECTION, reason="原件不宜复制")

    with pytest.raises(Refused, match="其他适当形式"):
        judge_form(requested=Form.PAPER, provided=Form.INSPECTION, reason=" ")


@pytest.mark.rule("LD-A8-11")
def test_the_form_handed_over_is_recorded_with_the_answer(nx: Cast) -> None:
    how = {"manner": "electronic", "sent_on": date(2025, 3, 4), "by": nx.chen, "at": at("2025-03-04")}

    as_asked = workflow.serve(approved(nx, DAY), **how)
    other = workflow.serve(
        approved(nx, DAY), provided_form=Form.INSPECTION, form_reason="原件不宜复制，安排查阅", **how
    )

    assert (as_asked.provided_form, as_asked.form_reason) == (Form.ELECTRONIC, "")
    assert (other.provided_form, other.form_reason) == (Form.INSPECTION, "原件不宜复制，安排查阅")
    with pytest.raises(Refused, match="写明理由"):
        workflow.serve(approved(nx, DAY), provided_form=Form.PAPER, **how)
    with pytest.raises(IntegrityError, match="other_form_has_a_reason"), transaction.atomic():
        InformationRequest.objects.filter(pk=other.pk).update(form_reason="")


# --- plain words ------------------------------------------------------------------------------------------------------


def told(case: InformationRequest, day: str = "2025-03-05") -> Any:
    story = story_of(case, at=at(day))
    return whereabouts(
        case, story.limits, completion=story.completion, owed=story.owed, reasons=story.reasons, overdue=story.overdue
    )


def test_three_sentences_say_where_it_is_what_comes_and_by_when(nx: Cast) -> None:
    assert told(applied(nx.body, DAY)).by_when == "最迟2025年4月2日作出答复。"
    assert told(assigned(nx, DAY)).now == "正在查找信息、拟写答复。"
    assert told(served(nx, DAY)).by_when == ""

    case = assigned(nx, DAY)
    ask(case, nx, "2025-03-04")
    assert told(case).next.startswith("请按下面列出的事项补正")
    assert "前（含当日）补正" in told(case).by_when
    assert "届满，仍可以补正" in told(case, "2025-06-03").by_when


def test_a_limit_that_has_passed_is_not_promised_again(nx: Cast) -> None:
    by_when = told(assigned(nx, DAY), "2025-04-03").by_when

    assert "已于2025年4月2日届满" in by_when
    assert "最迟" not in by_when


def test_a_citizen_without_an_address_hears_nothing_and_nothing_breaks(nx: Cast) -> None:
    case = applied(nx.body, DAY, person_=replace(person(), email=""))

    assert not Notice.objects.filter(kind="applicant", about_number=case.number).exists()

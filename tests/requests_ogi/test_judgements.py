"""Judgements between the lines of a request's life: who has it, who hears of it, under which law, and since when."""

from dataclasses import replace
from datetime import date

import pytest
from guardian.models import UserObjectPermission

from portal.clocks.models import Clock
from portal.notices.models import Notice
from portal.organisation import roles
from portal.organisation.models import User
from portal.refusal import Refusal
from portal.regulations.schema import Unit
from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from requests_ogi.workflow import common
from tests.cast import Cast
from tests.factories import applied, assigned, at, submitted

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def told(user: User, case: InformationRequest, words: str) -> bool:
    return Notice.objects.about(case).filter(user=user, subject_line__contains=words).exists()


def holders_of_the_clocks(case: InformationRequest) -> dict[str, str | None]:
    running = Clock.objects.running().of(case).select_related("department")
    return {clock.duty: clock.department and clock.department.name for clock in running}


# --- who has it -------------------------------------------------------------------------------------------------------


def test_a_request_goes_to_no_department_of_another_body(nx: Cast, wz: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    with pytest.raises(Refusal, match="本机关的内设机构"):
        workflow.assign(case, department=wz.department, by=nx.chen, at=at("2025-03-04"))


def test_a_request_moves_to_no_department_of_another_body(nx: Cast, wz: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    with pytest.raises(Refusal, match="本机关的内设机构"):
        workflow.reassign(case, department=wz.department, by=nx.chen, at=at("2025-03-04"))


def test_an_assigned_request_has_its_clocks_with_its_department(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    assert holders_of_the_clocks(case) == {"answer": nx.department.name, "draft": nx.department.name}


def test_what_is_given_back_owes_no_draft_and_its_limit_is_the_offices(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    workflow.give_back(case, why="不属于本处职责", by=nx.li, at=at("2025-03-05"))

    assert holders_of_the_clocks(case) == {"answer": None}
    draft = Clock.objects.of(case).get(duty="draft")
    assert (draft.ended_as, draft.ended_on) == ("void", D("2025-03-05"))


def test_a_reassigned_request_takes_its_clocks_along(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    workflow.reassign(case, department=nx.other_department, by=nx.chen, at=at("2025-03-05"))

    name = nx.other_department.name
    assert holders_of_the_clocks(case) == {"answer": name, "draft": name}
    former, now = Clock.objects.of(case).filter(duty="draft")
    assert (former.ended_as, now.started_on) == ("void", D("2025-03-05"))


# --- who hears of it --------------------------------------------------------------------------------------------------


def test_the_people_of_a_department_hear_what_was_assigned_to_them(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    assert told(nx.li, case, "已分办给本单位")
    assert told(nx.zhou, case, "已分办给本单位")
    assert not told(nx.wu, case, "已分办给本单位")


def test_those_who_may_approve_hear_what_was_submitted(nx: Cast) -> None:
    case = submitted(nx, "2025-03-03")

    assert told(nx.ma, case, "请审签")
    assert not told(nx.li, case, "请审签")


def test_somebody_whose_account_was_closed_hears_nothing_more(nx: Cast) -> None:
    at_work = roles.holders("requests_ogi.assign", body=nx.body, at=at("2025-03-03"))
    User.objects.filter(pk=nx.chen.pk).update(is_active=False)

    case = applied(nx.body, "2025-03-03")

    assert nx.chen in at_work
    assert nx.chen not in roles.holders("requests_ogi.assign", body=nx.body, at=at("2025-03-03"))
    assert not told(nx.chen, case, "请分办")
    assert told(nx.he, case, "请分办")


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_post_without_its_grant_reaches_nothing(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    assert case in InformationRequest.objects.visible_to(nx.chen, at=at("2025-03-04"))

    UserObjectPermission.objects.filter(user=nx.chen).delete()

    assert roles.reach(nx.chen, "requests_ogi.view", at=at("2025-03-04")) == roles.NOWHERE
    assert case not in InformationRequest.objects.visible_to(nx.chen, at=at("2025-03-04"))
    with pytest.raises(Refusal, match="您的岗位不能办理“分办”"):
        workflow.assign(case, department=nx.department, by=nx.chen, at=at("2025-03-04"))


# --- under which law, and since when ----------------------------------------------------------------------------------


def test_an_act_moves_the_day_of_the_last_change_and_not_that_of_the_opening(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    opened = case.opened_at
    assert case.changed_at == opened

    workflow.assign(case, department=nx.department, by=nx.chen, at=at("2025-03-05", 15))

    case = InformationRequest.objects.get(pk=case.pk)
    assert (case.opened_at, case.changed_at) == (opened, at("2025-03-05", 15))


@pytest.mark.rule("REG07-24")
def test_a_matter_of_the_old_regulation_is_extended_under_it_even_after_the_new_one_came(nx: Cast) -> None:
    case = assigned(nx, "2019-05-10")
    workflow.reassign(case, department=nx.other_department, by=nx.chen, at=at("2019-05-20"))
    how = {"reason": "材料较多", "manner": "electronic", "sent_on": D("2019-05-21"), "by": nx.he}

    with pytest.raises(Refusal, match="不得超过15"):
        workflow.extend(case, amount=16, at=at("2019-05-21"), **how)
    workflow.extend(case, amount=15, at=at("2019-05-21"), **how)

    assert Clock.objects.running().of(case).get(duty="answer").extensions.get().amount == 15


@pytest.mark.parametrize(("code", "most"), [("nx", 20), ("wz", 15), ("yq", 20)])
def test_a_limit_is_lengthened_by_the_stricter_of_the_regulation_and_the_bodys_own_document(
    cast_of, code: str, most: int
) -> None:
    assert common.most_to_extend(applied(cast_of(code).body, "2026-03-02")) == (most, Unit.WORKING_DAY)


def test_a_document_that_allows_itself_more_than_the_regulation_is_not_followed(
    wz: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = applied(wz.body, "2026-03-02")
    law = common.law_of(case)
    own = law.promise("answer")
    generous = replace(own, extension=replace(own.extension, amount=30))

    bold = replace(law, promises={"answer": generous})
    monkeypatch.setattr(common, "law_of", lambda case: bold)

    assert common.most_to_extend(case) == (20, Unit.WORKING_DAY)

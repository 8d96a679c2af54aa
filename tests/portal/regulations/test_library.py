"""National law and the five documents over it, as they stood on a day."""

from datetime import date

import pytest

from portal.regulations import library
from portal.regulations.schema import OWN, Unit

NOW = date(2026, 11, 21)


@pytest.mark.rule("NX-50-2", "YC-5.2-7")
@pytest.mark.parametrize("code", ["nx", "yc"])
def test_a_body_without_a_number_of_its_own_answers_within_the_national_twenty_working_days(code):
    answer = library.profile(code, NOW).term("answer")

    assert (answer.amount, answer.unit) == (20, Unit.WORKING_DAY)
    assert (answer.extension.amount, answer.extension.unit) == (20, Unit.WORKING_DAY)
    assert library.profile(code, NOW).promise("answer") is None


@pytest.mark.rule("YC-5.2-7")
@pytest.mark.parametrize(("on", "days"), [(date(2019, 5, 14), 15), (date(2019, 5, 15), 20)])
def test_the_statutory_limit_that_yinchuan_refers_to_changed_on_15_may_2019(on, days):
    answer = library.profile("yc", on).term("answer")

    assert answer.amount == days
    assert answer.extension.amount == days


@pytest.mark.rule("LD-A8-10b", "LD-A6-5-4b")
def test_luodian_answers_within_twenty_working_days_and_its_articles_are_cited_beside_the_regulation():
    answer = library.profile("ld", NOW).term("answer")

    assert (answer.amount, answer.unit, answer.event) == (20, Unit.WORKING_DAY, "received")
    assert answer.rules == ("REG-33", "LD-A8-10b", "LD-A6-5-4b")


@pytest.mark.rule("LD-A8-10c")
def test_luodian_extends_once_by_twenty_working_days_with_the_heads_consent_and_a_written_notice():
    extension = library.profile("ld", NOW).term("answer").extension

    assert (extension.amount, extension.unit, extension.times) == (20, Unit.WORKING_DAY, 1)
    assert (extension.approver_role, extension.notice) == ("openness_director", "written")


@pytest.mark.rule("WZ-6.2-5")
def test_wuzhou_promises_seven_working_days_beside_the_statutory_twenty():
    wz = library.profile("wz", NOW)

    assert (wz.promise("answer").amount, wz.promise("answer").unit) == (7, Unit.WORKING_DAY)
    assert wz.term("answer").amount == 20


@pytest.mark.rule("WZ-6.2-6")
def test_wuzhou_extends_its_promise_by_fifteen_working_days_with_the_leading_groups_consent():
    wz = library.profile("wz", NOW)
    extension = wz.promise("answer").extension

    assert (extension.amount, extension.unit, extension.notice) == (15, Unit.WORKING_DAY, "any")
    assert extension.approver_role == wz.option("extend.approver_role") == "leading_group_head"
    assert [role.code for role in wz.holders("requests_ogi.extend")] == ["leading_group_head"]


@pytest.mark.rule("YQ-S1-10a")
def test_yangquan_promises_fifteen_calendar_days_beside_the_statutory_twenty_working_days():
    yq = library.profile("yq", NOW)

    assert (yq.promise("answer").amount, yq.promise("answer").unit) == (15, Unit.CALENDAR_DAY)
    assert (yq.term("answer").amount, yq.term("answer").unit) == (20, Unit.WORKING_DAY)


@pytest.mark.rule("YQ-S1-10e")
def test_yangquan_extends_its_promise_by_twenty_calendar_days_in_writing():
    extension = library.profile("yq", NOW).promise("answer").extension

    assert (extension.amount, extension.unit, extension.notice) == (20, Unit.CALENDAR_DAY, "written")


@pytest.mark.parametrize(("code", "amount", "unit"), [("wz", 7, Unit.WORKING_DAY), ("yq", 15, Unit.CALENDAR_DAY)])
def test_under_its_own_precedence_a_shorter_own_limit_takes_the_hard_place(code, amount, unit):
    own = library.profile(code, NOW, precedence=OWN)

    assert (own.term("answer").amount, own.term("answer").unit) == (amount, unit)
    assert own.promise("answer") is None
    assert own.statutory["answer"].amount == 20


@pytest.mark.parametrize("precedence", ["statutory", OWN])
@pytest.mark.rule("LD-A2-4-4")
def test_a_limit_longer_than_the_law_is_overruled_under_either_precedence(precedence):
    ld = library.profile("ld", NOW, precedence=precedence)

    assert ld.term("interpretation").amount == 3
    assert ld.promise("interpretation") is None
    assert ld.overruled["interpretation"].amount == 7


def test_a_deployment_may_choose_the_precedence_of_one_profile():
    try:
        library.deploy({"wz": OWN})

        assert library.in_force("wz", NOW).term("answer").amount == 7
        assert library.in_force("yq", NOW).term("answer").amount == 20
    finally:
        library.deploy({})


def test_a_deployment_that_names_an_unknown_profile_is_refused():
    with pytest.raises(ValueError, match="REGULATION_PRECEDENCE holds xx:own"):
        library.deploy({"xx": OWN})


def test_before_its_document_was_issued_a_body_promised_nothing():
    assert library.profile("wz", date(2019, 8, 29)).promise("answer") is None
    assert library.profile("wz", date(2019, 8, 30)).promise("answer").amount == 7


@pytest.mark.rule("NX-50-1")
def test_the_ningxia_measures_expire_after_2022_and_are_still_shown_as_expired():
    nx = library.profile("nx", NOW)

    assert not nx.expired_on(date(2022, 12, 31))
    assert nx.expired_on(date(2023, 1, 1))
    assert nx.articles["NX-50-1"].why.startswith("办法执行期已于2022年12月31日届满")


@pytest.mark.rule("NX-50-1", "NX-50-2")
def test_the_expiry_of_the_ningxia_measures_stops_no_statutory_clock():
    before, after = library.profile("nx", date(2022, 12, 31)), library.profile("nx", date(2023, 1, 1))

    assert before.term("answer") == after.term("answer")


def test_profiles_of_one_epoch_are_the_same_value_and_the_version_names_the_law():
    assert library.profile("nx", NOW) is library.profile("nx", date(2026, 1, 5))
    assert library.profile("nx", NOW).version == "nx-2020.1+national@2024-01-01"
    assert library.profile("nx", NOW, precedence=OWN).version.endswith("+own")


def test_an_unknown_duty_is_named_together_with_those_that_exist():
    with pytest.raises(KeyError, match=r"profile nx has no term 'anwser'.*answer.*completion_notice"):
        library.profile("nx", NOW).term("anwser")


def test_an_unknown_body_is_named_together_with_those_that_exist():
    with pytest.raises(KeyError, match="no profile 'xx'; known: national, nx, yc, yq, ld, wz"):
        library.profile("xx", NOW)


def test_reminders_come_ten_five_two_and_no_working_days_before_the_end():
    assert library.profile("nx", NOW).reminders("answer") == (10, 5, 2, 0)


def test_the_catalogue_holds_all_686_rules():
    assert len(library.catalogue()) == 686
    assert library.catalogue()["LD-A8-10b"].tier == 1


def test_every_rule_of_requests_and_of_the_portal_is_declared():
    declared = {rule for code in library.bodies() for rule in library.profile(code, NOW).articles}

    missing = {rule.id for rule in library.catalogue().values() if rule.app in {"requests_ogi", "portal"}} - declared

    assert missing == set()


def test_every_declared_article_says_something_in_chinese():
    for code in (library.NATIONAL, *library.bodies()):
        for article in library.profile(code, NOW).articles.values():
            assert article.text.endswith("。"), article.id


@pytest.mark.rule("NX-06-1", "NX-06-2", "NX-20-1d")
def test_ningxia_counts_two_meetings_one_report_and_one_security_evaluation_a_year():
    quotas = library.profile("nx", NOW).quotas

    assert {key: (quota.minimum, quota.per) for key, quota in quotas.items()} == {
        "leading_group_meeting": (2, "year"),
        "principal_hears_report": (1, "year"),
        "security_evaluation": (1, "year"),
    }


@pytest.mark.rule("YC-6.1-2", "YC-6.2-3", "YC-4.1-1c")
def test_yinchuan_counts_reports_trainings_and_weekly_updates_with_the_higher_number_as_a_target():
    quotas = library.profile("yc", NOW).quotas

    assert (quotas["principal_hears_report"].minimum, quotas["principal_hears_report"].target) == (1, 2)
    assert (quotas["training"].minimum, quotas["training"].target) == (1, 2)
    assert (quotas["site_update"].minimum, quotas["site_update"].per) == (1, "week")


@pytest.mark.rule("WZ-6.1-2")
def test_wuzhou_promises_to_publish_within_five_working_days():
    wz = library.profile("wz", NOW)

    assert (wz.promise("proactive").amount, wz.term("proactive").amount) == (5, 20)


@pytest.mark.rule("NX-11-3", "NX-24-2")
def test_ningxia_keeps_its_one_working_day_and_one_hour_clocks():
    nx = library.profile("nx", NOW)

    assert (nx.term("service_change").amount, nx.term("service_change").unit) == (1, Unit.WORKING_DAY)
    assert (nx.term("sentiment_sensitive_report").amount, nx.term("sentiment_sensitive_report").unit) == (1, Unit.HOUR)


@pytest.mark.rule("LD-A8-5b", "LD-A1-19a")
def test_luodian_registers_at_once_and_changes_passwords_every_month():
    ld = library.profile("ld", NOW)

    assert ld.term("registration").unit is Unit.IMMEDIATE
    assert (ld.term("password_change").amount, ld.term("password_change").unit) == (1, Unit.MONTH)

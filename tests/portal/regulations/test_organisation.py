"""Bodies, their units and their roles, as the profiles describe them."""

from datetime import date

import pytest

from portal.regulations import library

NOW = date(2026, 11, 21)
each_body = pytest.mark.parametrize("code", library.bodies())


@each_body
@pytest.mark.rule("LD-A8-3")
def test_every_body_publishes_the_contact_of_its_intake_office(code):
    contact = library.profile(code, NOW).organisation.contact

    assert all((contact.name, contact.address, contact.hours, contact.phone, contact.fax, contact.email))
    assert all((contact.postal_address, contact.postcode))


@each_body
def test_every_body_has_one_openness_office_and_a_review_authority_above_it(code):
    profile = library.profile(code, NOW)

    assert sum(unit.openness_office for unit in profile.departments.values()) == 1
    assert profile.organisation.reconsideration_authority.endswith("人民政府")
    assert profile.organisation.reconsideration_authority != profile.organisation.name


def test_a_department_is_reviewed_by_its_own_government_and_a_government_by_the_one_above():
    authorities = {code: library.profile(code, NOW).organisation.reconsideration_authority for code in library.bodies()}

    assert authorities == {
        "nx": "宁夏回族自治区人民政府",
        "yc": "宁夏回族自治区人民政府",
        "yq": "阳泉市人民政府",
        "ld": "黔南布依族苗族自治州人民政府",
        "wz": "梧州市人民政府",
    }


@pytest.mark.parametrize(("code", "region"), [("nx", "CN-NX"), ("yc", "CN-NX"), ("wz", "CN-GX")])
def test_a_body_counts_by_the_calendar_of_its_region(code, region):
    assert library.profile(code, NOW).region == region


@each_body
def test_nobody_both_drafts_and_approves(code):
    for role in library.profile(code, NOW).roles.values():
        assert not {"requests_ogi.draft", "requests_ogi.approve"} <= set(role.acts), role.code


@each_body
def test_every_act_of_a_request_is_in_somebodys_hands(code):
    profile = library.profile(code, NOW)

    for act in ("register", "assign", "ask_completion", "draft", "approve", "extend", "serve", "close", "lapse"):
        assert profile.holders(f"requests_ogi.{act}"), act


@each_body
def test_discipline_looks_audits_and_judges_complaints_and_does_nothing_else(code):
    acts = set(library.profile(code, NOW).roles["discipline"].acts)

    assert {act for act in acts if not act.startswith("complaints.")} == {
        "requests_ogi.view",
        "catalogue.view",
        "contents.view",
        "challenges.view",
        "disclosure.view",
        "negative.view",
        "weighings.view",
        "motions.view",
        "ledger.audit",
    } | ({"units.view"} if code == "ld" else set())
    assert "complaints.decide" in acts


@pytest.mark.rule("NX-04-1", "NX-04-3")
def test_in_ningxia_the_office_director_heads_the_openness_office_and_the_leader_over_the_office_the_group():
    roles = library.profile("nx", NOW).roles

    assert (roles["openness_director"].name, roles["openness_director"].post) == ("厅公开办主任", "办公室主任")
    assert roles["leading_group_head"].post == "分管办公室的厅领导"


@pytest.mark.parametrize(
    ("code", "role"),
    [
        pytest.param("nx", "liaison", marks=pytest.mark.rule("NX-05-1")),
        pytest.param("yc", "liaison", marks=pytest.mark.rule("YC-5.2-7")),
        pytest.param("ld", "liaison", marks=pytest.mark.rule("LD-A1-7")),
        pytest.param("wz", "openness_office", marks=pytest.mark.rule("WZ-1-2")),
    ],
)
def test_where_the_document_wants_a_named_person_at_least_one_must_hold_the_role(code, role):
    assert library.profile(code, NOW).roles[role].minimum == 1


@each_body
def test_the_day_of_receipt_is_fixed_for_every_channel(code):
    receipts = {key: channel.receipt for key, channel in library.profile(code, NOW).channels.items()}

    assert receipts["counter"] == receipts["oral"] == "submission"
    assert receipts["registered_mail"] == "signing"
    assert receipts["ordinary_mail"] == receipts["online"] == receipts["fax"] == receipts["email"] == "confirmation"


@pytest.mark.rule("LD-A8-7b")
def test_an_oral_request_is_filled_in_by_staff():
    oral = library.profile("ld", NOW).channels["oral"]

    assert oral.assisted
    assert "LD-A8-7b" in oral.rules


@pytest.mark.rule("YC-5.2-5")
def test_yinchuan_keeps_counter_letter_and_internet_open():
    channels = library.profile("yc", NOW).channels

    assert {key for key, channel in channels.items() if "YC-5.2-5" in channel.rules} == {
        "counter",
        "registered_mail",
        "ordinary_mail",
        "online",
    }

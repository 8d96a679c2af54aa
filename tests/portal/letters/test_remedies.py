"""The remedy statement: which variant, under which law, with whose names. No database."""

from datetime import date

import pytest

from portal.letters import remedies
from portal.letters.refusal import LetterRefused
from portal.regulations import library

from .conftest import new_body

NOW, BEFORE = date(2026, 11, 21), date(2023, 12, 31)
GOVERNMENT, COURT, URL = "宁夏回族自治区人民政府", "银川市兴庆区人民法院", "https://fuyi.nx.example.cn/"


def statement(variant, on=NOW, electronic=False, **fields):
    return remedies.text(variant, new_body(**fields), on, electronic)


@pytest.mark.rule("MOJ132-3")
@pytest.mark.parametrize("electronic", [True, False])
def test_procedural_letters_state_no_remedy(electronic):
    assert statement("R0", electronic=electronic) == ""


@pytest.mark.rule("ARL-23", "ARL-34", "ALL-45")
def test_a_refusal_sends_to_reconsideration_first():
    text = statement("R1")

    assert "应当先" in text
    assert f"向{GOVERNMENT}申请行政复议" in text
    assert "60日内" in text
    assert "收到" in text.split("；")[1]
    assert "15日内" in text.split("；")[1]
    assert "6个月" not in text


@pytest.mark.rule("ARL-20", "ALL-46")
def test_other_answers_leave_the_choice():
    text = statement("R2")

    assert "应当先" not in text
    assert f"60日内，依法向{GOVERNMENT}申请行政复议" in text
    assert f"6个月内，向{COURT}提起行政诉讼" in text


@pytest.mark.rule("ARL-23")
def test_before_2024_a_refusal_left_the_choice_as_well():
    assert statement("R1", on=BEFORE) == statement("R2", on=BEFORE)
    assert "应当先" in statement("R1", on=date(2024, 1, 1))


@pytest.mark.rule("ARL-24")
@pytest.mark.parametrize(("on", "named"), [(BEFORE, True), (date(2024, 1, 1), False), (NOW, False)])
def test_the_superior_department_was_an_authority_only_before_2024(on, named):
    assert ("中华人民共和国工业和信息化部" in statement("R2", on=on)) is named


@pytest.mark.rule("ARL-22")
@pytest.mark.parametrize(
    ("variant", "on", "electronic", "named"),
    [
        ("R1", NOW, True, True),
        ("R2", NOW, True, True),
        ("R1", NOW, False, False),
        ("R2", NOW, False, False),
        ("R2", date(2024, 1, 1), True, True),
        ("R2", BEFORE, True, False),
    ],
)
def test_a_letter_served_through_the_internet_names_the_internet_channel(variant, on, electronic, named):
    assert (URL in statement(variant, on=on, electronic=electronic)) is named


@pytest.mark.rule("ARL-22")
def test_without_an_internet_channel_nothing_is_served_through_the_internet():
    with pytest.raises(LetterRefused, match="互联网渠道"):
        statement("R1", electronic=True, reconsideration_url="")


@pytest.mark.parametrize(
    ("field", "sentence"), [("reconsideration_authority", "行政复议机关"), ("litigation_court", "人民法院")]
)
def test_a_statement_without_its_names_is_refused(field, sentence):
    with pytest.raises(LetterRefused, match=sentence):
        statement("R2", **{field: ""})


@pytest.mark.parametrize("code", library.bodies())
@pytest.mark.parametrize("variant", ["R1", "R2"])
@pytest.mark.parametrize("on", [date(2019, 5, 15), BEFORE, NOW])
def test_every_body_has_a_whole_statement_at_any_time(code, variant, on):
    text = statement(variant, on=on, profile=code)

    assert text.startswith("如对本答复")
    assert text.endswith("。")
    assert not set("{}") & set(text)


@pytest.mark.parametrize(("on", "variant"), [(NOW, "R1"), (BEFORE, "R2")])
def test_the_variant_of_a_refusal_follows_the_day(on, variant):
    assert remedies.remedy_in_force("R1", library.profile("nx", on)).code == variant


def test_an_unknown_variant_is_an_error():
    with pytest.raises(KeyError):
        statement("R9")

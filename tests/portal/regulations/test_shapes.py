"""What the profile files themselves may say: dated wordings, lapse, elaboration."""

from datetime import date

import pytest

from portal.regulations.library import Library
from portal.regulations.reading import ProfileError

NATIONAL = """
[profile]
title = "国家"
version = "cn"
valid_from = 2008-05-01
[[terms]]
key = "answer"
label = "答复"
amount = 20
unit = "working_day"
event = "received"
rules = ["REG-33"]
[[terms.earlier]]
until = 2019-05-15
amount = 15
[[options]]
key = "silence"
label = "逾期"
value = "decides"
"""
BODY = """
[profile]
inherits = "national"
title = "本机关"
version = "b"
valid_from = 2020-01-01
valid_to = 2022-12-31
{more}
[[terms]]
key = "answer"
amount = {amount}
rules = ["B-1"]
"""
DAYS_AROUND_A_TRIAL = (date(2021, 2, 28), date(2021, 3, 1), date(2021, 5, 31), date(2021, 6, 1))


@pytest.fixture
def shelves(tmp_path):
    def shelves(*, amount=5, more="", before=""):
        body = BODY.format(amount=amount, more=more + "\n" + before)
        for code, text in (("national", NATIONAL), ("body", body)):
            (tmp_path / code).mkdir()
            (tmp_path / code / "profile.toml").write_text(text, "utf-8")
        return Library(tmp_path)

    return shelves


def test_an_earlier_wording_holds_up_to_the_day_before_it_ended(shelves):
    library = shelves()

    assert library.resolve("national", date(2019, 5, 14), "statutory").term("answer").amount == 15
    assert library.resolve("national", date(2019, 5, 15), "statutory").term("answer").amount == 20


def test_an_entry_applies_from_its_first_day_and_no_longer_on_the_day_it_ended(shelves):
    dated = '[[options]]\nkey = "trial"\nlabel = "试行"\nvalue = true\nsince = 2021-03-01\nuntil = 2021-06-01'
    library = shelves(before=dated)

    held = {day: "trial" in library.resolve("body", day, "statutory").options for day in DAYS_AROUND_A_TRIAL}

    assert list(held.values()) == [False, True, True, False]


def test_a_document_that_lapsed_falls_back_to_national_law(shelves):
    library = shelves()

    assert library.resolve("body", date(2022, 12, 31), "statutory").promise("answer").amount == 5
    assert library.resolve("body", date(2023, 1, 1), "statutory").promise("answer") is None


def test_a_lapsed_document_that_is_continued_keeps_its_promise(shelves):
    library = shelves(more="continued = true")

    profile = library.resolve("body", date(2023, 1, 1), "statutory")

    assert profile.promise("answer").amount == 5
    assert profile.expired_on(date(2023, 1, 1))


def test_an_own_limit_equal_to_the_law_adds_only_its_citation(shelves):
    profile = shelves(amount=20).resolve("body", date(2021, 1, 1), "statutory")

    assert profile.promise("answer") is None
    assert profile.term("answer").rules == ("REG-33", "B-1")


def test_an_own_limit_is_never_longer_than_the_law_even_under_its_own_precedence(shelves):
    profile = shelves(amount=30).resolve("body", date(2021, 1, 1), "own")

    assert profile.term("answer").amount == 20
    assert profile.overruled["answer"].amount == 30


def test_an_own_limit_in_other_units_is_never_taken_for_shorter(shelves):
    profile = shelves(amount='1\nunit = "month"').resolve("body", date(2021, 1, 1), "own")

    assert profile.term("answer").amount == 20


def test_every_change_of_the_law_begins_an_epoch(shelves):
    library = shelves()

    assert library.epoch("body", date(2019, 5, 14)) == date(2008, 5, 1)
    assert library.epoch("body", date(2021, 6, 1)) == date(2020, 1, 1)
    assert library.epoch("body", date(2026, 1, 1)) == date(2023, 1, 1)


def test_a_precedence_nobody_knows_is_refused(shelves):
    with pytest.raises(ValueError, match="precedence is 'statutory' or 'own'"):
        shelves().resolve("body", date(2021, 1, 1), "mine")


def test_a_folder_without_a_head_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(ProfileError, match="no file holds a"):
        Library(tmp_path).shelf("empty")

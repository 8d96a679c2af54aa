"""How entries are read aloud."""

import pytest

from portal.ledger import sentences
from portal.ledger.models import Entry


@pytest.fixture(autouse=True)
def _own_sentences(monkeypatch):
    monkeypatch.setattr(sentences, "_tellers", {})


def entry(verb="assign", subject_type="requests_ogi.request", **told):
    return Entry(verb=verb, actor_label="李静", subject_type=subject_type, subject_number="NX-2026-7", told=told)


def test_a_template_is_filled_from_what_was_told():
    sentences.describe("assign", "{actor}将{number}交{department}办理，{due}前反馈")

    sentence = sentences.present(entry(department="政策法规处", due="2026-10-09"))

    assert sentence == "李静将NX-2026-7交政策法规处办理，2026年10月9日前反馈"


def test_yes_no_nothing_and_lists_are_read_as_words():
    sentences.describe("assign", "{late} {ground} {rules}")

    assert sentences.present(entry(late=True, ground=None, rules=["NX-1", "NX-2"])) == "是 （无） NX-1、NX-2"


def test_an_old_entry_that_was_not_told_a_value_is_still_read():
    sentences.describe("assign", "{actor}交{department}办理")

    assert sentences.present(entry()) == "李静交（未记载）办理"


def test_a_function_may_tell_an_entry():
    sentences.describe("assign", lambda entry: f"{entry.actor_label}办理了{entry.told['n']}次")

    assert sentences.present(entry(n=2)) == "李静办理了2次"


def test_a_verb_about_one_kind_of_subject_goes_before_the_general_one():
    sentences.describe("assign", "交办")
    sentences.describe("assign", "转办", about="sentiment.report")

    assert sentences.present(entry()) == "交办"
    assert sentences.present(entry(subject_type="sentiment.report")) == "转办"


def test_a_verb_nobody_describes_any_more_is_told_by_its_name():
    assert sentences.present(entry("vanished")) == "李静办理了“vanished”"


def test_one_verb_cannot_have_two_sentences():
    sentences.describe("assign", "交办")
    sentences.describe("assign", "交办")

    with pytest.raises(ValueError, match="another sentence"):
        sentences.describe("assign", "转办")


def test_verbs_without_a_sentence_are_named_when_checked():
    sentences.describe("assign", "交办")

    with pytest.raises(sentences.UnknownVerb, match="approve, serve"):
        sentences.check_described(["assign", "approve", "serve"], about="requests_ogi.request")

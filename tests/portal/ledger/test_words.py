"""Free words are kept beside the chain: shown while they are there, forgotten without breaking it, never changed."""

import pytest
from django.db import IntegrityError, connection, transaction

from portal.ledger import service as ledger
from portal.ledger.models import Entry, FreeWords
from portal.ledger.words import FORGETTING, FORGOTTEN, digest_of
from portal.organisation import people
from tests.factories import at

ledger.describe("test_speak", "说明：{why}")


def matter(pk: int = 1) -> ledger.Subject:
    return ledger.Subject("gxt", "test.matter", str(pk), f"T-{pk}")


def spoken(text: str, *, pk: int = 1) -> Entry:
    told = {"why": ledger.Words(text), "step": 3}
    return ledger.record("test_speak", matter(pk), by=people.SYSTEM, at=at("2026-03-02"), told=told)


@pytest.mark.django_db
def test_the_chain_holds_a_salted_digest_and_the_words_are_still_read_aloud() -> None:
    entry = spoken("退回给另一处室")

    row = FreeWords.objects.get()
    assert entry.told == {"why": {"words": digest_of("退回给另一处室", row.salt)}, "step": 3}
    assert "退回给另一处室" not in str(Entry.objects.get().told)
    assert ledger.present(Entry.objects.get()) == "说明：退回给另一处室"
    assert ledger.present(ledger.timeline(matter()).get()) == "说明：退回给另一处室"
    assert not ledger.verify("gxt")


@pytest.mark.django_db
def test_two_equal_texts_have_unequal_digests() -> None:
    assert spoken("同样的话").told != spoken("同样的话").told


@pytest.mark.django_db
def test_forgotten_words_are_gone_and_the_chain_still_verifies() -> None:
    spoken("要忘掉的话")
    spoken("别件的话", pk=2)

    assert ledger.forget_words(matter()) == 1

    assert not FreeWords.objects.filter(text="要忘掉的话").exists()
    assert ledger.present(ledger.timeline(matter()).first()) == f"说明：{FORGOTTEN}"
    assert ledger.present(ledger.timeline(matter(2)).get()) == "说明：别件的话"
    assert ledger.forget_words(matter()) == 0
    assert [(fault.kind, fault.seq) for fault in ledger.verify("gxt")] == [("words", 1)]  # until the act is on record

    ledger.record(FORGETTING, matter(), by=people.SYSTEM, at=at("2036-03-03"))

    assert not ledger.verify("gxt")


@pytest.mark.django_db
def test_reading_a_timeline_aloud_asks_for_no_words_one_by_one(django_assert_num_queries) -> None:
    for n in range(3):
        spoken(f"第{n}次")

    with django_assert_num_queries(1):
        assert [ledger.present(entry) for entry in ledger.timeline(matter())][2] == "说明：第2次"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_freewords SET text = '别的话'", "DELETE FROM ledger_freewords", "TRUNCATE ledger_freewords"],
)
def test_words_can_neither_be_changed_nor_removed_in_passing(statement: str) -> None:
    spoken("原话")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert FreeWords.objects.get().text == "原话"


@pytest.mark.django_db
def test_words_changed_past_the_guard_and_words_added_later_are_found() -> None:
    spoken("原话")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_freewords DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_freewords SET text = '改过的话'")
        cursor.execute("ALTER TABLE ledger_freewords ENABLE TRIGGER ALL")
    FreeWords.objects.create(body="gxt", seq=1, key="who", salt="0" * 32, text="后加的话")

    faults = ledger.verify("gxt")

    assert [(fault.kind, fault.seq) for fault in faults] == [("words", 1), ("words", 1)]


@pytest.mark.django_db
def test_words_that_look_personal_are_refused_like_any_text() -> None:
    with pytest.raises(ledger.NotForTheLedger):
        spoken("请打13800000000")
    assert not FreeWords.objects.exists()

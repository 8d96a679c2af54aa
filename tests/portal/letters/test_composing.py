"""Composing: numbers without gaps, letters that never change."""

import threading
from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from portal.archive import service as archive
from portal.letters import service as letters
from portal.letters.models import Letter, Series
from portal.moment import SHANGHAI
from portal.organisation import people

from .conftest import COMPLETION, MORNING, RECEIPT, REPLY, matter, new_body, reply, words


def compose(body, kind=REPLY, *, at=MORNING, by=people.SYSTEM, **changes):
    said = reply(**changes) if kind is REPLY else reply(remedy="R0", remedy_text="", **changes)
    return letters.compose(matter(body), kind, content=said, at=at, by=by)


def test_a_composed_letter_bears_its_number_on_paper_and_keeps_what_it_says(body, li):
    letter = compose(body, by=li)

    assert letter.number == "宁工信公开告〔2026〕1号"
    assert (letter.serial, letter.dated, letter.composed_by) == (1, MORNING.date(), li)
    assert letter.number in words(archive.open_bytes(letter.file))
    letter.refresh_from_db()
    assert letter.content == reply()
    assert list(Letter.objects.about(matter(body)).standing()) == [letter]


def test_names_do_not_lie_open_in_the_database(body):
    letter = compose(body)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM letters_letter l WHERE id = %s", [letter.pk])
        stored = cursor.fetchone()[0]
    assert "王小明" not in stored
    assert "王小明".encode().hex() not in stored


def test_a_letter_is_dated_by_the_day_in_shanghai(body):
    letter = compose(body, at=datetime(2026, 12, 31, 16, 30).astimezone(SHANGHAI).replace(tzinfo=SHANGHAI))

    assert letter.dated.isoformat() == "2026-12-31"


def test_numbers_run_by_body_year_and_series(body):
    other = new_body("yct", number_stem="银政公开")
    other.save()
    january = MORNING.replace(year=2027, month=1)

    numbers = [
        compose(body).number,
        compose(body).number,
        compose(body, COMPLETION).number,
        compose(body, at=january).number,
        compose(other).number,
        compose(body).number,
    ]

    assert numbers == [
        "宁工信公开告〔2026〕1号",
        "宁工信公开告〔2026〕2号",
        "宁工信公开补〔2026〕1号",
        "宁工信公开告〔2027〕1号",
        "银政公开告〔2026〕1号",
        "宁工信公开告〔2026〕3号",
    ]


def test_a_receipt_bears_the_number_of_its_matter_and_takes_none(body):
    receipts = [compose(body, RECEIPT), compose(body, RECEIPT)]

    assert {receipt.number for receipt in receipts} == {"GXT-2026-00007"}
    assert not Series.objects.exists()


def test_a_rollback_gives_the_number_back(body):
    compose(body)
    undo = transaction.savepoint()
    assert compose(body).serial == 2
    transaction.savepoint_rollback(undo)

    assert compose(body).serial == 2


@pytest.mark.django_db(transaction=True)
def test_forty_letters_from_two_desks_at_once_leave_no_gap():
    # given two desks, one of which abandons every fifth letter
    body = new_body()
    body.save()
    start = threading.Barrier(2)

    def desk(abandoning: bool) -> None:
        start.wait()
        for turn in range(20):
            try:
                with transaction.atomic():
                    compose(body)
                    if abandoning and turn % 5 == 0:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                with transaction.atomic():
                    compose(body)
        connection.close()

    # when both write at once
    desks = [threading.Thread(target=desk, args=(abandoning,)) for abandoning in (True, False)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()

    # then every number from 1 to 40 was given exactly once
    assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_given_outside_a_transaction():
    body = new_body()
    body.save()

    with pytest.raises(RuntimeError, match="transaction"):
        Series.issue(body=body, year=2026, code="告")


@pytest.mark.parametrize("kind", [REPLY, COMPLETION])
def test_a_letter_with_the_wrong_remedy_statement_is_refused_and_takes_no_number(body, kind):
    wrong = reply(remedy="R0", remedy_text="") if kind.needs_remedy else reply()

    with pytest.raises(letters.LetterRefused, match="救济"):
        letters.compose(matter(body), kind, content=wrong, at=MORNING, by=people.SYSTEM)
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"number": "宁工信公开告〔2026〕99号"},
        {"sealed": "{}"},
        {"addressee": "他人"},
        {"dated": "2026-01-01"},
        {"remedy": "R1"},
        {"title": "其他"},
        {"composed_at": MORNING.replace(hour=8)},
    ],
)
def test_the_database_refuses_to_change_a_composed_letter(body, change):
    letter = compose(body)

    with pytest.raises(DatabaseError, match="不得改动"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)


def test_the_database_refuses_to_delete_a_letter(body):
    letter = compose(body)

    with pytest.raises(DatabaseError, match="不得删除"), transaction.atomic():
        letter.delete()


def test_renewing_the_encryption_may_touch_ciphertexts_and_nothing_else(body):
    letter = compose(body)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.reencrypting = 'on'")

        Letter.objects.filter(pk=letter.pk).update(addressee=letter.addressee, sealed=letter.sealed)
        with pytest.raises(DatabaseError, match="不得改动"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(number="9号")


def test_the_database_refuses_a_number_given_twice(body):
    letter = compose(body)
    letter.pk = None

    with pytest.raises(IntegrityError, match="letter_number_once"), transaction.atomic():
        letter.save(force_insert=True)


def test_a_wrong_letter_is_voided_once_with_its_reason_and_its_number_stays_used(body):
    letter = compose(body)

    letters.void(letter, reason="引用条款有误", at=MORNING)

    assert letter.voided_why == "引用条款有误"
    assert not Letter.objects.standing().exists()
    assert compose(body).serial == 2
    with pytest.raises(letters.LetterRefused, match="已经作废"):
        letters.void(letter, reason="再次", at=MORNING)


def test_a_letter_is_not_voided_without_a_reason(body):
    with pytest.raises(letters.LetterRefused, match="原因"):
        letters.void(compose(body), reason=" ", at=MORNING)


def test_a_voided_letter_stays_as_it_is(body):
    letter = compose(body)
    letters.void(letter, reason="引用条款有误", at=MORNING)

    with pytest.raises(DatabaseError, match="作废"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(voided_at=None, voided_why="")


def test_a_preview_takes_no_number(body):
    text = words(letters.render_preview(body, REPLY, content=reply(), on=MORNING.date()))

    assert "〔2026〕号" in text
    assert "草" in text
    assert not Series.objects.exists()


def test_a_receipt_is_printed_with_the_number_of_its_matter(body):
    rows = [letters.Row("收到日期", "2026年11月21日"), letters.Row("查询码", "K7QM-2XNP")]

    pdf = letters.receipt_pdf(
        body, title="登记回执", number="GXT-2026-00007", rows=rows, notes=["请保管。"], on=MORNING.date()
    )

    assert "回执号：GXT-2026-00007" in words(pdf)
    assert "查询码K7QM-2XNP" in words(pdf)


def test_a_proof_of_service_names_the_letter_and_its_addressee_on_one_page(body):
    letter = compose(body)

    text = words(letters.service_proof_pdf(letter, on=MORNING.date()))

    for part in ("送达回证", letter.number, letter.title, "王小明", "代收人", "—1—"):
        assert part in text
    assert "—2—" not in text

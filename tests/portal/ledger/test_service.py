"""Acts are written in order, once, and only with the rest of the transaction."""

import threading

import pytest
from django.db import connection, connections, transaction

from portal.ledger import service as ledger
from portal.ledger.chain import GENESIS
from portal.ledger.models import Chain, Entry
from portal.organisation import people
from portal.organisation.models import User
from tests.portal.ledger.conftest import NOON, matter


@pytest.mark.django_db
def test_an_act_is_recorded_with_who_what_when_and_what_was_told():
    li = User.objects.create(username="li", name="李静")

    entry = ledger.record("assign", matter(), by=li, at=NOON, told={"department": "fgc"})

    entry.refresh_from_db()
    assert (entry.body, entry.seq, entry.at, entry.verb) == ("nx", 1, NOON, "assign")
    assert (entry.actor_id, entry.actor_label) == (str(li.pk), "李静")
    assert (entry.subject_type, entry.subject_id, entry.subject_number) == ("requests_ogi.request", "7", "NX-2026-7")
    assert (entry.told, entry.previous_hash) == ({"department": "fgc"}, GENESIS)


@pytest.mark.django_db
def test_an_applicant_is_never_named():
    entry = ledger.record("file", matter(), by=people.APPLICANT, at=NOON)

    assert (entry.actor_id, entry.actor_label) == ("applicant", "申请人")


def test_each_body_has_its_own_chain_and_each_entry_holds_the_one_before(written):
    nx = list(Entry.objects.filter(body="nx").order_by("seq"))

    assert [entry.seq for entry in nx] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in nx[1:]] == [entry.hash for entry in nx[:-1]]
    assert ledger.head("nx") == (5, nx[-1].hash)
    assert ledger.head("yc")[0] == 2
    assert ledger.head("ld") == (0, GENESIS)


def test_a_timeline_holds_the_acts_on_one_subject_in_order(written):
    ledger.record("act6", matter(8), by=people.SYSTEM, at=NOON)

    assert [entry.verb for entry in ledger.timeline(matter())] == ["act1", "act2", "act3", "act4", "act5"]


@pytest.mark.django_db
def test_many_acts_are_recorded_with_a_fixed_number_of_queries(django_assert_num_queries):
    subjects = [
        ledger.Subject(body, "clocks.clock", str(n), f"{body}-{n}") for n in range(100) for body in ("yc", "nx")
    ]
    deeds = [ledger.Deed(verb="remind", subject=subject, by=people.SYSTEM, at=NOON) for subject in subjects]
    ledger.record_many(deeds)

    with django_assert_num_queries(2 * 3 + 2):  # lock, insert, move the head; and the savepoint
        ledger.record_many(deeds)

    assert ledger.head("nx")[0] == ledger.head("yc")[0] == 200
    assert ledger.verify("nx") == ledger.verify("yc") == []
    assert [entry.subject_id for entry in Entry.objects.filter(body="nx", seq__lte=3).order_by("seq")] == [
        "0",
        "1",
        "2",
    ]


@pytest.mark.django_db
def test_an_act_in_a_transaction_that_is_rolled_back_leaves_nothing():
    ledger.record("file", matter(), by=people.APPLICANT, at=NOON)

    with transaction.atomic():
        ledger.record("assign", matter(), by=people.SYSTEM, at=NOON)
        transaction.set_rollback(True)

    assert ledger.head("nx")[0] == Entry.objects.count() == 1
    assert ledger.record("assign", matter(), by=people.SYSTEM, at=NOON).seq == 2


@pytest.mark.django_db
def test_an_unsaved_subject_a_naive_moment_and_personal_data_are_refused_before_anything_is_written():
    with pytest.raises(ValueError, match="saved"):
        ledger.record("file", matter(pk=None), by=people.SYSTEM, at=NOON)
    with pytest.raises(ValueError, match="time zone"):
        ledger.record("file", matter(), by=people.SYSTEM, at=NOON.replace(tzinfo=None))
    with pytest.raises(ledger.NotForTheLedger):
        ledger.record("file", matter(), by=people.SYSTEM, at=NOON, told={"phone": "13812341234"})

    assert not Chain.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_people_who_act_at_the_same_moment_get_numbers_without_gaps():
    errors, start = [], threading.Barrier(4)

    def act(worker):
        try:
            start.wait(10)
            for serial in range(15):
                with transaction.atomic():
                    bodies = ("nx", "yc") if worker % 2 else ("yc", "nx")  # two orders: no deadlock either
                    ledger.record_many(
                        ledger.Deed(verb="act", subject=matter(worker, body), by=people.SYSTEM, at=NOON)
                        for body in bodies
                    )
                    if serial % 5 == 4:
                        transaction.set_rollback(True)
        except Exception as error:  # the thread must hand it to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    for body in ("nx", "yc"):
        assert list(Entry.objects.filter(body=body).order_by("seq").values_list("seq", flat=True)) == list(range(1, 49))
        assert ledger.verify(body) == []


def test_the_ledger_points_at_nothing_by_foreign_key(db):
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_chain"):
            assert not connection.introspection.get_relations(cursor, table)

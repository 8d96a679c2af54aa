"""The database itself refuses to change the record, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from portal.ledger.chain import GENESIS
from portal.ledger.models import Chain, Entry

ONES = "1" * 64


def run(statement, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'x' WHERE seq = 2",
        "UPDATE ledger_entry SET verb = verb WHERE false",
        "DELETE FROM ledger_entry WHERE seq = 5",
        "TRUNCATE ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (id) DO UPDATE SET verb = 'x'",
        "DELETE FROM ledger_chain",
        "TRUNCATE ledger_chain",
    ],
)
def test_what_was_written_cannot_be_changed_removed_or_emptied(written, statement):
    before = list(Entry.objects.order_by("pk").values())

    with pytest.raises(IntegrityError, match="只可追加"):
        run(statement)

    assert list(Entry.objects.order_by("pk").values()) == before


def test_the_refusal_holds_for_the_owner_of_the_table(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'ledger_entry'")
        assert cursor.fetchone() == (True,)

    with pytest.raises(IntegrityError, match="只可追加"):
        Entry.objects.filter(seq=1).delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_chain SET length = 4 WHERE body = 'nx'",
        "UPDATE ledger_chain SET length = length, head = repeat('1', 64) WHERE body = 'nx'",
        "UPDATE ledger_chain SET body = 'zz', length = 9 WHERE body = 'nx'",
    ],
)
def test_a_chain_can_only_grow(written, statement):
    with pytest.raises(IntegrityError, match="只能增长"):
        run(statement)

    assert Chain.objects.get(body="nx").length == 5


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"seq": 1}, "ledger_seq_once"),
        ({"seq": 0}, "ledger_seq_from_one"),
        ({"hash": "not a hash"}, "ledger_hash_is_sha256"),
        ({"previous_hash": "A" * 64}, "ledger_hash_is_sha256"),
        ({"hash": ONES, "previous_hash": ONES}, "ledger_hash_moves_on"),
    ],
)
def test_the_database_refuses_an_entry_that_could_not_be_one(written, changes, constraint):
    values = Entry.objects.filter(body="nx", seq=1).values().get() | {"id": None, "seq": 99} | changes

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Entry.objects.create(**values)


@pytest.mark.parametrize(("length", "head"), [(0, ONES), (3, GENESIS)])
@pytest.mark.django_db
def test_a_chain_has_a_head_exactly_when_it_has_entries(length, head):
    with pytest.raises(IntegrityError, match="chain_head_once_it_has_entries"), transaction.atomic():
        Chain.objects.create(body="nx", length=length, head=head)

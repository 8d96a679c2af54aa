"""Somebody with the database's keys goes past the triggers; the walk along the chain finds it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.ledger import service as ledger
from portal.ledger import verifying
from portal.ledger.chain import hash_of
from portal.ledger.models import Chain, Entry
from portal.organisation import people
from tests.portal.ledger.conftest import NOON, matter


def tamper(*statements):
    """Run SQL as an attacker who owns the server: past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def found(body="nx"):
    return [(fault.kind, fault.seq) for fault in verifying.verify(body)]


def test_an_untouched_ledger_is_whole(written):
    assert found("nx") == found("yc") == found("nobody") == []


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "verb = 'x'",
        "actor_id = 'x'",
        "actor_label = '别人'",
        "subject_type = 'x'",
        "subject_id = '70'",
        "subject_number = 'x'",
        'told = \'{"serial": 4, "name": "告知书"}\'',
    ],
)
def test_a_changed_fact_is_found(written, change):
    tamper(f"UPDATE ledger_entry SET {change} WHERE body = 'nx' AND seq = 3")

    assert found() == [("changed", 3)]
    assert found("yc") == []


def test_an_entry_moved_to_another_body_is_found_in_both(written):
    tamper("UPDATE ledger_entry SET body = 'yc', seq = 3 WHERE body = 'nx' AND seq = 5")

    assert found("nx") == [("tail", 5)]
    assert ("changed", 3) in found("yc")


def test_a_changed_entry_whose_hash_was_made_to_fit_is_found_by_the_next_one(written):
    entry = Entry.objects.get(body="nx", seq=3)
    entry.verb = "x"
    tamper(f"UPDATE ledger_entry SET verb = 'x', hash = '{hash_of(entry)}' WHERE body = 'nx' AND seq = 3")

    assert found() == [("broken", 4)]


def test_a_replaced_last_entry_whose_hash_fits_is_found_by_the_chain(written):
    entry = Entry.objects.get(body="nx", seq=5)
    entry.verb = "x"
    tamper(f"UPDATE ledger_entry SET verb = 'x', hash = '{hash_of(entry)}' WHERE body = 'nx' AND seq = 5")

    assert found() == [("broken", 5)]


@pytest.mark.parametrize(
    ("gone", "fault"),
    [
        ("seq = 1", ("missing", 1)),
        ("seq IN (2, 3)", ("missing", 2)),
        ("seq = 5", ("tail", 5)),
        ("seq >= 1", ("tail", 1)),
    ],
)
def test_a_removed_entry_is_found_wherever_it_stood(written, gone, fault):
    tamper(f"DELETE FROM ledger_entry WHERE body = 'nx' AND {gone}")

    assert found() == [fault]


def test_an_inserted_entry_is_found(written):
    tamper(
        "UPDATE ledger_entry SET seq = seq + 1 WHERE body = 'nx' AND seq = 5",
        "UPDATE ledger_entry SET seq = seq + 1 WHERE body = 'nx' AND seq = 4",
        "INSERT INTO ledger_entry (body, seq, at, verb, actor_id, actor_label, subject_type, subject_id, subject_number, told,"
        " previous_hash, hash) SELECT body, 4, at, 'forged', actor_id, actor_label, subject_type, subject_id, subject_number,"
        " told, hash, repeat('1', 64) FROM ledger_entry WHERE body = 'nx' AND seq = 3",
    )

    assert ("changed", 4) in found()
    assert ("broken", 5) in found()


def test_an_entry_added_behind_the_last_one_is_found(written):
    tamper(
        "INSERT INTO ledger_entry (body, seq, at, verb, actor_id, actor_label, subject_type, subject_id, subject_number, told,"
        " previous_hash, hash) SELECT body, 6, at, verb, actor_id, actor_label, subject_type, subject_id, subject_number,"
        " told, hash, repeat('1', 64) FROM ledger_entry WHERE body = 'nx' AND seq = 5",
    )

    assert found() == [("changed", 6), ("unknown", 6)]


def test_two_entries_that_changed_places_are_found(written):
    tamper(
        "UPDATE ledger_entry SET seq = 99 WHERE body = 'nx' AND seq = 2",
        "UPDATE ledger_entry SET seq = 2 WHERE body = 'nx' AND seq = 3",
        "UPDATE ledger_entry SET seq = 3 WHERE body = 'nx' AND seq = 99",
    )

    assert {("broken", 2), ("broken", 3), ("broken", 4), ("changed", 2), ("changed", 3)} == set(found())


def test_a_doubled_entry_is_found(written):
    tamper(
        "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_seq_once",
        "INSERT INTO ledger_entry (body, seq, at, verb, actor_id, actor_label, subject_type, subject_id, subject_number,"
        " told, previous_hash, hash) SELECT body, seq, at, verb, actor_id, actor_label, subject_type, subject_id,"
        " subject_number, told, previous_hash, hash FROM ledger_entry WHERE body = 'nx' AND seq = 3",
    )

    assert found() == [("duplicated", 3)]


def test_a_removed_or_rewound_chain_row_is_found(written):
    tamper("DELETE FROM ledger_chain WHERE body = 'nx'", "UPDATE ledger_chain SET length = 1 WHERE body = 'yc'")

    assert found("nx") == [("unknown", 5)]
    assert found("yc") == [("unknown", 2)]
    assert verifying.bodies() == ["nx", "yc"]


def test_a_long_chain_is_walked_in_steps(written, monkeypatch):
    monkeypatch.setattr(verifying, "_CHUNK", 2)
    tamper("UPDATE ledger_entry SET verb = 'x' WHERE body = 'nx' AND seq = 5")

    assert found() == [("changed", 5)]


def verify_command(*args):
    out = StringIO()
    code = 0
    try:
        call_command("verify_ledger", *args, stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue()


def test_the_command_says_that_all_is_whole(written):
    code, said = verify_command()

    assert code == 0
    assert "nx：共 5 条，完好。" in said
    assert "yc：共 2 条，完好。" in said


def test_the_command_names_the_entry_and_ends_with_one(written):
    tamper("UPDATE ledger_entry SET verb = 'x' WHERE body = 'nx' AND seq = 3")

    code, said = verify_command()

    assert code == 1
    assert "nx：第 3 条（NX-2026-7，x）的内容与其校验值不符" in said
    assert "yc：共 2 条，完好。" in said
    assert verify_command("--body", "yc")[0] == 0


def test_the_command_can_answer_machines(written):
    tamper("DELETE FROM ledger_entry WHERE body = 'nx' AND seq = 5")

    code, said = verify_command("--json")

    report = json.loads(said)
    assert (code, report["whole"], report["bodies"]) == (1, False, ["nx", "yc"])
    assert [(fault["body"], fault["seq"], fault["kind"]) for fault in report["faults"]] == [("nx", 5, "tail")]


@pytest.fixture
def kept(written, tmp_path):
    """The heads as somebody carried them away."""
    out = StringIO()
    call_command("ledger_heads", "--json", stdout=out)
    path = tmp_path / "heads.json"
    path.write_text(out.getvalue(), "utf-8")
    return path


def test_heads_kept_elsewhere_agree_with_a_ledger_that_went_on(kept):
    ledger.record("act6", matter(), by=people.SYSTEM, at=NOON)

    assert verify_command("--heads", str(kept))[0] == 0


def test_a_past_rewritten_without_a_seam_is_found_by_heads_kept_elsewhere(kept):
    rewrite_everything_of_nx(verb_of_third="forged")

    assert found() == []
    code, said = verify_command("--heads", str(kept))
    assert code == 1
    assert "nx：第 5 条的校验值与留存的不一致" in said


def test_a_tail_cut_off_without_a_seam_is_found_by_heads_kept_elsewhere(kept):
    last = Entry.objects.get(body="nx", seq=4).hash
    tamper(
        "DELETE FROM ledger_entry WHERE body = 'nx' AND seq = 5",
        f"UPDATE ledger_chain SET length = 4, head = '{last}' WHERE body = 'nx'",
    )

    assert found() == []
    assert "nx：留存的校验值记有第 5 条，台账中现在没有这一条" in verify_command("--heads", str(kept))[1]


def test_a_whole_body_that_vanished_is_found_by_heads_kept_elsewhere(kept):
    tamper("DELETE FROM ledger_entry WHERE body = 'yc'", "DELETE FROM ledger_chain WHERE body = 'yc'")

    assert "yc：留存的校验值记有第 2 条" in verify_command("--heads", str(kept))[1]


@pytest.mark.parametrize("content", ["", "[]", '{"heads": [{"body": "nx"}]}', '{"heads": 5}'])
def test_a_file_that_holds_no_heads_is_refused_with_a_sentence(db, tmp_path, content):
    path = tmp_path / "heads.json"
    path.write_text(content, "utf-8")

    with pytest.raises(CommandError, match="ledger_heads --json"):
        verify_command("--heads", str(path))


def rewrite_everything_of_nx(verb_of_third):
    previous, statements = "0" * 64, []
    for entry in Entry.objects.filter(body="nx").order_by("seq"):
        entry.verb = verb_of_third if entry.seq == 3 else entry.verb
        entry.previous_hash = previous
        previous = hash_of(entry)
        statements.append(
            f"UPDATE ledger_entry SET verb = '{entry.verb}', previous_hash = '{entry.previous_hash}', hash = '{previous}'"
            f" WHERE id = {entry.pk}"
        )
    tamper(*statements, f"UPDATE ledger_chain SET head = '{previous}' WHERE body = 'nx'")
    assert Chain.objects.get(body="nx").head == previous

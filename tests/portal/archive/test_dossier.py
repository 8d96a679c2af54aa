"""A sealed dossier proves by itself what was in it and where the ledger stood."""

import io
import json
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal.archive import disk
from portal.archive.checking import check_zip
from portal.archive.dossier import pack
from portal.archive.models import Dossier
from portal.archive.service import AlreadySealed, Part, open_bytes, seal
from portal.ledger import service as ledger
from portal.organisation import people
from tests.portal.archive.conftest import NOON

PARTS = (
    Part("02 答复/告知书.pdf", b"letter", title="政府信息公开申请答复书"),
    Part("01 申请/申请表.pdf", b"application"),
)


@pytest.fixture
def sealed(matter):
    ledger.record("file", matter, by=people.APPLICANT, at=NOON)
    ledger.record("close", matter, by=people.SYSTEM, at=NOON)
    return seal(matter, PARTS, at=NOON, by=people.SYSTEM)


def opened(dossier):
    return zipfile.ZipFile(io.BytesIO(open_bytes(dossier.file)))


def test_a_dossier_holds_its_parts_a_manifest_and_a_list_in_chinese(sealed):
    packed = opened(sealed)

    assert packed.namelist() == ["manifest.json", "目录.txt", "01 申请/申请表.pdf", "02 答复/告知书.pdf"]
    assert packed.read("02 答复/告知书.pdf") == b"letter"
    contents = packed.read("目录.txt").decode()
    assert "卷宗目录　NX-2026-7" in contents
    assert "2026年9月10日 12:00:00" in contents
    assert "2. 政府信息公开申请答复书（02 答复/告知书.pdf，6 字节）" in contents


def test_the_manifest_states_every_part_and_the_head_of_the_ledger(sealed):
    manifest = json.loads(opened(sealed).read("manifest.json"))

    assert [part["path"] for part in manifest["parts"]] == ["目录.txt", "01 申请/申请表.pdf", "02 答复/告知书.pdf"]
    assert (manifest["number"], manifest["body"], manifest["sealed_by"]) == ("NX-2026-7", "sample", "系统")
    last = ledger.timeline(sealed_subject(sealed)).get(verb="close")
    assert manifest["ledger"] == {"length": 2, "hash": last.hash}
    assert (sealed.ledger_length, sealed.ledger_hash) == (2, last.hash)


def sealed_subject(dossier):
    return ledger.Subject("sample", dossier.subject_type, dossier.subject_id, dossier.subject_number)


def test_the_ledger_is_told_the_hash_of_the_manifest(sealed):
    entry = ledger.timeline(sealed_subject(sealed)).last()

    assert (entry.verb, entry.seq, entry.told["manifest"]) == ("seal", 3, sealed.manifest_sha256)
    assert ledger.present(entry) == "封存卷宗，共2个文件"


def test_the_same_parts_give_the_same_bytes_in_whatever_order():
    facts = {"number": "NX-2026-7", "body": "nx", "length": 2, "head": "a" * 64, "at": NOON, "by": "系统"}

    first, second = pack(PARTS, **facts), pack(PARTS[::-1], **facts)

    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first[0])).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert pack(PARTS, **facts | {"at": NOON + timedelta(seconds=1)}) != first
    assert pack((Part("01 申请/申请表.pdf", b"Application"), PARTS[0]), **facts) != first


def test_a_matter_is_sealed_once(sealed, matter):
    with pytest.raises(AlreadySealed, match="NX-2026-7 已经封卷"):
        seal(matter, PARTS, at=NOON, by=people.SYSTEM)

    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "paths",
    [
        [],
        ["a", "a"],
        ["a", "A"],
        ["/a"],
        ["../a"],
        ["a/../b"],
        ["a//b"],
        ["a\\b"],
        [""],
        ["manifest.json"],
        ["目录.txt"],
        ["a:b"],
    ],
)
def test_parts_without_a_safe_path_of_their_own_are_refused(matter, paths):
    with pytest.raises(ValueError, match=r"path|at least one part|seal itself"):
        seal(matter, [Part(path, b"x") for path in paths], at=NOON, by=people.SYSTEM)

    assert not Dossier.objects.exists()
    assert list(disk.addresses()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE archive_dossier SET manifest_sha256 = repeat('0', 64)",
        "DELETE FROM archive_dossier",
        "TRUNCATE archive_dossier",
        "TRUNCATE archive_storedfile CASCADE",
    ],
)
def test_a_sealed_dossier_cannot_be_changed_or_removed(sealed, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="只可追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "dossier_once"),
        ({"subject_id": "8", "manifest_sha256": "x"}, "dossier_hashes"),
        ({"subject_id": "8", "ledger_hash": "x"}, "dossier_hashes"),
    ],
)
def test_the_database_refuses_a_dossier_that_could_not_be_one(sealed, changes, constraint):
    values = Dossier.objects.filter(pk=sealed.pk).values().get() | {"id": None} | changes

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dossier.objects.create(**values)


def verify(*args):
    out = StringIO()
    try:
        call_command("verify_dossier", *args, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_an_untouched_dossier_is_whole_by_number_by_file_and_among_all(sealed, tmp_path):
    path = tmp_path / "NX-2026-7.zip"
    path.write_bytes(open_bytes(sealed.file))

    for args in (("NX-2026-7",), (str(path),), ()):
        code, said = verify(*args)
        assert code == 0
        assert "完好" in said


def test_a_dossier_stays_whole_while_the_ledger_goes_on(sealed, matter):
    ledger.record("note", matter, by=people.SYSTEM, at=NOON)

    assert verify("NX-2026-7")[0] == 0


def repacked(dossier, **changes):
    """The dossier's ZIP with members replaced (or, with None, left out) by somebody with a ZIP program."""
    members = {name: opened(dossier).read(name) for name in opened(dossier).namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in (members | changes).items():
            if data is not None:
                packed.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"02 答复/告知书.pdf": b"forged"}, "“02 答复/告知书.pdf”与清单记载的校验值不符"),
        ({"02 答复/告知书.pdf": None}, "清单中的“02 答复/告知书.pdf”不在卷内"),
        ({"03 夹带.pdf": b"more"}, "卷内的“03 夹带.pdf”不在清单中"),
        ({"目录.txt": b""}, "“目录.txt”与清单记载的校验值不符"),
        ({"manifest.json": None}, "不是完好的卷宗压缩包"),
        ({"manifest.json": b"[]"}, "不是完好的卷宗压缩包"),
    ],
)
def test_a_dossier_somebody_altered_is_found_out(sealed, tmp_path, changes, fault):
    path = tmp_path / "NX-2026-7.zip"
    path.write_bytes(repacked(sealed, **changes))

    code, said = verify(str(path))

    assert code == 1
    assert fault in said


def test_a_forged_dossier_that_fits_in_itself_is_found_by_its_row_and_by_the_ledger(sealed):
    forged, _ = pack(
        (Part("01.pdf", b"x"),),
        number="NX-2026-7",
        body="sample",
        length=2,
        head=sealed.ledger_hash,
        at=NOON,
        by="系统",
    )

    assert check_zip(forged, sealed) == [
        "清单的校验值与封卷登记不符，清单被改动。",
        "台账中没有与本清单校验值一致的封卷记录。",
    ]


def test_a_dossier_from_a_ledger_that_was_rewritten_is_found(sealed):
    forged, _ = pack(PARTS, number="NX-2026-7", body="sample", length=2, head="b" * 64, at=NOON, by="系统")

    assert any("台账第 2 条" in fault for fault in check_zip(forged, sealed))


def test_a_dossier_nobody_registered_is_not_called_whole(db, tmp_path):
    data, _ = pack(PARTS, number="NX-2026-9", body="sample", length=0, head="0" * 64, at=NOON, by="系统")
    path = tmp_path / "x.zip"
    path.write_bytes(data)

    code, said = verify(str(path))

    assert code == 1
    assert "没有编号 NX-2026-9 的封卷登记" in said


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04"])
def test_what_is_no_dossier_is_said_to_be_none(db, tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)

    code, said = verify(str(path))

    assert code == 1
    assert "不是完好的卷宗压缩包" in said


def test_a_dossier_whose_file_was_altered_on_disk_is_found(sealed):
    disk.path_of(sealed.file.address).write_bytes(b"damaged")

    code, said = verify()

    assert code == 1
    assert "NX-2026-7.zip" in said


def test_a_dossier_that_was_removed_is_missed_by_the_ledger(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM archive_dossier")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    code, said = verify()

    assert code == 1
    assert "NX-2026-7：台账第 3 条记载已封卷，封卷登记却不存在" in said


@pytest.mark.parametrize("what", ["NX-2026-8", "/nowhere/x.zip"])
def test_asking_for_what_is_not_there_is_answered_with_a_sentence(db, what):
    with pytest.raises(CommandError, match="请"):
        verify(what) if what.endswith("zip") else call_command("verify_dossier", what)

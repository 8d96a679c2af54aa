"""Files are kept encrypted, come back as they were, and are missed when they do not."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from portal.archive import disk
from portal.archive.models import StoredFile
from portal.archive.service import CannotRead, Kind, as_attachment, open_bytes, store
from portal.organisation import people
from tests.portal.archive.conftest import NOON
from tests.portal.archive.samples import PDF


@pytest.fixture
def keep(archive_body):
    def keep(name="申请书.pdf", data=PDF, **more):
        return store(name, data, **{"body": archive_body, "kind": Kind.PDF, "by": people.APPLICANT, "at": NOON} | more)

    return keep


def test_a_stored_file_is_described_and_comes_back_as_it_was(keep):
    stored = StoredFile.objects.get(pk=keep(purpose="attachment").pk)

    assert open_bytes(stored) == PDF
    assert (stored.name, stored.kind, stored.mime, stored.size) == ("申请书.pdf", "pdf", "application/pdf", len(PDF))
    assert (stored.sha256, stored.private) == (hashlib.sha256(PDF).hexdigest(), True)
    assert (stored.stored_at, stored.stored_by, stored.purpose) == (NOON, "申请人", "attachment")


def test_the_folder_tells_neither_content_nor_name_nor_hash(keep, files_dir):
    stored = keep()

    (path,) = [path for path in files_dir.rglob("*") if path.is_file()]
    assert path.name == stored.address != stored.sha256
    assert PDF not in path.read_bytes()
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (files_dir, path.parent.parent, path.parent)} == {0o700}


def test_the_same_content_lies_on_disk_once(keep, files_dir):
    first, second = keep("a.pdf"), keep("b.pdf")

    assert first.address == second.address
    assert len([path for path in files_dir.rglob("*") if path.is_file()]) == 1
    assert open_bytes(first) == open_bytes(second) == PDF


def test_a_damaged_file_heals_when_the_same_content_is_handed_in_again(keep):
    stored = keep()
    disk.path_of(stored.address).write_bytes(b"damaged")

    keep()

    assert open_bytes(stored) == PDF


def test_a_file_altered_on_disk_is_not_given_out(keep):
    stored = keep()
    path = disk.path_of(stored.address)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    with pytest.raises(CannotRead, match=r"申请书\.pdf.*改动"):
        open_bytes(stored)


def test_a_file_put_in_anothers_place_is_not_given_out(keep):
    stored, other = keep(), keep("other.pdf", PDF + b"other")
    disk.path_of(stored.address).write_bytes(disk.path_of(other.address).read_bytes())

    with pytest.raises(CannotRead):
        open_bytes(stored)


def test_a_row_pointed_at_another_file_does_not_give_it_out(keep):
    stored, other = keep(), keep("other.pdf", PDF + b"other")
    stored.address = other.address

    with pytest.raises(CannotRead, match="校验值不符"):
        open_bytes(stored)


def test_a_missing_file_is_missed_in_words(keep):
    stored = keep()
    disk.remove(stored.address)

    with pytest.raises(CannotRead, match="从备份恢复"):
        open_bytes(stored)


@pytest.mark.parametrize("wrong", [{"data": b""}, {"at": NOON.replace(tzinfo=None)}, {"kind": "exe"}])
def test_nothing_is_stored_without_content_zone_or_kind(keep, wrong):
    with pytest.raises(ValueError, match=r"content|zone|exe"):
        keep(**wrong)

    assert list(disk.addresses()) == []


def test_a_file_of_a_rolled_back_transaction_is_an_orphan_that_the_sweep_removes(keep):
    kept = keep()
    with transaction.atomic():
        orphan = keep("orphan.pdf", PDF + b"orphan")
        transaction.set_rollback(True)

    assert set(disk.addresses()) == {kept.address, orphan.address}
    call_command("sweep_orphan_files", verbosity=0)
    assert set(disk.addresses()) == {kept.address}


@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_a_file_whose_row_is_not_committed_yet(keep):
    written, swept = threading.Event(), threading.Event()

    def hand_in():
        try:
            with transaction.atomic():
                keep()
                written.set()
                swept.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=hand_in)
    thread.start()
    written.wait(20)
    call_command("sweep_orphan_files", verbosity=0)
    swept.set()
    thread.join(20)

    assert open_bytes(StoredFile.objects.get()) == PDF


def test_the_sweep_removes_what_was_left_half_written_a_day_ago(files_dir, db):
    folder = files_dir / "ab" / "cd"
    folder.mkdir(parents=True)
    old, fresh = folder / ".half-old", folder / ".half-fresh"
    for path in (old, fresh):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * 86400,) * 2)

    call_command("sweep_orphan_files", verbosity=0)

    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_write_that_fails_leaves_the_old_file_and_no_half_one(files_dir, monkeypatch):
    disk.write("ab" * 32, b"old")

    def no_space(descriptor):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="no space"):
        disk.write("ab" * 32, b"new")

    assert disk.read("ab" * 32) == b"old"
    assert len([path for path in files_dir.rglob("*") if path.is_file()]) == 1


def test_a_process_killed_while_writing_leaves_whole_files_only(files_dir):
    address = "cd" * 32
    writer = (
        "from django.conf import settings; from portal.archive import disk\n"
        f"settings.configure(FILES_DIR={str(files_dir)!r})\n"
        f"while True: disk.write({address!r}, b'a' * 300_000); disk.write({address!r}, b'b' * 300_000)"
    )
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", writer])
        deadline = time.monotonic() + 20
        while not disk.path_of(address).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

        assert disk.read(address) in {b"a" * 300_000, b"b" * 300_000}
        disk.remove(address)


def test_a_download_is_an_attachment_that_no_browser_runs_or_keeps(keep):
    response = as_attachment(keep('申请书 "一".pdf'))

    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('申请书 _一_.pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "change",
    [
        "size = size + 1",
        "sha256 = repeat('0', 64)",
        "address = repeat('0', 64)",
        "kind = 'png'",
        "stored_by = '别人'",
        "id = 0",
    ],
)
def test_the_facts_of_a_stored_file_cannot_be_changed(keep, change):
    keep()

    with pytest.raises(IntegrityError, match="不得修改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE archive_storedfile SET {change}")


def test_a_stored_file_may_be_made_public(keep):
    keep()

    assert StoredFile.objects.update(private=False) == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"size": 0}, "stored_file_not_empty"),
        ({"sha256": "x"}, "stored_file_hashes"),
        ({"address": "A" * 64}, "stored_file_hashes"),
    ],
)
def test_the_database_refuses_a_file_that_could_not_be_one(keep, changes, constraint):
    values = StoredFile.objects.filter(pk=keep().pk).values().get() | {"id": None} | changes

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StoredFile.objects.create(**values)


def test_a_body_with_files_cannot_be_deleted(keep, archive_body):
    keep()

    with pytest.raises(ProtectedError):
        archive_body.delete()

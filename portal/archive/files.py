"""Taking files in and giving them out: encrypted on disk, named in the database, checked every time they are opened."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from portal.archive import disk, vault
from portal.archive.kinds import Kind
from portal.archive.models import StoredFile
from portal.archive.sniff import clean_name
from portal.moment import chinese_date, local_date
from portal.organisation import people
from portal.organisation.models import Body

FORGOTTEN_NAME = "内容已销毁"


class CannotRead(Exception):
    """A stored file that is missing or no longer what was stored; the text is a Chinese sentence for the staff."""


class Forgotten(CannotRead):
    """A stored file whose term of keeping is over: its content was destroyed, its hash is kept."""


def store(
    name: str,
    data: bytes,
    *,
    body: Body,
    kind: Kind,
    by: people.Actor,
    at: datetime,
    private: bool = True,
    purpose: str = "",
) -> StoredFile:
    """Keep a file: encrypted on disk first, then its row in the caller's transaction.

    `kind` is what `sniff` said, or what the portal itself made. If the transaction is rolled back, or the machine stops in
    between, a file without a row stays behind; it does no harm and `sweep_orphan_files` removes it. Raises ValueError for no
    content, a naive moment or a kind that does not exist.
    """
    if not data or at.tzinfo is None:
        raise ValueError("a stored file needs content and a moment with its time zone")
    kind = Kind(kind)
    address = vault.digest(data)
    with transaction.atomic():
        _hold(address)
        # Written even when the same content is there already: a damaged copy heals, and nobody need ask whether it is.
        disk.write(address, vault.seal(data, label=label_of(address)))
        return StoredFile.objects.create(
            body=body,
            name=clean_name(name, kind),
            kind=kind,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            address=address,
            private=private,
            purpose=purpose,
            stored_at=at,
            stored_by=people.label(by),
        )


def open_bytes(stored: StoredFile) -> bytes:
    """The content, decrypted and compared with the hash taken when it was stored. Raises CannotRead, or its kind Forgotten."""
    if stored.forgotten_at is not None:
        day = chinese_date(local_date(stored.forgotten_at))
        raise Forgotten(f"文件内容已于{day}按档案保管期限销毁，只保留校验值。")
    try:
        data = vault.unseal(disk.read(stored.address), label=label_of(stored.address))
    except FileNotFoundError:
        raise CannotRead(f"文件“{stored.name}”不在文件库中。请联系系统管理员从备份恢复。") from None
    except vault.CannotOpen as error:
        raise CannotRead(
            f"文件“{stored.name}”无法打开，可能已被改动或缺少密钥。请联系系统管理员核对。（{error}）"
        ) from error
    if len(data) != stored.size or hashlib.sha256(data).hexdigest() != stored.sha256:
        raise CannotRead(f"文件“{stored.name}”与存入时的校验值不符，内容可能已被改动。请联系系统管理员从备份恢复。")
    return data


def as_attachment(stored: StoredFile) -> HttpResponse:
    """The file as a download that no browser runs, guesses at or keeps. Whoever calls has judged that it may be seen."""
    response = HttpResponse(open_bytes(stored), content_type=stored.mime)
    response["Content-Disposition"] = content_disposition_header(True, stored.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def label_of(address: str) -> str:
    """What a file's ciphertext is bound to: one file put in another's place does not open."""
    return f"archive.file:{address}"


@transaction.atomic
def forget(files: Iterable[StoredFile], *, at: datetime) -> int:
    """Forget the content and the names of files for good; their hashes stay. Returns how many were not forgotten before.

    What lies on disk goes when the transaction is committed, unless a file that is still kept has the same content; if the
    machine stops in between, `sweep_orphan_files` removes it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.forgetting', 'on', true)")
    fresh = StoredFile.objects.filter(pk__in=[file.pk for file in files], forgotten_at__isnull=True)
    addresses = set(fresh.values_list("address", flat=True))
    done = fresh.update(forgotten_at=at, name=FORGOTTEN_NAME)
    for address in sorted(addresses):
        transaction.on_commit(partial(_remove_if_orphan, address), robust=True)
    return done


def remove_orphans() -> int:
    """Remove files that no row keeps: left by transactions that were rolled back, or forgotten. Returns how many."""
    return sum(_remove_if_orphan(address) for address in list(disk.addresses()))


@transaction.atomic
def _remove_if_orphan(address: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_number(address)])
        free = cursor.fetchone()[0]
    if not free or StoredFile.objects.filter(address=address, forgotten_at__isnull=True).exists():
        return False
    disk.remove(address)
    return True


def _hold(address: str) -> None:
    """Keep `remove_orphans` away from this file until the row that names it is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_lock_number(address)])


def _lock_number(address: str) -> int:
    return int(address[:16], 16) - 2**63

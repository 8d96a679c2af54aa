"""Keeping a half-filled form between its pages: answers and files, sealed, found only by the key in the browser's cookie."""

import json
import secrets as randomness
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from portal.archive import service as archive
from portal.archive import vault

from . import secrets
from .filing import Upload
from .models import Attachment, FilingDraft, FilingDraftFile
from .rules import Refused

MOST_FILES = 5
SHOWN_FOR = timedelta(hours=2)
"""How long after sending the confirmation page shows the code: enough to print it, too short for who comes next."""
Answers = dict[str, dict[str, Any]]


def most_bytes() -> int:
    """How much the files of one form may weigh together."""
    return 2 * int(settings.UPLOAD_LIMIT)


def begin(answers: Answers, *, at: datetime) -> tuple[FilingDraft, str]:
    """A new form with its first answers, and the key that opens it; the key is stored nowhere but in the browser."""
    key = randomness.token_urlsafe(32)
    draft = FilingDraft.objects.create(
        digest=_digest(key),
        submission_key=secrets.new_key(),
        sealed=json.dumps(answers, ensure_ascii=False),
        begun_at=at,
        updated_at=at,
    )
    return draft, key


def find(key: str | None, *, at: datetime) -> FilingDraft | None:
    """The form a key opens, unless a day has passed since it was last touched."""
    if not key:
        return None
    digests = vault.digests(f"filing-draft:{key}")
    return FilingDraft.objects.alive(at=at).filter(digest__in=digests).first()


def answers_of(draft: FilingDraft) -> Answers:
    """What has been filled in, by page."""
    found: Answers = json.loads(draft.sealed)
    return found


@transaction.atomic
def keep(draft: FilingDraft, page: str, answers: dict[str, Any], *, at: datetime) -> Answers:
    """Remember the answers of one page; two windows of one browser do not lose each other's pages. Returns all answers."""
    row = FilingDraft.objects.select_for_update().get(pk=draft.pk)
    all_answers = answers_of(row) | {page: answers}
    if row.filed_at is None:
        row.sealed, row.updated_at = json.dumps(all_answers, ensure_ascii=False), at
        row.save(update_fields=("sealed", "updated_at"))
    return all_answers


@transaction.atomic
def keep_file(draft: FilingDraft, upload: Upload, *, at: datetime) -> None:
    """Remember one file. The same file handed in again for the same purpose is kept once.

    Raises archive.Refused for what the archive does not take in, Refused when there are too many or they weigh too much.
    """
    kind = archive.sniff(upload.name, upload.data)
    name = archive.clean_name(upload.name, kind)
    row = FilingDraft.objects.select_for_update().get(pk=draft.pk)
    digest = vault.digest(upload.data)
    kept = list(row.files.defer("sealed"))
    if row.filed_at is not None or any(
        (file.purpose, file.content_digest) == (upload.purpose, digest) for file in kept
    ):
        return
    if len(kept) >= MOST_FILES:
        raise Refused(
            f"最多上传{MOST_FILES}个文件，“{name}”没有收下。请先删除不需要的文件，或把几页合并成一个 PDF 再上传。"
        )
    if sum(file.size for file in kept) + len(upload.data) > most_bytes():
        most = most_bytes() // (1024 * 1024)
        raise Refused(f"全部文件合计不能超过 {most} MB，“{name}”没有收下。请压缩图片或降低扫描精度后再上传。")
    FilingDraftFile.objects.create(
        draft=row,
        purpose=upload.purpose,
        name=name,
        kind=kind,
        size=len(upload.data),
        content_digest=digest,
        sealed=vault.seal(upload.data, label=_label(row)),
    )
    FilingDraft.objects.filter(pk=row.pk).update(updated_at=at)


def drop_file(draft: FilingDraft, pk: int) -> None:
    """Take a file back out of the form; nothing happens if it is not there."""
    draft.files.filter(pk=pk).delete()


def files_of(draft: FilingDraft) -> list[FilingDraftFile]:
    """The files of a form without their contents, in the order of their purposes."""
    order = list(Attachment.Purpose)
    rows = draft.files.defer("sealed").order_by("pk")
    return sorted(rows, key=lambda file: order.index(Attachment.Purpose(file.purpose)))


def uploads_of(draft: FilingDraft) -> tuple[Upload, ...]:
    """The files of a form with their contents, as the act of filing takes them."""
    return tuple(
        Upload(file.name, vault.unseal(bytes(file.sealed), label=_label(draft)), file.purpose)
        for file in draft.files.order_by("pk")
    )


@transaction.atomic
def finish(draft: FilingDraft, *, at: datetime) -> None:
    """The form was sent: forget what was filled in, keep the key that leads to the request."""
    draft.files.all().delete()
    FilingDraft.objects.filter(pk=draft.pk).update(sealed=json.dumps({}), filed_at=at, updated_at=at)


def still_shown(submission_key: str, *, at: datetime) -> bool:
    """Whether the confirmation page may still show the code: sent within SHOWN_FOR, and nobody has pressed 退出 since."""
    sent = FilingDraft.objects.filter(submission_key=submission_key, filed_at__gt=at - SHOWN_FOR)
    return sent.exists()


def leave(submission_key: str) -> None:
    """The citizen has left the confirmation page: from now on it shows the code to nobody, bookmark and history included."""
    FilingDraft.objects.filter(submission_key=submission_key, filed_at__isnull=False).delete()


def discard(draft: FilingDraft) -> None:
    """Forget a form altogether, because the citizen said so."""
    draft.delete()


def purge(*, at: datetime) -> int:
    """Forget every form nobody touched for a day; returns how many. Safe to repeat."""
    dead = FilingDraft.objects.dead(at=at)
    count = dead.count()
    dead.delete()
    return count


def _digest(key: str) -> str:
    return vault.digest(f"filing-draft:{key}")


def _label(draft: FilingDraft) -> str:
    return f"requests_ogi.filingdraftfile.sealed:{draft.pk}"

"""The sealed dossier (卷宗): one ZIP that proves by itself what was in it and where the ledger stood."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from portal.archive.files import store
from portal.archive.kinds import Kind
from portal.archive.models import Dossier
from portal.ledger import service as ledger
from portal.moment import SHANGHAI, chinese_date
from portal.organisation import people
from portal.refusal import Refusal

MANIFEST = "manifest.json"
CONTENTS = "目录.txt"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can tell: the same parts must give the same bytes

ledger.describe("seal", "封存卷宗，共{parts}个文件")


class AlreadySealed(Refusal):
    """A second dossier for one matter; the text is a full Chinese sentence."""


@dataclass(frozen=True)
class Part:
    """One file of a dossier: its path inside, its content, and how 目录.txt calls it (the path unless given)."""

    path: str
    data: bytes
    title: str = ""


@transaction.atomic
def seal(subject: Any, parts: Sequence[Part], *, at: datetime, by: people.Actor) -> Dossier:
    """Seal the parts into one ZIP, keep it privately, and tell the ledger its hash (verb `seal`).

    The manifest states the SHA-256 and size of every part and the head of the body's ledger at this moment: record what
    belongs to the matter before sealing it. Raises AlreadySealed, or ValueError for no parts, doubled or unsafe paths.
    """
    who = ledger.Subject.of(subject)
    if Dossier.objects.filter(subject_type=who.type, subject_id=who.id).exists():
        raise AlreadySealed(f"{who.number} 已经封卷，不能重复封卷。需要补充材料的，请另行归档并注明本卷编号。")
    length, hash_ = ledger.head(who.body)
    data, manifest_sha256 = pack(
        parts, number=who.number, body=who.body, length=length, head=hash_, at=at, by=people.label(by)
    )
    file = store(f"{who.number}.zip", data, body=subject.body, kind=Kind.ZIP, by=by, at=at, purpose="dossier")
    dossier = Dossier.objects.create(
        body=subject.body,
        subject_type=who.type,
        subject_id=who.id,
        subject_number=who.number,
        file=file,
        manifest_sha256=manifest_sha256,
        ledger_length=length,
        ledger_hash=hash_,
        sealed_at=at,
        sealed_by=people.label(by),
    )
    told = {"parts": len(parts), "manifest": manifest_sha256, "file": file.sha256, "ledger_length": length}
    ledger.record("seal", subject, by=by, at=at, told=told)
    return dossier


def pack(
    parts: Sequence[Part], *, number: str, body: str, length: int, head: str, at: datetime, by: str
) -> tuple[bytes, str]:
    """(the ZIP, SHA-256 of its manifest). The same arguments always give the same bytes, in whatever order the parts come."""
    _judge_paths(parts)
    ordered = sorted(parts, key=lambda part: part.path)
    contents = Part(CONTENTS, _contents(ordered, number, at, by, length, head).encode())
    manifest = {
        "format": "portal-dossier/1",
        "number": number,
        "body": body,
        "sealed_at": at.astimezone(SHANGHAI).isoformat(timespec="microseconds"),
        "sealed_by": by,
        "ledger": {"length": length, "hash": head},
        "parts": [_fingerprint(part) for part in (contents, *ordered)],
    }
    manifest_bytes = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for part in (Part(MANIFEST, manifest_bytes), contents, *ordered):
            entry = zipfile.ZipInfo(part.path, _FIXED_TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            packed.writestr(entry, part.data)
    return buffer.getvalue(), hashlib.sha256(manifest_bytes).hexdigest()


def _fingerprint(part: Part) -> dict[str, Any]:
    return {"path": part.path, "size": len(part.data), "sha256": hashlib.sha256(part.data).hexdigest()}


def _judge_paths(parts: Sequence[Part]) -> None:
    if not parts:
        raise ValueError("a dossier needs at least one part")
    paths = [part.path for part in parts]
    if len({path.casefold() for path in paths}) != len(paths):
        raise ValueError("two parts of a dossier have the same path")
    for path in paths:
        pure = PurePosixPath(path)
        if (
            not path
            or pure.is_absolute()
            or ".." in pure.parts
            or str(pure) != path
            or set(path) & set('\\:*?"<>|\0\n')
        ):
            raise ValueError(f"{path!r} is no safe path inside a dossier")
        if path.casefold() in {MANIFEST, CONTENTS.casefold()}:
            raise ValueError(f"{path!r} is written by the seal itself")


def _contents(parts: Sequence[Part], number: str, at: datetime, by: str, length: int, head: str) -> str:
    when = at.astimezone(SHANGHAI)
    lines = [
        f"卷宗目录　{number}",
        f"封卷时间：{chinese_date(when)} {when:%H:%M:%S}（北京时间）",
        f"封卷人：{by}",
        f"封卷时台账：共 {length} 条，末条校验值 {head}",
        "",
        *(
            f"{index}. {part.title or part.path}（{part.path}，{len(part.data)} 字节）"
            for index, part in enumerate(parts, start=1)
        ),
        "",
        f"各文件的 SHA-256 校验值见 {MANIFEST}。任何一个字节改动，校验值都会不同。",
    ]
    return "\r\n".join(lines) + "\r\n"

"""Whether a dossier is still what was sealed: by its own manifest, by its row, and by the ledger."""

import hashlib
import io
import json
import zipfile
from typing import Any

from django.db.models import Exists, OuterRef

from portal.archive.dossier import MANIFEST
from portal.archive.files import CannotRead, Forgotten, open_bytes
from portal.archive.models import Dossier
from portal.ledger.chain import GENESIS
from portal.ledger.models import Entry
from portal.ledger.words import FORGETTING


def check_dossier(dossier: Dossier) -> list[str]:
    """What is wrong with a dossier the portal keeps, as Chinese sentences; an empty list when all is well.

    One whose content is forgotten is measured by what is left of it: its registration and the ledger's word.
    """
    try:
        data = open_bytes(dossier.file)
    except Forgotten:
        return _forgotten(dossier)
    except CannotRead as error:
        return [str(error)]
    return check_zip(data, dossier)


def check_zip(data: bytes, dossier: Dossier | None = None) -> list[str]:
    """What is wrong with the bytes of a dossier, wherever they come from, measured also against `dossier` if given."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            manifest_bytes = packed.read(MANIFEST)
            manifest = json.loads(manifest_bytes)
            return [
                *_parts(packed, manifest),
                *_registered(hashlib.sha256(manifest_bytes).hexdigest(), manifest, dossier),
                *_in_ledger(manifest),
            ]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, NotImplementedError) as error:
        return [f"不是完好的卷宗压缩包：缺少 {MANIFEST}，或其内容无法读取（{error}）。"]


def _forgotten(dossier: Dossier) -> list[str]:
    of_subject = Entry.objects.filter(
        body=dossier.body.code, subject_type=dossier.subject_type, subject_id=dossier.subject_id
    )
    sealed = {"manifest": dossier.manifest_sha256, "file": dossier.file.sha256, "ledger_length": dossier.ledger_length}
    faults = []
    if not of_subject.filter(verb="seal", told__contains=sealed).exists():
        faults.append("卷宗内容已销毁，台账中却没有与封卷登记一致的封卷记录。")
    if not of_subject.filter(verb=FORGETTING).exists():
        faults.append("卷宗内容已销毁，台账中却没有销毁的记录。")
    return faults


def lost_dossiers() -> list[str]:
    """What the ledger says was sealed and nobody keeps any more, as Chinese sentences."""
    kept = Dossier.objects.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    lost = Entry.objects.filter(~Exists(kept), verb="seal").order_by("body", "seq")
    return [f"{seal.subject_number}：台账第 {seal.seq} 条记载已封卷，封卷登记却不存在，可能被删除。" for seal in lost]


def dossier_of(data: bytes) -> Dossier | None:
    """The registered dossier that a ZIP says it is, by body and number; None if there is none or the ZIP cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            manifest = json.loads(packed.read(MANIFEST))
        named = Dossier.objects.filter(body__code=manifest["body"], subject_number=manifest["number"])
        return named.select_related("file").order_by("pk").first()
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, NotImplementedError):
        return None


def _parts(packed: zipfile.ZipFile, manifest: dict[str, Any]) -> list[str]:
    faults = []
    listed = {part["path"]: part for part in manifest["parts"]}
    present = packed.namelist()
    faults += [f"清单中的“{path}”不在卷内。" for path in listed if path not in present]
    faults += [
        f"卷内的“{path}”不在清单中。" for path in sorted(set(present)) if path not in listed and path != MANIFEST
    ]
    faults += [f"卷内有两个“{path}”。" for path in sorted(set(present)) if present.count(path) > 1]
    for path, part in listed.items():
        if path not in present:
            continue
        try:
            content = packed.read(path)
        except zipfile.BadZipFile:
            faults.append(f"“{path}”已损坏，无法读取。")
            continue
        if len(content) != part["size"] or hashlib.sha256(content).hexdigest() != part["sha256"]:
            faults.append(f"“{path}”与清单记载的校验值不符，内容被改动。")
    return faults


def _registered(manifest_sha256: str, manifest: dict[str, Any], dossier: Dossier | None) -> list[str]:
    if dossier is None:
        return [f"本平台没有编号 {manifest['number']} 的封卷登记，只核对了卷内清单和台账。"]
    faults = []
    if dossier.manifest_sha256 != manifest_sha256:
        faults.append("清单的校验值与封卷登记不符，清单被改动。")
    seals = Entry.objects.filter(
        body=manifest["body"], subject_type=dossier.subject_type, subject_id=dossier.subject_id, verb="seal"
    )
    if not seals.filter(told__manifest=manifest_sha256).exists():
        faults.append("台账中没有与本清单校验值一致的封卷记录。")
    return faults


def _in_ledger(manifest: dict[str, Any]) -> list[str]:
    length, head = manifest["ledger"]["length"], manifest["ledger"]["hash"]
    if length == 0:
        return [] if head == GENESIS else ["清单记载的台账校验值不正常。"]
    if Entry.objects.filter(body=manifest["body"], seq=length, hash=head).exists():
        return []
    return [f"封卷时台账第 {length} 条的校验值，现在的台账中找不到：台账被改写，或本卷来自另一个平台。"]

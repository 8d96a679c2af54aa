"""Giving a part (条例第三十七条): what is to be given, what of it is withheld and why, and the copies that leave the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.archive import service as archive
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import redacting
from ..filing import Upload
from ..models import DraftAnswer, InformationRequest, Material, ReleasedCopy, WithheldPart
from ..rules import Refused, withholding
from ..rules.withholding import GIVING, Box, Giving
from ..told import fingerprint_of
from ..vocabulary import Form, Manner, Scope
from .common import law_of
from .steps import STEPS

MOST_MATERIALS = 30
BLANK_NOTE = "本页内容不予公开"


@transaction.atomic
def enclose(case: InformationRequest, *, title: str, upload: Upload, by: User, at: datetime) -> Material:
    """Add a document that answers the request. It is kept as it came and never given out; a copy of it is."""
    judge(STEPS, "enclose", case, by=by, at=at)
    title = title.strip()
    if not title:
        raise Refused("请填写材料名称，该名称会写入答复书的附件清单。")
    standing = case.materials.standing()
    if standing.filter(title=title).exists():
        raise Refused("本件已有同名的拟提供材料，请换一个名称，便于申请人区分。")
    if standing.count() >= MOST_MATERIALS:
        raise Refused(f"一件申请最多添加{MOST_MATERIALS}份材料，请把相近的材料合并成一个PDF再添加。")
    kind = archive.sniff(upload.name, upload.data)
    if kind not in redacting.KINDS:
        raise Refused(f"拟提供的材料可以是PDF、PNG、JPG、TIFF，您上传的是{kind.label}。请先另存为PDF，再添加。")
    pages = redacting.page_count(upload.data, kind)
    with taking(STEPS, "enclose", case, by=by, at=at) as told:
        original = archive.store(upload.name, upload.data, body=case.body, kind=kind, purpose="material", by=by, at=at)
        material = Material.objects.create(
            request=case, title=title, original=original, pages=pages, added_by=by, added_at=at
        )
        told |= {"material": material.pk, "pages": pages, "sha256": original.sha256}
    return material


@transaction.atomic
def withhold(
    case: InformationRequest,
    *,
    scope: str,
    what: str,
    ground: str,
    reason: str,
    material: Material | None = None,
    page: int | None = None,
    boxes: Iterable[Box] = (),
    by: User,
    at: datetime,
) -> WithheldPart:
    """Register one part that is not disclosed: areas of a page, a page, a whole material, or what was not uploaded.

    `boxes` are (left, top, width, height) as fractions of the page; `ground` is a code of the body's law.
    """
    judge(STEPS, "withhold", case, by=by, at=at)
    drawn = [withholding.box(*one) for one in boxes]
    known = Scope(scope)
    if material is not None and (material.request_id != case.pk or material.removed_at is not None):
        raise Refused("这份材料已经取回，不能再登记其中不予公开的部分，请刷新页面。")
    if known in {Scope.MATERIAL, Scope.ELSEWHERE}:
        page = None
    withholding.judge_part(
        known, what=what, reason=reason, page=page, pages=material.pages if material else None, boxes=drawn
    )
    if ground not in law_of(case).grounds:
        raise Refused("请从本机关适用的规定中选择不予公开的依据。")
    with taking(STEPS, "withhold", case, by=by, at=at) as told:
        part = WithheldPart.objects.create(
            request=case,
            material=material,
            scope=known,
            page=page,
            boxes=drawn,
            what=what.strip(),
            ground=ground,
            reason=reason.strip(),
            added_by=by,
            added_at=at,
        )
        told |= {
            "part": part.pk,
            "scope": known.value,
            "material": material.pk if material else None,
            "page": page,
            "boxes": len(drawn),
            "ground": ground,
            "digest": fingerprint_of(part),
        }
    return part


@transaction.atomic
def restore(part: WithheldPart, *, by: User, at: datetime) -> WithheldPart:
    """Take back the registration of a withheld part: it is disclosed after all, or registered anew."""
    case = part.request
    judge(STEPS, "restore", case, by=by, at=at)
    if part.removed_at is not None:
        raise Refused("这一处登记已经取消，不需要重复办理。")
    with taking(STEPS, "restore", case, by=by, at=at) as told:
        _take_back(part, by=by, at=at)
        told |= {"part": part.pk, "material": part.material_id, "page": part.page}
    return part


@transaction.atomic
def remove(material: Material, *, by: User, at: datetime) -> Material:
    """Take back a material that is not to be given after all, with what was registered in it."""
    case = material.request
    judge(STEPS, "remove", case, by=by, at=at)
    if material.removed_at is not None:
        raise Refused("这份材料已经取回，不需要重复办理。")
    with taking(STEPS, "remove", case, by=by, at=at) as told:
        parts = list(material.withheld.standing().order_by("pk"))
        for row in (*parts, material):
            _take_back(row, by=by, at=at)
        told |= {"material": material.pk, "part": [part.pk for part in parts]}
    return material


def _take_back(row: Material | WithheldPart, *, by: User, at: datetime) -> None:
    row.removed_by, row.removed_at = by, at
    row.save(update_fields=("removed_by", "removed_at"))


# --- before the decision ------------------------------------------------------------------------------------------------


def giving_of(case: InformationRequest, *, refusal: str, draft: DraftAnswer | None = None) -> Giving:
    """What stands registered now, against what a version was written on (against itself without one)."""
    grounds = law_of(case).grounds
    parts = list(case.withheld.standing())
    materials = frozenset(case.materials.standing().values_list("pk", flat=True))
    whole = {part.material_id for part in parts if part.scope == Scope.MATERIAL}
    standing = frozenset(part.pk for part in parts)
    return Giving(
        parts=standing,
        materials=materials,
        drafted_parts=standing if draft is None else frozenset(draft.parts),
        drafted_materials=materials if draft is None else frozenset(draft.materials),
        grounds=frozenset(grounds[part.ground].outcome for part in parts if part.ground in grounds),
        refusal=refusal,
        released=len(materials - whole),
        online=case.form == Form.ELECTRONIC and case.manner == Manner.ONLINE,
    )


def settled(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate of the decision: what is given and what is withheld is what the version was written on (条例第三十七条)."""
    withholding.judge_giving(draft.outcome, giving_of(case, refusal=draft.refusal, draft=draft))


# --- copies -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Copy:
    """The copy of a material that may leave the house, as bytes of a PDF."""

    material: Material
    data: bytes
    redacted: bool

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.material.title}.pdf"


def copy_of(material: Material, parts: Iterable[WithheldPart]) -> Copy | None:
    """The copy of a material with these parts of it burnt away; None if it is withheld whole. Raises redacting.Refused."""
    own = [part for part in parts if part.material_id == material.pk]
    if any(part.scope == Scope.MATERIAL for part in own):
        return None
    data, kind = archive.open_bytes(material.original), material.original.kind
    if not own:
        return Copy(material, redacting.stripped(data, kind), redacted=False)
    boxes: dict[int, list[Box]] = {}
    for part in own:
        boxes.setdefault(part.page, []).extend((box[0], box[1], box[2], box[3]) for box in part.boxes)
    blank = {part.page for part in own if part.scope == Scope.PAGE}
    return Copy(material, redacting.burnt(data, kind, boxes=boxes, blank=blank, note=BLANK_NOTE), redacted=True)


def copies_for(case: InformationRequest, outcome: str) -> list[Copy]:
    """The copies an answer gives. Drawing takes its time: to be done before an act takes its locks."""
    if outcome not in GIVING:
        return []
    parts = list(case.withheld.standing())
    materials = case.materials.standing().select_related("original").order_by("pk")
    made = (copy_of(material, parts) for material in materials)
    return [copy for copy in made if copy is not None]


def fix(case: InformationRequest, copies: Iterable[Copy], *, by: User, at: datetime) -> list[dict[str, Any]]:
    """Keep the copies as the ones that are given out. Returns what the ledger is told of them."""
    told = []
    for copy in copies:
        stored = archive.store(
            copy.name, copy.data, body=case.body, kind=archive.Kind.PDF, purpose="released", by=by, at=at
        )
        ReleasedCopy.objects.create(
            material=copy.material, request=case, file=stored, redacted=copy.redacted, made_at=at
        )
        told.append({"material": copy.material.pk, "sha256": stored.sha256, "redacted": copy.redacted})
    return told

"""What of a request is forgotten when its term of keeping is over, and what stays.

Every text that people wrote is forgotten unless it is named in `KEPT`: a new column of a new table is forgotten until
somebody decides otherwise. Figures, days, numbers, outcome, law and the names of offices stay, and every hash.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from portal.archive import service as archive
from portal.archive.models import Dossier, StoredFile
from portal.archive.vault import EncryptedTextField
from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.letters import service as letters
from portal.letters.models import Delivery, Letter
from portal.notices import service as notices

from .models import Challenge, InformationRequest

GONE = "（已销毁）"

KEPT = {
    "InformationRequest": "number profile profile_version receipt_basis",
    "Answer": "law article report_row letter_kind remedy",
    "DraftAnswer": "decided ground query_address organ_name organ_contact legal_channel",
    "SearchRecord": "system period",
    "Challenge": "number profile profile_version authority case_number",
    "Consent": "group reference",
    "FeeNotice": "account receipt_number refund_number",
    "Suspension": "cause",
    "WithheldPart": "boxes ground",
    "ReEvaluation": "released_where",
    "PublishedAnswer": "number title question answer article withdrawn_why",
}
"""Model → texts that stay: codes, numbers, articles of law, names of offices. Nothing that somebody wrote about somebody."""

EMPTIED = {"secret", "submission_key", "identity_digest", "key_digest"}
"""Texts that open or compare something: a word in their place would still compare."""

OF_THEIR_OWN = {
    "FilingDraft",
    "FilingDraftFile",
    "Disposition",
    "Movant",
    "Motion",
    "MotionFile",
    "Conversion",
    "SignOff",
}
"""Models that are no part of a request's file: they have, or need, no term of keeping from it."""


@dataclass(frozen=True)
class Remains:
    """What there is to forget of one request, as numbers."""

    texts: int
    files: int
    letters: int
    words: int

    @property
    def lines(self) -> list[str]:
        """The numbers as people read them before they decide."""
        return [
            f"申请人身份信息、申请内容和办理中填写的文字：{self.texts}处",
            f"附件、文书原件、送达凭证、提供的材料和卷宗：{self.files}个文件",
            f"文书的主送和正文：{self.letters}份（文号、日期、种类和校验值保留）",
            f"办理记录中自由填写的文字：{self.words}处（以加盐摘要代替，记录链仍可核验）",
        ]


def remains_of(case: InformationRequest) -> Remains:
    """What would be forgotten now; nothing is written."""
    files = {file.pk for file in _files(case) if file.forgotten_at is None}
    told = [
        pair for matter in _matters(case) for entry in ledger.timeline(matter) for pair in getattr(entry, "spoken", ())
    ]
    return Remains(
        texts=sum(len(changes) for _, changes in _texts(case)),
        files=len(files),
        letters=sum(_letters(matter).filter(forgotten_at=None).count() for matter in _matters(case)),
        words=len(told),
    )


def forget(case: InformationRequest, *, at: datetime) -> Remains:
    """Forget it, inside the caller's act; returns what was forgotten. Cannot be undone."""
    done = remains_of(case)
    archive.forget(_files(case), at=at)
    for row, changes in list(_texts(case)):
        type(row)._base_manager.filter(pk=row.pk).update(**changes)
    for matter in _matters(case):
        letters.forget(matter, at=at)
        ledger.forget_words(matter)
        keeper.retitle(matter, GONE)
        notices.forget(matter)
    return done


def matters_beside(case: InformationRequest) -> list[Any]:
    """The matters that share the file of a request: its reconsiderations and lawsuits."""
    return list(Challenge.objects.filter(request=case).select_related("body"))


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model that hold what somebody wrote and that are forgotten."""
    kept = KEPT.get(model.__name__, "").split()
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField, EncryptedTextField))
        and not field.choices
        and field.name not in kept
    ]


def models_of_a_request() -> Iterator[tuple[type[models.Model], str]]:
    """(model, the way from it to its request) of everything that belongs to the file of a request."""
    for model in apps.get_app_config("requests_ogi").get_models():
        if model.__name__ not in OF_THEIR_OWN:
            yield model, way_to_request(model)


def way_to_request(model: type[models.Model]) -> str:
    """The look-up that leads from a model to its request: "pk", "request", "draft__request"."""
    if model is InformationRequest:
        return "pk"
    near = {
        field.name: field.related_model for field in model._meta.local_fields if field.many_to_one or field.one_to_one
    }
    if near.get("request") is InformationRequest:
        return "request"
    for name, other in near.items():
        if other is not None and other.__module__.startswith("requests_ogi") and other is not model:
            return f"{name}__{way_to_request(other)}"
    raise LookupError(f"{model.__name__} does not lead to a request: name it in OF_THEIR_OWN or give it its request")


def _texts(case: InformationRequest) -> Iterator[tuple[models.Model, dict[str, str | None]]]:
    for model, way in models_of_a_request():
        fields = texts_of(model)
        if fields:
            for row in model._base_manager.filter(**{way: case.pk}):
                changes = {field.attname: _nothing(field) for field in fields if _says(getattr(row, field.attname))}
                if changes:
                    yield row, changes


def _says(value: Any) -> bool:
    return bool(value) and value != GONE


def _nothing(field: models.Field) -> str | None:
    if field.name in EMPTIED:
        return None if field.null else ""
    return GONE[: field.max_length] if field.max_length else GONE


def _files(case: InformationRequest) -> list[StoredFile]:
    found: dict[int, StoredFile] = {}
    for model, way in models_of_a_request():
        for field in model._meta.local_fields:
            if field.related_model is StoredFile:
                rows = model._base_manager.filter(**{way: case.pk, f"{field.name}__isnull": False})
                found |= {row.pk: row for row in StoredFile.objects.filter(pk__in=rows.values(field.name))}
    for matter in _matters(case):
        kept = [
            _letters(matter).values("file"),
            Delivery.objects.filter(letter__in=_letters(matter), proof_file__isnull=False).values("proof_file"),
            Dossier.objects.filter(subject_type=matter._meta.label_lower, subject_id=str(matter.pk)).values("file"),
        ]
        for rows in kept:
            found |= {row.pk: row for row in StoredFile.objects.filter(pk__in=rows)}
    return list(found.values())


def _letters(matter: Any) -> Any:
    return Letter.objects.about(matter)


def _matters(case: InformationRequest) -> list[Any]:
    return [case, *matters_beside(case)]

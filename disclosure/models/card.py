"""The catalogue fields of a document as the public reads them with one of its versions."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.moment import local_date
from portal.regulations import library

from ..rules.marking import mark_of
from ..vocabulary import Genre, Phase

if TYPE_CHECKING:
    from .document import Document, Version

_DAYS = ("formed_on", "effective_on", "expires_on")


@dataclass(frozen=True)
class Card:
    """What is printed above a text. The words are those people read; `mark` is the note of openness, empty where none is."""

    genre: str
    phase: str
    topic: str
    keywords: tuple[str, ...]
    issuer: str
    joint_makers: tuple[str, ...]
    document_number: str
    source: str
    attribute: str
    mark: str
    formed_on: date
    effective_on: date | None
    expires_on: date | None
    service_class: str = ""
    service_stage: str = ""

    @classmethod
    def of(cls, document: "Document") -> "Card":
        """The fields as they are now."""
        law = library.profile(document.profile, local_date(document.opened_at))
        attribute = law.attributes.get(document.attribute)
        return cls(
            genre=Genre(document.genre).label,
            phase=Phase(document.phase).label,
            topic=document.topic,
            keywords=tuple(document.keywords),
            issuer=document.issuer,
            joint_makers=tuple(document.joint_makers),
            document_number=document.document_number,
            source=document.source,
            attribute=attribute.label if attribute else "",
            mark=mark_of(attribute, document.content),
            formed_on=document.formed_on,
            effective_on=document.effective_on,
            expires_on=document.expires_on,
            service_class=document.service_class,
            service_stage=document.service_stage,
        )

    @classmethod
    def shown_with(cls, version: "Version") -> "Card":
        """The fields as they were when this version was published; as they are now for one that was taken in without them."""
        if not version.card:
            return cls.of(version.document)
        known = {field.name: version.card.get(field.name) for field in fields(cls)}
        days = {name: date.fromisoformat(known[name]) if known[name] else None for name in _DAYS}
        lists = {name: tuple(known[name] or ()) for name in ("keywords", "joint_makers")}
        return cls(**known | days | lists)

    def as_json(self) -> dict[str, Any]:
        """The form in which it is kept with a version."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

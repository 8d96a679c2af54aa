"""What a document of a public unit owes before it goes on: a gate (LD-A5-3b, LD-A5-5)."""

from collections.abc import Iterator
from datetime import datetime

from portal.regulations.registry import applies

from ..models import Document, Version
from ..rules import attribute, units
from .common import law_of, said


@applies("option service.*")
def unit_information_settled(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """What a public unit puts out says its class, goes no further than that class may, and names the stage of what matters."""
    law, department = law_of(document), document.department
    classes = said(law, "service.classes")
    if not classes or not attribute.goes_out(document.openness):
        return
    yield from units.missing_of(
        document.content,
        unit=department is not None and bool(department.service),
        chosen=document.service_class,
        classes=classes,
        internal=said(law, "service.internal_classes"),
        audience=document.audience,
        major=document.is_major_decision,
        stage=document.service_stage,
        stages=said(law, "service.stages"),
    )

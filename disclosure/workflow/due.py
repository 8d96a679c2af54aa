"""What was set to a time becomes public when the time has come. Looks for a state: twice, at once or late changes nothing."""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from portal.notices import service as notices
from portal.organisation import people
from portal.refusal import Refusal

from ..models import Document
from ..vocabulary import State
from .publishing import publish
from .steps import STEPS

log = logging.getLogger(__name__)

BROKEN = "系统出现错误，没有公开。请联系系统管理员。"


@dataclass
class Due:
    """What a run did, by index number; what failed stays due."""

    published: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def publish_due(*, at: datetime) -> Due:
    """Publish everything whose time has come, each in a transaction of its own; one that cannot be does not stop the rest."""
    done = Due()
    waiting = Document.objects.filter(state=State.SIGNED, publish_at__lte=at)
    for document in waiting.select_related("body", "department").order_by("publish_at", "pk"):
        try:
            if _publish(document.pk, at=at):
                done.published.append(document.number)
        except Refusal as refusal:
            done.failed.append(document.number)
            _tell(document, str(refusal), at=at)
        except Exception:  # whatever is wrong with one document, the next one is due as well
            log.exception("%s was due and could not be published", document.number)
            done.failed.append(document.number)
            _tell(document, BROKEN, at=at)
    return done


@transaction.atomic
def _publish(key: int, *, at: datetime) -> bool:
    """Publish one, unless somebody else has it in hand or it is not due any more."""
    mine = Document.objects.select_for_update(skip_locked=True, of=("self",))
    document = mine.filter(pk=key, state=State.SIGNED, publish_at__lte=at).first()
    if document is None:
        return False
    publish(document, by=people.SYSTEM, at=at)
    return True


def _tell(document: Document, why: str, *, at: datetime) -> None:
    """Leave word once for each time that was set: for the department whose document it is, and the office."""
    told = {
        *STEPS.department_of(document.body, document.department, at=at),
        *STEPS.office_of(document.body, at=at),
    }
    set_for = document.publish_at.isoformat() if document.publish_at else ""
    notices.post_many(
        notices.Word(
            to=user,
            kind="unpublished",
            subject_line=f"{document.number} 未能按设定的时间公开",
            text=f"原因：{why}",
            about=document,
            key=f"disclosure:{document.pk}:unpublished:{set_for}:{user.pk}",
            at=at,
            link=f"/admin/documents/{document.number}/",
        )
        for user in told
    )

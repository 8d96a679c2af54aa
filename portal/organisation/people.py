"""Who acts: a member of staff, the applicant, or the portal itself."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outsider:
    """An actor without an account."""

    code: str
    label: str


APPLICANT = Outsider("applicant", "申请人")
THIRD_PARTY = Outsider("third_party", "第三方")
REVIEWER = Outsider("reviewer", "外部审核人员")
SYSTEM = Outsider("system", "系统")

Actor = Any  # a User or an Outsider


def label(actor: Actor) -> str:
    """The words the record uses for the one who acted. An applicant is never named there."""
    return actor.label if isinstance(actor, Outsider) else str(actor)


def user_of(actor: Actor) -> Any | None:
    """The account behind an actor, or None for an outsider."""
    return None if isinstance(actor, Outsider) else actor

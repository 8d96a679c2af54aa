"""What must be settled before a draft is sent for approval, before it is approved, and before its letter is served.

Each gate is a function of a part of the chapter (third parties, withheld parts, fees …); it raises Refused with what is
still owed. All gates of a passage are asked, in order.
"""

from collections.abc import Callable
from datetime import datetime

from ..models import DraftAnswer, InformationRequest
from .charging import fee_fits
from .repeating import left_open, repeated
from .secrecy import reviewed
from .suspending import taken_up
from .volume import reasons_heard
from .weighing import heard, parties_told
from .withholding import settled

DecisionGate = Callable[[InformationRequest, DraftAnswer, datetime], None]
ServiceGate = Callable[[InformationRequest, datetime], None]

DECISION: tuple[DecisionGate, ...] = (
    taken_up,
    reasons_heard,
    fee_fits,
    settled,
    reviewed,
    heard,
    repeated,
    left_open,
)
"""Asked when a draft is sent for approval, and again when it is approved: facts may have come in between."""

SERVICE: tuple[ServiceGate, ...] = (parties_told,)
"""Asked when the answer is about to be served."""


def judge_decision(case: InformationRequest, draft: DraftAnswer, *, at: datetime) -> None:
    """Refuse a decision while one of its gates is shut."""
    for gate in DECISION:
        gate(case, draft, at)


def judge_service(case: InformationRequest, *, at: datetime) -> None:
    """Refuse a service while one of its gates is shut."""
    for gate in SERVICE:
        gate(case, at)

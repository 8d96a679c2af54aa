"""Gates of the decision that look at the answer as drafted: repetition, existence left open, published first."""

from datetime import datetime

from portal.moment import local_date

from ..models import DraftAnswer, InformationRequest
from ..rules import interim, repeating
from ..vocabulary import Outcome
from .signing_off import UNDISCLOSED, chosen, named_by


def repeated(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate: a repetition names the earlier request, answered, of the same applicant at this body."""
    if draft.outcome != Outcome.REPEAT:
        return
    earlier = draft.earlier
    repeating.is_a_repetition(
        picked=earlier is not None and earlier.pk != case.pk,
        same_applicant=earlier is not None and earlier.applicant.identity_digest == case.applicant.identity_digest,
        same_body=earlier is not None and earlier.body_id == case.body_id,
        answered=earlier is not None and earlier.answered_on is not None,
    )


def left_open(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate: existence is left open only in a refusal, and only while the sign-off stands."""
    if draft.undisclosed:
        interim.may_leave_existence_open(
            draft.outcome,
            allowed=chosen(case, UNDISCLOSED, on=local_date(at)) is True,
            named=named_by(case, UNDISCLOSED) is True,
        )

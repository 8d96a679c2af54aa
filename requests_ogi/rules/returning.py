"""Which sending counts when an answer came back by post (退件)."""

from datetime import date

from portal.regulations.registry import carries

from ..vocabulary import Fault
from .refusal import Refused


@carries("LET235-4")
def counted(
    fault: str, *, answered_on: date, in_time: bool, before: tuple[date, bool] | None
) -> tuple[date, bool] | None:
    """The (day, in time) that stays settled although the letter came back, or None: then the next sending decides.

    An address the applicant gave wrongly, or a refusal to take the letter, does not undo the posting. `before` is what an
    earlier return of the same answer left settled: a later mistake of ours does not take it away.
    """
    if before is not None:
        return before
    return (answered_on, in_time) if fault == Fault.APPLICANT else None


def may_return(*, by_post: bool) -> None:
    """Only what was sent by post can come back."""
    if not by_post:
        raise Refused("只有邮寄送达的文书才能登记退件。以其他方式送达的，以登记的送达情况为准。")

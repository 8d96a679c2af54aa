"""Sending what the outbox holds: nothing lost, nothing sent twice, and doubt shown as doubt.

A notice is claimed, then marked as handed over, then handed over, then marked as sent, each in its own transaction. A process
killed before the mark leaves a claim, which expires, and the notice goes back to the queue. A process killed after the mark
leaves a notice that may have gone out; when its lease ends it becomes "unknown", and only a person sends it again.
"""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction

from . import email
from .models import Channel, Notice, State

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # far longer than a mail server may keep us waiting (EMAIL_TIMEOUT)
PAUSES = (1, 5, 15, 60, 240, 720)  # minutes between attempts; the last one repeats
ATTEMPTS = 12  # about four days


class Way(Protocol):
    """A channel out of the building: `email.Mailer`, or a stand-in that is killed at a chosen moment."""

    def open(self) -> None: ...

    def hand_over(self, notice: Notice) -> None: ...

    def close(self) -> None: ...


def deliver_next(*, at: datetime, way: Way | None = None) -> bool:
    """Send the e-mail whose turn it is; False if there is none. Safe to call from many workers at once.

    Errors of one notice are written on it and never raised.
    """
    notice = _claim(at)
    if notice is None:
        return False
    way = way or email.Mailer()
    try:
        way.open()
        if _mark_handed(notice, at):
            way.hand_over(notice)
            # What was sent to somebody without an account may open a page by itself: it is not kept.
            kept = notice.link if notice.user_id else ""
            _settle(notice, state=State.SENT, sent_at=at, last_error="", link=kept)
    except email.TryAgain as error:
        _put_back(notice, str(error), at)
    except email.Refused as error:
        _settle(notice, state=State.FAILED, last_error=str(error)[:300])
    except email.InDoubt as error:
        _settle(notice, state=State.UNKNOWN, last_error=f"交付过程中连接中断（{error}）"[:300])
    finally:
        way.close()
    return True


def recover(*, at: datetime) -> int:
    """Settle what killed processes left behind: not handed over → the queue, handed over → unknown. Returns how many."""
    stale = Notice.objects.filter(state=State.SENDING, claimed_at__lt=at - LEASE)
    back = stale.filter(handed_at__isnull=True).update(
        state=State.QUEUED,
        claim=None,
        claimed_at=None,
        next_try_at=at,
        last_error="发送进程中断，尚未交付，已退回待发送",
    )
    unsure = stale.filter(handed_at__isnull=False).update(
        state=State.UNKNOWN, last_error="发送进程在交付过程中中断，无法确认是否已经发出"
    )
    if unsure:
        log.warning("%d notices were being handed over when their sender stopped; their fate is unknown", unsure)
    return back + unsure


@transaction.atomic
def _claim(at: datetime) -> Notice | None:
    queue = Notice.objects.due(at=at).filter(channel=Channel.EMAIL)
    notice = queue.select_for_update(skip_locked=True, of=("self",)).first()
    if notice is None:
        return None
    notice.state, notice.claim, notice.claimed_at = State.SENDING, uuid.uuid4(), at
    notice.attempts += 1
    notice.save(update_fields=("state", "claim", "claimed_at", "attempts"))
    return notice


def _mark_handed(notice: Notice, at: datetime) -> bool:
    """Commit that the hand-over begins; False if the claim expired meanwhile and somebody else has it."""
    held = Notice.objects.filter(pk=notice.pk, state=State.SENDING, claim=notice.claim, handed_at__isnull=True)
    return bool(held.update(handed_at=at))


def _settle(notice: Notice, **changes: object) -> None:
    # Also when the lease ended during a slow hand-over: what is known now is better than "unknown". The claim guards against
    # a second sender that a person has started since.
    mine = Notice.objects.filter(pk=notice.pk, state__in=(State.SENDING, State.UNKNOWN), claim=notice.claim)
    mine.update(claim=None, claimed_at=None, **changes)


def _put_back(notice: Notice, error: str, at: datetime) -> None:
    if notice.attempts >= ATTEMPTS:
        _settle(notice, state=State.FAILED, last_error=f"已尝试{notice.attempts}次：{error}"[:300])
        return
    pause = timedelta(minutes=PAUSES[min(notice.attempts, len(PAUSES)) - 1])
    _settle(notice, state=State.QUEUED, next_try_at=at + pause, handed_at=None, last_error=error[:300])

"""What the outbox does by itself."""

from celery import shared_task

from portal import moment

from . import outbox

BATCH = 200  # one run must end well before the next minute's run piles up behind it


@shared_task(name="portal.notices.tasks.deliver_outbox")
def deliver_outbox() -> int:
    """Recover what was interrupted, then send what is due; returns how many were tried. Safe to run many times at once."""
    outbox.recover(at=moment.now())
    tried = 0
    while tried < BATCH and outbox.deliver_next(at=moment.now()):
        tried += 1
    return tried

"""What this chapter does by itself: find and act, thin."""

from celery import shared_task

from portal import moment

from . import filing_drafts


@shared_task(name="requests_ogi.tasks.purge_filing_drafts")
def purge_filing_drafts() -> int:
    """Forget the forms nobody touched for a day; returns how many. Safe to run many times at once."""
    return filing_drafts.purge(at=moment.now())

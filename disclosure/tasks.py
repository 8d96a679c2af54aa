"""What this chapter does by itself: find and act, thin."""

from celery import shared_task

from portal import moment

from .importing import office
from .models import ImportRun
from .workflow import clearing
from .workflow.due import publish_due


@shared_task(name="disclosure.tasks.publish_scheduled")
def publish_scheduled() -> dict[str, int]:
    """Put before the public what was set to a time that has come."""
    done = publish_due(at=moment.now())
    return {"published": len(done.published), "failed": len(done.failed)}


@shared_task(name="disclosure.tasks.lapse_expired")
def lapse_expired() -> dict[str, int]:
    """Let lapse what has run out, mark what was announced for today, call for the reviews that are due. Safe to run many times."""
    return clearing.lapse_expired(at=moment.now())


@shared_task(name=office.TASK)
def carry_on_import(key: int) -> bool:
    """Do the next slice of an import of the office and ask for the one after it; returns whether rows are left."""
    run = ImportRun.objects.get(pk=key)
    left = office.carry_on(run, at=moment.now())
    if left:
        office.call(run)
    return left

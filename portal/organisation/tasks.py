"""What happens to posts by itself."""

from celery import shared_task

from portal import moment

from . import roles


@shared_task
def sync_grants() -> int:
    """Grants follow posts that began or ended at midnight."""
    return roles.sync_all_grants(on=moment.today())

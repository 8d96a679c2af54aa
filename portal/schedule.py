"""Everything that happens by itself, in one list (Celery beat). Chapters appear only as names."""

from datetime import timedelta

from celery.schedules import crontab

SWEEP_EVERY = timedelta(minutes=10)
"""How often the clocks are looked through; /readyz speaks up after twice as long."""

SCHEDULE = {
    "sweep the clocks: reminders and overdue": {
        "task": "portal.workflow.tasks.sweep",
        "schedule": SWEEP_EVERY,
    },
    "send what waits in the outbox": {
        "task": "portal.notices.tasks.deliver_outbox",
        "schedule": timedelta(minutes=1),
    },
    "what was set to a time becomes public": {
        "task": "disclosure.tasks.publish_scheduled",
        "schedule": timedelta(minutes=1),
    },
    "grants follow posts that began or ended at midnight": {
        "task": "portal.organisation.tasks.sync_grants",
        "schedule": crontab(hour="0", minute="5"),
    },
    "heads of the ledger leave the house": {
        "task": "portal.ledger.tasks.send_heads",
        "schedule": crontab(hour="6", minute="30"),
    },
    "documents that have run out lapse, and those that soon will are called to mind": {
        "task": "disclosure.tasks.lapse_expired",
        "schedule": crontab(hour="0", minute="10"),
    },
    "forget request forms that were never sent": {
        "task": "requests_ogi.tasks.purge_filing_drafts",
        "schedule": crontab(minute="15"),
    },
}

"""Where in what an act tells its rows stand."""

from portal.workflow.telling import Column

ROWS = "rows"
OPENED: tuple[Column, ...] = ("department__code", "profile", "profile_version", "opened_at")
"""What a matter is opened with."""

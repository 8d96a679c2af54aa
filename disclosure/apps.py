"""主动公开: what a body makes public, who reviewed it, and how its text changed."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Make the table of steps known: `check` compares it with the roles, and the workplace offers its acts."""
        from . import workflow  # noqa: F401

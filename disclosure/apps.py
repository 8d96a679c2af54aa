"""主动公开: what a body makes public, who reviewed it, and how its text changed."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Make the table of steps known, and tell the first page of the workplace what there is to do here."""
        from portal.search import sources
        from portal.workflow.verifying import register

        from . import desk, desk_copies, desk_listed, finding, verifying  # noqa: F401

        sources.register(finding.SUBJECT, finding.source)
        register(verifying.differences)

"""The archive's place in Django."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "portal.archive"
    verbose_name = "档案"

    def ready(self) -> None:
        """Load what registers the archive's sentence in the ledger."""
        from portal.archive import dossier  # noqa: F401

"""依申请公开: a citizen's request, from filing to a sealed dossier."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "requests_ogi"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Tell the first page of the workplace what there is to do here, and `check` what the profiles may require."""
        from . import checks, desk, desk_motions, desk_remedies  # noqa: F401

        checks.start()

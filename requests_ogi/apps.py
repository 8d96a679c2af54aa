"""依申请公开: a citizen's request, from filing to a sealed dossier."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "requests_ogi"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Tell the first page of the workplace what there is to do here, `check` what the profiles may require, and
        `verify_facts` what the acts of this chapter told.
        """
        from portal.search import sources
        from portal.workflow.verifying import register

        from . import checks, desk, desk_motions, desk_remedies, finding, verifying  # noqa: F401

        checks.start()
        sources.register(finding.SUBJECT, finding.source)
        register(verifying.differences)

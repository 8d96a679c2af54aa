"""Steps and who may take them; checks that every act a profile hands out is a step somebody wrote."""

from typing import Any

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "portal.workflow"
    verbose_name = "办理流程"

    def ready(self) -> None:
        from django.core.checks import register

        register(_every_act_is_known)


# Acts that are no steps of a matter: looking, and keeping the house.
HOUSE_ACTS = frozenset({"workdays.import", "ledger.audit", "organisation.appoint", "requests_ogi.sign_off"})
LOOKS = ("view", "unmask")


def _every_act_is_known(app_configs: Any, **kwargs: Any) -> list[Any]:
    from portal.regulations import checks

    from .engine import workflows

    known = set(HOUSE_ACTS)
    for workflow in workflows().values():
        known |= {workflow.act(step) for step in workflow.steps.values()}
        known |= {f"{workflow.chapter}.{look}" for look in LOOKS}
    return checks.as_errors(checks.check_acts(known))

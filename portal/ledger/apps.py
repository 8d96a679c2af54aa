"""The ledger's place in Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "portal.ledger"
    verbose_name = "办理台账"

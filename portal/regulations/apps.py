"""The law as a Django app: no models; its checks, and the precedence this deployment has chosen."""

from django.apps import AppConfig
from django.conf import settings


class RegulationsConfig(AppConfig):
    name = "portal.regulations"
    verbose_name = "法规"

    def ready(self) -> None:
        from portal.regulations import checks, library

        checks.register()
        library.deploy(dict(getattr(settings, "REGULATION_PRECEDENCE", {})))

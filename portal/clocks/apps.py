"""The clocks' place in Django."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "portal.clocks"
    verbose_name = "期限"

    def ready(self) -> None:
        from portal.clocks import tellings

        tellings.register()

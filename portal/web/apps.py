"""Two app configurations: the pages of the portal, and the stock admin with our own site in it."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class WebConfig(AppConfig):
    """Middleware, shared pages, template tags and the bases of staff pages."""

    default = True
    name = "portal.web"
    label = "web"
    verbose_name = "网站与工作平台"

    def ready(self) -> None:
        """What the portal itself shows on the desk, and what it asks of a deployment, register as they are imported."""
        from portal.web import checks, desk  # noqa: F401


class WorkplaceConfig(admin_apps.AdminConfig):
    """Django's admin, answering with `Workplace` wherever `admin.site` is meant."""

    default = False
    default_site = "portal.web.workplace.Workplace"

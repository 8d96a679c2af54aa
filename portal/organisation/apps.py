"""Who is who: bodies, departments, people and their posts."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "portal.organisation"
    verbose_name = "机构和人员"

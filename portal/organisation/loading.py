"""Bodies, departments and permissions as the profiles describe them, for a site that starts empty."""

from datetime import datetime

from django.db import transaction

from portal.moment import local_date
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Profile

from . import roles
from .models import Body, Department


@transaction.atomic
def load(*, at: datetime) -> None:
    """Create what is missing; what the office has edited since is left alone. Safe to repeat."""
    on, acts = local_date(at), set[str]()
    for code in library.bodies():
        profile = library.profile(code, on)
        _load_body(code, profile)
        acts |= {act for role in profile.roles.values() for act in role.acts}
    roles.ensure_permissions(acts)


@applies("department *", "organisation*", "contact*")
def _load_body(code: str, profile: Profile) -> None:
    unit = profile.organisation
    if unit is None:
        raise ValueError(f"profile {code} does not describe its organisation")
    contact = unit.contact
    body, _ = Body.objects.get_or_create(
        code=code,
        defaults={
            "name": unit.name,
            "short_name": unit.short_name,
            "seal_name": unit.seal_name,
            "number_stem": unit.number_stem,
            "document_stem": unit.document_stem,
            "region": unit.region,
            "profile": code,
            "office_name": contact.name,
            "office_address": contact.address,
            "office_hours": contact.hours,
            "phone": contact.phone,
            "fax": contact.fax,
            "email": contact.email,
            "postal_address": contact.postal_address,
            "postcode": contact.postcode,
            "reconsideration_authority": unit.reconsideration_authority,
            "reconsideration_url": unit.reconsideration_url,
            "litigation_court": unit.court_direct,
        },
    )
    made: dict[str, Department] = {}
    for order, department in enumerate(profile.departments.values()):
        made[department.code], _ = Department.objects.get_or_create(
            body=body,
            code=department.code,
            defaults={
                "name": department.name,
                "order": order,
                "is_openness_office": department.openness_office,
                "service": department.service,
                "supervisor": made.get(department.supervisor),
            },
        )

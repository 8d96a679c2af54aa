"""Which public units have no catalogue before the public, or one that no longer says what stands in it (LD-A5-10a)."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.organisation.models import Body, Department
from portal.regulations.registry import carries

from .models import UnitCatalogue
from .workflow.units import snapshot


@dataclass(frozen=True)
class Behind:
    """A unit whose catalogue is to be published, or published anew; `edition` is the one the public reads, if any."""

    unit: Department
    edition: UnitCatalogue | None


@carries("LD-A5-10a")
def behind(body: Body) -> Iterator[Behind]:
    """The units of a body whose items have changed since their last edition, or that never published one."""
    for unit in body.departments.exclude(service="").select_related("supervisor").order_by("order", "pk"):
        edition = UnitCatalogue.objects.public().filter(unit=unit).first()
        if edition is None or edition.items != snapshot(unit):
            yield Behind(unit, edition)

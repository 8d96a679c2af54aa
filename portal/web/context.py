"""What every page knows about the site and about how its reader likes to read."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.organisation.models import Body

SIZES = {"normal": "中", "small": "小", "large": "大"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Reading:
    """The reading aids a visitor switched on; kept in cookies that hold nothing else."""

    size: str = "normal"
    contrast: bool = False
    elder: bool = False

    @property
    def classes(self) -> str:
        """Classes of the html element."""
        names = [f"size-{self.size}"]
        names += ["contrast"] if self.contrast else []
        names += ["elder"] if self.elder else []
        return " ".join(names)


def reading_of(request: HttpRequest) -> Reading:
    """The reading aids of this visitor; a cookie with anything unknown in it counts as none."""
    size = request.COOKIES.get("reading_size", "normal")
    return Reading(
        size=size if size in SIZES else "normal",
        contrast=request.COOKIES.get("reading_contrast") == "on",
        elder=request.COOKIES.get("reading_elder") == "on",
    )


def _bodies() -> list[Body]:
    return list(Body.objects.order_by("pk"))


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Reaches the database only when a template asks for `bodies`."""
    return {
        "site": settings.SITE,
        "doors": settings.DOORS,
        "canonical_url": settings.SITE_URL.rstrip("/") + request.path,
        "here": request.get_full_path(),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "reading": reading_of(request),
        "bodies": SimpleLazyObject(_bodies),
    }

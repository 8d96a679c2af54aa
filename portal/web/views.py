"""The public pages that belong to no chapter: home, each body's guide, reading aids, robots.txt."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from portal import moment
from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.web.access import public
from portal.web.context import SIZES, YEAR
from portal.web.guide import Guide, card

READING_AIDS = {"size": tuple(SIZES), "contrast": ("on", "off"), "elder": ("on", "off")}


@carries("YC-5.2-8")
@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The two things citizens come for, and the column of disclosure on request (依申请公开) with the bodies they may ask."""
    today = moment.today()
    bodies = list(Body.objects.order_by("pk"))
    response = render(request, "web/home.html", {"cards": [card(body, on=today) for body in bodies], "bodies": bodies})
    patch_vary_headers(response, ("Cookie",))
    return response


@public
@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """A body's 公开指南; every number on it comes from the regulation in force today."""
    body = get_object_or_404(Body, code=code)
    response = render(request, "web/guide.html", {"guide": Guide.of(body, on=moment.today()), "body": body})
    patch_vary_headers(response, ("Cookie",))
    return response


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use the site, and whom to tell when it fails."""
    response = render(request, "web/accessibility.html")
    patch_vary_headers(response, ("Cookie",))
    return response


@public
@require_safe
def reading(request: HttpRequest, aid: str, value: str) -> HttpResponse:
    """Switch a reading aid and go back to the page one came from. A plain link: works without JavaScript or a session."""
    if value not in READING_AIDS.get(aid, ()):
        raise Http404("no such reading aid")
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    response["Cache-Control"] = "no-store"
    response.set_cookie(
        f"reading_{aid}", value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by this name wherever a page names no icon."""
    return redirect(static("img/mark.svg"), permanent=True)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the guides; personal pages, staff pages and switches are none of their business."""
    closed = ("/admin/", "/reading/", "/requests/track/", "/search/")
    lines = (
        *("User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /"),
        f"Sitemap: {settings.SITE_URL.rstrip('/')}/disclosure/sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""同步发布 in the workplace, at /admin/outgoing/: what waits for other sites, what failed and what is done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from portal import moment
from portal.organisation import roles
from portal.web import keyset
from portal.web.looking import LookOnly

from ..models import VIEW_OUTGOING, Outgoing, Site
from ..vocabulary import Sending

SIZE = 50
ORDER = ("-created_at", "-id")


class OutgoingPage(LookOnly):
    """The errands to other sites, the newest first; a failed one is tried again from the page of its document."""

    mount = "outgoing"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="disclosure_outgoing_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and VIEW_OUTGOING in roles.reaches(request.user, at=moment.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One page of the errands, by state and site, with the sites to which each body's columns go."""
        if not self.has_module_permission(request):
            raise Http404("this person sees no errands")
        at, state, chosen = moment.now(), request.GET.get("state", ""), request.GET.get("site", "")
        bodies = roles.reach(request.user, VIEW_OUTGOING, at=at).bodies
        sites = list(Site.objects.filter(body__in=bodies).select_related("body").order_by("body", "pk"))
        found = Outgoing.objects.visible_to(request.user, at=at).select_related("document", "version", "site")
        found = found.filter(state=state) if state in Sending.values else found
        known = {str(site.pk) for site in sites}
        found = found.filter(site=int(chosen)) if chosen in known else found
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        cut = keyset.cut(found, order=ORDER, after=after, before=before, size=SIZE)
        last = set(
            Outgoing.objects.filter(pk__in=[one.pk for one in cut.rows]).last_words().values_list("pk", flat=True)
        )
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "同步发布",
            "sites": sites,
            "rows": [{"outgoing": one, "last": one.pk in last} for one in cut.rows],
            "cut": cut,
            "state": state,
            "chosen": chosen if chosen in known else "",
            "states": Sending,
        }
        return TemplateResponse(request, "admin/disclosure/outgoing.html", context)

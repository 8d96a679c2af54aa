"""Who answers where. Chapters are named only as strings."""

from django.contrib import admin
from django.urls import include, path

from portal.web import health

urlpatterns = [
    path("", include("portal.web.urls")),
    path("disclosure/", include("disclosure.urls")),
    path("requests/", include("requests_ogi.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "portal.web.problems.bad_request"
handler403 = "portal.web.problems.permission_denied"
handler404 = "portal.web.problems.not_found"
handler500 = "portal.web.problems.server_error"

"""The public pages of disclosure on request, under /requests/."""

from django.urls import include, path

from .views import applying, filed, tracking

app_name = "requests_ogi"

# /requests/apply/
apply_urls = [
    path("", applying.apply, name="apply"),
    path("check/", applying.check, name="check"),
    path("discard/", applying.discard, name="discard"),
    path("<slug:slug>/", applying.page, name="page"),
]

# /requests/filed/<token>/
filed_urls = [
    path("", filed.filed, name="filed"),
    path("receipt/", filed.receipt, name="filed_receipt"),
    path("leave/", filed.leave, name="filed_leave"),
]

# /requests/track/<number>/
case_urls = [
    path("", tracking.follow, name="follow"),
    path("receipt/", tracking.receipt, name="receipt"),
    path("letters/<str:letter>/", tracking.letter, name="letter"),
    path("supplement/", tracking.supplement, name="supplement"),
    path("withdraw/", tracking.withdraw, name="withdraw"),
    path("leave/", tracking.leave, name="leave"),
]

urlpatterns = [
    path("apply/", include(apply_urls)),
    path("filed/<str:token>/", include(filed_urls)),
    path("track/", tracking.track, name="track"),
    path("track/<str:number>/", include(case_urls)),
]

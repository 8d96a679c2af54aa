"""The public pages of disclosure on request, under /requests/."""

from django.urls import include, path

from .views import answers, applying, comfort, filed, motions, opinion, tracking, volume

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
    path("materials/<int:pk>/", tracking.given, name="given"),
    path("supplement/", tracking.supplement, name="supplement"),
    path("reasons/", volume.reasons, name="reasons"),
    path("withdraw/", tracking.withdraw, name="withdraw"),
    path("leave/", tracking.leave, name="leave"),
    path("calendar/", comfort.calendar, name="calendar"),
    path("rate/", comfort.rate, name="rate"),
    path("email/", comfort.email, name="email"),
    path("motion/", motions.follow, name="follow_motion"),
    path("motion/receipt/", motions.receipt, name="motion_receipt"),
    path("motion/letters/<str:letter>/", motions.letter, name="motion_letter"),
]

# /requests/moved/
moved_urls = [
    path("", motions.sent, name="motion_sent"),
    path("receipt/", motions.sent_receipt, name="motion_sent_receipt"),
    path("leave/", motions.sent_leave, name="motion_sent_leave"),
]

urlpatterns = [
    path("correction/", motions.correction, name="correction"),
    path("suggest/", motions.suggest, name="suggest"),
    path("complain/", motions.complain, name="complain"),
    path("moved/", include(moved_urls)),
    path("form/<slug:code>/", comfort.paper_form, name="paper_form"),
    path("apply/", include(apply_urls)),
    path("answers/", answers.answers, name="answers"),
    path("answers/<str:number>/", answers.answer, name="answer"),
    path("filed/<str:token>/", include(filed_urls)),
    path("opinion/<str:key>/", opinion.opinion, name="opinion"),
    path("track/", tracking.track, name="track"),
    path("track/<str:number>/", include(case_urls)),
]

"""The shared public pages."""

from django.urls import path

from portal.web import search, views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("bodies/<slug:code>/", views.guide, name="guide"),
    path("search/", search.search, name="search"),
    path("reading/<slug:aid>/<slug:value>/", views.reading, name="reading"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
]

"""The public pages of 主动公开, under /disclosure/."""

from django.urls import include, path

from .views import (
    browsing,
    catalogue,
    columns,
    contents,
    documents,
    feeds,
    files,
    negative,
    normative,
    platform,
    reviewing,
    sitemaps,
    units,
)

app_name = "disclosure"

# /disclosure/<body>/documents/<number>/
document_urls = [
    path("", documents.document, name="document"),
    path("versions/", documents.versions, name="versions"),
    path("versions/<int:version>/", documents.version, name="version"),
    path("versions/<int:old>/<int:new>/", documents.compare, name="compare"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/read/", files.read, name="read"),
    path("files/<int:pk>/pictures/<slug:name>/", files.picture, name="picture"),
]

# /disclosure/<body>/columns/
column_urls = [
    path("", columns.columns, name="columns"),
    path("<slug:code>/", columns.column, name="column"),
    path("<slug:code>/feed/", feeds.column, name="column_feed"),
]

# /disclosure/<body>/negative-list/
negative_urls = [
    path("", negative.negative_list, name="negative_list"),
    path("<int:edition>/", negative.negative_edition, name="negative_edition"),
]

# /disclosure/<body>/catalogue/
catalogue_urls = [
    path("", catalogue.catalogue, name="catalogue"),
    path("<slug:code>/", catalogue.catalogue_item, name="catalogue_item"),
]

# /disclosure/<body>/units/
unit_urls = [
    path("", units.units, name="units"),
    path("<slug:code>/", units.unit, name="unit"),
]

# /disclosure/review/
review_urls = [
    path("done/", reviewing.review_done, name="review_done"),
    path("<str:key>/", reviewing.review, name="review"),
    path("<str:key>/files/<int:order>/", reviewing.review_file, name="review_file"),
]

urlpatterns = [
    path("", columns.home, name="home"),
    path("review/", include(review_urls)),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
    path("<slug:body>/documents/", browsing.documents, name="documents"),
    path("<slug:body>/documents/<slug:number>/", include(document_urls)),
    path("<slug:body>/columns/", include(column_urls)),
    path("<slug:body>/feed/", feeds.body, name="feed"),
    path("<slug:body>/", platform.platform, name="platform"),
    path("<slug:body>/negative-list/", include(negative_urls)),
    path("<slug:body>/catalogue/", include(catalogue_urls)),
    path("<slug:body>/contents/", contents.contents, name="contents"),
    path("<slug:body>/units/", include(unit_urls)),
    path("<slug:body>/normative/", normative.normative, name="normative"),
    path("<slug:body>/normative/csv/", normative.normative_csv, name="normative_csv"),
]

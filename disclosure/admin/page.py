"""The pages of documents in the workplace, at /admin/documents/: the queue, a new draft, each document's story and acts."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from portal import moment
from portal.archive import service as archive
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Department
from portal.refusal import Refusal
from portal.texts.plain import normal
from portal.web import deeds, keyset
from portal.web.case import CasePage
from portal.workflow import engine

from .. import finding, workflow
from ..forms.drafting import DraftForm
from ..models import VIEW, Document, DocumentFile
from ..reading import page_of, picture
from ..vocabulary import Openness, State
from ..workflow import STEPS
from ..workflow.common import newest
from . import story
from .acts import ACTS
from .register import register, register_csv

SIZE = 50
ORDER = ("-opened_at", "-id")
DRAFT, INVITE = "disclosure.draft", "disclosure.invite"


class DocumentPage(CasePage):
    """公开文件 in the workplace."""

    mount = "documents"
    change_form_template = "admin/disclosure/page.html"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """The queue, a new draft, and below each index number its story, its acts and its files."""
        wrap = self.admin_site.admin_view
        key = "<str:key>/"
        return [
            path("", wrap(self.changelist_view), name="disclosure_document_changelist"),
            path("draft/", wrap(self.draft_view), name="documents_draft"),
            path("register/", wrap(partial(register, self)), name="documents_register"),
            path("register/csv/", wrap(register_csv), name="documents_register_csv"),
            path(key, wrap(self.page_view), name="disclosure_document_change"),
            *(
                path(f"{key}{verb}/", wrap(partial(self.act_view, verb=verb)), name=f"documents_{verb}")
                for verb in ACTS
            ),
            path(f"{key}files/<int:pk>/", wrap(self.file_view), name="documents_file"),
            path(f"{key}files/<int:pk>/read/", wrap(self.read_view), name="documents_read"),
            path(f"{key}files/<int:pk>/pictures/<slug:name>/", wrap(self.picture_view), name="documents_picture"),
        ]

    def visible_to(self, request: HttpRequest, *, at: datetime) -> Any:
        return Document.objects.visible_to(request.user, at=at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The side nav shows documents to those who may see some."""
        return request.user.is_active and VIEW in roles.reaches(request.user, at=moment.now())

    def page_url(self, matter: Document) -> str:
        return reverse("admin:disclosure_document_change", args=(matter.number,))

    def document_of(self, request: HttpRequest, key: str, *, at: datetime) -> Document:
        """The document of an index number, if this person may see it; otherwise it does not exist for them."""
        documents = self.visible_to(request, at=at).select_related("body", "department")
        document = documents.filter(number=key).first()
        if document is None:
            raise Http404(f"no document {key} for this person")
        return document

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue: newest first, by state, openness and what its title, text or number holds."""
        if not self.has_module_permission(request):
            raise Http404("this person sees no documents")
        at = moment.now()
        state, openness = request.GET.get("state", ""), request.GET.get("openness", "")
        words = normal(request.GET.get("q", ""))[:100].replace("\x00", "")
        documents = self.visible_to(request, at=at).select_related("body", "department", "public")
        documents = documents.filter(state=state) if state in State.values else documents
        documents = documents.filter(openness=openness) if openness in Openness.values else documents
        if words:
            documents = finding.matching(documents, words)
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        cut = keyset.cut(documents, order=ORDER, after=after, before=before, size=SIZE)
        titles = Document.objects.titles(cut.rows)
        query = request.GET.copy()
        for moved in ("after", "before"):
            query.pop(moved, None)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": self.opts.verbose_name_plural,
            "rows": [{"document": one, "title": titles[one.pk], "url": self.page_url(one)} for one in cut.rows],
            "cut": cut,
            "filters": query.urlencode(),
            "state": state,
            "openness": openness,
            "words": words,
            "states": State,
            "opennesses": Openness,
            "may_draft": DRAFT in roles.reaches(request.user, at=at),
            "sees_register": bool(roles.reach(request.user, VIEW, at=at).bodies),
        }
        return TemplateResponse(request, "admin/disclosure/queue.html", context)

    def draft_view(self, request: HttpRequest) -> HttpResponse:
        """Write a new document for one of the departments this person may write for."""
        at = moment.now()
        reach = roles.reach(request.user, DRAFT, at=at)
        places = Department.objects.filter(pk__in=reach.departments) | Department.objects.filter(body__in=reach.bodies)
        places = places.select_related("body").order_by("order", "pk")
        if not places:
            messages.warning(request, "您的岗位不能起草文件。")
            return redirect("admin:index")
        posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        body = places[0].body
        form = DraftForm(**posted, body=body, departments=places, on=local_date(at))
        status = 200
        if posted and form.is_valid():
            data = form.cleaned_data
            try:
                document = workflow.draft(
                    body,
                    department=data["department"],
                    text=form.text(),
                    particulars=form.particulars(),
                    uploads=data["files"],
                    by=request.user,
                    at=at,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, f"已保存，索引号为{document.number}。核对后请送审。")
                for remark in form.remarks():
                    messages.warning(request, remark)
                return redirect(self.page_url(document))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "起草文件",
            "form": form,
            "queue_url": reverse("admin:disclosure_document_changelist"),
        }
        return TemplateResponse(request, "admin/disclosure/draft.html", context, status=status)

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The story of one document."""
        at = moment.now()
        document = self.document_of(request, key, at=at)
        version = newest(document)
        reaches = roles.reaches(request.user, at=at)
        context = self._context(request, document, version.title) | {
            "story": story.story_of(document, user=request.user, reaches=reaches, at=at),
            "document": document,
            "version": version,
            "versions": document.versions.select_related("made_by", "published_by").order_by("-number"),
            "reviews": document.reviews.select_related("reviewer").order_by("-pk"),
            "findings": version.findings.select_related("file", "decided_by").order_by("decision", "pk"),
            "identified": version.identifications.standing().select_related("made_by", "confirmed_by").first(),
            "legality_reviews": version.legality_reviews.order_by("-pk"),
            "countersigns": document.countersigns.select_related("department").order_by("pk"),
            "invitations": document.invitations.select_related("review").order_by("pk"),
            "may_invite": engine.covers(reaches, INVITE, document),
            "site_url": settings.SITE_URL,
        }
        return TemplateResponse(request, self.change_form_template, context)

    def act_view(self, request: HttpRequest, key: str, verb: str) -> HttpResponse:
        """The page of one act."""
        at = moment.now()
        document = self.document_of(request, key, at=at)
        title = newest(document).title
        return deeds.run(self, request, document, verb, ACTS[verb], steps=STEPS, title=title, at=at)

    def file_view(self, request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
        """A file of any version of this document, for the people who work on it."""
        return archive.as_attachment(self._file(request, key, pk).file)

    def read_view(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """Its reading version, as the public will see it."""
        one = self._file(request, key, pk)
        document = one.version.document
        context = self._context(request, document, one.title) | {
            "document": document,
            "body": document.body,
            "one": one,
            "page": page_of(one),
            "file_url": reverse("admin:documents_file", args=(document.number, one.pk)),
        }
        return TemplateResponse(request, "admin/disclosure/reading.html", context)

    def picture_view(self, request: HttpRequest, key: str, pk: int, name: str) -> HttpResponseBase:
        """A picture of the reading version."""
        return picture(request, self._file(request, key, pk), name)

    def _file(self, request: HttpRequest, key: str, pk: int) -> DocumentFile:
        document = self.document_of(request, key, at=moment.now())
        files = DocumentFile.objects.select_related("file", "version__document__body")
        return get_object_or_404(files, pk=pk, version__document=document)

"""Staff pages of the portal itself: the working-day calendar, looked at, and a new notice imported; people and the ledger
have modules of their own.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.db.models import QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from portal import moment
from portal.clocks import moving
from portal.ledger.models import Entry
from portal.organisation import roles
from portal.organisation.models import Body
from portal.web import people_admin  # noqa: F401 - registers its pages
from portal.web.ledger_admin import LedgerPage
from portal.web.looking import LookOnly
from portal.workdays import service
from portal.workdays.calendar import NATION, Announcement
from portal.workdays.models import Day, Notice
from portal.workdays.notices import NoticeRefused

IMPORT = "workdays.import"
SHOWN = 200
MOST_BYTES = 200_000
_SALT = "workdays.import"
_SECONDS_TO_DECIDE = 3600


class NoticeFile(forms.Form):
    """A notice as a small file."""

    file = forms.FileField(
        label="放假安排文件",
        help_text="TOML 或者 CSV 文件（UTF-8），写明适用范围、年份、文号、标题、发布日期和放假、调休日期。",
        error_messages={"required": "请选择要导入的文件。", "empty": "文件是空的，请重新选择。"},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("文件过大，放假安排文件一般只有几千字节，请检查是否选错了文件。")
        return upload


def scopes_open_to(user: Any, *, at: datetime) -> set[str]:
    """Whose calendars somebody may change: the nation's, and those of the regions and bodies the person's posts are at."""
    bodies = Body.objects.filter(pk__in=roles.reach(user, IMPORT, at=at).bodies)
    scopes = {scope for body in bodies for scope in (body.region, body.code)}
    return scopes | {NATION} if scopes else set()


class DaysOfNotice(admin.TabularInline):
    """The days a notice moves."""

    model = Day
    verbose_name_plural = "放假与调休日"
    ordering = ("date",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class CalendarPage(LookOnly):
    """Notices that move days. They are imported, never edited: a later notice corrects an earlier one."""

    list_display = ("title", "number", "scope", "year", "effective_from", "provisional", "imported_at")
    list_filter = ("scope", "year", "provisional")
    search_fields = ("title", "number")
    ordering = ("-year", "scope", "-pk")
    inlines = (DaysOfNotice,)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    change_list_template = "admin/workdays/notices.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return Notice.objects.all()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_import = bool(scopes_open_to(request.user, at=moment.now()))
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("import/", wrap(self.import_view), name="workdays_notice_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file, see which running limits would move, then import. Nothing is written before the last press."""
        at = moment.now()
        scopes = scopes_open_to(request.user, at=at)
        if not scopes:
            messages.warning(request, "导入放假安排由政务公开办公室办理，请联系本单位公开办。")
            return redirect("admin:workdays_notice_changelist")
        form = NoticeFile(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {}
        if "kept" in request.POST:
            form = NoticeFile()
            if (done := self._apply(request, scopes, at=at)) is not None:
                return done
        elif request.method == "POST" and form.is_valid():
            context = self._preview(form, scopes, at=at)
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "导入放假安排",
            "form": form,
        }
        return TemplateResponse(request, "admin/workdays/import.html", context)

    def _preview(self, form: NoticeFile, scopes: set[str], *, at: datetime) -> dict[str, Any]:
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            announcement = _read(upload.name, content, scopes, at=at)
        except NoticeRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error("file", sentence)
            return {}
        moves = moving.preview_calendar(announcement, on=moment.local_date(at))
        kept = signing.dumps((upload.name, content.decode("utf-8-sig")), salt=_SALT, compress=True)
        return {"announcement": announcement, "moves": moves[:SHOWN], "count": len(moves), "kept": kept}

    def _apply(self, request: HttpRequest, scopes: set[str], *, at: datetime) -> HttpResponse | None:
        try:
            name, text = signing.loads(request.POST["kept"], salt=_SALT, max_age=_SECONDS_TO_DECIDE)
            announcement = _read(name, text.encode(), scopes, at=at)
        except signing.BadSignature:
            messages.error(request, "预览已经过期，没有导入任何内容，请重新选择文件。")
            return None
        except NoticeRefused as refusal:
            messages.error(request, "".join(refusal.sentences))
            return None
        notice, moves = moving.apply_calendar(announcement, by=request.user, at=at)
        messages.success(request, f"已导入《{notice.title}》，{len(moves)}项期限的届满日相应变更，新旧日期已记入台账。")
        return redirect("admin:workdays_notice_changelist")


def _read(name: str, content: bytes, scopes: set[str], *, at: datetime) -> Announcement:
    announcement = service.read(name, content, on=moment.local_date(at))
    if announcement.scope not in scopes:
        raise NoticeRefused(
            [
                f"您只能导入全国和本单位、本地区的放假安排，文件的适用范围“{announcement.scope}”不在其中。请由相应单位的公开办导入。"
            ]
        )
    return announcement


admin.site.register(Notice, CalendarPage)
admin.site.register(Entry, LedgerPage)

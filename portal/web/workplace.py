"""The staff's workplace: Django's admin site with its own first page, words and lock on the login."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from portal import moment
from portal.notices import service as notices
from portal.web import keyset, limits, passwords
from portal.web.todo import Desk

LOCK_SECONDS = 15 * 60
# Of one account from one address: whoever mistypes somebody else's account elsewhere does not lock that person out.
FAILURES = 5
# An office sits behind one address: its colleagues together get more tries than one account, a guesser still too few.
ADDRESS_FAILURES = 20
# Of one account from everywhere: far beyond any person's mistakes, and still too few for guessers who share the work.
ACCOUNT_FAILURES, ACCOUNT_SECONDS = 100, 3600


# Where an app belongs in the side nav; what is not named here is a chapter and comes first.
GROUPS = (
    ("办件", None),
    ("期限与文书", ("clocks", "letters", "notices")),
    ("制度与日历", ("regulations", "workdays")),
    ("机构与人员", ("organisation", "auth", "guardian")),
    ("台账与档案", ("ledger", "archive")),
)


@dataclass(frozen=True)
class Link:
    """One entry of the side nav."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class Group:
    """Entries of the side nav under one heading."""

    title: str
    links: tuple[Link, ...]


def grouped(apps: list[dict[str, Any]], path: str) -> list[Group]:
    """Django's list of apps as the groups of the side nav; `path` is the page being shown."""
    named = {label for _, labels in GROUPS for label in labels or ()}
    groups = []
    for title, labels in GROUPS:
        links = tuple(
            Link(str(model["name"]), model["admin_url"], path.startswith(model["admin_url"]))
            for app in apps
            if (app["app_label"] in labels if labels else app["app_label"] not in named)
            for model in app["models"]
            if model["admin_url"]
        )
        if links:
            groups.append(Group(title, links))
    return groups


class LockingLoginForm(AdminAuthenticationForm):
    """A login that closes for a while after failures: of one account from one address, of one address, of one account.

    An attempt is counted before the password is looked at and taken back on success, so that many at once get no more
    tries than one after the other. The lock answers first, so that it tells nothing about a guess.
    """

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "账号或密码不正确，请核对后重新输入（密码区分大小写）。忘记密码的，请联系本单位公开办重置。",
        "inactive": "该账号已停用，请联系本单位公开办。",
        "locked": "登录失败次数过多，该账号或网络地址已锁定，请于15分钟后再试，或者联系本单位公开办。",
    }

    def clean(self) -> dict[str, Any]:
        account = str(self.cleaned_data.get("username", "")).strip().casefold()
        here = limits.address(self.request) if self.request else "local"
        counted = []
        # In this order: what an address may not try any more does not count against the account.
        for key, most, seconds in (
            (f"login:address:{here}", ADDRESS_FAILURES, LOCK_SECONDS),
            (f"login:pair:{account}:{here}", FAILURES, LOCK_SECONDS),
            (f"login:account:{account}", ACCOUNT_FAILURES, ACCOUNT_SECONDS),
        ):
            counted.append(key)
            if limits.limited(key, limit=most, seconds=seconds):
                raise ValidationError(self.error_messages["locked"], code="locked")
        cleaned = super().clean()
        for key in counted:
            limits.take_back(key)
        limits.forgive(f"login:pair:{account}:{here}")
        return cleaned or self.cleaned_data


class Workplace(admin.AdminSite):
    """政务公开工作平台. Registered models, forms and lists are Django's; what comes first is 我的待办."""

    site_title = "政务公开工作平台"
    site_header = "政务公开工作平台"
    index_title = "我的待办"
    site_url = "/"
    login_form = LockingLoginForm
    login_template = "admin/login.html"
    index_template = "admin/index.html"
    empty_value_display = "—"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """我的待办: what is due for me, what I wait for, the queues, warnings and unread notices."""
        at = moment.now()
        return super().index(request, {"desk": Desk.of(request.user, at=at), "at": at, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Pages with a `mount` answer under that short word instead of app and model: /admin/requests/."""
        mounted = [
            path(f"{page.mount}/", include(page.mounted_urls()))
            for page in self._registry.values()
            if getattr(page, "mount", "")
        ]
        own = [
            path("notices/", self.admin_view(self.notices), name="notices"),
            path("set-password/<uidb64>/<token>/", passwords.set_password, name="set_password"),
            path("notices/read/", self.admin_view(self.read_notices), name="read_notices"),
        ]
        return mounted + own + super().get_urls()

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Adds the day and the side nav."""
        context = super().each_context(request)
        return {
            **context,
            "today": moment.today(),
            "index_path": reverse("admin:index"),
            "nav_groups": grouped(context["available_apps"], request.path),
        }

    @method_decorator(require_safe)
    def notices(self, request: HttpRequest) -> HttpResponse:
        """All notices of the user, the newest first, read or not."""
        inbox = notices.Notice.objects.in_the_inbox_of(request.user)
        page = keyset.cut(
            inbox,
            order=("-created_at", "-pk"),
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
        context = {**self.each_context(request), "title": "站内通知", "page": page, "unread": inbox.unread().exists()}
        return TemplateResponse(request, "admin/notices.html", context)

    @method_decorator(require_POST)
    def read_notices(self, request: HttpRequest) -> HttpResponse:
        """Mark all of the user's notices as read and go back to the first page."""
        unread = notices.Notice.objects.in_the_inbox_of(request.user).unread().values_list("pk", flat=True)
        notices.mark_read(request.user, list(unread), at=moment.now())
        return redirect("admin:index")


site = admin.site

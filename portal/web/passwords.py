"""The page behind a one-time link: its holder, and nobody else, chooses the password of the account."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy

from portal.organisation.password_link import one_time_link
from portal.web.access import public
from portal.web.limits import at_most


class SetPassword(PasswordResetConfirmView):
    """Django's page with our tokens and words. The token leaves the address before the form is shown."""

    token_generator = one_time_link
    template_name = "admin/set_password.html"
    success_url = reverse_lazy("admin:login")
    title = "设置密码"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return admin.site.each_context(self.request) | super().get_context_data(**more)


_page = SetPassword.as_view()


@public
@at_most(30, seconds=3600, scope="set_password")
def set_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """Open to whoever holds the link."""
    return _page(request, uidb64=uidb64, token=token)

"""The ledger, read by those who audit: one body at a time, newest first, by number of a matter if wanted."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from portal import moment
from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.organisation import roles
from portal.organisation.models import Body
from portal.web import keyset
from portal.web.looking import LookOnly

AUDIT = "ledger.audit"


class LedgerFilter(forms.Form):
    """Which body, and which matter."""

    body = forms.ChoiceField(label="机关", required=False)
    number = forms.CharField(label="事项编号", required=False, max_length=100, help_text="输入完整编号。")

    def __init__(self, *args: Any, bodies: list[Body], **options: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="filter_%s", **options)
        field: Any = self.fields["body"]
        field.choices = [(body.code, body.short_name) for body in bodies]
        if len(bodies) < 2:
            field.widget = forms.HiddenInput()


class LedgerPage(LookOnly):
    """台账记录. Nothing here can be changed: the table refuses it, whoever asks."""

    mount = "ledger"

    def get_urls(self) -> list[URLPattern]:
        return []  # mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """One list."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="ledger_entry_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and roles.reach(request.user, AUDIT, at=moment.now()).bodies)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Entries of one body as sentences. Who audits nothing finds nothing."""
        reach = roles.reach(request.user, AUDIT, at=moment.now())
        bodies = list(Body.objects.filter(pk__in=reach.bodies).order_by("pk"))
        if not bodies:
            raise Http404("this person audits no body")
        form = LedgerFilter(request.GET, bodies=bodies)
        chosen = form.cleaned_data if form.is_valid() else {}
        body = next((one for one in bodies if one.code == chosen.get("body")), bodies[0])
        entries = Entry.objects.filter(body=body.code)
        if number := chosen.get("number", "").strip():
            entries = entries.filter(subject_number=number)
        cut = keyset.cut(
            entries, order=("-seq",), after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
        kept = {"body": body.code, "number": number}
        context = self.admin_site.each_context(request) | {
            "title": "台账记录",
            "opts": self.opts,
            "form": form,
            "body": body,
            "number": number,
            "rows": [{"entry": entry, "sentence": ledger.present(entry)} for entry in cut.rows],
            "next_url": f"?{urlencode(kept | {'after': cut.next})}" if cut.next else "",
            "previous_url": f"?{urlencode(kept | {'before': cut.previous})}" if cut.previous else "",
        }
        return TemplateResponse(request, "admin/ledger/entries.html", context)

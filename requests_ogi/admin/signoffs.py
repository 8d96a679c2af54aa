"""Where a leader records what the legal affairs office has agreed to, body by body."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import moment
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.refusal import Refusal

from ..forms.signing_off import RevokeForm, SignOffForm
from ..models import SignOff
from ..workflow import revoke_sign_off, sign_off
from ..workflow.signing_off import ACT, choices


def bodies_of(user: Any, *, at: datetime) -> list[Body]:
    """The bodies for which somebody may record sign-offs."""
    return list(Body.objects.filter(pk__in=roles.reach(user, ACT, at=at).bodies).order_by("pk"))


def signoffs(page: Any, request: HttpRequest) -> HttpResponse:
    """What a body's document offers beyond national law, what the legal affairs office said of it, and the forms."""
    at = moment.now()
    bodies = bodies_of(request.user, at=at)
    if not bodies:
        messages.warning(request, "只有分管领导可以登记和撤销法制机构的审核意见。")
        return redirect("admin:index")
    body = next((one for one in bodies if one.code == request.GET.get("body")), bodies[0])
    found = list(choices(body, on=local_date(at)))
    still_open = [one for one in found if one.signoff is None]
    form = SignOffForm(request.POST if "give" in request.POST else None, open_choices=still_open)
    status = 200
    if request.method == "POST":
        try:
            if done := _done(request, body, form, at=at):
                messages.success(request, done)
                return redirect(f"{reverse('admin:requests_signoffs')}?body={body.code}")
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            status = 409
    context = page.admin_site.each_context(request) | {
        "title": "法制机构审核意见",
        "opts": page.opts,
        "body": body,
        "bodies": bodies,
        "choices": found,
        "form": form if still_open else None,
        "former": SignOff.objects.filter(body=body, revoked_at__isnull=False).order_by("-pk")[:20],
    }
    return TemplateResponse(request, "admin/requests_ogi/signoffs.html", context, status=status)


def _done(request: HttpRequest, body: Body, form: SignOffForm, *, at: datetime) -> str:
    """What was done with the form that was sent; nothing where it is not filled in as it must be."""
    by: Any = request.user
    if "revoke" in request.POST:
        revoking = RevokeForm(request.POST)
        if not revoking.is_valid():
            messages.warning(request, "请写明撤销的理由。")
            return ""
        signoff = get_object_or_404(SignOff, body=body, pk=revoking.cleaned_data["signoff"])
        revoke_sign_off(signoff, why=revoking.cleaned_data["why"], by=by, at=at)
        return f"已撤销审核意见（{signoff.document_number}），今后不再适用。"
    if not form.is_valid():
        return ""
    made = sign_off(body, **form.cleaned_data, by=by, at=at)
    return f"已登记审核意见（{made.document_number}）。"

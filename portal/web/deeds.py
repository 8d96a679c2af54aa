"""One act as a page of the workplace: its form, its one call into the workflow, and what happens when it is refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from portal.moment import local_date
from portal.organisation.models import User
from portal.refusal import Refusal
from portal.web.case import MAIN, Act, CasePage
from portal.workflow import engine

_BROKEN = "页面不完整，请返回本件后重新办理。"


class MatterForm(forms.Form):
    """The form of one act on one matter, filled in by one person at one moment."""

    edition = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _BROKEN, "invalid": _BROKEN, "max_value": _BROKEN}
    )

    def __init__(self, *args: Any, matter: Any, by: User, at: datetime, **options: Any) -> None:
        self.matter, self.by, self.at = matter, by, at
        super().__init__(*args, label_suffix="", **options)
        self.fields["edition"].initial = matter.edition
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the matter: choices, limits, first values."""

    def remarks(self) -> Iterable[str]:
        """What the person should know of what was done, in full sentences."""
        return ()

    def catch_up(self, edition: int) -> None:
        """Take note of what others did meanwhile: the answers stay, and pressing the button again acts on what is now."""
        self.data = self.data.copy()
        self.data["edition"] = str(edition)

    @property
    def today(self) -> date:
        return local_date(self.at)


@dataclass(frozen=True)
class Deed:
    """One act as a page: `do` is given the matter, the valid form, who acts and when; `done` is what is said afterwards.

    `group` is the heading its button stands under on the page of the matter.
    """

    form: Callable[..., MatterForm]
    do: Callable[[Any, Any, User, datetime], Any]
    done: str
    template: str = "admin/case/act.html"
    grave: bool = False
    group: str = MAIN


def closed(steps: engine.Workflow, verb: str, matter: Any, user: Any, *, at: datetime) -> str:
    """Why the act may not be done now by this person, or nothing."""
    try:
        engine.judge(steps, verb, matter, by=user, at=at)
    except engine.NotAllowed as refusal:
        return str(refusal)
    return ""


def run(
    page: CasePage,
    request: HttpRequest,
    matter: Any,
    verb: str,
    deed: Deed,
    *,
    steps: engine.Workflow,
    title: str,
    at: datetime,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """GET shows an act's form, POST does it. A refusal is said above the form, and what was filled in is kept."""
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    refusal = closed(steps, verb, matter, request.user, at=at)
    if refusal and not posted:
        messages.warning(request, refusal)
        return redirect(page.page_url(matter))
    form = deed.form(**posted, matter=matter, by=request.user, at=at)
    status = 200
    if posted and (refusal := _done(matter, form, deed, steps=steps, verb=verb, by=request.user, at=at)) is None:
        messages.success(request, deed.done)
        for remark in form.remarks():
            messages.warning(request, remark)
        return redirect(page.page_url(matter))
    if posted:
        status = 409 if refusal else 200
        matter = type(matter).objects.select_related("body", "department").get(pk=matter.pk)
        form.catch_up(matter.edition)
    still = not closed(steps, verb, matter, request.user, at=at)
    shown = page._context(request, matter, steps[verb].label) | {
        "act": Act.of(steps[verb], request.path, grave=deed.grave) if still else None,
        "form": form,
        "media": form.media,
        "story": {"number": matter.number, "title": title},
        **(context or {}),
    }
    return TemplateResponse(request, deed.template, shown, status=status)


def _done(
    matter: Any, form: MatterForm, deed: Deed, *, steps: engine.Workflow, verb: str, by: User, at: datetime
) -> str | None:
    """Do the act; None when it was done, else the refusal (empty when the form itself says what is wrong).

    Whoever may not do it is told so before anything about the form.
    """
    if not form.is_valid():
        refusal = closed(steps, verb, matter, by, at=at)
        if refusal:
            form.add_error(None, refusal)
        return refusal
    try:
        engine.refuse_stale(matter, edition=form.cleaned_data["edition"])
        engine.judge(steps, verb, matter, by=by, at=at)
        deed.do(matter, form, by, at)
    except Refusal as refusal:
        form.add_error(None, list(refusal.points))
        return str(refusal)
    return None

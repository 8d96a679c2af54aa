"""Answers that were published for everybody: the list with its search, and each by its number."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.organisation.models import Body
from portal.web import keyset, problems
from portal.web.access import public

from ..forms.publishing import AnswersForm
from ..models import PublishedAnswer

ORDER = ("-published_on", "-id")
SIZE = 20


@public
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """The newest first; words of the title and the body narrow the list."""
    form = AnswersForm(request.GET, bodies=list(Body.objects.order_by("pk")))
    form.is_valid()
    word, body = form.cleaned_data.get("q", ""), form.cleaned_data.get("body", "")
    found = PublishedAnswer.objects.public().select_related("body")
    if word:
        found = found.titled(word)
    if body:
        found = found.filter(body__code=body)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    cut = keyset.cut(found, order=ORDER, after=after, before=before, size=SIZE)
    filters = {key: value for key, value in (("q", word), ("body", body)) if value}
    context = {
        "form": form,
        "rows": cut.rows,
        "word": word,
        "filtered": bool(filters),
        "next_url": f"?{urlencode(filters | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(filters | {'before': cut.previous})}" if cut.previous else "",
        "nav": "answers",
    }
    response = render(request, "requests_ogi/answers.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response


@public
@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One published answer. A withdrawn one is gone (410); one that was never published does not exist."""
    one = get_object_or_404(PublishedAnswer.objects.select_related("body"), number=number, published_on__isnull=False)
    if not one.is_public:
        return problems.page(request, 410)
    response = render(request, "requests_ogi/answer.html", {"one": one, "nav": "answers"})
    patch_vary_headers(response, ("Cookie",))
    return response

"""The page on which a third party answers, by the key in its letter and without an account (条例第三十二条).

It says what concerns the party and never who asked. Once the request is decided the page is gone.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal import moment
from portal.moment import local_date
from portal.organisation import people
from portal.refusal import Refusal
from portal.web import limits, problems
from portal.web.access import personal, public
from portal.workflow.engine import SomebodyWasFirst

from .. import wording, workflow
from ..forms.opinion import OpinionForm
from ..models import Consultation
from ..workflow import STEPS
from ..workflow.common import law_of
from ..workflow.consulting import limit_of
from . import guessing
from .posting import posted

MEANWHILE = "您填写的时候，本件有了新的办理情况，您的意见还没有提交。请核对后再点一次“提交意见”。"


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, seconds=3600, scope="opinion")
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """What is asked, by when, and the answer; afterwards the receipt. A key that opens nothing, or nothing any more, is a 404."""
    tries = guessing.at_opinion(request)
    if not guessing.may_try(tries):
        return problems.too_many(request, seconds=guessing.QUARTER)
    asked = _asked(key)
    if asked is None:
        return _unindexed(render(request, "requests_ogi/opinion_gone.html", status=404))
    guessing.take_back(tries)
    at = moment.now()
    form = OpinionForm(posted(request))
    if request.method == "POST" and asked.replied_on is None and form.is_valid():
        try:
            workflow.hear(asked, **form.cleaned_data, replied_on=local_date(at), by=people.THIRD_PARTY, at=at)
        except SomebodyWasFirst:
            form.add_error(None, MEANWHILE)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("requests_ogi:opinion", key)
    limit_on = limit_of(asked, on=local_date(at))
    late = asked.served_on is not None and local_date(at) > limit_on
    silence = wording.SILENCE[str(law_of(asked.request).option("third_party.silence"))]
    context = {
        "form": form,
        "asked": asked,
        "body": asked.request.body,
        "late": late,
        "silence": silence,
        "limit_on": limit_on,
    }
    return _unindexed(render(request, "requests_ogi/opinion.html", context))


def _asked(key: str) -> Consultation | None:
    """The consultation this key opens, while its request is not decided."""
    found = Consultation.objects.with_key(key.upper()).select_related("request__body", "letter").first()
    return found if found is not None and found.request.state in STEPS["hear"].sources else None


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The page on which a reviewer without an account reads a document under review and gives a verdict, by the key of a link.

The link shows the version it was made for and nothing else; it is dead once used, expired, or when the round is over.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal import moment
from portal.archive import service as archive
from portal.organisation import people
from portal.refusal import Refusal
from portal.web import limits, problems
from portal.web.access import personal, public
from portal.workflow.engine import SomebodyWasFirst

from .. import workflow
from ..forms.inviting import OutsideReviewForm
from ..models import Invitation

MISSES, QUARTER = 20, 15 * 60
MEANWHILE = "您填写的时候，本件有了新的办理情况，您的意见还没有提交。请核对后再点一次“提交意见”。"


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, seconds=3600, scope="review")
def review(request: HttpRequest, key: str) -> HttpResponse:
    """The document, and the form for the verdict. A key that opens nothing, or nothing any more, is a 404."""
    if _guessed_too_often(request):
        return problems.too_many(request, seconds=QUARTER)
    at = moment.now()
    invitation = (
        Invitation.objects.with_key(key.upper()).usable(at=at).select_related("document__body", "version").first()
    )
    if invitation is None:
        return _unindexed(render(request, "disclosure/review_gone.html", status=404))
    _right(request)
    form = OutsideReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.answer_invitation(invitation, **form.cleaned_data, by=people.REVIEWER, at=at)
        except SomebodyWasFirst:
            form.add_error(None, MEANWHILE)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("disclosure:review_done")
    context = {
        "form": form,
        "invitation": invitation,
        "key": key,
        "body": invitation.document.body,
        "document": invitation.document,
        "version": invitation.version,
        "files": invitation.version.files.select_related("file").order_by("order"),
    }
    return _unindexed(render(request, "disclosure/review.html", context))


@public
@personal
@require_safe
def review_file(request: HttpRequest, key: str, order: int) -> HttpResponse:
    """A file of the version under review, as a download."""
    if _guessed_too_often(request):
        return problems.too_many(request, seconds=QUARTER)
    invitation = Invitation.objects.with_key(key.upper()).usable(at=moment.now()).first()
    one = invitation.version.files.select_related("file").filter(order=order).first() if invitation else None
    if one is None:
        raise Http404("no such file under review")
    _right(request)
    return _unindexed(archive.as_attachment(one.file))


@public
@require_safe
def review_done(request: HttpRequest) -> HttpResponse:
    """The receipt, which says nothing of what was reviewed."""
    return _unindexed(render(request, "disclosure/review_done.html"))


def _guessed_too_often(request: HttpRequest) -> bool:
    """Count one try at a key, and say whether it is one too many; a right one is taken back."""
    return limits.limited(_tries(request), limit=MISSES, seconds=QUARTER)


def _right(request: HttpRequest) -> None:
    limits.take_back(_tries(request))


def _tries(request: HttpRequest) -> str:
    return f"review:misses:{limits.address(request)}"


def _unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The review before release, as a page of the workplace."""

from ... import workflow
from ...forms.secrecy import ReviewSecrecyForm
from ...models import SecrecyReview
from .deed import Deed


def _reviewed(review: SecrecyReview) -> str:
    return f"已记录保密审查：{review.get_finding_display()}。"


ACTS: dict[str, Deed] = {
    "review_secrecy": Deed(
        ReviewSecrecyForm,
        lambda case, form, by, at: workflow.review_secrecy(
            case, finding=form.cleaned_data["finding"], opinion=form.cleaned_data["opinion"], by=by, at=at
        ),
        _reviewed,
        template="admin/requests_ogi/review_secrecy.html",
    ),
}

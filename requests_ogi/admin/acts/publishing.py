"""The acts by which an answer is published for everybody, and taken down again."""

from ... import workflow
from ...forms import publishing
from .deed import Deed, Group, said

ACTS: dict[str, Deed] = {
    "propose_publication": Deed(
        publishing.ProposePublicationForm,
        lambda case, form, by, at: workflow.propose_publication(
            case, **{name: form.cleaned_data[name] for name in ("title", "question", "answer")}, by=by, at=at
        ),
        said("已提出公开文稿，等待另一位同志核对。核对之前公众看不到。"),
        template="admin/requests_ogi/propose_publication.html",
        group=Group.AFTER,
    ),
    "check_privacy": Deed(
        publishing.CheckPrivacyForm,
        lambda case, form, by, at: workflow.check_privacy(case, by=by, at=at),
        lambda row: f"已核对并公开（{row.number}），公众现在可以看到。",
        template="admin/requests_ogi/check_privacy.html",
        grave=True,
        group=Group.AFTER,
    ),
    "withdraw_publication": Deed(
        publishing.WithdrawPublicationForm,
        lambda case, form, by, at: workflow.withdraw_publication(case, why=form.cleaned_data["why"], by=by, at=at),
        said("已撤下，原网址显示“这项内容已经撤下”。"),
        grave=True,
        group=Group.AFTER,
    ),
}

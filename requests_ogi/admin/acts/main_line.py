"""The acts of the main line: from confirming receipt to the sealed dossier."""

from datetime import datetime
from typing import Any

from portal.letters.models import Letter
from portal.moment import chinese_date
from portal.organisation.models import User
from portal.workflow.engine import NotAllowed

from ... import workflow
from ...forms import deciding, staff
from ...models import InformationRequest
from .deed import Deed, Group, letter_said, said, sent


def _confirm_receipt(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.confirm_receipt(case, confirmed_on=data["confirmed_on"], note=data["note"], by=by, at=at)


def _ask_completion(case: InformationRequest, form: Any, by: User, at: datetime) -> Letter:
    data = form.cleaned_data
    return workflow.ask_completion(
        case, items=data["items"], working_days=data["working_days"], **sent(data, at), by=by, at=at
    )


def _supplement(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.supplement(
        case, text=data["text"], returned_on=data["returned_on"], uploads=data["uploads"], by=by, at=at
    )


def _record_search(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    names = ("system", "keywords", "period", "asked", "result", "searched_on")
    return workflow.record_search(case, **{name: form.cleaned_data[name] for name in names}, by=by, at=at)


def _approve(case: InformationRequest, form: Any, by: User, at: datetime) -> Letter:
    # The page showed one version; the edition makes sure that it still is the newest, this that the two belong together.
    newest = case.drafts.order_by("-version").values_list("version", flat=True).first()
    if newest != form.cleaned_data["version"]:
        raise NotAllowed("您核对的不是最新一稿，请返回本件重新核对后再审签。")
    return workflow.approve(case, by=by, at=at)


def _extend(case: InformationRequest, form: Any, by: User, at: datetime) -> Letter:
    data = form.cleaned_data
    agreed = None
    if "agreed_on" in data:
        agreed = workflow.Agreed(form=data["agreed_form"], on=data["agreed_on"], reference=data["agreed_reference"])
    return workflow.extend(
        case, amount=data["amount"], reason=data["reason"], agreed=agreed, **sent(data, at), by=by, at=at
    )


def _serve(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.serve(
        case,
        manner=data["manner"],
        sent_on=data["sent_on"],
        served_on=data["served_on"],
        proof_number=data["proof_number"],
        proof=data["proof"][0] if data["proof"] else None,
        provided_form=data.get("provided_form", ""),
        form_reason=data.get("form_reason", ""),
        by=by,
        at=at,
    )


def _served(case: InformationRequest) -> str:
    on = case.answered_on
    day = chinese_date(on) if on else ""
    late = "" if case.answered_in_time else "，已超过法定期限"
    return f"已登记送达，答复日期为{day}{late}。材料齐备后请归档。"


ACTS: dict[str, Deed] = {
    "confirm_receipt": Deed(
        staff.ConfirmReceiptForm, _confirm_receipt, said("已登记确认，答复期限自次日起计算。请分办。")
    ),
    "assign": Deed(
        staff.AssignForm,
        lambda case, form, by, at: workflow.assign(case, department=form.cleaned_data["department"], by=by, at=at),
        lambda case: f"已分办给{case.department}，承办人员会收到提醒。",
    ),
    "supplement": Deed(staff.SupplementForm, _supplement, said("已登记收到补正，答复期限重新计算。请继续办理。")),
    "lapse": Deed(
        staff.LapseForm,
        lambda case, form, by, at: workflow.lapse(
            case,
            no_good_reason=form.cleaned_data["no_good_reason"],
            received_on=form.cleaned_data.get("received_on"),
            by=by,
            at=at,
        ),
        letter_said("已认定逾期不补正，告知书（{letter}）已生成，请送达申请人。"),
        grave=True,
    ),
    "draft": Deed(
        deciding.DraftForm,
        lambda case, form, by, at: workflow.draft(
            case, decided=form.decided, texts=form.texts, earlier=form.earlier_case, by=by, at=at
        ),
        lambda draft: f"已保存第{draft.version}稿（{draft.get_outcome_display()}）。核对无误后请送审。",
        template="admin/requests_ogi/draft.html",
    ),
    "submit": Deed(
        staff.SubmitForm,
        lambda case, form, by, at: workflow.submit(case, by=by, at=at),
        said("已送审，等待有审签职责的负责同志审签。"),
        template="admin/requests_ogi/submit.html",
    ),
    "record_search": Deed(staff.RecordSearchForm, _record_search, said("已登记检索记录。"), group=Group.MATERIALS),
    "approve": Deed(
        staff.ApproveForm,
        _approve,
        letter_said("已审签，答复文书（{letter}）已生成，请送达申请人。"),
        template="admin/requests_ogi/approve.html",
    ),
    "serve": Deed(staff.ServeForm, _serve, _served, template="admin/requests_ogi/serve.html"),
    "close": Deed(
        staff.CloseForm,
        lambda case, form, by, at: workflow.close(case, by=by, at=at),
        said("案卷已归档封存，可以下载案卷包。"),
        template="admin/requests_ogi/close.html",
    ),
    "ask_completion": Deed(
        staff.AskCompletionForm,
        _ask_completion,
        letter_said("补正告知书（{letter}）已制发，等待申请人补正。"),
        group=Group.TERMS,
    ),
    "extend": Deed(
        staff.ExtendForm,
        _extend,
        letter_said("已延期，延期答复告知书（{letter}）已制发。"),
        template="admin/requests_ogi/extend.html",
        group=Group.TERMS,
    ),
    "send_back": Deed(
        staff.SendBackForm,
        lambda case, form, by, at: workflow.send_back(case, why=form.cleaned_data["why"], by=by, at=at),
        said("已退回承办机构修改。"),
    ),
    "reassign": Deed(
        staff.ReassignForm,
        lambda case, form, by, at: workflow.reassign(case, department=form.cleaned_data["department"], by=by, at=at),
        lambda case: f"已改派给{case.department}，答复期限照常计算。",
        group=Group.OTHER,
    ),
    "give_back": Deed(
        staff.GiveBackForm,
        lambda case, form, by, at: workflow.give_back(case, why=form.cleaned_data["why"], by=by, at=at),
        said("已退回政务公开办公室重新分办。"),
        group=Group.OTHER,
    ),
    "withdraw": Deed(
        staff.WithdrawForm,
        lambda case, form, by, at: workflow.withdraw(
            case, proof=next(iter(form.cleaned_data["proof"]), None), by=by, at=at
        ),
        said("已按申请人的意愿撤回，请归档。"),
        grave=True,
        group=Group.OTHER,
    ),
}

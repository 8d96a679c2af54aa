"""What staff see of fees and of very many requests: the applicant's month, the sum before it is asked for, what was said.

Which requests belong to one person is known only to those who may know who asked (`requests_ogi.unmask`); the department that
drafts the answer learns neither who it was nor what else they asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from portal.organisation.roles import NOWHERE, Reach
from portal.workflow.engine import covers

from .. import counting, wording
from ..forms.volume import ChargeForm
from ..models import FeeNotice, InformationRequest, ReasonsAsked
from ..models.request import VIEW
from ..rules import Refused
from ..rules.fees import Charge
from ..vocabulary import FEE_PAYMENT
from ..workflow import charging
from ..workflow.common import law_of
from ..workflow.volume import remarkable
from . import story


def panels(case: InformationRequest, reaches: Mapping[str, Reach]) -> dict[str, Any]:
    """What the page of a case shows of the fee, of the reasons, and of the applicant's month where it is remarkable."""
    fee = FeeNotice.objects.select_related("letter", "charged_by").filter(request=case).first()
    asked = ReasonsAsked.objects.select_related("letter", "asked_by").filter(request=case).first()
    found = {
        "fee": fee,
        "reasons_asked": asked,
        "sees_reasons": case.body_id in reaches.get(VIEW, NOWHERE).bodies,
    }
    if covers(reaches, "requests_ogi.unmask", case):
        month = counting.month_of(case)
        if fee or asked or remarkable(case, month.volume):
            found["month"] = month
    return found


def was_shown(form: ChargeForm) -> bool:
    """Whether the sum that would be asked for now is the one the page had shown."""
    try:
        return form.cleaned_data["checked"] == _token(charging.preview(form.case, **form.reckoned_by))
    except Refused:
        return False


def _token(owed: Charge) -> str:
    return f"{owed.basis.value}:{owed.pages or owed.nth}:{owed.amount}"


def _charge(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    law = law_of(case)
    shown: dict[str, Any] = {
        "month": counting.month_of(case),
        "tables": [{"fee": table, "rows": table.rows} for table in law.fees.values()],
        "payment": law.option("fee.payment") if law.fees else "",
    }
    if form.is_bound and form.is_valid():
        try:
            owed = charging.preview(case, **form.reckoned_by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return shown
        form.data = form.data.copy()
        form.data["checked"] = _token(owed)
        table = law.fees[owed.basis]
        content = wording.fee_notice(
            case,
            owed,
            table,
            why=form.cleaned_data["why"],
            rows=[f"{span}：{price}" for span, price in table.rows],
            payment=str(shown["payment"]),
            words=law.term(FEE_PAYMENT).words,
        )
        shown |= {
            "owed": owed,
            "letter": replace(content, addressee=story.HIDDEN),
            "letter_title": wording.FEE_NOTICE.title,
        }
    return shown


def _fee(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    fee = FeeNotice.objects.select_related("letter").filter(request=case).first()
    if fee is not None and "amount" in form.fields:
        form.initial.setdefault("amount", fee.amount)
    return {"fee": fee}


def _volume(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    asked = ReasonsAsked.objects.filter(request=case).first()
    return {"month": counting.month_of(case), "reasons_asked": asked, "sees_reasons": True}


CONTEXTS = {
    "charge": _charge,
    "ask_reasons": _volume,
    "delay": _volume,
    **dict.fromkeys(("serve_fee", "record_payment", "lapse_fee", "waive", "refund"), _fee),
}
"""What the page of an act shows beside its form, by its verb."""

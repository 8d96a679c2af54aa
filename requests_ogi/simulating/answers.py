"""How departments answer: the demonstration's answers, and one for every outcome it leaves out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.letters import service as letters

from ..demo import answers as demo
from ..demo.giving import PLACES, REASON, ROWS
from ..filing import Upload
from ..models import InformationRequest
from ..vocabulary import Outcome

_OURS = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held"}
_SECRET = {
    "finding": "经核查，该信息载体标有密级，保密期限尚未届满。",
    "reason": "该信息属于依法不得公开的内容。",
    "harm": "公开后会危害国家安全和社会稳定。",
}

ANSWERS: dict[str, tuple[dict[str, str], Mapping[str, object]]] = {
    **demo.ANSWERS,
    Outcome.STATE_SECRET: (
        _OURS | {"give": "state_secret", "sever": "inseverable"},
        _SECRET | {"ground": "state_secret"},
    ),
    Outcome.LAW_PROHIBITS: (
        _OURS | {"give": "law_prohibits", "sever": "inseverable"},
        _SECRET | {"ground": "law_prohibits"},
    ),
    Outcome.THREE_SECURITIES: (
        _OURS | {"give": "three_securities", "sever": "inseverable"},
        _SECRET | {"ground": "public_security"},
    ),
    Outcome.REGISTRY_QUERY: (
        {"clear": "clear", "kind": "registry"},
        {
            "reason": "不动产登记资料的查询，法律、行政法规另有规定。",
            "legal_channel": "持有效身份证件到不动产登记机构申请查询",
        },
    ),
    Outcome.STILL_UNCLEAR: (
        {"clear": "still_unclear"},
        {"reason": "补正后仍没有写明所需信息的名称、文号或者其他特征，无法据以检索。"},
    ),
    Outcome.UNREASONABLE_VOLUME: (
        {"clear": "clear", "kind": "volume"},
        {
            "reason": "申请数量、频次明显超过合理范围，说明的理由不合理。",
            "explanation": "已书面要求说明理由，申请人没有说明或者所说理由与申请数量不相称。",
        },
    ),
    Outcome.CONFIRM_REISSUE: (
        {"clear": "clear", "kind": "confirm"},
        {"reason": "您已经取得该信息，要求本机关对其真实性再次确认，不属于公开政府信息。"},
    ),
}

PARTS: tuple[dict[str, Any], ...] = tuple(
    {"what": what, "ground": "trade_secret", "reason": REASON, "boxes": [box]} for what, box in PLACES
)
"""What of the material is withheld when a part is given."""


def material(case: InformationRequest, *, on: date) -> Upload:
    """A document that answers the request, with two places that are not disclosed."""
    pdf = letters.receipt_pdf(case.body, title=case.title, number=case.number, rows=ROWS, notes=(), on=on)
    return Upload(name="项目情况表.pdf", data=pdf, purpose="material")

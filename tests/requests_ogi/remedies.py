"""Stories of remedies: a refusal that was served and sealed, and what was brought against it."""

from datetime import date
from typing import Any

from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import Challenge, InformationRequest
from requests_ogi.workflow import challenging
from tests.cast import Cast
from tests.factories import PNG, at, served

D = date.fromisoformat
PAPER = Upload(name="文书.png", data=PNG, purpose="decision")

REFUSE = {
    "clear": "clear",
    "kind": "information",
    "whose": "ours",
    "held": "held",
    "give": "internal",
    "sever": "inseverable",
}
REFUSE_TEXTS = {
    "finding": "经检索，本机关制作并保存有该信息。",
    "ground": "internal_workflow",
    "reason": "该信息属于内部工作流程方面的信息。",
}


def refused(cast: Cast, day: str, **changes: Any) -> InformationRequest:
    """A refusal served on the day."""
    return served(cast, day, decided=REFUSE, texts=REFUSE_TEXTS, **changes)


def sealed(cast: Cast, day: str, case: InformationRequest | None = None) -> InformationRequest:
    """A refusal (or the case given) served and sealed on the day."""
    case = case or refused(cast, day)
    workflow.close(case, by=cast.chen, at=at(day, 18))
    return InformationRequest.objects.get(pk=case.pk)


def challenged(cast: Cast, case: InformationRequest, day: str, **changes: Any) -> Challenge:
    """A reconsideration in the ordinary procedure, whose notice came on the day; `changes` make it another."""
    facts = {
        "kind": "reconsideration",
        "procedure": "ordinary",
        "authority": "宁夏回族自治区人民政府",
        "case_number": "宁政复〔2026〕12号",
        "summary": "请求撤销不予公开决定，责令公开。",
        "received_on": D(day),
    }
    return challenging.register(case, **facts | changes, by=cast.chen, at=at(day, 12))


def defended(cast: Cast, challenge: Challenge, day: str) -> Challenge:
    return challenging.defend(challenge, submitted_on=D(day), paper=PAPER, by=cast.he, at=at(day, 15))


def concluded(cast: Cast, challenge: Challenge, day: str, result: str, **changes: Any) -> Challenge:
    """Decided and served on the day."""
    facts = {
        "result": result,
        "decided_on": D(day),
        "served_on": D(day),
        "paper": PAPER,
        "consequence": "撤销原答复，责令重新答复。" if result == "corrected" else "",
    }
    return challenging.conclude(challenge, **facts | changes, by=cast.chen, at=at(day, 16))


def corrected(cast: Cast, case: InformationRequest, day: str, **changes: Any) -> Challenge:
    """A reconsideration that came and was decided against the body on one day."""
    return concluded(cast, challenged(cast, case, day), day, "corrected", **changes)

"""Every act in every state where it has no place is refused in a sentence, and nothing happens."""

from datetime import date
from typing import Any

import pytest

from portal.organisation import people
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.vocabulary import State
from requests_ogi.workflow import STEPS
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, PNG, assigned, at

DAY = date(2025, 3, 4)
SENT = {"manner": "electronic", "sent_on": DAY}
ACTS: dict[str, dict[str, Any]] = {
    "confirm_receipt": {"confirmed_on": DAY, "note": "电话确认"},
    "assign": {},
    "give_back": {"why": "不属于本处"},
    "reassign": {},
    "ask_completion": {"items": "年份", "working_days": 10, **SENT},
    "supplement": {"text": "2024", "returned_on": DAY, "uploads": (Upload("补正.png", PNG, "completion"),)},
    "lapse": {"no_good_reason": True},
    "consult": {"party": "某公司", "content": "数据", "manner": "in_person", "sent_on": DAY, "served_on": DAY},
    "consult_organ": {"party": "某厅", "content": "数据", "manner": "in_person", "sent_on": DAY, "served_on": DAY},
    "refer": {"party": "某局", "content": "数据", "manner": "in_person", "sent_on": DAY, "served_on": DAY},
    "record_search": {
        "system": "档案",
        "keywords": "资金",
        "period": "全部",
        "asked": "",
        "result": "无",
        "searched_on": DAY,
    },
    "draft": {"decided": GRANT, "texts": GRANT_TEXTS},
    "submit": {},
    "send_back": {"why": "请补充"},
    "approve": {},
    "extend": {"amount": 5, "reason": "材料多", **SENT},
    "serve": SENT,
    "withdraw": {},
    "close": {},
}
DOERS = {
    "lapse": "he",
    "extend": "he",
    "consult": "he",
    "consult_organ": "he",
    "refer": "he",
    "send_back": "ma",
    "approve": "ma",
    "give_back": "li",
}
ODD = [(verb, state) for verb in ACTS for state in State if state not in STEPS[verb].sources]


@pytest.mark.parametrize(("verb", "state"), ODD)
def test_an_act_out_of_its_place_is_refused(nx: Cast, files: Any, verb: str, state: State) -> None:
    case = assigned(nx, "2025-03-03")
    case.state = state
    values = dict(ACTS[verb])
    if verb in {"assign", "reassign"}:
        values["department"] = nx.other_department
    by = people.APPLICANT if verb in {"supplement", "withdraw"} else getattr(nx, DOERS.get(verb, "chen"))

    with pytest.raises(Refusal, match=f"不能办理“{STEPS[verb].label}”"):
        getattr(workflow, verb)(case, by=by, at=at(DAY), **values)

"""What one act is on a page of the workplace: its form, its one call into the workflow, and what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.letters.models import Letter
from portal.letters.service import Manner
from portal.moment import local_date
from portal.organisation.models import User
from portal.web.case import MAIN

from ...forms import acting
from ...models import InformationRequest

Data = Mapping[str, Any]
Call = Callable[[InformationRequest, Any, User, datetime], Any]


class Group(StrEnum):
    """The headings that buttons stand under on the page of a case, in their order there."""

    MAIN = MAIN
    MATERIALS = "检索与区分处理"
    TERMS = "补正、延期与中止"
    CONSULTING = "征求意见与请示"
    FEES = "收费与说明理由"
    AFTER = "公开与定期评估"
    OTHER = "其他事项"


@dataclass(frozen=True)
class Deed:
    """One act as a page: `do` is given the case, the clean form, who acts and when; `done` tells what came of it.

    `again` leads on from what was done, relative to the act's own address; without it the page of the case follows.
    `group` is where its button stands: under `MAIN` what carries a case on, and what has to be done before it may go on.
    """

    form: type[acting.ActForm]
    do: Call
    done: Callable[[Any], str]
    template: str = "admin/requests_ogi/act.html"
    grave: bool = False
    again: Callable[[Any], str] | None = None
    group: Group = Group.MAIN


def said(sentence: str) -> Callable[[Any], str]:
    return lambda result: sentence


def letter_said(sentence: str) -> Callable[[Letter], str]:
    return lambda letter: sentence.format(letter=letter.number)


def sent(data: Data, at: datetime) -> dict[str, Any]:
    """A letter composed and sent in one act: today, handed over in person today as well."""
    today = local_date(at)
    return {
        "manner": data["manner"],
        "sent_on": today,
        "served_on": today if data["manner"] == Manner.IN_PERSON else None,
        "proof_number": data["proof_number"],
    }

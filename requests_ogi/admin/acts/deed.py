"""What one act is on a page of the workplace: its form, its one call into the workflow, and what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.letters.models import Letter
from portal.letters.service import Manner
from portal.moment import local_date
from portal.organisation.models import User

from ...forms import acting
from ...models import InformationRequest

Data = Mapping[str, Any]
Call = Callable[[InformationRequest, Any, User, datetime], Any]


@dataclass(frozen=True)
class Deed:
    """One act as a page: `do` is given the case, the clean form, who acts and when; `done` tells what came of it.

    `again` leads on from what was done, relative to the act's own address; without it the page of the case follows.
    """

    form: type[acting.ActForm]
    do: Call
    done: Callable[[Any], str]
    template: str = "admin/requests_ogi/act.html"
    grave: bool = False
    again: Callable[[Any], str] | None = None


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

"""The act of writing down which help an applicant was given."""

from datetime import datetime
from typing import Any

from portal.organisation.models import User

from ... import workflow
from ...forms.comfort import HelpForm
from ...models import InformationRequest
from .deed import Deed, Group, said


def _help(case: InformationRequest, form: Any, by: User, at: datetime) -> Any:
    data = form.cleaned_data
    return workflow.help(case, what=data["what"], helped_on=data["helped_on"], by=by, at=at)


ACTS: dict[str, Deed] = {"help": Deed(HelpForm, _help, said("已记下提供的协助。"), group=Group.OTHER)}

"""The demonstration is a living office."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count

from portal.clocks.models import Clock
from portal.ledger.verifying import verify
from portal.organisation.models import Body
from requests_ogi.demo.lives import PLANS, Stage
from requests_ogi.demo.people import appoint_staff
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import State
from tests.factories import at


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2026, 2, 24)])
def test_every_body_has_matters_in_every_state_and_a_few_late(code: str, today: date, files: Path) -> None:
    body = Body.objects.get(code=code)

    Stage(appoint_staff(body, today=today), today=today).play()

    states = InformationRequest.objects.values_list("state").annotate(Count("pk"))
    assert {state for state, _ in states} == set(State) - {State.WITHDRAWN}
    assert InformationRequest.objects.count() == len(PLANS)
    late = Clock.objects.overdue(at=at(today)).filter(weight="statutory").count()
    assert 1 <= late <= 4
    assert not list(verify(code))

"""The demonstration is a living office."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db.models import Count

from disclosure.demo import lives_of
from disclosure.models import Document
from disclosure.vocabulary import Genre, Validity
from disclosure.vocabulary import State as Standing
from portal.clocks.models import Clock
from portal.ledger.verifying import verify
from portal.organisation.models import Body
from portal.workflow.verifying import differences
from requests_ogi.demo.lives import Stage
from requests_ogi.demo.people import appoint_staff
from requests_ogi.demo.plans import plans_of
from requests_ogi.models import (
    Challenge,
    Consultation,
    Conversion,
    FeeNotice,
    InformationRequest,
    Motion,
    PublishedAnswer,
    ReasonsAsked,
    ReEvaluation,
    ReleasedCopy,
    ReturnedPost,
    Satisfaction,
    SignOff,
    Suspension,
)
from requests_ogi.vocabulary import Asked, ChallengeResult, ChallengeState, MotionKind, State, Weighed
from tests.factories import at


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2026, 2, 24)])
def test_every_body_has_matters_in_every_state_and_a_few_late(code: str, today: date, files: Path) -> None:
    body = Body.objects.get(code=code)

    stage = Stage(appoint_staff(body, today=today), today=today)
    made = stage.play(beside=lives_of(body, today=today, ago=partial(stage.moment, minute=0)))

    states = InformationRequest.objects.values_list("state").annotate(Count("pk"))
    assert {state for state, _ in states} == set(State) - {State.WITHDRAWN}
    assert made == len(plans_of(code)) == InformationRequest.objects.filter(redo_of=None).count()
    late = Clock.objects.overdue(at=at(today)).filter(weight="statutory").count()
    assert 1 <= late <= 4
    assert not list(verify(code))
    assert not list(differences(body))
    _shows_the_depth_of_the_law(code)
    _shows_documents_in_every_state()


def _shows_documents_in_every_state() -> None:
    documents = Document.objects.all()
    assert {one.state for one in documents} == set(Standing) - {Standing.DISCARDED}
    assert documents.filter(validity=Validity.LAPSED).exists()
    assert documents.public().filter(genre=Genre.INTERPRETATION).exists()
    assert not documents.public().filter(columns=None).exists()


def _shows_the_depth_of_the_law(code: str) -> None:
    asked = Consultation.objects
    assert {one.kind for one in asked.all()} == set(Asked)
    assert asked.filter(finding=Weighed.OVERRIDE, notice__isnull=False).exists()
    assert asked.filter(kind=Asked.THIRD_PARTY, opinion=None, served_on__isnull=False, finding=None).exists()
    assert ReleasedCopy.objects.filter(redacted=True).exists()
    fees = FeeNotice.objects.all()
    assert sorted((fee.paid_on is not None, fee.lapsed_on is not None) for fee in fees) == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert {(one.answered_on is not None, one.delayed_on is not None) for one in ReasonsAsked.objects.all()} == {
        (True, True),
        (False, False),
    }
    assert ReturnedPost.objects.count() == ReEvaluation.objects.filter(decided_at=None).count() == 1
    assert {one.result for one in Challenge.objects.filter(state=ChallengeState.CONCLUDED)} == {
        ChallengeResult.UPHELD,
        ChallengeResult.CORRECTED,
    }
    assert Challenge.objects.filter(state=ChallengeState.OPEN).count() == 2
    assert InformationRequest.objects.filter(redo_of__isnull=False).count() == 1
    assert PublishedAnswer.objects.public().count() == 3
    assert {one.kind for one in Motion.objects.all()} == set(MotionKind)
    assert Conversion.objects.filter(published_on__isnull=False).exists()
    assert Satisfaction.objects.count() > 3
    assert SignOff.objects.exists() == Suspension.objects.exists() == (code == "yq")
    assert InformationRequest.objects.filter(channel="telephone").exists() == (code == "wz")

"""The golden request cases, played through the acts that people use."""

import json
from pathlib import Path
from typing import Any

import pytest

from requests_ogi import replaying
from requests_ogi.models import InformationRequest

GOLDEN = Path(__file__).parents[1] / "law" / "due_dates.json"
CASES = [case for case in json.loads(GOLDEN.read_text(encoding="utf-8")) if case["rule"] in replaying.DUTIES]


@pytest.mark.django_db
@pytest.mark.rule("REG-31", "REG-33", "REG-30", "REG-32", "WZ-6.2-5", "LD-A8-9-8", "LD-A8-10d")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_golden_case_played_through_the_acts_stores_the_golden_date(case: dict[str, Any], files: Path) -> None:
    [played] = replaying.play([case])

    assert played.differs == ()


@pytest.mark.django_db
def test_a_rehearsal_leaves_nothing_behind(files: Path) -> None:
    list(replaying.play(CASES[:1]))

    assert not InformationRequest.objects.exists()


def test_all_request_cases_of_the_golden_file_are_played() -> None:
    assert len(CASES) == 27

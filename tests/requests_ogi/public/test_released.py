"""What the applicant receives: the copies that came with the answer, once it is served, and nothing else."""

from datetime import date

import pytest
from django.test import Client

from portal.archive import service as archive
from requests_ogi import secrets, workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest
from tests.cast import Cast
from tests.factories import applied, approved, at
from tests.materials import paper

DAY = "2025-03-03"


@pytest.fixture
def case(nx: Cast, files) -> InformationRequest:
    """Approved, with one material, not yet served."""
    return approved(nx, DAY, materials=(Upload("名单.pdf", paper(), "material"),))


def serve(nx: Cast, case: InformationRequest) -> None:
    workflow.serve(case, manner="electronic", sent_on=date.fromisoformat(DAY), by=nx.chen, at=at(DAY, 17))


def let_in(case: InformationRequest) -> Client:
    """The browser of the applicant, who has given number and code."""
    client = Client()
    code = secrets.code_of(case.submission_key or "", case.number, case.secret)
    client.post("/requests/track/", {"number": case.number, "code": code})
    return client


def address(case: InformationRequest, pk: int | None = None) -> str:
    return f"/requests/track/{case.number}/materials/{pk or case.released.get().pk}/"


def test_the_applicant_downloads_what_came_with_the_answer(nx: Cast, case: InformationRequest) -> None:
    serve(nx, case)
    wang = let_in(case)

    page = wang.get(f"/requests/track/{case.number}/").content.decode()
    copy = wang.get(address(case))

    assert "提供的信息" in page
    assert "材料1（PDF）" in page
    assert copy.content == archive.open_bytes(case.released.get().file)
    assert "%E6%9D%90%E6%96%991.pdf" in copy["Content-Disposition"]
    assert copy["Cache-Control"] == "no-store, private"


def test_nothing_is_given_before_the_answer_is_served(case: InformationRequest) -> None:
    wang = let_in(case)

    assert "提供的信息" not in wang.get(f"/requests/track/{case.number}/").content.decode()
    assert wang.get(address(case)).status_code == 404


def test_strangers_and_other_applicants_receive_nothing(nx: Cast, case: InformationRequest) -> None:
    serve(nx, case)
    other = applied(nx.body, DAY)

    assert Client().get(address(case)).context["again"]
    assert let_in(other).get(address(case)).context["again"]
    assert let_in(other).get(address(other, case.released.get().pk)).status_code == 404

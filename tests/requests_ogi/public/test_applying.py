"""Filing a request, page by page."""

from datetime import date

from requests_ogi.models import FilingDraft, InformationRequest

from .citizen import FIRM, WANG, Citizen, agent_papers, page, paper


def test_a_citizen_files_a_request_and_holds_number_and_code(wang: Citizen) -> None:
    case = wang.files_request()

    assert (case.applicant.name, case.title) == ("王小明", WANG["information"]["wanted"])
    assert case.received_on == date(2025, 3, 3)
    assert case.number in wang.text
    assert "查询码" in wang.text

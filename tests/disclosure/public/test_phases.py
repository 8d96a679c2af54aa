"""The five phases of openness: every document belongs to one, and the public finds it there, and by the unit that made it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import workflow
from disclosure.forms.drafting import DraftForm
from disclosure.models import Document
from disclosure.vocabulary import Audience, Phase
from portal.organisation.models import Department
from tests.cast import Cast
from tests.disclosure.making import TEXT, D, drafted, particulars, published
from tests.factories import at

DAY = "2026-03-03"
WORDS = ["决策公开", "执行公开", "管理公开", "服务公开", "结果公开"]


def shown(client: Client, code: str, **asked: str) -> list[Document]:
    return list(client.get(f"/disclosure/{code}/documents/", asked).context["rows"])


@pytest.mark.rule("NX-02-1", "YC-1.2-2")
@pytest.mark.parametrize("code", ["nx", "yc"])
def test_the_public_finds_each_document_under_its_phase_and_no_other(cast_of, stranger: Client, code: str) -> None:
    cast = cast_of(code)
    made = {phase: published(cast, DAY, phase=phase) for phase in Phase}

    for phase, document in made.items():
        assert shown(stranger, code, phase=phase.value) == [document]
        assert phase.label in stranger.get(document.get_absolute_url()).content.decode()
    assert set(shown(stranger, code)) == set(made.values())


@pytest.mark.rule("NX-02-1", "YC-1.2-2")
@pytest.mark.parametrize("code", ["nx", "yc"])
def test_the_platform_leads_to_the_five_phases_with_how_much_is_in_each(cast_of, stranger: Client, code: str) -> None:
    cast = cast_of(code)
    published(cast, DAY, phase=Phase.RESULT)
    drafted(cast, DAY, phase=Phase.RESULT)
    published(cast, DAY, phase=Phase.RESULT, audience=Audience.STAFF)

    answer = stranger.get(f"/disclosure/{code}/")

    assert [one.label for one in answer.context["phases"]] == WORDS
    assert [one.held for one in answer.context["phases"]] == [0, 0, 0, 0, 1]
    assert f"/disclosure/{code}/documents/?phase=result" in answer.content.decode()


@pytest.mark.rule("NX-02-1", "YC-1.2-2")
@pytest.mark.parametrize("code", ["nx", "yc"])
def test_no_document_is_written_without_a_phase(cast_of, code: str) -> None:
    cast = cast_of(code)
    form = DraftForm({"phase": ""}, body=cast.body, departments=Department.objects.filter(body=cast.body), on=D(DAY))

    assert "phase" in form.errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=drafted(cast, DAY).pk).update(phase="secret")


@pytest.mark.rule("LD-A1-1b")
def test_each_unit_has_its_page_of_what_it_made(cast_of, stranger: Client) -> None:
    ld = cast_of("ld")
    document = published(ld, DAY)

    assert shown(stranger, "ld", department=ld.department.code) == [document]
    assert ld.department.name in stranger.get("/disclosure/ld/documents/").content.decode()
    assert ld.other_department not in stranger.get("/disclosure/ld/documents/").context["units"]


def test_what_is_asked_and_not_there_counts_as_not_asked(nx: Cast, stranger: Client) -> None:
    document = published(nx, DAY)

    for asked in ({"phase": "'; drop"}, {"department": "nobody"}, {"phase": "decision\x00"}, {"after": "%00"}):
        assert shown(stranger, "nx", **asked) == [document]
    assert stranger.get("/disclosure/nobody/documents/").status_code == 404


def test_what_was_withdrawn_is_not_listed(nx: Cast, stranger: Client) -> None:
    document = published(nx, DAY)
    workflow.withdraw(document, reason="error", note="内容有误。", by=nx.chen, at=at("2026-03-04"))

    assert shown(stranger, "nx") == []


def test_another_phase_waits_with_the_next_text(nx: Cast, stranger: Client) -> None:
    document = published(nx, DAY, phase=Phase.DECISION)
    workflow.amend(document, by=nx.li, at=at("2026-03-04", 9))
    said = particulars(nx, DAY, phase=Phase.RESULT)
    workflow.revise(document, text=TEXT, particulars=said, by=nx.li, at=at("2026-03-04", 9))

    assert shown(stranger, "nx", phase="decision") == [document]
    assert shown(stranger, "nx", phase="result") == []
    assert "documents/?phase=decision" in stranger.get(document.get_absolute_url()).content.decode()

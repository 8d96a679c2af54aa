"""The text on paper: owed to the reading places of Luodian from publication on, handed over once, put on file."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import workflow
from disclosure.desk_copies import todo
from disclosure.models import Document, PaperCopy
from disclosure.rules import Refused
from disclosure.vocabulary import Audience, Content, Genre
from disclosure.workflow import copying
from portal import moment
from portal.organisation.models import User
from portal.regulations import library
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import D, drafted, published, signed

DAY, NEXT = "2026-03-03", "2026-03-04"
ENQUIRY, READING = "县政务服务中心政府信息公开查询点", "政府信息查阅场所"


@pytest.fixture
def ld(cast_of) -> Cast:
    """罗甸县人民政府 with its people."""
    return cast_of("ld")


def delivered(cast: Cast, document: Document, place: str = ENQUIRY, **changes: Any) -> PaperCopy:
    said: dict[str, Any] = {"copies": 2, "received_by": "查询点 罗小梅", "delivered_on": D(NEXT)}
    return workflow.deliver(document, place=place, **said | changes, by=cast.chen, at=at(NEXT, 15))


def duties(user: User) -> list[str]:
    return [one.number for one in todo(user, at(NEXT, 15)) if one.label == "送交查阅场所"]


@pytest.mark.rule("LD-A4-7b", "LD-A6-5-2")
def test_from_publication_on_the_office_owes_the_text_to_each_place(ld: Cast) -> None:
    waiting = signed(ld, DAY)
    document = published(ld, DAY)

    assert duties(ld.chen) == [document.number]
    assert waiting.number not in duties(ld.chen)
    delivered(ld, document)
    assert duties(ld.chen) == [document.number]
    delivered(ld, document, READING, electronic=True)
    assert duties(ld.chen) == []


@pytest.mark.rule("LD-A4-7b", "LD-A6-5-2")
def test_it_is_on_file_when_how_many_and_who_received_it(ld: Cast) -> None:
    document = published(ld, DAY)

    made = delivered(ld, document, READING, copies=3, electronic=True)

    assert (made.version, made.copies, made.electronic) == (document.public, 3, True)
    assert (made.delivered_on, made.received_by, made.recorded_by) == (D(NEXT), "查询点 罗小梅", ld.chen)
    assert document.paper_copies.get() == made


@pytest.mark.rule("LD-A4-7b")
@pytest.mark.parametrize(
    "changes",
    [{"place": "县图书馆"}, {"copies": 0}, {"received_by": " "}, {"delivered_on": D("2026-03-02")}, {"delivered_on": D("2026-03-05")}],
)  # fmt: skip
def test_what_cannot_be_is_not_put_on_file(ld: Cast, changes: dict[str, Any]) -> None:
    document = published(ld, DAY)

    with pytest.raises(Refused):
        delivered(ld, document, **changes)
    assert not PaperCopy.objects.exists()


def test_what_is_not_public_is_handed_to_nobody_and_by_nobody_but_the_office(ld: Cast) -> None:
    document = published(ld, DAY)

    with pytest.raises(Refused, match="没有公开"):
        delivered(ld, drafted(ld, DAY))
    said: dict[str, Any] = {"place": ENQUIRY, "copies": 1, "received_by": "罗小梅", "delivered_on": D(NEXT)}
    with pytest.raises(NotAllowed):
        workflow.deliver(document, **said, by=ld.li, at=at(NEXT, 15))
    workflow.withdraw(document, reason="error", note="内容有误。", by=ld.chen, at=at(NEXT, 9))
    with pytest.raises(NotAllowed):
        delivered(ld, document)
    assert duties(ld.chen) == []


def test_only_official_papers_for_everybody_are_owed(ld: Cast) -> None:
    for said in (
        {"genre": Genre.INFORMATION},
        {"content": Content.REPOST, "source": "贵州省人民政府网站"},
        {"audience": Audience.STAFF},
    ):
        published(ld, DAY, **said)

    assert duties(ld.chen) == []


def test_bodies_whose_document_names_no_place_owe_nothing(nx: Cast) -> None:
    published(nx, DAY)

    named = {code for code in library.bodies() if library.profile(code, D(DAY)).option(copying.PLACES)}
    assert named == {"ld"}
    assert duties(nx.chen) == []


def test_the_database_wants_a_receiver(ld: Cast) -> None:
    document = published(ld, DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperCopy.objects.create(
            document=document, version=document.public, place=ENQUIRY, copies=0, received_by="", delivered_on=D(NEXT),
            recorded_by=ld.chen, recorded_at=at(NEXT),
        )  # fmt: skip


@pytest.mark.rule("LD-A4-7b")
def test_the_office_finds_the_duty_on_its_desk_and_does_it_by_the_button(ld: Cast) -> None:
    document = published(ld, DAY)
    office = Client()
    office.force_login(ld.chen)
    with moment.rehearsing(at(NEXT, 15)):
        desk = office.get("/admin/").content.decode()
        page = office.get(f"/admin/documents/{document.number}/").content.decode()
        edition = Document.objects.get(pk=document.pk).edition
        said = {"place": ENQUIRY, "copies": "2", "received_by": "罗小梅", "delivered_on": NEXT, "edition": edition}
        answer = office.post(f"/admin/documents/{document.number}/deliver/", said)
        after = office.get(f"/admin/documents/{document.number}/").content.decode()

    assert "送交查阅场所" in desk
    assert "尚未送交" in page
    assert answer.status_code == 302
    assert "签收人罗小梅" in after


@pytest.mark.rule("LD-A4-7b")
def test_the_public_is_told_where_the_text_lies_on_paper(ld: Cast) -> None:
    document = published(ld, DAY)
    before = Client().get(document.get_absolute_url()).content.decode()
    delivered(ld, document)

    page = Client().get(document.get_absolute_url()).content.decode()

    assert ENQUIRY not in before
    assert f"纸质文本可以到{ENQUIRY}查阅" in page
    assert "罗小梅" not in page

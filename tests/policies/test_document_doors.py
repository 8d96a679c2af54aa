"""Who may open the doors of documents and imports: a document does not exist for those it does not concern."""

from typing import Any

import pytest

from disclosure.models import Document
from disclosure.workflow import Upload
from portal import moment
from portal.ledger.models import Entry
from tests.cast import Cast
from tests.disclosure.making import drafted, guide, proposed, published
from tests.factories import at
from tests.materials import photograph

from .document_doors import BEHIND, FILES, IMPORTS, PICTURE, REGISTER
from .standing import DAY
from .visiting import browsers, undone, word_for

NOBODY_HERE = ("赵", "吴", "外")
LOOKERS = ("李", "陈", "何", "马", "纪")


@pytest.fixture(autouse=True)
def _wednesday(files: Any) -> Any:
    with moment.rehearsing(at(DAY)):
        yield


def path(door: str, document: Document) -> str:
    file = document.versions.order_by("number").last().files.first()
    return door.replace("<key>", document.number).replace("<pk>", str(file.pk))


@pytest.mark.parametrize("made", [drafted, proposed, published])
def test_a_document_and_its_acts_do_not_exist_for_those_it_does_not_concern(nx: Cast, wz: Cast, made: Any) -> None:
    document, visitors = made(nx, DAY, uploads=(Upload("申报指南.docx", guide()),)), browsers(nx, wz)
    before = Entry.objects.count()

    for door in BEHIND:
        asked = path(door, document)
        assert word_for(visitors["访"].get(asked)) == "login", door
        for name in NOBODY_HERE:
            assert word_for(visitors[name].get(asked)) == "404", (door, name)
            assert word_for(visitors[name].post(asked, {"edition": document.edition})) == "404", (door, name)

    assert Entry.objects.count() == before


def test_whoever_sees_a_document_is_sent_back_from_acts_that_are_not_theirs(nx: Cast, wz: Cast) -> None:
    document, visitors = drafted(nx, DAY, uploads=(Upload("申报指南.docx", guide()),)), browsers(nx, wz)

    for name in LOOKERS:
        assert word_for(visitors[name].get(path(BEHIND[0], document))) == "200", name
        for door in FILES:
            assert word_for(visitors[name].get(path(door, document))) == "200", (name, door)
        for door in BEHIND[1 + len(FILES) :]:
            assert word_for(visitors[name].get(path(door, document))) in {"200", "away"}, (name, door)
    for door in BEHIND[1 + len(FILES) :]:
        with undone():
            before = Entry.objects.count()
            assert word_for(visitors["纪"].post(path(door, document), {"edition": document.edition})) == "409", door
            assert Entry.objects.count() == before


def test_a_picture_of_a_file_is_there_for_whoever_sees_the_document(nx: Cast, wz: Cast) -> None:
    document, visitors = drafted(nx, DAY, uploads=(Upload("照片.png", photograph("PNG")),)), browsers(nx, wz)
    picture = path(PICTURE, document).replace("<name>", "page-1")

    assert {name: word_for(visitors[name].get(picture)) for name in LOOKERS} == dict.fromkeys(LOOKERS, "200")
    assert {name: word_for(visitors[name].get(picture)) for name in NOBODY_HERE} == dict.fromkeys(NOBODY_HERE, "404")
    assert word_for(visitors["访"].get(picture)) == "login"
    assert word_for(visitors["李"].get(picture.replace("page-1", "page-2"))) == "404"


def test_the_lists_are_open_to_those_with_a_post_and_drafting_to_those_who_draft(nx: Cast, wz: Cast) -> None:
    visitors = browsers(nx, wz)

    def words(door: str) -> dict[str, str]:
        return {name: word_for(browser.get(door)) for name, browser in visitors.items()}

    everybody = dict.fromkeys(visitors, "200") | {"访": "login", "赵": "404"}
    assert words("/admin/documents/") == everybody
    whole = dict.fromkeys(("李", "吴", "赵"), "404")
    for door in REGISTER:
        assert words(door) == everybody | whole
    drafting = dict.fromkeys(visitors, "away") | {"访": "login"} | dict.fromkeys(("李", "吴", "陈", "外"), "200")
    assert words("/admin/documents/draft/") == drafting


def test_imports_are_the_offices(nx: Cast, wz: Cast) -> None:
    visitors = browsers(nx, wz)

    for door in IMPORTS:
        asked = door.replace("<pk>", "1").replace("<code>", "nx")
        assert word_for(visitors["访"].get(asked)) == "login", door
        for name in ("赵", "李", "吴", "马", "纪"):
            assert word_for(visitors[name].get(asked)) in {"404", "away", "403", "405"}, (door, name)
    assert word_for(visitors["陈"].get("/admin/imports/")) == "200"

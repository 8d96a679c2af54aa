"""Who reads what: every public address of a document, in every state, for each kind of reader."""

from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Document, DocumentFile
from disclosure.vocabulary import Audience
from disclosure.workflow import Upload
from portal.archive.kinds import Kind
from tests.cast import Cast
from tests.disclosure.making import drafted, guide, published, signed
from tests.factories import at

DAY, NEXT = "2026-03-03", "2026-03-04"
UPLOAD = (Upload("申报指南.docx", guide(), "申报指南"),)


def withdrawn(cast: Cast) -> Document:
    document = published(cast, DAY, uploads=UPLOAD)
    return workflow.withdraw(document, reason="privacy", note="其中有不应公开的内容。", by=cast.chen, at=at(NEXT))


def restoring(cast: Cast) -> Document:
    document = withdrawn(cast)
    workflow.restore(document, by=cast.chen, at=at(NEXT, 11))
    return document


STATES: dict[str, Any] = {
    "draft": lambda cast: drafted(cast, DAY, uploads=UPLOAD),
    "signed": lambda cast: signed(cast, DAY, uploads=UPLOAD),
    "public": lambda cast: published(cast, DAY, uploads=UPLOAD),
    "for staff": lambda cast: published(cast, DAY, uploads=UPLOAD, audience=Audience.STAFF),
    "withdrawn": withdrawn,
    "taken up again": restoring,
}
# State: the answers of the page, its list of versions and its file to 访 a stranger, 赵 staff of this body without a post, and
# 外 staff of another body.
ANSWERS = {
    "draft": (404, 404, 404),
    "signed": (404, 404, 404),
    "public": (200, 200, 200),
    "for staff": (404, 200, 404),
    "withdrawn": (410, 410, 410),
    "taken up again": (410, 410, 410),
}


def browser(who: Any) -> Client:
    opened = Client()
    if who is not None:
        opened.force_login(who)
    return opened


@pytest.mark.rule("WZ-3-2", "WZ-4-5", "WZ-5-3")
@pytest.mark.parametrize("state", STATES)
def test_a_document_answers_each_reader_as_its_state_says(state: str, wz: Cast, nx: Cast, files: Any) -> None:
    document = STATES[state](wz)
    file = DocumentFile.objects.filter(version__document=document).first()
    addresses = [document.get_absolute_url() + page for page in ("", "versions/", f"files/{file.pk}/")]

    done = [
        tuple(opened.get(address).status_code for opened in (browser(None), browser(wz.zhao), browser(nx.chen)))
        for address in addresses
    ]

    assert done == [ANSWERS[state]] * 3


def test_what_is_for_the_staff_is_kept_by_no_cache(wz: Cast) -> None:
    document = published(wz, DAY, audience=Audience.STAFF)

    assert browser(wz.zhao).get(document.get_absolute_url())["Cache-Control"] == "no-store, private"


def test_a_document_is_at_the_address_of_its_own_body_only(nx: Cast) -> None:
    document = published(nx, DAY)

    assert browser(None).get(f"/disclosure/wz/documents/{document.number}/").status_code == 404


def test_a_gone_page_says_why_and_nothing_of_what_it_was(nx: Cast, files: Any) -> None:
    document = withdrawn(nx)

    page = browser(None).get(document.get_absolute_url()).content.decode()

    assert "其中有不应公开的内容。" in page
    assert "涉及个人隐私或者商业秘密" in page
    assert "noindex" in page
    assert "专精特新" not in page
    assert "申报指南" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/disclosure/nx/documents/'%20OR%201=1/",
        "/disclosure/nx/documents/%00/",
        "/disclosure/nx/documents/" + "9" * 400 + "/",
        "/disclosure/%E5%AE%81%E5%A4%8F/documents/1/",
        "/disclosure/nx/columns/../../admin/",
        "/disclosure/nx/columns/nothing/?year=99999&after=%00",
    ],
)
def test_hostile_numbers_find_nothing(path: str, nx: Cast) -> None:
    assert browser(None).get(path).status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "1"])
def test_a_file_of_something_else_is_not_given_out(pk: str, nx: Cast, files: Any) -> None:
    document, hidden = published(nx, DAY), drafted(nx, DAY, uploads=UPLOAD)
    other = DocumentFile.objects.get(version__document=hidden)

    assert browser(None).get(f"{document.get_absolute_url()}files/{pk}/").status_code == 404
    assert browser(None).get(f"{document.get_absolute_url()}files/{other.pk}/").status_code == 404


def test_a_file_comes_as_a_download_that_nobody_guesses_at(nx: Cast, files: Any) -> None:
    document = published(nx, DAY, uploads=UPLOAD)
    file = document.public.files.get()

    answer = browser(None).get(f"{document.get_absolute_url()}files/{file.pk}/", headers={"range": "bytes=0-3"})

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", Kind.DOCX.mime)


def test_nobody_writes_here(nx: Cast) -> None:
    address = published(nx, DAY).get_absolute_url()

    for page in ("", "versions/", "versions/1/"):
        assert browser(nx.chen).post(address + page).status_code == 405

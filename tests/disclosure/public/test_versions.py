"""How the text of a public document changed: its versions, side by side, with fields and files."""

from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Document
from disclosure.workflow import Text, Upload
from tests.cast import Cast
from tests.disclosure.making import HOLDERS, guide, particulars, published, reviewed
from tests.factories import at

DAY, NEXT = "2026-03-03", "2026-03-04"
MENDED = Text(
    title="关于加快培育专精特新中小企业的通知",
    html="<p>各县（市、区）工业和信息化主管部门：</p><p>现就加快培育专精特新中小企业有关工作通知如下。</p>",
    text="各县（市、区）工业和信息化主管部门：\n现就加快培育专精特新中小企业有关工作通知如下。",
    change_note="更正正文中的一处文字",
)


@pytest.fixture
def document(nx: Cast, files: Any) -> Document:
    """Published, then amended with a file more and another topic, and published again."""
    document = published(nx, DAY)
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    said, upload = particulars(nx, DAY, topic="财政、金融"), Upload("申报指南.docx", guide(), "申报指南")
    workflow.revise(document, text=MENDED, particulars=said, uploads=(upload,), by=nx.li, at=at(NEXT, 9))
    workflow.propose(document, by=nx.li, at=at(NEXT, 10))
    reviewed(nx, document, NEXT)
    workflow.sign(document, by=getattr(nx, HOLDERS["leader_in_charge"]), at=at(NEXT, 15))
    workflow.publish(document, by=nx.chen, at=at(NEXT, 16))
    return document


def test_the_page_tells_of_the_change_and_leads_to_the_versions(document: Document, stranger: Client) -> None:
    page = stranger.get(document.get_absolute_url()).content.decode()

    assert "更正正文中的一处文字" in page
    assert "更新：" in page
    assert f"{document.get_absolute_url()}versions/" in page


def test_two_versions_stand_side_by_side_with_fields_and_files(document: Document, stranger: Client) -> None:
    new = document.public.number

    page = stranger.get(f"{document.get_absolute_url()}versions/1/{new}/").content.decode()

    assert "<del>" in page
    assert "<ins>" in page
    assert all(f">{words}</td>" in page for words in ("工业、交通", "财政、金融"))
    assert "增加：申报指南" in page


def test_an_old_version_says_that_it_is_old_and_gives_out_no_files(document: Document, stranger: Client) -> None:
    page = stranger.get(f"{document.get_absolute_url()}versions/1/").content.decode()

    assert "已有更新的版本" in page
    assert "事项通知如下" in page


def test_a_version_the_public_never_read_is_not_there(document: Document, stranger: Client) -> None:
    assert document.public.number == 3
    for page in ("versions/2/", "versions/1/2/", "versions/3/1/", "versions/9/"):
        assert stranger.get(document.get_absolute_url() + page).status_code == 404

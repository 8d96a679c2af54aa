"""Words for scans: the drafter is told that there are none, may type them, and they are searched, reviewed and found like any text."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document as Docx
from PIL import Image
from pypdf import PdfReader, PdfWriter

from disclosure import workflow
from disclosure.models import Document, DocumentFile
from disclosure.rules import Refused
from disclosure.workflow import Upload
from disclosure.workflow.common import newest
from portal.ledger import service as ledger
from portal.search.service import Query, query
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at
from tests.materials import paper
from tests.portal.texts.papers import scan

from .making import drafted, guide, proposed, published, reviewed

DAY, NEXT = "2026-03-03", "2026-03-04"
WORDS = "<h2>培训计划</h2><p>培训对象为蒲公英企业负责人。</p>"
pytestmark = pytest.mark.usefixtures("files")


def scanned(cast: Cast, make: Callable[..., Document] = drafted) -> Document:
    """A document with a scan of two pages."""
    return make(cast, DAY, uploads=(Upload("培训计划.pdf", scan(pages=2)),))


def file_of(document: Document) -> DocumentFile:
    return newest(document).files.get()


def typed(cast: Cast, document: Document, words: str = WORDS) -> Document:
    workflow.transcribe(document, texts={file_of(document).pk: words}, by=cast.li, at=at(DAY, 9, 30))
    return document


def test_what_is_typed_makes_a_new_version_and_stays_with_the_file(nx: Cast) -> None:
    document = typed(nx, scanned(nx))

    first, second = document.versions.order_by("number")
    assert [one.files.get().transcript for one in (first, second)] == ["", WORDS]
    assert (second.html, second.authors) == (first.html, [nx.li.pk])
    assert file_of(document).silent == [1, 2]
    assert "录入附件文字，保存第2版" in ledger.present(ledger.timeline(document).get(verb="transcribe"))


def test_the_words_go_with_the_file_from_version_to_version(nx: Cast) -> None:
    document = typed(nx, scanned(nx))

    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    workflow.send_back(document, opinion="补充附件说明。", by=nx.zhou, at=at(DAY, 11))
    again = typed(nx, document, "<p>另一份录入的文字。</p>")

    assert [one.files.get().transcript for one in again.versions.order_by("number")][1:] == [
        WORDS,
        "<p>另一份录入的文字。</p>",
    ]


@pytest.mark.rule("NX-19-1a")
def test_what_is_typed_is_searched_before_the_eye(nx: Cast) -> None:
    document = typed(nx, scanned(nx), "<p>联系人手机13912345678。</p>")

    workflow.propose(document, by=nx.li, at=at(DAY, 10))

    found = dict(document.findings.values_list("kind", "place"))
    assert found["mobile"] == "录入的文字"
    assert found["unseen"] == "第1—2页"


def test_a_scan_is_one_finding_that_says_what_to_do_and_is_decided_once(nx: Cast) -> None:
    document = scanned(nx, proposed)

    finding = document.findings.get()
    assert "第1—2页是扫描件，没有文字层，无法自动检查" in finding.excerpt
    assert "请打开附件逐页查看" in finding.excerpt
    workflow.decide_finding(finding, decision="allowed", reason="已逐页查看", by=nx.chen, at=at(DAY, 11))
    assert workflow.sign(reviewed(nx, document, DAY), by=nx.ma, at=at(DAY, 15))


def test_pages_with_words_and_pages_without_are_one_finding(nx: Cast) -> None:
    both, out = PdfWriter(), BytesIO()
    for data in (paper(name="Bai", phone="see above"), scan(pages=1)):
        both.append(PdfReader(BytesIO(data)))
    both.write(out)
    document = proposed(nx, DAY, uploads=(Upload("两种.pdf", out.getvalue()),))

    assert [one.place for one in document.findings.filter(kind="unseen")] == ["第2页"]
    assert file_of(document).silent == [2]


def test_what_is_typed_is_found_by_a_search_once_it_is_public(nx: Cast) -> None:
    document = typed(nx, scanned(nx))
    assert not query(Query("蒲公英企业")).results
    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    for finding in document.findings.all():
        workflow.decide_finding(finding, decision="allowed", reason="已逐页查看", by=nx.chen, at=at(DAY, 11))
    workflow.sign(reviewed(nx, document, DAY), by=nx.ma, at=at(DAY, 15))
    workflow.publish(document, by=nx.chen, at=at(DAY, 16))

    assert [hit.url for hit in query(Query("蒲公英企业")).results] == [document.get_absolute_url()]
    shown = Client().get(f"{document.get_absolute_url()}files/{file_of(document).pk}/read/").content.decode()
    assert "培训对象为蒲公英企业负责人" in shown
    assert "与图像不一致的，以图像为准" in shown
    assert 'src="../pictures/page-2/"' in shown


def test_what_was_typed_and_read_by_the_public_is_not_changed_in_place(nx: Cast) -> None:
    document = published(nx, DAY, uploads=(Upload("申报指南.docx", guide()),))

    with pytest.raises(DatabaseError, match="公开过的附件不得修改"), transaction.atomic():
        DocumentFile.objects.filter(version__document=document).update(transcript=WORDS)


def test_only_files_that_lack_words_are_typed_and_something_must_be_new(nx: Cast) -> None:
    readable, document = drafted(nx, DAY, uploads=(Upload("申报指南.docx", guide()),)), scanned(nx)

    with pytest.raises(Refused, match="不需要录入"):
        workflow.transcribe(readable, texts={file_of(readable).pk: WORDS}, by=nx.li, at=at(DAY))
    with pytest.raises(Refused, match="不需要录入"):
        workflow.transcribe(document, texts={file_of(readable).pk: WORDS}, by=nx.li, at=at(DAY))
    with pytest.raises(Refused, match="没有录入或者修改文字"):
        workflow.transcribe(document, texts={file_of(document).pk: ""}, by=nx.li, at=at(DAY))
    assert document.versions.count() == 1


def test_nothing_is_typed_under_review_or_by_somebody_who_does_not_draft(nx: Cast) -> None:
    document, sent = scanned(nx), scanned(nx, proposed)

    with pytest.raises(NotAllowed):
        workflow.transcribe(sent, texts={file_of(sent).pk: WORDS}, by=nx.li, at=at(DAY, 11))
    with pytest.raises(NotAllowed):
        workflow.transcribe(document, texts={file_of(document).pk: WORDS}, by=nx.ma, at=at(DAY, 11))


def test_many_pictures_in_a_paper_are_one_finding(nx: Cast) -> None:
    made, out = Docx(), BytesIO()
    for colour in ("white", "red", "blue"):
        picture = BytesIO()
        Image.new("RGB", (40, 30), colour).save(picture, "PNG")
        made.add_picture(picture)
    made.save(out)

    document = proposed(nx, DAY, uploads=(Upload("图解.docx", out.getvalue()),))

    finding = document.findings.get(kind="unseen")
    assert "文件中有3幅图片，图中的文字无法自动检查" in finding.excerpt
    assert "整个文件只需处理一次" in finding.excerpt

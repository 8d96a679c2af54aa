"""What pages show and hide: the story, masked people, papers, the versions compared, and how many queries they take."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest

from portal.ledger import service as ledger
from portal.ledger.service import timeline
from portal.letters.models import Letter
from portal.organisation import people
from requests_ogi import workflow
from requests_ogi.admin.differences import pieces
from requests_ogi.filing import Upload
from requests_ogi.models import Attachment
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, RESIDENT_ID, applied, approved, assigned, at, served, submitted

from .conftest import DAY, page, press, text_of

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WITH_FILES = {"uploads": (Upload("王小明的身份证.pdf", PDF, "identity"), Upload("说明.pdf", PDF, "description"))}


@pytest.mark.parametrize("name", ["li", "chen", "he", "ma"])
def test_nobody_sees_who_asked_without_unmasking(nx: Cast, browser: Any, name: str) -> None:
    case = submitted(nx, "2025-03-04", **WITH_FILES)

    for tail in ("", "approve/", "draft/"):
        shown = text_of(browser(name).get(page(case, tail), follow=True))
        assert not {"王小明", RESIDENT_ID, "13800000000", "wang@example.test"} & set(_words(shown))


def _words(shown: str) -> set[str]:
    return {word for word in ("王小明", RESIDENT_ID, "13800000000", "wang@example.test") if word in shown}


def test_unmasking_wants_a_reason_shows_once_and_is_recorded(nx: Cast, browser: Any) -> None:
    case, chen = applied(nx.body, "2025-03-04"), browser("chen")

    assert "why" in chen.post(page(case, "unmask/"), {"edition": case.edition, "why": ""}).context["form"].errors
    shown = chen.post(page(case, "unmask/"), {"edition": case.edition, "why": "填写邮寄信封"})

    assert RESIDENT_ID in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert "填写邮寄信封" in ledger.present(timeline(case).last())
    assert "填写邮寄信封" not in str(timeline(case).last().told), "the chain holds a digest; the words can be forgotten"
    assert RESIDENT_ID not in text_of(chen.get(page(case, "unmask/")))


def test_a_liaison_may_not_unmask(nx: Cast, browser: Any) -> None:
    case, li = assigned(nx, "2025-03-04"), browser("li")

    answer = li.post(page(case, "unmask/"), {"edition": case.edition, "why": "想看"}, follow=True)

    assert RESIDENT_ID not in text_of(answer)
    assert not timeline(case).filter(verb="unmask").exists()


def test_an_identity_proof_opens_only_by_unmasking_and_every_time_is_recorded(nx: Cast, browser: Any) -> None:
    case, chen = applied(nx.body, "2025-03-04", **WITH_FILES), browser("chen")
    proof = Attachment.objects.get(request=case, purpose="identity")

    assert chen.get(page(case, f"files/{proof.pk}/")).url == page(case, "unmask/")
    got = chen.post(page(case, "unmask/"), {"edition": case.edition, "why": "核对身份证明与申请表", "file": proof.pk})

    assert got.content == PDF
    assert timeline(case).filter(verb="unmask").count() == 1


def test_other_attachments_are_plain_downloads(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04", **WITH_FILES)
    paper = Attachment.objects.get(request=case, purpose="description")

    got = browser("li").get(page(case, f"files/{paper.pk}/"))

    assert got.content == PDF
    assert got["Content-Disposition"].startswith("attachment")


def test_whoever_may_not_know_gets_letters_without_the_name_and_no_dossier(nx: Cast, browser: Any) -> None:
    case = served(nx, "2025-03-04")
    workflow.close(case, by=nx.chen, at=at("2025-03-05"))
    letter = Letter.objects.get(subject_id=case.pk)

    for name in ("ma", "ji", "guo"):
        reader = browser(name)
        copy = reader.get(page(case, f"letters/{letter.pk}/"))
        assert "王小明" not in words_of(copy.content)
        assert reader.post(page(case, f"letters/{letter.pk}/")).status_code == 302
        assert reader.post(page(case, "dossier/")).status_code == 302
        assert "138" not in text_of(reader.get(page(case)))


def test_the_original_of_a_letter_is_taken_out_on_record(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-03-04")
    letter = Letter.objects.get(subject_id=case.pk)

    got = browser("chen").post(page(case, f"letters/{letter.pk}/"))

    assert "王小明" in words_of(got.content)
    assert timeline(case).last().told == {"what": f"文书{letter.number}"}


def words_of(pdf: bytes) -> str:
    """The text of a PDF without its line breaks."""
    return "".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_a_file_of_another_case_is_not_found_through_this_one(nx: Cast, browser: Any) -> None:
    mine, other = assigned(nx, "2025-03-04"), approved(nx, "2025-03-04", **WITH_FILES)
    paper = Attachment.objects.get(request=other, purpose="description")
    letter = Letter.objects.get(subject_id=other.pk)

    assert browser("li").get(page(mine, f"files/{paper.pk}/")).status_code == 404
    assert browser("li").get(page(mine, f"letters/{letter.pk}/")).status_code == 404


def test_letters_and_the_preview_are_pdf(nx: Cast, browser: Any) -> None:
    draft, done = submitted(nx, "2025-03-04"), approved(nx, "2025-03-04")
    letter = Letter.objects.get(subject_id=done.pk)

    assert browser("ma").get(page(draft, "preview/")).content[:4] == b"%PDF"
    assert browser("li").get(page(done, f"letters/{letter.pk}/")).content[:4] == b"%PDF"


def test_versions_are_compared_clause_by_clause(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 14))
    workflow.draft(
        case, decided=GRANT, texts=GRANT_TEXTS | {"finding": "经检索，本机关保存有该信息。"}, by=nx.li, at=at(DAY)
    )

    shown = text_of(browser("li").get(page(case)))

    assert "删去：</span>本机关制作并保存有该信息。</del>" in shown
    assert "新增：</span>本机关保存有该信息。</ins>" in shown


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲，乙。", "甲，乙。", [("same", "甲，乙。")]),
        ("甲，乙。", "甲，丙。", [("same", "甲，"), ("gone", "乙。"), ("new", "丙。")]),
        ("", "甲", [("new", "甲")]),
        ("甲", "", [("gone", "甲")]),
        ("甲\n\n乙", "甲\n\n乙", [("same", "甲\n\n乙")]),
    ],
)
def test_pieces_put_together_give_both_texts(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = pieces(old, new)

    assert found == expected
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "gone") == new


def test_a_closed_case_tells_its_whole_story(nx: Cast, browser: Any) -> None:
    case, chen = served(nx, "2025-03-04"), browser("chen")
    press(chen, case, "close")

    story = chen.get(page(case)).context["story"]

    assert [stage["label"] for stage in story.track] == ["登记", "分办", "拟办", "审签", "送达", "归档"]
    assert {stage["state"] for stage in story.track} == {"done"}
    assert {act.verb for act in story.acts} == {"propose_publication"}
    assert story.downloads


def test_a_withdrawn_case_shows_no_stage_it_never_reached(nx: Cast, browser: Any) -> None:
    case, chen = applied(nx.body, "2025-03-04"), browser("chen")
    workflow.withdraw(case, by=people.APPLICANT, at=at("2025-03-04", 16))

    track = chen.get(page(case)).context["story"].track

    assert [(stage["label"], stage["state"]) for stage in track] == [
        ("登记", "done"),
        ("撤回", "done"),
        ("归档", "now"),
    ]


def test_a_case_page_takes_the_same_queries_however_much_happened(
    nx: Cast, browser: Any, django_assert_num_queries: Any
) -> None:
    case, li = assigned(nx, "2025-03-04"), browser("li")
    _search(nx, case, 1)
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 14))
    few = _queries(li, case)
    for number in range(5):
        _search(nx, case, number)
        workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 15))

    assert _queries(li, case) == few


def _search(nx: Cast, case: Any, number: int) -> None:
    workflow.record_search(
        case, system=f"系统{number}", keywords="技改", period="2025年", asked="", result="无",
        searched_on=date(2025, 3, 4), by=nx.li, at=at("2025-03-04", 12),
    )  # fmt: skip


def _queries(client: Any, case: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page(case))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page(case)).status_code == 200
    return len(caught)


def test_a_case_names_the_document_and_the_national_law_it_is_handled_under(nx: Cast, browser: Any) -> None:
    shown = text_of(browser("li").get(page(assigned(nx, "2025-03-04"))))

    law = "宁夏回族自治区工业和信息化厅政务公开工作管理办法（nx-2020.1），国家规定按2024年1月1日起的文本"
    assert law in shown

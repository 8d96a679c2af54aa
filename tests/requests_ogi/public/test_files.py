"""Papers handed in with a request: looked at one by one, kept sealed, never lost because of another."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from portal.archive import service as archive
from requests_ogi.models import FilingDraftFile

from .citizen import PDF, PNG, WANG, Citizen, page, paper


@pytest.fixture
def at_files(wang: Citizen) -> Citizen:
    return wang.fills_in(WANG)


@pytest.fixture
def nothing_is_read(at_files: Citizen, monkeypatch) -> None:
    """From now on, reading a file that has arrived breaks the page; the citizen's browser may still read it."""

    def read(given: UploadedFile) -> Any:
        assert isinstance(given, SimpleUploadedFile), "the page read the file"
        return given.file.read

    monkeypatch.setattr(UploadedFile, "read", property(read))


def heavy_pages(count: int) -> list[SimpleUploadedFile]:
    return [paper(f"第{n}页.pdf", b"%PDF-1.7\n" + bytes([65 + n]) * 900_000 + b"\n%%EOF") for n in range(count)]


def names() -> list[str]:
    return [file.name for file in FilingDraftFile.objects.order_by("pk")]


def test_without_a_proof_of_identity_one_gets_no_further(at_files: Citizen) -> None:
    at_files.hands_in()

    assert at_files.faults == ["请上传申请人身份证明。"]


def test_a_good_file_stays_when_another_is_refused(at_files: Citizen) -> None:
    at_files.hands_in(identity=[paper("正面.png", PNG), paper("反面.pdf", b"MZ\x00\x00 a program")])

    assert len(at_files.faults) == 1
    assert "“反面.pdf”是程序或脚本" in at_files.faults[0]
    assert names() == ["正面.png"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("照片.jpg", PDF, "扩展名是 .jpg，内容却是"),
        ("空.pdf", b" ", "无法识别|扩展名"),
        ("材料.zip", b"PK\x03\x04 rubbish", "已损坏|压缩包"),
        ("网页.pdf", b"<html><script>", "网页"),
    ],
)
def test_a_disguised_file_is_refused_by_name(at_files: Citizen, name: str, data: bytes, sentence: str) -> None:
    at_files.hands_in(identity=paper(name, data))

    assert any(part in at_files.faults[0] for part in sentence.split("|"))
    assert name in at_files.faults[0]


def test_a_file_that_is_too_big_is_refused_unread_with_the_limit(
    at_files: Citizen, settings, nothing_is_read: None
) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024

    at_files.hands_in(identity=paper("大.pdf", PDF + b"\0" * 1024 * 1024))

    assert "“大.pdf”超过 1 MB" in at_files.faults[0]


def test_a_sixth_file_is_not_taken_in(at_files: Citizen) -> None:
    at_files.hands_in(identity=[paper(f"第{n}页.pdf", PDF + b"%" * n) for n in range(5)], more="yes")

    at_files.hands_in(identity=paper("第5页.pdf", PDF + b"%" * 5), more="yes")

    assert "最多上传5个文件，“第5页.pdf”没有收下" in at_files.faults[0]
    assert len(names()) == 5


def test_six_files_at_once_are_refused_before_one_is_read(at_files: Citizen, nothing_is_read: None) -> None:
    pages = [paper(f"第{n}页.pdf", PDF + b"%" * n) for n in range(6)]

    at_files.hands_in(identity=pages[:3], description=pages[3:])

    assert at_files.faults == ["最多上传5个文件，您选了6个，都没有收下。请减少文件，或把几页合并成一个 PDF 再上传。"]
    assert names() == []


def test_all_files_together_have_a_limit(at_files: Citizen, settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    pages = heavy_pages(3)
    at_files.hands_in(identity=pages[:2], more="yes")

    at_files.hands_in(identity=pages[2])

    assert "合计不能超过 2 MB，“第2页.pdf”没有收下" in at_files.faults[0]
    assert names() == ["第0页.pdf", "第1页.pdf"]


def test_files_that_are_too_heavy_together_are_refused_before_one_is_read(
    at_files: Citizen, settings, nothing_is_read: None
) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024

    at_files.hands_in(identity=heavy_pages(3))

    assert at_files.faults == ["全部文件合计不能超过 2 MB，都没有收下。请压缩图片或降低扫描精度后再上传。"]


def test_the_same_file_sent_twice_is_kept_once(at_files: Citizen) -> None:
    at_files.hands_in(identity=paper(), more="yes").hands_in(identity=paper(), more="yes")

    assert names() == ["身份证.pdf"]
    assert at_files.path == page("files")


def test_a_file_can_be_taken_out_again(at_files: Citizen) -> None:
    at_files.hands_in(identity=paper(), more="yes")

    at_files.hands_in(remove=FilingDraftFile.objects.get().pk)

    assert names() == []


def test_a_file_can_be_taken_out_though_too_many_others_are_chosen(at_files: Citizen) -> None:
    at_files.hands_in(identity=paper(), more="yes")

    at_files.hands_in(remove=FilingDraftFile.objects.get().pk, description=[paper() for _ in range(6)])

    assert names() == []


def test_nobody_can_take_out_the_file_of_somebody_else(at_files: Citizen, stranger: Citizen) -> None:
    at_files.hands_in(identity=paper(), more="yes")

    stranger.fills_in(WANG).hands_in(remove=FilingDraftFile.objects.get().pk)

    assert names() == ["身份证.pdf"]


def test_a_path_in_a_file_name_is_only_a_name(at_files: Citizen) -> None:
    at_files.hands_in(identity=SimpleUploadedFile("../../etc/证件.pdf", PDF), more="yes")

    assert names() == ["证件.pdf"]


def test_what_is_handed_in_reaches_the_request_unchanged(wang: Citizen) -> None:
    case = wang.files_request()

    attachment = case.attachments.get()
    assert (attachment.file.name, archive.open_bytes(attachment.file)) == ("身份证.pdf", PDF)


def test_neither_names_nor_contents_lie_open_in_the_database(at_files: Citizen, db) -> None:
    from django.db import connection

    at_files.hands_in(identity=paper(), more="yes")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sealed FROM requests_ogi_filingdraftfile")
        name, sealed = cursor.fetchone()
        cursor.execute("SELECT sealed FROM requests_ogi_filingdraft")
        (answers,) = cursor.fetchone()
    assert "身份证".encode() not in bytes(name)
    assert b"%PDF" not in bytes(sealed)
    assert "王小明".encode() not in bytes(answers)

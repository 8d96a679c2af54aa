"""What goes wrong at the draft form: said in one sentence with the way on, what was filled in stays, and nothing is half saved."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from disclosure.models import Document
from portal.archive.models import StoredFile
from portal.web.editor import MOST
from tests import materials
from tests.cast import Cast
from tests.factories import PNG
from tests.portal.archive.samples import zipped

from ..making import drafted, guide
from .conftest import DAY, now_of, page, press
from .test_workplace import written

Browser = Callable[[str], Client]
DRAFT = "/admin/documents/draft/"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NUMBER = "宁工信发〔2026〕3号"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def refused(nx: Cast, browser: Browser, folder: Path, **changes: Any) -> str:
    """The page that comes back: nothing was saved, not even a file on the disk, and what was written is still there."""
    before = Document.objects.count()
    response = browser("li").post(DRAFT, written(nx, **changes))
    shown = response.content.decode()
    assert response.status_code in {200, 409}
    assert "2026年4月。" in shown or "html" in changes
    assert "Traceback" not in shown
    assert Document.objects.count() == before
    assert not StoredFile.objects.exists()
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    return shown


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_script_in_the_text_is_taken_out_and_that_is_said(nx: Cast, browser: Browser) -> None:
    text = '<p onclick="alert(1)">正文</p><script>alert(1)</script><iframe src="https://example.test"></iframe>'

    shown = browser("li").post(DRAFT, written(nx, html=text), follow=True).content.decode()

    assert Document.objects.get().versions.get().html == "<p>正文</p>"
    assert "正文中的" in shown
    assert "脚本（1处）" in shown
    assert "嵌入的网页（1处）" in shown
    assert "不能在网页上公开，已经去掉" in shown


def test_what_a_revision_loses_is_said_as_well(nx: Cast, browser: Browser) -> None:
    document, li = drafted(nx, DAY), browser("li")

    press(li, document, "revise", **written(nx, html="<p>正文</p><script>alert(1)</script>"))

    assert "脚本（1处）" in li.get(page(document)).content.decode()


def test_a_title_of_ten_thousand_characters_is_refused_with_its_length(nx: Cast, browser: Browser, files: Path) -> None:
    assert "标题最多200字，您填写了10000字" in refused(nx, browser, files, title="长" * 10_000)


def test_figures_and_signs_from_everywhere_become_plain(nx: Cast, browser: Browser) -> None:
    said = {
        "title": "２０２６年\u202e通知\x07😀",
        "html": "<p>第\x00１\ufffe条😀</p>",
        "formed_on": "２０２６－０３－０３",
    }

    response = browser("li").post(DRAFT, written(nx, **said))

    version = Document.objects.get().versions.get()
    assert response.status_code == 302
    assert (version.title, version.html) == ("2026年通知😀", "<p>第１条😀</p>")


def test_a_text_as_long_as_may_be_is_taken_and_a_longer_one_told(nx: Cast, browser: Browser, files: Path) -> None:
    longest = f"<p>{'政' * (MOST - 7)}</p>"

    assert "正文超过50万字，请把篇幅长的部分作为附件上传" in refused(nx, browser, files, html=f"{longest}。")
    assert browser("li").post(DRAFT, written(nx, html=longest)).status_code == 302


def test_far_too_long_a_text_is_refused_before_it_is_read(nx: Cast, browser: Browser) -> None:
    response = browser("li").post(DRAFT, written(nx, html="政" * 2_000_000))

    assert response.status_code == 413
    assert "没有保存任何内容" in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("keywords", "长" * 21, "主题词“"),
        ("joint_makers", "长" * 101, "联合制作机关“"),
        ("topic", "没有的", "所选的主题分类不在列表中"),
    ],
)
def test_a_word_that_does_not_fit_is_told(
    nx: Cast, browser: Browser, files: Path, field: str, text: str, said: str
) -> None:
    assert said in refused(nx, browser, files, **{field: text})


# --- days and numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"formed_on": "2027-01-01"}, "成文日期不能晚于今天"),
        ({"formed_on": "0026-03-03"}, "年份可能写错了"),
        ({"formed_on": "2026-02-30"}, "日期不正确"),
        ({"effective_on": "2026-05-01", "expires_on": "2026-04-01"}, "有效期截止日期不能早于施行日期"),
        ({"expires_on": "2025-01-01"}, "有效期截止日期不能早于成文日期"),
    ],
)
def test_days_out_of_order_are_told(nx: Cast, browser: Browser, files: Path, days: dict[str, str], said: str) -> None:
    assert said in refused(nx, browser, files, files=upload("指南.docx", guide()), **days)


def test_a_paper_that_holds_from_before_it_was_made_is_asked_about(nx: Cast, browser: Browser) -> None:
    shown = browser("li").post(DRAFT, written(nx, effective_on="2026-01-01"), follow=True).content.decode()

    assert "施行日期早于成文日期，请核对" in shown
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "written_as", [NUMBER, "宁工信发[2026]3号", "宁工信发（２０２６）003号", " 宁工信发【2026】 3 号"]
)
def test_a_number_that_is_taken_is_told_however_it_is_written(
    nx: Cast, browser: Browser, files: Path, written_as: str
) -> None:
    drafted(nx, DAY, document_number=NUMBER)

    shown = refused(nx, browser, files, document_number=written_as, files=upload("指南.docx", guide()))

    assert f"本机关已有发文字号为{NUMBER}的文件，请核对后重新填写" in shown


def test_a_revision_may_keep_its_own_number_and_not_take_anothers(nx: Cast, browser: Browser) -> None:
    drafted(nx, DAY, document_number=NUMBER)
    other = drafted(nx, DAY, document_number="宁工信发〔2026〕4号")

    kept = press(browser("li"), other, "revise", **written(nx, document_number="宁工信发〔2026〕4号"))
    taken = press(browser("li"), other, "revise", **written(nx, document_number="宁工信发[2026]3号"))

    assert (kept.status_code, taken.status_code) == (302, 409)
    assert "本机关已有发文字号为" in taken.content.decode()
    assert now_of(other).versions.count() == 2


# --- files ------------------------------------------------------------------------------------------------------------

MACROS = zipped({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})
BOMB = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": bytes(60 * 1024 * 1024)})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("图.png", SCRIPT, "是网页或矢量图"),
        ("图.jpg", b"<!doctype html><script>alert(1)</script>", "是网页或矢量图"),
        ("图.svg", SCRIPT, "是网页或矢量图"),
        ("图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(30), "该图片已损坏"),
        ("宏.docx", MACROS, "含有宏"),
        ("炸弹.docx", BOMB, "展开后异常庞大"),
        ("坏.docx", guide()[:-200], "已损坏"),
        ("坏.pdf", b"%PDF-1.7\nnothing\n%%EOF", "该PDF已损坏"),
        ("断.pdf", materials.paper()[:400], "不完整"),
        ("锁.pdf", materials.locked(materials.paper()), "请取消密码"),
        ("名单.txt", "名单".encode("utf-16"), "UTF-16"),
        ("名单.txt", b"\xff\xff\x00\xfe", "无法识别文件"),
        ("空.pdf", b"", "没有内容"),
        ("程序.pdf", b"MZ\x00\x00", "是程序或脚本"),
        ("改名.pdf", PNG, "扩展名"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_by_its_name(
    nx: Cast, browser: Browser, files: Path, name: str, data: bytes, said: str
) -> None:
    shown = refused(nx, browser, files, files=[upload("指南.docx", guide()), upload(name, data)])

    assert said in shown
    assert name.partition(".")[0] in shown
    assert "请" in shown


def test_every_bad_file_is_told_at_once(nx: Cast, browser: Browser, files: Path) -> None:
    shown = refused(nx, browser, files, files=[upload("甲.png", SCRIPT), upload("乙.docx", MACROS)])

    assert "甲.png" in shown
    assert "乙.docx" in shown


def test_a_text_in_an_older_chinese_encoding_is_read(nx: Cast, browser: Browser, files: Path) -> None:
    browser("li").post(DRAFT, written(nx, files=upload("名单.txt", "公示名单".encode("gb18030"))))

    assert Document.objects.get().versions.get().files.get().reading_html == "<p>公示名单</p>"


def test_a_file_over_the_limit_is_told_and_not_kept(nx: Cast, browser: Browser, files: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024

    shown = refused(nx, browser, files, files=upload("大.pdf", b"%PDF-1.7" + bytes(1024 * 1024)))

    assert "超过 1 MB" in shown


def test_three_hundred_megabytes_are_refused_without_reading_a_byte(nx: Cast, browser: Browser, files: Path) -> None:
    class Untouched(io.RawIOBase):
        def readinto(self, buffer: Any) -> int:
            raise AssertionError("the body was read")

    client = browser("li")
    response = client.generic(
        "POST",
        DRAFT,
        b"",
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(300 * 1024 * 1024), "wsgi.input": Untouched()},  # type: ignore[arg-type]
    )

    assert response.status_code == 413
    assert "每个文件不超过20MB" in response.content.decode()
    assert "“后退”" in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("count", "status", "said"), [(21, 200, "一次最多上传20个附件，您选了21个"), (31, 413, "总量超过了上限")]
)
def test_too_many_files_are_counted(
    nx: Cast, browser: Browser, files: Path, count: int, status: int, said: str
) -> None:
    given = [upload(f"{number}.png", PNG) for number in range(count)]

    response = browser("li").post(DRAFT, written(nx, files=given))

    assert response.status_code == status
    assert said in response.content.decode()
    assert not StoredFile.objects.exists()

"""What goes wrong at the upload of a table: one sentence with the way on, and nothing is kept, not even on the disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from disclosure.importing.table import HEADS
from disclosure.models import Document, ImportRun
from portal.archive.models import StoredFile
from tests.cast import Cast
from tests.factories import PNG
from tests.portal.texts.papers import saved, workbook

from ..making import guide

Browser = Callable[[str], Client]
CSV = "标题,文号\n关于某事的通知,某发〔2026〕1号\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def sheet(*rows: tuple[Any, ...], heads: tuple[str, ...] = tuple(HEADS)) -> bytes:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    return saved(book)


def sent(nx: Cast, browser: Browser, name: str, data: bytes, *attachments: tuple[str, bytes]) -> str:
    form = {
        "body": nx.body.pk,
        "sheet": SimpleUploadedFile(name, data),
        "attachments": [SimpleUploadedFile(*one) for one in attachments],
        "was_public": "on",
        "lawful_origin": "本机关原门户网站",
    }
    return browser("chen").post("/admin/imports/", form, follow=True).content.decode()


def kept(folder: Path) -> tuple[int, int, int, list[Path]]:
    here = [one for one in folder.rglob("*") if one.is_file()]
    return Document.objects.count(), ImportRun.objects.count(), StoredFile.objects.count(), here


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("表.csv", CSV.encode("gb18030"), "扩展名是 .csv"),
        ("表.txt", CSV.encode("gb18030"), "登记表应当是 xlsx 表格"),
        ("表.txt", CSV.encode("utf-16"), "编码选 UTF-8"),
        ("表.docx", guide(), "登记表应当是 xlsx 表格"),
        ("表.xlsx", sheet(("甲",))[:-300], "已损坏"),
        ("表.xlsx", saved(workbook()), "登记表第1行缺少"),
        ("表.xlsx", sheet(), "登记表中没有文件"),
        ("表.xlsx", SVG, "网页或矢量图"),
    ],
)
def test_what_is_no_table_is_told(nx: Cast, browser: Browser, files: Path, name: str, data: bytes, said: str) -> None:
    shown = sent(nx, browser, name, data)

    assert said in shown
    assert 'value="本机关原门户网站"' in shown
    assert kept(files) == (0, 0, 0, [])


@pytest.mark.parametrize(
    ("attachments", "said"),
    [
        ((("图.png", SVG),), "网页或矢量图"),
        ((("甲.png", PNG), ("甲.png", PNG)), "上传了两次"),
        (tuple((f"{number}.png", PNG) for number in range(10)), "一次最多上传9个附件，您选了10个"),
    ],
)
def test_bad_attachments_are_told(
    nx: Cast, browser: Browser, files: Path, attachments: tuple[tuple[str, bytes], ...], said: str
) -> None:
    shown = sent(nx, browser, "表.xlsx", sheet(("关于某事的通知",)), *attachments)

    assert said in shown
    assert kept(files) == (0, 0, 0, [])

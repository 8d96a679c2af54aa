"""Files are taken in for what they are, and refused with a sentence that helps."""

import pytest

from portal.archive.sniff import Kind, Refused, clean_name, sniff
from tests.portal.archive import samples


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("申请书.pdf", samples.PDF, Kind.PDF),
        ("申请书.PDF", samples.PDF + b"\r\n\x00\x00", Kind.PDF),
        ("批复.ofd", samples.OFD, Kind.OFD),
        ("说明.docx", samples.DOCX, Kind.DOCX),
        ("表.xlsx", samples.XLSX, Kind.XLSX),
        ("汇报.pptx", samples.PPTX, Kind.PPTX),
        ("说明.doc", samples.DOC, Kind.DOC),
        ("说明.wps", samples.DOC, Kind.DOC),
        ("表.xls", samples.XLS, Kind.XLS),
        ("表.et", samples.XLS, Kind.XLS),
        ("照片.png", samples.PNG, Kind.PNG),
        ("照片.jpg", samples.JPEG, Kind.JPEG),
        ("照片.jpeg", samples.JPEG, Kind.JPEG),
        ("扫描.tif", samples.TIFF, Kind.TIFF),
        ("扫描.tiff", b"MM\x00*" + samples.TIFF[4:], Kind.TIFF),
        ("说明.txt", "申请公开2026年预算。\r\n".encode(), Kind.TXT),
        ("说明.txt", b"\xef\xbb\xbf" + "有标记".encode(), Kind.TXT),
        ("说明.txt", "申请公开预算，㐀𠀀。".encode("gb18030"), Kind.TXT),
        ("说明.txt", b"MZ-2026", Kind.TXT),
        ("说明.txt", "补助金额<5万元的项目，即 a<b。".encode(), Kind.TXT),
        ("没有扩展名", samples.PDF, Kind.PDF),
        ("第2.1稿", samples.PDF, Kind.PDF),
    ],
)
def test_what_is_on_the_list_is_known_by_its_content(name, data, kind):
    assert sniff(name, data) is kind


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("空.pdf", b"", "是空的"),
        ("木马.pdf", samples.EXE, "程序或脚本"),
        ("木马.txt", b"#!/bin/sh\nrm -rf x\n", "程序或脚本"),
        ("木马.jpg", b"\x7fELF\x02\x01", "程序或脚本"),
        ("快捷方式.pdf", b"L\x00\x00\x00\x01\x14\x02\x00\x00", "程序或脚本"),
        ("照片.pdf", samples.PNG, "扩展名是 .pdf，内容却是PNG 图片"),
        ("报告.pdf.exe", samples.PDF, "扩展名是 .exe"),
        ("gnp\u202efdp.exe", samples.PDF, "扩展名是 .exe"),
        ("表.docx", samples.XLSX, "内容却是Excel 表格"),
        ("表.doc", samples.DOCX, "内容却是Word 文档"),
        ("材料.zip", samples.zipped({"a.pdf": samples.PDF}), "请解压后"),
        ("材料.docx", samples.zipped({"a.pdf": samples.PDF}), "请解压后"),
        ("材料.rar", b"Rar!\x1a\x07\x00", "请解压后"),
        ("材料.7z", b"7z\xbc\xaf\x27\x1c", "请解压后"),
        ("宏.docx", samples.office("word/document.xml", word__vbaProject_bin=b""), None),
        ("宏.doc", samples.ole("WordDocument", "Macros"), "含有宏"),
        ("宏.xls", samples.ole("Workbook", "_VBA_PROJECT_CUR"), "含有宏"),
        ("加密.docx", samples.ole("EncryptedPackage"), "取消密码"),
        ("加密.docx", samples.encrypted(samples.DOCX), "取消密码"),
        ("安装包.doc", samples.ole("InstallExecuteSequence"), "无法识别"),
        ("炸弹.docx", samples.BOMB, "异常庞大"),
        ("叠.docx", samples.OVERLAPPING, "异常庞大"),
        ("多.docx", samples.zipped({f"x{n}": b"" for n in range(5001)}), "异常庞大"),
        ("路径.docx", samples.office("word/document.xml", **{"..__..__x": b""}), "路径不正常"),
        ("夹带.docx", b"PK\x03\x04 nothing " + samples.DOCX, "开头夹带"),
        ("坏.docx", samples.DOCX[: len(samples.DOCX) // 2], "已损坏"),
        ("夹带.png", samples.PNG + samples.zipped({"a.html": b"x"}), "末尾夹带了压缩包"),
        ("夹带.pdf", b"junk\n" + samples.PDF, "夹带了其他数据"),
        ("半个.pdf", samples.PDF[:-10], "不完整"),
        ("网页.html", b"<html><script>alert(1)</script>", "网页"),
        ("网页.txt", b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "网页"),
        ("笔记.txt", "先写几句话。<SCRIPT src=x></script>".encode(), "网页"),
        ("笔记.txt", b"x" * 65_000 + b"\n<html lang=zh>", "网页"),
        ("笔记.txt", "某某<script>".encode("gb18030"), "网页"),
        ("图.svg", b'<?xml version="1.0"?><svg/>', "网页或矢量图"),
        ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "网页或矢量图"),
        ("说明.txt", "文本".encode("utf-16"), "UTF-8"),
        ("说明.txt", b"a\x00b", "无法识别"),
        ("说明.txt", b"\xff\xff\xff", "无法识别"),
        ("动图.gif", b"GIF89a\x01\x00\x01\x00\x00", "无法识别"),
        ("照片.heic", b"\x00\x00\x00\x18ftypheic", "无法识别"),
        ("脚本.bat", b"@echo off\r\n", "扩展名是 .bat"),
    ],
)
def test_what_is_not_on_the_list_or_not_what_it_says_is_refused_with_advice(name, data, why):
    if why is None:  # keyword arguments cannot spell the dot of vbaProject.bin
        data = samples.zipped(
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}
        )
        why = "含有宏"

    with pytest.raises(Refused) as refusal:
        sniff(name, data)

    sentence = str(refusal.value)
    assert why in sentence
    assert sentence.endswith("。")
    assert "请" in sentence


def test_a_macro_declared_by_its_content_type_is_found_though_its_file_is_renamed():
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'

    with pytest.raises(Refused, match="含有宏"):
        sniff(
            "宏.docx", samples.zipped({"[Content_Types].xml": types, "word/document.xml": b"<x/>", "word/x.bin": b"x"})
        )


def test_a_file_over_the_limit_is_refused_before_it_is_looked_into(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024

    assert sniff("大.txt", b"x" * 1024 * 1024) is Kind.TXT
    with pytest.raises(Refused, match="超过 1 MB"):
        sniff("大.txt", b"x" * (1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("申请书（定稿）〔2026〕.pdf", "申请书（定稿）〔2026〕.pdf"),
        ("C:\\Users\\wang\\申请书.pdf", "申请书.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("a\x00b\nc\u200b.pdf", "abc.pdf"),
        ("...", "未命名文件.pdf"),
        ("", "未命名文件.pdf"),
        ("a<b>:c?.pdf", "a_b__c_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("申请书", "申请书.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("x" * 300, "x" * 116 + ".pdf"),
    ],
)
def test_a_file_name_is_made_safe_and_keeps_its_ending(given, kept):
    assert clean_name(given, Kind.PDF) == kept


def test_every_kind_has_a_media_type_and_an_ending():
    for kind in Kind:
        assert "/" in kind.mime
        assert kind.suffixes

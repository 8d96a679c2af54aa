"""PDF files: the text of every page, notes and form fields on it, bookmarks, properties, and files attached."""

import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from ctypes import POINTER, cast, create_string_buffer
from typing import Any

import pypdfium2.raw as raw

from portal.texts.pdf import opened
from portal.texts.pieces import LOOK_THROUGH, Enclosed, Gathering
from portal.texts.readers.pictures import words_of_profile

MOST_PAGES = 1000
"""Of a file that is read; a page takes some ten milliseconds, and no other document may be read meanwhile."""
MOST_ATTACHED = 100
_MOST_NOTES = 1000  # notes and fields of one page
_PROPERTIES = {
    "Title": "标题",
    "Author": "作者",
    "Subject": "主题",
    "Keywords": "关键词",
    "Creator": "创建程序",
    "Producer": "生成程序",
}
_NOTE_KEYS = ("Contents", "T", "Subj", "RC", "V", "TU")
MOST_UNPACKED = 4 * 1024 * 1024
"""Bytes of one packed row of objects that are looked through."""
_ACTIONS = {b"JavaScript": "脚本", b"Launch": "启动程序", b"SubmitForm": "提交表单", b"ImportData": "导入数据"}
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKED = re.compile(rb"/ObjStm\b[^<>]{0,400}>>\s{0,4}stream\r?\n")
_PROFILE = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """Everything in a PDF; the files attached to it are handed back. Raises Refused for a locked or broken one."""
    with opened(data, most=MOST_PAGES) as document:
        _pages(document, data, into)
        into.add("书签", "\n".join(mark.get_title() for mark in document.get_toc()))
        _properties(document, data, into)
        into.add("打开时自动执行的动作", "、".join(_actions(data)), hidden=True)
        return _attached(document, into)


def _pages(document: Any, data: bytes, into: Gathering) -> None:
    silent, pictured = [], []
    for number in range(len(document)):
        if into.full:
            return
        with closing(document[number]) as page:
            with closing(page.get_textpage()) as text:
                said = text.get_text_range()
            into.add(f"第{number + 1}页", said.replace("\r\n", "\n"))
            for note in _notes(page):
                into.add(f"第{number + 1}页的批注或表单", note, hidden=True)
            if not said.strip():
                silent.append(number + 1)
            elif next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5), None) is not None:
                pictured.append(number + 1)
    why = [f"{_listed(silent)}是扫描件，没有文字层" * bool(silent), f"{_listed(pictured)}上有图片" * bool(pictured)]
    if silent or pictured:
        said = "；".join(one for one in why if one)
        into.cannot(_listed(sorted(silent + pictured)), f"{said}，无法自动检查。{LOOK_THROUGH}", data)


def _listed(pages: list[int]) -> str:
    """第1、3—5页."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return f"第{'、'.join('—'.join(map(str, run)) for run in runs)}页"


def _notes(page: Any) -> Iterator[str]:
    """What notes and form fields of a page say, authors included."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if note:
            try:
                said = [_string(note, key.encode()) for key in _NOTE_KEYS] + [_link(page.pdf, note)]
                yield "\n".join(word for word in said if word)
            finally:
                raw.FPDFPage_CloseAnnot(note)


def _string(note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, _wide(buffer), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")


def _wide(buffer: Any) -> Any:
    return cast(buffer, POINTER(raw.FPDF_WCHAR))


def _link(document: Any, note: Any) -> str:
    action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(note))
    if not action:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = create_string_buffer(max(size, 1))
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.raw.decode("utf-8", "replace").rstrip("\x00")


def _properties(document: Any, data: bytes, into: Gathering) -> None:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key in _PROPERTIES:
            into.add(f"文档属性：{_PROPERTIES[key]}", value)
    for profile in _PROFILE.findall(data)[:10]:
        into.add("文档属性：XMP", words_of_profile(profile))


def _actions(data: bytes) -> list[str]:
    """The scripts and programs that a PDF starts by itself, by the names of its actions, packed ones as well."""
    plain = data + b"".join(_unpacked(data))
    names = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), plain)
    return [label for name, label in _ACTIONS.items() if re.search(rb"/" + name + rb"(?![A-Za-z])", names)]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The packed objects of a PDF, each as far as MOST_UNPACKED."""
    for found in _PACKED.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() : found.end() + MOST_UNPACKED], MOST_UNPACKED)
        except zlib.error:
            continue


def _attached(document: Any, into: Gathering) -> list[Enclosed]:
    count = document.count_attachments()
    if count > MOST_ATTACHED:
        into.cannot("附件", f"PDF中的附件超过{MOST_ATTACHED}个，其余的没有检查。")
    files = (document.get_attachment(index) for index in range(min(count, MOST_ATTACHED)))
    return [Enclosed(file.get_name(), bytes(file.get_data())) for file in files]

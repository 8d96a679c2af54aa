"""What a file handed in really is, judged by its content; everything not on the list is refused with a sentence."""

import io
import re
import struct
import unicodedata
import zipfile

from django.conf import settings

from portal.archive.kinds import Kind
from portal.refusal import Refusal

ACCEPTED = "PDF、OFD、Word、Excel、PowerPoint、WPS 文档，PNG、JPG、TIFF 图片和 TXT 文本"
_MAX_NAME = 120  # characters; 360 bytes of Chinese still fit every file system as an attachment's name
_MAX_ENTRIES = 5000
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 150  # office files of long tables reach 60; bombs begin at 1,000
_SMALL = 1024 * 1024  # below this a high ratio is only a short file of blanks
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXECUTABLE = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00")
_PACKED = (b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ")
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|%|x?ml:|meta|img|a\s)",
    re.I | re.S,
)
_PAGE_WITHIN = re.compile(rb"<(?:script|html)", re.I)
_LOOKED_THROUGH = 64 * 1024  # bytes of a text in which browsers, guessing what it is, might find a page
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


class Refused(Refusal):
    """A file that is not taken in; the text is a full Chinese sentence that says what to do instead."""


def sniff(name: str, data: bytes) -> Kind:
    """The kind of a file from its content. Raises Refused when it is not on the list, unsafe, or not what its name says."""
    shown = clean_name(name)
    if not data:
        raise Refused(f"文件“{shown}”是空的，没有内容。请检查原文件能否打开，再重新上传。")
    judge_size(name, len(data))
    kind = _kind_of(shown, data)
    suffix = _suffix(shown)
    if suffix and suffix not in kind.suffixes:
        raise Refused(
            f"文件“{shown}”的扩展名是 .{suffix}，内容却是{kind.label}。请把扩展名改为 .{kind.suffixes[0]}，或另存为正确格式后再上传。"
        )
    if kind is not Kind.TXT and not data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(f"文件“{shown}”的末尾夹带了压缩包。请用原软件打开，另存为新文件后再上传。")
    return kind


def judge_size(name: str, size: int) -> None:
    """Refuse a file of so many bytes if one file may not be that big; to be asked before it is read. Raises Refused."""
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Refused(f"文件“{clean_name(name)}”超过 {limit} MB。请压缩图片、降低扫描精度或拆成几个文件后再上传。")


def clean_name(name: str, kind: Kind | None = None) -> str:
    """The file name without folders, control and direction characters, or what file systems forbid; never empty.

    With `kind`, a name without an ending gets the usual one.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(char for char in base if unicodedata.category(char)[0] != "C" and char not in "\u2028\u2029")
    base = re.sub(r'[<>:"|?*]', "_", base).strip().strip(".").strip() or "未命名文件"
    if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", base):
        base = f"_{base}"
    suffix = _suffix(base)
    if kind is not None and not suffix:
        base, suffix = f"{base}.{kind.suffixes[0]}", kind.suffixes[0]
    if len(base) > _MAX_NAME:
        ending = f".{suffix}" if suffix else ""
        base = base[: _MAX_NAME - len(ending)].rstrip() + ending
    return base


def _suffix(name: str) -> str:
    match = re.search(r"\.(?=\d*[A-Za-z])([0-9A-Za-z]{1,16})$", name)
    return match[1].lower() if match else ""


def _kind_of(name: str, data: bytes) -> Kind:
    if data.startswith(_EXECUTABLE) or (data.startswith(b"MZ") and b"\x00" in data[:256]):
        raise Refused(f"文件“{name}”是程序或脚本，不能上传。请只上传文档或图片：{ACCEPTED}。")
    if data.startswith(_PACKED):
        raise Refused(f"文件“{name}”是压缩包。请解压后，把里面的文件逐个上传。")
    if data.startswith(b"PK"):
        return _zip_kind(name, data)
    if data.startswith(_OLE):
        return _ole_kind(name, data)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-4096:]:
            raise Refused(f"文件“{name}”不完整，可能没有传完。请在电脑上确认能打开，再重新上传。")
        return Kind.PDF
    if b"%PDF-" in data[1:1024]:
        raise Refused(f"文件“{name}”在 PDF 内容之前夹带了其他数据。请用阅读软件打开，另存（打印）为新的 PDF 后再上传。")
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith((b"II*\x00", b"MM\x00*")):
        return Kind.TIFF
    return _text_kind(name, data)


def _text_kind(name: str, data: bytes) -> Kind:
    begins_as_page = _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")) is not None
    holds_page = _PAGE_WITHIN.search(data[:_LOOKED_THROUGH]) is not None
    if begins_as_page or holds_page or _suffix(name) in {"html", "htm", "svg", "xml", "mht"}:
        raise Refused(f"文件“{name}”是网页或矢量图，可能含有脚本，不能上传。请另存（打印）为 PDF 后再上传。")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"文件“{name}”是 UTF-16 编码的文本。请在记事本中选择“另存为”，编码选 UTF-8，再上传。")
    text = _decoded(data)
    if text is None or _NOT_TEXT.search(text):
        raise Refused(f"无法识别文件“{name}”的格式。可以上传的有：{ACCEPTED}；其他格式请先另存（打印）为 PDF。")
    return Kind.TXT


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _ole_kind(name: str, data: bytes) -> Kind:
    """Old office files share one container with installers and with encrypted new ones: its streams tell them apart."""
    if _has_stream(data, "EncryptedPackage"):
        raise Refused(f"文件“{name}”加了打开密码。请取消密码后再上传。")
    if any(_has_stream(data, stream) for stream in ("_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR")):
        raise Refused(f"文件“{name}”含有宏。请另存为不含宏的文档（如 docx、xlsx）或 PDF 后再上传。")
    if _has_stream(data, "WordDocument"):
        return Kind.DOC
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Kind.XLS
    raise Refused(f"无法识别文件“{name}”的格式。可以上传的有：{ACCEPTED}；其他格式请先另存（打印）为 PDF。")


def _has_stream(data: bytes, stream: str) -> bool:
    """Whether a directory entry of the container has exactly this name: 64 bytes of UTF-16, then its length with the end."""
    entry = stream.encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 2 * len(stream) + 2)
    return entry in data


def _zip_kind(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            _refuse_unsafe(name, data, entries)
            return _zip_document(name, packed, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, struct.error, EOFError, ValueError, NotImplementedError):
        raise Refused(f"文件“{name}”已损坏，无法打开。请在电脑上确认能打开，另存一份后再上传。") from None


def _refuse_unsafe(name: str, data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(f"文件“{name}”加了密码。请取消密码后再上传。")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _SMALL and unpacked > _MAX_RATIO * len(data)
    if len(entries) > _MAX_ENTRIES or unpacked > _MAX_UNPACKED or packed > len(data) or too_dense:
        raise Refused(f"文件“{name}”展开后异常庞大，不能接收。请另存（打印）为 PDF，或拆成几个文件后再上传。")
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise Refused(f"文件“{name}”的开头夹带了其他数据。请用原软件打开，另存为新文件后再上传。")
    for entry in entries:
        path = entry.filename
        if path.startswith("/") or "\\" in path or ".." in path.split("/") or ":" in path:
            raise Refused(f"文件“{name}”内部的路径不正常，不能接收。请用原软件打开，另存为新文件后再上传。")


def _zip_document(name: str, packed: zipfile.ZipFile, members: set[str]) -> Kind:
    if "OFD.xml" in members:
        packed.read("OFD.xml")
        return Kind.OFD
    if "[Content_Types].xml" in members:
        types = packed.read("[Content_Types].xml").lower()
        if b"macroenabled" in types or any(member.lower().endswith("vbaproject.bin") for member in members):
            raise Refused(f"文件“{name}”含有宏。请另存为不含宏的文档（docx、xlsx、pptx）或 PDF 后再上传。")
        for kind, main in (
            (Kind.DOCX, "word/document.xml"),
            (Kind.XLSX, "xl/workbook.xml"),
            (Kind.PPTX, "ppt/presentation.xml"),
        ):
            if main in members:
                return kind
    raise Refused(f"文件“{name}”是压缩包。请解压后，把里面的文件逐个上传。")

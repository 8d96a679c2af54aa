"""Small real files of every kind, and of the kinds nobody should send."""

import io
import random
import struct
import zipfile
import zlib


def zipped(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as packed:
        for path, content in members.items():
            packed.writestr(path, content)
    return buffer.getvalue()


def office(main: str, **more: bytes) -> bytes:
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped(
        {"[Content_Types].xml": types, main: b"<x/>"} | {path.replace("__", "/"): data for path, data in more.items()}
    )


def ole(*streams: str) -> bytes:
    """The header of a compound file and one directory entry per stream."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\x00")
        + struct.pack("<H", 2 * len(name) + 2)
        + b"\x02\x01".ljust(62, b"\x00")
        for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + entries


def encrypted(data: bytes) -> bytes:
    """The same ZIP with the password flag set on every entry, in both of its directories."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def overlapping(members: dict[str, bytes], times: int) -> bytes:
    """A ZIP whose directory names the last entry `times` times, so that one packed part unfolds again and again."""
    data = zipped(members)
    end, first = data.rfind(b"PK\x05\x06"), data.find(b"PK\x01\x02")
    directory, last = data[first:end], data[data.rfind(b"PK\x01\x02") : end]
    directory += last * (times - 1)
    count = len(members) + times - 1
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), first, 0)
    return data[:first] + directory + tail


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OFD = zipped(
    {
        "OFD.xml": b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>',
        "Doc_0/Document.xml": b"<x/>",
    }
)
DOCX, XLSX, PPTX = office("word/document.xml"), office("xl/workbook.xml"), office("ppt/presentation.xml")
DOC, XLS = ole("WordDocument", "1Table"), ole("Workbook")
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
TIFF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 100 + b"PE\x00\x00"
OVERLAPPING = overlapping(
    {"[Content_Types].xml": b"<Types/>", "word/document.xml": random.Random(1).randbytes(9000)}, 90
)
BOMB = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\x00" * 30_000_000})

"""The kinds of file the portal knows, by what is in them."""

from django.db import models


class Kind(models.TextChoices):
    """A kind of file. `ZIP` is what the portal makes itself (dossiers); it is never taken in from people."""

    PDF = "pdf", "PDF 文档"
    OFD = "ofd", "OFD 版式文档"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 表格"
    PPTX = "pptx", "PowerPoint 演示文稿"
    DOC = "doc", "Word 97-2003（或 WPS）文档"
    XLS = "xls", "Excel 97-2003（或 WPS）表格"
    PNG = "png", "PNG 图片"
    JPEG = "jpeg", "JPEG 图片"
    TIFF = "tiff", "TIFF 图片"
    TXT = "txt", "纯文本"
    ZIP = "zip", "ZIP 压缩包"

    @property
    def mime(self) -> str:
        """The media type it is sent out as."""
        return _MIME[self]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file name endings it may have, without the dot; the first is the usual one."""
        return _SUFFIXES[self]


_OPENXML = "application/vnd.openxmlformats-officedocument"
_MIME = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.DOCX: f"{_OPENXML}.wordprocessingml.document",
    Kind.XLSX: f"{_OPENXML}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OPENXML}.presentationml.presentation",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TIFF: "image/tiff",
    Kind.TXT: "text/plain",
    Kind.ZIP: "application/zip",
}
_SUFFIXES = {
    Kind.PDF: ("pdf",),
    Kind.OFD: ("ofd",),
    Kind.DOCX: ("docx",),
    Kind.XLSX: ("xlsx",),
    Kind.PPTX: ("pptx",),
    Kind.DOC: ("doc", "wps"),
    Kind.XLS: ("xls", "et"),
    Kind.PNG: ("png",),
    Kind.JPEG: ("jpg", "jpeg"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.TXT: ("txt",),
    Kind.ZIP: ("zip",),
}

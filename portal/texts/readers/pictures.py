"""What picture files say beside the picture: who took it, with what, when and where."""

import io
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from portal.texts.pieces import LOOK_THROUGH, Enclosed, Gathering

_MOST_FRAMES = 300
"""Pages of a picture file that are looked at: as many as may be redacted."""
_MOST_PROFILE = 4 * 1024 * 1024
"""Bytes of an XMP profile that is read; real ones stay below one hundred thousand."""
_LABELS = {
    "Artist": "作者",
    "XPAuthor": "作者",
    "CameraOwnerName": "设备所有人",
    "Copyright": "版权",
    "ImageDescription": "说明",
    "XPTitle": "标题",
    "XPComment": "备注",
    "XPSubject": "主题",
    "XPKeywords": "关键词",
    "UserComment": "备注",
    "DocumentName": "文件名",
    "PageName": "页名",
    "HostComputer": "计算机",
    "Software": "软件",
    "Make": "设备厂商",
    "Model": "设备型号",
    "BodySerialNumber": "设备序列号",
    "LensSerialNumber": "镜头序列号",
    "DateTime": "修改时间",
    "DateTimeOriginal": "拍摄时间",
}
_UNDEFINED = 8  # bytes before the text of a UserComment that name its encoding


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """The metadata of a PNG, JPEG or TIFF; the picture itself is told as unseen. Raises OSError for a broken one."""
    with _opened(data) as picture:
        _metadata(picture, into)
    into.cannot("图片", f"图中的文字无法自动检查。{LOOK_THROUGH}", data)
    return []


def told(data: bytes, into: Gathering) -> None:
    """The metadata of a picture within a document; nothing for a kind of picture that has none."""
    try:
        with _opened(data) as picture:
            _metadata(picture, into)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return


def words_of_profile(profile: bytes) -> str:
    """The words of an XMP packet: texts and attributes without their names."""
    packet = profile[:_MOST_PROFILE].strip(b"\x00 \n\r")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(packet, parser)
    except etree.XMLSyntaxError:
        return packet.decode("utf-8", "replace")
    said = (word for one in root.iter("*") for word in (*one.attrib.values(), one.text or ""))
    return "\n".join(word.strip() for word in said if word.strip())


def _opened(data: bytes) -> ImageFile:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # headers only: no pixel is ever unpacked here
        return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "GIF", "WEBP"))


def _metadata(picture: ImageFile, into: Gathering) -> None:
    for frame in range(min(int(getattr(picture, "n_frames", 1)), _MOST_FRAMES)):
        picture.seek(frame)
        exif = picture.getexif()
        tags = dict(exif) | exif.get_ifd(ExifTags.IFD.Exif)
        for label, text in _named(tags):
            into.add(f"图片信息：{label}", text)
        into.add("图片信息：拍摄位置", _position(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    for key, value in picture.info.items():
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) and key == "comment" else value
        if isinstance(text, str) and key != "XML:com.adobe.xmp":
            into.add(f"图片信息：{key}", text)
    profile = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    into.add("图片信息：XMP", words_of_profile(profile if isinstance(profile, bytes) else profile.encode()))
    news = IptcImagePlugin.getiptcinfo(picture) or {}
    into.add("图片信息：IPTC", "\n".join(_flat(value) for value in news.values()))


def _named(tags: Mapping[int, Any]) -> Iterator[tuple[str, str]]:
    for tag, value in tags.items():
        name = ExifTags.TAGS.get(tag, "")
        if name in _LABELS:
            yield _LABELS[name], _text(name, value)


def _text(name: str, value: Any) -> str:
    if isinstance(value, str):  # Pillow reads letters as Latin-1, and Chinese cameras write UTF-8 or GBK
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return str(value)
    if name.startswith("XP"):
        return value.decode("utf-16-le", "replace").strip("\x00 ")
    wide = value.startswith(b"UNICODE")
    text = value[_UNDEFINED:] if name == "UserComment" else value
    return (text.decode("utf-16", "replace") if wide else _flat(text)).strip("\x00 ")


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_flat(one) for one in value)
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return bytes(value).decode("gb18030", "replace")


def _position(tags: Mapping[int, Any]) -> str:
    """“北纬38.48730，东经106.23090” from the GPS tags; empty when there are none."""
    try:
        north, east = (_degrees(tags[key]) for key in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    south, west = tags.get(ExifTags.GPS.GPSLatitudeRef) == "S", tags.get(ExifTags.GPS.GPSLongitudeRef) == "W"
    return f"拍摄位置：{'南' if south else '北'}纬{north:.5f}，{'西' if west else '东'}经{east:.5f}"


def _degrees(value: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in value)
    return degrees + minutes / 60 + seconds / 3600

"""Which characters the faces at hand can show, read from their character maps.

PDF/A forbids a character without a glyph, and names hold rare ones. What no face shows becomes 〓, the mark that
typesetters have always put for a missing sort, and the letter notes which character it stands for.
"""

import struct
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst
from django.conf import settings

MISSING = "〓"
_SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}


def font_dirs() -> list[Path]:
    """Where faces are looked for: the body's own folder first, then the package of free faces."""
    free = Path(str(files("pylopdf_fonts_zh_cn")))
    return [Path(settings.FONT_DIR), free] if settings.FONT_DIR else [free]


def fonts() -> typst.Fonts:
    """The faces at hand for the typesetter. Reading them takes longer than a letter does, so it is done once."""
    return _fonts(tuple(font_dirs()))


@lru_cache(maxsize=4)
def _fonts(dirs: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=list(dirs))


def printable(text: str) -> tuple[str, list[str]]:
    """(`text` as it can be printed, the distinct characters that were replaced by 〓, in order).

    Control and invisible characters and variation selectors are left out: they mean nothing on paper. Line breaks stay.
    """
    known, out, missing = characters(), [], []
    for char in text:
        if char == "\n" or ord(char) in known:
            out.append(char)
        elif char.isspace():
            out.append(" ")
        elif not _invisible(char):
            out.append(MISSING)
            missing.append(char)
    return "".join(out), list(dict.fromkeys(missing))


def _invisible(char: str) -> bool:
    selector = 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
    return selector or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}


def characters() -> frozenset[int]:
    """The code points that at least one face at hand can show."""
    return _characters(tuple(font_dirs()))


@lru_cache(maxsize=4)
def _characters(dirs: tuple[Path, ...]) -> frozenset[int]:
    found: set[int] = set()
    for folder in dirs:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES:
                found |= code_points(path.read_bytes())
    visible = {code for code in found if not _invisible(chr(code)) and chr(code) not in "\t\r\v\f"}
    return frozenset(visible)


def code_points(font: bytes) -> set[int]:
    """All code points in the character maps (formats 4 and 12) of an OpenType font or collection."""
    starts = [0]
    if font[:4] == b"ttcf":
        (count,) = struct.unpack_from(">L", font, 8)
        starts = list(struct.unpack_from(f">{count}L", font, 12))
    found: set[int] = set()
    for start in starts:
        (tables,) = struct.unpack_from(">H", font, start + 4)
        for index in range(tables):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", font, start + 12 + 16 * index)
            if tag == b"cmap":
                found |= _read_cmap(font, offset)
    return found


def _read_cmap(font: bytes, cmap: int) -> set[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">L", font, cmap + 8 + 8 * index)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 12:
            found |= _read_groups(font, cmap + offset)
        elif form == 4:
            found |= _read_segments(font, cmap + offset)
    return found


def _read_groups(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for index in range(groups):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        found.update(range(first, last + 1))
    return found


def _read_segments(font: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * doubled)
    ranges_at = at + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    found: set[int] = set()
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if ranges[index] == 0:
                glyph = (code + deltas[index]) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * index + ranges[index] + 2 * (code - first))
            if glyph:
                found.add(code)
    return found

"""Word documents (.docx): the body, and what was deleted, commented, hidden or put into the margins."""

from collections.abc import Iterator
from typing import Any

from portal.texts.pieces import Enclosed, Gathering
from portal.texts.readers import office
from portal.texts.readers.package import Package, local

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACES = (
    (r"word/header\d*\.xml", "页眉"),
    (r"word/document\d*\.xml", "正文"),
    (r"word/footnotes\.xml", "脚注"),
    (r"word/endnotes\.xml", "尾注"),
    (r"word/footer\d*\.xml", "页脚"),
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = {"0", "false", "off"}


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """Everything in a .docx; the files embedded in it are handed back."""
    package = Package(data)
    hiding = _hiding_styles(package)
    parts = [(place, package.tree(name)) for pattern, place in _PLACES for name in package.named(pattern)]
    for place, root in parts:
        _part(place, root, hiding, into)
    for name in package.named(r"word/comments\.xml"):
        for comment in package.tree(name).iter(f"{_W}comment"):
            lines = ("".join(text for _, text in _runs(one, hiding)) for one in comment.iter(f"{_W}p"))
            into.add(f"批注（{comment.get(f'{_W}author') or '未署名'}）", "\n".join(lines), hidden=True)
    office.authors(package, r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|people)\.xml", into)
    return office.finish(package, into)


def _part(place: str, root: Any, hiding: set[str], into: Gathering) -> None:
    """One part of a document: what is seen, then what was deleted, hidden, or stands in fields."""
    lines: dict[str, list[str]] = {"": [], "deleted": [], "hidden": [], "field": []}
    for paragraph in root.iter(f"{_W}p"):
        said = dict.fromkeys(lines, "")
        for how, text in _runs(paragraph, hiding):
            said[how] += text
        for how, text in said.items():
            if text.strip():
                lines[how].append(text)
    within = "" if place == "正文" else f"{place}的"
    into.add(place, "\n".join(lines[""]))
    into.add(f"{within}修订（已删除的文字）", "\n".join(lines["deleted"]), hidden=True)
    into.add(f"{within}隐藏文字", "\n".join(lines["hidden"]), hidden=True)
    codes = "\n".join(lines["field"])
    into.add(f"{within}域代码", codes, hidden=office.starts_programs(codes))


def _runs(paragraph: Any, hiding: set[str]) -> Iterator[tuple[str, str]]:
    """(how it stands there, text) for every bit of the paragraph itself, not of the text boxes within it."""
    for bit in paragraph.iter("*"):
        name = local(bit.tag)
        text = bit.text or "" if name in {"t", "delText", "instrText", "delInstrText"} else _SIGNS.get(name, "")
        if not text or not str(bit.tag).startswith(_W):
            continue
        above = [local(one.tag) for one in bit.iterancestors()]
        if "Fallback" in above or next(bit.iterancestors(f"{_W}p")) is not paragraph:
            continue  # the same text box once more for old programs, or a paragraph that comes by itself
        if name in {"instrText", "delInstrText"}:
            yield "field", text
        elif name == "delText" or {"del", "moveFrom"} & set(above):
            yield "deleted", text
        else:
            yield "hidden" if _is_hidden(bit, paragraph, hiding) else "", text


def _is_hidden(bit: Any, paragraph: Any, hiding: set[str]) -> bool:
    run = next(bit.iterancestors(f"{_W}r"), None)
    own = None if run is None else run.find(f"{_W}rPr")
    if own is not None and own.find(f"{_W}vanish") is not None:
        return own.find(f"{_W}vanish").get(f"{_W}val") not in _OFF
    named = [] if own is None else [own.find(f"{_W}rStyle")]
    named.append(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    return any(one is not None and one.get(f"{_W}val") in hiding for one in named)


def _hiding_styles(package: Package) -> set[str]:
    """The styles that hide what is written in them."""
    styles = package.optional("word/styles.xml").iter(f"{_W}style")
    found = ((style, style.find(f"{_W}rPr/{_W}vanish")) for style in styles)
    return {
        style.get(f"{_W}styleId")
        for style, vanish in found
        if vanish is not None and vanish.get(f"{_W}val") not in _OFF
    }

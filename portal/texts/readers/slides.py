"""Presentations (.pptx): slides in their order, notes of the speaker, comments."""

from portal.texts.pieces import Enclosed, Gathering
from portal.texts.readers import office
from portal.texts.readers.package import Package, paragraphs

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """Everything in a .pptx; the files embedded in it are handed back."""
    package = Package(data)
    parts = package.related("ppt/presentation.xml")
    order = [parts.get(one.get(_RELATION), "") for one in package.tree("ppt/presentation.xml").iter("{*}sldId")]
    slides = [name for name in order if name in package.named(r"ppt/slides/.*\.xml")]
    strays = [name for name in package.named(r"ppt/slides/[^/]+\.xml") if name not in slides]
    for number, name in enumerate(slides, 1):
        _slide(package, name, f"第{number}张幻灯片", into)
    for name in strays:
        into.add("已移出放映的幻灯片", paragraphs(package.tree(name), "p", "t"), hidden=True)
    for name in package.named(r"ppt/comments/.*\.xml"):
        for one in package.tree(name).iter("{*}cm"):
            plain = "".join(text.text or "" for text in one.iter("{*}text"))
            into.add("批注", plain or paragraphs(one, "p", "t"), hidden=True)
    office.authors(package, r"ppt/(?:commentAuthors|authors)\.xml", into)
    return office.finish(package, into)


def _slide(package: Package, name: str, place: str, into: Gathering) -> None:
    root = package.tree(name)
    hidden = root.get("show") in {"0", "false"}
    place += "（隐藏）" if hidden else ""
    into.add(place, paragraphs(root, "p", "t"), hidden=hidden)
    told = [one.get("descr") or one.get("title") or "" for one in root.iter("{*}cNvPr")]
    into.add(f"{place}的替代文字", "\n".join(text for text in told if text))
    for part in package.related(name).values():
        if part in package.named(r"ppt/notesSlides/[^/]+\.xml"):
            into.add(f"{place}的演讲者备注", paragraphs(package.tree(part), "p", "t"), hidden=True)

"""Files that are a ZIP of XML parts: bounded reading, no entities, no network, and nothing in them passed over in silence."""

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from lxml import etree

from portal.texts.pieces import LOOK_THROUGH, Enclosed, Gathering, Refused
from portal.texts.readers import pictures

MOST_PART = 32 * 1024 * 1024
"""Bytes of a part that is read as a tree, which takes some ten times as much memory."""
MOST_STREAMED = 200 * 1024 * 1024
"""Bytes of a part that is read from front to back: what `sniff` lets a whole file unfold to."""
MOST_ENCLOSED = 100
"""Files inside one file that are looked into; more are told as unseen."""

_ENCLOSED = re.compile(r"\.(?:docx|xlsx|pptx|doc|xls|pdf|txt|ofd)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|tiff?|gif|bmp|emf|wmf|svg|webp|jb2)$", re.IGNORECASE)
_HARMLESS = re.compile(
    r"\.(?:odttf|ttf|otf|fntdata)$|/printerSettings\d*\.bin$|^docProps/thumbnail\.|/$", re.IGNORECASE
)
_TELLING = {
    *("v", "descr", "title", "author", "userName", "displayName", "lastModifiedBy", "Target", "tooltip", "connection"),
    *("sourceFile", "name", "caption", "alt"),
}


class Package:
    """An opened ZIP of XML parts, which remembers what has been read of it."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._sizes = {entry.filename: entry.file_size for entry in self._zip.infolist()}
        self._read: set[str] = set()
        self._defining: set[str] = set()

    def named(self, pattern: str) -> list[str]:
        """The parts whose whole name matches, in the order people count: slide2 before slide10."""
        found = [name for name in self._sizes if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(bit) if bit.isdigit() else bit for bit in re.split(r"(\d+)", name)])

    def tree(self, name: str) -> Any:
        """The root of a part. Raises KeyError for a part there is not, Refused for one that is too large."""
        self._read.add(name)
        return self._parsed(name)

    def optional(self, name: str) -> Any:
        """The root of a part, or an empty element."""
        return self.tree(name) if name in self._sizes else etree.Element("absent")

    def stream(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements of these local names one after the other, forgotten as soon as the next one is asked for."""
        if self._sizes[name] > MOST_STREAMED:
            raise Refused("文件的内部结构过大，无法检查。请拆成几个文件后再上传。")
        self._read.add(name)
        with self._zip.open(name) as part:
            walk = etree.iterparse(part, tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True)
            for _, element in walk:
                self._mind_definitions(name, element)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def related(self, name: str) -> dict[str, str]:
        """What a part refers to inside the file: part names by relation id. What it refers to outside is left to `rest`."""
        folder, _, base = name.rpartition("/")
        links = f"{folder}/_rels/{base}.rels".lstrip("/")
        found = {}
        for link in self._parsed(links).iter("{*}Relationship") if links in self._sizes else ():
            if link.get("TargetMode") != "External":
                target = link.get("Target", "")
                found[link.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else normpath(f"{folder}/{target}")
        return found

    def passed(self, pattern: str) -> None:
        """These parts hold nothing but looks."""
        self._read |= set(self.named(pattern))

    def rest(self, into: Gathering) -> list[Enclosed]:
        """Take in whatever nobody has read yet: other XML parts, pictures' data; whole files are handed back."""
        unread = [name for name in self.named(".*") if name not in self._read and not _HARMLESS.search(name)]
        pictured = [name for name in unread if _PICTURE.search(name)]
        enclosed = [name for name in unread if _ENCLOSED.search(name)]
        for name in unread:
            if name in pictured or name in enclosed or into.full:
                continue
            if name.endswith((".xml", ".rels", ".vml")):
                self._other(name, into)
            else:
                into.cannot(f"内部文件“{name}”", "该部分不是文字，无法自动检查。", self._zip.read(name))
        for name in sorted(self._defining):
            why = "该部分自行定义了代替的文字，打开后显示的可能与检查的不同，请人工查看。"
            into.cannot(f"内部数据“{name}”的定义", why, self._zip.read(name))
        self._pictures(pictured, into)
        if len(enclosed) > MOST_ENCLOSED:
            into.cannot("内嵌文件", f"内嵌的文件超过{MOST_ENCLOSED}个，其余的没有检查。", *map(str.encode, enclosed))
        return [Enclosed(name.rpartition("/")[2], self._zip.read(name)) for name in enclosed[:MOST_ENCLOSED]]

    def _parsed(self, name: str) -> Any:
        if self._sizes[name] > MOST_PART:
            raise Refused("文件的内部结构过大，无法检查。请拆成几个文件后再上传。")
        root = etree.fromstring(self._zip.read(name), _parser())
        self._mind_definitions(name, root)
        return root

    def _mind_definitions(self, name: str, element: Any) -> None:
        """Remember a part with a document type: its entities are not unfolded here, but another program may do so."""
        if element.getroottree().docinfo.doctype:
            self._defining.add(name)

    def _other(self, name: str, into: Gathering) -> None:
        try:
            root = self.tree(name)
            words = list(telling(root))
        except (etree.XMLSyntaxError, Refused):
            into.cannot(f"内部数据“{name}”", "该部分不完整或者过大，无法自动检查。", self._zip.read(name))
            return
        into.add(f"内部数据“{name}”", "\n".join(words))
        into.add("打开时从外部取得的内容", "\n".join(fetched(root)), hidden=True)

    def _pictures(self, names: list[str], into: Gathering) -> None:
        data = {name: self._zip.read(name) for name in names}
        for name, picture in data.items():
            pictures.told(picture, into.inside(f"图片“{name.rpartition('/')[2]}”"))
        if data:
            into.cannot("图片", f"文件中有{len(data)}幅图片，图中的文字无法自动检查。{LOOK_THROUGH}", *data.values())


def telling(root: Any) -> Iterator[str]:
    """The words of any XML: texts, and the attributes in which people's words are kept."""
    for element in root.iter("*"):
        if local(element.tag) == "Relationship" and element.get("TargetMode") != "External":
            continue
        yield from (value for key, value in element.attrib.items() if local(key) in _TELLING)
        yield from (said.strip() for said in (element.text, element.tail) if said and said.strip())


def fetched(root: Any) -> Iterator[str]:
    """What a program fetches from elsewhere by itself when the file is opened: templates, objects, pictures; not links."""
    for link in root.iter("{*}Relationship"):
        if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
            yield link.get("Target", "")


def paragraphs(root: Any, paragraph: str, text: str) -> str:
    """One line for every paragraph, its runs joined: a number is often cut into several."""
    lines = ("".join(run.text or "" for run in one.iter(f"{{*}}{text}")) for one in root.iter(f"{{*}}{paragraph}"))
    return "\n".join(line for line in lines if line.strip())


def local(name: str) -> str:
    """A name without its namespace."""
    return str(name).rpartition("}")[2]


def told_in(root: Any, labels: dict[str, str], into: Gathering) -> None:
    """The properties of a document: one piece for every labelled element that says something."""
    for element in root.iter("*"):
        label = labels.get(local(element.tag))
        if label and element.text:
            into.add(f"文档属性：{label}", element.text)


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

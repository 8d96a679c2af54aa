"""OFD (GB/T 33190): the text of every page, its annotations, properties and attachments."""

from typing import Any

from portal.texts.pieces import Enclosed, Gathering
from portal.texts.readers.package import Package, told_in

_PROPERTIES = {
    "Title": "标题",
    "Author": "作者",
    "Subject": "主题",
    "Abstract": "摘要",
    "Keyword": "关键词",
    "Creator": "创建程序",
    "CustomData": "自定义数据",
}


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """Everything in an OFD; the files attached to it are handed back."""
    package = Package(data)
    pages = package.named(r"(?:.*/)?Pages/.*\.xml")
    silent = []
    for number, name in enumerate(pages, 1):
        text = _lines(package.tree(name))
        into.add(f"第{number}页", text)
        silent += [] if text.strip() else [str(number)]
    if silent or not pages:
        place = f"第{'、'.join(silent)}页" if silent else "全文"
        into.cannot(place, "没有文字层（扫描件或者图片），无法自动检查，请人工查看。", data)
    for name in package.named(r"(?:.*/)?Annot[^/]*/.*\.xml"):
        into.add("批注", _lines(package.tree(name)), hidden=True)
    told_in(package.tree("OFD.xml"), _PROPERTIES, into)
    package.passed(r"(?:.*/)?Res/.*\.(?:ttf|otf|ttc)")
    package.passed(r"(?:.*/)?(?:PublicRes|DocumentRes|Document)(?:_\d+)?\.xml")
    package.passed(r"(?:.*/)?Signs?/.*")
    return package.rest(into)


def _lines(root: Any) -> str:
    """Texts in their order; those at the same height stand on one line."""
    lines: list[tuple[str, list[str]]] = []
    for one in root.iter("{*}TextObject"):
        height = [*one.get("Boundary", "").split(), "", ""][1]
        text = "".join(code.text or "" for code in one.iter("{*}TextCode"))
        if lines and lines[-1][0] == height:
            lines[-1][1].append(text)
        else:
            lines.append((height, [text]))
    remarks = [one.text or "" for one in root.iter("{*}Remark", "{*}Parameter")]
    return "\n".join([*("".join(texts) for _, texts in lines), *remarks])

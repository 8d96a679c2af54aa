"""What Word, Excel and PowerPoint files have in common: properties, authors, and parts that only hold looks."""

import re

from portal.texts.pieces import Enclosed, Gathering
from portal.texts.readers.package import Package, local, told_in

_CORE = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "identifier": "标识",
}
_APP = {"Company": "单位", "Manager": "负责人", "HyperlinkBase": "超链接基准", "Template": "模板"}
_EXCHANGE = re.compile(r"\bDDE(?:AUTO)?\b|^[^\"']{1,80}\|'", re.IGNORECASE | re.MULTILINE)
_LOOKS = r".*/(?:theme/.*|styles|stylesWithEffects|settings|fontTable|numbering|webSettings|tableStyles|presProps|viewProps|calcChain)\.xml"


def starts_programs(code: str) -> bool:
    """Whether a field or a formula lets another program run when the file is opened (dynamic data exchange)."""
    return _EXCHANGE.search(code) is not None


def finish(package: Package, into: Gathering) -> list[Enclosed]:
    """The properties of a document and all that nobody has read of it; the files enclosed in it are handed back."""
    told_in(package.optional("docProps/core.xml"), _CORE, into)
    told_in(package.optional("docProps/app.xml"), _APP, into)
    for one in package.optional("docProps/custom.xml").iter("{*}property"):
        into.add(f"文档属性：{one.get('name', '自定义')}", "".join(one.itertext()))
    package.passed(r"\[Content_Types\]\.xml")
    package.passed(_LOOKS)
    return package.rest(into)


def authors(package: Package, pattern: str, into: Gathering) -> None:
    """Who revised or commented: the authors named in the parts that match."""
    names = {
        value
        for part in package.named(pattern)
        for element in package.tree(part).iter("*")
        for key, value in element.attrib.items()
        if local(key) in {"author", "displayName", "userId"} and value.strip()
    }
    into.add("修订和批注的作者", "、".join(sorted(names)))

"""What may stand in the text of a published document: a short list of elements, and everything else is left behind.

nh3 decides what is safe, last of all. Before it the text is only brought into shape: headings below the page's own, bold
and italic under one name each, the alignment of word processors as one of our classes.
"""

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

import nh3

CLASSES = frozenset({"indent", "flush", "center", "right", "red-head"})
"""How a paragraph may be set; css/disclosure.css and css/document-editor.css know them."""

_HEADINGS = {"h2", "h3", "h4", "h5"}
_SET = {"p", *_HEADINGS, "td", "th", "blockquote", "caption"}
_TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_LISTS = {"ul", "ol", "li"}
_MARKS = {"strong", "em", "u", "sub", "sup"}
_TAGS = {"a", "br", "hr", "img", "figure", "figcaption", "section", *_SET, *_TABLE, *_LISTS, *_MARKS}
_BLOCKS = _TAGS - _MARKS - {"a", "br", "img", "col", "colgroup"}
_CELL = {"colspan", "rowspan", "scope"}
_ATTRIBUTES = {
    "a": {"href", "id"},
    "li": {"id"},
    "ol": {"start"},
    "img": {"src", "alt", "width", "height", "data-file"},
    "section": {"id", "data-page"},
    "td": _CELL,
    "th": _CELL,
}
_OWN_FILES = re.compile(r"/disclosure/[\w./%-]*", re.ASCII)
_FORMS = {
    "id": re.compile(r"page-\d{1,3}|(?:footnote|endnote)(?:-ref)?-\d{1,4}", re.ASCII),
    "data-page": re.compile(r"\d{1,3}", re.ASCII),
    "data-file": re.compile(r"[0-9A-Za-z-]{1,64}"),
    "colspan": re.compile(r"[1-9]\d{0,2}", re.ASCII),
    "rowspan": re.compile(r"[1-9]\d{0,3}", re.ASCII),
    "width": re.compile(r"[1-9]\d{0,3}", re.ASCII),
    "height": re.compile(r"[1-9]\d{0,3}", re.ASCII),
    "start": re.compile(r"\d{1,4}", re.ASCII),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
}

# What is removed together with everything inside it, and what that is called towards the editor.
_GONE = {
    "script": "脚本",
    "style": "样式表",
    "svg": "矢量图",
    "math": "数学标记",
    "iframe": "嵌入的网页",
    "frame": "嵌入的网页",
    "frameset": "嵌入的网页",
    "noframes": "嵌入的网页",
    "object": "嵌入的对象",
    "embed": "嵌入的对象",
    "applet": "嵌入的对象",
    "video": "视频",
    "audio": "音频",
    "canvas": "画布",
    "select": "表单控件",
    "textarea": "表单控件",
    "button": "表单控件",
    "input": "表单控件",
    "template": "隐藏的模板",
    "noscript": "隐藏的模板",
    "title": "网页标题",
    "head": "网页头部",
}
_VOID = {"input", "embed", "frame"}
_RENAMED = {
    "b": "strong",
    "i": "em",
    "ins": "u",
    "h1": "h2",
    "h6": "h5",
    **dict.fromkeys(
        ("div", "center", "article", "header", "footer", "main", "aside", "address", "pre", "dt", "dd"), "p"
    ),
}
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ALIGNED = re.compile(r"text-align\s*:\s*(center|right|end)\b", re.IGNORECASE)
_INDENTED = re.compile(r"text-indent\s*:\s*[1-9]", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|h[2-5]|strong|em|u|sub|sup|figcaption)(?: class=\"[^\"]*\")?>(?:\s|&nbsp;)*</\1>")
_NO_HEADING = re.compile(r"<th((?: [a-z]+=\"[^\"]*\")*)>\s*</th>")
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")
_NESTS = re.compile(r"<(?!(?:p|li|dt|dd|td|th|tr|thead|tbody|tfoot|br|hr|img|col|meta|link|input)\b)", re.IGNORECASE)
"""What stays open until it is closed; other elements are closed by their neighbours."""
_DEEPEST, _MOST_LEFT_OPEN = 200, 2_000
_LINK_SCHEMES = {"http", "https", "mailto"}


def _judged(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute if it may stay."""
    if tag == "img" and name == "src":
        return value if _own_file(value) else None
    form = _FORMS.get(name)
    return value if form is None or form.fullmatch(value) else None


_safe = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=set(_GONE) - _VOID,
    attributes=_ATTRIBUTES,
    attribute_filter=_judged,
    allowed_classes={**{tag: set(CLASSES) for tag in _SET}, "figure": {"sheet"}},
    url_schemes=_LINK_SCHEMES,
    link_rel="noopener noreferrer",
)
# The same with what still has to be brought into shape.
_ROUGH = {*_RENAMED, "span", "font"}
_orderly = nh3.Cleaner(
    tags=_TAGS | _ROUGH,
    clean_content_tags=set(_GONE) - _VOID,
    attributes={
        **{tag: _ATTRIBUTES.get(tag, set()) | {"class", "style", "align"} for tag in _TAGS | _ROUGH},
        "img": _ATTRIBUTES["img"],
    },
    url_schemes=_LINK_SCHEMES,
    link_rel=None,
)


def clean(html: str) -> str:
    """The text as it may be published; what may not stand there is left out (`removed` tells what). Cleaning twice is
    cleaning once.
    """
    shaping = _Shaping()
    shaping.feed(_orderly.clean(_CONTROL.sub("", html)))
    shaping.close()
    done, before = _safe.clean("".join(shaping.out)), ""
    while done != before:
        before, done = done, _NO_HEADING.sub(_as_cell, _EMPTY.sub("", done))
    return done.strip()


def is_tangled(html: str) -> bool:
    """Whether markup is nested or left open as no editor does it, so that reading it would take minutes."""
    deep = deepest = whole = 0
    for tag in _ELEMENT.finditer(html):
        whole += 1
        if tag[0][1] == "/":
            deep = max(deep - 1, 0)
        elif _NESTS.match(tag[0]):
            deep += 1
            deepest = max(deepest, deep)
    return deepest > _DEEPEST or html.count("<") - whole > _MOST_LEFT_OPEN


def removed(html: str) -> list[str]:
    """What `clean` takes out of a text, in words for the editor, each with how often: 脚本（2处）. Text that only loses its
    formatting is not listed.
    """
    finding = _Finding()
    finding.feed(html)
    finding.close()
    return [f"{what}（{count}处）" for what, count in finding.found.items()]


def text_of(html: str) -> str:
    """The words of a text, a line for each block and a tab between the cells of a row; for searching and comparing."""
    reading = _Words()
    reading.feed(html)
    reading.close()
    lines = (re.sub(r"[ \u3000\xa0\r\f\v]+", " ", line).strip(" ") for line in "".join(reading.out).split("\n"))
    return "\n".join(re.sub(" *\t *", "\t", line).rstrip("\t") for line in lines if line.strip())


def is_empty(html: str) -> bool:
    """Whether a text shows nothing: no words and no picture."""
    return not text_of(html) and "<img" not in html.lower()


def from_lines(text: str, *, marked: bool = True) -> str:
    """Plain text as paragraphs, one a line. If it is `marked`, “## ” begins a heading and “### ” one below it, and a first
    line that ends in a colon names whom the paper goes to (主送机关), set without an indent.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not marked:
        return clean("".join(f"<p>{escape(line)}</p>" for line in lines))
    return clean("".join(_line(line, first=not place) for place, line in enumerate(lines)))


def is_plain(text: str) -> bool:
    """Whether a text was typed without any markup."""
    return not _ELEMENT.search(text)


def _line(line: str, *, first: bool) -> str:
    marked = re.fullmatch(r"(#{1,5})\s+(.+)", line)
    if marked is None:
        return f'<p class="flush">{escape(line)}</p>' if first and line.endswith("：") else f"<p>{escape(line)}</p>"
    level = min(max(len(marked[1]), 2), 5)
    return f"<h{level}>{escape(marked[2])}</h{level}>"


def _as_cell(found: re.Match[str]) -> str:
    """A heading without words heads nothing: it becomes a plain cell."""
    rest = re.sub(r' scope="[a-z]+"', "", found[1])
    return f"<td{rest}></td>"


def _own_file(address: str) -> bool:
    return bool(_OWN_FILES.fullmatch(address)) and ".." not in address and "%2e" not in address.lower()


class _Shaping(HTMLParser):
    """Brings orderly HTML under the names and classes that the list knows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._sections: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: _CONTROL.sub("", value or "") for name, value in attrs}
        name = _RENAMED.get(tag, tag)
        if tag == "section":
            kept = bool(_FORMS["id"].fullmatch(given.get("id", "")))
            self._sections.append(kept)
            name = "section" if kept else "p"
        if tag == "img" and not (_own_file(given.get("src", "")) or given.get("data-file")):
            return
        classes = _classes(tag, given)
        rest = {key: value for key, value in given.items() if key not in {"class", "style", "align"}}
        if classes:
            rest["class"] = " ".join(classes)
        self.out.append(" ".join((f"<{name}", *(f'{key}="{escape(value)}"' for key, value in rest.items()))) + ">")

    def handle_endtag(self, tag: str) -> None:
        name = _RENAMED.get(tag, tag)
        if tag == "section":
            name = "section" if self._sections and self._sections.pop() else "p"
        self.out.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(_CONTROL.sub("", data), quote=False))


def _classes(tag: str, given: dict[str, str]) -> list[str]:
    own = [name for name in given.get("class", "").split() if name in CLASSES or name == "sheet"]
    style = given.get("style", "")
    aligned = _ALIGNED.search(style)
    side = aligned[1].lower() if aligned else given.get("align", "").lower()
    side = "right" if side == "end" else "center" if tag == "center" else side
    if side in {"center", "right"}:
        own.append(side)
    elif _INDENTED.search(style):
        own.append("indent")
    return list(dict.fromkeys(own))


class _Finding(HTMLParser):
    """Counts what will not stay."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, int] = {}
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside:
            self._inside += [tag] if tag == self._inside[0] else []
            return
        if tag in _GONE:
            self._note(_GONE[tag])
            self._inside += [tag] if tag not in _VOID else []
            return
        for what in _unwanted(tag, {name: value or "" for name, value in attrs}):
            self._note(what)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[0]:
            self._inside.pop()

    def handle_comment(self, data: str) -> None:
        if data.strip() and not self._inside:
            self._note("隐藏的注释")

    def _note(self, what: str) -> None:
        self.found[what] = self.found.get(what, 0) + 1


def _unwanted(tag: str, given: dict[str, str]) -> Iterable[str]:
    if any(name.startswith("on") for name in given):
        yield "点击等触发的脚本"
    if tag == "a" and not _may_link(given.get("href", "")):
        yield "不能使用的链接地址"
    if tag == "img" and not (_own_file(given.get("src", "")) or given.get("data-file")):
        yield "不在本站的图片"
    style = given.get("style", "").lower()
    if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", style) or "hidden" in given:
        yield "原来隐藏、现在会显示出来的文字"


def _may_link(address: str) -> bool:
    """Whether a link leads to the web, to a mailbox or within the site, as browsers read addresses."""
    bare = re.sub(r"[\x00-\x20]", "", address)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return scheme is None or scheme[1].lower() in _LINK_SCHEMES


class _Words(HTMLParser):
    """Takes the words out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._cells = 0  # how deep in a cell: there a new paragraph is only a gap, so that a row stays one line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        elif tag in {"td", "th"}:
            self._cells += 1
        elif tag == "br" or tag in _BLOCKS | _RENAMED.keys() - {"b", "i", "ins"}:
            self.out.append(self._gap(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._cells = max(0, self._cells - 1)
            self.out.append("\t")
        elif tag in _BLOCKS | _RENAMED.keys() - {"b", "i", "ins"}:
            self.out.append(self._gap(tag))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.out.append(re.sub(r"[\r\n\t]+", " ", data))

    def _gap(self, tag: str) -> str:
        return " " if self._cells and tag not in _TABLE else "\n"

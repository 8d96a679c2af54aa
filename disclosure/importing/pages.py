"""The five documents on which the portal stands, as their bodies had them on their old sites: scraped pages, repaired."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from portal.moment import SHANGHAI

from ..vocabulary import Genre, Phase, Validity
from ..workflow import Arrival, Particulars
from .record import Record, Unreadable
from .repairs import between, joined, lines_of, once, restored, simplified
from .setting import Line, line, text_of, tidy

COLUMN = "政务公开制度"
LARGEST = 2_000_000
"""Bytes of one page; the largest of the five has a fortieth of that."""
_NOTE = "编者说明：本文根据原网站页面收录。"


@dataclass(frozen=True)
class Page:
    """What is known of one page beside its words. `first` and `last` fence the document in between the page's furniture.

    `notes` tell the reader what was repaired. `right` are the lines of the signature, `heads` titles of parts.
    """

    body: str
    title: str
    issuer: str
    genre: Genre
    formed_on: date
    first: str
    last: str
    source: str
    notes: tuple[str, ...]
    published_at: datetime | None = None
    number: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    validity: Validity = Validity.IN_FORCE
    mend: Callable[[Sequence[str]], list[str]] = list
    right: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


def _mend_yinchuan(lines: Sequence[str]) -> list[str]:
    return once(simplified(lines))


def _mend_yangquan(lines: Sequence[str]) -> list[str]:
    whole = restored(one.replace("肆客足球", "我局") for one in lines)
    agency = "阳泉市工业和信息化局"
    return joined(
        ["成　员：机关各科室负责人。" if one == "员:机关各科室负责人。" else one for one in whole],
        (f"{agency}政务信息发布", "协调制度"),
        (f"{agency}政务信息公开", "保密审查制度"),
        (f"{agency}“五公开”纳入", "办文办会工作制度"),
    )


def _mend_luodian(lines: Sequence[str]) -> list[str]:
    """Each annex under one heading: its number and its title stand on two lines."""
    out: list[str] = []
    for one in lines:
        if out and re.fullmatch(r"附件\d+[:：]?", out[-1]):
            out[-1] = f"{out[-1].rstrip(':：')}　{one}"
        else:
            out.append(one)
    return out


def _since(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type,misc]


PAGES = {
    "000": Page(
        body="nx",
        title="宁夏回族自治区工业和信息化厅政务公开工作暂行办法",
        issuer="宁夏回族自治区工业和信息化厅",
        genre=Genre.NOTICE,
        formed_on=date(2020, 1, 1),
        effective_on=date(2020, 1, 1),
        expires_on=date(2022, 12, 31),
        validity=Validity.LAPSED,
        published_at=_since(2020, 1, 15, 14, 36),
        first="第一章",
        last="上一条",
        source="宁夏回族自治区工业和信息化厅原网站“政府信息公开制度”栏目",
        notes=("原页面没有成文日期，按施行日期登记。", "章的序号与原页面一致，各条连续编号，引用时以条为准。"),
        heads=("行政规范性文件认定标准",),
    ),
    "001": Page(
        body="yc",
        title="中共银川市委办公厅 银川市人民政府办公厅印发《关于全面推进全市政务公开工作的实施意见》的通知",
        issuer="中共银川市委办公厅、银川市人民政府办公厅",
        genre=Genre.OPINION,
        formed_on=date(2016, 11, 1),
        first="各縣(市)區黨委和人民政府",
        last="熱門詞條",
        source="公开出版的百科网站所载文本",
        notes=(
            "原页面为繁体字，已转换为简体字，并恢复了转换时被替换的词语。",
            "原页面第一部分（二）4至第二部分（二）的内容重复刊载了一次，已删去重复部分。",
        ),
        mend=_mend_yinchuan,
        right=("中共银川市委办公厅银川市人民政府办公厅", "2016年11月1日"),
        heads=("关于全面推进全市政务公开工作的实施意见",),
    ),
    "002": Page(
        body="yq",
        title="关于印发政务公开工作制度的通知",
        issuer="阳泉市工业和信息化局",
        genre=Genre.NOTICE,
        formed_on=date(2020, 9, 10),
        published_at=_since(2021, 2, 23, 10, 2),
        first="机关各科室",
        last="",
        source="阳泉市工业和信息化局原网站“信息公开指南”栏目",
        notes=(
            "原页面缺少若干文字，已补为：成文日期“2020年9月10日”、年度报告公布日期“5月1日前”、文号“国办发〔2016〕61号”。",
            "原页面有三处混入了与本机关无关的网站名称，已按上下文改为“我局”。",
            "印发通知所列制度名称中没有保密审查制度，正文载有六项制度，均予收录。",
        ),
        mend=_mend_yangquan,
        right=("阳泉市工业和信息化局", "2020年9月10日"),
        heads=(
            "关于成立市工信局政务公开领导小组的通知",
            "阳泉市工业和信息化局政府信息公开制度",
            "阳泉市工业和信息化局政务信息发布协调制度",
            "阳泉市工业和信息化局政务信息公开保密审查制度",
            "阳泉市工业和信息化局政务信息公开责任追究制度",
            "阳泉市工业和信息化局“五公开”纳入办文办会工作制度",
            "阳泉市工业和信息化局政务舆情工作制度",
        ),
    ),
    "003": Page(
        body="ld",
        title="罗甸县人民政府办公室关于印发罗甸县信息发布管理制度等11项制度的通知",
        issuer="罗甸县人民政府办公室",
        genre=Genre.NOTICE,
        formed_on=date(2020, 11, 2),
        number="罗府办发〔2020〕121号",
        first="各乡镇人民政府",
        last="上一篇",
        source="罗甸县人民政府门户网站“信息公开相关制度”栏目",
        notes=(
            "附件1在通知正文中称《罗甸县人民政府网站信息发布管理制度》，在附件清单和附件中称《罗甸县信息发布管理制度》，按原文收录。",
        ),
        mend=_mend_luodian,
        right=("2020年11月2日",),
    ),
    "004": Page(
        body="wz",
        title="梧州市投资促进局政务公开工作方案",
        issuer="梧州市投资促进局",
        genre=Genre.NOTICE,
        formed_on=date(2019, 8, 30),
        published_at=_since(2019, 9, 2, 17, 51),
        first="为了认真贯彻落实",
        last="文件下载",
        source="梧州市投资促进局原网站“政策性文件”栏目",
        notes=("文中条款序号与原页面一致，个别序号原页面即缺失。",),
        right=("梧州市投资促进局", "2019年8月30日"),
    ),
}
"""The pages by the number their file begins with."""


def pages_in(folder: Path) -> dict[str, Path]:
    """The files of the five pages, by the code of their body. Raises Unreadable when there is none."""
    found = {page.body: path for path in sorted(folder.glob("*.txt")) if (page := PAGES.get(path.name[:3]))}
    if not found:
        raise Unreadable("文件夹中没有可以识别的页面（文件名应以 000 至 004 开头，扩展名为 .txt）。请核对路径。")
    return found


def read(path: Path) -> Iterator[Record]:
    """The document of one page."""
    page = PAGES[path.name[:3]]
    if path.stat().st_size > LARGEST:
        yield Record(path.name, None, problem="页面文件过大，不像是一个网页，请检查来源。")
        return
    try:
        words = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Record(path.name, None, problem="文件不是 UTF-8 编码，请用记事本另存为 UTF-8 编码后再导入。")
        return
    yield Record(page.title[:300], arrival_of(page, words), column=COLUMN)


def arrival_of(page: Page, words: str) -> Arrival:
    """The document out of the words of its page."""
    lines = page.mend(between(lines_of(words), page.first, page.last))
    note = _NOTE + "".join(page.notes)
    set_lines = [*(_set(page, one) for one in lines), Line(tidy(note))]
    particulars = Particulars(
        genre=page.genre,
        phase=Phase.MANAGEMENT,
        topic="政务公开",
        issuer=page.issuer,
        formed_on=page.formed_on,
        document_number=page.number,
        effective_on=page.effective_on,
        expires_on=page.expires_on,
        source=page.source,
    )
    return Arrival(
        text=text_of(page.title, set_lines),
        particulars=particulars,
        published_at=page.published_at,
        validity=page.validity,
    )


def _set(page: Page, words: str) -> Line:
    if words in page.heads or re.match(r"附件\d+　", words):
        return Line(words, "h2")
    if words in page.right:
        return Line(words, "right")
    one = line(words)
    within = page.body == "ld" and one.manner == "h2"  # chapters of an annex
    return Line(one.words, "h3") if within else one

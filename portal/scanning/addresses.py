"""Where somebody lives: houses and flats, farms by group and number, and what is called a home. Pure."""

import re
from collections.abc import Iterator

from portal.scanning.spans import Span
from portal.scanning.vocabulary import Finding

_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百〇零甲乙丙丁]{1,5}"
_COUNT = r"[0-9一二三四五六七八九十百〇零]{1,5}"
_FLAT = re.compile(
    rf"{_NUMBER} ?(?:号楼|号院|#楼|楼|幢|栋|弄|院|座) ?(?:{_COUNT} ?(?:单元|门|梯) ?)?(?:{_COUNT} ?(?:层|楼) ?)?"
    rf"{_COUNT} ?(?:室|户|号|房)(?![内外])|(?<!第){_COUNT} ?单元 ?{_COUNT}(?: ?[室户号])?(?![课页题节])"
    r"|(?:小区|花园|家园|公寓|[苑府城里村]|家属院) ?[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9\-])"
)
_FARM = re.compile(rf"村(?:委会)?[^。,;:、\n]{{0,8}}?{_COUNT} ?(?:组|社|队|屯) ?{_COUNT} ?号(?![机井线楼泵桥塘坝地渠])")
_CALLED_HOME = re.compile(
    r"(?:家庭住址|现住址|住址|家住|现住|户籍(?:所在地|地址|地)?|居住(?:地址|地|于|在)|常住地|住在|住于"
    r"|(?<![入居常暂现家内])住(?=[\u4e00-\u9fff]{2,9}?(?:省|自治区|市|县|区))(?![房建宅院宿所持]))"
    rf"[: ]{{0,2}}(?:为|是|在|于)?[^。;:\n]{{2,40}}?{_COUNT} ?号(?![线文令公楼院])"
)
_UNIT = re.compile(r"单元")
_HOMES = re.compile(
    r"小区|花园|公寓|家属[院楼区]|家园|嘉园|新村|宿舍|[苑]|住在|住址|家住|现住|户籍|居住|家庭|(?:[,:]|^)住(?![院房建宅])|棚户"
)
_OFFICES = re.compile(
    r"政府|大院|机关|住院|门诊|病房|中心|大厦|写字楼|办公|[局厅委办院处所站]\b|委员会|会议室|大厅|学院|学校|医院|派出所|公司|园区|基地|广场|商务|商场"
    r"|银行|实验|教室|教学|图书馆|法院|检察院|[局厅处所站](?=[0-9A-Za-z一二三四五六七八九十])"
)
_BEGINS = re.compile(
    r".*(?:住址|地址|住在|居住(?:地|于|在)?|户籍(?:所在)?地?|家住|现住|住于|位于|地点|送至|寄至|寄往|[,。;:!?、\"“”《》()\n\t]|^住(?![院房建宅])|(?<=[某人])住)",
    re.DOTALL,
)
_BEFORE = 30


def addresses(text: str) -> Iterator[Span]:
    """Homes; a room in what looks like an office is none, and one that could be either is not certain."""
    for match in _CALLED_HOME.finditer(text):
        start = match.start() + len(re.match(r"[家庭住址现户籍所在地居于常为是: ]+", match[0])[0])  # type: ignore[index]
        yield Span(Finding.ADDRESS, min(start, match.end() - 2), match.end())
    for match in _FLAT.finditer(text):
        start = _begin(text, match.start())
        clause = text[start : match.end()]
        asked = text[max(0, start - 6) : match.end()]
        home = bool(_UNIT.search(match[0]) or _HOMES.search(asked))
        if home or not _OFFICES.search(clause):
            yield Span(Finding.ADDRESS, start, match.end(), certain=home)
    for match in _FARM.finditer(text):
        yield Span(Finding.ADDRESS, _begin(text, match.start()), match.end())


def _begin(text: str, start: int) -> int:
    """Where the address begins of which the house stands at `start`: after the last sign or word that leads to it."""
    before = text[max(0, start - _BEFORE) : start]
    led = _BEGINS.match(before)
    return start - len(before) + (led.end() if led else 0)

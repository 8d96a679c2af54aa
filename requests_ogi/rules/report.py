"""Tables three and four of the annual report (国办公开办函〔2021〕30号): their lines, columns and equations. Pure.

A case belongs to a period by two days: the day it was received (条例第三十一条) and the day it was concluded (the answer's day
of service, or the withdrawal). Both are facts of the past, so that a period's figures can be counted again at any time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portal.regulations.registry import carries

from ..vocabulary import ApplicantKind

NEW, CARRIED, ALL_RESULTS, FORWARD = "new", "carried", "results", "forward"
TOTAL = "total"

COLUMNS: dict[str, str] = {
    ApplicantKind.NATURAL.value: "自然人",
    ApplicantKind.BUSINESS.value: "商业企业",
    ApplicantKind.RESEARCH.value: "科研机构",
    ApplicantKind.CHARITY.value: "社会公益组织",
    ApplicantKind.LEGAL_SERVICE.value: "法律服务机构",
    ApplicantKind.OTHER.value: "其他",
    TOTAL: "总计",
}
"""The seven columns with the headings of the form; all but the first and the last stand under 法人或其他组织."""


@dataclass(frozen=True)
class Line:
    """One line with numbers. `code` is the `report_row` of an answer for the results; `heading` stands to its left on the form.

    `meaning` is the definition staff read, `article` what the line rests on.
    """

    code: str
    label: str
    heading: str
    meaning: str
    article: str = ""

    @property
    def is_result(self) -> bool:
        """Whether a single case may have this line as its result."""
        return self.code not in {NEW, CARRIED, ALL_RESULTS, FORWARD}


_DONE = "本期办结（以答复送达之日为准），办理结果为本项的申请。"
_REFUSED, _UNABLE, _UNHANDLED, _OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

LINES: tuple[Line, ...] = (
    Line(
        NEW, "一、本年新收政府信息公开申请数量", "",
        "收到申请之日（条例第三十一条）在本期以内的申请。尚待与申请人确认的，确认之后才算收到；"
        "确认之前撤回的，按撤回之日计入。复议、诉讼后重新办理的不重复计算。", "条例第三十一条",
    ),
    Line(CARRIED, "二、上年结转政府信息公开申请数量", "", "本期以前收到，到本期开始时还没有办结的申请。"),
    Line("一", "（一）予以公开", "", _DONE, "条例第三十六条第一项、第二项"),
    Line("二", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", _DONE, "条例第三十七条"),
    Line("三1", "1.属于国家秘密", _REFUSED, _DONE, "条例第十四条"),
    Line("三2", "2.其他法律行政法规禁止公开", _REFUSED, _DONE, "条例第十四条"),
    Line("三3", "3.危及“三安全一稳定”", _REFUSED, _DONE, "条例第十四条"),
    Line("三4", "4.保护第三方合法权益", _REFUSED, _DONE, "条例第十五条、第三十二条"),
    Line("三5", "5.属于三类内部事务信息", _REFUSED, _DONE, "条例第十六条第一款"),
    Line("三6", "6.属于四类过程性信息", _REFUSED, _DONE, "条例第十六条第二款"),
    Line("三7", "7.属于行政执法案卷", _REFUSED, _DONE, "条例第十六条第二款"),
    Line("三8", "8.属于行政查询事项", _REFUSED, _DONE, "条例第三十六条第七项"),
    Line("四1", "1.本机关不掌握相关政府信息", _UNABLE, _DONE, "条例第三十六条第四项、第五项"),
    Line("四2", "2.没有现成信息需要另行制作", _UNABLE, _DONE, "条例第三十八条"),
    Line("四3", "3.补正后申请内容仍不明确", _UNABLE, _DONE, "条例第三十条"),
    Line("五1", "1.信访举报投诉类申请", _UNHANDLED, _DONE, "条例第三十九条第一款"),
    Line("五2", "2.重复申请", _UNHANDLED, _DONE, "条例第三十六条第六项"),
    Line("五3", "3.要求提供公开出版物", _UNHANDLED, _DONE, "条例第三十九条第二款"),
    Line("五4", "4.无正当理由大量反复申请", _UNHANDLED, _DONE, "条例第三十五条"),
    Line("五5", "5.要求行政机关确认或重新出具已获取信息", _UNHANDLED, _DONE, "条例第三十八条"),
    Line(
        "六1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER, _DONE, "条例第三十条",
    ),
    Line(
        "六2", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _OTHER, _DONE,
        "国办函〔2020〕109号第六条",
    ),
    Line("六3", "3.其他", _OTHER, "本期由申请人撤回（以撤回之日为准），或者以其他方式办结的申请。"),
    Line(ALL_RESULTS, "（七）总计", "", "本期办结的全部申请。每件申请只计一种结果。"),
    Line(FORWARD, "四、结转下年度继续办理", "", "本期结束时已经收到、还没有办结的申请。"),
)  # fmt: skip
RESULTS: tuple[str, ...] = tuple(line.code for line in LINES if line.is_result)
WITHDRAWN_LINE = "六3"
"""A withdrawal has no answer and no letter; it is counted here."""

Cells = Mapping[tuple[str, str], int]
"""Numbers of table three by (line, column); what is missing is nought."""


@dataclass(frozen=True)
class Fault:
    """An equation that does not hold. `equation` is E1 … E6; the sentence says where and by how much."""

    equation: str
    sentence: str


@dataclass(frozen=True)
class TableThree:
    """Table three of a period. `before` is what stood open in each column when the period began, counted by itself."""

    cells: Cells
    before: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, place: tuple[str, str]) -> int:
        return self.cells.get(place, 0)


EQUATIONS: dict[str, str] = {
    "E1": "每列：第一项加第二项之和，等于第三项（七）总计加第四项之和",
    "E2": "每列：第三项（七）总计等于（一）至（六）各行之和",
    "E3": "每行：总计列等于六类申请人之和",
    "E4": "每列：第二项等于上一期的第四项",
    "E5": "每个数都是不小于零的整数",
    "E6": "每件办结的申请有且只有一种结果",
}


@carries("AR30", "REG-50")
def equations(table: TableThree) -> list[Fault]:
    """Every equation of table three that does not hold, column by column; an empty list when the table balances."""
    return [*_flow(table), *_results(table), *_columns(table), *_before(table), *_whole(table), *_once(table)]


def _flow(table: TableThree) -> Iterator[Fault]:
    for column, label in COLUMNS.items():
        come = table[NEW, column] + table[CARRIED, column]
        gone = table[ALL_RESULTS, column] + table[FORWARD, column]
        if come != gone:
            yield Fault("E1", f"“{label}”列：第一项加第二项为{come}，第三项加第四项为{gone}，相差{abs(come - gone)}。")


def _results(table: TableThree) -> Iterator[Fault]:
    for column, label in COLUMNS.items():
        parts, whole = sum(table[code, column] for code in RESULTS), table[ALL_RESULTS, column]
        if parts != whole:
            yield Fault(
                "E2", f"“{label}”列：办理结果各行之和为{parts}，（七）总计为{whole}，相差{abs(parts - whole)}。"
            )


def _columns(table: TableThree) -> Iterator[Fault]:
    for line in LINES:
        parts = sum(table[line.code, column] for column in COLUMNS if column != TOTAL)
        whole = table[line.code, TOTAL]
        if parts != whole:
            yield Fault("E3", f"“{line.label}”行：六类申请人之和为{parts}，总计为{whole}，相差{abs(parts - whole)}。")


def _before(table: TableThree) -> Iterator[Fault]:
    for column, label in COLUMNS.items():
        carried, left = table[CARRIED, column], table.before.get(column, 0)
        if carried != left:
            yield Fault(
                "E4", f"“{label}”列：上年结转为{carried}，上一期末未办结的为{left}，相差{abs(carried - left)}。"
            )


def _whole(table: TableThree) -> Iterator[Fault]:
    for (code, column), number in table.cells.items():
        if type(number) is not int or number < 0:
            label = next((line.label for line in LINES if line.code == code), code)
            yield Fault("E5", f"“{label}”行、“{COLUMNS.get(column, column)}”列的数字{number}不是不小于零的整数。")


def _once(table: TableThree) -> Iterator[Fault]:
    strange = sorted({code for code, _ in table.cells} - {line.code for line in LINES})
    for code in strange:
        number = table[code, TOTAL]
        if number:
            yield Fault(
                "E6", f"有{number}件已办结的申请，办理结果（“{code or '空'}”）不在表三的行次之内，请核对其答复口径。"
            )


CHALLENGES: dict[str, str] = {
    "reconsideration": "行政复议",
    "litigation_direct": "行政诉讼：未经复议直接起诉",
    "litigation_after_review": "行政诉讼：复议后起诉",
}
"""The three blocks of table four."""

CHALLENGE_COLUMNS: dict[str, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    TOTAL: "总计",
}
_PARTS = ("upheld", "corrected", "other", "pending")
"""The columns of table four that make up its total."""


@carries("REG-50")
def balances(row: Mapping[str, int]) -> bool:
    """Whether one block of table four adds up: 维持 + 纠正 + 其他 + 尚未审结 = 总计."""
    return sum(row[name] for name in _PARTS) == row[TOTAL]

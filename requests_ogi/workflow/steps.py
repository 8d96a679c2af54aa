"""The table of steps: which act leads from where to where, by which article, with which consequence."""

from collections.abc import Callable
from datetime import date

from portal.ledger.models import Entry
from portal.ledger.service import describe
from portal.moment import chinese_date
from portal.workflow.engine import Step, Told, Workflow

from ..vocabulary import State

WHILE_HANDLED = (State.RECEIVED, State.ASSIGNED, State.COMPLETING, State.SUBMITTED)
"""A third party's word may arrive at any time before the decision."""

STEPS = Workflow(
    "requests_ogi",
    (
        Step(
            "apply", "提出申请", (), State.RECEIVED,
            "条例第二十九条", "申请即时登记，答复期限自次日起计算。", ("REG-29", "LD-A8-4", "LD-A8-5b"),
        ),
        Step(
            "register", "登记申请", (), State.RECEIVED,
            "条例第二十九条、第三十一条", "按提出方式确定收到申请之日，答复期限自次日起计算。", ("REG-31", "YC-5.2-1", "LD-A8-7b"),
        ),
        Step(
            "confirm_receipt", "与申请人确认", (State.UNCONFIRMED,), State.RECEIVED,
            "条例第三十一条", "双方确认之日即为收到申请之日，答复期限自次日起计算。", ("REG-31",),
        ),
        Step(
            "assign", "分办", (State.RECEIVED,), State.ASSIGNED,
            "条例第四条", "交承办机构拟办，内部办理期限开始计算。", ("REG-4", "YC-5.2-7"),
        ),
        Step(
            "give_back", "退回分办", (State.ASSIGNED,), State.RECEIVED,
            "条例第四条", "说明理由，退回政务公开办公室重新分办。答复期限照常计算。",
        ),
        Step(
            "reassign", "改派", (State.ASSIGNED,), State.ASSIGNED,
            "条例第四条", "改由其他机构承办，原承办机构不再看到本件。答复期限照常计算。",
        ),
        Step(
            "ask_completion", "发补正告知书", (State.RECEIVED, State.ASSIGNED), State.COMPLETING,
            "条例第三十条", "一次性告知需要补正的内容；收到补正后重新计算答复期限。只能发一次。", ("REG-30", "LD-A8-9-8"),
        ),
        Step(
            "supplement", "收到补正", (State.COMPLETING,), State.RECEIVED,
            "条例第三十条", "答复期限自收到补正之日的次日起重新计算。", ("REG-30", "LD-A8-9-8"),
        ),
        Step(
            "lapse", "认定逾期不补正", (State.COMPLETING,), State.APPROVED,
            "条例第三十条", "视为放弃申请，不再处理；生成告知书送达申请人。", ("REG-30",),
        ),
        Step(
            "consult", "征求第三方意见", (State.RECEIVED, State.ASSIGNED), None,
            "条例第三十二条", "书面征求第三方意见；从发出到对方答复的时间不计入答复期限。", ("REG-32", "REG-33", "LD-A8-9-5a", "LD-A8-10d"),
        ),
        Step(
            "serve_party", "登记第三方收到", WHILE_HANDLED, None,
            "条例第三十二条", "第三方的答复期限自收到征求意见书之日的次日起计算。", ("REG-32",),
        ),
        Step(
            "hear", "登记第三方意见", WHILE_HANDLED, None,
            "条例第三十二条", "记下第三方的意见和理由；答复期限自次日起继续计算。", ("REG-32",),
        ),
        Step(
            "record_search", "登记检索", (State.ASSIGNED,), None,
            "条例第三十六条第四项", "记下在哪里、用什么词、由谁检索，作为认定信息不存在的依据。", ("REG-36",),
        ),
        Step(
            "draft", "拟办答复", (State.ASSIGNED,), None,
            "条例第三十六条", "保存一版拟办意见，以前各版保留。", ("REG-36", "YQ-S1-9", "LD-A8-9-0"),
        ),
        Step(
            "submit", "送审", (State.ASSIGNED,), State.SUBMITTED,
            "条例第三十六条", "送有审签职责的负责同志审核，退回之前不能再改。", ("YC-5.2-1",),
        ),
        Step(
            "send_back", "退回修改", (State.SUBMITTED,), State.ASSIGNED,
            "条例第三十六条", "写明意见，退回承办机构修改。答复期限照常计算。",
        ),
        Step(
            "approve", "审签", (State.SUBMITTED,), State.APPROVED,
            "条例第三十六条", "生成正式答复文书并编号，内容不能再改。", ("YC-5.2-1", "YQ-S1-10c"),
        ),
        Step(
            "extend", "延期答复", (State.RECEIVED, State.ASSIGNED, State.SUBMITTED), None,
            "条例第三十三条第二款", "延长答复期限一次，同时向申请人发出延期告知书。", ("REG-33", "LD-A8-10c", "WZ-6.2-6", "YQ-S1-10e"),
        ),
        Step(
            "serve", "送达", (State.APPROVED,), State.SERVED,
            "条例第三十六条、第四十条", "登记送达日期和凭证；是否按期答复就此确定。", ("YQ-S1-10c", "YC-5.2-1"),
        ),
        Step(
            "withdraw", "撤回申请", (State.UNCONFIRMED, State.RECEIVED, State.ASSIGNED, State.COMPLETING, State.SUBMITTED), State.WITHDRAWN,
            "申请人自愿", "按申请人的意思终止办理。撤回后如仍需要，可以重新申请。",
        ),
        Step(
            "close", "归档", (State.SERVED, State.WITHDRAWN), State.CLOSED,
            "条例第四十五条", "封存全部案卷材料，此后不能再改。", ("REG-45", "YC-5.2-1"),
        ),
    ),
    states=dict(State.choices),
    told=Told(department="draft", office="assign", above="approve"),
)  # fmt: skip


def _through(sentence: str) -> Callable[[Entry], str]:
    """A sentence about the applicant's word that says how it came."""

    def told(entry: Entry) -> str:
        how = {"code": "（凭查询码在网上办理）", "staff": "（工作人员凭书面材料登记）"}.get(
            entry.told.get("through"), ""
        )
        day = entry.told.get("returned_on")
        return sentence.format(returned_on=chinese_date(date.fromisoformat(day)) if day else "") + how

    return told


describe("apply", "申请人在网上提出申请")
describe("register", "登记了申请")
describe("confirm_receipt", "与申请人确认收到申请，收到日期为{received_on}")
describe("assign", "分办给{department}")
describe("give_back", "退回分办")
describe("reassign", "由{former}改派给{department}")
describe("ask_completion", "发出补正告知书{letter}，补正期限{working_days}个工作日")
describe("supplement", _through("收到补正，答复期限自{returned_on}重新计算"))
describe("lapse", "认定申请人逾期不补正，生成告知书{letter}")
describe("consult", "发出征求意见书{letter}，征求第三方意见")
describe("serve_party", "登记第三方于{served_on}收到征求意见书")
describe("hear", "收到第三方意见，自次日起继续计算答复期限")
describe("record_search", "登记了一次检索")
describe("draft", "保存拟办意见第{version}稿")
describe("submit", "将第{version}稿送审")
describe("send_back", "退回第{version}稿修改")
describe("approve", "审签第{version}稿，生成答复文书{letter}")
describe("extend", "延期答复，期限由{old}延至{new}，延期告知书{letter}")
describe("serve", "送达答复文书，答复日期{answered_on}")
describe("withdraw", _through("申请已撤回"))
describe("close", "案卷归档封存")
describe("unmask", "查看了申请人的完整身份信息，事由：{why}")
describe("take_out", "取用了含申请人身份信息的{what}")

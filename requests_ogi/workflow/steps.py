"""The table of steps: which act leads from where to where, by which article, with which consequence."""

from collections.abc import Callable
from datetime import date

from portal.ledger.models import Entry
from portal.ledger.service import describe
from portal.moment import chinese_date
from portal.workflow.engine import Step, Told, Workflow

from ..vocabulary import Asked, Opinion, State, Weighed

WHILE_HANDLED = (State.RECEIVED, State.ASSIGNED, State.COMPLETING, State.PAYING, State.SUBMITTED)
"""A third party's word, and the applicant's, may arrive at any time before the decision."""

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
            "charge", "发收费通知书", (State.RECEIVED, State.ASSIGNED), State.PAYING,
            "条例第四十二条", "通知申请人缴纳信息处理费；缴费之前不再办理，缴费之后重新计算答复期限。只能收费一次，也可以不收。",
            ("REG-42", "FEE109-3", "FEE109-6", "LD-A8-12b"),
        ),
        Step(
            "serve_fee", "登记收到收费通知", (State.PAYING,), None,
            "条例第四十二条", "缴费期限自申请人收到收费通知书的次日起计算。", ("FEE109-6",),
        ),
        Step(
            "record_payment", "登记缴费", (State.PAYING,), State.RECEIVED,
            "条例第四十二条", "答复期限自申请人完成缴费的次日起重新计算。", ("FEE109-6",),
        ),
        Step(
            "lapse_fee", "认定逾期不缴费", (State.PAYING,), State.APPROVED,
            "条例第四十二条", "视为放弃申请，不再处理；生成告知书送达申请人。", ("FEE109-6",),
        ),
        Step(
            "waive", "撤回收费", (State.PAYING,), State.RECEIVED,
            "条例第四十二条", "书面告知申请人不需要缴费；答复期限按原起算日继续计算，视为没有收费。", ("REG-42",),
        ),
        Step(
            "refund", "登记退费", (State.RECEIVED, State.ASSIGNED), None,
            "条例第四十二条", "已经缴纳的费用退还申请人，本件按不收费办理；答复期限不变。", ("REG-42", "FEE109-5"),
        ),
        Step(
            "ask_reasons", "要求说明理由", (State.RECEIVED, State.ASSIGNED), None,
            "条例第三十五条", "书面要求申请人说明理由；等待期间答复期限照常计算。只能要求一次。", ("REG-35",),
        ),
        Step(
            "hear_reasons", "登记说明的理由", WHILE_HANDLED, None,
            "条例第三十五条", "记下申请人说明的理由，由负责人判断是否合理。", ("REG-35",),
        ),
        Step(
            "delay", "确定延迟答复", (State.RECEIVED, State.ASSIGNED, State.SUBMITTED), None,
            "条例第三十五条", "理由合理但无法按期答复的，确定延迟答复的期限并书面告知申请人；原答复期限停止计算。", ("REG-35",),
        ),
        Step(
            "consult", "征求第三方意见", (State.RECEIVED, State.ASSIGNED), None,
            "条例第三十二条", "书面征求第三方意见；从发出到对方答复的时间不计入答复期限。", ("REG-32", "REG-33", "LD-A8-9-5a", "LD-A8-10d"),
        ),
        Step(
            "consult_organ", "征求共同制作机关意见", (State.RECEIVED, State.ASSIGNED), None,
            "条例第三十四条", "征求共同制作机关意见；从发出到对方答复的时间不计入答复期限，逾期未提出意见的视为同意公开。",
            ("REG-34", "REG-33", "LD-A8-9-6"),
        ),
        Step(
            "refer", "报请主管部门确定", (State.RECEIVED, State.ASSIGNED), None,
            "条例第十七条", "不能确定是否可以公开的，报有关主管部门或者保密行政管理部门确定。答复期限照常计算。", ("REG-17", "LD-A8-8c"),
        ),
        Step(
            "serve_party", "登记对方收到", WHILE_HANDLED, None,
            "条例第三十二条、第三十四条", "对方的反馈期限自收到征求意见书之日的次日起计算。", ("REG-32", "REG-34"),
        ),
        Step(
            "hear", "登记反馈意见", WHILE_HANDLED, None,
            "条例第三十二条、第三十四条", "记下对方的意见和理由；因征求意见扣除时间的，答复期限自次日起继续计算。", ("REG-32", "REG-34"),
        ),
        Step(
            "weigh", "审查意见", (State.RECEIVED, State.ASSIGNED, State.SUBMITTED), None,
            "条例第十五条、第三十二条", "对不同意公开的理由是否合理，或者逾期未反馈怎样处理，作出审查结论。",
            ("REG-15", "REG-32", "LD-A8-9-5b", "YQ-S1-7b"),
        ),
        Step(
            "notify_party", "告知第三方", (State.APPROVED,), None,
            "条例第三十二条", "第三方不同意而决定公开的，将公开的内容和理由书面告知第三方；告知之前不能送达答复。", ("REG-32", "LD-A8-9-5c"),
        ),
        Step(
            "record_search", "登记检索", (State.ASSIGNED,), None,
            "条例第三十六条第四项", "记下在哪里、用什么词、由谁检索，作为认定信息不存在的依据。", ("REG-36",),
        ),
        Step(
            "enclose", "添加拟提供的材料", (State.ASSIGNED,), None,
            "条例第三十六条第二项", "上传要提供给申请人的文件原件。原件只在内部保存，申请人得到的是去除属性信息、遮盖后的副本。",
        ),
        Step(
            "withhold", "登记不予公开的部分", (State.ASSIGNED,), None,
            "条例第三十七条", "逐处登记内容、依据和理由；画出的区域在副本中彻底涂黑，不能恢复。", ("REG-37", "YQ-S1-9-4", "LD-A8-9-4"),
        ),
        Step(
            "restore", "取消一处不予公开的登记", (State.ASSIGNED,), None,
            "条例第三十七条", "该处恢复公开；需要修改的，取消后重新登记。取消的登记留在记录中。",
        ),
        Step(
            "remove", "取回拟提供的材料", (State.ASSIGNED,), None,
            "条例第三十六条第二项", "该材料不再提供，其中登记的不予公开部分一并取消。原件留在记录中。",
        ),
        Step(
            "draft", "拟办答复", (State.ASSIGNED,), None,
            "条例第三十六条", "保存一版拟办意见，以前各版保留。", ("REG-36", "YQ-S1-9", "LD-A8-9-0"),
        ),
        Step(
            "review_secrecy", "保密审查", (State.ASSIGNED, State.SUBMITTED), None,
            "条例第十七条", "先核对申请表形式要件，再审查拟提供的内容，记录审查人和结论。每一稿都要审查。", ("REG-17", "LD-A8-8a", "LD-A8-8b"),
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
            "suspend", "中止办理", (State.RECEIVED, State.ASSIGNED), None,
            "条例第三十三条", "书面通知申请人中止的理由；法定答复期限照常计算，只暂停本机关承诺的期限。", ("YQ-S1-10f",),
        ),
        Step(
            "take_up", "恢复办理", WHILE_HANDLED, None,
            "条例第三十三条", "中止的原因消除，恢复办理；本机关承诺的期限自次日起继续计算。", ("YQ-S1-10f",),
        ),
        Step(
            "postpone", "告知暂缓公开", (State.RECEIVED, State.ASSIGNED), None,
            "条例第十七条", "是否属于国家秘密尚未确定的，先书面告知申请人；不是最终答复，答复期限照常计算。", ("YQ-S1-9-9",),
        ),
        Step(
            "help", "登记提供的协助", (State.ASSIGNED, State.COMPLETING, State.SUBMITTED, State.APPROVED, State.SERVED), None,
            "条例第四十三条", "记下为有阅读困难或者视听障碍的申请人提供了什么协助。", ("REG-43", "LD-A8-12c"),
        ),
        Step(
            "serve", "送达", (State.APPROVED,), State.SERVED,
            "条例第三十六条、第四十条", "登记送达日期和凭证；是否按期答复就此确定。", ("YQ-S1-10c", "YC-5.2-1"),
        ),
        Step(
            "return_post", "登记退件", (State.SERVED,), State.APPROVED,
            "条例第四十条", "邮件被退回，需要重新送达，之前不能归档。因申请人原因退回的，首次交邮之日仍为答复日期。", ("LET235-4",),
        ),
        Step(
            "withdraw", "撤回申请",
            (State.UNCONFIRMED, State.RECEIVED, State.ASSIGNED, State.COMPLETING, State.PAYING, State.SUBMITTED), State.WITHDRAWN,
            "申请人自愿", "按申请人的意思终止办理。撤回后如仍需要，可以重新申请。",
        ),
        Step(
            "close", "归档", (State.SERVED, State.WITHDRAWN), State.CLOSED,
            "条例第四十五条", "封存全部案卷材料，此后不能再改。", ("REG-45", "YC-5.2-1"),
        ),
        Step(
            "propose_publication", "提出公开答复", (State.SERVED, State.CLOSED), None,
            "条例第四十四条", "提出一份不含任何人身份的问答文稿，经另一位同志核对后对公众公开。案卷不变。", ("REG-44",),
        ),
        Step(
            "check_privacy", "核对并公开答复", (State.SERVED, State.CLOSED), None,
            "条例第十五条、第四十四条", "核对文稿不含能够识别个人的内容，随即对公众公开。", ("REG-44",),
        ),
        Step(
            "withdraw_publication", "撤下公开的答复", (State.SERVED, State.CLOSED), None,
            "条例第十五条", "不再对公众公开，原网址说明已经撤下。不能恢复。",
        ),
        Step(
            "reassess", "提出定期评估意见", (State.SERVED, State.CLOSED), None,
            "条例第十八条", "对不予公开的内容重新评估，提出意见，报有审定职责的负责同志。已封存的案卷不变。", ("REG-18",),
        ),
        Step(
            "reevaluate", "审定定期评估意见", (State.SERVED, State.CLOSED), None,
            "条例第十八条", "继续不予公开的，开始下一个评估周期；可以公开的，交政务公开办公室安排主动公开。", ("REG-18",),
        ),
        Step(
            "release", "登记已主动公开", (State.SERVED, State.CLOSED), None,
            "条例第十八条", "记下公开的日期和栏目，本件定期评估就此结束。", ("REG-18",),
        ),
        Step(
            "nominate", "提请匿名化", (State.CLOSED,), None,
            "条例第四十五条", "保存期限届满，提请销毁申请人信息和办理中填写的文字，由负责同志审定。现在还不销毁任何内容。", ("PIPL-19", "PIPL-47"),
        ),
        Step(
            "anonymise", "匿名化", (State.CLOSED,), None,
            "条例第四十五条", "永久销毁申请人信息、申请和答复内容、附件、文书和卷宗；办理结果、日期、编号和校验值保留。不能恢复。", ("PIPL-47",),
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


def _of_asked(sentence: str) -> Callable[[Entry], str]:
    """A sentence about those who were asked: which kind, what they said, what was found."""

    def told(entry: Entry) -> str:
        said = entry.told
        served = said.get("served_on")
        return sentence.format(
            asked=Asked(said.get("asked", Asked.THIRD_PARTY)).label,
            served_on=chinese_date(date.fromisoformat(served)) if served else "",
            opinion=Opinion(said["opinion"]).label if "opinion" in said else "",
            finding=Weighed(said["finding"]).label if "finding" in said else "",
            late="（逾期提出）" if said.get("late") else "",
        )

    return told


def _where(entry: Entry) -> str:
    """Where a withheld part is, by number: names of materials stay out of the ledger."""
    if entry.told.get("material") is None:
        return "没有上传的内容"
    return f"第{entry.told['page']}页" if entry.told.get("page") else "整份材料"


describe("apply", "申请人在网上提出申请")
describe("register", "登记了申请")
describe("confirm_receipt", "与申请人确认收到申请，收到日期为{received_on}")
describe("assign", "分办给{department}")
describe("give_back", "退回分办")
describe("reassign", "由{former}改派给{department}")
describe("ask_completion", "发出补正告知书{letter}，补正期限{working_days}个工作日")
describe("supplement", _through("收到补正，答复期限自{returned_on}重新计算"))
describe("lapse", "认定申请人逾期不补正，生成告知书{letter}")
describe("charge", "发出收费通知书{letter}，信息处理费{amount}元")
describe("serve_fee", "登记申请人于{served_on}收到收费通知书，缴费期限至{limit_on}")
describe("record_payment", "登记申请人于{paid_on}缴费{amount}元，答复期限自次日起重新计算")
describe("lapse_fee", "认定申请人逾期不缴费，生成告知书{letter}")
describe("waive", "撤回收费通知书，发出告知书{letter}，答复期限按原起算日计算")
describe("refund", "登记于{refunded_on}退还信息处理费{amount}元")
describe("ask_reasons", "发出说明理由告知书{letter}，要求于{limit_on}前说明理由")
describe("hear_reasons", _through("收到申请人说明的理由"))
describe("delay", "确定延迟答复期限{working_days}个工作日，期限由{old}改为{new}，延迟答复告知书{letter}")
describe("consult", "发出征求意见书{letter}，征求第三方意见")
describe("consult_organ", "发出征求意见书{letter}，征求共同制作机关意见")
describe("refer", "发出请示函{letter}，报请主管部门确定")
describe("serve_party", _of_asked("登记{asked}于{served_on}收到函件"))
describe("hear", _of_asked("收到{asked}意见：{opinion}{late}"))
describe("weigh", _of_asked("对{asked}意见作出审查结论：{finding}"))
describe("notify_party", "向第三方发出告知书{letter}，告知公开的内容和理由")
describe("record_search", "登记了一次检索")
describe("enclose", "添加拟提供的材料，共{pages}页")
describe("withhold", lambda entry: f"登记不予公开的部分（{_where(entry)}）")
describe("restore", lambda entry: f"取消一处不予公开的登记（{_where(entry)}）")
describe("remove", "取回一份拟提供的材料")
describe("draft", "保存拟办意见第{version}稿")
describe("review_secrecy", "对第{version}稿进行保密审查")
describe("submit", "将第{version}稿送审")
describe("send_back", "退回第{version}稿修改")
describe("approve", "审签第{version}稿，生成答复文书{letter}")
describe("extend", "延期答复，期限由{old}延至{new}，延期告知书{letter}")
describe("suspend", "中止办理，发出通知书{letter}")
describe("take_up", "自{taken_up_on}起恢复办理")
describe("postpone", "告知申请人暂缓公开，发出告知书{letter}")
describe("help", "记录于{helped_on}提供的协助")
describe("serve", "送达答复文书，答复日期{answered_on}")
describe("return_post", "登记答复文书于{returned_on}被退回")
describe("withdraw", _through("申请已撤回"))
describe("close", "案卷归档封存")
describe("propose_publication", "提出公开答复的文稿（{publication}）")
describe("check_privacy", "核对隐私后公开了答复（{publication}）")
describe("withdraw_publication", "撤下了公开的答复（{publication}），理由：{why}")
describe("reassess", "提出第{round}次定期评估意见：{verdict}")
describe("reevaluate", "审定第{round}次定期评估意见：{verdict}")
describe("release", "登记第{round}次评估的信息已于{released_on}主动公开")
describe("unmask", "查看了申请人的完整身份信息，事由：{why}")
describe("nominate", "保存期限已于{kept_until}届满，提请匿名化")
describe("anonymise", "匿名化：永久销毁文字{texts}处、文件{files}个")
describe("take_out", "取用了含申请人身份信息的{what}")

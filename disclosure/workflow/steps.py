"""The table of steps of a document, from draft to public and after."""

from portal.ledger.service import describe
from portal.workflow.engine import Step, Told, Workflow

from ..vocabulary import State

_DRAFT, _REVIEW, _SIGNED, _PUBLIC = State.DRAFT, State.REVIEW, State.SIGNED, State.PUBLISHED
_ALIVE = (_DRAFT, _REVIEW, _SIGNED, _PUBLIC)

STEPS = Workflow(
    "disclosure",
    (
        Step("draft", "起草", (), _DRAFT, "条例第十条", "新建一份文件，取得索引号，索引号此后不变。", ("REG-10", "YQ-S2-2")),
        Step("revise", "修改", (_DRAFT,), None, "条例第十条", "保存新的一版，原来各版都保留。"),
        Step(
            "transcribe", "录入附件文字", (_DRAFT,), None,
            "条例第六条", "另存一版，录入的文字随附件一并送审、公开，可以朗读和检索；以附件原件为准。",
        ),
        Step(
            "propose", "送审", (_DRAFT,), _REVIEW,
            "条例第十七条", "送审后不能修改；缺少公开属性、理由或者解读方案的会被退回。", ("REG-17",),
        ),
        Step(
            "countersign", "征求意见", (_DRAFT, _REVIEW), None,
            "条例第十条", "请涉及的机构或者机关书面答复；没有答复同意的，不能签发。", ("YQ-S2-3-0", "YQ-S3-9"),
        ),
        Step(
            "answer_countersign", "书面答复", (_DRAFT, _REVIEW), None,
            "条例第十条", "记录书面意见和依据；答复只对现在这一版有效。", ("YQ-S2-3-1", "YQ-S2-3-2"),
        ),
        Step(
            "settle", "协商解决", (_DRAFT, _REVIEW), None,
            "条例第十条", "记录与不同意公开的单位协商的结果。", ("YQ-S2-3-3",),
        ),
        Step("invite", "邀请外部审核", (_REVIEW,), None, "条例第十七条", "生成一次性链接，对方不用登录即可审核。", ("REG-17",)),
        Step("answer_invitation", "外部审核", (_REVIEW,), None, "条例第十七条", "记录外部审核人员的意见。", ("REG-17",)),
        Step(
            "scan", "重新检查", (_REVIEW, _SIGNED), None,
            "条例第十七条", "重新检查正文和附件，列出需要处理的内容。", ("NX-19-1a",),
        ),
        Step(
            "decide_finding", "处理检查结果", (_REVIEW, _SIGNED), None,
            "条例第十七条", "记录处理结论和理由；没有处理完的，不能签发和发布。", ("NX-19-1a", "LD-A1-9", "YQ-S3-7"),
        ),
        Step("pass_stage", "审核通过", (_REVIEW,), None, "条例第十七条", "记录您的审核意见，转入下一环节。", ("REG-17",)),
        Step("send_back", "退回", (_REVIEW, _SIGNED), _DRAFT, "条例第十七条", "退回起草人修改，再次送审时各环节重新审核。", ("REG-17",)),
        Step(
            "sign", "签发", (_REVIEW,), _SIGNED,
            "条例第十七条", "公开属性随文件一并确定；签发后不能再修改。", ("NX-07-1b", "LD-A4-4c", "WZ-6.3-1b"),
        ),
        Step(
            "recheck", "印前复核", (_SIGNED,), None,
            "条例第十七条", "确认送印文稿与审批稿一致，并转办公室印制。", ("WZ-6.3-7", "WZ-6.3-8"),
        ),
        Step(
            "publish_urgently", "紧急发布", (_REVIEW,), _PUBLIC,
            "条例第二十六条", "不等审核办完，立即向社会公开；须写明理由，并由其他负责同志限期补办审批。", ("LD-A1-15",),
        ),
        Step(
            "approve_later", "补办审批", (_PUBLIC, _DRAFT, _REVIEW, _SIGNED, State.WITHDRAWN), None,
            "条例第十七条", "确认紧急发布；不同意的，先办理“撤下”。", ("REG-17",),
        ),
        Step("publish", "发布", (_SIGNED,), _PUBLIC, "条例第二十六条", "立即向社会公开。", ("REG-26",)),
        Step("schedule", "定时发布", (_SIGNED,), None, "条例第二十六条", "到时间自动公开；公开前可以改期。", ("REG-26",)),
        Step(
            "embargo", "限制公开时间", (_DRAFT, _REVIEW, _SIGNED), None,
            "条例第二十六条", "在设定的时间之前不能发布，例如统计数据。", ("REG-26",),
        ),
        Step("keep", "办结", (_SIGNED,), State.KEPT, "条例第十三条", "不主动公开的文件就此办结，列入定期评估。", ("REG-13",)),
        Step(
            "release", "重新衡量后转为公开", (State.KEPT,), _DRAFT,
            "条例第十八条", "转回起草，公开属性重新确定，再经各环节审核。", ("REG-18", "NX-16-6b"),
        ),
        Step(
            "deliver", "登记送交查阅场所", _ALIVE, None,
            "条例第二十五条", "记录公开的文本送交何处、多少份、由谁签收。", ("LD-A4-7b", "LD-A6-5-2"),
        ),
        Step("amend", "修订", (_PUBLIC,), _DRAFT, "条例第六条", "在公开的版本之外另起一版；新版发布之前，公众仍看到原来的版本。"),
        Step("abandon", "放弃修订", (_DRAFT,), _PUBLIC, "条例第六条", "公众看到的版本不变；改过的各版保留在案，登记事项恢复为修订以前的。"),
        Step(
            "withdraw", "撤下", (_PUBLIC, _DRAFT, _REVIEW, _SIGNED), State.WITHDRAWN,
            "条例第六条", "从网站撤下，原网址保留并说明原因。",
        ),
        Step("restore", "重新办理公开", (State.WITHDRAWN,), _DRAFT, "条例第六条", "另起一版，重新审核、签发后才能恢复公开。"),
        Step(
            "stay_withdrawn", "放弃恢复公开", (_DRAFT,), State.WITHDRAWN,
            "条例第六条", "原网址继续显示撤下的说明；改过的各版保留在案。",
        ),
        Step(
            "take_in", "收录", (), _PUBLIC,
            "条例第十条", "收录已经公开过的文件，记明来源，不再办理审核和签发。", ("REG-10",),
        ),
        Step("renew", "来源更新", (_PUBLIC,), None, "条例第六条", "按来源的新文本更新，原来的文本作为旧版保留。"),
        Step(
            "plan_interpretation", "编制解读方案", (_DRAFT,), None,
            "国办发〔2016〕80号", "解读方案随文件一并送审；送审之前可以修改。", ("YC-3.1-1a", "YQ-S5-1.3c", "LD-A2-4-1"),
        ),
        Step(
            "assess_risk", "登记社会风险评估", (_DRAFT,), None,
            "条例第六条", "评估结论随文件一并送审；送审之前可以修改。", ("YC-3.1-1a",),
        ),
        Step(
            "record_deliberation", "登记会议审议", (_REVIEW,), None,
            "国办发〔2016〕80号", "记录会议日期和结果；一并提请审议的解读方案同时存档，没有审议通过的不能签发。", ("LD-A2-4-2b",),
        ),
        Step("pair", "关联解读材料", _ALIVE, None, "国办发〔2016〕80号", "公开后，文件和解读材料互相可以找到。", ("WZ-6.3-1e",)),
        Step("unpair", "解除关联", _ALIVE, None, "国办发〔2016〕80号", "撤销关联错误的解读材料；双方都已公开的不能解除。"),
        Step(
            "identify", "规范性文件认定", (_DRAFT, _REVIEW, _PUBLIC), None,
            "国办发〔2018〕37号", "逐项回答后得出结论，回答和理由都会保存。", ("RULE37", "NX-AX-1"),
        ),
        Step(
            "confirm_identification", "复核认定结论", (_DRAFT, _REVIEW, _PUBLIC), None,
            "国办发〔2018〕37号", "由认定人以外的人员复核；属于规范性文件的，公开后列入目录。", ("NX-AX-1",),
        ),
        Step(
            "record_legality", "登记合法性审核", (_DRAFT, _REVIEW), None,
            "国办发〔2018〕37号", "记录审核机构的意见，只对现在的文本有效。", ("LD-A2-4-3", "RULE37"),
        ),
        Step(
            "number_document", "编发文字号", (_REVIEW, _SIGNED), None,
            "国办发〔2018〕37号", "取本机关本年度的下一个号；应当合法性审核而没有通过的不予编号。", ("LD-A2-4-3",),
        ),
        Step(
            "repeal", "废止", (_PUBLIC,), None,
            "条例第二十条", "原页面保留，标明自何日起废止、由哪一份文件代替。", ("NX-08-4b", "WEB47"),
        ),
        Step("mark_amended", "标注已修改", (_PUBLIC,), None, "条例第二十条", "原页面标明已由哪一份文件修改。", ("WEB47",)),
        Step(
            "lapse", "失效", _ALIVE, None,
            "条例第二十条", "有效期届满的文件自动失效；宣布失效的，注明依据。", ("NX-08-4b", "WEB47"),
        ),
        Step(
            "retry", "重新同步", (_PUBLIC, _DRAFT, _REVIEW, _SIGNED, State.WITHDRAWN), None,
            "条例第二十三条", "同步失败的站点再试一次。",
        ),
        Step("discard", "作废", (_DRAFT,), State.DISCARDED, "", "不再办理，记录保留。"),
    ),
    states=dict(State.choices),
    told=Told(department="draft", office="publish", above="sign"),
)  # fmt: skip

ABOUT = "disclosure.document"

describe("draft", "起草《{title}》", about=ABOUT)
describe("revise", "保存第{version}版", about=ABOUT)
describe("transcribe", "录入附件文字，保存第{version}版", about=ABOUT)
describe("propose", "第{round}次送审第{version}版，发布前检查发现{found}处", about=ABOUT)
describe("countersign", "请{unit}书面答复（{purpose}）", about=ABOUT)
describe("answer_countersign", "{unit}书面答复：{answer}（针对第{version}版）", about=ABOUT)
describe("settle", "与{unit}协商：{settlement}", about=ABOUT)
describe("invite", "邀请{organ}办理{label}，链接有效期至{expires_on}", about=ABOUT)
describe("answer_invitation", "{organ}{label}：{verdict}", about=ABOUT)
describe("scan", "重新检查，新发现{found}处", about=ABOUT)
describe("decide_finding", "处理检查发现的{kind}：{decision}", about=ABOUT)
describe("recheck", "{label}：确认", about=ABOUT)
describe("publish_urgently", "紧急发布第{version}版，理由：{why}", about=ABOUT)
describe("approve_later", "补办第{version}版紧急发布的审批", about=ABOUT)
describe("pass_stage", "{label}：同意", about=ABOUT)
describe("send_back", "{label}：退回修改", about=ABOUT)
describe("sign", "签发，公开属性为{openness}", about=ABOUT)
describe("publish", "公开第{version}版", about=ABOUT)
describe("schedule", "定于{publish_at}发布", about=ABOUT)
describe("embargo", "在{until}以前不得公开，理由：{reason}", about=ABOUT)
describe("keep", "不主动公开，办结", about=ABOUT)
describe("amend", "开始修订，另起第{version}版", about=ABOUT)
describe("abandon", "放弃修订第{version}版：{reason}", about=ABOUT)
describe("withdraw", "撤下，原因：{withdrawal}", about=ABOUT)
describe("restore", "重新办理公开，另起第{version}版", about=ABOUT)
describe("stay_withdrawn", "放弃恢复公开，第{version}版不再办理：{reason}", about=ABOUT)
describe("take_in", "收录已经公开的文件《{title}》，来源：{source}", about=ABOUT)
describe("renew", "来源更新，公开第{version}版", about=ABOUT)
describe("plan_interpretation", "{plan}", about=ABOUT)
describe("assess_risk", "{organ}评估社会风险：{level}", about=ABOUT)
describe("record_deliberation", "{meeting}（{held_on}）：{outcome}", about=ABOUT)
describe("deliver", "第{version}版送交{place}，纸质{copies}份", about=ABOUT)
describe("pair", "关联解读材料{interpretation}（{form}）", about=ABOUT)
describe("unpair", "解除与{interpretation}的关联", about=ABOUT)
describe("identify", "第{version}版{finding}", about=ABOUT)
describe("confirm_identification", "复核：{finding}", about=ABOUT)
describe("record_legality", "{organ}对第{version}版合法性审核：{verdict}", about=ABOUT)
describe("number_document", "编发文字号{document_number}", about=ABOUT)
describe("repeal", "自{since}起废止，依据{basis}", about=ABOUT)
describe("mark_amended", "自{since}起已修改，依据{basis}", about=ABOUT)
describe("lapse", "自{since}起失效，依据：{basis}", about=ABOUT)
describe("retry", "重新同步到{site}（{errand}）", about=ABOUT)
describe("discard", "作废", about=ABOUT)

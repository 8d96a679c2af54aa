"""The table of steps of a document, from draft to public and after."""

from portal.ledger.service import describe
from portal.workflow.engine import Step, Told, Workflow

from ..vocabulary import State

_DRAFT, _REVIEW, _SIGNED, _PUBLIC = State.DRAFT, State.REVIEW, State.SIGNED, State.PUBLISHED

STEPS = Workflow(
    "disclosure",
    (
        Step("draft", "起草", (), _DRAFT, "条例第十条", "新建一份文件，取得索引号，索引号此后不变。", ("REG-10",)),
        Step("revise", "修改", (_DRAFT,), None, "条例第十条", "保存新的一版，原来各版都保留。"),
        Step(
            "propose", "送审", (_DRAFT,), _REVIEW,
            "条例第十七条", "送审后不能修改；缺少公开属性、理由或者解读方案的会被退回。", ("REG-17",),
        ),
        Step("pass_stage", "审核通过", (_REVIEW,), None, "条例第十七条", "记录您的审核意见，转入下一环节。", ("REG-17",)),
        Step("send_back", "退回", (_REVIEW, _SIGNED), _DRAFT, "条例第十七条", "退回起草人修改，再次送审时各环节重新审核。", ("REG-17",)),
        Step(
            "sign", "签发", (_REVIEW,), _SIGNED,
            "条例第十七条", "公开属性随文件一并确定；签发后不能再修改。", ("NX-07-1b", "LD-A4-4c", "WZ-6.3-1b"),
        ),
        Step("publish", "发布", (_SIGNED,), _PUBLIC, "条例第二十六条", "立即向社会公开。", ("REG-26",)),
        Step("schedule", "定时发布", (_SIGNED,), None, "条例第二十六条", "到时间自动公开；公开前可以改期。", ("REG-26",)),
        Step("keep", "办结", (_SIGNED,), State.KEPT, "条例第十三条", "不主动公开的文件就此办结，列入定期评估。", ("REG-13",)),
        Step("amend", "修订", (_PUBLIC,), _DRAFT, "条例第六条", "在公开的版本之外另起一版；新版发布之前，公众仍看到原来的版本。"),
        Step("withdraw", "撤下", (_PUBLIC,), State.WITHDRAWN, "条例第六条", "从网站撤下，原网址保留并说明原因。"),
        Step("discard", "作废", (_DRAFT,), State.DISCARDED, "", "不再办理，记录保留。"),
    ),
    states=dict(State.choices),
    told=Told(department="draft", office="publish", above="sign"),
)  # fmt: skip

ABOUT = "disclosure.document"

describe("draft", "起草《{title}》", about=ABOUT)
describe("revise", "保存第{version}版", about=ABOUT)
describe("propose", "第{round}次送审第{version}版", about=ABOUT)
describe("pass_stage", "{label}：同意", about=ABOUT)
describe("send_back", "{label}：退回修改", about=ABOUT)
describe("sign", "签发，公开属性为{openness}", about=ABOUT)
describe("publish", "公开第{version}版", about=ABOUT)
describe("schedule", "定于{publish_at}发布", about=ABOUT)
describe("keep", "不主动公开，办结", about=ABOUT)
describe("amend", "开始修订，另起第{version}版", about=ABOUT)
describe("withdraw", "撤下，原因：{withdrawal}", about=ABOUT)
describe("discard", "作废", about=ABOUT)

"""What the papers of the demonstration say: one subject for each body, and the words for each kind of paper on it."""

from dataclasses import dataclass
from datetime import date

from portal.organisation.models import Body

from ..vocabulary import Genre, Phase


@dataclass(frozen=True)
class Subject:
    """What a body's papers are about. `readers` is whom its notices address, `mark` the word of its document numbers."""

    topic: str
    keywords: tuple[str, ...]
    matter: str
    readers: str
    aim: str
    measures: tuple[str, str, str]
    event: str
    mark: str


SUBJECTS = {
    "nx": Subject(
        "工业、交通",
        ("中小企业", "数字化转型"),
        "中小企业数字化转型",
        "各市、县（区）工业和信息化主管部门",
        "帮助中小企业用得上、用得起、用得好数字化工具",
        (
            "分行业编制转型指南，免费向企业提供诊断服务",
            "建立服务商目录，按季度公布服务质量评价结果",
            "对首次上云的企业给予服务券支持，申领全程网上办理",
        ),
        "中小企业数字化转型服务商征集",
        "宁工信演示",
    ),
    "yc": Subject(
        "综合政务",
        ("政务服务", "延时服务"),
        "政务服务大厅延时服务",
        "各县（市）区人民政府，市直各部门",
        "方便上班族在工作时间以外办事",
        (
            "每周六上午开放综合窗口，受理事项与工作日一致",
            "工作日延时一小时，预约优先、现场取号兜底",
            "网上提交的事项当日回应，节假日后首个工作日办结",
        ),
        "政务服务大厅志愿引导员招募",
        "银政演示",
    ),
    "yq": Subject(
        "工业、交通",
        ("工业节能", "节能诊断"),
        "工业企业节能诊断",
        "各县（区）工业和信息化局，各有关企业",
        "摸清用能底数，帮助企业降低成本",
        (
            "对年综合能耗较大的企业每三年诊断一次",
            "诊断报告由企业保存，发现的问题列出整改时限",
            "成效明显的做法汇编成册，向全市企业推广",
        ),
        "节能诊断服务机构遴选",
        "阳工信演示",
    ),
    "ld": Subject(
        "农业、林业、水利",
        ("农村供水", "饮水安全"),
        "农村饮水安全管护",
        "各乡镇人民政府、街道办事处，县政府各部门",
        "让群众常年喝上放心水",
        (
            "每处供水工程明确一名管护员，姓名和职责在村务公开栏公布",
            "水质每季度检测一次，结果在县政府门户网站公开",
            "维修资金专账管理，使用情况接受群众监督",
        ),
        "农村供水工程管护员培训",
        "罗府办演示",
    ),
    "wz": Subject(
        "商贸、海关、旅游",
        ("投资促进", "全程代办"),
        "投资项目全程代办服务",
        "局机关各科室，各县（市、区）投资促进局",
        "减少投资者跑动次数，缩短项目落地时间",
        (
            "每个项目配备一名代办员，一次告知所需材料",
            "重大项目实行周调度，堵点三个工作日内回应",
            "办理进度可以随时查询，办结后请投资者评价",
        ),
        "投资政策线上宣讲会",
        "梧投促演示",
    ),
}


@dataclass(frozen=True)
class Paper:
    """One paper: its kind, and its words with `{…}` for what the subject puts in."""

    genre: Genre
    phase: Phase
    title: str
    lines: tuple[str, ...]


_POLICY = (
    "{readers}：",
    "为{aim}，经研究，现就{matter}有关工作通知如下。",
    "一、主要措施",
    "（一）{first}。",
    "（二）{second}。",
    "（三）{third}。",
    "二、组织实施",
    "各单位要明确责任人和完成时限，每半年将进展情况报送本机关。执行中遇到的问题，及时反馈。",
    "本通知自印发之日起施行。",
)
_RULES = (
    "{readers}：",
    "现将《{matter}管理办法》印发给你们，请认真贯彻执行。",
    "## {matter}管理办法",
    "第一条　为{aim}，规范{matter}工作，根据有关法律法规，结合实际，制定本办法。",
    "第二条　本办法适用于{matter}的申请、办理、监督等活动。",
    "第三条　{first}。",
    "第四条　{second}。",
    "第五条　{third}。",
    "第六条　申请人应当如实提供材料。提供虚假材料的，三年内不再受理其同类申请，并依法处理。",
    "第七条　办理结果应当自作出之日起五个工作日内告知申请人。申请人有异议的，可以自收到结果之日起十个工作日内申请复核。",
    "第八条　本办法自印发之日起施行，有效期五年。",
)
PAPERS = {
    "former": Paper(
        Genre.NOTICE,
        Phase.DECISION,
        "关于印发《{matter}管理暂行办法》的通知",
        (
            "{readers}：",
            "现将《{matter}管理暂行办法》印发给你们，请认真贯彻执行。",
            "## {matter}管理暂行办法",
            "第一条　为{aim}，制定本办法。",
            "第二条　{first}。",
            "第三条　申请人对办理结果有异议的，可以自收到结果之日起五个工作日内申请复核。",
            "第四条　本办法自印发之日起施行。",
        ),
    ),
    "normative": Paper(Genre.NOTICE, Phase.DECISION, "关于印发《{matter}管理办法》的通知", _RULES),
    "numbering": Paper(
        Genre.NOTICE,
        Phase.DECISION,
        "关于印发《{matter}信用承诺办法》的通知",
        (
            "{readers}：",
            "现将《{matter}信用承诺办法》印发给你们，请认真贯彻执行。",
            "## {matter}信用承诺办法",
            "第一条　为{aim}，减少申请材料，制定本办法。",
            "第二条　申请人书面承诺符合条件并愿意承担虚假承诺责任的，可以免交有关证明材料。",
            "第三条　承诺内容不实的，撤销办理结果，并自发现之日起二年内不再适用信用承诺。",
            "第四条　本办法自印发之日起施行，有效期至{until}年12月31日。",
        ),
    ),
    "explained": Paper(
        Genre.INTERPRETATION,
        Phase.DECISION,
        "《{matter}管理办法》政策解读",
        (
            "一、为什么用新办法代替暂行办法",
            "暂行办法施行以来，在{matter}中发挥了作用，但申请人的权利和办理时限写得不够清楚。新办法作了补充。",
            "二、主要变化有哪些",
            "明确了告知办理结果的时限，把申请复核的期限由五个工作日延长到十个工作日，写明了提供虚假材料的后果。",
            "三、群众和企业怎样办理",
            "按照办事指南提交申请即可，不需要重复提交可以共享的材料。疑问可以向{office}咨询，电话{phone}。",
        ),
    ),
    "former_explained": Paper(
        Genre.INTERPRETATION,
        Phase.DECISION,
        "《{matter}管理暂行办法》政策解读",
        (
            "一、为什么制定暂行办法",
            "{matter}开展时间不长，先以暂行办法规范，取得经验后再修订。",
            "二、群众和企业怎样办理",
            "按照办事指南提交申请。疑问可以向{office}咨询，电话{phone}。",
        ),
    ),
    "pledge_explained": Paper(
        Genre.INTERPRETATION,
        Phase.DECISION,
        "《{matter}信用承诺办法》政策解读",
        (
            "一、什么是信用承诺",
            "申请人书面承诺符合条件，可以免交有关证明材料，先行办理。",
            "二、承诺不实怎么办",
            "撤销办理结果，二年内不再适用信用承诺；造成损失的，依法承担责任。",
        ),
    ),
    "duties": Paper(
        Genre.INFORMATION,
        Phase.MANAGEMENT,
        "{body}机构职能",
        (
            "一、主要职责",
            "贯彻执行国家有关法律法规和政策，组织实施{matter}等工作。",
            "二、办公地址、办公时间和联系方式",
            "办公时间为工作日上午九时至十二时、下午二时至六时。联系电话：{phone}。",
        ),
    ),
    "rules": Paper(
        Genre.INFORMATION,
        Phase.MANAGEMENT,
        "{body}政务公开工作制度（摘要）",
        (
            "一、公开为常态，不公开为例外。文件在起草时同步确定公开属性。",
            "二、文件公开前依次经过承办机构审核、保密审查、负责同志签发。",
            "三、应当主动公开的，自形成或者变更之日起二十个工作日内公开。",
            "四、公众可以对公开的内容提出意见，由{office}受理，电话{phone}。",
        ),
    ),
    "annual": Paper(
        Genre.INFORMATION,
        Phase.RESULT,
        "{body}{last_year}年政府信息公开工作年度报告",
        (
            "## 一、总体情况",
            "{last_year}年，{body}围绕{matter}等群众关心的事项主动公开政府信息，依法办理公开申请。",
            "## 二、主动公开政府信息情况",
            "各栏目内容按期更新，新制定的政策文件均同步发布解读。",
            "## 三、收到和处理政府信息公开申请情况",
            "申请均在法定期限内答复，具体数据见本网站公布的统计表。",
            "## 四、存在的主要问题及改进情况",
            "部分栏目更新不够及时，已经明确专人维护，按季度核对。",
        ),
    ),
    "people": Paper(
        Genre.INFORMATION,
        Phase.RESULT,
        "{matter}工作情况（第三季度）",
        (
            "一、工作进展",
            "第三季度，{first}；{second}。",
            "二、群众关心的问题",
            "咨询较多的是申请条件和办理时限，已经在办事指南中补充说明。",
        ),
    ),
    "duty": Paper(
        Genre.NOTICE,
        Phase.MANAGEMENT,
        "关于做好节假日值班工作的通知",
        (
            "机关各内设机构：",
            "节假日期间，各内设机构安排人员值班，保持电话畅通，重要情况及时报告办公室。",
            "值班表由办公室汇总后在内部公开。",
        ),
    ),
    "policy": Paper(Genre.NOTICE, Phase.DECISION, "关于推进{matter}工作的通知", _POLICY),
    "interpretation": Paper(
        Genre.INTERPRETATION,
        Phase.DECISION,
        "《关于推进{matter}工作的通知》政策解读",
        (
            "一、为什么要出台这份文件",
            "目的是{aim}。起草过程中听取了有关单位和服务对象的意见。",
            "二、与群众和企业关系最密切的内容有哪些",
            "{first}；{second}；{third}。",
            "三、什么时候开始执行",
            "自印发之日起施行。办理中有疑问的，可以在本网站提出，我们会及时答复。",
        ),
    ),
    "notice": Paper(
        Genre.NOTICE,
        Phase.EXECUTION,
        "关于开展{event}的通知",
        (
            "{readers}：",
            "为{aim}，决定开展{event}，现将有关事项通知如下。",
            "一、请于本月底前将名单报送本机关，报送材料应当真实、完整。",
            "二、名单确定后向社会公示五个工作日，接受监督。",
        ),
    ),
    "bulletin": Paper(
        Genre.ANNOUNCEMENT,
        Phase.RESULT,
        "{event}结果公告",
        ("{event}工作已经完成，现将结果予以公告。", "对结果有异议的，请自公告之日起五个工作日内以书面形式提出。"),
    ),
    "budget": Paper(
        Genre.INFORMATION,
        Phase.MANAGEMENT,
        "{year}年部门预算公开说明",
        (
            "一、部门主要职责",
            "承担{matter}等工作。",
            "二、收支总体情况",
            "本年度收支预算按照综合预算的原则编制，收入与支出平衡。",
            "三、“三公”经费情况",
            "按照厉行节约的要求从严控制，不高于上年度预算。具体数额以批复的预算表为准。",
        ),
    ),
    "service": Paper(
        Genre.INFORMATION,
        Phase.SERVICE,
        "{matter}办事指南",
        (
            "一、办理条件",
            "符合有关规定的单位和个人均可以申请。",
            "二、办理流程",
            "提出申请、受理、审核、告知结果。全程不收取费用。",
            "三、服务内容",
            "{first}。",
        ),
    ),
    "plan": Paper(
        Genre.INFORMATION,
        Phase.EXECUTION,
        "{matter}年度工作要点",
        ("本年度围绕{matter}，重点做好以下工作。", "一、{first}。", "二、{second}。", "三、{third}。"),
    ),
    "progress": Paper(
        Genre.INFORMATION,
        Phase.EXECUTION,
        "{matter}上半年进展情况",
        ("上半年，各项措施有序推进。", "一、{first}，已经完成阶段任务。", "二、{second}，正在按计划实施。"),
    ),
    "minutes": Paper(
        Genre.MINUTES,
        Phase.DECISION,
        "{matter}工作推进会会议纪要",
        ("会议听取了{matter}工作进展情况的汇报。", "会议要求，{third}。"),
    ),
    "error": Paper(
        Genre.NOTICE,
        Phase.SERVICE,
        "关于调整{matter}咨询时间的通知",
        ("因办公场所调整，{matter}的咨询时间变更为每个工作日上午九时至十二时。",),
    ),
    "draft": Paper(
        Genre.OPINION,
        Phase.DECISION,
        "关于进一步做好{matter}工作的意见（起草稿）",
        ("为{aim}，提出以下意见。", "一、{second}。"),
    ),
    "waiting": Paper(
        Genre.NOTICE,
        Phase.EXECUTION,
        "关于报送{matter}典型做法的通知",
        ("{readers}：", "请总结{matter}中的典型做法，于下月十日前报送。每篇不超过两千字。"),
    ),
    "lapsing": Paper(
        Genre.NOTICE,
        Phase.EXECUTION,
        "关于{matter}试行期内有关事项的通知",
        ("试行期内，{first}。", "试行期满后，根据评估情况另行通知。"),
    ),
}


def words_of(paper: Paper, subject: Subject, *, body: Body, on: date) -> tuple[str, tuple[str, ...]]:
    """Title and lines of a paper of a body on a subject, written on a day."""
    first, second, third = subject.measures
    said = {
        "matter": subject.matter,
        "readers": subject.readers,
        "aim": subject.aim,
        "event": subject.event,
        "first": first,
        "second": second,
        "third": third,
        "body": body.name,
        "office": body.office_name,
        "phone": body.phone,
        "year": on.year,
        "last_year": on.year - 1,
        "until": on.year + 5,
    }
    return paper.title.format(**said), tuple(one.format(**said) for one in paper.lines)

"""The words of publishing: states, openness, kinds of document, with what people read."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a document stands. What the public sees is another column (`Document.public`)."""

    DRAFT = "draft", "起草"
    REVIEW = "review", "审核中"
    SIGNED = "signed", "已签发"
    PUBLISHED = "published", "已公开"
    KEPT = "kept", "已办结（不主动公开）"
    WITHDRAWN = "withdrawn", "已撤下"
    DISCARDED = "discarded", "已作废"


class Openness(TextChoices):
    """What every body's attribute comes down to."""

    OPEN = "open", "主动公开"
    PARTIAL = "partial", "部分公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"


GOES_OUT = (Openness.OPEN, Openness.PARTIAL)
"""What is published. Of a partial document the published text is the one without the closed parts."""


class Audience(TextChoices):
    """Who may read what is published (WZ-3-2: matters of the staff are open to the staff)."""

    PUBLIC = "public", "社会公众"
    STAFF = "staff", "本机关工作人员"


class Phase(TextChoices):
    """The five phases of openness (五公开, NX-02-1)."""

    DECISION = "decision", "决策公开"
    EXECUTION = "execution", "执行公开"
    MANAGEMENT = "management", "管理公开"
    SERVICE = "service", "服务公开"
    RESULT = "result", "结果公开"


class Validity(TextChoices):
    """Whether a published document still holds."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


class Genre(TextChoices):
    """文种: the kinds of the 党政机关公文处理工作条例, and what a portal publishes besides."""

    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"
    ORDER = "order", "命令（令）"
    BULLETIN = "bulletin", "公报"
    ANNOUNCEMENT = "announcement", "公告"
    CIRCULAR = "circular", "通告"
    OPINION = "opinion", "意见"
    NOTICE = "notice", "通知"
    COMMENDATION = "commendation", "通报"
    REPORT = "report", "报告"
    SUBMISSION = "submission", "请示"
    REPLY = "reply", "批复"
    MOTION = "motion", "议案"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    LAW = "law", "法律法规规章"
    INTERPRETATION = "interpretation", "政策解读"
    INFORMATION = "information", "其他信息"


class Content(TextChoices):
    """What decides the review chain: the body's own paper, one in the government's name, a repost …"""

    OWN = "own", "本机关文件和信息"
    GOVERNMENT = "government", "以政府名义公开"
    REPOST = "repost", "转载"
    INTERACTIVE = "interactive", "互动栏目"
    EMERGENCY = "emergency", "突发事件和敏感信息"
    UNUSUAL = "unusual", "规定范围和形式以外的信息"
    SERVICE = "service", "公共企事业单位办事公开信息"


class Verdict(TextChoices):
    """What a reviewer says of a version."""

    PASSED = "passed", "同意"
    RETURNED = "returned", "退回"


class StageKind(TextChoices):
    """What a stage of a chain looks at."""

    REVIEW = "review", "审核"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "合法性审核"
    SIGN = "sign", "签发"


class Withdrawal(TextChoices):
    """Why something was taken off the site. The page stays and says so (410)."""

    ERROR = "error", "内容有误"
    PRIVACY = "privacy", "涉及个人隐私或者商业秘密"
    SECRECY = "secrecy", "经审查不应公开"
    SUPERSEDED = "superseded", "已由其他文件代替"
    ORDERED = "ordered", "按照有权机关的决定"


class Errand(TextChoices):
    """What another site is asked to do."""

    SHOW = "show", "发布"
    TAKE_OFF = "take_off", "撤下"


class Sending(TextChoices):
    """How far such an errand has come."""

    WAITING = "waiting", "等待同步"
    DONE = "done", "已同步"
    FAILED = "failed", "同步失败"


class ImportKind(TextChoices):
    """What is imported: the collection of laws, pages that bodies published before, a table of the office."""

    LAWS = "laws", "法律法规库"
    PAGES = "pages", "原网站页面"
    TABLE = "table", "登记表"


class Fate(TextChoices):
    """What became of a row of an import."""

    TAKEN = "taken", "新收录"
    RENEWED = "renewed", "已更新"
    SAME = "same", "没有变化"
    REFUSED = "refused", "没有收录"


class Listed(TextChoices):
    """Where an item of the negative list stands."""

    FILED = "filed", "已报备，待汇总"
    IN_FORCE = "in_force", "现行"
    LEAVING = "leaving", "已报清除，待办"
    ENDED = "ended", "已清除"
    DECLINED = "declined", "未列入"


LISTED_NOW = (Listed.IN_FORCE, Listed.LEAVING)
"""In these states an item may be cited: it holds until it has been taken off the list."""


class Release(TextChoices):
    """How something comes out by the content list of a unit (LD-A1-14)."""

    DAILY = "daily", "日常发布"
    PERIODIC = "periodic", "定期发布"
    AD_HOC = "ad_hoc", "随时发布"


class Period(TextChoices):
    """What comes out again and again comes out once in each of these."""

    WEEK = "week", "每周"
    TEN_DAYS = "ten_days", "每旬"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"


class Entered(TextChoices):
    """Where an entry of the content list stands."""

    REPORTED = "reported", "已填报，待确认"
    IN_FORCE = "in_force", "现行"
    STRUCK = "struck", "已移出"
    DECLINED = "declined", "已退回"


class Filing(TextChoices):
    """Where an edition of a public unit's catalogue stands (LD-A5-10)."""

    COMPILED = "compiled", "已编制，待公布"
    FILED = "filed", "已公布报备，待审查"
    ACCEPTED = "accepted", "备案审查通过"
    ORDERED = "ordered", "主管部门要求改正"
    CORRECTED = "corrected", "已改正，由新的一版代替"
    DISCARDED = "discarded", "已作废"


FILED_EVER = (Filing.FILED, Filing.ACCEPTED, Filing.ORDERED, Filing.CORRECTED)
"""In these states an edition has been put before the public."""


class Adjustment(TextChoices):
    """What is asked for an item of the catalogue (LD-A7-5 to LD-A7-7)."""

    ADD = "add", "增加"
    CHANGE = "change", "变更"
    REMOVE = "remove", "清除"


class Adjusting(TextChoices):
    """Where an application to adjust the catalogue stands."""

    FILLED_IN = "filled_in", "待单位审核"
    SEALED = "sealed", "已报送，待调整"
    ADJUSTED = "adjusted", "已调整公布"
    DECLINED = "declined", "已退回"


class Cause(TextChoices):
    """Why something that was closed is looked at again (NX-16-2, NX-16-6b)."""

    DECISION = "decision", "所涉决策、决定已经作出"
    CONSENT = "consent", "第三方同意公开"
    PUBLIC_INTEREST = "public_interest", "不公开会对公共利益造成重大影响"
    CHANGED = "changed", "不予公开的依据不再成立"


class Weighing(TextChoices):
    """Where such a second look stands."""

    OPEN = "open", "待重新衡量"
    DECIDED = "decided", "已衡量"


class Weighed(TextChoices):
    """What came of it."""

    RELEASED = "released", "转为公开"
    STAYS = "stays", "继续不予公开"


class InterpretationForm(TextChoices):
    """What an interpretation is (LD-A2-2, YC-3.1-2a)."""

    TEXT = "text", "文字解读"
    GRAPHIC = "graphic", "图表图解"
    VIDEO = "video", "音频、视频、动漫"
    ARTICLE = "article", "解读评论文章"
    QUESTIONS = "questions", "政策问答"
    ONLINE_INTERVIEW = "online_interview", "在线访谈"
    MEDIA_INTERVIEW = "media_interview", "媒体专访"
    PRESS_ANSWERS = "press_answers", "答记者问"
    PRESS_CONFERENCE = "press_conference", "新闻发布会"
    BRIEFING = "briefing", "政策吹风"
    EXPERT = "expert", "专家解读"


VISUAL = (InterpretationForm.GRAPHIC, InterpretationForm.VIDEO)
"""What meets the limit for graphic material (NX-08-3b)."""


class Conclusion(TextChoices):
    """What a clean-up says of a normative document."""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "予以修改"
    REPEAL = "repeal", "予以废止"
    LAPSED = "lapsed", "宣布失效"


class CleanUpState(TextChoices):
    """Where a clean-up stands."""

    OPEN = "open", "清理中"
    PUBLISHED = "published", "结果已公布"


class Decision(TextChoices):
    """What a reviewer says of something that was found."""

    HARMLESS = "harmless", "不属于所提示的内容"
    ALLOWED = "allowed", "可以公开"
    REMOVED = "removed", "应当删去"


class Using(TextChoices):
    """Whether texts are searched for a sensitive word."""

    IN_USE = "in_use", "使用中"
    ENDED = "ended", "已停用"


class Purpose(TextChoices):
    """What another unit is asked for before a document goes out."""

    CONSENT = "consent", "征求同意"
    CLASSIFICATION = "classification", "提请确定密级"


class Word(TextChoices):
    """What a unit that was asked answers in writing."""

    AGREES = "agrees", "同意公开"
    DISAGREES = "disagrees", "不同意公开"


class Settlement(TextChoices):
    """What the office and the units came to after one of them disagreed."""

    RELEASE = "release", "协商一致，可以公开"
    WITHHOLD = "withhold", "协商决定，不予公开"


class Participation(TextChoices):
    """How others took part in a major decision (WZ-6.3-4c)."""

    RESEARCH = "research", "调研研究"
    CONSULTATION = "consultation", "咨询协商"
    EXPERTS = "experts", "专家论证"
    PUBLIC = "public", "公众评议"
    COUNTERSIGN = "countersign", "部门会签"
    LEGALITY = "legality", "合法性审核"


class RiskLevel(TextChoices):
    """How much unrest a policy may cause, as its assessment says (YC-3.1-1a)."""

    LOW = "low", "低风险"
    MEDIUM = "medium", "中风险"
    HIGH = "high", "高风险"


class MeetingOutcome(TextChoices):
    """What the meeting that a policy goes to said of it (LD-A2-4-2b)."""

    PASSED = "passed", "审议通过"
    PASSED_AMENDED = "passed_amended", "原则通过，按会议意见修改"
    REJECTED = "rejected", "未通过"


MEETING_AGREES = (MeetingOutcome.PASSED, MeetingOutcome.PASSED_AMENDED)
"""After these the policy may be signed."""

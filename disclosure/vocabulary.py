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

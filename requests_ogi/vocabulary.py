"""The words of disclosure on request (依申请公开), each with its Chinese label."""

from django.db.models import TextChoices

ANSWER, DRAFT, CONFIRMATION, COMPLETION, COMPLETION_NOTICE = (
    "answer",
    "draft",
    "receipt_confirmation",
    "completion_reply",
    "completion_notice",
)
"""The duties of a request, by the key of their term."""


class State(TextChoices):
    """Where a request stands. One axis: outcome, visibility and lateness are other questions."""

    UNCONFIRMED = "unconfirmed", "待确认收到"
    RECEIVED = "received", "待分办"
    ASSIGNED = "assigned", "承办中"
    COMPLETING = "completing", "待申请人补正"
    SUBMITTED = "submitted", "待审签"
    APPROVED = "approved", "待送达"
    SERVED = "served", "已送达待归档"
    WITHDRAWN = "withdrawn", "已撤回待归档"
    CLOSED = "closed", "已归档"


OPEN_STATES = (
    State.UNCONFIRMED,
    State.RECEIVED,
    State.ASSIGNED,
    State.COMPLETING,
    State.SUBMITTED,
    State.APPROVED,
)
"""The applicant still waits for an answer."""


class Channel(TextChoices):
    """How the request arrived; it decides which day counts as receipt (条例第三十一条)."""

    ONLINE = "online", "网上提交"
    COUNTER = "counter", "当面提交"
    REGISTERED_MAIL = "registered_mail", "挂号信、邮政特快专递（需签收）"
    ORDINARY_MAIL = "ordinary_mail", "平常信函（无需签收）"
    FAX = "fax", "传真"
    EMAIL = "email", "电子邮件"
    ORAL = "oral", "口头提出（工作人员代为填写）"
    TELEPHONE = "telephone", "电话提出（工作人员代为填写）"
    TELEGRAM = "telegram", "电报"


class ReceiptRule(TextChoices):
    """Which day is the day of receipt (收到申请之日)."""

    SUBMISSION = "submission", "当面提交之日"
    SIGNING = "signing", "签收之日"
    CONFIRMATION = "confirmation", "与申请人确认之日"


class ApplicantKind(TextChoices):
    """The columns of table three (表三) of the annual report."""

    NATURAL = "natural", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    CHARITY = "charity", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他法人或者组织"


class IdentityDocument(TextChoices):
    RESIDENT_ID = "resident_id", "居民身份证"
    HK_MACAO_PASS = "hk_macao_pass", "港澳居民来往内地通行证"
    TAIWAN_PASS = "taiwan_pass", "台湾居民来往大陆通行证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    FOREIGN_RESIDENCE = "foreign_residence", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    CREDIT_CODE = "credit_code", "统一社会信用代码证书"


class Form(TextChoices):
    """The form in which the information is wanted."""

    ELECTRONIC = "electronic", "电子文件"
    PAPER = "paper", "纸质文件"
    INSPECTION = "inspection", "现场查阅、抄录"


class Manner(TextChoices):
    """How the answer is to reach the applicant (获取信息的方式、途径)."""

    ONLINE = "online", "网上查看和下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    IN_PERSON = "in_person", "当面领取"


class Outcome(TextChoices):
    """What became of the request. Finer than the annual report: 不存在 and 非本机关 share one line there."""

    GRANTED = "granted", "予以公开"
    ALREADY_PUBLIC = "already_public", "已主动公开"
    PARTIAL = "partial", "部分公开"
    STATE_SECRET = "state_secret", "不予公开：国家秘密"
    LAW_PROHIBITS = "law_prohibits", "不予公开：法律、行政法规禁止公开"
    THREE_SECURITIES = "three_securities", "不予公开：危及“三安全一稳定”"
    THIRD_PARTY_RIGHTS = "third_party_rights", "不予公开：保护第三方合法权益"
    INTERNAL_AFFAIRS = "internal_affairs", "不予公开：内部事务信息"
    PROCESS_INFO = "process_info", "不予公开：过程性信息"
    ENFORCEMENT_FILE = "enforcement_file", "不予公开：行政执法案卷信息"
    REGISTRY_QUERY = "registry_query", "行政查询事项"
    NOT_EXIST = "not_exist", "本机关不掌握：信息不存在"
    NOT_OURS = "not_ours", "本机关不掌握：不属于本机关负责公开"
    NEEDS_PROCESSING = "needs_processing", "没有现成信息需要另行制作"
    STILL_UNCLEAR = "still_unclear", "补正后申请内容仍不明确"
    PETITION = "petition", "信访举报投诉类申请"
    REPEAT = "repeat", "重复申请"
    PUBLICATION = "publication", "要求提供公开出版物"
    UNREASONABLE_VOLUME = "unreasonable_volume", "无正当理由大量反复申请"
    CONFIRM_REISSUE = "confirm_reissue", "要求确认或重新出具已获取信息"
    LAPSED_COMPLETION = "lapsed_completion", "逾期不补正不再处理"
    LAPSED_FEE = "lapsed_fee", "逾期不缴费不再处理"
    WITHDRAWN = "withdrawn", "申请人撤回"
    OTHER = "other", "其他处理"


REFUSALS = (
    Outcome.STATE_SECRET,
    Outcome.LAW_PROHIBITS,
    Outcome.THREE_SECURITIES,
    Outcome.THIRD_PARTY_RIGHTS,
    Outcome.INTERNAL_AFFAIRS,
    Outcome.PROCESS_INFO,
    Outcome.ENFORCEMENT_FILE,
)
"""不予公开 in the narrow sense (条例第十四至十六条): a ground, a reason and the severability question are owed."""

DRAFTED_OUTCOMES = tuple(
    outcome
    for outcome in Outcome
    if outcome not in {Outcome.LAPSED_COMPLETION, Outcome.LAPSED_FEE, Outcome.WITHDRAWN, Outcome.OTHER}
)
"""The outcomes a department may draft; the others come about by an act of their own."""


class Opinion(TextChoices):
    """What a third party says about release (条例第三十二条)."""

    AGREES = "agrees", "同意公开"
    OBJECTS = "objects", "不同意公开"


class Severability(TextChoices):
    """The question of 条例第三十七条, answered before anything is refused whole."""

    SEVERABLE = "severable", "能够区分处理，可公开部分另行提供"
    INSEVERABLE = "inseverable", "已逐项审查，无法作区分处理"


class Help(TextChoices):
    """Help an applicant may need (条例第四十三条)."""

    NONE = "", "不需要"
    READING = "reading", "阅读困难，需要协助阅读或者讲解"
    VISUAL = "visual", "视力障碍，需要大字版、语音或者盲文"
    HEARING = "hearing", "听力、言语障碍，需要文字沟通"
    OTHER = "other", "其他需要（请在“特征描述”中说明）"

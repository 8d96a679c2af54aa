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

RE_EVALUATION = "re_evaluation"
"""The duty to look again at what was withheld (条例第十八条); it runs on when the dossier is sealed."""

FEE_PAYMENT, REASONS_REPLY, DELAYED_ANSWER = "fee_payment", "reasons_reply", "delayed_answer"
"""The terms of what may come of very many requests: paying, giving reasons, an answer that is delayed."""

RE_EVALUATION = "re_evaluation"
"""The duty to look again at what was withheld (条例第十八条); it runs on when the dossier is sealed."""


class State(TextChoices):
    """Where a request stands. One axis: outcome, visibility and lateness are other questions."""

    UNCONFIRMED = "unconfirmed", "待确认收到"
    RECEIVED = "received", "待分办"
    ASSIGNED = "assigned", "承办中"
    COMPLETING = "completing", "待申请人补正"
    PAYING = "paying", "待申请人缴费"
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
    State.PAYING,
    State.SUBMITTED,
    State.APPROVED,
)
"""The applicant still waits for an answer."""

CONCLUDED_STATES = (State.SERVED, State.WITHDRAWN, State.CLOSED)
"""Answered or withdrawn: counted as a result in the annual report of the year of `concluded_on`."""


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


class Asked(TextChoices):
    """Who is asked before the decision."""

    THIRD_PARTY = "third_party", "第三方"
    CO_MAKER = "co_maker", "共同制作机关"
    AUTHORITY = "authority", "主管部门"


class Opinion(TextChoices):
    """What those who were asked say about release (条例第十七条、第三十二条、第三十四条)."""

    AGREES = "agrees", "同意公开"
    OBJECTS = "objects", "不同意公开"


class Weighed(TextChoices):
    """What the body finds of an objection, or decides after silence (条例第十五条、第三十二条)."""

    REASONABLE = "reasonable", "不同意公开的理由合理，不予公开"
    UNREASONABLE = "unreasonable", "不同意公开的理由不合理，可以公开"
    OVERRIDE = "override", "不公开会对公共利益造成重大影响，决定公开"
    SILENCE_OPEN = "silence_open", "逾期未提出意见，决定公开"
    SILENCE_WITHHOLD = "silence_withhold", "逾期未提出意见，决定不予公开"


OF_OBJECTIONS = (Weighed.REASONABLE, Weighed.UNREASONABLE, Weighed.OVERRIDE)
OF_SILENCE = (Weighed.SILENCE_OPEN, Weighed.SILENCE_WITHHOLD)
KEPT_BACK = (Weighed.REASONABLE, Weighed.SILENCE_WITHHOLD)
"""Findings after which the content is not released."""
AGAINST_OBJECTION = (Weighed.UNREASONABLE, Weighed.OVERRIDE)
"""Findings after which the third party is told in writing what is released against its word, and why."""


class Severability(TextChoices):
    """The question of 条例第三十七条, answered before anything is refused whole."""

    SEVERABLE = "severable", "能够区分处理，可公开部分另行提供"
    INSEVERABLE = "inseverable", "已逐项审查，无法作区分处理"


class SecrecyFinding(TextChoices):
    """What the review before release found (条例第十七条)."""

    OPEN = "open", "可以公开"
    PARTLY = "partly", "可以部分公开，其余应当区分处理"
    CLOSED = "closed", "不得公开"
    DOUBTFUL = "doubtful", "不能确定，需报主管部门或者保密行政管理部门"


class ChallengeKind(TextChoices):
    """The three blocks of table four (表四): by which way an answer, or silence, was challenged."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION_DIRECT = "litigation_direct", "行政诉讼（未经复议直接起诉）"
    LITIGATION_AFTER_REVIEW = "litigation_after_review", "行政诉讼（复议后起诉）"


class Procedure(TextChoices):
    """How a reconsideration is heard; it decides how long the body has for its defence."""

    SIMPLE = "simple", "简易程序"
    ORDINARY = "ordinary", "普通程序"


class ChallengeState(TextChoices):
    """Where a challenge stands."""

    OPEN = "open", "待答复举证"
    DEFENDED = "defended", "已答复举证，待审结"
    CONCLUDED = "concluded", "已审结"


class ChallengeResult(TextChoices):
    """How a challenge ended: the columns of table four."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class Verdict(TextChoices):
    """What a periodic look at withheld information finds (条例第十八条)."""

    STILL_WITHHELD = "still_withheld", "继续不予公开"
    NOW_PUBLIC = "now_public", "情势变化，可以公开"


class FeeBasis(TextChoices):
    """How a fee is reckoned (国办函〔2020〕109号第三条): by one list or the other, never by both. The value names the list."""

    ITEM = "per_item", "按件计收"
    PAGE = "per_page", "按量计收"


class Scope(TextChoices):
    """How much of what was asked for is withheld in one part (条例第三十七条)."""

    AREA = "area", "本页画出的区域"
    PAGE = "page", "本页全部"
    MATERIAL = "material", "整份材料"
    ELSEWHERE = "elsewhere", "没有上传的内容"


class Concern(TextChoices):
    """What somebody comes with, before it is received as a request."""

    INFORMATION = "information", "申请获取政府信息（已有的文件、数据等）"
    POLICY = "policy", "咨询政策规定、办事程序"
    PETITION = "petition", "反映问题，信访、投诉、举报"


class Fault(TextChoices):
    """Why an answer came back by post."""

    APPLICANT = "applicant", "申请人提供的地址有误、无人签收或者拒收"
    OURS = "ours", "本机关或者邮政企业的原因"


class ConsentForm(TextChoices):
    """How a collective body gave its consent."""

    MEETING = "meeting", "会议讨论同意"
    CIRCULAR = "circular", "书面会签同意"


class Help(TextChoices):
    """Help an applicant may need (条例第四十三条)."""

    NONE = "", "不需要"
    READING = "reading", "阅读困难，需要协助阅读或者讲解"
    VISUAL = "visual", "视力障碍，需要大字版、语音或者盲文"
    HEARING = "hearing", "听力、言语障碍，需要文字沟通"
    OTHER = "other", "其他需要（请在“特征描述”中说明）"


class MotionKind(TextChoices):
    """What a citizen moves the body to do, other than to hand out information."""

    CORRECTION = "correction", "更正申请"
    SUGGESTION = "suggestion", "主动公开建议"
    COMPLAINT = "complaint", "投诉举报"


class MotionState(TextChoices):
    """Where a motion stands."""

    RECEIVED = "received", "待办理"
    ASSIGNED = "assigned", "核实中"
    DECIDED = "decided", "待告知"
    TOLD = "told", "已告知待归档"
    CLOSED = "closed", "已归档"


class MotionOutcome(TextChoices):
    """What became of a motion; each belongs to one kind (see `OUTCOMES_OF`)."""

    CORRECTED = "corrected", "已更正"
    ACCURATE = "accurate", "经核实无误，不予更正"
    TRANSFERRED = "transferred", "转有权更正的机关"
    PUBLISH = "publish", "转为主动公开"
    ALREADY_PUBLIC = "already_public", "已经主动公开"
    NOT_IN_SCOPE = "not_in_scope", "不宜主动公开"
    UPHELD = "upheld", "情况属实，责令改正"
    UNFOUNDED = "unfounded", "经查不属实"
    NOT_OURS = "not_ours", "不属于本机关处理"


OUTCOMES_OF = {
    MotionKind.CORRECTION: (MotionOutcome.CORRECTED, MotionOutcome.ACCURATE, MotionOutcome.TRANSFERRED),
    MotionKind.SUGGESTION: (MotionOutcome.PUBLISH, MotionOutcome.ALREADY_PUBLIC, MotionOutcome.NOT_IN_SCOPE),
    MotionKind.COMPLAINT: (MotionOutcome.UPHELD, MotionOutcome.UNFOUNDED, MotionOutcome.NOT_OURS),
}


class Grievance(TextChoices):
    """What a complaint is about (条例第四十七条、第五十一条)."""

    NOT_ANSWERED = "not_answered", "申请没有按期答复"
    UNLAWFUL_ANSWER = "unlawful_answer", "答复不符合规定"
    NOT_PUBLISHED = "not_published", "应当主动公开的没有公开"
    WRONGLY_PUBLISHED = "wrongly_published", "公开了不应当公开的内容"
    CHARGED = "charged", "违反规定收费"
    OTHER = "other", "其他"


class ConversionState(TextChoices):
    """Whether information that is to be published has been."""

    OPEN = "open", "待公开"
    DONE = "done", "已公开"

"""The tables of a document: its row, its versions and files, what was said of it, and what followed its publication."""

from functools import partial

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from portal.workflow.telling import Column, Table

from ..models import (
    Countersign,
    Deliberation,
    Document,
    DocumentFile,
    Finding,
    Identification,
    InterpretationPlan,
    Invitation,
    LegalityReview,
    Outgoing,
    Pairing,
    PaperCopy,
    Review,
    RiskAssessment,
    StandingChange,
    UrgentRelease,
    Version,
)
from .within import OPENED, ROWS

_of_document = partial(Table, about=Document, way="document")
_of_version = partial(Table, about=Document, way="version__document")

_CARD: tuple[Column, ...] = (
    *("genre", "phase", "content", "topic", "issuer", "formed_on", "effective_on", "expires_on", "audience"),
    *("is_policy", "is_major_decision", "is_enterprise_policy", "for_meeting", "service_class", "service_stage"),
    *("statistics", "statistics_due_on", "forwards__number", "number_told"),
    *("attribute", "openness", "negative_item__number", "grounds", "particulars"),
)
_SIGNED: tuple[Column, ...] = ("signed_by_id", "signed_at", "signed_digest")
_PUBLIC: tuple[Column, ...] = ("public__number", "published_at", "publish_at", "embargo_until", "late", "columns_now")
_AS_BEFORE: tuple[Column, ...] = (
    *(*_CARD, *_SIGNED, "proposed_attribute", "proposed_at", "publish_at", "embargo_until", "late"),
)
_OFF: tuple[Column, ...] = ("withdrawn_at", "withdrawal", "off")
DECIDED = ("attribute", "openness", "grounds", "negative_item__number")
"""What the signer decides of the attribute."""

_DOCUMENT = Table(
    Document,
    "文件",
    about=Document,
    way="pk",
    within=f"{ROWS}.document",
    states=True,
    born={"draft": (*OPENED, *_CARD), "take_in": (*OPENED, *_CARD, *_PUBLIC, "import_run_id")},
    later={
        "revise": _CARD,
        "propose": ("round", "proposed_attribute", "proposed_at"),
        "send_back": (*_SIGNED, "publish_at"),
        "sign": (*_SIGNED, *DECIDED, "number_told"),
        "publish": (*_PUBLIC, *_OFF),
        "publish_urgently": (*_PUBLIC, *_OFF, *_SIGNED),
        "schedule": ("publish_at", "late"),
        "embargo": ("embargo_until", "publish_at"),
        "withdraw": (*_OFF, "publish_at", "embargo_until"),
        "amend": (*_SIGNED, "late"),
        "restore": (*_SIGNED, "late"),
        "abandon": _AS_BEFORE,
        "stay_withdrawn": _AS_BEFORE,
        "release": (*_SIGNED, *DECIDED),
        "renew": ("public__number", "import_run_id"),
        "number_document": ("number_told",),
        "repeal": ("successor__number",),
        "mark_amended": ("successor__number",),
    },
    computed={
        "columns_now": ArraySubquery(
            Document.columns.through.objects.filter(document=OuterRef("pk")).order_by("column").values("column")
        )
    },
    digests={
        "particulars": (
            *("number", "keywords", "joint_makers", "source", "participation", "participation_note"),
            *("statistics_approval", "enterprise_clauses", "media"),
        ),
        "number_told": ("number", "document_number"),
        "grounds": ("number", "reason", "legal_basis"),
        "late": ("number", "late_reason"),
        "off": ("number", "withdrawal_note"),
    },
    labels={
        "columns_now": "栏目",
        "number_told": "发文字号",
        "particulars": "主题词、联合制作机关、来源或者公众参与情况",
        "grounds": "不主动公开的理由和依据",
        "late": "逾期公开的理由",
        "off": "撤下时对公众的说明",
        "department__code": "承办机构",
        "public__number": "公开的版本",
        "forwards__number": "转发的文件",
        "negative_item__number": "负面清单事项",
        "successor__number": "代替本文件的文件",
    },
)

_WRITTEN: tuple[Column, ...] = ("made_by_id", "made_at", "authors", "columns_now", "words", "former_card")
_SHOWN: tuple[Column, ...] = ("published_by_id", "published_at", "card_told")
_VERSION = _of_document(
    Version,
    "版本",
    key=("number", "version"),
    within=f"{ROWS}.version",
    born={
        **dict.fromkeys(("draft", "revise", "amend", "restore", "transcribe"), _WRITTEN),
        **dict.fromkeys(("take_in", "renew"), (*_WRITTEN, *_SHOWN)),
    },
    later=dict.fromkeys(("publish", "publish_urgently"), _SHOWN)
    | dict.fromkeys(("abandon", "stay_withdrawn"), ("abandoned_at",)),
    computed={
        "columns_now": ArraySubquery(
            Version.columns.through.objects.filter(version=OuterRef("pk")).order_by("column").values("column")
        )
    },
    digests={
        "former_card": ("document__number", "before"),
        "words": ("document__number", "number", "title", "summary", "html", "text", "change_note"),
        "card_told": ("document__number", "card"),
    },
    labels={
        "words": "标题、概述、正文或者变更说明",
        "card_told": "公开时的目录事项",
        "former_card": "修订前的登记事项",
        "columns_now": "栏目",
    },
)

_ENCLOSED: tuple[Column, ...] = ("version__number", "file__sha256", "order", "openness", "name", "reading")
_FILE = _of_version(
    DocumentFile,
    "附件",
    key=("pk", "file"),
    within=f"{ROWS}.documentfile",
    born=dict.fromkeys(("draft", "revise", "amend", "restore", "transcribe", "take_in"), _ENCLOSED),
    later=dict.fromkeys(("propose", "publish", "publish_urgently"), ("reading",)),
    digests={
        "name": ("version__document__number", "title"),
        "reading": ("version__document__number", "reading_html", "reading_notes", "silent", "transcript"),
    },
    labels={"name": "附件名称", "reading": "网页阅读版", "version__number": "版本", "file__sha256": "文件"},
)

_REVIEWS = ("pass_stage", "send_back", "sign", "recheck", "answer_invitation")
_REVIEW = _of_document(
    Review,
    "审核记录",
    key=("pk", "review"),
    within=f"{ROWS}.review",
    born=dict.fromkeys(_REVIEWS, ("version__number", "round", "stage", "verdict", "reviewer_id", "at", "words")),
    digests={"words": ("document__number", "label", "opinion", "checked", "outsider")},
    labels={"version__number": "版本", "words": "审核的意见和逐项核对"},
)

_MET: tuple[Column, ...] = ("version__number", "file_id", "kind", "thing")
_SETTLED: tuple[Column, ...] = ("decision", "decided_by_id", "decided_at", "why")
_FINDING = _of_document(
    Finding,
    "发布前检查",
    key=("pk", "finding"),
    within=f"{ROWS}.finding",
    born=dict.fromkeys(("propose", "scan"), (*_MET, *_SETTLED)),
    later={"decide_finding": _SETTLED},
    digests={"thing": ("document__number", "place", "fingerprint", "certain"), "why": ("document__number", "reason")},
    labels={"version__number": "版本", "thing": "发现的内容", "why": "处理的理由"},
)

_COUNTERSIGN = _of_document(
    Countersign,
    "会签",
    key=("pk", "countersign"),
    within=f"{ROWS}.countersign",
    born={"countersign": ("purpose", "department__code", "asked_by_id", "asked_at", "asked")},
    later={
        "answer_countersign": ("version__number", "answer", "answered_by_id", "answered_at", "words"),
        "settle": ("settlement", "settled_by_id", "settled_at", "how"),
    },
    digests={
        "asked": ("document__number", "organ", "question"),
        "words": ("document__number", "opinion", "basis"),
        "how": ("document__number", "settlement_reason"),
    },
    labels={
        "department__code": "会签机构",
        "version__number": "答复所针对的版本",
        "asked": "征求意见的机关或者内容",
        "words": "答复的意见和依据",
        "how": "协商情况",
    },
)

_INVITATION = _of_document(
    Invitation,
    "外部审核",
    key=("pk", "invitation"),
    within=f"{ROWS}.invitation",
    born={"invite": ("version__number", "round", "stage", "invited_by_id", "invited_at", "expires_on", "words")},
    later={"answer_invitation": ("review_id",)},
    digests={"words": ("document__number", "organ", "label")},
    labels={"version__number": "版本", "words": "审核单位和审核事项"},
)

_PLAN = _of_document(
    InterpretationPlan,
    "解读方案",
    within=f"{ROWS}.interpretationplan",
    born={"plan_interpretation": ("important", "made_by_id", "made_at", "words")},
    digests={"words": ("document__number", "fields", "exempt_reason")},
    labels={"words": "方案内容或者不解读的理由"},
)

_PAIRING = Table(
    Pairing,
    "政策与解读",
    about=Document,
    way="policy",
    key=("pk", "pairing"),
    within=f"{ROWS}.pairing",
    born={"pair": ("interpretation__number", "form", "made_by_id", "made_at", "words")},
    gone=frozenset({"unpair"}),
    digests={"words": ("policy__number", "elements", "details")},
    labels={"interpretation__number": "解读材料", "words": "内容要素和同时公布的事项"},
)

FOUND = ("version__number", "is_normative", "made_by_id", "made_at", "words")
"""What an identification says when it is made."""
_IDENTIFICATION = _of_version(
    Identification,
    "规范性文件认定",
    key=("pk", "identification"),
    within=f"{ROWS}.identification",
    born={"identify": FOUND},
    later={"identify": ("replaced_at",), "confirm_identification": ("confirmed_by_id", "confirmed_at")},
    digests={"words": ("version__document__number", "answers", "reasons", "advice")},
    labels={"version__number": "版本", "words": "回答和理由"},
)

_LEGALITY = _of_version(
    LegalityReview,
    "合法性审核",
    key=("pk", "legality"),
    within=f"{ROWS}.legalityreview",
    born={
        "record_legality": (
            *("version__number", "passed", "reviewed_on", "file__sha256", "recorded_by_id", "recorded_at", "words"),
        )
    },
    digests={"words": ("version__document__number", "organ", "opinion")},
    labels={"version__number": "版本", "file__sha256": "审核意见书", "words": "审核机构和意见"},
)

_STANDING = _of_document(
    StandingChange,
    "有效性变动",
    key=("pk", "change"),
    within=f"{ROWS}.standingchange",
    born=dict.fromkeys(
        ("repeal", "mark_amended", "lapse"), ("validity", "since", "basis__number", "made_by_id", "made_at", "words")
    ),
    digests={"words": ("document__number", "note")},
    labels={"basis__number": "依据的文件", "words": "说明"},
)

_URGENT = _of_document(
    UrgentRelease,
    "紧急发布",
    key=("version__number", "version"),
    within=f"{ROWS}.urgentrelease",
    born={"publish_urgently": ("released_by_id", "released_at", "words")},
    later={"approve_later": ("approved_by_id", "approved_at", "approval")},
    digests={"words": ("document__number", "why"), "approval": ("document__number", "opinion")},
    labels={"words": "紧急发布的理由", "approval": "补批意见"},
)

_OUTGOING = _of_document(
    Outgoing,
    "同步发布事项",
    key=("pk", "outgoing"),
    within=f"{ROWS}.outgoing",
    born=dict.fromkeys(
        ("publish", "publish_urgently", "withdraw"), ("version__number", "site__code", "errand", "created_at")
    ),
    labels={"version__number": "版本", "site__code": "站点"},
)

_COPY = _of_document(
    PaperCopy,
    "送交查阅场所",
    key=("pk", "copy"),
    within=f"{ROWS}.papercopy",
    born={
        "deliver": ("version__number", "copies", "electronic", "delivered_on", "recorded_by_id", "recorded_at", "words")
    },
    digests={"words": ("document__number", "place", "received_by")},
    labels={"version__number": "版本", "words": "场所和签收人"},
)

_RISK = _of_document(
    RiskAssessment,
    "社会风险评估",
    within=f"{ROWS}.riskassessment",
    born={"assess_risk": ("level", "assessed_on", "recorded_by_id", "recorded_at", "words")},
    digests={"words": ("document__number", "conclusion", "organ")},
    labels={"words": "评估结论和单位"},
)

_DELIBERATION = _of_document(
    Deliberation,
    "会议审议",
    key=("pk", "deliberation"),
    within=f"{ROWS}.deliberation",
    born={"record_deliberation": ("held_on", "outcome", "recorded_by_id", "recorded_at", "words")},
    digests={"words": ("document__number", "meeting", "note", "plan")},
    labels={"words": "会议、意见和解读方案"},
)

TABLES: tuple[Table, ...] = (
    *(_DOCUMENT, _VERSION, _FILE, _REVIEW, _FINDING, _COUNTERSIGN, _INVITATION, _PLAN, _PAIRING, _IDENTIFICATION),
    *(_LEGALITY, _STANDING, _URGENT, _OUTGOING, _COPY, _RISK, _DELIBERATION),
)

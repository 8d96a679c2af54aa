"""What the acts tell the ledger of the rows they write: the table by which facts are compared with it afterwards.

Days, codes and numbers are told as they are. Of what somebody wrote only a fingerprint is told, salted with the digest of the
applicant's code: once that is forgotten (匿名化), nobody can try out what the words may have been.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import models

from portal.letters.models import Letter
from portal.workflow import telling
from portal.workflow.telling import DIGEST, seal

from .models import (
    Anonymisation,
    Answer,
    Challenge,
    CompletionRound,
    Consultation,
    Conversion,
    DraftAnswer,
    FeeNotice,
    InformationRequest,
    Material,
    Motion,
    Postponement,
    PublishedAnswer,
    ReasonsAsked,
    ReEvaluation,
    ReleasedCopy,
    ReturnedPost,
    SearchRecord,
    SecrecyReview,
    Suspension,
    WithheldPart,
)

WRITTEN: dict[type[models.Model], tuple[str, ...]] = {
    InformationRequest: ("secret", "title", "document_number", "description", "help_needed"),
    CompletionRound: ("request__secret", "items"),
    Consultation: ("request__secret", "party", "content"),
    SearchRecord: ("request__secret", "system", "keywords", "period", "asked", "result"),
    DraftAnswer: (
        *("request__secret", "decided", "finding", "reason", "ground", "harm", "severability", "parts", "materials"),
        *("provision", "query_method", "query_address", "organ_name", "organ_contact", "organ_unknown"),
        *("legal_channel", "earlier_answer", "explanation", "published_on", "undisclosed"),
    ),
    WithheldPart: ("request__secret", "boxes", "what", "reason"),
    PublishedAnswer: ("number", "title", "question", "answer", "outcome"),
    Motion: ("secret", "subject", "content"),
}
"""Of each model: its salt, and the columns that go into its fingerprint."""


def fingerprint_of(row: models.Model) -> str | None:
    """What the ledger is told of the words of a row that an act has written."""
    return seal(_value(row, name) for name in WRITTEN[type(row)])


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


_Table = partial(telling.Table, about=InformationRequest)


def _written(model: type[models.Model]) -> Mapping[str, tuple[str, ...]]:
    return {DIGEST: WRITTEN[model]}


_ASKED = (("kind", "asked"), "sent_on", "working_days", "served_on", "limit_on", DIGEST)
_FILED = ("channel", "arrived_on", "signed_on", "confirmed_on", "form", ("manner", "wanted_manner"), DIGEST)
_MOVED = ("kind", "channel", "received_on", DIGEST)

TABLES: tuple[telling.Table, ...] = (
    _Table(
        InformationRequest,
        "申请",
        digests=_written(InformationRequest),
        born={"apply": _FILED, "register": _FILED, "redo": (*_FILED, ("redo_of__number", "old"))},
        later={
            "confirm_receipt": ("confirmed_on",),
            "assign": (("department__code", "department_code"),),
            "reassign": (("department__code", "department_code"),),
            "give_back": (("department__code", "department_code"),),
        },
        way="pk",
    ),
    _Table(
        CompletionRound,
        "补正",
        digests=_written(CompletionRound),
        born={"ask_completion": ("working_days", "sent_on", "served_on", DIGEST)},
        later={"supplement": ("returned_on",), "lapse": ("lapsed_on",)},
    ),
    _Table(
        FeeNotice,
        "收费通知",
        born={"charge": ("basis", "amount", "sent_on", "served_on", "limit_on")},
        later={
            "serve_fee": ("served_on", "limit_on"),
            "record_payment": ("paid_on",),
            "lapse_fee": ("lapsed_on", "limit_on"),
            "waive": ("waived_on",),
            "refund": ("refunded_on",),
        },
    ),
    _Table(
        ReasonsAsked,
        "说明理由",
        born={"ask_reasons": ("sent_on", "limit_on")},
        later={"hear_reasons": ("answered_on",), "delay": ("delayed_on", ("delayed_days", "working_days"))},
    ),
    _Table(
        Consultation,
        "征求意见",
        digests=_written(Consultation),
        born=dict.fromkeys(("consult", "consult_organ", "refer"), _ASKED),
        later={
            "serve_party": ("served_on", "limit_on"),
            "hear": ("limit_on", "replied_on", "opinion", ("finding", "found")),
            "weigh": ("finding",),
            "notify_party": (("notice__number", "notice"),),
        },
        key=("pk", "consultation"),
        labels={"notice__number": "告知第三方的文书"},
    ),
    _Table(
        SearchRecord,
        "检索记录",
        digests=_written(SearchRecord),
        born={"record_search": ("searched_on", DIGEST)},
        key=("pk", "search"),
    ),
    _Table(
        Material,
        "拟提供的材料",
        born={"enclose": ("pages", ("original__sha256", "sha256"))},
        signed={"enclose": ("added_by_id", "added_at"), "remove": ("removed_by_id", "removed_at")},
        key=("pk", "material"),
    ),
    _Table(
        WithheldPart,
        "不予公开的部分",
        digests=_written(WithheldPart),
        born={"withhold": ("scope", ("material_id", "material"), "page", "ground", DIGEST)},
        signed={
            "withhold": ("added_by_id", "added_at"),
            "restore": ("removed_by_id", "removed_at"),
            "remove": ("removed_by_id", "removed_at"),
        },
        key=("pk", "part"),
    ),
    _Table(
        ReleasedCopy,
        "提供的副本",
        born={"approve": (("file__sha256", "sha256"), "redacted")},
        key=("pk", "material"),
        within="released",
    ),
    _Table(
        DraftAnswer,
        "答复稿",
        digests=_written(DraftAnswer),
        born={"draft": ("outcome", DIGEST)},
        signed={
            "draft": ("drafted_by_id", "drafted_at"),
            "send_back": ("sent_back_by_id", "sent_back_at"),
            "approve": ("approved_by_id", "approved_at"),
        },
        key=("version", "version"),
    ),
    _Table(
        Answer,
        "答复",
        born={
            "approve": ("outcome", ("letter__number", "letter")),
            "lapse": (("letter__number", "letter"),),
            "lapse_fee": (("letter__number", "letter"),),
        },
        signed=dict.fromkeys(("approve", "lapse", "lapse_fee"), ("decided_by_id", "decided_at")),
        labels={"letter__number": "答复文书"},
    ),
    _Table(
        SecrecyReview,
        "保密审查",
        born={"review_secrecy": (("draft__version", "version"), "finding")},
        signed={"review_secrecy": ("reviewed_by_id", "reviewed_at")},
        way="draft__request",
        key=("pk", "review"),
    ),
    _Table(
        Suspension,
        "中止办理",
        born={"suspend": ("cause", "sent_on")},
        later={"take_up": ("taken_up_on",)},
        key=("pk", "suspension"),
    ),
    _Table(Postponement, "暂缓公开", born={"postpone": ("sent_on",)}),
    _Table(
        ReturnedPost,
        "退件",
        born={"return_post": (("delivery__returned_on", "returned_on"), "fault", "counted_on", "counted_in_time")},
        labels={"delivery__returned_on": "退回日期"},
        signed={"return_post": ("recorded_by_id", "recorded_at")},
        key=("pk", "returned"),
    ),
    _Table(
        ReEvaluation,
        "定期评估",
        born={"reassess": ("due_on", ("proposed", "verdict"))},
        later={"reevaluate": ("verdict",), "release": ("released_on",)},
        signed={"reassess": ("proposed_by_id", "proposed_at"), "reevaluate": ("decided_by_id", "decided_at")},
        key=("round", "round"),
        spoken=("proposed", "verdict"),
    ),
    _Table(
        PublishedAnswer,
        "公开的答复",
        digests=_written(PublishedAnswer),
        born={"propose_publication": (DIGEST,)},
        later={"check_privacy": ("published_on",)},
        signed={
            "propose_publication": ("proposed_by_id", "proposed_at"),
            "check_privacy": ("checked_by_id", "checked_at"),
            "withdraw_publication": ("withdrawn_by_id", "withdrawn_at"),
        },
        key=("number", "publication"),
    ),
    _Table(
        Anonymisation,
        "匿名化",
        born={"nominate": ()},
        later={"anonymise": ("texts", "files")},
        signed={"nominate": ("nominated_by_id", "nominated_at"), "anonymise": ("done_by_id", "done_at")},
    ),
    _Table(
        Challenge,
        "复议诉讼",
        born={"register": ("kind", "procedure", ("request__number", "request"), "received_on")},
        later={
            "defend": (("defended_on", "submitted_on"), ("defended_in_time", "in_time"), ("defence__sha256", "sha256")),
            "conclude": (
                *("result", "withdrawn", "decided_on", "served_on", "ordered_days"),
                ("decision__sha256", "sha256"),
            ),
        },
        about=Challenge,
        way="pk",
        spoken=("kind", "procedure", "result"),
        states=True,
    ),
    _Table(
        Motion,
        "更正、建议和投诉",
        digests=_written(Motion),
        born={"file": _MOVED, "register": _MOVED},
        later={
            "assign": (("department__code", "department_code"),),
            "decide": ("outcome", "mending_days"),
            "answer": (("told_on", "sent_on"),),
            "mend": ("mended_on",),
        },
        signed={
            "report": ("reported_by_id", "reported_at"),
            "decide": ("decided_by_id", "decided_at"),
        },
        about=Motion,
        way="pk",
        states=True,
    ),
    _Table(
        Letter,
        "告知书",
        born={"answer": (("file__sha256", "sha256"),)},
        about=Motion,
        way="subject_id",
        only={"subject_type": Motion._meta.label_lower},
        key=("number", "letter"),
    ),
    _Table(
        Conversion,
        "转为主动公开",
        born={"convert": ("applicants", ("motion__number", "motion"))},
        later={"publish": ("published_on",)},
        about=Conversion,
        way="pk",
        states=True,
    ),
)

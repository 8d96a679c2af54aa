"""What the acts tell the ledger of the rows they write: the table by which facts are compared with it afterwards.

Days, codes and numbers are told as they are. Of what somebody wrote only a fingerprint is told, salted with the digest of the
applicant's code: once that is forgotten (匿名化), nobody can try out what the words may have been.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from portal.letters.models import Letter

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

DIGEST = "digest"
"""The name of the fingerprint in what is told, and among the columns below."""

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


def fingerprint(values: Iterable[Any]) -> str:
    """SHA-256, in hex, of a salt and what was written."""
    plain = json.dumps(list(values), default=str, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def fingerprint_of(row: models.Model) -> str:
    """What the ledger is told of the words of a row that an act has written."""
    return fingerprint(_value(row, name) for name in WRITTEN[type(row)])


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


Column = str | tuple[str, str]


@dataclass(frozen=True)
class Table:
    """How the rows of a model come about and change, told by the acts of the matter they belong to.

    `born` are the acts that make a row, `later` those that fill columns that are empty before: verb → columns. A column is
    the name of a field, or (field, key it is told under). `signed` are the two columns that hold who took an act, and when.
    `key` tells the rows of one matter apart, with the key it is told under; without it there is one row at most. `within`
    names a list in `told` of which each item speaks of one row. `spoken` columns are told by their label, `labels` name
    those that the model has no words for. `states`: the model has a state, which follows from the table of steps. `about`
    is the model of the matter, `way` the look-up to it, `only` what else narrows the rows.
    """

    model: type[models.Model]
    noun: str
    born: Mapping[str, tuple[Column, ...]]
    later: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    signed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    about: type[models.Model] = InformationRequest
    way: str = "request"
    only: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, str] | None = None
    within: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    spoken: tuple[str, ...] = ()
    states: bool = False

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The columns that are told when a row is made."""
        return _names(self.born.values())

    @cached_property
    def empty(self) -> tuple[str, ...]:
        """The columns that are empty in a new row."""
        later = (*_names(self.later.values()), *(name for names in self.signed.values() for name in names))
        return tuple(name for name in dict.fromkeys(later) if name not in self.first)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is compared, once."""
        return (*self.first, *self.empty, *(("state",) if self.states else ()))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The acts that speak of the rows."""
        return frozenset({*self.born, *self.later, *self.signed})


def _names(acts: Iterable[tuple[Column, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pair(column)[0] for act in acts for column in act))


def pair(column: Column) -> tuple[str, str]:
    """The column and the key it is told under."""
    return (column, column) if isinstance(column, str) else column


_ASKED = (("kind", "asked"), "sent_on", "working_days", "served_on", "limit_on", DIGEST)
_FILED = ("channel", "arrived_on", "signed_on", "confirmed_on", "form", ("manner", "wanted_manner"), DIGEST)
_MOVED = ("kind", "channel", "received_on", DIGEST)

TABLES: tuple[Table, ...] = (
    Table(
        InformationRequest,
        "申请",
        born={"apply": _FILED, "register": _FILED, "redo": (*_FILED, ("redo_of__number", "old"))},
        later={
            "confirm_receipt": ("confirmed_on",),
            "assign": (("department__code", "department_code"),),
            "reassign": (("department__code", "department_code"),),
            "give_back": (("department__code", "department_code"),),
        },
        way="pk",
    ),
    Table(
        CompletionRound,
        "补正",
        born={"ask_completion": ("working_days", "sent_on", "served_on", DIGEST)},
        later={"supplement": ("returned_on",), "lapse": ("lapsed_on",)},
    ),
    Table(
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
    Table(
        ReasonsAsked,
        "说明理由",
        born={"ask_reasons": ("sent_on", "limit_on")},
        later={"hear_reasons": ("answered_on",), "delay": ("delayed_on", ("delayed_days", "working_days"))},
    ),
    Table(
        Consultation,
        "征求意见",
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
    Table(SearchRecord, "检索记录", born={"record_search": ("searched_on", DIGEST)}, key=("pk", "search")),
    Table(
        Material,
        "拟提供的材料",
        born={"enclose": ("pages", ("original__sha256", "sha256"))},
        signed={"enclose": ("added_by_id", "added_at"), "remove": ("removed_by_id", "removed_at")},
        key=("pk", "material"),
    ),
    Table(
        WithheldPart,
        "不予公开的部分",
        born={"withhold": ("scope", ("material_id", "material"), "page", "ground", DIGEST)},
        signed={
            "withhold": ("added_by_id", "added_at"),
            "restore": ("removed_by_id", "removed_at"),
            "remove": ("removed_by_id", "removed_at"),
        },
        key=("pk", "part"),
    ),
    Table(
        ReleasedCopy,
        "提供的副本",
        born={"approve": (("file__sha256", "sha256"), "redacted")},
        key=("pk", "material"),
        within="released",
    ),
    Table(
        DraftAnswer,
        "答复稿",
        born={"draft": ("outcome", DIGEST)},
        signed={
            "draft": ("drafted_by_id", "drafted_at"),
            "send_back": ("sent_back_by_id", "sent_back_at"),
            "approve": ("approved_by_id", "approved_at"),
        },
        key=("version", "version"),
    ),
    Table(
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
    Table(
        SecrecyReview,
        "保密审查",
        born={"review_secrecy": (("draft__version", "version"), "finding")},
        signed={"review_secrecy": ("reviewed_by_id", "reviewed_at")},
        way="draft__request",
        key=("pk", "review"),
    ),
    Table(
        Suspension,
        "中止办理",
        born={"suspend": ("cause", "sent_on")},
        later={"take_up": ("taken_up_on",)},
        key=("pk", "suspension"),
    ),
    Table(Postponement, "暂缓公开", born={"postpone": ("sent_on",)}),
    Table(
        ReturnedPost,
        "退件",
        born={"return_post": (("delivery__returned_on", "returned_on"), "fault", "counted_on", "counted_in_time")},
        labels={"delivery__returned_on": "退回日期"},
        signed={"return_post": ("recorded_by_id", "recorded_at")},
        key=("pk", "returned"),
    ),
    Table(
        ReEvaluation,
        "定期评估",
        born={"reassess": ("due_on", ("proposed", "verdict"))},
        later={"reevaluate": ("verdict",), "release": ("released_on",)},
        signed={"reassess": ("proposed_by_id", "proposed_at"), "reevaluate": ("decided_by_id", "decided_at")},
        key=("round", "round"),
        spoken=("proposed", "verdict"),
    ),
    Table(
        PublishedAnswer,
        "公开的答复",
        born={"propose_publication": (DIGEST,)},
        later={"check_privacy": ("published_on",)},
        signed={
            "propose_publication": ("proposed_by_id", "proposed_at"),
            "check_privacy": ("checked_by_id", "checked_at"),
            "withdraw_publication": ("withdrawn_by_id", "withdrawn_at"),
        },
        key=("number", "publication"),
    ),
    Table(
        Anonymisation,
        "匿名化",
        born={"nominate": ()},
        later={"anonymise": ("texts", "files")},
        signed={"nominate": ("nominated_by_id", "nominated_at"), "anonymise": ("done_by_id", "done_at")},
    ),
    Table(
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
    Table(
        Motion,
        "更正、建议和投诉",
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
    Table(
        Letter,
        "告知书",
        born={"answer": (("file__sha256", "sha256"),)},
        about=Motion,
        way="subject_id",
        only={"subject_type": Motion._meta.label_lower},
        key=("number", "letter"),
    ),
    Table(
        Conversion,
        "转为主动公开",
        born={"convert": ("applicants", ("motion__number", "motion"))},
        later={"publish": ("published_on",)},
        about=Conversion,
        way="pk",
        states=True,
    ),
)

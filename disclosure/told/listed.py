"""The tables of the negative list, second looks, the catalogue and clean-ups."""

from portal.workflow.telling import Column, Table

from ..models import (
    CatalogueChange,
    CatalogueItem,
    CleanUp,
    CleanUpItem,
    ContentEntry,
    NegativeEdition,
    NegativeItem,
    Reassessment,
    SensitiveWord,
    UnitCatalogue,
)
from .within import OPENED, ROWS

_NEGATIVE = Table(
    NegativeItem,
    "负面清单事项",
    about=NegativeItem,
    way="pk",
    within=f"{ROWS}.negativeitem",
    states=True,
    born={"file": (*OPENED, "category", "replaces__number", "filed_by_id", "words")},
    later={"accept": ("since",), "ask_removal": ("leaving",), "remove": ("until", "leaving")},
    digests={"words": ("number", "title", "detail", "basis"), "leaving": ("number", "leaving_reason")},
    labels={
        "department__code": "报备单位",
        "replaces__number": "代替的事项",
        "words": "事项名称、范围和依据",
        "leaving": "清除的理由",
    },
)

_EDITION = Table(
    NegativeEdition,
    "负面清单公布版",
    about=NegativeEdition,
    way="pk",
    within=f"{ROWS}.negativeedition",
    born={"publish": ("edition", "published_by_id", "published_at", "words")},
    digests={"words": ("body__code", "edition", "items", "note")},
    labels={"words": "公布的清单"},
)

_WEIGHING = Table(
    Reassessment,
    "重新衡量",
    about=Reassessment,
    way="pk",
    within=f"{ROWS}.reassessment",
    states=True,
    born={"call_up": (*OPENED, "document__number", "cause", "happened_on", "words")},
    later={"reassess": ("result", "decided_by_id", "decided_at", "why")},
    digests={"words": ("number", "note"), "why": ("number", "reason")},
    labels={
        "department__code": "承办机构",
        "document__number": "文件",
        "words": "情况说明",
        "why": "衡量的理由",
    },
)

_APPLIED: tuple[Column, ...] = (*OPENED, "action", "item__code", "cause_on", "filler_id", "suggested", "words")
_CHANGE = Table(
    CatalogueChange,
    "目录调整申请",
    about=CatalogueChange,
    way="pk",
    within=f"{ROWS}.cataloguechange",
    states=True,
    born={"apply": _APPLIED, "suggest": _APPLIED},
    later={
        "seal": ("sealed_by_id", "sealed_at", "said"),
        "adjust": ("item__code",),
        "report": ("reported_on",),
    },
    digests={
        "words": ("number", "elements", "item_name", "cause", "basis", "detail", "remark", "phone"),
        "said": ("number", "opinion"),
    },
    labels={
        "department__code": "申请单位",
        "item__code": "事项编码",
        "words": "申请表的内容",
        "said": "部门意见",
    },
)

ITEM = Table(
    CatalogueItem,
    "公开事项",
    about=CatalogueItem,
    way="body",
    key=("code", "code"),
    within=f"{ROWS}.catalogueitem",
    born={"adjust": ("department__code", "since", "removed_on", "words")},
    digests={
        "words": (
            *("code", "title", "content", "renewal", "subject", "support", "channel", "column", "basis", "audience"),
            *("manner", "steps", "card", "origin"),
        )
    },
    labels={"department__code": "申请单位", "words": "事项的要素、流程图或者明白卡"},
)
"""An item is told of by every application that adjusted it: it is compared for a body, not for one matter."""

_CLEAN_UP = Table(
    CleanUp,
    "规范性文件清理",
    about=CleanUp,
    way="pk",
    within=f"{ROWS}.cleanup",
    states=True,
    born={"begin": ("profile", "profile_version", "opened_at", "year")},
    later={"announce": ("decision__number", "published_on")},
    labels={"decision__number": "清理决定"},
)

_CONCLUSION = Table(
    CleanUpItem,
    "清理结论",
    about=CleanUp,
    way="clean_up",
    key=("document__number", "document"),
    within=f"{ROWS}.cleanupitem",
    born={"conclude": ("conclusion", "decided_by_id", "decided_at", "words")},
    digests={"words": ("document__number", "note")},
    labels={"words": "说明"},
)

_ENTRY = Table(
    ContentEntry,
    "信息发布内容清单",
    about=ContentEntry,
    way="pk",
    within=f"{ROWS}.contententry",
    states=True,
    born={"enter": (*OPENED, "release", "period", "column_id", "entered_by_id", "words")},
    later={"confirm": ("since",), "strike": ("until",)},
    digests={"words": ("number", "category", "limit", "subject")},
    labels={"department__code": "单位", "words": "类别、时限和主体"},
)

_UNIT = Table(
    UnitCatalogue,
    "公共企事业单位目录",
    about=UnitCatalogue,
    way="pk",
    within=f"{ROWS}.unitcatalogue",
    states=True,
    born={"compile": (*OPENED, "unit__code", "supervisor__code", "issue", "promised_days", "compiled_by_id", "words")},
    later={
        "publish": ("published_by_id", "published_at", "department__code"),
        "accept": ("department__code",),
        "order": ("correction_days", "department__code", "said"),
    },
    digests={"words": ("number", "items"), "said": ("number", "opinion")},
    labels={
        "department__code": "经办单位",
        "unit__code": "编制单位",
        "supervisor__code": "备案部门",
        "words": "目录内容",
        "said": "审查意见",
    },
)

_WORD = Table(
    SensitiveWord,
    "敏感词",
    about=SensitiveWord,
    way="pk",
    within=f"{ROWS}.sensitiveword",
    states=True,
    born={"add": ("profile", "profile_version", "opened_at", "added_by_id", "words")},
    later={"end": ("ended_by_id", "ended_at", "why")},
    digests={"words": ("number", "word", "reason"), "why": ("number", "end_reason")},
    labels={"words": "敏感词和列入的理由", "why": "停用的理由"},
)

TABLES: tuple[Table, ...] = (
    *(_NEGATIVE, _EDITION, _WEIGHING, _CHANGE, ITEM, _CLEAN_UP, _CONCLUSION, _ENTRY, _UNIT, _WORD),
)

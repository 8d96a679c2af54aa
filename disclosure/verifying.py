"""Whether documents, lists and catalogue still say what their acts told the ledger (see `portal.workflow.verifying`)."""

from collections.abc import Iterator, Sequence

from portal.ledger.models import Entry
from portal.moment import local_date
from portal.organisation.models import Body
from portal.workflow import comparing
from portal.workflow.matter import Matter
from portal.workflow.telling import Table
from portal.workflow.verifying import Beside, Difference, Matters

from .models import (
    CatalogueChange,
    CleanUp,
    ContentEntry,
    Document,
    NegativeEdition,
    NegativeItem,
    Reassessment,
    SensitiveWord,
    UnitCatalogue,
)
from .told import ITEM, TABLES
from .vocabulary import Validity
from .workflow import CATALOGUE, CLEAN_UPS, CONTENTS, NEGATIVE, STEPS, UNITS, WEIGHINGS, WORDS


def differences(body: Body) -> Iterator[Difference]:
    """Every difference of a body's matters, kind by kind, and of its catalogue of items."""
    for matters in MATTERS:
        yield from matters.differences(body)
    yield from _of_catalogue(body)


def _of_catalogue(body: Body) -> Iterator[Difference]:
    """An item is what the last application that was carried out made of it."""
    subject = CatalogueChange._meta.label_lower
    acts = Entry.objects.filter(body=body.code, subject_type=subject, verb="adjust").order_by("seq")
    facts = comparing.facts(ITEM, body=body).get(body.pk, {})
    for sentence in comparing.compare(ITEM, facts, comparing.told(ITEM, acts.iterator(), {}), {}):
        yield Difference("公开事项目录", sentence)


def _of_validity(keys: list[int]) -> Beside:
    return _validity


def _validity(document: Document, acts: Sequence[Entry]) -> Iterator[str]:
    """A document holds as its acts say. What was announced for a later day takes effect by itself: both words are true of it."""
    said = {str(Validity.IN_FORCE)}
    for act in acts:
        if act.verb == "take_in":
            said = {act.told["validity"]}
        for change in act.told.get("rows", {}).get("standingchange", ()):
            announced = change["since"] > local_date(act.at).isoformat()
            said = {*said, change["validity"]} if announced else {change["validity"]}
    if document.validity not in said:
        words = "”或者“".join(sorted(Validity(one).label for one in said))
        yield f"有效性现为“{document.get_validity_display()}”，台账记载为“{words}”。"


def _tables(model: type[Matter] | type[NegativeEdition]) -> tuple[Table, ...]:
    return tuple(table for table in TABLES if table.about is model)


MATTERS = (
    Matters(
        Document,
        "文件",
        STEPS.steps,
        _tables(Document),
        read=("number", "validity"),
        beside=_of_validity,
    ),
    Matters(NegativeItem, "负面清单事项", NEGATIVE.steps, _tables(NegativeItem)),
    Matters(NegativeEdition, "负面清单公布版", NEGATIVE.steps, _tables(NegativeEdition), read=("body", "edition")),
    Matters(Reassessment, "重新衡量", WEIGHINGS.steps, _tables(Reassessment)),
    Matters(CatalogueChange, "目录调整申请", CATALOGUE.steps, _tables(CatalogueChange)),
    Matters(CleanUp, "规范性文件清理", CLEAN_UPS.steps, _tables(CleanUp)),
    Matters(ContentEntry, "信息发布内容清单", CONTENTS.steps, _tables(ContentEntry)),
    Matters(UnitCatalogue, "公共企事业单位目录", UNITS.steps, _tables(UnitCatalogue)),
    Matters(SensitiveWord, "敏感词", WORDS.steps, _tables(SensitiveWord)),
)

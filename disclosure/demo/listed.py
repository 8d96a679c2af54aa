"""Lists of the demonstration: the negative list through two editions, and the catalogue of openness items as it was adjusted."""

from dataclasses import replace
from datetime import datetime

from portal.regulations import library

from ..models import CatalogueItem, NegativeItem
from ..vocabulary import Adjustment
from ..workflow import cataloguing, listing
from ..workflow.cataloguing import ORIGINS, Elements, Form
from ..workflow.common import said
from .lists import CAUSE, Entry, catalogue_of, entries_of
from .office import Life, Office


def negative_list(office: Office) -> Life:
    """Filed and listed; published; one item worded anew and one removed; published again; one waits for the office."""
    wide, personal, passing, narrow, waiting = entries_of(office.body, office.subject)
    yield (at := office.ago(79, 9))
    first, _, third = (_filed(office, entry, at) for entry in (wide, personal, passing))
    yield (at := office.ago(78, 10))
    for item in NegativeItem.objects.filter(body=office.body).order_by("pk"):
        listing.accept(item, by=office.office, at=at)
    yield (at := office.ago(78, 15))
    listing.publish(office.body, note="首次公布。", by=office.office, at=at)
    yield (at := office.ago(33, 9))
    first.refresh_from_db()
    third.refresh_from_db()
    anew = _filed(office, narrow, at, replaces=first)
    listing.ask_removal(third, reason="评审已经结束，名单应当公示。", by=office.drafter, at=at)
    yield (at := office.ago(32, 10))
    listing.accept(anew, by=office.office, at=at)
    listing.remove(third, reason="评审已经结束，名单应当公示。", by=office.office, at=at)
    yield (at := office.ago(32, 15))
    listing.publish(office.body, note="缩小一项的范围，清除一项。", by=office.office, at=at)
    yield (at := office.ago(3, 11))
    _filed(office, waiting, at)


def _filed(office: Office, entry: Entry, at: datetime, *, replaces: NegativeItem | None = None) -> NegativeItem:
    return listing.file(
        office.body,
        department=office.department,
        category=entry.category,
        title=entry.title,
        detail=entry.detail,
        basis=entry.basis,
        replaces=replaces,
        by=office.drafter,
        at=at,
    )


def catalogue(office: Office) -> Life:
    """Items applied for, sealed by the unit, put on the list and reported; one changed since; two applications under way."""
    items = catalogue_of(office.body, office.department, office.subject, origin=_origin(office))
    for place, (code, elements) in enumerate(list(items.items())[:4]):
        yield from _adjusted(office, _form(office, code, elements, office.ago(75 - place, 9)), 75 - place)
    code, elements = list(items.items())[1]
    item = CatalogueItem.objects.get(body=office.body, code=code)
    at = office.ago(25, 9)
    renewed = replace(elements, renewal="自变更之日起5个工作日内")
    detail = "信息更新时间由20个工作日缩短为5个工作日。"
    change = replace(_form(office, code, renewed, at), action=Adjustment.CHANGE, item=item, detail=detail)
    yield from _adjusted(office, change, 25)
    code, elements = list(items.items())[4]
    yield (at := office.ago(4, 9))
    sealed = cataloguing.apply(
        office.body, department=office.department, form=_form(office, code, elements, at), by=office.drafter, at=at
    )
    yield (at := office.ago(3, 9))
    cataloguing.seal(sealed, opinion="同意增加。", by=office.people["department_head"], at=at)
    removed = CatalogueItem.objects.get(body=office.body, code=list(items)[3])
    yield (at := office.ago(2, 9))
    cause = "事项已经办结，不再产生新的信息。"
    leaving = replace(_form(office, removed.code, None, at), action=Adjustment.REMOVE, item=removed, cause=cause)
    cataloguing.apply(office.body, department=office.department, form=leaving, by=office.drafter, at=at)


def _origin(office: Office) -> str:
    """From which list items are drawn, where the body's document names such lists (LD-A7-3)."""
    return next(iter(said(library.profile(office.body.profile, office.today), ORIGINS)), "")


def _form(office: Office, code: str, elements: Elements | None, at: datetime) -> Form:
    """An application to add an item, as the liaison fills it in."""
    return Form(
        action=Adjustment.ADD,
        cause=CAUSE,
        cause_on=at.date(),
        basis="《中华人民共和国政府信息公开条例》第十九条、第二十条",
        detail="增加一项公开事项，同步编制流程图。" if elements else "清除这一事项，同步删除流程图。",
        phone=office.body.phone,
        code=code,
        elements=elements,
    )


def _adjusted(office: Office, form: Form, days: int) -> Life:
    """An application from the form to the list, and the word to the department above."""
    yield (at := office.ago(days, 9))
    change = cataloguing.apply(office.body, department=office.department, form=form, by=office.drafter, at=at)
    yield (at := office.ago(days - 1, 9))
    cataloguing.seal(change, opinion="同意，要素齐全。", by=office.people["department_head"], at=at)
    yield (at := office.ago(days - 1, 15))
    cataloguing.adjust(change, by=office.office, at=at)
    yield (at := office.ago(days - 2, 10))
    cataloguing.report(change, reported_on=at.date(), by=office.office, at=at)

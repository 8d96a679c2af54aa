"""Items of the negative list and applications to the catalogue, as stories begin with them."""

from datetime import date
from typing import Any

from disclosure.models import CatalogueChange, CatalogueItem, NegativeItem
from disclosure.vocabulary import Adjustment
from disclosure.workflow import cataloguing, listing
from disclosure.workflow.cataloguing import Elements, Form
from tests.cast import Cast
from tests.factories import at

D = date.fromisoformat
ITEM = {
    "category": "process",
    "title": "项目评审会讨论记录",
    "detail": "专项资金项目评审会议的讨论记录和表决情况。",
    "basis": "《中华人民共和国政府信息公开条例》第十六条第二款",
}
ELEMENTS = Elements(
    title="专项资金申报",
    content="申报条件、程序、材料和评审结果",
    renewal="形成之日起5个工作日内",
    subject="县财政局",
    support="县财政局办公室",
    channel="县政府门户网站",
    column="财政预算、决算",
    basis="《中华人民共和国政府信息公开条例》第二十条",
    audience="社会公众",
    manner="主动公开",
    steps=("发布申报通知", "企业提交材料", "专家评审", "公示结果"),
    card="小微企业均可申报，最高补助50万元。",
    origin="公共服务事项",
)


def filed(cast: Cast, day: str, **changes: Any) -> NegativeItem:
    """Filed by the liaison."""
    said = ITEM | changes
    return listing.file(cast.body, department=cast.department, **said, by=cast.li, at=at(day, 9))


def listed(cast: Cast, day: str, **changes: Any) -> NegativeItem:
    """On the list since a day, put there by the office."""
    return listing.accept(filed(cast, day, **changes), by=cast.chen, at=at(day, 10))


def form(**changes: Any) -> Form:
    """An application to add an item."""
    said: dict[str, Any] = {
        "action": Adjustment.ADD,
        "cause": "新出台专项资金管理办法",
        "cause_on": D("2026-03-02"),
        "basis": "《罗甸县专项资金管理办法》",
        "detail": "新增专项资金申报事项",
        "phone": "0854-7612345",
        "code": "CZ-2026-01",
        "elements": ELEMENTS,
    }
    return Form(**said | changes)


def applied(cast: Cast, day: str, **changes: Any) -> CatalogueChange:
    """Filled in by the liaison."""
    return cataloguing.apply(cast.body, department=cast.department, form=form(**changes), by=cast.li, at=at(day, 9))


def sealed(cast: Cast, day: str, **changes: Any) -> CatalogueChange:
    """Handed in by the head of the unit."""
    return cataloguing.seal(applied(cast, day, **changes), opinion="同意", by=cast.zhou, at=at(day, 10))


def catalogued(cast: Cast, day: str, **changes: Any) -> CatalogueItem:
    """In the catalogue."""
    return cataloguing.adjust(sealed(cast, day, **changes), by=cast.chen, at=at(day, 11))

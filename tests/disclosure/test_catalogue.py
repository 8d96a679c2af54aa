"""The catalogue of openness items: units apply and seal within three working days, the office alone adjusts."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure.models import CatalogueItem
from disclosure.rules import Refused
from disclosure.vocabulary import Adjusting, Adjustment
from disclosure.workflow import cataloguing
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .listed import ELEMENTS, D, applied, catalogued, form, sealed

DAY, LATER = "2026-03-03", "2026-03-20"


@pytest.fixture
def ld(cast_of: Any) -> Cast:
    return cast_of("ld")


@pytest.mark.rule("LD-A7-1", "LD-A7-2", "LD-A7-5", "LD-A7-8b", "LD-A7-10", "NX-14-1")
def test_an_item_comes_into_the_catalogue_with_its_elements_and_flow_chart(ld: Cast) -> None:
    change = sealed(ld, DAY)
    assert not CatalogueItem.objects.exists()

    item = cataloguing.adjust(change, by=ld.chen, at=at(DAY, 11))

    assert (item.code, item.title, item.department) == ("CZ-2026-01", "专项资金申报", ld.department)
    assert item.steps == ["发布申报通知", "企业提交材料", "专家评审", "公示结果"]
    assert [entry.verb for entry in ledger.timeline(change)] == ["apply", "seal", "adjust"]


@pytest.mark.rule("LD-A7-8a")
def test_the_application_is_handed_in_within_three_working_days_of_its_cause(ld: Cast) -> None:
    change = applied(ld, DAY)  # the cause came on Monday 2 March
    clock = Clock.objects.of(change).get()
    assert (clock.last_day, clock.stopped_at) == (D("2026-03-05"), None)

    cataloguing.seal(change, opinion="同意", by=ld.zhou, at=at("2026-03-06"))

    clock.refresh_from_db()
    assert clock.ended_as == "late"


DIMENSIONS = {
    "公开主体": "subject",
    "公开范围": "audience",
    "公开目录": "column",
    "信息内容": "content",
    "公开流程": "steps",
    "公开形式": "manner",
    "公开载体": "channel",
    "公开时限": "renewal",
}
"""The eight of Yinchuan, each with the element of an item that says it."""


@pytest.mark.rule("YC-5.1-2")
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_at_yinchuan_an_item_speaks_of_all_eight_dimensions(cast_of: Any, dimension: str) -> None:
    element = DIMENSIONS[dimension]
    lacking: dict[str, Any] = {element: () if element == "steps" else " "}

    with pytest.raises(Refused):
        applied(cast_of("yc"), DAY, elements=replace(ELEMENTS, **lacking))


@pytest.mark.rule("YC-5.1-2")
def test_at_yinchuan_the_public_reads_all_eight_dimensions_of_an_item(cast_of: Any) -> None:
    item = catalogued(cast_of("yc"), DAY)

    page = Client().get(f"/disclosure/yc/catalogue/{item.code}/").content.decode()

    for element in DIMENSIONS.values():
        said = getattr(ELEMENTS, element)
        assert all(words in page for words in (said if element == "steps" else (said,)))


@pytest.mark.rule("LD-A7-2", "LD-A7-5", "LD-A7-7")
@pytest.mark.parametrize(
    ("lacking", "said"), [({"basis": ""}, "公开依据"), ({"steps": ()}, "流程图"), ({"audience": " "}, "公开对象")]
)
def test_an_item_lacks_no_element_and_no_flow_chart(ld: Cast, lacking: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        applied(ld, DAY, elements=replace(ELEMENTS, **lacking))


@pytest.mark.rule("LD-A7-F")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "", "detail": " "}, "变更详情、联系电话"),
        ({"cause_on": D("2026-03-04")}, "不能晚于今天"),
        ({"code": "<script>"}, "事项编码由"),
    ],
)
def test_the_form_is_filled_in_whole(ld: Cast, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        applied(ld, DAY, **wrong)


@pytest.mark.rule("LD-A7-8b")
def test_the_unit_reviews_and_seals_and_the_office_alone_adjusts(ld: Cast) -> None:
    own = cataloguing.apply(ld.body, department=ld.department, form=form(), by=ld.zhou, at=at(DAY))
    with pytest.raises(Refused, match="不能审核本人填写"):
        cataloguing.seal(own, opinion="同意", by=ld.zhou, at=at(DAY))
    with pytest.raises(NotAllowed):
        cataloguing.seal(own, opinion="同意", by=ld.li, at=at(DAY))
    with pytest.raises(NotAllowed, match="待单位审核"):
        cataloguing.adjust(own, by=ld.chen, at=at(DAY))

    other = sealed(ld, DAY, code="CZ-2026-02")

    for person in (ld.li, ld.zhou, ld.zhao):
        with pytest.raises(NotAllowed):
            cataloguing.adjust(other, by=person, at=at(DAY, 12))


@pytest.mark.rule("LD-A7-7")
def test_a_changed_item_keeps_its_former_version(ld: Cast) -> None:
    item = catalogued(ld, DAY)
    wanted = replace(ELEMENTS, renewal="形成之日起2个工作日内", steps=("发布通知", "公示结果"))

    catalogued(ld, LATER, action=Adjustment.CHANGE, item=item, elements=wanted)

    item.refresh_from_db()
    assert (item.renewal, item.steps) == ("形成之日起2个工作日内", ["发布通知", "公示结果"])
    first, second = item.history.order_by("history_id")
    assert (first.renewal, first.history_date) == ("形成之日起5个工作日内", at(DAY, 11))
    assert second.history_change_reason == item.changes.order_by("-pk")[0].number


@pytest.mark.rule("LD-A7-6")
def test_a_removed_item_loses_its_flow_chart(ld: Cast) -> None:
    item = catalogued(ld, DAY)

    catalogued(ld, LATER, action=Adjustment.REMOVE, item=item, elements=None)

    item.refresh_from_db()
    assert (item.removed_on, item.steps) == (D(LATER), [])
    with pytest.raises(Refused, match="不在现行目录中"):
        applied(ld, LATER, action=Adjustment.REMOVE, item=item, elements=None)


@pytest.mark.rule("LD-A7-9")
def test_the_office_proposes_what_a_unit_left_undone_and_somebody_else_carries_it_out(ld: Cast) -> None:
    change = cataloguing.suggest(ld.body, department=ld.department, form=form(), by=ld.chen, at=at(DAY))

    with pytest.raises(Refused, match="不能由本人调整"):
        cataloguing.adjust(change, by=ld.chen, at=at(DAY))
    with pytest.raises(NotAllowed):
        cataloguing.suggest(ld.body, department=ld.department, form=form(code="CZ-9"), by=ld.li, at=at(DAY))

    assert cataloguing.adjust(change, by=ld.he, at=at(DAY)).title == "专项资金申报"


@pytest.mark.rule("LD-A7-10")
def test_the_adjusted_catalogue_is_reported_to_the_department_above(ld: Cast) -> None:
    change = sealed(ld, DAY)
    cataloguing.adjust(change, by=ld.chen, at=at(DAY, 11))

    with pytest.raises(Refused, match="之日和今天之间"):
        cataloguing.report(change, reported_on=D("2026-03-02"), by=ld.chen, at=at(LATER))
    cataloguing.report(change, reported_on=D("2026-03-05"), by=ld.chen, at=at(LATER))

    assert change.reported_on == D("2026-03-05")


def test_one_code_and_one_application_at_a_time(ld: Cast) -> None:
    first, second = sealed(ld, DAY), sealed(ld, DAY)
    item = cataloguing.adjust(first, by=ld.chen, at=at(DAY, 11))

    with pytest.raises(Refused, match="已有编码为CZ-2026-01的事项"):
        cataloguing.adjust(second, by=ld.chen, at=at(DAY, 12))
    applied(ld, LATER, action=Adjustment.CHANGE, item=item)
    with pytest.raises(Refused, match="已有正在办理的调整申请"):
        applied(ld, LATER, action=Adjustment.CHANGE, item=item)


def test_a_declined_application_is_over(ld: Cast) -> None:
    change = applied(ld, DAY)
    cataloguing.decline(change, reason="依据不足", by=ld.chen, at=at(DAY, 12))

    assert change.state == Adjusting.DECLINED
    assert Clock.objects.of(change).get().ended_as == "void"
    with pytest.raises(NotAllowed):
        cataloguing.seal(change, opinion="同意", by=ld.zhou, at=at(DAY, 13))


def test_the_database_wants_a_flow_chart_with_every_item(ld: Cast) -> None:
    item = catalogued(ld, DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueItem.objects.filter(pk=item.pk).update(steps=[])


@pytest.mark.rule("LD-A7-3")
@pytest.mark.parametrize("origin", ["", "领导交办"])
def test_an_item_says_which_list_it_was_derived_from(ld: Cast, origin: str) -> None:
    with pytest.raises(Refused, match="权责清单、公共服务事项"):
        applied(ld, DAY, elements=replace(ELEMENTS, origin=origin))

    assert catalogued(ld, DAY, elements=replace(ELEMENTS, origin="权责清单")).origin == "权责清单"


def test_a_body_whose_document_names_no_such_list_asks_for_none(nx: Cast) -> None:
    assert catalogued(nx, DAY, elements=replace(ELEMENTS, origin="")).origin == ""

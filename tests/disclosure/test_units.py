"""Public units (公共企事业单位): their catalogue and its filing, their ten classes, their secrecy review, their promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import workflow
from disclosure.desk_listed import queues, unit_warnings
from disclosure.models import CatalogueItem, Document, UnitCatalogue
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Adjustment, Audience, Content, Filing, Purpose
from disclosure.workflow import cataloguing, units
from disclosure.workflow.reviewing import stage_of
from portal import moment
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.notices.models import Notice
from portal.organisation import roles
from portal.organisation.models import Department, Service, User
from portal.regulations import library
from portal.regulations.library import BODIES
from portal.workflow.engine import NotAllowed
from tests.cast import SINCE, Cast
from tests.conftest import TODAY
from tests.factories import at

from .listed import ELEMENTS, D, form
from .making import TEXT, particulars
from .making import proposed as proposed_by_a_bureau
from .making import signed as signed_by_a_bureau

DAY, LATER = "2026-03-03", "2026-03-20"
CHARGES = "收费项目、依据和标准"
STAFF_ONLY = "人事、财务、基建、采购"


@dataclass(frozen=True)
class School:
    """A school with its people, and the head of the bureau above it."""

    county: Cast
    unit: Department
    drafter: User
    reviewer: User
    head: User
    bureau_head: User


@pytest.fixture
def school(cast_of: Any) -> School:
    county = cast_of("ld")
    unit = county.body.departments.get(code="yz")

    def appointed(code: str, role: str, department: Department) -> User:
        user = User.objects.create_user(f"ld-{code}", name=code, is_staff=True, home=county.body)
        roles.appoint(user, role, body=county.body, department=department, starts_on=SINCE, today=TODAY)
        return user

    return School(
        county=county,
        unit=unit,
        drafter=appointed("drafter", "liaison", unit),
        reviewer=appointed("reviewer", "liaison", unit),
        head=appointed("head", "department_head", unit),
        bureau_head=appointed("bureau-head", "department_head", unit.supervisor),
    )


def item(school: School, day: str, **changes: Any) -> CatalogueItem:
    """An item of the school in the catalogue, by the way every item takes."""
    wanted = form(code="YZ-2026-01", elements=ELEMENTS, cause_on=D(day)) if not changes else form(**changes)
    body = school.county.body
    change = cataloguing.apply(body, department=school.unit, form=wanted, by=school.drafter, at=at(day, 9))
    cataloguing.seal(change, opinion="同意", by=school.head, at=at(day, 9))
    return cataloguing.adjust(change, by=school.county.chen, at=at(day, 9))


def compiled(school: School, day: str, days: int | None = None) -> UnitCatalogue:
    return units.compile(school.unit, promised_days=days, by=school.drafter, at=at(day, 10))


def filed(school: School, day: str, days: int | None = None) -> UnitCatalogue:
    item(school, day)
    return units.publish(compiled(school, day, days), by=school.head, at=at(day, 11))


def ordered(school: School, day: str) -> UnitCatalogue:
    said = {"opinion": "收费依据已经废止", "days": 5}
    return units.order(filed(school, day), **said, by=school.bureau_head, at=at(day, 15))


def proposed(school: School, day: str, **changes: Any) -> Document:
    said = {"content": Content.SERVICE, "service_class": CHARGES} | changes
    document = workflow.draft(
        school.county.body,
        department=school.unit,
        text=TEXT,
        particulars=particulars(school.county, day, **said),
        by=school.drafter,
        at=at(day, 9),
    )
    return workflow.propose(document, by=school.drafter, at=at(day, 10))


def signed(school: School, day: str, **changes: Any) -> Document:
    document = proposed(school, day, **changes)
    workflow.pass_stage(document, checked=stage_of(document).checks, by=school.reviewer, at=at(day, 11))
    workflow.sign(document, by=school.head, at=at(day, 12))
    return document


@pytest.mark.rule("LD-A5-10b")
@pytest.mark.parametrize("code", BODIES)
def test_every_public_unit_of_a_body_has_a_supervisor_among_its_units(code: str) -> None:
    law = library.profile(code, TODAY)
    found = {one.service: law.departments[one.supervisor].kind for one in law.departments.values() if one.service}

    assert all(bool(one.service) == bool(one.supervisor) for one in law.departments.values())
    assert found == ({"institution": "bureau", "enterprise": "bureau"} if code == "ld" else {})


@pytest.mark.rule("LD-A5-10a", "LD-A5-10b")
def test_a_unit_compiles_its_catalogue_and_publishing_files_it_with_the_department_above(school: School) -> None:
    item(school, DAY)
    catalogue = compiled(school, DAY)
    assert not UnitCatalogue.objects.public().exists()

    units.publish(catalogue, by=school.head, at=at(DAY, 11))

    assert (catalogue.state, catalogue.supervisor.name, catalogue.department) == (
        "filed",
        "县教育局",
        catalogue.supervisor,
    )
    assert [one["title"] for one in catalogue.items] == [ELEMENTS.title]
    assert Notice.objects.filter(user=school.bureau_head, subject_line__contains="报备，请审查").exists()
    assert [entry.verb for entry in ledger.timeline(catalogue)] == ["compile", "publish"]


@pytest.mark.rule("LD-A5-10b")
def test_an_enterprise_files_with_the_department_of_its_sector(cast_of: Any) -> None:
    company = cast_of("ld").body.departments.get(code="zls")

    assert (company.service, company.supervisor.name) == (Service.ENTERPRISE, "县水务局")


@pytest.mark.rule("LD-A5-10a")
def test_there_is_something_to_compile_and_it_is_new(school: School) -> None:
    with pytest.raises(Refused, match="还没有列入目录的公开事项"):
        compiled(school, DAY)
    catalogue = filed(school, DAY)
    with pytest.raises(Refused, match="与上一版相同"):
        compiled(school, LATER)

    item(school, LATER, code="YZ-2026-02", cause_on=D(LATER))
    second = compiled(school, LATER)

    assert (second.issue, len(second.items), len(catalogue.items)) == (2, 2, 1)
    with pytest.raises(Refused, match="等待公布"):
        compiled(school, LATER, 10)
    units.discard(second, by=school.head, at=at(LATER, 11))
    assert compiled(school, LATER).issue == 3


def test_nobody_publishes_what_they_compiled_and_other_units_compile_none(school: School) -> None:
    item(school, DAY)
    catalogue = units.compile(school.unit, by=school.drafter, at=at(DAY))
    UnitCatalogue.objects.filter(pk=catalogue.pk).update(compiled_by=school.head)
    catalogue.refresh_from_db()

    with pytest.raises(Refused, match="不能由本人公布"):
        units.publish(catalogue, by=school.head, at=at(DAY, 11))
    for person in (school.drafter, school.bureau_head, school.county.chen):
        with pytest.raises(NotAllowed):
            units.publish(catalogue, by=person, at=at(DAY, 11))
    with pytest.raises(NotAllowed):
        units.compile(school.unit, by=school.county.li, at=at(DAY))
    with pytest.raises(Refused, match="只有公共企事业单位"):
        units.compile(school.county.department, by=school.county.li, at=at(DAY))


@pytest.mark.rule("LD-A5-10c")
def test_the_department_above_orders_a_correction_within_a_limit_it_sets(school: School) -> None:
    catalogue = ordered(school, DAY)
    clock = Clock.objects.of(catalogue).get()
    assert (clock.amount, clock.last_day, clock.department) == (5, D("2026-03-10"), school.unit)
    with pytest.raises(Refused, match="还没有改正后的目录"):
        units.correct(catalogue, by=school.head, at=at("2026-03-11"))

    item(school, "2026-03-11", code="YZ-2026-02", cause_on=D("2026-03-11"))
    mended = compiled(school, "2026-03-11")
    with pytest.raises(Refused, match="公布改正后的目录"):
        units.publish(mended, by=school.head, at=at("2026-03-11", 11))
    units.correct(catalogue, by=school.head, at=at("2026-03-11", 12))

    clock.refresh_from_db()
    mended.refresh_from_db()
    assert (catalogue.state, mended.state, clock.ended_as) == (Filing.CORRECTED, Filing.FILED, "late")


@pytest.mark.rule("LD-A5-10c")
@pytest.mark.parametrize(
    ("opinion", "days", "said"), [(" ", 5, "请写明"), ("依据废止", None, "1至30"), ("依据废止", 31, "1至30")]
)
def test_an_order_says_what_is_wrong_and_until_when(school: School, opinion: str, days: int | None, said: str) -> None:
    catalogue = filed(school, DAY)

    with pytest.raises(Refused, match=said):
        units.order(catalogue, opinion=opinion, days=days, by=school.bureau_head, at=at(DAY, 15))
    assert not Clock.objects.of(catalogue).exists()


@pytest.mark.rule("LD-A5-10c")
def test_the_department_above_reviews_and_nobody_else(school: School) -> None:
    catalogue = filed(school, DAY)

    for person in (school.head, school.drafter, school.county.zhou, school.county.chen):
        with pytest.raises(NotAllowed):
            units.accept(catalogue, by=person, at=at(DAY, 15))
    units.accept(catalogue, by=school.bureau_head, at=at(DAY, 15))

    assert (catalogue.state, catalogue.department) == (Filing.ACCEPTED, school.unit)
    with pytest.raises(NotAllowed):
        units.order(catalogue, opinion="依据废止", days=5, by=school.bureau_head, at=at(DAY, 16))


@pytest.mark.rule("LD-A5-10a")
def test_a_catalogue_that_is_missing_or_no_longer_holds_warns_unit_supervisor_and_office(school: School) -> None:
    def warned(user: User) -> bool:
        return any("县第一中学" in warning.text for warning in unit_warnings(user, at(LATER)))

    assert warned(school.head)
    filed(school, DAY)
    assert not warned(school.head)

    item(school, LATER, action=Adjustment.REMOVE, item=CatalogueItem.objects.get(), elements=None, cause_on=D(LATER))

    assert all(warned(user) for user in (school.head, school.drafter, school.bureau_head, school.county.chen))
    assert not warned(school.county.zhou)


@pytest.mark.rule("LD-A5-3a")
def test_a_unit_publishes_within_the_earlier_of_the_statutory_and_the_promised_limit(school: School) -> None:
    filed(school, DAY, days=7)

    document = signed(school, DAY)

    clocks = {clock.weight: clock for clock in Clock.objects.of(document).running()}
    assert {weight: clock.amount for weight, clock in clocks.items()} == {"statutory": 20, "promise": 7}
    assert clocks["promise"].last_day < clocks["statutory"].last_day
    workflow.publish(document, by=school.head, at=at(DAY, 16))
    assert not Clock.objects.of(document).running().exists()


@pytest.mark.rule("LD-A5-3a")
@pytest.mark.parametrize("days", [0, 21])
def test_a_promise_never_reaches_beyond_the_statutory_limit(school: School, days: int) -> None:
    item(school, DAY)

    with pytest.raises(Refused, match="1至20个工作日"):
        compiled(school, DAY, days)


def test_what_other_departments_publish_knows_no_promise(school: School) -> None:
    filed(school, DAY, days=7)

    document = signed_by_a_bureau(school.county, DAY)

    assert [clock.weight for clock in Clock.objects.of(document).running()] == ["statutory"]


@pytest.mark.rule("LD-A5-6", "LD-A5-7a")
def test_nothing_goes_out_before_its_secrecy_review_by_another_of_the_unit(school: School) -> None:
    document = proposed(school, DAY)
    points = stage_of(document).checks
    assert len(points) == 3

    with pytest.raises(Refused, match="本单位保密审查"):
        workflow.sign(document, by=school.head, at=at(DAY, 11))
    with pytest.raises(Refused, match="不能审核本人起草"):
        workflow.pass_stage(document, checked=points, by=school.drafter, at=at(DAY, 11))
    for point in points:
        left = [one for one in points if one != point]
        with pytest.raises(Refused, match="还有未核对的事项"):
            workflow.pass_stage(document, checked=left, by=school.reviewer, at=at(DAY, 11))

    workflow.pass_stage(document, checked=points, by=school.reviewer, at=at(DAY, 12))
    workflow.sign(document, by=school.head, at=at(DAY, 13))
    assert document.state == "signed"


@pytest.mark.rule("LD-A5-7b")
@pytest.mark.parametrize("asked", ["supervisor", "罗甸县保密行政管理部门"])
def test_a_doubt_goes_to_the_department_above_or_to_the_secrecy_department(school: School, asked: str) -> None:
    document = proposed(school, DAY)
    unit = {"department": school.unit.supervisor} if asked == "supervisor" else {"organ": asked}
    question = {"purpose": Purpose.CLASSIFICATION, "question": "能否公开"}
    opened = workflow.countersign(document, **question, **unit, by=school.drafter, at=at(DAY, 10))
    workflow.pass_stage(document, checked=stage_of(document).checks, by=school.reviewer, at=at(DAY, 11))
    with pytest.raises(Returned, match="还没有书面答复是否属于国家秘密"):
        workflow.sign(document, by=school.head, at=at(DAY, 12))

    speaker = school.bureau_head if asked == "supervisor" else school.head
    said = {"answer": "disagrees", "opinion": "属于国家秘密", "basis": "《保守国家秘密法》"}
    workflow.answer_countersign(opened, **said, by=speaker, at=at(DAY, 13))

    with pytest.raises(Returned, match="确定属于国家秘密，不能公开"):
        workflow.sign(document, by=school.head, at=at(DAY, 14))


@pytest.mark.rule("LD-A5-5", "LD-A5-3b")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"service_class": ""}, "没有选择属于哪一类"),
        ({"service_class": "其他"}, "没有选择属于哪一类"),
        ({"content": Content.OWN}, "公共企事业单位办事公开信息"),
        ({"service_class": STAFF_ONLY}, "在单位内部公开"),
        ({"is_major_decision": True}, "没有选择公开阶段"),
        ({"is_major_decision": True, "service_stage": "第四阶段"}, "没有选择公开阶段"),
    ],
)
def test_a_units_information_says_its_class_and_the_stage_of_what_matters(
    school: School, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(Returned, match=said):
        proposed(school, DAY, **wrong)


@pytest.mark.rule("LD-A5-5")
def test_other_departments_and_other_bodies_know_no_such_class(school: School, nx: Cast) -> None:
    with pytest.raises(Returned, match="只有公共企事业单位"):
        proposed_by_a_bureau(school.county, DAY, content=Content.SERVICE, service_class=CHARGES)

    page = browser(nx.li).get("/admin/documents/draft/").content.decode()
    assert "service_class" not in page
    assert "service_class" in browser(school.drafter).get("/admin/documents/draft/").content.decode()


def test_the_database_keeps_edition_order_and_supervisor_whole(school: School) -> None:
    catalogue = filed(school, DAY)

    for wrong in ({"published_by": school.drafter}, {"state": Filing.ORDERED}, {"published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitCatalogue.objects.filter(pk=catalogue.pk).update(**wrong)
    for wrong in ({"supervisor": None}, {"service": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Department.objects.filter(pk=school.unit.pk).update(**wrong)


@pytest.fixture
def _later() -> Iterator[None]:
    with moment.rehearsing(at(LATER)):
        yield


def browser(user: User) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


@pytest.mark.rule("LD-A5-5", "LD-A5-3b", "LD-A5-10a", "LD-A5-10b")
@pytest.mark.usefixtures("_later")
def test_everybody_reads_a_units_classes_stages_and_catalogue(school: School, client: Client) -> None:
    assert "县自来水公司" in client.get("/disclosure/ld/units/").content.decode()
    assert "目录还没有公布" in client.get("/disclosure/ld/units/yz/").content.decode()
    filed(school, DAY, days=7)
    document = signed(school, DAY, service_stage="决策前公开")
    workflow.publish(document, by=school.head, at=at(DAY, 16))

    page = client.get("/disclosure/ld/units/yz/").content.decode()

    classes = library.profile("ld", TODAY).option("service.classes")
    assert all(f">{one}</h2>" in page for one in classes)
    assert all(words in page for words in (TEXT.title, "决策前公开", "承诺在7个工作日内公开", ELEMENTS.basis))
    assert "报县教育局备案：已公布报备，待审查" in page
    assert page.count("这类内容在单位内部公开") == 1
    for missing in ("ld/units/fgj/", "nx/units/", "xx/units/"):
        assert client.get(f"/disclosure/{missing}").status_code == 404


@pytest.mark.usefixtures("_later")
def test_the_class_that_is_only_proposed_for_the_next_version_is_not_shown(school: School, client: Client) -> None:
    document = signed(school, DAY)
    workflow.publish(document, by=school.head, at=at(DAY, 16))
    workflow.amend(document, by=school.drafter, at=at(LATER, 9))
    Document.objects.filter(pk=document.pk).update(service_class="监督渠道和社会监督员", service_stage="实施结果公开")

    page = client.get("/disclosure/ld/units/yz/").content.decode()

    charges = page.partition(f">{CHARGES}</h2>")[2].partition("</section>")[0]
    assert TEXT.title in charges
    assert "实施结果公开" not in page


@pytest.mark.rule("LD-A5-5")
@pytest.mark.usefixtures("_later")
def test_personnel_money_building_and_buying_are_open_to_the_staff_only(school: School, client: Client) -> None:
    document = signed(school, DAY, service_class=STAFF_ONLY, audience=Audience.STAFF)
    workflow.publish(document, by=school.head, at=at(DAY, 16))

    assert client.get(document.get_absolute_url()).status_code == 404
    assert browser(school.drafter).get(document.get_absolute_url()).status_code == 200
    assert TEXT.title not in browser(school.drafter).get("/disclosure/ld/units/yz/").content.decode()


@pytest.mark.rule("LD-A5-10b", "LD-A5-10c")
@pytest.mark.usefixtures("_later")
def test_staff_compile_publish_and_order_on_their_pages(school: School) -> None:
    item(school, DAY)
    drafter, head, above = browser(school.drafter), browser(school.head), browser(school.bureau_head)
    said = {"department": school.unit.pk, "promised_days": "5"}
    assert drafter.get("/admin/units/compile/").status_code == 200
    assert drafter.post("/admin/units/compile/", said | {"promised_days": "99"}).status_code == 409
    assert drafter.post("/admin/units/compile/", said).status_code == 302
    page = f"/admin/units/{UnitCatalogue.objects.get().number}/"
    assert above.get(page).status_code == 404  # not filed with it yet
    assert [queue.label for queue in queues(school.head, at(LATER))] == ["公共企事业单位目录：待公布"]
    assert head.post(f"{page}publish/", {"edition": 0}).status_code == 302
    assert [queue.label for queue in queues(school.bureau_head, at(LATER))] == ["公共企事业单位目录：待审查"]
    assert above.get(f"{page}order/").status_code == 200
    assert above.post(f"{page}order/", {"edition": 1, "opinion": "依据废止", "days": "99"}).status_code == 409
    assert above.post(f"{page}order/", {"edition": 1, "opinion": "依据废止", "days": "5"}).status_code == 302
    assert [queue.label for queue in queues(school.head, at(LATER))] == ["公共企事业单位目录：待改正"]
    assert head.post(f"{page}correct/", {"edition": 2}).status_code == 409
    assert browser(school.county.zhou).get(page).status_code == 404

    assert UnitCatalogue.objects.get().state == Filing.ORDERED

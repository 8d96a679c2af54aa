"""The pages of the negative list, the catalogue and the platform: for everybody outside, and for those who work on them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.desk_listed import queues, warnings
from disclosure.models import CatalogueChange, CatalogueItem, NegativeItem, Reassessment
from disclosure.vocabulary import Adjustment, Listed, State
from disclosure.workflow import listing
from portal import moment
from portal.regulations.library import BODIES
from tests.cast import Cast
from tests.factories import at

from .listed import ELEMENTS, ITEM, applied, catalogued, filed, listed, sealed
from .making import signed
from .test_negative import CLOSED

DAY, LATER = "2026-03-03", "2026-03-20"


@pytest.fixture(autouse=True)
def _march() -> Iterator[None]:
    with moment.rehearsing(at(LATER)):
        yield


def browser(user: Any) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


@pytest.mark.rule("NX-15-2", "NX-16-11", "NX-16-1", "NX-19-5")
def test_everybody_reads_the_list_its_editions_and_what_changed(nx: Cast, client: Client) -> None:
    item = listed(nx, DAY)
    listing.publish(nx.body, by=nx.chen, at=at(DAY, 12))
    listing.remove(item, reason="职能划转", by=nx.chen, at=at(LATER, 8))
    listed(nx, LATER, title="<script>alert(1)</script>")
    listing.publish(nx.body, note="职能调整", by=nx.chen, at=at(LATER, 11))

    now = client.get("/disclosure/nx/negative-list/").content.decode()
    second = client.get("/disclosure/nx/negative-list/2/").content.decode()

    assert "第2版，" in now
    assert "<script>alert(1)" not in now + second
    assert "妨碍机关、单位正常履行职能" in now
    assert "不能作为不予公开理由" in now
    assert "<del>" in second
    assert "<ins>" in second
    assert client.get("/disclosure/nx/negative-list/1/").status_code == 200
    assert client.get("/disclosure/nx/negative-list/99999999/").status_code == 404


@pytest.mark.rule("LD-A7-2", "LD-A7-10")
def test_everybody_reads_an_item_with_its_flow_chart_until_it_is_removed(cast_of: Any, client: Client) -> None:
    ld = cast_of("ld")
    item = catalogued(ld, DAY)

    page = client.get("/disclosure/ld/catalogue/cz-2026-01/").content.decode()
    assert all(words in page for words in (ELEMENTS.manner, ELEMENTS.basis, "<svg", "惠企利民政策明白卡"))
    assert page.count("flow-box") == len(ELEMENTS.steps)
    assert "专项资金申报" in client.get(f"/disclosure/ld/catalogue/?department={ld.department.code}").content.decode()

    catalogued(ld, LATER, action=Adjustment.REMOVE, item=item, elements=None)

    assert client.get("/disclosure/ld/catalogue/CZ-2026-01/").status_code == 410
    assert "目录中还没有事项" in client.get("/disclosure/ld/catalogue/").content.decode()


@pytest.mark.rule("REG-12", "YQ-S1-3a")
@pytest.mark.parametrize("code", BODIES)
def test_the_platform_has_its_four_blocks_and_the_office_s_telephone(cast_of: Any, client: Client, code: str) -> None:
    body = cast_of(code).body

    page = client.get(f"/disclosure/{code}/").content.decode()

    blocks = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开工作年度报告")
    assert all(block in page for block in blocks)
    assert body.phone in page
    assert "第二十条第（十五）项" in page


def test_an_unknown_body_or_item_does_not_exist(db: None, client: Client) -> None:
    for path in ("xx/", "xx/negative-list/", "xx/catalogue/", "nx/catalogue/nothing/", "nx/negative-list/1/"):
        assert client.get(f"/disclosure/{path}").status_code == 404


def test_staff_file_accept_and_publish_on_their_pages(nx: Cast) -> None:
    li, chen = browser(nx.li), browser(nx.chen)
    assert li.get("/admin/negative/file/").status_code == 200
    bad = li.post("/admin/negative/file/", ITEM | {"department": nx.department.pk, "basis": "上级要求"})
    assert (bad.status_code, NegativeItem.objects.count()) == (409, 0)

    assert li.post("/admin/negative/file/", ITEM | {"department": nx.department.pk}).status_code == 302
    item = NegativeItem.objects.get()
    page = f"/admin/negative/{item.number}/"
    assert "报备" in li.get(page).content.decode()
    assert chen.get(f"{page}accept/").status_code == 200
    assert chen.post(f"{page}accept/", {"edition": item.edition}).status_code == 302
    assert chen.post("/admin/negative/publish/", {"body": "nx", "note": "首次公布"}).status_code == 302

    item.refresh_from_db()
    assert (item.state, nx.body.negative_editions.count()) == (Listed.IN_FORCE, 1)
    assert li.post("/admin/negative/publish/", {"body": "nx"}).status_code == 404


def test_strangers_and_other_departments_find_nothing(nx: Cast, wz: Cast) -> None:
    item = filed(nx, DAY)

    for user in (nx.zhao, nx.wu, wz.chen):
        assert browser(user).get(f"/admin/negative/{item.number}/").status_code == 404
    for mount in ("negative", "weighings", "catalogue", "statutory"):
        assert browser(nx.zhao).get(f"/admin/{mount}/").status_code == 404
        assert Client().get(f"/admin/{mount}/").status_code == 302


def test_staff_weigh_a_closed_document_on_their_pages(nx: Cast) -> None:
    document = signed(nx, DAY, **CLOSED, negative_item=listed(nx, DAY))
    workflow.keep(document, by=nx.chen, at=at(DAY, 17))
    said = {"document": document.pk, "cause": "decision", "happened_on": LATER, "note": "决定已经公布"}

    assert browser(nx.li).post("/admin/weighings/call_up/", said).status_code == 302
    weighing = Reassessment.objects.get()
    he = browser(nx.he)
    assert he.get(f"/admin/weighings/{weighing.number}/reassess/").status_code == 200
    answer = {"edition": weighing.edition, "result": "released", "reason": "决定已经作出"}
    assert he.post(f"/admin/weighings/{weighing.number}/reassess/", answer).status_code == 302

    document.refresh_from_db()
    assert document.state == State.DRAFT


@pytest.mark.rule("LD-A7-F", "LD-A7-8b")
def test_staff_apply_seal_and_adjust_on_their_pages(cast_of: Any) -> None:
    ld = cast_of("ld")
    elements = {name: getattr(ELEMENTS, name) for name in ELEMENTS.__dataclass_fields__ if name != "steps"}
    said = elements | {
        "department": ld.department.pk, "action": "add", "code": "CZ-2026-01", "cause": "新出台办法",
        "cause_on": "2026-03-19", "change_basis": "《罗甸县专项资金管理办法》", "detail": "新增", "phone": "0854-7612345",
        "steps": "发布通知\n\n公示结果",
    }  # fmt: skip
    li = browser(ld.li)
    assert li.get("/admin/catalogue/apply/").status_code == 200
    assert li.post("/admin/catalogue/apply/", said | {"steps": "一步"}).status_code == 409
    assert li.post("/admin/catalogue/apply/", said).status_code == 302
    change = CatalogueChange.objects.get()
    page = f"/admin/catalogue/{change.number}/"
    assert browser(ld.zhou).post(f"{page}seal/", {"edition": 0, "opinion": "同意"}).status_code == 302
    assert browser(ld.chen).get(page).status_code == 200
    assert browser(ld.chen).post(f"{page}adjust/", {"edition": 1}).status_code == 302

    assert CatalogueItem.objects.get().steps == ["发布通知", "公示结果"]


def test_the_first_page_tells_what_waits_and_which_column_is_behind(nx: Cast) -> None:
    filed(nx, DAY)

    waiting = [(queue.label, queue.count) for queue in queues(nx.chen, at(LATER))]

    assert waiting == [("负面清单：待列入", 1)]
    assert not list(queues(nx.zhao, at(LATER)))
    assert any("经济运行" in warning.text for warning in warnings(nx.chen, at(LATER)))
    assert not list(warnings(nx.zhao, at(LATER)))


def test_the_units_queue_holds_what_its_head_must_seal(cast_of: Any) -> None:
    ld = cast_of("ld")
    applied(ld, DAY)
    sealed(ld, DAY, code="CZ-2026-02")

    assert [queue.label for queue in queues(ld.zhou, at(LATER))] == ["公开事项：待审核盖章"]
    assert [queue.label for queue in queues(ld.chen, at(LATER))] == ["公开事项：待调整"]


def test_the_checklist_shows_the_staff_what_is_empty_and_behind(nx: Cast) -> None:
    page = browser(nx.chen).get("/admin/statutory/").content.decode()

    assert "应当更新（每旬）" in page
    assert "暂无内容" in page

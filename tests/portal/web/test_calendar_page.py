"""Staff import a year: first the preview, then the press that counts."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.clocks.models import Clock
from portal.ledger.models import Entry
from portal.moment import rehearsing
from portal.workdays.models import Notice
from tests.cast import Cast
from tests.factories import applied, at

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/workdays/notice/import/"
NOW = at("2026-11-20")
YEAR = """
scope = "{scope}"
year = 2026
number = "宁工信发〔2026〕9号"
title = "关于设备检修放假一天的通知"
issued_on = 2026-11-19
effective_from = 2026-11-19

[[holiday]]
name = "检修"
from = 2026-11-25
to = 2026-11-25
"""


def send(client: Client, scope: str = "nx", text: str = "") -> Any:
    file = SimpleUploadedFile("notice.toml", (text or YEAR.format(scope=scope)).encode())
    with rehearsing(NOW):
        return client.post(ADDRESS, {"file": file})


def confirm(client: Client, page: str) -> Any:
    (kept,) = re.findall(r'name="kept" value="([^"]+)"', page)
    with rehearsing(NOW):
        return client.post(ADDRESS, {"kept": kept}, follow=True)


@pytest.fixture
def office(client: Client, nx: Cast) -> Client:
    client.force_login(nx.chen)
    return client


def test_a_preview_names_the_limits_that_move_and_writes_nothing(office: Client, nx: Cast, files: Any) -> None:
    case = applied(nx.body, "2026-11-16")
    before = Notice.objects.count()

    page = send(office).text

    assert case.number in page
    assert "确认导入" in page
    assert Notice.objects.count() == before


def test_after_the_press_the_limits_have_moved_and_the_ledger_knows(office: Client, nx: Cast, files: Any) -> None:
    applied(nx.body, "2026-11-16")
    days = dict(Clock.objects.values_list("pk", "due_at"))

    response = confirm(office, send(office).text)

    assert "已导入《关于设备检修放假一天的通知》" in response.text
    moved = [pk for pk, due in Clock.objects.values_list("pk", "due_at") if due > days[pk]]
    assert moved
    assert Entry.objects.filter(actor_id=nx.chen.pk, at=NOW).exists()


def test_a_wrong_file_is_refused_with_every_fault(office: Client) -> None:
    page = send(office, text='scope = "nx"\nyear = 2026\n').text

    assert "请更正以下问题" in page
    assert "确认导入" not in page


def test_another_body_is_none_of_ones_business(office: Client) -> None:
    assert "不在其中" in send(office, scope="wz").text


def test_a_preview_cannot_be_forged(office: Client) -> None:
    before = Notice.objects.count()

    response = office.post(ADDRESS, {"kept": "x:y:z"})

    assert "预览已经过期" in response.text
    assert Notice.objects.count() == before


def test_pressing_twice_imports_once(office: Client) -> None:
    page = send(office).text
    confirm(office, page)

    confirm(office, page)

    assert Notice.objects.filter(number="宁工信发〔2026〕9号").count() == 1


def test_a_liaison_may_look_but_not_import(client: Client, nx: Cast) -> None:
    client.force_login(nx.li)

    assert "导入放假安排</a>" not in client.get("/admin/workdays/notice/").text
    assert "由政务公开办公室办理" in client.get(ADDRESS, follow=True).text


def test_nobody_edits_a_notice(office: Client) -> None:
    notice = Notice.objects.first()

    assert office.post(f"/admin/workdays/notice/{notice.pk}/change/", {"title": "x"}).status_code == 403
    assert office.get("/admin/workdays/notice/add/").status_code == 403

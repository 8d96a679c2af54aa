"""公开文件登记簿: what was ever public, for the office, kept by a person who is named."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.desk_copies import warnings
from disclosure.workflow import Text
from portal import moment
from portal.organisation import roles
from portal.organisation.models import User
from tests.cast import SINCE, Cast
from tests.conftest import TODAY
from tests.disclosure.making import D, published, signed
from tests.factories import at

DAY, NEXT = "2026-03-03", "2026-03-04"
REGISTER = "/admin/documents/register/"


@pytest.fixture
def ld(cast_of) -> Cast:
    """罗甸县人民政府 with its people."""
    return cast_of("ld")


def asked(user: User, path: str = REGISTER) -> Any:
    client = Client()
    client.force_login(user)
    with moment.rehearsing(at(NEXT, 16)):
        return client.get(path)


def table(user: User) -> list[list[str]]:
    sheet = b"".join(asked(user, f"{REGISTER}csv/").streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(StringIO(sheet)))


def keeper(cast: Cast) -> User:
    roles.appoint(cast.zhao, "registrar", body=cast.body, starts_on=SINCE, today=TODAY)
    return cast.zhao


@pytest.mark.rule("LD-A1-10-1c")
def test_what_was_published_is_in_the_register_with_who_keeps_it(ld: Cast) -> None:
    name = str(keeper(ld))
    waiting, document = signed(ld, DAY), published(ld, DAY, document_number="罗府发〔2026〕3号")

    head, *rows = table(ld.chen)

    assert [row[0] for row in rows] == [document.number]
    said = dict(zip(head, rows[0], strict=True))
    assert (said["发文字号"], said["首次公开日期"], said["登记人"]) == ("罗府发〔2026〕3号", DAY, name)
    page = asked(ld.chen).content.decode()
    assert f"由{name}造册登记" in page
    assert document.number in page
    assert waiting.number not in page


@pytest.mark.rule("LD-A1-10-1c")
def test_the_office_is_told_while_nobody_keeps_the_register(ld: Cast, nx: Cast) -> None:
    assert ["造册登记" in one.text for one in warnings(ld.chen, at(NEXT))] == [True]
    assert "应当确定专人造册登记" in asked(ld.chen).content.decode()
    assert list(warnings(nx.chen, at(NEXT))) == []

    keeper(ld)

    assert list(warnings(ld.chen, at(NEXT))) == []


def test_what_was_taken_off_stays_in_the_register(ld: Cast) -> None:
    document = published(ld, DAY)
    said: dict[str, Any] = {"copies": 2, "received_by": "罗小梅", "delivered_on": D(DAY)}
    workflow.deliver(document, place="政府信息查阅场所", **said, by=ld.chen, at=at(DAY, 17))
    workflow.withdraw(document, reason="error", note="内容有误。", by=ld.chen, at=at(NEXT))

    head, row = table(ld.chen)

    assert dict(zip(head, row, strict=True))["现状"] == "已撤下"
    assert dict(zip(head, row, strict=True))["送交查阅场所"] == "政府信息查阅场所2026年3月3日2份"


def test_a_title_that_looks_like_a_formula_stays_words(nx: Cast) -> None:
    published(nx, DAY, text=Text(title="=HYPERLINK(1)", html="<p>正文</p>", text="正文"))

    assert table(nx.chen)[1][2] == "'=HYPERLINK(1)"


def test_the_keeper_hands_texts_over_and_does_nothing_else(ld: Cast) -> None:
    document, person = published(ld, DAY), keeper(ld)

    assert document.number in asked(person).content.decode()
    said: dict[str, Any] = {"copies": 1, "received_by": "罗小梅", "delivered_on": D(DAY)}
    assert workflow.deliver(document, place="政府信息查阅场所", **said, by=person, at=at(DAY, 17))
    held = {act for act in roles.reaches(person, at=at(NEXT)) if act.startswith("disclosure.")}
    assert held == {"disclosure.view", "disclosure.deliver"}


def test_a_body_reads_its_own_register_only(nx: Cast, ld: Cast) -> None:
    document = published(ld, DAY)

    assert document.number not in asked(nx.chen).content.decode()
    assert asked(nx.li).status_code == 404
    assert asked(nx.zhao).status_code == 404

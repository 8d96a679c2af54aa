"""The content list of each department: its lines, their confirmation, what is late by it, and what is published beside it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import content_lists
from disclosure.desk_listed import content_warnings, queues
from disclosure.models import ContentEntry
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Content, Entered, Period, Release
from disclosure.workflow import contents
from disclosure.workflow.contents import Line
from portal import moment
from portal.ledger import service as ledger
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .listed import D
from .making import proposed, published

DAY, LATER, MAY = "2026-03-03", "2026-03-20", "2026-05-06"


@pytest.fixture
def ld(cast_of: Any) -> Cast:
    return cast_of("ld")


def line(cast: Cast, **changes: Any) -> Line:
    """The monthly figures of a department."""
    said: dict[str, Any] = {
        "release": Release.PERIODIC,
        "category": "月度经济运行情况",
        "limit": "每月10日前",
        "subject": "县发展和改革局办公室",
        "column": cast.body.columns.get(code="item4"),
        "period": Period.MONTH,
    }
    return Line(**said | changes)


def entered(cast: Cast, day: str, **changes: Any) -> ContentEntry:
    return contents.enter(cast.department, line=line(cast, **changes), by=cast.li, at=at(day, 9))


def confirmed(cast: Cast, day: str, **changes: Any) -> ContentEntry:
    return contents.confirm(entered(cast, day, **changes), by=cast.chen, at=at(day, 10))


def warned(user: Any, day: str) -> str:
    return "\n".join(warning.text for warning in content_warnings(user, at(day)))


@pytest.mark.rule("LD-A1-14")
def test_a_department_enters_a_line_and_the_office_confirms_it(ld: Cast) -> None:
    entry = entered(ld, DAY)
    assert not ContentEntry.objects.in_force().exists()

    contents.confirm(entry, by=ld.chen, at=at(DAY, 10))

    assert (entry.state, entry.since, entry.get_release_display()) == (Entered.IN_FORCE, D(DAY), "定期发布")
    assert [one.verb for one in ledger.timeline(entry)] == ["enter", "confirm"]


@pytest.mark.rule("LD-A1-14")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"category": " "}, "信息类别"),
        ({"limit": ""}, "发布时限"),
        ({"subject": "", "limit": ""}, "发布时限、发布主体"),
        ({"period": ""}, "请选择发布周期"),
        ({"release": Release.DAILY}, "只有定期发布的才有周期"),
    ],
)
def test_a_line_names_its_category_time_limit_and_subject(ld: Cast, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        entered(ld, DAY, **wrong)


def test_a_line_is_in_the_list_of_its_own_department_once(ld: Cast, wz: Cast) -> None:
    confirmed(ld, DAY)

    with pytest.raises(Refused, match="不需要重复填报"):
        entered(ld, LATER)
    with pytest.raises(NotAllowed):
        contents.enter(ld.other_department, line=line(ld), by=ld.li, at=at(DAY))
    with pytest.raises(Refused, match="不是本机关的栏目"):
        entered(ld, DAY, column=wz.body.columns.first())


def test_nobody_confirms_what_they_entered_and_only_the_office_confirms(ld: Cast) -> None:
    entry = entered(ld, DAY)

    for person in (ld.li, ld.zhou, ld.zhao):
        with pytest.raises(NotAllowed):
            contents.confirm(entry, by=person, at=at(DAY, 10))
    ContentEntry.objects.filter(pk=entry.pk).update(entered_by=ld.chen)
    entry.refresh_from_db()
    with pytest.raises(Refused, match="不能由本人确认"):
        contents.confirm(entry, by=ld.chen, at=at(DAY, 10))


def test_a_line_that_was_sent_back_or_struck_off_is_over(ld: Cast) -> None:
    struck = contents.strike(confirmed(ld, DAY), reason="职能划转", by=ld.zhou, at=at(LATER))
    back = contents.decline(entered(ld, LATER), reason="时限不明确", by=ld.chen, at=at(LATER, 10))

    assert (struck.state, struck.until, back.state) == (Entered.STRUCK, D(LATER), Entered.DECLINED)
    for entry in (struck, back):
        with pytest.raises(NotAllowed):
            contents.confirm(entry, by=ld.chen, at=at(LATER, 11))
    with pytest.raises(Refused, match="理由"):
        contents.strike(confirmed(ld, LATER), reason=" ", by=ld.zhou, at=at(LATER))


@pytest.mark.rule("LD-A1-14")
def test_periodic_content_that_did_not_come_warns_its_department_and_the_office(ld: Cast) -> None:
    entry = confirmed(ld, DAY)
    confirmed(ld, DAY, release=Release.DAILY, category="工作动态", period="")
    assert "超过周期" not in warned(ld.li, "2026-04-30")

    for person in (ld.li, ld.chen):
        assert "“月度经济运行情况”应当每月发布" in warned(person, MAY)
    assert warned(ld.wu, MAY) == warned(ld.zhao, MAY) == ""

    published(ld, "2026-04-08", columns=(entry.column,))
    assert not list(content_lists.late(ld.body, at=at(MAY)))


def test_what_another_department_published_in_the_column_does_not_count(ld: Cast) -> None:
    document = published(ld, "2026-04-08", columns=(line(ld).column,))
    entry = confirmed(ld, DAY)
    type(document).objects.filter(pk=document.pk).update(department=ld.other_department)

    assert [one.entry for one in content_lists.late(ld.body, at=at(MAY))] == [entry]


@pytest.mark.rule("LD-A1-14")
def test_the_office_sees_which_departments_have_no_list_where_the_document_wants_one(ld: Cast, nx: Cast) -> None:
    assert ld.department.name in warned(ld.chen, LATER)
    assert warned(nx.chen, LATER) == ""

    confirmed(ld, DAY)

    told = warned(ld.chen, LATER)
    assert ld.department.name not in told
    assert ld.other_department.name in told
    assert "还没有信息发布内容清单" not in warned(ld.li, LATER)


@pytest.mark.rule("LD-A1-14", "LD-A1-15")
def test_what_is_not_in_the_list_goes_the_way_of_the_unusual(ld: Cast) -> None:
    entry, budgets = confirmed(ld, DAY), ld.body.columns.get(code="item7")

    with pytest.raises(Returned, match="不在本单位信息发布内容清单之内"):
        proposed(ld, LATER, columns=(budgets,))

    assert proposed(ld, LATER, columns=(budgets,), content=Content.UNUSUAL).state == "review"
    assert proposed(ld, LATER, columns=(budgets, entry.column)).state == "review"


def test_a_department_without_a_list_and_what_stays_in_are_not_held_up(ld: Cast, nx: Cast) -> None:
    assert proposed(ld, DAY).state == "review"
    confirmed(ld, DAY)
    contents.confirm(contents.enter(nx.department, line=line(nx), by=nx.li, at=at(DAY)), by=nx.chen, at=at(DAY))

    assert proposed(nx, LATER).state == "review"
    assert proposed(ld, LATER, attribute="on_request", reason="涉及内部管理").state == "review"


def test_the_database_wants_a_period_with_periodic_content_only(ld: Cast) -> None:
    entry = confirmed(ld, DAY)

    for wrong in ({"period": ""}, {"release": Release.DAILY}, {"limit": ""}, {"since": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContentEntry.objects.filter(pk=entry.pk).update(**wrong)


@pytest.fixture
def _later() -> Iterator[None]:
    with moment.rehearsing(at(LATER)):
        yield


def browser(user: Any) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


@pytest.mark.rule("LD-A1-14")
@pytest.mark.usefixtures("_later")
def test_everybody_reads_the_lists_by_department(ld: Cast, client: Client) -> None:
    assert "还没有公布内容清单" in client.get("/disclosure/ld/contents/").content.decode()
    confirmed(ld, DAY, category="<script>alert(1)</script>")
    entered(ld, DAY, category="没有确认的类别")

    page = client.get("/disclosure/ld/contents/").content.decode()

    assert all(
        words in page for words in ("每月10日前", "县发展和改革局办公室", "定期发布（每月）", ld.department.name)
    )
    assert "<script>alert" not in page
    assert "没有确认的类别" not in page
    assert "/disclosure/ld/contents/" in client.get("/disclosure/ld/").content.decode()
    assert client.get("/disclosure/xx/contents/").status_code == 404


@pytest.mark.rule("LD-A1-14")
@pytest.mark.usefixtures("_later")
def test_staff_enter_confirm_and_strike_on_their_pages(ld: Cast) -> None:
    li, chen = browser(ld.li), browser(ld.chen)
    column = line(ld).column.pk
    said = {"department": ld.department.pk, **typed(line(ld)), "column": column}
    assert li.get("/admin/contents/enter/").status_code == 200
    assert li.post("/admin/contents/enter/", said | {"period": ""}).status_code == 409
    assert li.post("/admin/contents/enter/", said).status_code == 302
    entry = ContentEntry.objects.get()
    assert [queue.label for queue in queues(ld.chen, at(LATER))] == ["内容清单：待确认"]
    page = f"/admin/contents/{entry.number}/"
    assert "月度经济运行情况" in chen.get(page).content.decode()
    assert browser(ld.zhao).get(page).status_code == browser(ld.wu).get(page).status_code == 404
    assert chen.post(f"{page}confirm/", {"edition": 0}).status_code == 302
    assert li.post(f"{page}strike/", {"edition": 1, "reason": "不再公布"}).status_code == 409
    assert chen.post(f"{page}strike/", {"edition": 1, "reason": "不再公布"}).status_code == 302

    entry.refresh_from_db()
    assert entry.state == Entered.STRUCK


def typed(one: Line) -> dict[str, str]:
    """What a browser sends for a line, without its column."""
    return {name: str(getattr(one, name)) for name in Line.__dataclass_fields__ if name != "column"}

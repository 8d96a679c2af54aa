"""The columns of each body and the checklist of what it must publish by the items of article 20."""

from datetime import date

import pytest

from disclosure import statutory
from disclosure.models import Column
from disclosure.workflow.columns import load_columns
from portal.regulations import library
from portal.regulations.library import BODIES
from portal.regulations.schema import Recurrence
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories import at

from .making import published

D = date.fromisoformat


def column(cast: Cast, code: str) -> Column:
    return cast.body.columns.get(code=code)


@pytest.mark.rule(
    "NX-13-0",
    "NX-13-1",
    "NX-13-2",
    "NX-13-3",
    "NX-13-4",
    "NX-13-5",
    "NX-13-6",
    "NX-13-7",
    "NX-13-8",
    "NX-13-9",
    "NX-13-10",
    "NX-13-11",
    "NX-13-12",
)
def test_ningxia_has_twelve_key_areas_with_their_owners(nx: Cast) -> None:
    areas = Column.objects.filter(body=nx.body, key_area=True).order_by("order")

    assert [area.name for area in areas] == [
        "政策规划", "经济运行", "项目管理", "园区管理", "企业减负", "淘汰落后",
        "工业节能", "新兴产业", "安全生产", "预算决算", "脱贫攻坚", "资产管理",
    ]  # fmt: skip
    assert {area.parent.name for area in areas} == {"重点领域公开"}
    assert [owner.name for owner in areas[10].owners.order_by("order")] == ["技术改造投资处", "人事与老干部处"]
    assert all(area.owners.exists() for area in areas)


@pytest.mark.rule("YC-2.6-1b", "YC-2.6-1c", "YQ-S1-6", "WZ-4-1", "WZ-4-3", "WZ-4-4", "WZ-4-5", "WZ-4-9")
@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("yc", ["财政预决算", "“三公”经费", "公共资源配置", "国企监管"]),
        ("yq", ["局领导信息", "主要职责（科室职责）", "人事任免"]),
        ("wz", ["部门预算和决算、三公经费", "干部考核、奖惩、任免", "为民办实事项目和社会公益事业建设"]),
        ("ld", ["政府文件", "公共企事业单位信息公开"]),
    ],
)
def test_a_body_has_the_columns_its_document_names(cast_of, code: str, names: list[str]) -> None:
    body = cast_of(code).body

    assert set(names) <= set(body.columns.values_list("name", flat=True))
    assert body.columns.filter(code="annual-report").exists()


def test_columns_are_loaded_once_and_renamed_ones_stay(nx: Cast) -> None:
    before = Column.objects.count()
    Column.objects.filter(body=nx.body, code="budgets").update(name="预算决算公开")

    load_columns(at=at(TODAY))

    assert (Column.objects.count(), column(nx, "budgets").name) == (before, "预算决算公开")


@pytest.mark.parametrize("code", BODIES)
def test_every_column_has_a_parent_owners_and_rhythm_that_exist(code: str) -> None:
    law = library.profile(code, TODAY)

    for one in law.columns.values():
        assert not one.parent or one.parent in law.columns
        assert set(one.owners) <= set(law.departments)
        assert not one.rhythm or one.rhythm in law.recurrences
        assert len(one.label) <= 40


@pytest.mark.rule("REG-20", "REG-21")
@pytest.mark.parametrize("code", BODIES)
def test_the_checklist_covers_the_fifteen_items_and_says_which_are_empty(cast_of, code: str) -> None:
    cast = cast_of(code)
    published(cast, "2026-03-03", columns=(column(cast, "item3"),))

    entries = statutory.checklist(cast.body, at=at(TODAY))

    assert {str(item) for item in range(1, 16)} <= {entry.item for entry in entries}
    assert any(entry.item == "21" for entry in entries) == (code != "nx")
    assert "第（三）项" not in statutory.missing_items(entries)
    assert len(statutory.missing_items(entries)) == 14


@pytest.mark.rule("NX-13-2")
@pytest.mark.parametrize(("today", "late"), [("2026-03-20", False), ("2026-03-21", True)])
def test_the_bulletin_of_every_ten_days_is_missed_after_a_whole_period(nx: Cast, today: str, late: bool) -> None:
    published(nx, "2026-03-05", columns=(column(nx, "industry-operation"),))

    stale = [entry.column.name for entry in statutory.behind(nx.body, at=at(today))]

    assert ("经济运行" in stale) == late


@pytest.mark.parametrize(
    ("period", "month", "day", "today", "since"),
    [
        ("year", 1, 31, "2026-01-31", "2025-01-01"),
        ("year", 1, 31, "2026-02-01", "2026-01-01"),
        ("ten_days", None, None, "2026-03-31", "2026-03-11"),
        ("ten_days", None, None, "2026-03-01", "2026-02-21"),
        ("month", None, None, "2026-01-15", "2025-12-01"),
        ("quarter", None, None, "2026-05-15", "2026-01-01"),
        ("week", None, None, "2026-03-04", "2026-02-23"),
    ],
)
def test_since_when_something_is_owed(period: str, month: int | None, day: int | None, today: str, since: str) -> None:
    rhythm = Recurrence(key="k", period=period, label="l", rules=(), month=month, day=day)

    assert statutory.owed_since(rhythm, today=D(today)) == D(since)


def test_a_document_taken_off_leaves_its_column_empty(nx: Cast) -> None:
    document = published(nx, "2026-03-03", columns=(column(nx, "budgets"),))
    type(document).objects.filter(pk=document.pk).update(
        state="withdrawn", withdrawn_at=at("2026-03-04"), withdrawal="error", withdrawal_note="内容有误"
    )

    entry = next(one for one in statutory.checklist(nx.body, at=at(TODAY)) if one.column.code == "budgets")

    assert entry.empty


@pytest.mark.rule("YC-5.5-1a", "YC-5.5-1b", "YC-5.5-2")
def test_yinchuan_opens_at_the_grass_roots_seven_kinds_the_money_of_livelihood_and_nine_services(cast_of) -> None:
    yc = cast_of("yc")
    published(yc, "2026-03-03", columns=(column(yc, "land-compensation"),))

    entries = [
        one for one in statutory.checklist(yc.body, at=at(TODAY)) if one.column.parent == column(yc, "grass-roots")
    ]

    assert [one.column.name for one in entries] == [
        "基层土地利用总体规划", "集体资产处置", "税费收缴", "征地补偿", "拆迁安置", "公共事业投入", "扶贫救灾",
        "民生资金分配", "民生资金使用",
        "创业就业", "社会保险", "社会救助", "社会福利", "户籍管理", "计划生育", "宅基地审批", "涉农补贴", "新型农村合作医疗",
    ]  # fmt: skip
    assert [one.column.name for one in entries if not one.empty] == ["征地补偿"]


@pytest.mark.rule("YC-5.5-1a", "YC-5.5-1b", "YC-5.5-2")
def test_the_column_of_the_grass_roots_shows_each_of_them_and_what_is_in_them(cast_of, client) -> None:
    yc = cast_of("yc")
    document = published(yc, "2026-03-03", columns=(column(yc, "livelihood-use"),))

    page = client.get("/disclosure/yc/columns/grass-roots/").content.decode()

    assert all(words in page for words in ("民生资金分配", "扶贫救灾", "新型农村合作医疗", document.public.title))

"""Tables are taken in once, wherever a run was broken off; what is wrong is said row by row."""

import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from disclosure import tasks
from disclosure.importing import office
from disclosure.models import Document, ImportRow, ImportRun
from disclosure.rules import Refused
from disclosure.vocabulary import Fate, State
from disclosure.workflow import Upload
from tests.cast import Cast
from tests.factories import PNG, at

HEADS = ("标题", "文号", "文种", "公开环节", "主题", "成文日期", "施行日期", "有效期至", "公开属性", "正文", "附件")
ROW = (
    "关于做好节能工作的通知",
    "",
    "通知",
    "执行公开",
    "工业",
    "2026-03-02",
    "",
    "",
    "主动公开",
    "各处室：\n请认真执行。",
    "",
)


def sheet(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS) -> Upload:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return Upload("登记表.xlsx", kept.getvalue())


def received(nx: Cast, *rows: tuple[Any, ...], attachments: tuple[Upload, ...] = (), origin: str = "") -> ImportRun:
    table = sheet(*rows)
    return office.receive(
        nx.body, sheet=table, attachments=attachments, lawful_origin=origin, by=nx.chen, at=at("2026-04-01")
    )


def carried_out(nx: Cast, run: ImportRun) -> ImportRun:
    office.start(run, by=nx.chen, at=at("2026-04-01", 11))
    while office.carry_on(run, at=at("2026-04-01", 12)):
        pass
    run.refresh_from_db()
    return run


def changed(place: str, value: Any) -> tuple[Any, ...]:
    return tuple(value if head == place else one for head, one in zip(HEADS, ROW, strict=True))


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
def test_the_rows_of_a_table_become_drafts(nx: Cast) -> None:
    attachment = Upload("安排表.png", PNG)
    other = ("另一件", *ROW[1:9], "", "安排表.png")
    run = received(nx, ROW, other, attachments=(attachment,))

    carried_out(nx, run)

    first, second = Document.objects.order_by("pk")
    assert (run.taken, run.refused, run.total) == (2, 0, 2)
    assert {first.state, second.state} == {State.DRAFT}
    assert first.versions.get().made_by == nx.chen
    assert second.versions.get().files.get().title == "安排表"
    assert not Document.objects.public().exists()


@pytest.mark.usefixtures("files")
def test_public_history_goes_out_at_once_when_the_office_vouches_for_it(nx: Cast) -> None:
    carried_out(nx, received(nx, ROW, origin="本机关原网站"))

    document = Document.objects.public().get()
    assert (document.source, document.state) == ("本机关原网站", State.PUBLISHED)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("标题", "", "“标题”没有填写"),
        ("标题", "锟斤拷通知", "“标题”含有乱码"),
        ("文种", "通告书", "“文种”“通告书”不在可用的名称中"),
        ("成文日期", "2026.13.1", "“成文日期”“2026.13.1”不是日期"),
        ("成文日期", "2027-01-01", "“成文日期”晚于今天"),
        ("有效期至", "2025-01-01", "“有效期至”早于成文日期"),
        ("公开属性", "公开", "“公开属性”“公开”不在可用的名称中"),
        ("正文", "", "“正文”没有填写，也没有附件"),
        ("附件", "没有.pdf", "“附件”“没有.pdf”没有随表上传"),
    ],
)
def test_every_fault_names_its_cell(nx: Cast, place: str, value: str, said: str) -> None:
    run = received(nx, changed(place, value), (*ROW[:1], "宁工信发〔2026〕1号", *ROW[2:]))

    wrong, good = office.look(run, at=at("2026-04-01"))
    carried_out(nx, run)

    assert wrong.number == 2
    assert any(said in one for one in wrong.problems)
    assert not good.problems
    assert Document.objects.count() == 1
    assert said in ImportRow.objects.get(fate=Fate.REFUSED).said


@pytest.mark.usefixtures("files")
def test_a_number_twice_in_the_table_or_in_use_already_is_told(nx: Cast) -> None:
    numbered = changed("文号", "宁工信发〔2026〕7号")
    carried_out(nx, received(nx, numbered))
    Document.objects.update(number="NX-X-2026-00001")
    ImportRow.objects.all().delete()

    rows = office.look(received(nx, numbered, numbered, origin="原网站"), at=at("2026-04-01"))

    assert "本机关已有" in rows[0].problems[0]
    assert any("与第2行的文号" in one for one in rows[1].problems)


@pytest.mark.usefixtures("files")
def test_the_same_table_again_makes_no_document_twice(nx: Cast) -> None:
    carried_out(nx, received(nx, ROW))

    again = carried_out(nx, received(nx, ROW))

    assert Document.objects.count() == 1
    assert (again.taken, again.same) == (0, 1)


@pytest.mark.usefixtures("files")
def test_a_table_is_carried_on_slice_by_slice(nx: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "AT_A_TIME", 1)
    run = received(nx, ROW, ("另一件", *ROW[1:]))
    office.start(run, by=nx.chen, at=at("2026-04-01", 11))

    more = office.carry_on(run, at=at("2026-04-01", 12))
    run.refresh_from_db()

    assert (more, run.position, Document.objects.count()) == (True, 1, 1)
    assert not office.carry_on(run, at=at("2026-04-01", 12))
    assert not office.carry_on(run, at=at("2026-04-01", 13))
    assert Document.objects.count() == 2


@pytest.mark.usefixtures("files")
def test_public_history_with_personal_data_in_it_is_not_taken_in(nx: Cast) -> None:
    text = changed("正文", "请联系张三，身份证号 11010519491231002X。")

    (row,) = office.look(received(nx, text, origin="原网站"), at=at("2026-04-01"))

    assert "居民身份证号码" in row.problems[0]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("place", "value"), [("摘要", "张三 13800138000"), ("来源", "李四 11010519491231002X")])
def test_no_cell_that_is_read_takes_personal_data_out(nx: Cast, place: str, value: str) -> None:
    table = sheet((*ROW, value), heads=(*HEADS, place))
    run = office.receive(nx.body, sheet=table, attachments=(), lawful_origin="原网站", by=nx.chen, at=at("2026-04-01"))

    (row,) = office.look(run, at=at("2026-04-01"))

    assert "请作为草稿导入" in row.problems[0]


@pytest.mark.usefixtures("files")
def test_no_attachment_takes_personal_data_out(nx: Cast) -> None:
    attachment = Upload("名单.txt", "张三 11010519491231002X".encode())
    run = received(nx, (*ROW[:10], "名单.txt"), attachments=(attachment,), origin="原网站")

    carried_out(nx, run)

    assert (run.taken, run.refused) == (0, 1)
    assert "附件“名单.txt”中有居民身份证号码" in run.rows.get().said


@pytest.mark.usefixtures("files")
def test_a_row_whose_words_the_ledger_cannot_keep_stops_no_other(nx: Cast) -> None:
    run = received(nx, changed("标题", "有意者请联系13800138000"), ("另一件", *ROW[1:]))

    carried_out(nx, run)

    assert (run.taken, run.refused) == (1, 1)


@pytest.mark.usefixtures("files")
def test_the_worker_knows_the_import_and_goes_on_to_its_end(
    nx: Cast, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(office, "AT_A_TIME", 1)
    asked: list[Any] = []
    monkeypatch.setattr(office.queue, "send_task", lambda name, args, **_: asked.append((name, *args)))
    run = received(nx, ROW, ("另一件", *ROW[1:]))

    with django_capture_on_commit_callbacks(execute=True):
        office.start(run, by=nx.chen, at=at("2026-04-01", 11))
        left = (tasks.carry_on_import(run.pk), tasks.carry_on_import(run.pk))

    assert left == (True, False)
    assert asked == [(tasks.carry_on_import.name, run.pk)] * 2  # by who started it, and by the first slice
    assert Document.objects.count() == 2


@pytest.mark.usefixtures("files")
def test_what_is_closed_is_no_public_history(nx: Cast) -> None:
    (row,) = office.look(received(nx, changed("公开属性", "依申请公开"), origin="原网站"), at=at("2026-04-01"))

    assert "不是主动公开" in row.problems[0]


@pytest.mark.usefixtures("files")
def test_only_the_office_imports(nx: Cast) -> None:
    with pytest.raises(Refused, match="政务公开办公室"):
        office.receive(nx.body, sheet=sheet(ROW), attachments=(), lawful_origin="", by=nx.li, at=at("2026-04-01"))


@pytest.mark.usefixtures("files")
def test_a_table_without_its_heads_is_refused_whole(nx: Cast) -> None:
    with pytest.raises(Exception, match="第1行缺少“标题”"):
        office.receive(
            nx.body,
            sheet=sheet(("甲",), heads=("题目",)),
            attachments=(),
            lawful_origin="",
            by=nx.chen,
            at=at("2026-04-01"),
        )


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("登记表.xlsx", b"PK\x03\x04broken", "已损坏"),
        ("登记表.xlsx", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "网页或矢量图"),
        ("登记表.pdf", b"%PDF-1.7 no end", "不完整"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(
    nx: Cast, client: Any, name: str, data: bytes, said: str
) -> None:
    client.force_login(nx.chen)
    file = io.BytesIO(data)
    file.name = name

    page = client.post(reverse("admin:disclosure_importrun_changelist"), {"body": nx.body.pk, "sheet": file})

    assert said in page.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("files")
def test_the_office_uploads_looks_and_starts(nx: Cast, client: Any) -> None:
    client.force_login(nx.chen)
    table = sheet(ROW, changed("标题", ""))
    file = io.BytesIO(table.data)
    file.name = table.name

    page = client.post(
        reverse("admin:disclosure_importrun_changelist"), {"body": nx.body.pk, "sheet": file}, follow=True
    )
    run = ImportRun.objects.get()
    started = client.post(reverse("admin:imports_start", args=(run.pk,)), follow=True)

    assert "可以导入1行" in page.content.decode()
    assert "“标题”没有填写" in page.content.decode()
    assert "正在导入" in started.content.decode()
    assert started["Refresh"] == "5"


def test_public_history_asks_where_it_was_public(nx: Cast, client: Any) -> None:
    client.force_login(nx.chen)
    table = sheet(ROW)
    file = io.BytesIO(table.data)
    file.name = table.name

    page = client.post(
        reverse("admin:disclosure_importrun_changelist"), {"body": nx.body.pk, "sheet": file, "was_public": "on"}
    )

    assert "请写明公开它们的机关或者网站" in page.content.decode()


def test_the_template_names_the_attributes_of_the_body(nx: Cast, client: Any) -> None:
    client.force_login(nx.chen)

    book = load_workbook(io.BytesIO(client.get(reverse("admin:imports_template", args=("nx",))).content))

    heads = [cell.value for cell in book.active[1]]
    assert "标题" in heads
    assert "删减后公开" in book.active.cell(2, heads.index("公开属性") + 1).value


def test_others_find_no_imports(nx: Cast, client: Any) -> None:
    client.force_login(nx.li)

    assert client.get(reverse("admin:disclosure_importrun_changelist")).status_code == 404

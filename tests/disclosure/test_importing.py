"""Laws and tables are taken in once, wherever a run was broken off; what is wrong is said row by row."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from disclosure import tasks, verifying
from disclosure.importing import editions, laws, office, running
from disclosure.models import Document, ImportRow, ImportRun, Version
from disclosure.rules import Refused
from disclosure.standing import standing_of
from disclosure.vocabulary import Fate, Genre, State
from disclosure.workflow import Upload, amend, renew
from portal.ledger import service as ledger
from portal.organisation import people
from portal.search import service as search
from tests.cast import Cast
from tests.factories import PNG, at

LAW = """# {0}

2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议通过

<!-- INFO END -->

## 第一章  总则

第一条 为了{0}，制定本条例。

第二条 本条例自2020年7月1日起施行。
"""
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


def law(title: str, **changes: Any) -> dict[str, Any]:
    said = {"title": title, "category": "地方性法规", "region": "上海", "date": "2020-05-14", "text": LAW.format(title)}
    return said | changes


def written(path: Path, *rows: Any) -> Path:
    file = path / "laws.jsonl"
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in rows), "utf-8")
    return file


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


# --- laws -------------------------------------------------------------------------------------------------------------


def test_a_law_is_public_with_its_origin_and_without_a_signature(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")))

    document = Document.objects.public().get()
    assert (document.genre, document.issuer) == (Genre.LAW, "上海市人民代表大会常务委员会")
    assert (str(document.formed_on), str(document.effective_on)) == ("2020-05-14", "2020-07-01")
    assert document.source == laws.SOURCE
    assert document.signed_by is None
    assert document.import_run is not None
    assert [column.name for column in document.columns.all()] == ["法律法规"]
    assert "<h2>第一章\u3000总则</h2>" in document.public.html
    assert [entry.verb for entry in ledger.timeline(document)] == ["take_in"]
    assert search.query(search.Query(words="口岸条例")).total == 1


def test_running_again_takes_nothing_in_twice(nx: Cast, tmp_path: Path) -> None:
    file = written(tmp_path, law("口岸条例"), law("消防条例"))

    call_command("import_documents", file)
    call_command("import_documents", file)

    assert Document.objects.count() == Version.objects.count() == 2
    first, second = ImportRun.objects.order_by("pk")
    assert (first.taken, second.taken, second.same) == (2, 0, 2)


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(nx: Cast, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(running, "AT_A_TIME", 2)
    file = written(tmp_path, *(law(f"条例{number}") for number in range(5)))
    run = running.begin(
        nx.body, kind="laws", name="laws", digest=running.digest_of(file), lawful_origin="来源", at=at("2026-04-01")
    )
    next(iter(running.carry_on(run, laws.read(file), by=people.SYSTEM, at=at("2026-04-01"))))

    call_command("import_documents", file)

    run.refresh_from_db()
    assert (run.position, run.taken, Document.objects.count()) == (5, 5, 5)
    assert run.finished_at is not None


def test_a_batch_that_fails_leaves_nothing_behind(nx: Cast, tmp_path: Path, monkeypatch: Any) -> None:
    file = written(tmp_path, law("口岸条例"))
    monkeypatch.setattr(running, "_count", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("import_documents", file)

    assert not Document.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")))
    newer = law("口岸条例") | {"text": LAW.format("口岸条例") + "\n第三条 新增。\n"}

    call_command("import_documents", written(tmp_path, newer))

    document = Document.objects.get()
    assert [one.change_note for one in document.versions.order_by("number")] == ["", "来源更新"]
    assert "第三条" in document.public.text


def test_what_the_body_changed_itself_is_not_covered_by_the_source(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")))
    document = Document.objects.get()
    own = Version.objects.create(
        document=document,
        number=2,
        title="口岸条例",
        html="<p>改</p>",
        text="改",
        made_at=at("2026-04-01"),
        authors=[1],
    )
    Document.objects.update(public=own)

    call_command("import_documents", written(tmp_path, law("口岸条例", text=LAW.format("新口岸条例"))))

    row = ImportRow.objects.get()
    assert row.fate == Fate.REFUSED
    assert "在本站修改过" in row.said
    assert document.versions.count() == 2


def test_what_is_being_changed_here_waits(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")))
    amend(Document.objects.get(), by=nx.chen, at=at("2026-12-01"))

    call_command("import_documents", written(tmp_path, law("口岸条例", text=LAW.format("新口岸条例"))))

    assert "不能办理“来源更新”" in ImportRow.objects.get(fate=Fate.REFUSED).said


def test_a_line_that_is_no_law_is_told_and_the_others_are_taken_in(nx: Cast, tmp_path: Path) -> None:
    undated = law("无日期条例", date=None, text="# 无日期条例\n\n<!-- INFO END -->\n\n第一条 甲。\n")
    bodyless = law("无正文条例", text="# 无正文条例\n\n<!-- INFO END -->\n")

    call_command("import_documents", written(tmp_path, "{broken", law("口岸条例"), undated, bodyless, {"title": 1}))

    said = list(ImportRow.objects.filter(fate=Fate.REFUSED).order_by("number").values_list("said", flat=True))
    assert Document.objects.count() == 1
    assert [one[:6] for one in said] == ["这一行不是完", "没有日期，题", "没有正文，请", "这一行缺少标"]


def test_the_day_of_a_law_without_one_is_that_of_its_heading(tmp_path: Path) -> None:
    (record,) = laws.read(written(tmp_path, law("口岸条例", date=None)))

    assert record.arrival is not None
    assert str(record.arrival.particulars.formed_on) == "2020-05-14"


def test_script_in_a_law_is_shown_as_text(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例", text=LAW.format("<script>alert(1)</script>"))))

    assert "<script" not in Document.objects.get().public.html


def test_looking_writes_nothing(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")), dry_run=True)

    assert not Document.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_packed_file_that_is_cut_off_is_refused_with_a_sentence(nx: Cast, tmp_path: Path) -> None:
    file = tmp_path / "laws.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(law("口岸条例")).encode())[:-20])

    with pytest.raises(CommandError, match="可能不完整或者已经损坏"):
        call_command("import_documents", file)

    assert not Document.objects.exists()


def test_an_act_needs_its_origin_and_its_post(nx: Cast, tmp_path: Path) -> None:
    call_command("import_documents", written(tmp_path, law("口岸条例")))
    document, run = Document.objects.get(), ImportRun.objects.get()

    with pytest.raises(Exception, match="您的岗位不能办理"):
        renew(document, text=None, run=run, by=nx.li, at=at("2026-04-01"))  # type: ignore[arg-type]


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


def test_signs_of_a_private_font_become_the_decimal_point_or_nothing() -> None:
    assert laws.mended("身高低于1\ue0104米的儿童\ue5f9\ue5f9\n第二条") == "身高低于1.4米的儿童\n第二条"


# --- several texts of one law -------------------------------------------------------------------------------------------

REVISED = LAW.replace("<!-- INFO", "2024年6月28日 上海市第十六届人民代表大会常务委员会第十四次会议修订\n\n<!-- INFO")


def in_three_texts(path: Path) -> dict[str, Document]:
    """A law of 2020 with its texts of 2022 and 2024, taken in newest first."""
    newest = {"date": "2024-06-28", "text": REVISED.format("口岸条例")}
    middle = {
        "date": "2022-05-01",
        "category": "法规",
        "text": REVISED.replace("2024年6月28日", "2022年5月1日").format("口岸条例"),
    }
    call_command(
        "import_documents", written(path, law("口岸条例", **newest), law("口岸条例"), law("口岸条例", **middle))
    )
    return {str(one.formed_on)[:4]: one for one in Document.objects.all()}


def test_an_older_text_of_a_law_is_marked_amended_by_the_next_newer_one(nx: Cast, tmp_path: Path) -> None:
    texts = in_three_texts(tmp_path)

    assert [texts[year].validity for year in ("2020", "2022", "2024")] == ["amended", "amended", "in_force"]
    standing = standing_of(texts["2020"], at("2026-04-01").date())
    assert (
        standing.words
        == "本文件自2022年5月1日起修改，依据《口岸条例》。本篇是2020年5月14日的文本，按新文本的题注标注。"
    )
    assert (standing.holds, standing.successor) == (True, texts["2024"])
    assert [entry.verb for entry in ledger.timeline(texts["2020"])] == ["take_in", "mark_amended"]
    assert not list(verifying.differences(nx.body))


def test_the_newest_text_is_found_first_and_older_ones_say_their_day(nx: Cast, tmp_path: Path, client: Any) -> None:
    texts = in_three_texts(tmp_path)

    found = search.query(search.Query(words="口岸条例")).results

    assert [one.subject_id for one in found] == [str(texts[year].pk) for year in ("2024", "2022", "2020")]
    assert [one.former for one in found] == [
        "",
        "较早的文本（2022年5月1日），2024年6月28日有新的文本",
        "较早的文本（2020年5月14日），2022年5月1日有新的文本",
    ]
    old = client.get(texts["2020"].get_absolute_url()).content.decode()
    assert f'现行的是<a href="{texts["2024"].get_absolute_url()}">' in old
    assert texts["2022"].get_absolute_url() in client.get(texts["2024"].get_absolute_url()).content.decode()


def test_a_text_ends_with_the_first_change_after_it_that_the_heading_names() -> None:
    heading = "2001年6月20日 公布\n2017年11月17日 《决定》第一次修订\n2018年1月1日 施行\n2022年3月29日 第二次修订\n2023年7月20日 第三次修订"

    assert str(editions.changed_since(heading, at("2017-11-17").date())) == "2022-03-29"
    assert editions.changed_since(heading, at("2023-07-20").date()) is None


def test_linking_again_changes_nothing_and_a_newer_text_is_linked_when_it_comes(nx: Cast, tmp_path: Path) -> None:
    in_three_texts(tmp_path)
    assert editions.link(nx.body, by=people.SYSTEM, at=at("2026-04-02")) == 0

    later = {"date": "2025-01-01", "text": REVISED.replace("2024年6月28日", "2025年1月1日").format("口岸条例")}
    call_command("import_documents", written(tmp_path, law("口岸条例", **later)))

    standing = Document.objects.filter(formed_on__year=2024).get()
    assert (standing.validity, standing.successor.formed_on.year) == ("amended", 2025)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"date": "2024-06-28"}, "its heading does not speak of a change"),
        (
            {"date": "2024-06-28", "region": "北京", "text": REVISED.format("口岸条例")},
            "it is the law of another place",
        ),
        ({"category": "法规", "text": REVISED.format("口岸条例")}, "it is of the same day"),
    ],
)
def test_what_the_data_do_not_prove_is_not_said(nx: Cast, tmp_path: Path, other: dict[str, Any], why: str) -> None:
    bare = LAW.replace("2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议通过", "")
    second = law("口岸条例", **{"text": bare.format("口岸条例")} | other)

    call_command("import_documents", written(tmp_path, law("口岸条例"), second))

    assert Document.objects.filter(validity="in_force").count() == 2, why

"""Laws are taken in once, wherever a run was broken off; of several texts of one law the newest is found first."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from disclosure import verifying
from disclosure.importing import editions, laws, running
from disclosure.models import Document, ImportRow, ImportRun, Version
from disclosure.standing import standing_of
from disclosure.vocabulary import Fate, Genre
from disclosure.workflow import amend, renew
from portal.ledger import service as ledger
from portal.organisation import people
from portal.search import service as search
from tests.cast import Cast
from tests.factories import at

LAW = """# {0}

2020年5月14日 上海市第十五届人民代表大会常务委员会第二十一次会议通过

<!-- INFO END -->

## 第一章  总则

第一条 为了{0}，制定本条例。

第二条 本条例自2020年7月1日起施行。
"""


def law(title: str, **changes: Any) -> dict[str, Any]:
    said = {"title": title, "category": "地方性法规", "region": "上海", "date": "2020-05-14", "text": LAW.format(title)}
    return said | changes


def written(path: Path, *rows: Any) -> Path:
    file = path / "laws.jsonl"
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in rows), "utf-8")
    return file


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

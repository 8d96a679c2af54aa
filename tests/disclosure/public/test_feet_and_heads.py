"""Under a text its date and its mark, once and in this order; on the platform of Wuzhou the seven heads of what is open."""

import pytest
from django.test import Client

from disclosure.rules.marking import Foot, foot_of
from disclosure.workflow import Text
from tests.cast import Cast
from tests.disclosure.making import D, published

DAY = "2026-03-03"
MARK = "（此件公开发布）"
HEADS = ("职责权限", "服务内容", "办事程序", "办事依据", "承诺时间", "监督渠道", "办事结果")


def written(*lines: str) -> Text:
    return Text(title="通知", html="".join(f"<p>{line}</p>" for line in lines), text="\n".join(lines))


@pytest.mark.rule("LD-0-2")
@pytest.mark.parametrize("lines", [("请遵照执行。", "2026年3月3日"), ("请遵照执行。",)])
def test_at_luodian_the_mark_stands_below_the_date(cast_of, stranger: Client, lines: tuple[str, ...]) -> None:
    document = published(cast_of("ld"), DAY, text=written(*lines))

    page = stranger.get(document.get_absolute_url()).content.decode()

    paper = page[page.index('class="paper-text"') :]
    assert paper.count(MARK) == 1
    assert paper.index("请遵照执行。") < paper.index("2026年3月3日") < paper.index(MARK)


@pytest.mark.rule("LD-0-2")
def test_a_notice_that_bears_its_own_mark_below_its_date_is_shown_as_it_was_written(cast_of, stranger: Client) -> None:
    text = written("请遵照执行。", "2020年11月2日", "(此件公开发布)", "附件1：罗甸县信息发布管理制度")
    document = published(cast_of("ld"), DAY, text=text)

    page = stranger.get(document.get_absolute_url()).content.decode()

    assert "paper-mark" not in page
    assert page.index("2020年11月2日") < page.index("(此件公开发布)") < page.index("附件1")


@pytest.mark.rule("LD-0-2")
@pytest.mark.parametrize(
    ("mark", "text", "foot"),
    [
        (MARK, "正文", Foot("2026年3月3日", MARK)),
        (MARK, "正文\n2026年3月 3日", Foot("", MARK)),
        (MARK, "文件应当加括号标注“此件公开发布”。", Foot("2026年3月3日", MARK)),
        (MARK, "正文\n（此件公开发布）", Foot()),
        ("", "正文", Foot()),
    ],
)
def test_what_a_page_adds_under_a_text(mark: str, text: str, foot: Foot) -> None:
    assert foot_of(mark, D(DAY), text) == foot


@pytest.mark.rule("WZ-4-0", "WZ-5-1")
def test_the_platform_of_wuzhou_leads_to_the_seven_heads(wz: Cast, nx: Cast, stranger: Client) -> None:
    published(wz, DAY, columns=(wz.body.columns.get(code="wz1"),))
    answer = stranger.get("/disclosure/wz/")

    heads = answer.context["heads"]

    assert tuple(one.label for one in heads) == HEADS
    assert all(f'href="{one.url}"' in answer.content.decode() for one in heads)
    assert {one.label: stranger.get(one.url).status_code for one in heads} == dict.fromkeys(HEADS, 200)
    assert stranger.get("/disclosure/nx/").context["heads"] == []


@pytest.mark.rule("WZ-5-1")
def test_duties_and_powers_of_wuzhou_are_found_in_their_column_on_the_portal(wz: Cast, stranger: Client) -> None:
    document = published(wz, DAY, columns=(wz.body.columns.get(code="wz1"),))

    column = stranger.get("/disclosure/wz/columns/wz1/")

    assert column.context["column"].name == "机构设置、职责权限及办事指南"
    assert column.context["rows"] == [document]

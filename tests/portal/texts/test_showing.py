"""A reading version on its page: anchors, tables in frames, pictures at their address, and nothing else changed."""

from portal.texts.cleaning import text_of
from portal.texts.picturing import sheet
from portal.texts.showing import show

PAPER = (
    '<h2 class="center">管理办法</h2><h3>第一章　总则</h3><p>第一条。</p><h4>目的</h4><h3>第二章　机构</h3><p>甲</p>'
    "<h3>第三章　附则</h3>"
)


def test_headings_become_places_to_go_to() -> None:
    shown = show(PAPER)

    assert '<h2 id="part-1" class="center">管理办法</h2>' in shown.html
    assert [(link.words, link.depth) for link in shown.links] == [
        ("第一章 总则", 0),
        ("目的", 1),
        ("第二章 机构", 0),
        ("第三章 附则", 0),
    ]
    assert all(f'id="{link.anchor}"' in shown.html for link in shown.links)
    assert text_of(shown.html) == text_of(PAPER)


def test_a_short_text_needs_no_contents() -> None:
    assert show("<h2>通知</h2><p>各单位：</p><h3>一、时间</h3>").links == ()


def test_pages_come_before_headings() -> None:
    shown = show("".join(f'<section id="page-{n}" data-page="{n}"><h2>标题</h2></section>' for n in (1, 2, 3)))

    assert shown.by_page
    assert [(link.anchor, link.words) for link in shown.links] == [(f"page-{n}", f"第{n}页") for n in (1, 2, 3)]


def test_two_texts_on_one_page_have_anchors_of_their_own() -> None:
    assert 'id="typed-1"' in show("<h2>培训计划</h2>", anchors="typed").html


def test_an_outer_table_scrolls_by_itself_and_can_be_reached_by_keys() -> None:
    inner = "<table><tbody><tr><td>内</td></tr></tbody></table>"
    table = f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"

    shown = show(f"<p>前</p>{table}<p>中</p>{inner}")

    assert shown.html == (
        f'<p>前</p><div class="table-frame" role="region" aria-label="表格1" tabindex="0">{table}</div><p>中</p>'
        f'<div class="table-frame" role="region" aria-label="表格2" tabindex="0">{inner}</div>'
    )


def test_pictures_are_found_at_their_address_and_open_by_themselves() -> None:
    shown = show(sheet(2), pictures="../pictures/")

    assert '<a href="../pictures/page-2/"><img src="../pictures/page-2/" loading="lazy" alt="第2页的图像' in shown.html

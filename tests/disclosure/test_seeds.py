"""What scraping does to pages is undone, and told; nothing of a document is lost."""

from disclosure.importing.pages import PAGES, arrival_of
from disclosure.importing.repairs import between, joined, once, restored, simplified
from disclosure.importing.setting import line, text_of
from disclosure.vocabulary import Validity


def test_a_block_printed_twice_is_read_once() -> None:
    block = ["4.坚持正面导向。", "5.坚持民众参与。", "（三）工作目标。"]

    kept = once(["二、正文", *block, "（四）其他", *block, "（五）保障"])

    assert kept == ["二、正文", *block, "（四）其他", "（五）保障"]


def test_a_single_line_may_come_again() -> None:
    lines = ["第一章 总则", "第一条 甲", "第一章 总则", "第一条 乙"]

    assert once(lines) == lines


def test_traditional_characters_and_words_of_a_machine_become_the_documents_own() -> None:
    assert simplified(["推行“網際網路+政務”,最佳化辦事程式﹝2016﹞8號"]) == [
        "推行“互联网+政务”,优化办事程序〔2016〕8号"
    ]


def test_what_a_machine_did_not_change_stays() -> None:
    assert simplified(["建立健全執行公開制度"]) == ["建立健全执行公开制度"]


def test_characters_lost_in_dates_and_numbers_come_back() -> None:
    assert restored(["2020910", "在每年51日前公布", "(国办发〔201661号)"]) == [
        "2020年9月10日",
        "在每年5月1日前公布",
        "(国办发〔2016〕61号)",
    ]


def test_whole_dates_and_numbers_are_left_alone() -> None:
    whole = ["2020年9月10日", "每年5月1日前", "国办发〔2016〕61号", "15日内"]

    assert restored(whole) == whole


def test_the_furniture_of_a_page_is_left_behind() -> None:
    page = ["加入收藏", "当前位置: 首页", "第一章总 则", "第一条 甲", "上一条:别的通知", "打印关闭"]

    assert between(page, "第一章", "上一条") == ["第一章总 则", "第一条 甲"]


def test_a_title_on_two_lines_is_one() -> None:
    assert joined(["信息发布", "协调制度", "第一条"], ("信息发布", "协调制度")) == ["信息发布协调制度", "第一条"]


def test_chapters_and_sections_become_headings_and_articles_keep_their_distance() -> None:
    html = text_of("办法", [line("第一章总 则"), line("第一节 程序"), line("第一条 为了公开，制定本办法。")]).html

    assert html == (
        '<h2>第一章\u3000总则</h2><h3>第一节\u3000程序</h3><p class="indent">第一条\u3000为了公开，制定本办法。</p>'
    )


def test_a_paragraph_that_speaks_of_a_chapter_is_no_heading() -> None:
    assert line("第一章的规定，适用于本机关。").manner == "text"


def test_script_in_a_text_is_text() -> None:
    html = text_of("办法", [line("<script>alert(1)</script><p onclick=x>第一条")]).html

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_page_of_yangquan_says_what_was_put_back() -> None:
    page = "肆客足球\n机关各科室:\n为切实加强肆客足球政务公开工作\n阳泉市工业和信息化局\n2020910\n"

    arrival = arrival_of(PAGES["002"], page)

    assert "为切实加强我局政务公开工作" in arrival.text.text
    assert '<p class="right">2020年9月10日</p>' in arrival.text.html
    assert "“2020年9月10日”" in arrival.text.text.splitlines()[-1]
    assert "肆客足球" not in arrival.text.text


def test_the_annexes_of_luodian_are_headings_with_their_titles() -> None:
    page = "各乡镇人民政府:\n附件1:\n罗甸县信息发布管理制度\n第一章 组织保障\n第一条 甲\n上一篇:\n"

    html = arrival_of(PAGES["003"], page).text.html

    assert "<h2>附件1\u3000罗甸县信息发布管理制度</h2><h3>第一章\u3000组织保障</h3>" in html


def test_what_has_run_out_is_taken_in_as_lapsed() -> None:
    assert arrival_of(PAGES["000"], "第一章总 则\n第一条 甲\n").validity == Validity.LAPSED

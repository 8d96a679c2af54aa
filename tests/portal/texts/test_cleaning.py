"""What may stand in a published text, what vanishes, and that the editor is told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.texts.cleaning import clean, from_lines, is_empty, is_plain, removed, text_of

OFFICIAL = (
    '<h2 class="center">通知</h2><p>各<strong>处室</strong>：<br>H<sub>2</sub>O</p><h3>一、总体要求</h3>'
    '<ul><li>甲</li></ul><ol start="3"><li>乙</li></ol><blockquote><p>引</p></blockquote><hr>'
    '<table><caption>表</caption><thead><tr><th scope="col" colspan="2">名</th></tr></thead>'
    '<tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table>'
    '<figure><img src="/disclosure/files/a.png" alt="图"><figcaption>图一</figcaption></figure>'
    '<p class="right">2026年5月1日</p>'
)
HOSTILE = [
    ("<script>alert(1)</script>", "脚本"),
    ("<svg onload=alert(1)><script>alert(1)</script></svg>", "矢量图"),
    ('<iframe src="https://evil.test"></iframe>', "嵌入的网页"),
    ('<object data="x.swf"></object>', "嵌入的对象"),
    ('<p onmouseover="alert(1)">甲</p>', "点击等触发的脚本"),
    ('<a href="javascript:alert(1)">甲</a>', "不能使用的链接地址"),
    ('<a href=" java&#10;script&colon;alert(1)">甲</a>', "不能使用的链接地址"),
    ('<a href="data:text/html,<script>1</script>">甲</a>', "不能使用的链接地址"),
    ('<img src="https://evil.test/pixel.gif">', "不在本站的图片"),
    ('<img src="data:image/png;base64,AAAA">', "不在本站的图片"),
    ('<img src="/disclosure/../admin/" onerror="alert(1)">', "不在本站的图片"),
    ('<form action="https://evil.test"><input name="a"><button>点</button></form>', "表单控件"),
    ("<math><mi//xlink:href=javascript:alert(1)>", "数学标记"),
    ("<style>p{display:none}</style>", "样式表"),
    ("<!-- 内部意见 -->", "隐藏的注释"),
]
HARM = re.compile(
    r"script|onerror|onload|onmouse|evil|svg|iframe|object|<form|<input|style|javascript|data:|内部意见", re.I
)


def test_an_official_text_stays_as_it_is() -> None:
    assert clean(OFFICIAL) == OFFICIAL
    assert removed(OFFICIAL) == []


@pytest.mark.parametrize(("html", "named"), HOSTILE)
def test_what_does_harm_vanishes_and_is_named(html: str, named: str) -> None:
    text = clean(f"<p>前</p>{html}<p>后</p>")

    assert not HARM.search(text)
    assert "<p>前</p>" in text
    assert any(one.startswith(named) for one in removed(html))


def test_hidden_words_that_will_show_are_named() -> None:
    assert removed('<p style="display: none">内部测算</p>') == ["原来隐藏、现在会显示出来的文字（1处）"]
    assert clean('<p style="display: none">内部测算</p>') == "<p>内部测算</p>"


def test_links_are_kept_and_fenced() -> None:
    assert clean('<p><a href="https://www.gov.cn/" target="_blank">网</a></p>') == (
        '<p><a href="https://www.gov.cn/" rel="noopener noreferrer">网</a></p>'
    )
    assert 'href="/guide/"' in clean('<a href="/guide/">指南</a>')


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<h1>题</h1>", "<h2>题</h2>"),
        ("<h6>题</h6>", "<h5>题</h5>"),
        ("<p><b>甲</b><i>乙</i></p>", "<p><strong>甲</strong><em>乙</em></p>"),
        ('<p align="center">题</p>', '<p class="center">题</p>'),
        ('<p style="text-align:right;color:red" class="MsoNormal">落款</p>', '<p class="right">落款</p>'),
        ('<p style="text-indent:32pt">文</p>', '<p class="indent">文</p>'),
        ("<div>甲</div><div>乙</div>", "<p>甲</p><p>乙</p>"),
        ("<section><section>甲</section></section>", "<p>甲</p>"),
        ('<span style="font-size:9pt">甲</span><o:p></o:p>', "甲"),
        ('<p class="red-head evil">文件</p>', '<p class="red-head">文件</p>'),
        ('<td colspan="99999">甲</td>', "甲"),
        ("甲\x00\x07乙", "甲乙"),
        (
            '<table><tr><th scope="col" colspan="2"></th><th>数</th></tr></table>',
            '<table><tbody><tr><td colspan="2"></td><th>数</th></tr></tbody></table>',
        ),
    ],
)
def test_word_processors_are_brought_into_shape(given: str, kept: str) -> None:
    assert clean(given) == kept


SCRAPS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<section>",
    "<b",
    ">",
    "甲",
    " ",
    "&lt;",
    "<script>",
    "</script>",
    '<a href="x:y">',
]
SCRAPS += [
    "<table>",
    "<td>",
    "<li>",
    "&nbsp;",
    "<img src=/disclosure/a>",
    "<!--",
    "-->",
    "<svg>",
    "\x01",
    "<h1>",
    "</h1>",
    "'",
    '"',
]


@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join))
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    assert clean(clean(html)) == clean(html)


@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join))
def test_nothing_but_the_list_ever_comes_out(html: str) -> None:
    tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", clean(html))}

    assert tags <= {"p", "h2", "a", "img", "table", "tbody", "tr", "td", "th", "li", "strong"}


def test_words_are_taken_out_line_by_line_and_cell_by_cell() -> None:
    assert text_of(OFFICIAL) == "通知\n各处室：\nH2O\n一、总体要求\n甲\n乙\n引\n表\n名\n1\t2\n图一\n2026年5月1日"
    assert text_of("<td><p>1</p><p>2</p></td><td> 3 </td>") == "1 2\t3"
    assert text_of("<script>x</script><p>A &amp; B</p>") == "A & B"


def test_a_text_without_words_and_pictures_is_empty() -> None:
    assert is_empty("<p>&nbsp;</p><hr>")
    assert not is_empty('<img src="/disclosure/a.png">')


def test_plain_lines_become_paragraphs_and_headings() -> None:
    assert from_lines("## 通知\n\n  各处室：\n#### <b>") == "<h2>通知</h2><p>各处室：</p><h4>&lt;b&gt;</h4>"
    assert from_lines("各处室：\n要求如下：") == '<p class="flush">各处室：</p><p>要求如下：</p>'
    assert is_plain("3 < 5 和 a > b")
    assert not is_plain("<p>甲</p>")

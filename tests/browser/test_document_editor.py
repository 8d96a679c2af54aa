"""The editor of document texts in a real browser: it loads under the strict policy, edits, and hands in clean text."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.context_processors import csrf
from django.urls import clear_url_caches, path
from playwright.sync_api import BrowserContext, expect

from portal import urls
from portal.web.access import public
from portal.web.editor import DocumentTextField

PAGE = """{% load static portal %}<!DOCTYPE html><html lang="zh-CN"><head><title>正文</title>
<link rel="stylesheet" href="{% static "css/workplace.css" %}">{{ form.media }}</head>
<body><main><h1>起草</h1><form method="post">{% csrf_token %}{% for one in form %}{% field one %}{% endfor %}
<button type="submit">保存</button></form><pre id="kept">{{ kept }}</pre></main></body></html>"""


class Draft(forms.Form):
    text = DocumentTextField(label="正文", initial='<h2 class="center">通知</h2><p>各处室：</p>')


@public
def draft(request: HttpRequest) -> HttpResponse:
    form = Draft(request.POST or None)
    kept = form.cleaned_data["text"] if form.is_bound and form.is_valid() else ""
    return HttpResponse(Template(PAGE).render(Context({"form": form, "kept": kept} | csrf(request))))


@pytest.fixture
def address() -> Iterator[str]:
    """A page with the field, among the real ones for the time of a test."""
    extra = path("try/draft/", draft)
    urls.urlpatterns.insert(0, extra)
    clear_url_caches()
    yield "/try/draft/"
    urls.urlpatterns.remove(extra)
    clear_url_caches()


def test_the_editor_loads_and_hands_in_clean_text(
    open_browser: Callable[..., BrowserContext], complaints: list[str], address: str
) -> None:
    page = open_browser().new_page()
    page.goto(address)

    area = page.get_by_role("textbox", name="正文")
    expect(area).to_have_attribute("contenteditable", "true")
    area.press("Control+End")
    area.press("Enter")
    area.type("请认真执行。")
    page.get_by_role("button", name="居右").click()
    found: Any = Axe().run(page)
    assert [one["id"] for one in found.response["violations"]] == []
    page.get_by_role("button", name="插入表格").click()
    area.type("单位")
    page.get_by_role("button", name="在下方加一行").click()
    page.get_by_role("button", name="保存").click()

    kept = page.locator("#kept").text_content() or ""
    assert kept.startswith('<h2 class="center">通知</h2><p>各处室：</p><p class="right">请认真执行。</p><table>')
    assert kept.count("<tr>") == 4
    assert "<th><p>单位</p></th>" in kept
    assert complaints == []


def test_without_scripts_the_text_is_written_line_by_line(
    open_browser: Callable[..., BrowserContext], address: str
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(address)

    page.get_by_label("正文").fill("## 通知\n各处室：\n请认真执行。")
    page.get_by_role("button", name="保存").click()

    expect(page.locator("#kept")).to_have_text("<h2>通知</h2><p>各处室：</p><p>请认真执行。</p>")


WORD = """<html><body lang=ZH-CN style='tab-interval:21pt'><!--StartFragment-->
<p class=MsoTitle align=center style='text-align:center'><span style='font-family:方正小标宋简体;color:red'>管理办法<o:p></o:p></span></p>
<h1 style='margin-left:0cm'><span style='font-family:黑体'>一、总体要求</span></h1>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>
<span style='font-size:16.0pt;font-family:仿宋_GB2312'>请<b>认真</b>执行。</span></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1、</span><![endif]>逐项落实</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><thead><tr>
<td width=189 colspan=2 style='width:142pt;background:yellow'><p class=MsoNormal align=center>支持标准</p></td></tr></thead>
<tr><td><p class=MsoNormal>奖励</p></td><td><p class=MsoNormal>30万元</p></td></tr></table>
<p class=MsoNormal align=right style='text-align:right'>2026年3月2日</p>
<p class=MsoNormal><img width=200 src="file:///C:/Users/li/clip_image002.png" onerror="alert(1)"></p>
<!--EndFragment--></body></html>"""
PASTE = """(area, html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


def test_what_is_pasted_from_word_keeps_its_structure_and_loses_its_looks(
    open_browser: Callable[..., BrowserContext], complaints: list[str], address: str
) -> None:
    page = open_browser().new_page()
    page.goto(address)
    area = page.get_by_role("textbox", name="正文")
    area.press("Control+A")

    area.evaluate(PASTE, WORD)
    expect(area).to_contain_text("一、总体要求")
    page.get_by_role("button", name="保存").click()

    kept = page.locator("#kept").text_content() or ""
    for part in (
        '<h2 class="center">管理办法</h2><h2>一、总体要求</h2>',
        '<p class="indent">请<strong>认真</strong>执行。</p>',
        "逐项落实",
        '<th colspan="2"><p class="center">支持标准</p></th>',
        "<td><p>奖励</p></td><td><p>30万元</p></td>",
        '<p class="right">2026年3月2日</p>',
        "〔此处原有图片，请作为附件上传〕",
    ):
        assert part in kept, kept
    for gone in ("style", "Mso", "font", "<img", "file:", "yellow"):
        assert gone not in kept, kept
    assert complaints == []

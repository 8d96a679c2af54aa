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

"""The field of document texts: clean whatever was sent, usable without scripts, and nothing inline for the policy to refuse."""

import pytest
from django import forms

from portal.web import editor
from portal.web.editor import DocumentTextField


class Draft(forms.Form):
    text = DocumentTextField(label="正文")


def sent(text: str) -> Draft:
    return Draft({"text": text})


def test_what_may_not_stand_in_a_text_is_left_out_and_named() -> None:
    form = sent('<p onclick="x()">通知</p><script>alert(1)</script>')

    assert form.is_valid()
    assert form.cleaned_data["text"] == "<p>通知</p>"
    assert form.fields["text"].lost == ["点击等触发的脚本（1处）", "脚本（1处）"]


def test_one_form_does_not_name_what_another_lost() -> None:
    sent("<script>1</script><p>甲</p>").is_valid()
    form = sent("<p>乙</p>")

    assert form.is_valid()
    assert form.fields["text"].lost == []


def test_text_typed_without_the_editor_becomes_paragraphs() -> None:
    form = sent("## 通知\r\n各处室：\r\n\r\n3 < 5")

    assert form.is_valid()
    assert form.cleaned_data["text"] == "<h2>通知</h2><p>各处室：</p><p>3 &lt; 5</p>"


@pytest.mark.parametrize("nothing", ["", "<p></p>", "<p>&nbsp;</p>", "<script>alert(1)</script>"])
def test_a_text_that_shows_nothing_is_no_text(nothing: str) -> None:
    assert sent(nothing).errors["text"]


def test_a_text_that_is_too_long_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "MOST", 20_000)

    assert sent("长" * 20_001).errors["text"] == ["正文超过2万字，请把篇幅长的部分作为附件上传。"]


def test_the_page_gets_files_of_our_own_and_nothing_inline() -> None:
    page = f"{Draft().media}{Draft()['text']}"

    assert '<script src="/static/js/document-editor.js" type="module"></script>' in page
    assert page.count("<script") == 1
    assert "style=" not in page
    assert "maxlength" not in page

"""Fields, error summaries and Chinese dates."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template

from portal.web.templatetags import portal as tags


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="与证件一致。")
    kind = forms.ChoiceField(label="类型", choices=[("a", "自然人"), ("b", "法人")], widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="已核对")


def rendered(source: str, form: forms.Form) -> str:
    return Template("{% load portal %}" + source).render(Context({"form": form}))


def test_a_field_names_its_hint_and_its_error() -> None:
    html = rendered("{% field form.name %}", Sample({}))

    assert '<label class="label" for="id_name">姓名</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">与证件一致。' in html
    assert 'aria-invalid="true"' in html


def test_only_what_may_be_left_out_is_marked() -> None:
    assert "（选填）" in rendered("{% field form.note %}", Sample())
    assert "（选填）" not in rendered("{% field form.name %}", Sample())


def test_choices_are_a_fieldset_with_a_legend() -> None:
    html = rendered("{% field form.kind %}", Sample())

    assert "<fieldset" in html
    assert "<legend" in html
    assert '<label for="id_kind_1">法人</label>' in html


def test_a_single_box_carries_its_label_beside_it() -> None:
    html = rendered("{% field form.agree %}", Sample())

    assert html.index('type="checkbox"') < html.index('<label for="id_agree">已核对')
    assert 'class="input"' not in html


def test_answers_are_kept_and_escaped() -> None:
    html = rendered("{% field form.name %}", Sample({"name": '"><b>王'}))

    assert 'value="&quot;&gt;&lt;b&gt;王"' in html


def test_the_summary_links_to_the_first_input_of_each_fault() -> None:
    form = Sample({"name": "王"})
    form.add_error(None, "本件已由他人办理，请刷新页面。")

    html = rendered("{% error_summary form %}", form)

    assert "请更正以下问题" in html
    assert 'href="#id_kind_0"' in html
    assert 'href="#id_agree"' in html
    assert "<li>本件已由他人办理，请刷新页面。</li>" in html
    assert rendered("{% error_prefix form %}", form) == "错误："


def test_nothing_is_wrong_before_anything_was_sent() -> None:
    assert rendered("{% error_summary form %}{% error_prefix form %}", Sample()).strip() == ""


def test_dates_are_written_as_letters_write_them() -> None:
    assert tags.cn_date(date(2026, 11, 21)) == "2026年11月21日（周六）"
    assert tags.cn_day(date(2026, 1, 5)) == "2026年1月5日"


def test_moments_are_told_in_beijing_time() -> None:
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

    assert tags.cn_moment(late) == "2026年11月21日 00:30"
    assert tags.cn_date(late) == "2026年11月21日（周六）"


def test_no_date_is_no_words() -> None:
    assert tags.cn_date(None) == tags.cn_moment(None) == ""


@pytest.mark.parametrize(
    ("left", "words", "colour"),
    [
        (6, "还剩6个工作日", "calm"),
        (5, "还剩5个工作日", "soon"),
        (2, "还剩2个工作日", "close"),
        (0, "今天到期", "close"),
        (-1, "已超期1个工作日", "late"),
        (None, "不设期限", "open"),
    ],
)
def test_urgency_is_said_and_coloured(left: int | None, words: str, colour: str) -> None:
    assert tags.days_words(left) == words
    assert tags.urgency(left) == colour

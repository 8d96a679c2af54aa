"""A document before the public: what is on its page, who finds it, and what a stranger never finds."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.disclosure.making import drafted, published, signed

DAY = "2026-03-03"


@pytest.mark.rule("NX-19-2", "NX-07-1a")
def test_a_page_shows_the_eight_fields_the_mark_and_the_text(nx: Cast, stranger: Client) -> None:
    document = published(nx, DAY, document_number="宁工信发〔2026〕3号", keywords=("中小企业", "培育"))

    page = stranger.get(document.get_absolute_url()).content.decode()

    for word in ("索引号", "主题分类", "发文机关", "成文日期", "标题", "发文字号", "发布日期", "主题词"):
        assert f"<dt>{word}</dt>" in page
    assert "宁工信发〔2026〕3号" in page
    assert "中小企业　培育" in page
    assert page.index("现就加快培育") < page.index("（主动公开）")


def test_what_is_not_published_is_not_there(nx: Cast, stranger: Client) -> None:
    for document in (drafted(nx, DAY), signed(nx, DAY)):
        assert stranger.get(document.get_absolute_url()).status_code == 404

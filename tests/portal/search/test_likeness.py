"""What a free description may mean: offered when it is like it, and not when it is not."""

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from portal.search import service as search
from portal.search.service import Audience

from .items import publish

pytestmark = pytest.mark.django_db


def offered(text: str, **options: str) -> list[str]:
    return [result.plain_title for result in search.likely(text, **options)]


def test_a_description_finds_a_document_that_has_only_some_of_its_words() -> None:
    publish("关于下达2025年度自治区技术改造专项资金的通知", "现将项目安排表印发")
    publish("关于开展安全生产检查的通知", "各有关单位")
    publish("政府信息公开工作年度报告", "2025年度")

    assert offered("2025年度技术改造专项资金项目安排表") == ["关于下达2025年度自治区技术改造专项资金的通知"]
    assert offered("我想知道技术改造专项资金给了哪些企业") == ["关于下达2025年度自治区技术改造专项资金的通知"]


def test_what_is_like_nothing_is_offered_nothing() -> None:
    publish("关于下达技术改造专项资金的通知")

    assert offered("本人的社保缴费记录") == []
    assert offered("") == offered("的") == offered("😀") == offered("甲" * 10_000) == []


def test_the_title_weighs_more_than_the_text() -> None:
    publish("农村饮水安全工程招标公告", published_on=date(2020, 1, 1))
    publish("工作总结", "农村饮水安全工程招标公告")

    assert offered("农村饮水安全工程招标公告")[0] == "农村饮水安全工程招标公告"


def test_a_document_whose_number_is_named_comes_first() -> None:
    publish("工业稳增长若干措施", document_number="宁工信发〔2024〕31号")
    publish("企业技术中心认定办法")

    assert offered("宁工信发[2024]31号 企业技术中心认定办法")[0] == "工业稳增长若干措施"


def test_only_the_body_s_own_and_only_what_is_public() -> None:
    publish("招商引资奖励办法", body="wz")
    publish("招商引资奖励办法（内部）", body="wz", audience=Audience.STAFF)
    publish("招商引资奖励细则", body="nx")

    assert offered("招商引资奖励办法", body="wz") == ["招商引资奖励办法"]


def test_at_most_so_many_are_offered_with_three_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(9):
        publish(f"招商引资奖励办法第{number}版")

    with django_assert_num_queries(3):
        results = search.likely("招商引资奖励办法", most=4)

    assert len(results) == 4


def test_pairs_that_are_everywhere_say_nothing() -> None:
    for number in range(40):
        publish(f"关于印发工作方案的通知{number}")
    publish("关于印发盐池滩羊保护方案的通知")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")

    assert offered("关于印发盐池滩羊保护工作方案的通知") == ["关于印发盐池滩羊保护方案的通知"]

"""What bodies' documents want of the guide, the home page and the form, read off the pages themselves."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from portal.organisation.models import Body
from requests_ogi.vocabulary import ApplicantKind, Form, Help, IdentityDocument, Manner

pytestmark = pytest.mark.django_db


def words(path: str) -> str:
    page = Client().get(path).content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.rule("YC-5.2-4")
def test_the_guide_shows_the_address_the_telephone_and_the_mailbox_as_they_are_now() -> None:
    Body.objects.filter(code="yc").update(
        postal_address="某市某路99号", phone="0951-7654321", email="new@yc.example.cn"
    )

    guide = words("/bodies/yc/")

    for text in ("某市某路99号", "0951-7654321", "new@yc.example.cn"):
        assert text in guide


@pytest.mark.rule("YQ-S1-3b")
def test_the_guide_states_procedure_form_and_telephone() -> None:
    body = Body.objects.get(code="yq")

    guide = words("/bodies/yq/")

    for text in ("怎样办理", "登记。", "审核。", "答复。", "形式要求", "下载纸质申请表", body.phone):
        assert text in guide


@pytest.mark.rule("YC-5.2-8")
def test_the_home_page_has_a_column_for_disclosure_on_request() -> None:
    page = Client().get("/").content.decode()

    column = page[page.index('id="bodies"') :]
    assert "依申请公开" in column[: column.index("</section>")]
    assert 'href="/requests/apply/?body=yc"' in column


@pytest.mark.rule("YC-5.2-6")
def test_one_platform_takes_requests_for_every_body() -> None:
    page = Client().get("/requests/apply/").content.decode()

    for body in Body.objects.all():
        assert f"/requests/apply/?body={body.code}" in page
        assert body.name in page


@pytest.mark.rule("LD-A8-5a", "LD-A8-7a")
def test_every_body_has_the_uniform_form_on_paper_with_every_box_and_none_for_the_purpose() -> None:
    for body in Body.objects.all():
        assert f'href="/requests/form/{body.code}/"' in Client().get("/requests/apply/").content.decode()
        pdf = Client().get(f"/requests/form/{body.code}/")
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages))

        assert "政府信息公开申请表" in text
        assert re.sub(r"\s", "", body.postal_address) in text
        for choices in (ApplicantKind, IdentityDocument, Form, Manner, [one for one in Help if one]):
            for one in choices:
                assert f"□{one.label}" in text, one
        for box in ("姓名或者名称", "证件号码", "联系电话", "所需信息的名称", "文号", "申请人签名或者盖章"):
            assert box in text
        assert "用途：" not in text
    assert Client().get("/requests/form/nobody/").status_code == 404


@pytest.mark.rule("LD-A5-14", "REG-51", "REG-47")
def test_the_guide_says_where_to_complain_report_and_sue() -> None:
    guide = words("/bodies/ld/")

    assert "投诉举报" in guide
    assert "提起行政诉讼" in guide
    assert "监督电话" in guide


@pytest.mark.rule("REG-43", "LD-A8-12c")
@pytest.mark.parametrize("path", ["/bodies/ld/", "/requests/apply/"])
def test_who_needs_help_finds_a_telephone(path: str) -> None:
    page = words(path)

    assert "阅读困难或者视听障碍" in page
    assert Body.objects.get(code="ld").phone in page

"""Documents in the workplace: written, sent up, reviewed and published by pressing buttons."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from disclosure.models import Document
from disclosure.vocabulary import State
from disclosure.workflow import Text
from tests.cast import Cast
from tests.factories import PNG

from ..making import drafted, proposed, published, signed
from .conftest import DAY, now_of, page, press

Browser = Callable[[str], Client]


def written(nx: Cast, **changes: Any) -> dict[str, Any]:
    """The form of a new document as a liaison fills it in."""
    return {
        "department": nx.department.pk,
        "title": "关于开展中小企业服务月活动的通知",
        "html": "各有关单位：\n## 一、活动时间\n2026年4月。",
        "attribute": "open",
        "genre": "notice",
        "phase": "service",
        "topic": "工业、交通",
        "keywords": "中小企业、服务月",
        "issuer": nx.body.name,
        "formed_on": DAY,
        "content": "own",
        "audience": "public",
    } | changes


def test_a_liaison_writes_a_document_with_an_attachment(nx: Cast, browser: Browser) -> None:
    scan = SimpleUploadedFile("报名表.png", PNG, content_type="image/png")

    response = browser("li").post("/admin/documents/draft/", written(nx, files=scan))

    document = Document.objects.get()
    assert response.status_code == 302
    assert document.number == f"NX-{nx.department.code.upper()}-2026-00001"
    version = document.versions.get()
    assert version.html == '<p class="flush">各有关单位：</p><h2>一、活动时间</h2><p>2026年4月。</p>'
    assert [one.title for one in version.files.all()] == ["报名表"]
    assert document.keywords == ["中小企业", "服务月"]


def test_whoever_writes_a_document_has_the_editor_and_is_not_asked_for_what_most_do_not_need(
    nx: Cast, browser: Browser
) -> None:
    drafting = browser("li").get("/admin/documents/draft/").content.decode()
    closing = (
        browser("li").post("/admin/documents/draft/", written(nx, title="", reason="属于过程性信息。")).content.decode()
    )

    folded = '<details class="fold document-group"><summary>不主动公开的理由和依据、公开范围</summary>'
    assert "js/document-editor" in drafting
    assert folded in drafting
    assert folded.replace('group">', 'group" open>') in closing


def test_what_a_draft_still_owes_is_listed_point_by_point(nx: Cast, browser: Browser) -> None:
    document = drafted(nx, DAY, is_policy=True)

    told = press(browser("li"), document, "propose").content.decode()

    assert "<li>政策性文件没有解读方案。</li>" in told
    assert "<li>没有认定是否属于行政规范性文件（正文修改后应当重新认定）。</li>" in told


def test_what_was_written_is_kept_when_something_is_missing(nx: Cast, browser: Browser) -> None:
    response = browser("li").post("/admin/documents/draft/", written(nx, title="", formed_on="昨天"))

    shown = response.content.decode()
    assert "请填写标题。" in shown
    assert "日期不正确" in shown
    assert "2026年4月。" in shown
    assert not Document.objects.exists()


def test_a_script_in_the_text_is_left_behind(nx: Cast, browser: Browser) -> None:
    browser("li").post("/admin/documents/draft/", written(nx, html="<p>正文</p><script>alert(1)</script>"))

    assert Document.objects.get().versions.get().html == "<p>正文</p>"


def test_a_paper_goes_its_whole_way_by_buttons(nx: Cast, browser: Browser) -> None:
    document = drafted(nx, DAY)

    press(browser("li"), document, "propose")
    press(browser("zhou"), document, "pass_stage", opinion="同意")
    press(browser("chen"), document, "pass_stage")
    press(browser("ma"), document, "sign")
    response = press(browser("chen"), document, "publish")

    assert response.status_code == 302
    assert now_of(document).state == State.PUBLISHED


def test_only_who_holds_the_stage_is_offered_it(nx: Cast, browser: Browser) -> None:
    document = proposed(nx, DAY)

    head = browser("zhou").get(page(document)).content.decode()
    office = browser("chen").get(page(document)).content.decode()

    assert page(document, "pass_stage/") in head
    assert page(document, "pass_stage/") not in office


def test_a_drafter_is_told_why_there_is_nothing_to_press(nx: Cast, browser: Browser) -> None:
    shown = browser("li").get(page(signed(nx, DAY))).content.decode()

    assert "应当由其他同志办理" in shown
    assert "publish/" not in shown


def test_two_people_at_once_the_second_is_told_who_was_first(nx: Cast, browser: Browser) -> None:
    document = proposed(nx, DAY)
    stale = document.edition
    press(browser("zhou"), document, "pass_stage")

    response = browser("zhou").post(page(document, "send_back/"), {"edition": stale, "opinion": "附件有误"})

    assert response.status_code == 409
    assert "周建国" in response.content.decode()
    assert "附件有误" in response.content.decode()
    assert now_of(document).state == State.REVIEW


def test_what_is_missing_is_listed_when_a_draft_comes_back(nx: Cast, browser: Browser) -> None:
    document = drafted(nx, DAY, attribute="closed")

    response = press(browser("li"), document, "propose")

    assert response.status_code == 409
    assert "没有写明理由" in response.content.decode()
    assert now_of(document).state == State.DRAFT


def test_another_department_and_a_stranger_find_nothing(nx: Cast, browser: Browser) -> None:
    document = drafted(nx, DAY)

    assert browser("wu").get(page(document)).status_code == 404
    assert browser("zhao").get(page(document)).status_code in (302, 403, 404)
    assert Client().get(page(document)).status_code == 302


def test_the_queue_finds_by_title_number_and_state(nx: Cast, browser: Browser) -> None:
    drafted(nx, DAY)
    other = proposed(nx, DAY, document_number="宁工信发〔2026〕8号")
    office = browser("chen")

    def found(**query: str) -> str:
        return office.get("/admin/documents/", query).content.decode()

    assert "本页2件" in found()
    assert "本页1件" in found(state="review")
    assert other.number in found(q="〔2026〕8号")
    assert "目前没有这样的文件" in found(q="\x00不存在")


def test_a_new_version_keeps_the_files_that_are_ticked(nx: Cast, browser: Browser) -> None:
    scan = SimpleUploadedFile("附件一.png", PNG, content_type="image/png")
    browser("li").post("/admin/documents/draft/", written(nx, files=scan))
    document = Document.objects.get()
    kept = document.versions.get().files.get()

    press(browser("li"), document, "revise", **written(nx, title="改过的标题"), keep=kept.pk)
    press(browser("li"), document, "revise", **written(nx, title="没有附件"))

    first, second, third = document.versions.order_by("number")
    assert (first.title, second.title, third.title) == (written(nx)["title"], "改过的标题", "没有附件")
    assert [one.files.count() for one in (first, second, third)] == [1, 1, 0]


def test_one_box_finds_documents_by_number_title_and_text_whether_public_or_on_their_way(
    nx: Cast, browser: Browser
) -> None:
    text = Text(title="关于开展年度考核的通知", html="<p>按时报送材料汇编。</p>", text="按时报送材料汇编。")
    out = published(nx, DAY, text=text, document_number="宁工信发〔2026〕7号")
    draft = drafted(nx, DAY, text=Text(title="会议安排", html="<p>材料汇编另发。</p>", text="材料汇编另发。"))
    other = drafted(nx, DAY)

    def found(words: str) -> set[str]:
        shown = browser("chen").get("/admin/documents/", {"q": words}).content.decode()
        return {one.number for one in (out, draft, other) if one.number in shown}

    assert found("材料汇编") == {out.number, draft.number}
    assert found("年度考核") == found("宁工信发〔2026〕7号") == found(out.number) == {out.number}
    assert found("汇编材料") == found("%") == found("年度 会议") == set()
    assert found("年度 材料") == {out.number}

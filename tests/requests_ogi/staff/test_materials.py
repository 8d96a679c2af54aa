"""Materials in the workplace: added, looked at, marked page by page, and given as copies."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from requests_ogi import workflow
from requests_ogi.models import InformationRequest, Material
from requests_ogi.vocabulary import Outcome
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, review
from tests.materials import SECRET_NAME, paper

from .conftest import DAY, now_of, offered, page, press, text_of

DECIDED = {f"step-{question}": branch for question, branch in GRANT.items()}
PART = {"what": "申报人的姓名", "ground": "privacy", "reason": "公开会侵害其个人隐私。"}
BOX = {"boxes-left": ["8", "", "08.0％"], "boxes-top": ["10", "", "１５"]} | {
    "boxes-width": ["50", "", "50"],
    "boxes-height": ["3", "", "3"],
}


@pytest.fixture
def case(nx: Cast, browser: Any) -> InformationRequest:
    return assigned(nx, DAY)


@pytest.fixture
def li(browser: Any) -> Client:
    return browser("li")


def add(client: Client, case: InformationRequest, *, title: str = "补助名单", **given: Any) -> Any:
    file = SimpleUploadedFile(given.get("name", "名单.pdf"), given.get("data", paper(pages=2)))
    return press(client, case, "enclose", title=title, upload=file)


def added(client: Client, case: InformationRequest) -> Material:
    add(client, case)
    return case.materials.get()


def mark(client: Client, case: InformationRequest, material: Material | None, **changes: Any) -> Any:
    values = {"scope": "area", "material": material.pk if material else "", "page": 1, **PART, **BOX}
    return press(client, case, "withhold", **values | changes)


def test_a_material_is_added_and_its_pages_are_there_to_draw_on(li: Client, case: InformationRequest) -> None:
    answer = add(li, case)

    material = case.materials.get()
    assert answer.url == page(case, f"enclose/../withhold/?material={material.pk}")
    shown = li.get(page(case, f"withhold/?material={material.pk}&page=2"))
    assert "《补助名单》第2页，共2页" in text_of(shown)
    picture = li.get(page(case, f"materials/{material.pk}/pages/2/"))
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    assert "no-store" in picture["Cache-Control"]


@pytest.mark.rule("REG-37")
def test_two_areas_are_drawn_and_gone_from_the_copy(li: Client, case: InformationRequest) -> None:
    material = added(li, case)

    answer = mark(li, case, material)

    assert answer.url == page(case, f"withhold/?material={material.pk}&page=1")
    part = case.withheld.get()
    assert part.boxes == [[0.08, 0.1, 0.5, 0.03], [0.08, 0.15, 0.5, 0.03]]
    copy = li.get(page(case, f"materials/{material.pk}/copy/"))
    reader = PdfReader(io.BytesIO(copy.content))
    assert [one.extract_text() for one in reader.pages] == ["", ""]
    assert "attachment" in copy["Content-Disposition"]
    assert SECRET_NAME.encode() not in copy.content


def test_what_is_marked_already_lies_on_the_page_and_in_the_list(li: Client, case: InformationRequest) -> None:
    material = added(li, case)
    mark(li, case, material)

    text = text_of(li.get(page(case, f"withhold/?material={material.pk}")))

    assert 'class="box-set" x="800" y="1000" width="5000" height="300"' in text
    assert "《补助名单》第1页：申报人的姓名" in text
    assert "《中华人民共和国政府信息公开条例》第十五条（涉及个人隐私" in text
    assert 'value="privacy" selected' in text
    assert "box-set" not in text_of(li.get(page(case, f"withhold/?material={material.pk}&page=2")))


def test_the_grounds_are_those_of_the_bodys_law_the_binding_ones_first(li: Client, case: InformationRequest) -> None:
    added(li, case)

    text = text_of(li.get(page(case, "withhold/")))

    must, may = text.index('<optgroup label="应当不予公开">'), text.index('<optgroup label="可以不予公开">')
    assert must < text.index('value="privacy"') < may < text.index('value="discussion_record"')


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"boxes-left": ["abc"]}, "boxes"),
        ({"boxes-left": ["8"], "boxes-top": [""]}, "boxes"),
        ({"boxes-left": ["8"], "boxes-top": ["10"], "boxes-width": ["95"], "boxes-height": ["3"]}, "boxes"),
        ({"boxes-left": ["1e999"], "boxes-top": ["10"], "boxes-width": ["5"], "boxes-height": ["3"]}, "boxes"),
        ({"boxes-left": ["-inf"], "boxes-top": ["nan"], "boxes-width": ["5"], "boxes-height": ["3"]}, "boxes"),
        ({"boxes-left": [""], "boxes-top": [""], "boxes-width": [""], "boxes-height": [""]}, "boxes"),
        ({"scope": "whatever"}, "scope"),
        ({"ground": "whatever"}, "ground"),
        ({"ground": ""}, "ground"),
        ({"reason": ""}, "reason"),
        ({"what": "字" * 10_000}, "what"),
    ],
)
def test_a_fault_is_said_at_its_field(
    li: Client, case: InformationRequest, changes: dict[str, Any], field: str
) -> None:
    material = added(li, case)

    answer = mark(li, case, material, **changes)

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["act"] is not None
    assert not case.withheld.exists()


@pytest.mark.parametrize("key", ["", "0", "-1", "１２", "9" * 40, "x"])
def test_an_address_with_nonsense_shows_the_first_page(li: Client, case: InformationRequest, key: str) -> None:
    added(li, case)

    shown = li.get(page(case, "withhold/"), {"material": key, "page": key})

    assert "《补助名单》第1页" in text_of(shown) or "《补助名单》第2页" in text_of(shown)


def test_without_a_material_only_what_is_not_uploaded_can_be_withheld(li: Client, case: InformationRequest) -> None:
    shown = text_of(li.get(page(case, "withhold/")))
    assert "还没有添加拟提供的材料" in shown
    assert 'value="area"' not in shown

    mark(li, case, None, scope="elsewhere")

    part = case.withheld.get()
    assert (part.scope, part.boxes, part.material) == ("elsewhere", [], None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "名单.txt", "data": "名单".encode()}, "请先另存为PDF"),
        ({"name": "名单.pdf", "data": b"%PDF-1.4 nothing %%EOF"}, "该PDF已损坏"),
        ({"name": "名单.pdf", "data": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, "扩展名是 .pdf"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused_in_words(
    li: Client, case: InformationRequest, given: dict[str, Any], sentence: str
) -> None:
    answer = add(li, case, **given)

    assert answer.status_code in {200, 409}
    assert sentence in text_of(answer)
    assert not case.materials.exists()


def test_a_part_and_a_material_are_taken_back(li: Client, case: InformationRequest) -> None:
    material = added(li, case)
    mark(li, case, material)
    part = case.withheld.get()
    assert {"restore", "remove"} <= offered(li, case)
    assert f"?part={part.pk}" in text_of(li.get(page(case)))

    press(li, case, "restore", part=part.pk)
    press(li, case, "remove", material=material.pk)

    assert not case.withheld.standing().exists()
    assert not case.materials.standing().exists()
    assert not {"restore", "remove"} & offered(li, case)
    assert press(li, case, "restore", part=part.pk).status_code == 200


def test_one_who_was_slower_is_told_who_was_first_and_keeps_the_areas(
    li: Client, browser: Any, case: InformationRequest
) -> None:
    material = added(li, case)
    edition = now_of(case).edition
    mark(browser("chen"), case, material)

    answer = li.post(
        page(case, "withhold/"),
        {"edition": edition, "scope": "area", "material": material.pk, "page": 1, **PART, **BOX},
    )

    assert answer.status_code == 409
    assert "陈立新" in text_of(answer)
    assert 'value="１５"' in text_of(answer)
    assert case.withheld.count() == 1


def test_a_department_that_has_not_the_case_sees_no_material(
    li: Client, browser: Any, case: InformationRequest
) -> None:
    material = added(li, case)

    for tail in (f"materials/{material.pk}/pages/1/", f"materials/{material.pk}/copy/"):
        assert browser("wu").get(page(case, tail)).status_code == 404
    assert li.get(page(case, f"materials/{material.pk}/pages/3/")).status_code == 404
    assert li.get(page(case, f"materials/{material.pk + 1}/copy/")).status_code == 404


def test_a_material_withheld_whole_has_no_copy(li: Client, case: InformationRequest) -> None:
    material = added(li, case)
    mark(li, case, material, scope="material")

    assert li.get(page(case, f"materials/{material.pk}/copy/")).url == page(case)
    assert "整份不予公开，不提供副本" in text_of(li.get(page(case)))


@pytest.mark.rule("REG-37")
def test_a_partial_draft_shows_its_parts_and_the_names_of_what_comes_with_it(
    li: Client, case: InformationRequest
) -> None:
    mark(li, case, added(li, case))
    answers = DECIDED | {"step-give": "third_party", "step-sever": "severable"}

    seen = press(li, case, "draft", **answers, provision="凭查询码下载")
    assert "《补助名单》第1页：申报人的姓名。依据：" in text_of(seen)
    assert "补助名单（不予公开的内容已遮盖）" in text_of(seen)
    press(li, case, "draft", **answers, provision="凭查询码下载", checked="partial")

    draft = case.drafts.get()
    assert (draft.outcome, draft.parts) == (Outcome.PARTIAL, [case.withheld.get().pk])
    assert "不予公开的部分" in text_of(li.get(page(case)))


def test_a_refusal_chooses_its_ground_from_the_law(li: Client, case: InformationRequest) -> None:
    answers = DECIDED | {"step-give": "process", "step-sever": "inseverable"}
    texts = {"reason": "系讨论记录", "harm": "影响讨论"}

    wrong = press(li, case, "draft", **answers, **texts, ground="privacy")
    assert set(wrong.context["form"].errors) == {"ground"}
    seen = press(li, case, "draft", **answers, **texts, ground="discussion_record")

    assert "《中华人民共和国政府信息公开条例》第十六条第二款（过程性信息：讨论记录）" in text_of(seen)


def test_a_grant_with_parts_is_refused_on_the_page(li: Client, case: InformationRequest) -> None:
    mark(li, case, added(li, case))

    seen = press(li, case, "draft", **DECIDED, provision="下载")

    assert "不能按“予以公开”答复" in text_of(seen)


def test_a_fixed_copy_is_what_staff_see_afterwards(
    nx: Cast, li: Client, browser: Any, case: InformationRequest, now: Any
) -> None:
    material = added(li, case)
    now_case = now_of(case)
    workflow.draft(now_case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=now)
    review(now_case, nx, now)
    workflow.submit(now_case, by=nx.li, at=now)
    workflow.approve(now_case, by=nx.ma, at=now)

    copy = browser("ma").get(page(case, f"materials/{material.pk}/copy/"))

    assert "下载提供的副本" in text_of(browser("ma").get(page(case)))
    assert SECRET_NAME in PdfReader(io.BytesIO(copy.content)).pages[0].extract_text()

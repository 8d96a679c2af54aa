"""Giving a part: each withheld part has its place, ground and reason; what is left is given, and only as a copy."""

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from portal.archive import service as archive
from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.refusal import Refusal
from portal.workflow.engine import SomebodyWasFirst
from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest, Material, ReleasedCopy, WithheldPart
from requests_ogi.vocabulary import Manner, Outcome
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, PNG, applied, assigned, at, review
from tests.materials import NAME_BOX, OPEN_WORDS, PHONE_BOX, SECRET_NAME, SECRET_PHONE, huge, locked, paper

DAY = "2025-03-03"
PARTIAL = GRANT | {"give": "third_party", "sever": "severable"}
REASON = "公开会侵害其个人隐私。"


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def upload(data: bytes | None = None, name: str = "名单.pdf") -> Upload:
    return Upload(name=name, data=data or paper(pages=2), purpose="material")


def enclosed(cast: Cast, case: InformationRequest, title: str = "补助名单", **given: Any) -> Material:
    return workflow.enclose(case, title=title, upload=upload(**given), by=cast.li, at=at(DAY, 12))


def hidden(cast: Cast, case: InformationRequest, material: Material | None, **changes: Any) -> WithheldPart:
    """The name on the first page is withheld."""
    values = {
        "scope": "area",
        "what": "申报人的姓名",
        "ground": "privacy",
        "reason": REASON,
        "material": material,
        "page": 1,
        "boxes": [NAME_BOX],
    }
    return workflow.withhold(case, **values | changes, by=cast.li, at=at(DAY, 12, 30))


ELSEWHERE = {"scope": "elsewhere", "page": None, "boxes": [], "what": "附件二", "ground": "trade_secret"}


def drafted(cast: Cast, case: InformationRequest, decided: dict = PARTIAL, **texts: Any) -> Any:
    return workflow.draft(case, decided=decided, texts=GRANT_TEXTS | texts, by=cast.li, at=at(DAY, 13))


def decided(cast: Cast, case: InformationRequest) -> InformationRequest:
    """Sent for approval and approved."""
    review(case, cast, at(DAY, 13, 30))
    workflow.submit(case, by=cast.li, at=at(DAY, 14))
    workflow.approve(case, by=cast.ma, at=at(DAY, 15))
    return case


def words(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


# --- the lawful story -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-37", "YQ-S1-9-4", "LD-A8-9-4", "YQ-S1-10h")
def test_what_can_be_given_is_given_and_the_rest_is_named_with_ground_and_reason(nx: Cast) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)
    hidden(nx, case, material)
    hidden(nx, case, material, what="第2页全部附注", scope="page", page=2, boxes=[], ground="trade_secret")

    drafted(nx, case)
    decided(nx, case)

    text = case.answer.letter.sealed
    assert "《补助名单》第1页：申报人的姓名。依据：《中华人民共和国政府信息公开条例》第十五条" in text
    assert "《补助名单》第2页全页：第2页全部附注" in text
    assert "理由：公开会侵害其个人隐私。" in text
    assert case.answer.letter.content.attachments == ("补助名单（不予公开的内容已遮盖）",)
    copy = case.released.get()
    assert copy.redacted
    assert words(archive.open_bytes(copy.file)) == ""
    assert SECRET_NAME in words(archive.open_bytes(material.original))


def test_the_ledger_knows_the_hash_of_every_copy_and_no_word_of_it(nx: Cast) -> None:
    case = assigned(nx, DAY)
    hidden(nx, case, enclosed(nx, case, title="某某的补助名单"))
    drafted(nx, case)
    decided(nx, case)

    copy = case.released.get()
    told = ledger.timeline(case).get(verb="approve").told
    assert told["released"] == [{"material": copy.material_id, "sha256": copy.file.sha256, "redacted": True}]
    assert hashlib.sha256(archive.open_bytes(copy.file)).hexdigest() == copy.file.sha256
    everything = str([entry.told for entry in Entry.objects.all()])
    assert not any(secret in everything for secret in ("某某的补助名单", "申报人的姓名", REASON))


def test_a_grant_gives_its_materials_whole_and_without_traces(nx: Cast) -> None:
    case = assigned(nx, DAY)
    enclosed(nx, case, data=paper(hidden="Author Wang"))
    drafted(nx, case, GRANT)
    decided(nx, case)

    copy = case.released.get()
    data = archive.open_bytes(copy.file)
    assert not copy.redacted
    assert OPEN_WORDS in words(data)
    assert b"Author Wang" not in data
    assert case.answer.letter.content.attachments == ("补助名单",)


def test_a_material_withheld_whole_is_not_given(nx: Cast) -> None:
    case = assigned(nx, DAY)
    hidden(nx, case, enclosed(nx, case, title="附件"), scope="material", page=None, boxes=[])
    kept = enclosed(nx, case)
    drafted(nx, case)
    decided(nx, case)

    assert [copy.material for copy in case.released.all()] == [kept]
    assert case.answer.letter.content.attachments == ("补助名单",)
    assert "《附件》全文：申报人的姓名" in case.answer.letter.sealed


def test_a_refusal_gives_nothing_of_what_was_looked_through(nx: Cast) -> None:
    case = assigned(nx, DAY)
    enclosed(nx, case)
    texts = {"ground": "discussion_record", "reason": "系讨论记录", "harm": "影响讨论"}
    drafted(nx, case, GRANT | {"give": "process", "sever": "inseverable"}, **texts)
    decided(nx, case)

    assert case.outcome == Outcome.PROCESS_INFO
    assert not ReleasedCopy.objects.exists()
    assert "条例》第十六条第二款（过程性信息：讨论记录）" in case.answer.letter.sealed


def test_originals_and_copies_are_sealed_into_the_dossier(nx: Cast) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)
    workflow.restore(hidden(nx, case, material, what="写错的一处"), by=nx.li, at=at(DAY, 12, 40))
    hidden(nx, case, material)
    drafted(nx, case)
    decided(nx, case)
    workflow.serve(case, manner="electronic", sent_on=at(DAY).date(), by=nx.chen, at=at(DAY, 16))

    sealed = workflow.close(case, by=nx.chen, at=at(DAY, 17))

    with zipfile.ZipFile(io.BytesIO(archive.open_bytes(sealed.file))) as dossier:
        original = dossier.read("06-提供的材料/原件01-补助名单.pdf")
        copy = dossier.read("06-提供的材料/副本01-补助名单.pdf")
        parts = dossier.read("06-提供的材料/不予公开的部分.txt").decode()
    assert original == archive.open_bytes(material.original)
    assert copy == archive.open_bytes(case.released.get().file)
    assert "申报人的姓名" in parts
    assert "写错的一处" in parts.splitlines()[0]
    assert parts.splitlines()[0].endswith("（已取消）")


# --- what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-37")
def test_a_partial_answer_needs_a_part_that_is_withheld(nx: Cast) -> None:
    case = assigned(nx, DAY)
    enclosed(nx, case)

    with pytest.raises(Refusal, match="登记不予公开的部分"):
        drafted(nx, case)


@pytest.mark.rule("REG-37")
def test_a_grant_withholds_nothing(nx: Cast) -> None:
    case = assigned(nx, DAY)
    hidden(nx, case, enclosed(nx, case))

    with pytest.raises(Refusal, match="不能按“予以公开”答复"):
        drafted(nx, case, GRANT)


@pytest.mark.rule("REG-37", "YQ-S1-9-4", "LD-A8-9-4")
def test_a_part_of_electronic_files_is_given_as_a_file(nx: Cast) -> None:
    case = assigned(nx, DAY)
    hidden(nx, case, None, **ELSEWHERE)

    with pytest.raises(Refusal, match="请先添加拟提供的材料"):
        drafted(nx, case)

    by_post = assigned(nx, DAY, manner=Manner.POST)
    hidden(nx, by_post, None, **ELSEWHERE)
    assert drafted(nx, by_post).outcome == Outcome.PARTIAL


def test_the_seven_steps_and_the_parts_agree_on_the_ground(nx: Cast) -> None:
    case = assigned(nx, DAY)
    hidden(nx, case, enclosed(nx, case), ground="draft_version")

    with pytest.raises(Refusal, match="依据都不一致"):
        drafted(nx, case)


@pytest.mark.parametrize("change", ["withhold", "restore", "enclose", "remove"])
def test_what_changed_after_the_draft_is_drafted_anew(nx: Cast, change: str) -> None:
    case = assigned(nx, DAY)
    material, spare = enclosed(nx, case), enclosed(nx, case, title="附件")
    part = hidden(nx, case, material)
    hidden(nx, case, material, boxes=[PHONE_BOX])
    drafted(nx, case)
    acts = {
        "withhold": lambda: hidden(nx, case, material, what="又一处"),
        "restore": lambda: workflow.restore(part, by=nx.li, at=at(DAY, 13, 10)),
        "enclose": lambda: enclosed(nx, case, title="补充材料"),
        "remove": lambda: workflow.remove(spare, by=nx.li, at=at(DAY, 13, 10)),
    }
    part.request = spare.request = case
    acts[change]()

    with pytest.raises(Refusal, match="请重新保存拟办意见"):
        decided(nx, case)

    assert drafted(nx, case).version == 2
    decided(nx, case)


@pytest.mark.rule("YQ-S1-10h", "REG-37")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "理由"),
        ({"what": ""}, "什么内容"),
        ({"ground": "made_up"}, "选择不予公开的依据"),
        ({"boxes": []}, "画出要遮盖的区域"),
        ({"boxes": [(0.9, 0.1, 0.2, 0.1)]}, "在页面之内"),
        ({"boxes": [(-0.1, 0.1, 0.2, 0.1)]}, "在页面之内"),
        ({"boxes": [(0.1, 0.1, 0.0, 0.1)]}, "在页面之内"),
        ({"boxes": [(float("nan"), 0.1, 0.1, 0.1)]}, "在页面之内"),
        ({"boxes": [NAME_BOX] * 61}, "最多登记60个区域"),
        ({"page": 3}, "页数之内"),
        ({"page": None}, "页数之内"),
        ({"scope": "page"}, "已经画出遮盖区域"),
        ({"scope": "elsewhere", "boxes": []}, "先添加拟提供的材料"),
        ({"material": None}, "先添加拟提供的材料"),
    ],
)
def test_a_part_says_what_where_and_why(nx: Cast, changes: dict[str, Any], sentence: str) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)

    with pytest.raises(Refusal, match=sentence):
        hidden(nx, case, **({"material": material} | changes))

    assert not WithheldPart.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"data": b"plain words", "name": "a.txt"}, "先另存为PDF"),
        ({"data": PNG, "name": "a.pdf"}, "扩展名"),
        ({"data": locked(paper())}, "打开密码"),
        ({"data": huge()}, "尺寸异常"),
        ({"data": b"%PDF-1.7 nothing %%EOF"}, "已损坏"),
        ({"title": " "}, "材料名称"),
    ],
)
def test_a_material_that_cannot_be_copied_is_refused(nx: Cast, given: dict[str, Any], sentence: str) -> None:
    case = assigned(nx, DAY)

    with pytest.raises(Refusal, match=sentence):
        enclosed(nx, case, **given)

    assert not Material.objects.exists()


def test_two_materials_do_not_share_a_name(nx: Cast) -> None:
    case = assigned(nx, DAY)
    first = enclosed(nx, case)
    with pytest.raises(Refusal, match="同名"):
        enclosed(nx, case)

    first.request = case
    workflow.remove(first, by=nx.li, at=at(DAY, 13))

    assert enclosed(nx, case).pk != first.pk


def test_a_material_of_another_request_is_not_marked(nx: Cast) -> None:
    other = enclosed(nx, assigned(nx, DAY))

    with pytest.raises(Refusal, match="已经取回"):
        hidden(nx, assigned(nx, DAY), other)


def test_taking_a_material_back_takes_its_parts_along_and_keeps_them_on_record(nx: Cast) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)
    part = hidden(nx, case, material)
    material.request = case

    workflow.remove(material, by=nx.li, at=at(DAY, 13))

    part.refresh_from_db()
    assert (part.removed_by, material.removed_by) == (nx.li, nx.li)
    assert not case.withheld.standing().exists()
    with pytest.raises(Refusal, match="已经取回"):
        workflow.remove(material, by=nx.li, at=at(DAY, 13))
    part.request = case
    with pytest.raises(Refusal, match="已经取消"):
        workflow.restore(part, by=nx.li, at=at(DAY, 13))


@pytest.mark.parametrize("act", ["enclose", "withhold", "restore", "remove"])
def test_once_sent_for_approval_nothing_of_it_changes(nx: Cast, act: str) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)
    part = hidden(nx, case, material)
    drafted(nx, case)
    review(case, nx, at(DAY, 13, 30))
    workflow.submit(case, by=nx.li, at=at(DAY, 14))
    material.request = part.request = case
    acts = {
        "enclose": lambda: enclosed(nx, case, title="又一份"),
        "withhold": lambda: hidden(nx, case, material),
        "restore": lambda: workflow.restore(part, by=nx.li, at=at(DAY, 14)),
        "remove": lambda: workflow.remove(material, by=nx.li, at=at(DAY, 14)),
    }

    with pytest.raises(Refusal, match="本件目前是“待审签”"):
        acts[act]()


def test_who_signs_does_not_draw(nx: Cast) -> None:
    case = assigned(nx, DAY)

    with pytest.raises(Refusal, match="您的岗位不能办理“添加拟提供的材料”"):
        workflow.enclose(case, title="名单", upload=upload(), by=nx.ma, at=at(DAY, 12))


def test_of_two_who_mark_at_once_one_is_told_who_was_first(nx: Cast) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)
    stale = InformationRequest.objects.get(pk=case.pk)
    hidden(nx, case, material)

    with pytest.raises(SomebodyWasFirst, match="登记不予公开的部分（第1页）"):
        hidden(nx, stale, material)

    assert WithheldPart.objects.count() == 1


@pytest.mark.rule("YQ-S1-10h", "LD-A8-9-2")
@pytest.mark.parametrize(
    ("ground", "sentence"),
    [("", "请选择不予公开的法律依据"), ("条例第十六条", "请从本机关适用"), ("privacy", "不一致")],
)
def test_a_whole_refusal_rests_on_a_ground_of_the_bodys_law(nx: Cast, ground: str, sentence: str) -> None:
    texts = {"ground": ground, "reason": "系讨论记录", "harm": "影响讨论"}

    with pytest.raises(Refusal, match=sentence):
        drafted(nx, assigned(nx, DAY), GRANT | {"give": "process", "sever": "inseverable"}, **texts)


# --- what the database refuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"boxes": [[0.5, 0, 0.6, 0.1]]}, "boxes_lie_on_the_page"),
        ({"boxes": [[0, 0, 0, 0.1]]}, "boxes_lie_on_the_page"),
        ({"boxes": [[0, 0, 0.1]]}, "boxes_lie_on_the_page"),
        ({"boxes": [["0", 0, 0.1, 0.1]]}, "boxes_lie_on_the_page"),
        ({"boxes": {"left": 1}}, "boxes_lie_on_the_page"),
        ({"boxes": []}, "withheld_part_says_where"),
        ({"page": None}, "withheld_part_says_where"),
        ({"material": None}, "withheld_part_says_where"),
        ({"scope": "page"}, "withheld_part_says_where"),
        ({"scope": "somewhere"}, "withheld_part_says_where"),
        ({"ground": ""}, "withheld_part_has_ground"),
        ({"removed_at": at(DAY)}, "withheldpart_removed_at_with_removed_by"),
    ],
)
def test_a_part_is_stored_only_with_its_place_and_ground(nx: Cast, wrong: dict[str, Any], constraint: str) -> None:
    case = assigned(nx, DAY)
    part = hidden(nx, case, enclosed(nx, case))

    with pytest.raises(IntegrityError, match=constraint):
        WithheldPart.objects.filter(pk=part.pk).update(**wrong)


def test_a_part_and_a_copy_belong_to_the_request_of_their_material(nx: Cast) -> None:
    case, other = assigned(nx, DAY), applied(nx.body, DAY)
    hidden(nx, case, enclosed(nx, case))
    drafted(nx, case)
    decided(nx, case)

    for rows, constraint in (
        (WithheldPart.objects, "part_of_its_requests_material"),
        (ReleasedCopy.objects, "copy_of_its_requests_material"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            rows.update(request=other)


def test_a_material_has_pages_and_a_name(nx: Cast) -> None:
    enclosed(nx, assigned(nx, DAY))

    for wrong in ({"pages": 0}, {"title": ""}):
        with pytest.raises(IntegrityError, match="material_has_title_and_pages"), transaction.atomic():
            Material.objects.update(**wrong)


def test_ten_thousand_characters_and_pictures_are_kept_or_refused_in_words(nx: Cast) -> None:
    case = assigned(nx, DAY)
    material = enclosed(nx, case)

    part = hidden(nx, case, material, what="🙂１２３", reason="长" * 10_000)

    part.refresh_from_db()
    assert (part.what, len(part.reason)) == ("🙂１２３", 10_000)
    assert SECRET_PHONE not in str(part.boxes)

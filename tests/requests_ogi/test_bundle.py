"""The evidence in one click: complete, provable offline, and nothing of anybody else's."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from portal.ledger import service as ledger
from requests_ogi import bundle, workflow
from requests_ogi.filing import Upload
from requests_ogi.models import Challenge, InformationRequest
from tests.cast import Cast
from tests.factories import PNG, applied, approved, assigned, at, person, served, submitted

from .asking import objecting, weighed
from .remedies import REFUSE, REFUSE_TEXTS, challenged, concluded, defended, refused, sealed

DAY = "2026-04-17"


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def taken(nx: Cast, challenge: Challenge) -> dict[str, bytes]:
    data = bundle.bundle(Challenge.objects.get(pk=challenge.pk), by=nx.chen, at=at(DAY, 17))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def full(nx: Cast) -> Challenge:
    """A refusal with search, attachment, completion of nothing, sealed; challenged, defended, corrected."""
    case = assigned(nx, "2026-03-02", uploads=(Upload(name="线索.png", data=PNG, purpose="description"),))
    search = {"system": "公文系统", "keywords": "技改", "period": "2025年", "asked": "", "result": "检索到1件"}
    workflow.record_search(case, **search, searched_on=at("2026-03-03").date(), by=nx.li, at=at("2026-03-03"))
    workflow.draft(case, decided=REFUSE, texts=REFUSE_TEXTS, by=nx.li, at=at("2026-03-03", 14))
    workflow.submit(case, by=nx.li, at=at("2026-03-03", 15))
    workflow.approve(case, by=nx.ma, at=at("2026-03-03", 16))
    workflow.serve(case, manner="electronic", sent_on=at("2026-03-04").date(), by=nx.chen, at=at("2026-03-04"))
    sealed(nx, "2026-03-04", case)
    challenge = challenged(nx, InformationRequest.objects.get(pk=case.pk), "2026-03-10")
    return concluded(nx, defended(nx, challenge, "2026-03-16"), "2026-04-10", "corrected")


@pytest.mark.rule("YC-1.3-2")
def test_every_file_is_listed_with_its_hash_and_none_is_missing(nx: Cast) -> None:
    files = taken(nx, full(nx))

    manifest = json.loads(files["manifest.json"])
    listed = {part["path"]: part["sha256"] for part in manifest["parts"]}
    assert set(files) == {*listed, "manifest.json"}
    assert {path: hashlib.sha256(files[path]).hexdigest() for path in listed} == listed


def test_the_bundle_holds_what_a_court_asks_for(nx: Cast) -> None:
    files = taken(nx, full(nx))

    expected = (
        "00-证据目录.pdf", "01-申请/申请登记表.pdf", "01-申请/附件01", "03-拟办/", "04-文书/", "送达1.txt", "05-办理过程.txt",
        "07-期限/", "08-检索/检索记录.pdf", "09-台账/办理记录.csv", "09-台账/办理记录.json",
        "10-复议诉讼/行政复议答复书（草稿）.pdf", "10-复议诉讼/已提交的答复", "10-复议诉讼/决定书",
    )  # fmt: skip
    for part in expected:
        assert any(part in name for name in files), part
    assert any(
        name.startswith("07-期限/") and "第20个工作日" in data.decode()
        for name, data in files.items()
        if name.endswith(".txt")
    )


def test_the_index_names_each_file_what_it_proves_and_its_pages(nx: Cast) -> None:
    files = taken(nx, full(nx))

    index = words(files["00-证据目录.pdf"])

    for sentence in (
        "证据目录",
        "政府信息公开申请登记表",
        "申请人提出申请的时间",
        "送达情况",
        "本机关已尽到合理检索义务",
        "逐日计算",
    ):
        assert sentence in index, sentence


def test_the_ledger_in_the_bundle_verifies_offline(nx: Cast) -> None:
    challenge = full(nx)
    files = taken(nx, challenge)

    extract = json.loads(files["09-台账/办理记录.json"])

    assert [one["hash"] for one in extract["entries"]] == [one.hash for one in ledger.timeline(challenge.request)]
    for one in extract["entries"]:
        text = json.dumps(one["hashed"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == one["hash"]
    rows = list(csv.reader(io.StringIO(files["09-台账/办理记录.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(extract["entries"]) + 1


def test_the_draft_of_the_defence_has_its_facts_filled_in(nx: Cast) -> None:
    files = taken(nx, full(nx))

    draft = words(files["10-复议诉讼/行政复议答复书（草稿）.pdf"])

    for sentence in (
        "草稿", "行政复议答复书", "宁夏回族自治区人民政府", "宁政复〔2026〕12号", "请求撤销不予公开决定",
        "2026年3月10日收到", "内部工作流程", "第十六条第一款", "审签第1稿", "依法予以维持",
    ):  # fmt: skip
        assert sentence in draft, sentence


def test_a_lawsuit_gets_an_answer_to_the_court(nx: Cast) -> None:
    suit = challenged(
        nx, refused(nx, "2026-03-02"), "2026-04-16", kind="litigation_direct", procedure="", authority="某法院"
    )

    draft = words(taken(nx, suit)["10-复议诉讼/行政诉讼答辩状（草稿）.pdf"])

    assert "驳回原告的诉讼请求" in draft


def test_nothing_of_another_request_gets_in(nx: Cast, wz: Cast) -> None:
    neighbour = person(name="张邻居", phone="13900000001")
    other = refused_by(nx, neighbour)
    challenged(nx, other, "2026-03-10")
    challenge = full(nx)

    files = taken(nx, challenge)

    everything = "\n".join(
        words(data) if data.startswith(b"%PDF-") else data.decode("utf-8", "replace") for data in files.values()
    )
    assert "王小明" in everything
    for foreign in ("张邻居", "13900000001", other.number):
        assert foreign not in everything + "".join(files), foreign


def refused_by(nx: Cast, who: Any) -> InformationRequest:
    return served(nx, "2026-03-02", decided=REFUSE, texts=REFUSE_TEXTS, person_=who)


@pytest.mark.parametrize("stand", [applied, assigned, submitted, approved, served])
def test_it_works_whatever_state_the_request_is_in(nx: Cast, stand: Any) -> None:
    case = stand(nx.body if stand is applied else nx, "2026-03-02")

    files = taken(nx, challenged(nx, case, "2026-04-16"))

    assert json.loads(files["manifest.json"])["sealed_at"].startswith(DAY)
    assert "00-证据目录.pdf" in files


def test_the_same_record_at_the_same_moment_gives_the_same_bytes(nx: Cast) -> None:
    challenge = challenged(nx, sealed(nx, "2026-03-02"), "2026-03-10")

    first, second = (bundle.bundle(challenge, by=nx.chen, at=datetime(2026, 4, 17, 9, tzinfo=UTC)) for _ in range(2))

    assert first == second


def test_who_was_asked_and_what_was_made_of_their_word_is_evidence(nx: Cast) -> None:
    case, asked = objecting(nx)
    weighed(nx, asked, "2025-03-06", "reasonable", "系未公开的技术信息")
    challenge = challenged(nx, case, "2025-03-10")

    files = taken(nx, challenge)

    told = words(files["08-征求意见/征求意见和审查情况.pdf"])
    assert "某某公司" in told
    assert "属于商业秘密" in told
    assert "系未公开的技术信息" in told
    assert "对意见和理由进行了审查" in words(files["00-证据目录.pdf"])


def test_limits_the_house_sets_itself_are_no_evidence(nx: Cast) -> None:
    names = [name for name in taken(nx, full(nx)) if name.startswith("07-期限/")]

    assert any("答复期限" in name for name in names)
    assert not [name for name in names if "拟稿" in name or "定期评估" in name]

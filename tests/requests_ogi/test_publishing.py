"""Publication of answers: what the search finds, who may propose and who may check, what the public reads."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal import moment
from portal.ledger.service import timeline
from portal.organisation import people
from portal.refusal import Refusal
from portal.search import service as search
from portal.workflow.engine import NotAllowed
from requests_ogi import finding, workflow
from requests_ogi.models import Consultation, InformationRequest, PublishedAnswer
from requests_ogi.rules.privacy import Secret, scan
from requests_ogi.workflow.publishing import prefilled
from tests.cast import Cast
from tests.factories import RESIDENT_ID, applied, assigned, at, person, served

DAY = "2025-03-05"
TEXTS = {
    "title": "2025年度技术改造专项资金安排表",
    "question": "申请了解2025年度技术改造专项资金的项目安排。",
    "answer": "予以公开。项目安排表见本机关网站“政府信息公开”栏目。",
}


def proposed(nx: Cast, case: InformationRequest | None = None, **texts: str) -> PublishedAnswer:
    case = case or served(nx, "2025-03-04")
    return workflow.propose_publication(case, **TEXTS | texts, by=nx.chen, at=at(DAY))


def published(nx: Cast, **texts: str) -> PublishedAnswer:
    row = proposed(nx, **texts)
    return workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))


# --- the search ---------------------------------------------------------------------------------------------------------

WANG = (Secret("申请人姓名", "王小明"), Secret("电话", "0951-6012345"), Secret("地址", "某市某区某路1号"))


@pytest.mark.rule("REG-44")
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("答复王小明的申请", "申请人姓名"),
        ("答复王 小　明的申请", "申请人姓名"),
        ("答复王\u200b小\u200d明的申请", "申请人姓名"),
        ("答复王\u3164小\uffa0明的申请", "申请人姓名"),
        ("答复王·小-明的申请", "申请人姓名"),
        ("电话０９５１６０１２３４５", "电话"),
        ("住某市 某区 某路１号", "地址"),
        (f"证件{RESIDENT_ID}", "居民身份证号码"),
        ("证件０００００１１９９００１０１００１８".replace("０００００１", "１１０１０１"), "居民身份证号码"),
        ("手机139-0000-0000", "手机号码"),
        ("邮箱ｚｈａｏ＠example.test", "电子邮箱"),
        ("住在幸福小区3号楼2单元501室", "住址门牌"),
        ("住某縣幸福小區３棟２單元５０１室", "住址门牌"),
        ("住某市某區某路1號", "地址"),
        ("手機一三九〇〇〇〇〇〇〇〇", "手机号码"),
        ("手机1·3·9·0·0·0·0·0·0·0·0", "手机号码"),
    ],
)
def test_whatever_says_who_somebody_is_is_found_however_it_is_written(text: str, what: str) -> None:
    text = text.replace(RESIDENT_ID, "110101199001010018")

    found = scan({"答复要点": text}, WANG)

    assert what in {one.what for one in found}
    assert all(one.where == "答复要点" for one in found)


@pytest.mark.parametrize("text", ["", "2025年3月，共12个项目，补助金额3400万元，文号宁工信发〔2025〕12号", "😀" * 5000])
def test_what_names_nobody_passes(text: str) -> None:
    assert scan({"问题": text}, WANG) == []


def test_what_was_found_is_shown_without_being_shown() -> None:
    (found,) = scan({"标题": "关于答复王小明同志申请的安排"}, WANG)

    assert found.sentence == "“标题”中有申请人姓名：……关于答复■■■同志申请的安……"


# --- the acts -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-44")
def test_an_answer_is_public_only_after_a_second_person_has_read_it(nx: Cast, files: Any) -> None:
    row = proposed(nx)
    assert not PublishedAnswer.objects.public().exists()

    workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))

    row = PublishedAnswer.objects.public().get()
    assert (row.published_on, row.checked_by, row.outcome) == (date(2025, 3, 5), nx.he, "granted")
    assert timeline(row.request).last().told == {"publication": "NX-WD-2025-0001", "published_on": "2025-03-05"}


@pytest.mark.rule("REG-44")
@pytest.mark.parametrize("field", ["title", "question", "answer"])
@pytest.mark.parametrize(
    "secret", ["王小明", "138 0000 0000", "ＷＡＮＧ@example.test", "某市某区某路1号", "110101199001010018"]
)
def test_a_text_that_says_who_asked_is_refused_in_whatever_field(nx: Cast, files: Any, field: str, secret: str) -> None:
    with pytest.raises(Refusal, match="不能出现能够识别个人") as refused:
        proposed(nx, **{field: f"前文{secret}后文"})

    assert "■■■" in str(refused.value)
    assert secret not in str(refused.value)
    assert not PublishedAnswer.objects.exists()


def test_agents_and_third_parties_are_looked_for_as_well(nx: Cast, files: Any) -> None:
    agent = {"agent_name": "钱多多", "agent_identity_document": "resident_id", "agent_identity_number": RESIDENT_ID}
    case = assigned(nx, "2025-03-03", person_=person(**agent))
    asked = {"party": "某某股份公司", "content": "成本", "manner": "post", "proof_number": "X1"}
    workflow.consult(case, **asked, sent_on=date(2025, 3, 3), by=nx.he, at=at("2025-03-03", 12))
    assert Consultation.objects.count() == 1
    InformationRequest.objects.filter(pk=case.pk).update(
        state="served", outcome="granted", answered_on=DAY, answered_in_time=True, answered_by="post", concluded_on=DAY
    )
    case = InformationRequest.objects.get(pk=case.pk)

    for name in ("钱多多", "某某股份公司"):
        with pytest.raises(Refusal, match="不能出现能够识别个人"):
            workflow.propose_publication(case, **TEXTS | {"answer": f"征求{name}意见"}, by=nx.chen, at=at(DAY))


def test_the_text_is_searched_again_when_it_is_checked(nx: Cast, files: Any) -> None:
    row = proposed(nx)
    PublishedAnswer.objects.update(answer="答复王小明")

    with pytest.raises(Refusal, match="申请人姓名"):
        workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))


def test_nobody_checks_what_they_proposed_or_drafted(nx: Cast, files: Any) -> None:
    row = proposed(nx)
    PublishedAnswer.objects.update(proposed_by=nx.he)
    with pytest.raises(Refusal, match="不能由提出人自己"):
        workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))

    PublishedAnswer.objects.update(proposed_by=nx.chen)
    row.request.drafts.update(authors=[nx.li.pk, nx.he.pk])
    with pytest.raises(Refusal, match="参与了本件答复的拟写"):
        workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))


def test_the_database_lets_nobody_check_their_own_text(nx: Cast, files: Any) -> None:
    row = proposed(nx)

    with pytest.raises(IntegrityError, match="privacy_checked_by_a_second_person"):
        PublishedAnswer.objects.filter(pk=row.pk).update(checked_by=nx.chen, checked_at=at(DAY), published_on=DAY)


def test_a_proposal_is_replaced_until_it_is_checked_and_not_afterwards(nx: Cast, files: Any) -> None:
    row = proposed(nx)
    again = proposed(nx, row.request, title="改过的标题安排表")
    assert (again.pk, again.title) == (row.pk, "改过的标题安排表")
    workflow.check_privacy(again.request, by=nx.he, at=at(DAY, 11))

    with pytest.raises(Refusal, match="已经公开过"):
        proposed(nx, InformationRequest.objects.get(pk=row.request_id))


def test_only_what_was_answered_is_published(nx: Cast) -> None:
    with pytest.raises(NotAllowed):
        proposed(nx, applied(nx.body, "2025-03-04"))
    gone = workflow.withdraw(assigned(nx, "2025-03-03"), by=people.APPLICANT, at=at("2025-03-04"))
    workflow.close(gone, by=nx.chen, at=at("2025-03-04", 18))
    with pytest.raises(Refusal, match="没有可以公开的内容"):
        proposed(nx, gone)


def test_nothing_is_checked_or_taken_down_that_is_not_there(nx: Cast, files: Any) -> None:
    case = served(nx, "2025-03-04")

    with pytest.raises(Refusal, match="没有待核对的公开文稿"):
        workflow.check_privacy(case, by=nx.he, at=at(DAY))
    with pytest.raises(Refusal, match="没有正在公开的答复"):
        workflow.withdraw_publication(case, why="有误", by=nx.he, at=at(DAY))
    with pytest.raises(Refusal, match="写明撤下的理由"):
        workflow.withdraw_publication(case, why=" ", by=nx.he, at=at(DAY))


def test_the_first_wording_is_what_the_letter_decides_without_the_name(nx: Cast, files: Any) -> None:
    first = prefilled(served(nx, "2025-03-04"))

    assert first["title"] == "2025年度技术改造专项资金项目安排表"
    assert "予以公开" in first["answer"]
    assert "王小明" not in "".join(first.values())


# --- what the public reads ------------------------------------------------------------------------------------------------


@pytest.fixture
def visitor() -> Any:
    with moment.rehearsing(at(DAY, 12)):
        yield Client()


def titles(shown: Any) -> list[str]:
    return [one.title for one in shown.context["rows"]]


@pytest.mark.rule("REG-44")
def test_everybody_may_read_a_published_answer_and_nobody_a_proposal(nx: Cast, files: Any, visitor: Client) -> None:
    one, waiting = published(nx), proposed(nx, title="还没有核对的一件")

    listed = visitor.get("/requests/answers/")
    shown = visitor.get(f"/requests/answers/{one.number}/").content.decode()

    assert titles(listed) == [TEXTS["title"]]
    assert all(text in shown for text in (*TEXTS.values(), "予以公开", "第三十六条第二项"))
    assert one.request.number not in shown
    assert "noindex" not in shown
    assert visitor.get(f"/requests/answers/{waiting.number}/").status_code == 404


def test_a_withdrawn_answer_is_gone(nx: Cast, files: Any, visitor: Client) -> None:
    one = published(nx)
    workflow.withdraw_publication(one.request, why="内容已变化", by=nx.he, at=at(DAY, 12))

    assert visitor.get(f"/requests/answers/{one.number}/").status_code == 410
    assert titles(visitor.get("/requests/answers/")) == []


def test_the_list_is_searched_by_words_and_body(nx: Cast, files: Any, visitor: Client) -> None:
    published(nx, title="绿色工厂名单")
    published(nx, title="专项资金安排表")

    assert titles(visitor.get("/requests/answers/?q=工厂")) == ["绿色工厂名单"]
    assert titles(visitor.get("/requests/answers/?q=核桃")) == []
    assert len(titles(visitor.get("/requests/answers/?body=nx"))) == 2
    assert titles(visitor.get("/requests/answers/?body=wz")) == []
    assert "至少输入两个字" in visitor.get("/requests/answers/?q=厂").content.decode()
    assert visitor.get("/requests/answers/", {"q": "😀" * 10_000, "body": "x", "after": "x"}).status_code == 200


def test_answers_to_like_questions_are_found_the_most_alike_first(nx: Cast, files: Any) -> None:
    for title in ("技术改造专项资金安排表", "技术改造专项资金绩效评价报告", "绿色工厂名单"):
        published(nx, title=title)

    found = PublishedAnswer.objects.public().like("2025年技术改造专项资金安排")

    assert [one.title for one in found] == ["技术改造专项资金安排表", "技术改造专项资金绩效评价报告"]


# --- found beside everything else that is public ------------------------------------------------------------------------


def hits(words: str = "专项资金安排表", **filters: Any) -> list[str]:
    return [one.url for one in search.query(search.Query(words=words, **filters)).results]


def test_a_published_answer_is_found_by_its_words_from_the_check_on(nx: Cast, files: Any) -> None:
    row = proposed(nx)
    assert hits() == []

    workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))

    assert hits() == hits("技术改造 项目安排表") == [f"/requests/answers/{row.number}/"]


def test_filters_narrow_published_answers(nx: Cast, files: Any) -> None:
    here = [f"/requests/answers/{published(nx).number}/"]

    kind = {"kind": "依申请公开的答复", "column": "公开的答复", "topic": "依申请公开"}
    assert hits(**kind, body="nx", year=2025) == here
    assert [hits(**other) for other in ({"body": "yc"}, {"year": 2024}, {"topic": "农业"}, {"validity": "有效"})] == [
        []
    ] * 4


def test_a_withdrawn_answer_is_found_no_more_and_the_index_made_anew_leaves_it_out(nx: Cast, files: Any) -> None:
    gone, here = published(nx), published(nx, title="专项资金安排表二")
    workflow.withdraw_publication(gone.request, why="内容已变化", by=nx.he, at=at(DAY, 12))
    assert hits() == [f"/requests/answers/{here.number}/"]

    search.drop(finding.SUBJECT, str(here.pk))
    assert [one.what for one in search.verify()] == ["查不到"]
    assert search.rebuild()[finding.SUBJECT] == 1

    assert hits() == [f"/requests/answers/{here.number}/"]
    assert list(search.verify()) == []


def test_what_is_not_published_after_all_is_not_found_either(nx: Cast, files: Any) -> None:
    row = proposed(nx)

    with transaction.atomic():
        workflow.check_privacy(row.request, by=nx.he, at=at(DAY, 11))
        transaction.set_rollback(True)

    assert hits() == []

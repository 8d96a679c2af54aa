"""What somebody with the database's own rights changes behind the acts is named, in every table the acts write."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.organisation.models import Body
from requests_ogi import forgetting, verifying, workflow
from requests_ogi.filing import Upload
from requests_ogi.told import TABLES, WRITTEN
from requests_ogi.workflow import challenging, conversions, motions
from requests_ogi.workflow.signing_off import CAUSES
from tests.cast import Cast
from tests.factories import PNG, at, review
from tests.policies import standing
from tests.requests_ogi import remedies
from tests.requests_ogi import test_charging as charging
from tests.requests_ogi import test_motions as moving
from tests.requests_ogi import test_returning as returning
from tests.requests_ogi import test_signing_off as signing_off
from tests.requests_ogi import test_volume as volume
from tests.requests_ogi import test_withholding as withholding
from tests.requests_ogi.test_verifying import past_every_guard

pytestmark = pytest.mark.usefixtures("files")
D = date.fromisoformat
Story = Callable[[Cast], Any]


@pytest.fixture
def yq(cast_of: Callable[[str], Cast]) -> Cast:
    return cast_of("yq")


def told_apart(body: Body) -> list[str]:
    return [found.sentence for found in verifying.differences(body)]


# --- stories ------------------------------------------------------------------------------------------------------------


def supplemented(cast: Cast) -> None:
    paper = Upload("补正.png", PNG, "completion")
    facts = {"text": "2025年度", "returned_on": D("2025-03-05"), "uploads": (paper,)}
    workflow.supplement(standing.completing(cast), **facts, by=cast.chen, at=at("2025-03-05"))


def lapsed(cast: Cast) -> None:
    case = standing.completing(cast)
    workflow.lapse(case, no_good_reason=True, by=cast.he, at=at("2025-03-25"))


def searched(cast: Cast) -> None:
    found = {"system": "档案系统", "keywords": "专项资金", "period": "2025年", "asked": "", "result": "未检得"}
    case = standing.in_hand(cast)
    workflow.record_search(case, **found, searched_on=D("2025-03-03"), by=cast.li, at=at("2025-03-03", 12))


def fee_lapsed(cast: Cast) -> None:
    case = charging.nth(cast, 12)
    charging.charged(case, cast)
    workflow.lapse_fee(case, by=cast.he, at=at("2025-04-11"))


def fee_waived(cast: Cast) -> None:
    case = charging.nth(cast, 12)
    charging.charged(case, cast)
    how = {"manner": "electronic", "sent_on": D("2025-03-14")}
    workflow.waive(case, why="申请人经济确有困难", **how, by=cast.he, at=at("2025-03-14"))


def fee_refunded(cast: Cast) -> None:
    case = standing.paid(cast)
    workflow.refund(case, refunded_on=D("2025-03-06"), refund_number="退1", by=cast.he, at=at("2025-03-06"))


def delayed(cast: Cast) -> None:
    case = volume.eleventh(cast)
    volume.asked(case, cast)
    volume.heard(case)
    volume.delayed(case, cast)


def overridden_and_told(cast: Cast) -> None:
    asked = standing.overridden(cast).consultations.select_related("request").get()
    how = {"manner": "post", "sent_on": standing.TUESDAY, "proof_number": "X2"}
    words = {"content": "项目成本", "reasons": "涉及重大公共利益"}
    workflow.notify_party(asked, **words, **how, by=cast.he, at=at(standing.TUESDAY, 17))


def received_by_party(cast: Cast) -> None:
    asked = standing.consulting(cast).consultations.select_related("request").get()
    workflow.serve_party(asked, served_on=standing.WEDNESDAY, by=cast.chen, at=at(standing.WEDNESDAY))


def given_in_part(cast: Cast) -> None:
    """Two materials, of which one is taken back; a part withheld of each, and one taken back alone."""
    case = standing.in_hand(cast)
    kept, gone = (withholding.enclosed(cast, case, title) for title in ("补助名单", "误传"))
    withholding.hidden(cast, case, kept)
    withholding.hidden(cast, case, gone)
    workflow.restore(withholding.hidden(cast, case, kept, page=2), by=cast.li, at=at(withholding.DAY, 13))
    workflow.remove(gone, by=cast.li, at=at(withholding.DAY, 13))
    withholding.drafted(cast, case)
    review(case, cast, at(withholding.DAY, 14))
    workflow.submit(case, by=cast.li, at=at(withholding.DAY, 15))
    workflow.approve(case, by=cast.ma, at=at(withholding.DAY, 16))


def suspended(cast: Cast) -> None:
    signing_off.agreed(cast, CAUSES)
    case = standing.in_hand(cast)
    signing_off.suspended(case, cast)
    workflow.take_up(case, taken_up_on=D("2025-03-10"), by=cast.he, at=at("2025-03-10"))


def came_back(cast: Cast) -> None:
    returning.came_back(returning.posted(cast, "2025-03-05"), cast, "applicant")


def released(cast: Cast) -> None:
    case = standing.publishable(cast)
    where = {"released_on": standing.WEDNESDAY, "where": "门户网站"}
    workflow.release(case, **where, by=cast.chen, at=at(standing.WEDNESDAY))


def unpublished(cast: Cast) -> None:
    workflow.withdraw_publication(standing.published(cast), why="内容有误", by=cast.he, at=at(standing.WEDNESDAY))


def defended(cast: Cast) -> None:
    case = standing.withheld(cast)
    challenge = remedies.challenged(cast, case, "2025-03-05")
    remedies.concluded(cast, remedies.defended(cast, challenge, "2025-03-06"), "2025-04-01", "upheld")


def redone(cast: Cast) -> None:
    case = standing.withheld(cast)
    challenging.redo(remedies.corrected(cast, case, "2025-03-05"), by=cast.he, at=at("2025-03-06"))


def correction(cast: Cast) -> None:
    motion = moving.filed(cast, moving.CORRECTION)
    motions.assign(motion, department=cast.department, by=cast.chen, at=at(moving.DAY, 11))
    motions.report(motion, finding="确有笔误", by=cast.li, at=at("2025-03-04"))
    motions.decide(motion, verdict=moving.CORRECTED, by=cast.he, at=at("2025-03-04", 15))
    motions.answer(motion, manner="electronic", sent_on=D("2025-03-05"), by=cast.chen, at=at("2025-03-05"))


def complaint(cast: Cast) -> None:
    motion, _ = moving.told(cast, moving.COMPLAINT, moving.UPHELD)
    motions.mend(motion, mended_on=D("2025-03-06"), how="已答复", by=cast.ji, at=at("2025-03-06"))


def converted(cast: Cast) -> None:
    wanted = {"title": "充电桩分布", "applicants": 12}
    made = conversions.convert(body=cast.body, **wanted, by=cast.he, at=at("2025-03-03"))
    conversions.publish(made, published_on=D("2025-03-05"), where="门户网站", by=cast.chen, at=at("2025-03-05"))


# --- tampering ----------------------------------------------------------------------------------------------------------

SOMEBODY = "(SELECT max(id) FROM organisation_user)"
TAMPERED: list[tuple[Story, str, str, str]] = [
    (standing.received, "informationrequest", "arrived_on = arrived_on - 1", "申请：到达日期现为“2025-03-02”"),
    (standing.received, "informationrequest", "confirmed_on = confirmed_on - 1", "申请：双方确认日期现为"),
    (
        standing.received,
        "informationrequest",
        "signed_on = arrived_on",
        "申请：签收日期现为“2025-03-03”，台账记载为（空）",
    ),
    (standing.received, "informationrequest", "form = 'paper'", "申请：获取信息的形式现为"),
    (standing.received, "informationrequest", "manner = 'post'", "申请：获取信息的方式现为"),
    (standing.received, "informationrequest", "title = '别的信息'", "申请：填写的内容与台账所记的校验值不符"),
    (standing.received, "informationrequest", "description = ''", "申请：填写的内容与台账所记的校验值不符"),
    (
        standing.in_hand,
        "informationrequest",
        "department_id = (SELECT id FROM organisation_department WHERE code <> 'x' ORDER BY id DESC LIMIT 1)",
        "申请：承办机构现为",
    ),
    (redone, "informationrequest", "redo_of_id = NULL", "申请：重新办理的原申请现为（空）"),
    (supplemented, "completionround", "sent_on = sent_on - 1", "补正：告知书发出日期现为"),
    (supplemented, "completionround", "served_on = served_on + 1", "补正：告知书送达日期现为"),
    (supplemented, "completionround", "returned_on = returned_on - 1", "补正：收到补正日期现为"),
    (supplemented, "completionround", "items = '无'", "补正：填写的内容"),
    (lapsed, "completionround", "lapsed_on = lapsed_on + 1", "补正：认定逾期日期现为"),
    (lapsed, "answer", "decided_at = decided_at - interval '1 day'", "答复：决定时间现为"),
    (searched, "searchrecord", "searched_on = searched_on - 1", "：检索日期现为"),
    (searched, "searchrecord", "result = '检得三件'", "：填写的内容"),
    (standing.paying, "feenotice", "amount = 200", "收费通知：数额（元）现为“200”，台账记载为“100”"),
    (
        standing.paying,
        "feenotice",
        "paid_on = sent_on, receipt_number = '1'",
        "收费通知：缴费日期现为“2025-03-04”，台账记载为（空）",
    ),
    (standing.paid, "feenotice", "paid_on = paid_on + 1", "收费通知：缴费日期现为"),
    (fee_lapsed, "feenotice", "lapsed_on = lapsed_on + 1", "收费通知：认定逾期日期现为"),
    (fee_lapsed, "feenotice", "limit_on = limit_on - 1", "收费通知：缴费期限届满日现为"),
    (fee_waived, "feenotice", "waived_on = NULL, waived_why = ''", "收费通知：撤回收费日期现为（空）"),
    (fee_refunded, "feenotice", "refunded_on = refunded_on - 1", "收费通知：退费日期现为"),
    (delayed, "reasonsasked", "limit_on = limit_on - 1", "说明理由：说明理由期限届满日现为"),
    (delayed, "reasonsasked", "answered_on = answered_on - 1", "说明理由：说明理由日期现为"),
    (delayed, "reasonsasked", "delayed_days = 60", "说明理由：延迟答复期限（工作日）现为“60”"),
    (standing.consulting, "consultation", "sent_on = sent_on - 1", "：发出日期现为"),
    (standing.consulting, "consultation", "content = '无关'", "：填写的内容"),
    (received_by_party, "consultation", "served_on = served_on + 1", "：对方收到日期现为"),
    (received_by_party, "consultation", "limit_on = limit_on + 1", "：反馈期限届满日现为"),
    (standing.objected, "consultation", "replied_on = replied_on + 1", "：收到意见日期现为"),
    (standing.objected, "consultation", "opinion = 'agrees'", "：意见现为“同意公开”，台账记载为“不同意公开”"),
    (overridden_and_told, "consultation", "finding = 'unreasonable'", "：审查结论现为"),
    (overridden_and_told, "consultation", "notice_id = NULL", "：告知第三方的文书现为（空）"),
    (given_in_part, "withheldpart", "page = 9", "：页码现为“9”"),
    (given_in_part, "withheldpart", "ground = 'state_secret'", "：依据现为"),
    (given_in_part, "withheldpart", "boxes = '[[0, 0, 0.1, 0.1]]'", "：填写的内容"),
    (given_in_part, "withheldpart", "removed_at = NULL, removed_by_id = NULL", "：取消人现为（空）"),
    (given_in_part, "material", "removed_at = NULL, removed_by_id = NULL", "：取回人现为（空）"),
    (given_in_part, "material", "pages = 1", "：页数现为“1”"),
    (given_in_part, "releasedcopy", "file_id = (SELECT min(id) FROM archive_storedfile)", "：副本现为"),
    (given_in_part, "releasedcopy", "redacted = NOT redacted", "：有遮盖现为否"),
    (given_in_part, "draftanswer", "harm = '没有损害'", "答复稿（1）：填写的内容"),
    (given_in_part, "draftanswer", "materials = '{}'", "答复稿（1）：填写的内容"),
    (standing.signed, "draftanswer", f"approved_by_id = {SOMEBODY}", "答复稿（1）：审签人现为"),
    (standing.signed, "secrecyreview", "finding = 'closed'", "：审查结论现为"),
    (standing.signed, "secrecyreview", "reviewed_at = reviewed_at - interval '1 day'", "：审查时间现为"),
    (suspended, "suspension", "sent_on = sent_on - 1", "：通知书发出日期现为"),
    (suspended, "suspension", "taken_up_on = NULL", "：恢复办理日期现为（空）"),
    (came_back, "returnedpost", "fault = 'ours'", "：退件原因归属现为"),
    (came_back, "returnedpost", "counted_on = counted_on - 1", "：仍作为答复日期的发出日期现为"),
    (standing.publishable, "reevaluation", "verdict = 'still_withheld'", "：评估结论现为"),
    (released, "reevaluation", "released_on = released_on + 1", "：公开日期现为"),
    (standing.published, "publishedanswer", f"checked_by_id = {SOMEBODY}", "：核对人现为"),
    (standing.published, "publishedanswer", "published_on = published_on - 1", "：公布日期现为"),
    (standing.published, "publishedanswer", "answer = '不予公开'", "：填写的内容"),
    (unpublished, "publishedanswer", f"withdrawn_by_id = {SOMEBODY}", "：撤下人现为"),
    (defended, "challenge", "received_on = received_on + 1", "复议诉讼：收到通知之日现为"),
    (defended, "challenge", "procedure = 'summary'", "复议诉讼：审理程序现为"),
    (defended, "challenge", "defended_on = defended_on - 1", "复议诉讼：提交答复（答辩）日期现为"),
    (defended, "challenge", "defended_in_time = NOT defended_in_time", "复议诉讼：是否按期答复举证现为否"),
    (defended, "challenge", "result = 'corrected'", "复议诉讼：结果现为“结果纠正”，台账记载为“结果维持”"),
    (defended, "challenge", "decided_on = decided_on - 1", "复议诉讼：决定（裁判）日期现为"),
    (
        defended,
        "challenge",
        "decision_id = (SELECT min(id) FROM archive_storedfile)",
        "复议诉讼：决定书或者裁判文书现为",
    ),
    (correction, "motion", "received_on = received_on + 1", "更正、建议和投诉：收到日期现为"),
    (correction, "motion", "outcome = 'accurate'", "更正、建议和投诉：处理结果现为"),
    (correction, "motion", "decided_by_id = reported_by_id", "更正、建议和投诉：决定人现为"),
    (correction, "motion", "told_on = told_on - 1", "更正、建议和投诉：告知日期现为"),
    (correction, "motion", "state = 'decided'", "更正、建议和投诉：状态现为"),
    (complaint, "motion", "mending_days = 30", "更正、建议和投诉：改正期限（工作日）现为"),
    (complaint, "motion", "mended_on = NULL", "更正、建议和投诉：改正完成日期现为（空）"),
    (converted, "conversion", "published_on = published_on - 1", "转为主动公开：公开日期现为"),
    (converted, "conversion", "applicants = 3", "转为主动公开：申请过的人数现为"),
]


@pytest.mark.parametrize(
    ("story", "table", "change", "sentence"),
    TAMPERED,
    ids=[f"{table}-{change.split(' =')[0]}-{story.__name__}" for story, table, change, _ in TAMPERED],
)
def test_a_fact_changed_behind_the_acts_is_named(
    nx: Cast, yq: Cast, story: Story, table: str, change: str, sentence: str
) -> None:
    cast = yq if story is suspended else nx
    story(cast)
    assert told_apart(cast.body) == []

    with past_every_guard() as cursor:
        cursor.execute(f"UPDATE requests_ogi_{table} SET {change}")
        assert cursor.rowcount

    assert any(sentence in found for found in told_apart(cast.body)), told_apart(cast.body)


@pytest.mark.parametrize(
    ("story", "table"),
    [
        *((standing.paid, "feenotice"), (standing.objected, "consultation"), (given_in_part, "withheldpart")),
        *((given_in_part, "releasedcopy"), (standing.signed, "secrecyreview"), (came_back, "returnedpost")),
        *((released, "reevaluation"), (standing.published, "publishedanswer"), (supplemented, "completionround")),
    ],
)
def test_a_row_removed_and_a_row_nobody_told_of_are_named(nx: Cast, story: Story, table: str) -> None:
    story(nx)
    with past_every_guard() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM requests_ogi_{table}")
        cursor.execute(f"DELETE FROM requests_ogi_{table}")
    assert any("已被删除" in found for found in told_apart(nx.body))

    with past_every_guard() as cursor:
        cursor.execute(f"INSERT INTO requests_ogi_{table} SELECT * FROM kept")
        cursor.execute("UPDATE ledger_entry SET told = '{}', verb = 'unmask' WHERE verb NOT IN ('apply', 'register')")
    assert any("不是经办理程序形成的" in found for found in told_apart(nx.body))


@pytest.mark.parametrize(
    ("story", "table"), [(defended, "challenge"), (correction, "motion"), (converted, "conversion")]
)
def test_a_matter_removed_is_named(nx: Cast, story: Story, table: str) -> None:
    story(nx)

    with past_every_guard() as cursor:
        cursor.execute(f"DELETE FROM requests_ogi_{table}")

    assert any("被删除" in found for found in told_apart(nx.body))


def test_a_paper_exchanged_for_another_is_named(nx: Cast) -> None:
    correction(nx)
    standing.answered(nx)

    with past_every_guard() as cursor:
        cursor.execute("UPDATE letters_letter SET file_id = (SELECT min(id) FROM archive_storedfile)")

    assert sum("文书被调换" in found or found.startswith("告知书") for found in told_apart(nx.body)) == 2


# --- the table of tables ------------------------------------------------------------------------------------------------

NOT_COMPARED = {
    "Applicant": "the ledger must never hold who asked",
    "Attachment": "files are checked by their own hashes and sealed into the dossier",
    "Assistance": "a note about how a request was told",
    "Consent": "told by the letter that names it, whose hash is told",
    "ReadingHelp": "a note; no limit and no figure hangs on it",
    "Satisfaction": "not an act",
}


def test_every_table_of_a_request_is_compared_or_says_why_not() -> None:
    known = {model.__name__ for model, _ in forgetting.models_of_a_request()}

    assert known == {table.model.__name__ for table in TABLES if table.model.__name__ in known} | NOT_COMPARED.keys()


def test_every_column_that_is_compared_exists_and_every_act_too(db: None) -> None:
    acts = {matters.model: set(matters.steps) for matters in verifying.MATTERS}
    for table in TABLES:
        assert table.verbs <= acts[table.about] | {"redo"}, table.noun
        assert table.model._base_manager.values(*(name for name in table.columns if name != "digest")).count() >= 0
        if "digest" in table.columns:
            assert table.model._base_manager.values(*WRITTEN[table.model]).count() >= 0


def test_the_number_of_questions_does_not_grow_with_the_requests(
    nx: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(3):
        standing.objected(nx)

    with django_assert_max_num_queries(3 * 4 + len(TABLES) + 2):
        assert told_apart(nx.body) == []

"""What somebody with the database's own rights changes behind the acts of publishing is named, in every table they write."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from django.apps import apps
from django.db import transaction

from disclosure import verifying, workflow
from disclosure.models import Document, ImportRun, Site
from disclosure.told import TABLES
from disclosure.vocabulary import Cause, Conclusion, Validity, Weighed, Withdrawal
from disclosure.workflow import Arrival, Upload, cataloguing, clearing, listing, normative, reassessing
from portal.organisation import people
from portal.organisation.models import Body
from tests.cast import Cast
from tests.factories import at
from tests.requests_ogi.test_verifying import past_every_guard

from .explaining import answers, found, issue, judged, material, planned, policy
from .listed import applied, catalogued, filed, listed, sealed
from .making import TEXT, D, drafted, guide, particulars, proposed, published, signed
from .test_countersigning import answered, asked, invited, up
from .test_findings import decide
from .test_findings import up as sent_up
from .test_negative import kept
from .test_normative import normative_one

pytestmark = pytest.mark.usefixtures("files")
DAY, LATER = "2026-03-03", "2026-04-01"
SOMEBODY = "(SELECT max(id) FROM organisation_user)"
NOBODY_TOLD = "不是经办理程序"


def told_apart(body: Body) -> list[str]:
    return [found.sentence for found in verifying.differences(body)]


def form() -> bytes:
    """Another paper than the guide."""
    paper, out = docx.Document(), BytesIO()
    paper.add_paragraph("申请企业名称：")
    paper.save(out)
    return out.getvalue()


# --- stories ------------------------------------------------------------------------------------------------------------


def public_and_on_other_sites(cast: Cast) -> None:
    Site.objects.create(body=cast.body, code="portal", name="市政府门户网站")
    papers = (Upload("申报指南.docx", guide()), Upload("申请表.docx", form()))
    document = published(cast, DAY, uploads=papers, document_number="宁工信发〔2026〕8号")
    workflow.amend(document, by=cast.li, at=at(LATER))


def found_and_decided(cast: Cast) -> None:
    decide(sent_up(cast, "联系电话：13912345678").findings.get(), cast)


def asked_around(cast: Cast) -> None:
    document = drafted(cast, DAY)
    row = answered(asked(document, cast, organ="阳泉市统计局"), cast, "disagrees")
    up(cast, document)
    workflow.settle(row, settlement="release", reason="更正数据后同意公开", by=cast.he, at=at(DAY, 15))


def reviewed_outside(cast: Cast) -> None:
    link = invited(cast)
    workflow.answer_invitation(link, verdict="passed", name="王某", by=people.REVIEWER, at=at(DAY, 12))


def a_policy_interpreted(cast: Cast) -> None:
    document = judged(cast, found(cast, planned(cast, policy(cast, DAY), DAY), DAY, normative_=True), DAY)
    material(cast, document, DAY)
    issue(cast, document, DAY)


def identified_anew(cast: Cast) -> None:
    document = drafted(cast, DAY)
    normative.identify(document, answers=answers(document), by=cast.li, at=at(DAY, 9))
    normative.identify(document, answers=answers(document, bears="no"), by=cast.li, at=at(DAY, 10))


def unpaired(cast: Cast) -> None:
    document = planned(cast, policy(cast, DAY), DAY)
    workflow.unpair(document, interpretation=material(cast, document, DAY), by=cast.li, at=at(DAY, 10))


def urgent(cast: Cast) -> None:
    document = proposed(cast, DAY)
    workflow.publish_urgently(document, why="山洪预警", by=cast.he, at=at(DAY, 11))
    workflow.approve_later(document, opinion="属实", by=cast.ma, at=at(LATER))


def taken_off(cast: Cast) -> None:
    document = published(cast, DAY)
    workflow.withdraw(document, reason=Withdrawal.PRIVACY, note="含有个人信息", by=cast.he, at=at(LATER))


def repealed(cast: Cast) -> None:
    old, new = published(cast, DAY), published(cast, DAY, document_number="宁工信发〔2026〕8号")
    workflow.repeal(old, basis=new, successor=new, since=D(LATER), by=cast.chen, at=at(LATER))


def amended_some_day(cast: Cast) -> None:
    old, new = published(cast, DAY), published(cast, DAY)
    workflow.mark_amended(old, basis=new, since=D("2026-05-01"), by=cast.chen, at=at(LATER))
    clearing.lapse_expired(at=at("2026-05-02"))


def held_back(cast: Cast) -> None:
    document = signed(cast, DAY)
    workflow.embargo(document, until=at(LATER), reason="统计数据", by=cast.he, at=at(DAY, 16))
    workflow.schedule(document, publish_at=at(LATER, 10), by=cast.chen, at=at(DAY, 17))


def weighed_again(cast: Cast) -> None:
    weighing = reassessing.call_up(
        kept(cast), cause=Cause.DECISION, happened_on=D(DAY), note="决定已经作出", by=cast.li, at=at(LATER)
    )
    reassessing.reassess(weighing, result=Weighed.RELEASED, reason="可以公开", by=cast.he, at=at(LATER, 10))


def on_the_list(cast: Cast) -> None:
    listing.publish(cast.body, by=listed(cast, DAY) and cast.chen, at=at(DAY, 11))
    item = listed(cast, DAY, title="内部会议纪要")
    listing.ask_removal(item, reason="职能已经调整", by=cast.li, at=at(LATER))
    listing.remove(item, reason="职能已经调整", by=cast.chen, at=at(LATER, 10))
    filed(cast, LATER, title="执法案卷")


def in_the_catalogue(cast: Cast) -> None:
    catalogued(cast, DAY)
    change = sealed(cast, DAY, code="CZ-2026-02")
    cataloguing.adjust(change, by=cast.chen, at=at(DAY, 11))
    cataloguing.report(change, reported_on=D(LATER), by=cast.chen, at=at(LATER))
    applied(cast, DAY, code="CZ-2026-03")


def cleaned_up(cast: Cast) -> None:
    gone, stays = normative_one(cast, DAY), normative_one(cast, DAY)
    decision = published(cast, LATER)
    round_ = clearing.begin(cast.body, year=2026, by=cast.chen, at=at(LATER, 17))
    for document, conclusion in ((gone, Conclusion.REPEAL), (stays, Conclusion.KEEP)):
        clearing.conclude(round_, document=document, conclusion=conclusion, by=cast.chen, at=at(LATER, 17))
    clearing.announce(round_, decision=decision, by=cast.he, at=at(LATER, 17))


def taken_in(cast: Cast) -> None:
    run = ImportRun.objects.create(
        body=cast.body, kind="laws", name="法规", digest="0" * 64, made_at=at(DAY), started_at=at(DAY)
    )
    said = particulars(cast, DAY, source="国家法律法规公开文本")
    facts = {"department": cast.department, "run": run, "by": people.SYSTEM, "at": at(LATER)}
    arrivals = [Arrival(text=TEXT, particulars=said), Arrival(text=TEXT, particulars=said, validity=Validity.AMENDED)]
    first, _ = workflow.take_in(cast.body, arrivals=arrivals, **facts)
    workflow.renew(first, text=TEXT, run=run, by=people.SYSTEM, at=at(LATER))


# --- tampering ----------------------------------------------------------------------------------------------------------

TEXTS = "标题、概述、正文或者变更说明与台账所记的校验值不符"
TAMPERED: dict[Callable[[Cast], None], dict[tuple[str, str], str]] = {
    public_and_on_other_sites: {
        ("version", "html = '<p>另一段文字。</p>' WHERE number = 1"): f"版本（1）：{TEXTS}",
        ("version", "text = text || '。' WHERE number = 1"): f"版本（1）：{TEXTS}",
        ("version", "title = '别的标题'"): TEXTS,
        (
            "version",
            "card = jsonb_set(card, '{issuer}', '\"某局\"') WHERE number = 1",
        ): "版本（1）：公开时的目录事项与台账",
        ("version", "published_at = published_at - interval '30 days'"): "版本（1）：公开时间现为",
        ("version", f"published_by_id = {SOMEBODY} WHERE number = 1"): "版本（1）：发布人现为",
        ("version", "authors = '{}'"): "历次拟稿、改稿人员现为",
        ("version", "made_at = made_at - interval '1 day'"): "保存时间现为",
        ("documentfile", "file_id = (SELECT max(id) FROM archive_storedfile)"): "：文件现为",
        ("documentfile", "title = '别的名称'"): "：附件名称与台账所记的校验值不符",
        ("documentfile", "reading_html = '<p>别的内容</p>'"): "：网页阅读版与台账所记的校验值不符",
        ("documentfile", "openness = 'closed'"): "：附件的公开方式现为“不予公开”，台账记载为（空）",
        ("document", "published_at = published_at - interval '30 days'"): "首次公开时间现为",
        (
            "document",
            f"signed_at = opened_at, signed_digest = repeat('0', 64), signed_by_id = {SOMEBODY}",
        ): "签发人现为",
        ("document", "document_number = '宁工信发〔2026〕1号'"): "发文字号与台账所记的校验值不符",
        ("document", "formed_on = formed_on - 10"): "成文日期现为",
        ("document", "expires_on = '2030-01-01'"): "有效期至现为“2030-01-01”，台账记载为（空）",
        ("document", "openness = 'partial'"): "公开方式现为“部分公开”，台账记载为“主动公开”",
        ("document", "audience = 'staff'"): "公开范围现为“本机关工作人员”",
        ("document", "topic = '农业'"): "主题分类现为“农业”",
        ("document", "source = '某网站'"): "来源或者公众参与情况与台账",
        ("document", "late_reason = '系统故障'"): "逾期公开的理由与台账",
        ("document", "state = 'review'"): "状态现为“审核中”，台账记载为“起草”",
        ("document", "public_id = (SELECT id FROM disclosure_version WHERE number = 2)"): "公开的版本现为“2”",
        ("document", "validity = 'repealed'"): "有效性现为“废止”，台账记载为“有效”",
        ("document", "profile_version = '旧'"): "规定版本现为",
        ("review", "at = at - interval '1 day'"): "审核时间现为",
        ("review", f"reviewer_id = {SOMEBODY} WHERE stage <> ''"): "审核人现为",
        ("review", "verdict = 'returned', opinion = '请修改'"): "审核意见现为“退回”，台账记载为“同意”",
        ("review", "opinion = '不同意。'"): "审核的意见和逐项核对与台账",
        ("review", "checked = '{已核对}'"): "审核的意见和逐项核对与台账",
        ("outgoing", "errand = 'take_off'"): "事项现为“撤下”，台账记载为“发布”",
    },
    found_and_decided: {
        ("finding", "decision = 'allowed'"): "处理现为“可以公开”，台账记载为“不属于所提示的内容”",
        ("finding", "decision = '', reason = '', decided_by_id = NULL, decided_at = NULL"): "处理人现为（空）",
        ("finding", "reason = '没有看'"): "处理的理由与台账",
        ("finding", "kind = 'words'"): "种类现为",
        ("finding", "certain = NOT certain"): "发现的内容与台账",
    },
    asked_around: {
        (
            "countersign",
            "answer = 'agrees', settlement = '', settled_at = NULL, settled_by_id = NULL",
        ): "书面答复现为“同意公开”，台账记载为“不同意公开”",
        ("countersign", "opinion = '同意'"): "答复的意见和依据与台账",
        ("countersign", "organ = '某局'"): "征求意见的机关或者内容与台账",
        ("countersign", "settlement = 'withhold'"): "协商结果现为“协商决定，不予公开”",
        ("countersign", "settlement_reason = '无'"): "协商情况与台账",
        ("countersign", "answered_at = asked_at"): "答复时间现为",
        (
            "countersign",
            "purpose = 'classification', settlement = '', settled_at = NULL, settled_by_id = NULL",
        ): "事由现为",
    },
    reviewed_outside: {
        ("invitation", "organ = '某局'"): "审核单位和审核事项与台账",
        ("invitation", "expires_on = expires_on + 30"): "链接有效期至现为",
        ("invitation", "review_id = NULL"): "审核意见现为（空）",
        ("review", "outsider = '县司法局 李某'"): "审核的意见和逐项核对与台账",
    },
    a_policy_interpreted: {
        ("interpretationplan", "exempt_reason = '内容简明', fields = '{}'"): "解读方案：方案内容或者不解读的理由与台账",
        ("interpretationplan", f"made_by_id = {SOMEBODY}"): "解读方案：编制人现为",
        ("pairing", "form = 'video'"): "解读形式现为“音频、视频、动漫”",
        ("pairing", "details = '{}', elements = '{背景}'"): "内容要素和同时公布的事项与台账",
        ("identification", "is_normative = false"): "行政规范性文件现为否，台账记载为是",
        ("identification", "answers = '{}'"): "回答和理由与台账",
        ("identification", "confirmed_by_id = " + SOMEBODY): "复核人现为",
        ("legalityreview", "passed = false"): "审核通过现为否",
        ("legalityreview", "reviewed_on = reviewed_on - 1"): "审核日期现为",
        ("legalityreview", "opinion = '不符合'"): "审核机构和意见与台账",
    },
    identified_anew: {
        (
            "identification",
            "replaced_at = replaced_at + interval '1 day' WHERE replaced_at IS NOT NULL",
        ): "重新认定时间现为",
    },
    urgent: {
        ("urgentrelease", "why = '例行公开'"): "紧急发布的理由与台账",
        ("urgentrelease", "approved_at = released_at"): "补批时间现为",
        ("urgentrelease", "approved_by_id = " + SOMEBODY): "补批人现为",
        ("urgentrelease", "opinion = ''"): "补批意见与台账",
    },
    taken_off: {
        ("document", "withdrawn_at = NULL, withdrawal = '', withdrawal_note = ''"): "撤下时间现为（空）",
        ("document", "withdrawal = 'error'"): "撤下的原因现为“内容有误”",
        ("document", "withdrawal_note = '系统维护'"): "撤下时对公众的说明与台账",
    },
    repealed: {
        ("standingchange", "since = since + 90"): "自何日起现为",
        ("standingchange", "validity = 'amended'"): "有效性现为“已修改”，台账记载为“废止”",
        ("standingchange", "basis_id = document_id"): "依据的文件现为",
        ("standingchange", "note = '部分废止'"): "说明与台账",
        ("document", "validity = 'in_force' WHERE validity = 'repealed'"): "有效性现为“有效”，台账记载为“废止”",
        ("document", "successor_id = NULL"): "代替本文件的文件现为（空）",
    },
    amended_some_day: {
        ("document", "validity = 'lapsed' WHERE validity = 'amended'"): "有效性现为“失效”",
    },
    held_back: {
        ("document", "embargo_until = NULL"): "在此之前不得公开现为（空）",
        ("document", "publish_at = publish_at - interval '1 hour'"): "定时发布现为",
    },
    weighed_again: {
        ("reassessment", "result = 'stays'"): "重新衡量：衡量结果现为“继续不予公开”",
        ("reassessment", "reason = '无'"): "重新衡量：衡量的理由与台账",
        ("reassessment", "happened_on = happened_on + 1"): "重新衡量：原因发生日期现为",
        ("document", "negative_item_id = (SELECT max(id) FROM disclosure_negativeitem)"): "负面清单事项现为",
        ("document", "attribute = 'closed', openness = 'closed'"): "公开方式现为“不予公开”，台账记载为（空）",
    },
    on_the_list: {
        ("negativeitem", "detail = '全部材料'"): "事项名称、范围和依据与台账",
        ("negativeitem", "since = since - 30 WHERE since IS NOT NULL"): "列入日期现为",
        ("negativeitem", "until = until + 1"): "清除日期现为",
        ("negativeitem", "leaving_reason = '另有原因' WHERE until IS NOT NULL"): "清除的理由与台账",
        ("negativeitem", "state = 'in_force', since = '2026-03-03', until = NULL"): "状态现为“现行”",
        ("negativeedition", "items = '[]'"): "公布的清单与台账",
        ("negativeedition", "published_at = published_at - interval '1 day'"): "公布时间现为",
    },
    in_the_catalogue: {
        (
            "catalogueitem",
            "content = '不公开' WHERE code = 'CZ-2026-01'",
        ): "（CZ-2026-01）：事项的要素、流程图或者明白卡与台账",
        ("catalogueitem", "steps = '{}', removed_on = '2026-03-04'"): "清除日期现为“2026-03-04”，台账记载为（空）",
        ("catalogueitem", "code = 'CZ-2026-09' WHERE code = 'CZ-2026-02'"): "（CZ-2026-09）：台账中没有办理记录",
        ("cataloguechange", "elements = '{}'"): "申请表的内容与台账",
        ("cataloguechange", "sealed_at = sealed_at - interval '1 day'"): "单位审核盖章时间现为",
        ("cataloguechange", "reported_on = reported_on - 1"): "报上级部门日期现为",
        ("cataloguechange", "opinion = '不同意' WHERE sealed_at IS NOT NULL"): "部门意见与台账",
    },
    cleaned_up: {
        ("cleanupitem", "conclusion = 'repeal'"): "清理结论现为“予以废止”，台账记载为“继续有效”",
        ("cleanup", "published_on = published_on - 1"): "公布日期现为",
        ("cleanup", "decision_id = NULL"): "清理决定现为（空）",
    },
    taken_in: {
        ("version", "text = '' WHERE number = 2"): f"版本（2）：{TEXTS}",
        ("document", "validity = 'in_force' WHERE validity = 'amended'"): "有效性现为“有效”，台账记载为“已修改”",
        ("document", "published_at = '2020-01-01' WHERE validity = 'amended'"): "首次公开时间现为“2020-01-01 08:00:00”",
    },
    unpaired: {},
}
BODY = {asked_around: "yq", urgent: "ld", in_the_catalogue: "ld", public_and_on_other_sites: "nx"}


@pytest.fixture
def told(cast_of: Callable[[str], Cast], request: pytest.FixtureRequest) -> Cast:
    """The cast of a story that has been told: nothing is amiss."""
    cast = cast_of(BODY.get(request.param, "nx"))
    request.param(cast)
    assert told_apart(cast.body) == []
    return cast


def after(cast: Cast, statement: str) -> list[str]:
    """What is found after a statement, which is then undone."""
    with transaction.atomic():
        with past_every_guard() as cursor:
            cursor.execute(statement)
            touched = cursor.rowcount
        sentences = told_apart(cast.body)
        transaction.set_rollback(True)
    assert touched, statement
    return sentences


@pytest.mark.parametrize(
    ("told", "changes"), TAMPERED.items(), indirect=["told"], ids=[story.__name__ for story in TAMPERED]
)
def test_a_fact_changed_behind_the_acts_is_named(told: Cast, changes: dict[tuple[str, str], str]) -> None:
    found = {one: after(told, f"UPDATE disclosure_{one[0]} SET {one[1]}") for one in changes}

    assert {one: found[one] for one in changes if not any(changes[one] in sentence for sentence in found[one])} == {}


ROWS: dict[Callable[[Cast], None], tuple[str, ...]] = {
    public_and_on_other_sites: ("version", "documentfile", "review", "outgoing"),
    found_and_decided: ("finding",),
    asked_around: ("countersign",),
    reviewed_outside: ("invitation", "review"),
    a_policy_interpreted: ("interpretationplan", "pairing", "identification", "legalityreview"),
    urgent: ("urgentrelease",),
    repealed: ("standingchange",),
    on_the_list: ("negativeitem", "negativeedition"),
    weighed_again: ("reassessment",),
    in_the_catalogue: ("catalogueitem", "cataloguechange"),
    cleaned_up: ("cleanup", "cleanupitem"),
}


@pytest.mark.parametrize(("told", "tables"), ROWS.items(), indirect=["told"], ids=[story.__name__ for story in ROWS])
def test_a_row_removed_and_a_row_nobody_told_of_are_named(told: Cast, tables: tuple[str, ...]) -> None:
    for table in tables:
        gone = after(told, f"DELETE FROM disclosure_{table}")
        assert any("被删除" in one for one in gone), (table, gone)
    nobody = after(told, "DELETE FROM ledger_entry WHERE subject_type LIKE 'disclosure.%%'")
    assert nobody
    assert all(NOBODY_TOLD in one or "台账中没有" in one for one in nobody)


def test_a_version_slipped_in_and_shown_to_the_public_is_named(nx: Cast) -> None:
    public_and_on_other_sites(nx)
    columns = (
        "document_id, title, summary, html, text, change_note, card, before, made_by_id, made_at, authors, published_at"
    )

    sentences = after(
        nx,
        f"INSERT INTO disclosure_version (number, {columns}) SELECT 9, {columns} FROM disclosure_version WHERE number = 1",
    )

    assert sentences == ["版本（9）：台账中没有办理记录，不是经办理程序形成的。"]


@pytest.mark.parametrize("told", [asked_around], indirect=True)
def test_an_act_vouches_only_for_what_it_writes(told: Cast) -> None:
    document = Document.objects.get()
    with past_every_guard() as cursor:
        cursor.execute("UPDATE disclosure_document SET openness = 'partial', topic = '农业'")
        cursor.execute("UPDATE disclosure_review SET at = at - interval '1 day'")
    document.refresh_from_db()

    workflow.sign(document, by=told.guo, at=at(DAY, 16))

    sentences = told_apart(told.body)
    assert [any(word in one for one in sentences) for word in ("公开方式现为", "主题分类现为", "审核时间现为")] == [
        True
    ] * 3


# --- the table of tables ------------------------------------------------------------------------------------------------

NOT_COMPARED = {
    "Column": "kept by the office; its changes have a history",
    "Site": "kept by the office; its changes have a history",
    "ImportRun": "says how far a source was read; what was taken in is told by its documents",
    "ImportRow": "says what became of a row of a source",
    "ImportFile": "lies with its run until it is read",
}


def test_every_table_of_the_chapter_is_compared_or_says_why_not() -> None:
    models = {
        one.__name__ for one in apps.get_app_config("disclosure").get_models() if not hasattr(one, "history_date")
    }
    known = {name for name in models if not name.startswith("Historical")}

    assert known == {table.model.__name__ for table in TABLES} | NOT_COMPARED.keys()


def test_every_column_that_is_compared_exists_and_every_act_too(db: None) -> None:
    acts = {matters.model: set(matters.steps) for matters in verifying.MATTERS}
    for table in TABLES:
        written = {name for names in table.digests.values() for name in names}
        plain = set(table.columns) - set(table.digests) | written
        assert table.model._base_manager.annotate(**table.computed).values(*plain).count() >= 0
        assert table.verbs <= acts.get(table.about, {"adjust"}), table.noun


def test_the_number_of_questions_does_not_grow_with_the_documents(
    nx: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(3):
        published(nx, DAY)

    with django_assert_max_num_queries(9 * 4 + len(TABLES) + 2):
        assert told_apart(nx.body) == []

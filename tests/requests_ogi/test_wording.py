"""What the letters say: every outcome of every body names its law, its decision and its remedy."""

from datetime import date

import pytest

from portal.letters.content import Content
from portal.regulations import library
from requests_ogi import wording
from requests_ogi.models import Disposition, DraftAnswer, WithheldPart
from requests_ogi.vocabulary import DRAFTED_OUTCOMES, REFUSALS, Outcome
from requests_ogi.workflow.disposing import law_version
from tests.factories import applied, at

ON = date(2026, 3, 3)
TEXTS = {
    "finding": "经检索，已查明。",
    "reason": "理由如此。",
    "ground": "discussion_record",
    "harm": "会影响讨论",
    "provision": "当日在网上提供",
    "query_method": "门户网站专栏",
    "query_address": "政府信息公开专栏",
    "organ_name": "自然资源局",
    "organ_contact": "0000",
    "legal_channel": "信访接待窗口",
    "earlier_answer": "〔2025〕3号",
    "explanation": "已要求说明理由，所述理由不合理。",
}


def written(case, code: str, outcome: Outcome, **changes: object) -> tuple[Content, Disposition]:
    line = Disposition.objects.get(law=law_version(code, ON), outcome=outcome)
    draft = DraftAnswer(request=case, version=1, outcome=outcome, **TEXTS | changes)
    return wording.reply(case, draft, line, on=ON), line


def text_of(content: Content) -> str:
    parts = [block.get("text", "") + "".join(block.get("items", ())) for block in content.blocks]
    return "\n".join(parts) + content.remedy_text


@pytest.mark.django_db
@pytest.mark.rule("YQ-S1-10h", "REG-36", "ARL-23")
@pytest.mark.parametrize("code", library.bodies())
def test_every_answer_names_its_law_and_its_remedy(cast_of, code: str) -> None:
    case = applied(cast_of(code).body, ON)

    for outcome in DRAFTED_OUTCOMES:
        content, line = written(case, code, outcome)
        text = text_of(content)
        assert line.article in text, outcome
        assert case.title in text
        assert case.body.reconsideration_authority in content.remedy_text
        assert content.remedy == line.remedy


@pytest.mark.rule("REG-37", "LD-A8-9-2")
@pytest.mark.parametrize("outcome", REFUSALS)
def test_a_refusal_tells_ground_reason_and_that_parts_were_considered(nx, outcome: Outcome) -> None:
    content, _ = written(applied(nx.body, ON), "nx", outcome)

    text = text_of(content)
    assert all(
        words in text for words in ("条例》第十六条第二款", "理由如此", "无法与可以公开的内容作区分处理", "不予公开")
    )
    assert "应当先" in content.remedy_text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.THREE_SECURITIES, "您申请获取的信息公开后可能危及国家安全、公共安全、经济安全、社会稳定。"),
        (Outcome.THIRD_PARTY_RIGHTS, "您申请获取的信息涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害。"),
        (Outcome.PROCESS_INFO, "您申请获取的信息属于行政机关在履行行政管理职能过程中形成的过程性信息。"),
    ],
)
def test_a_refusal_speaks_the_words_of_the_regulation_and_not_of_the_report(nx, outcome: Outcome, words: str) -> None:
    assert words in text_of(written(applied(nx.body, ON), "nx", outcome)[0])


@pytest.mark.rule("LD-A8-9-3")
def test_public_information_is_answered_with_way_and_address(nx) -> None:
    text = text_of(written(applied(nx.body, ON), "nx", Outcome.ALREADY_PUBLIC)[0])

    assert "门户网站专栏" in text
    assert "政府信息公开专栏" in text


@pytest.mark.rule("YQ-S1-10g")
def test_a_grant_tells_time_place_and_manner(nx) -> None:
    assert "当日在网上提供" in text_of(written(applied(nx.body, ON), "nx", Outcome.GRANTED)[0])


@pytest.mark.rule("NX-16-9b", "YQ-S1-9-7", "LD-A8-9-7")
def test_an_applicant_at_the_wrong_body_learns_the_right_one(nx) -> None:
    case = applied(nx.body, ON)

    assert "自然资源局" in text_of(written(case, "nx", Outcome.NOT_OURS)[0])
    assert "无法确定负责公开" in text_of(written(case, "nx", Outcome.NOT_OURS, organ_unknown=True)[0])


@pytest.mark.rule("NX-16-8")
def test_a_petition_is_shown_the_lawful_way(nx) -> None:
    assert "信访接待窗口" in text_of(written(applied(nx.body, ON), "nx", Outcome.PETITION)[0])


@pytest.mark.rule("YQ-S1-9-4", "LD-A8-9-4", "YQ-S1-10h")
def test_a_partial_answer_lists_each_part_that_is_withheld(nx) -> None:
    case = applied(nx.body, ON)
    parts = [
        WithheldPart.objects.create(
            request=case, scope="elsewhere", what=what, ground=ground, reason=reason, added_by=nx.li, added_at=at(ON)
        ).pk
        for what, ground, reason in (("附表一", "trade_secret", "成本未公开。"), ("附表二", "privacy", "系个人住址"))
    ]

    content, _ = written(case, "nx", Outcome.PARTIAL, parts=parts)

    article = "《中华人民共和国政府信息公开条例》第十五条"
    items = [
        f"附表一。依据：{article}（涉及商业秘密，公开会损害第三方合法权益）。理由：成本未公开。",
        f"附表二。依据：{article}（涉及个人隐私，公开会损害第三方合法权益）。理由：系个人住址。",
    ]
    assert {"kind": "list", "items": items} in list(content.blocks)
    assert "当日在网上提供" in text_of(content)


def test_an_organisation_is_addressed_as_one(nx) -> None:
    from requests_ogi.vocabulary import ApplicantKind, IdentityDocument
    from tests.factories import CREDIT_CODE, person

    firm = person(
        kind=ApplicantKind.BUSINESS,
        name="某某科技有限公司",
        identity_document=IdentityDocument.CREDIT_CODE,
        identity_number=CREDIT_CODE,
        representative="王小明",
    )
    content, _ = written(applied(nx.body, ON, person_=firm), "nx", Outcome.GRANTED)

    assert "贵单位" in text_of(content)
    assert "您" not in text_of(content)
    assert content.addressee == "某某科技有限公司"

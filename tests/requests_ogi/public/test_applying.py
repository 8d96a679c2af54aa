"""Filing a request, page by page."""

from datetime import date

import pytest

from portal.web import fields
from requests_ogi.models import FilingDraft, InformationRequest

from .citizen import FIRM, WANG, Citizen, agent_papers, page, paper


@pytest.mark.rule("REG-29", "LD-A8-4", "LD-A8-5b")
def test_a_citizen_files_a_request_and_holds_number_and_code(wang: Citizen) -> None:
    case = wang.files_request()

    assert (case.applicant.name, case.title) == ("王小明", WANG["information"]["wanted"])
    assert (case.state, case.received_on) == ("received", date(2025, 3, 3))
    assert case.number in wang.text


@pytest.mark.rule("LD-A8-6b")
def test_an_agent_hands_in_the_authorisation_and_both_proofs_of_identity(wang: Citizen) -> None:
    case = wang.files_request(FIRM)

    assert case.applicant.agent_name == "孙代理"
    assert set(case.attachments.values_list("purpose", flat=True)) == {"identity", "authorisation", "agent_identity"}


@pytest.mark.rule("LD-A8-6b")
def test_an_agent_without_authorisation_gets_no_further(wang: Citizen) -> None:
    wang.fills_in(FIRM).hands_in(identity=paper())

    assert wang.faults == ["请上传授权委托书。", "请上传代理人身份证明。"]
    assert wang.title.startswith("错误：")


def test_an_applicant_without_an_agent_is_not_asked_about_one(wang: Citizen) -> None:
    wang.fills_in(WANG)

    assert wang.path == page("files")
    assert "授权委托书" not in wang.text


def test_papers_of_an_agent_are_left_out_when_there_is_none_any_more(wang: Citizen) -> None:
    wang.fills_in(FIRM).hands_in(identity=paper(), **agent_papers())

    wang.answers_page("kind", FIRM["kind"] | {"by_agent": "no"})
    wang.pass_time(minutes=1)
    wang.sends("/requests/apply/check/")

    case = InformationRequest.objects.get()
    assert case.applicant.agent_name is None
    assert list(case.attachments.values_list("purpose", flat=True)) == ["identity"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("000000199001010019", "校验不通过"),
        ("00000019900101001", "应为18位"),
        ("000000199002300018", "出生日期不存在"),
    ],
)
def test_a_wrong_identity_number_is_refused_and_everything_typed_is_kept(
    wang: Citizen, number: str, sentence: str
) -> None:
    wang.answers("kind", WANG["kind"]).answers("applicant", WANG["applicant"] | {"identity_number": number})

    assert sentence in wang.faults[0]
    assert number in wang.page.content.decode()
    assert "王小明" in wang.page.content.decode()


def test_full_width_digits_and_stray_blanks_are_taken_as_meant(wang: Citizen) -> None:
    case = wang.files_request(
        applicant={"identity_number": " ００００００ １９９００１０１ ００１８ "},
        contact={"phone": "１３８ ００００ ００００", "email": " wang＠example.test "},
    )

    assert case.applicant.identity_number == "000000199001010018"
    assert (case.applicant.phone, case.applicant.email) == ("13800000000", "wang@example.test")


@pytest.mark.parametrize(
    ("manner", "missing"),
    [
        ("email", ["请填写电子邮箱。"]),
        ("post", ["请填写通信地址。", "请填写邮政编码。"]),
        ("online", []),
        ("in_person", []),
    ],
)
def test_the_manner_decides_which_contact_cannot_be_missing(wang: Citizen, manner: str, missing: list[str]) -> None:
    contact = {"phone": "13800000000", "email": "", "address": "", "postcode": ""}

    wang.fills_in(WANG, reply={"manner": manner}, contact=contact)

    assert wang.faults == missing


def test_a_changed_manner_leads_back_to_the_contact_it_needs(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())

    wang.answers_page("reply", WANG["reply"] | {"manner": "post"})

    assert wang.path == page("contact")


def test_a_changed_answer_leads_back_to_the_page_where_all_is_looked_over(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())

    wang.answers_page("information", WANG["information"] | {"wanted": "另一项信息"})

    assert wang.path == "/requests/apply/check/"
    assert "另一项信息" in wang.text


def test_becoming_an_organisation_asks_for_its_own_identity(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())

    wang.answers_page("kind", WANG["kind"] | {"kind": "charity"})

    assert wang.path == page("applicant")
    assert "统一社会信用代码" in wang.text


def test_a_page_cannot_be_opened_before_those_it_depends_on(wang: Citizen) -> None:
    wang.answers("kind", WANG["kind"]).opens("/requests/apply/check/")

    assert wang.path == page("applicant")


def test_ten_thousand_characters_are_refused_with_their_number_and_the_beginning_stays_in_the_field(
    wang: Citizen,
) -> None:
    long = "政" * 10_000

    wang.fills_in(WANG, information={"description": long}).opens(page("information"))
    wang.answers("information", WANG["information"] | {"description": long})

    assert "最多2000字，您填写了10000字，页面上只保留了前2000字" in wang.faults[0]
    assert long[:2000] in wang.page.content.decode()
    assert long[:2001] not in wang.page.content.decode()


def test_a_text_a_little_too_long_is_refused_with_its_length_and_stays_whole_in_the_field(wang: Citizen) -> None:
    long = "政" * 2100

    wang.fills_in(WANG)
    wang.answers("information", WANG["information"] | {"description": long})

    assert "最多2000字，您填写了2100字" in wang.faults[0]
    assert long in wang.page.content.decode()


def test_a_text_far_too_long_is_refused_before_anything_is_done_with_it(wang: Citizen, monkeypatch) -> None:
    seen: list[int] = []
    honest = fields.normal
    monkeypatch.setattr(fields, "normal", lambda text: seen.append(len(text)) or honest(text))

    wang.fills_in(WANG)
    wang.answers("information", WANG["information"] | {"description": "Ａ" * 100_000})

    assert max(seen) <= 4000


def test_a_choice_that_does_not_exist_is_refused_without_being_repeated(wang: Citizen) -> None:
    wang.fills_in(WANG)
    wang.answers("reply", WANG["reply"] | {"help_needed": "<x>" * 50})

    assert wang.faults == ["请选择是否需要协助。"]


def test_english_and_pictures_are_accepted_in_what_is_asked(wang: Citizen) -> None:
    case = wang.files_request(information={"wanted": "Subsidy list 2025 😀", "description": "第一行\r\n第二行"})

    assert (case.title, case.description) == ("Subsidy list 2025 😀", "第一行\n第二行")


def test_pictures_are_refused_in_a_name(wang: Citizen) -> None:
    wang.answers("kind", WANG["kind"]).answers("applicant", WANG["applicant"] | {"name": "王小明😀"})

    assert "“😀”" in wang.faults[0]


@pytest.mark.rule("REG-29")
def test_nobody_is_asked_what_the_information_is_for(wang: Citizen) -> None:
    seen = []
    for slug in ("kind", "applicant", "information", "reply", "contact"):
        wang.answers(slug, WANG[slug])
        seen += [field.name for field in wang.page.context["form"]] if "form" in wang.page.context else []

    assert seen
    assert not [name for name in seen if "purpose" in name or "use" in name or "reason" in name]


@pytest.mark.parametrize(
    ("code", "words"),
    [("wz", "本机关承诺：7个工作日内"), ("yq", "本机关承诺：15日内"), ("nx", None), ("yc", None), ("ld", None)],
)
def test_a_body_that_promised_more_shows_its_promise_beside_the_statutory_limit(
    wang: Citizen, code: str, words: str | None
) -> None:
    wang.opens(f"/requests/apply/?body={code}")

    assert "收到申请之日起20个工作日内" in wang.text
    assert (words in wang.text) if words else ("本机关承诺" not in wang.text)


def test_only_a_body_whose_rules_name_them_offers_telephone_and_telegram(wang: Citizen) -> None:
    assert "电报" in wang.opens("/requests/apply/?body=wz").text
    assert "电报" not in wang.opens("/requests/apply/?body=nx").text


def test_an_unknown_body_leads_to_the_choice_of_all_five(wang: Citizen) -> None:
    wang.opens("/requests/apply/?body=zz")

    assert "没有找到您要申请的单位" in wang.text
    assert wang.page.content.decode().count('class="body-choice"') == 5


def test_beginning_anew_never_shows_what_somebody_else_filled_in(wang: Citizen) -> None:
    wang.fills_in(WANG).opens("/requests/apply/?body=wz")
    assert "您有一份没有填完的申请" in wang.text
    assert "王小明" not in wang.text

    wang.answers("kind", WANG["kind"] | {"body": "wz"})

    assert "王小明" not in wang.page.content.decode()
    assert FilingDraft.objects.count() == 1


def test_what_was_filled_in_can_be_cleared(wang: Citizen) -> None:
    wang.fills_in(WANG).sends("/requests/apply/discard/")

    assert "已清除填写的内容" in wang.text
    assert not FilingDraft.objects.exists()


def test_a_field_filled_in_by_a_machine_files_nothing(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())
    wang.pass_time(minutes=1)

    wang.sends("/requests/apply/check/", {"website": "http://example.test"})

    assert "不应填写的栏目" in wang.faults[0]
    assert "http://example.test" not in wang.page.content.decode()
    assert not InformationRequest.objects.exists()


def test_seven_pages_in_no_time_file_nothing_and_lose_nothing(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())

    wang.sends("/requests/apply/check/")
    assert "提交得太快" in wang.faults[0]
    assert not InformationRequest.objects.exists()

    wang.pass_time(seconds=10)
    wang.sends("/requests/apply/check/")
    assert InformationRequest.objects.count() == 1


def test_too_many_new_forms_from_one_address_are_stopped_with_a_page_that_says_so(wang: Citizen) -> None:
    for _ in range(31):
        wang.answers("kind", WANG["kind"])

    assert wang.page.status_code == 429
    assert "操作过于频繁" in wang.text


@pytest.mark.rule("YQ-S1-5c")
@pytest.mark.parametrize(("concern", "where"), [("policy", "12345"), ("petition", "信访")])
def test_who_comes_with_something_else_is_told_where_to_go(wang: Citizen, concern: str, where: str) -> None:
    wang.answers("kind", WANG["kind"] | {"concern": concern})

    assert wang.path == "/requests/apply/"
    assert any(where in fault for fault in wang.faults)

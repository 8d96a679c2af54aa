"""What the letters say. Each kind with its title and number series; each content built from facts, never typed twice."""

from datetime import date

from portal.letters import remedies
from portal.letters.content import Block, Content, heading, items, p, table
from portal.letters.kinds import LetterKind, register
from portal.moment import chinese_date
from portal.organisation.models import Body

from .models import CompletionRound, Disposition, DraftAnswer, InformationRequest, SearchRecord
from .vocabulary import REFUSALS, ApplicantKind, Outcome

_REPLY = {"series": "ogi-reply", "suffix": "答", "needs_remedy": True}
_NOTICE = {"series": "ogi-notice", "suffix": "告", "needs_remedy": False}
_ANSWER_TITLE = "政府信息公开申请答复书"

REPLY_KINDS = {
    code: register(LetterKind(code, title, **_REPLY))
    for code, title in (
        ("reply_granted", _ANSWER_TITLE),
        ("reply_already_public", _ANSWER_TITLE),
        ("reply_partial", _ANSWER_TITLE),
        ("reply_refused", "政府信息不予公开决定书"),
        ("reply_registry", _ANSWER_TITLE),
        ("reply_not_exist", _ANSWER_TITLE),
        ("reply_not_ours", _ANSWER_TITLE),
        ("reply_needs_processing", _ANSWER_TITLE),
        ("reply_still_unclear", _ANSWER_TITLE),
        ("reply_petition", _ANSWER_TITLE),
        ("reply_repeat", _ANSWER_TITLE),
        ("reply_publication", _ANSWER_TITLE),
        ("reply_volume", _ANSWER_TITLE),
        ("reply_confirm", _ANSWER_TITLE),
        ("notice_lapsed_completion", "政府信息公开申请不再处理告知书"),
    )
}
COMPLETION_NOTICE = register(LetterKind("completion_notice", "政府信息公开申请补正告知书", **_NOTICE))
CONSULTATION = register(LetterKind("consultation", "政府信息公开征求意见书", **_NOTICE))
EXTENSION_NOTICE = register(LetterKind("extension_notice", "政府信息公开申请延期答复告知书", **_NOTICE))


def addressee(case: InformationRequest) -> str:
    """Whom a letter is addressed to, by name."""
    return case.applicant.name


def contact(body: Body) -> str:
    """Who answers questions about a letter."""
    return f"{body.office_name}，联系电话：{body.phone}"


def wanted(case: InformationRequest) -> str:
    """The request restated in one phrase."""
    number = f"（{case.document_number}）" if case.document_number else ""
    return f"“{case.title}{number}”"


def _opening(case: InformationRequest) -> Block:
    return p(
        f"本机关于{chinese_date(case.received_on)}收到{you(case)}提出的政府信息公开申请（申请编号：{case.number}），"
        f"{case.receipt_basis}。{you(case)}申请获取{wanted(case)}。"
    )


def you(case: InformationRequest) -> str:
    """How a letter speaks to the applicant."""
    return "您" if case.applicant.kind == ApplicantKind.NATURAL else "贵单位"


def completion_notice(case: InformationRequest, asked: CompletionRound) -> Content:
    """补正告知书: every item at once, the period, and what follows if nothing comes (条例第三十条)."""
    wants = [line.strip() for line in asked.items.splitlines() if line.strip()]
    return Content(
        addressee=addressee(case),
        blocks=(
            _opening(case),
            p(
                f"经审查，{you(case)}的申请内容尚不明确或者材料不齐全，根据《中华人民共和国政府信息公开条例》第三十条的规定，请补正以下内容："
            ),
            items(wants),
            p(
                f"请{you(case)}自收到本告知书之日起{asked.working_days}个工作日内，将补正内容提交本机关。"
                "可以凭申请编号和查询码在本机关网站“查询办理进度”栏目提交，也可以邮寄或者当面提交。"
                "答复期限自本机关收到补正的申请之日起计算。"
            ),
            p("无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
        ),
        contact=contact(case.body),
    )


def extension_notice(
    case: InformationRequest, *, reason: str, consent: str, words: str, old: date, new: date
) -> Content:
    """延期答复告知书: the reason, who agreed, and the new last day (条例第三十三条第二款)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            _opening(case),
            p(f"因{reason.strip('。；， ')}，不能在原定期限（{chinese_date(old)}）前作出答复。"),
            p(
                f"根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经{consent}同意，"
                f"决定延长答复期限{words}，将于{chinese_date(new)}前作出答复。"
            ),
        ),
        contact=contact(case.body),
    )


def consultation(case: InformationRequest, *, party: str, content: str, words: str) -> Content:
    """征求意见书 to a third party: what concerns them, their term, what follows (条例第三十二条). The applicant is not named."""
    return Content(
        addressee=party,
        blocks=(
            p(f"本机关收到政府信息公开申请（编号{case.number}），其中以下内容涉及你方："),
            p(content),
            p(
                "根据《中华人民共和国政府信息公开条例》第三十二条的规定，现书面征求你方意见。"
                f"请自收到本征求意见书之日起{words}内，书面答复是否同意公开；不同意公开的，请说明理由。"
            ),
            p(
                "逾期未提出意见的，由本机关依照条例的规定决定是否公开。不同意公开且有合理理由的，本机关不予公开；"
                "本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的内容和理由书面告知你方。"
            ),
        ),
        contact=contact(case.body),
    )


def lapse_notice(case: InformationRequest, *, last_day: date, on: date, remedy: str) -> Content:
    """逾期不补正 不再处理告知书 (条例第三十条, 表三六1)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            _opening(case),
            p(
                f"本机关已书面告知{you(case)}需要补正的内容，补正期限至{chinese_date(last_day)}届满。"
                f"{you(case)}无正当理由逾期未补正。"
            ),
            p(
                "根据《中华人民共和国政府信息公开条例》第三十条的规定，视为放弃申请，本机关不再处理该政府信息公开申请。"
                "如仍需要相关政府信息，可以重新提出申请。"
            ),
        ),
        remedy=remedy,
        remedy_text=remedies.text(remedy, case.body, on, electronic=_electronic(case)),
        contact=contact(case.body),
    )


def _electronic(case: InformationRequest) -> bool:
    return case.manner in {"online", "email"}


def reply(case: InformationRequest, draft: DraftAnswer, line: Disposition, *, on: date) -> Content:
    """The answer that a draft stands for: restated request, facts found, law, decision, remedy (条例第三十六条)."""
    blocks = [_opening(case), p("经审查，现答复如下：")]
    if draft.finding:
        blocks.append(p(draft.finding))
    blocks += _decision(case, draft, line)
    return Content(
        addressee=addressee(case),
        blocks=tuple(blocks),
        remedy=line.remedy,
        remedy_text=remedies.text(line.remedy, case.body, on, electronic=_electronic(case)),
        contact=contact(case.body),
    )


SITUATIONS = {
    Outcome.STATE_SECRET: "属于依法确定为国家秘密的政府信息",
    Outcome.LAW_PROHIBITS: "属于法律、行政法规禁止公开的政府信息",
    Outcome.THREE_SECURITIES: "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
    Outcome.THIRD_PARTY_RIGHTS: "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
    Outcome.INTERNAL_AFFAIRS: "属于行政机关的内部事务信息",
    Outcome.PROCESS_INFO: "属于行政机关在履行行政管理职能过程中形成的过程性信息",
    Outcome.ENFORCEMENT_FILE: "属于行政执法案卷信息",
}
"""What 条例第十四条至第十六条 say of the information, as a letter restates it. The texts are theirs, not the report's short names."""


def _decision(case: InformationRequest, draft: DraftAnswer, line: Disposition) -> list[Block]:
    outcome = Outcome(draft.outcome)
    law = f"根据{line.article}的规定，"
    match outcome:
        case Outcome.GRANTED:
            return [p(f"{law}本机关决定予以公开。"), p(f"提供信息的时间、地点和方式：{draft.provision}")]
        case Outcome.ALREADY_PUBLIC:
            return [
                p(
                    f"{you(case)}申请获取的信息已经主动公开。{law}现告知获取该政府信息的方式、途径：{draft.query_method}"
                ),
                p(f"地址（网址）：{draft.query_address}"),
            ]
        case Outcome.PARTIAL:
            return [
                p(
                    f"{you(case)}申请获取的信息中含有不应当公开的内容，能够作区分处理。{law}本机关决定公开可以公开的内容。"
                ),
                p(f"提供信息的时间、地点和方式：{draft.provision}"),
                heading("不予公开的部分"),
                items([line for line in draft.withheld.splitlines() if line.strip()]),
                p(f"上述内容不予公开的法律依据：{draft.ground}。理由：{draft.reason}"),
            ]
        case Outcome.NOT_EXIST:
            return [
                *_search_table(list(case.searches.order_by("searched_on", "pk"))),
                *([p(f"理由：{draft.reason}")] if draft.reason else []),
                p(f"经检索没有{you(case)}所申请公开的信息。{law}告知{you(case)}该政府信息不存在。"),
            ]
        case Outcome.NOT_OURS:
            organ = (
                "本机关无法确定负责公开该信息的行政机关。"
                if draft.organ_unknown
                else f"该信息由{draft.organ_name}负责公开，联系方式：{draft.organ_contact}，建议{you(case)}向该机关提出申请。"
            )
            return [
                p(f"{you(case)}申请获取的信息不属于本机关负责公开。理由：{draft.reason}"),
                p(f"{law}告知{you(case)}：{organ}"),
            ]
        case Outcome.PETITION:
            return [
                p(
                    f"{you(case)}以政府信息公开申请的形式进行信访、投诉、举报等活动。{law}本机关不作为政府信息公开申请处理。"
                ),
                p(f"{you(case)}可以通过以下渠道提出：{draft.legal_channel}"),
            ]
        case Outcome.PUBLICATION:
            return [
                p(
                    f"{you(case)}要求提供的是政府公报、报刊、书籍等公开出版物。{law}本机关不予提供，告知获取的途径：{draft.legal_channel}"
                )
            ]
        case Outcome.REGISTRY_QUERY:
            return [
                p(
                    f"{you(case)}申请获取的信息属于工商、不动产登记资料等信息，有关法律、行政法规对其获取有特别规定。"
                    f"{law}请依照有关规定办理：{draft.legal_channel}"
                )
            ]
        case Outcome.REPEAT:
            return [
                p(
                    f"{you(case)}申请获取的同一信息，本机关已经作出答复（{draft.earlier_answer}）。{law}本机关不予重复处理。"
                )
            ]
        case Outcome.UNREASONABLE_VOLUME:
            return [p(f"{draft.explanation}"), p(f"理由：{draft.reason}"), p(f"{law}本机关不予处理。")]
        case _ if outcome in REFUSALS:
            return [
                p(f"{you(case)}申请获取的信息{SITUATIONS[outcome]}。"),
                p(f"法律依据：{draft.ground}。"),
                p(f"理由：{draft.reason}"),
                *([p(f"公开可能造成的损害：{draft.harm}")] if draft.harm else []),
                p("经逐项审查，该信息无法与可以公开的内容作区分处理。"),
                p(f"{law}本机关决定不予公开。"),
            ]
        case _:
            verdict = (
                f"本机关无法提供{you(case)}申请获取的信息。" if line.report_row.startswith("四") else "本机关不予处理。"
            )
            return [p(f"理由：{draft.reason}"), p(f"{law}{verdict}")]


def _search_table(searches: list[SearchRecord]) -> list[Block]:
    return [
        table(
            ("检索日期", "检索的系统或者档案", "关键词和时段", "询问的机构", "结果"),
            [
                (
                    chinese_date(row.searched_on),
                    row.system,
                    f"{row.keywords}；{row.period}",
                    row.asked or "无",
                    row.result,
                )
                for row in searches
            ],
            caption="检索情况",
            widths=(2, 3, 3, 2, 2),
        )
    ]

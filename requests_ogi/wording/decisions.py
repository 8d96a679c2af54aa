"""What an answer decides, in the words of each outcome: what was found, the law, the decision, the way on (条例第三十六条)."""

from collections.abc import Callable

from portal.letters.content import Block, heading, items, p, table
from portal.moment import chinese_date

from ..models import Disposition, DraftAnswer, InformationRequest, SearchRecord
from ..vocabulary import REFUSALS, Outcome
from .parts import you
from .withheld import ground_words, withheld_lines

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

Paragraphs = Callable[[InformationRequest, DraftAnswer, str], list[Block]]
"""The paragraphs of a decision from the request, the draft, and the words “根据……的规定，” that lead to it."""


def decision(case: InformationRequest, draft: DraftAnswer, line: Disposition) -> list[Block]:
    """The paragraphs that say what was decided on this request, and on what law."""
    outcome, law = Outcome(draft.outcome), f"根据{line.article}的规定，"
    if outcome in REFUSALS:
        return _neither_confirmed(case, draft, law) if draft.undisclosed else _refused(case, draft, law)
    if outcome in DECISIONS:
        return DECISIONS[outcome](case, draft, law)
    unable = line.report_row.startswith("四")
    verdict = f"本机关无法提供{you(case)}申请获取的信息。" if unable else "本机关不予处理。"
    return [p(f"理由：{draft.reason}"), p(f"{law}{verdict}")]


def _granted(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    return [p(f"{law}本机关决定予以公开。"), p(f"提供信息的时间、地点和方式：{draft.provision}")]


def _already_public(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}申请获取的信息已经主动公开。"
    return [
        p(f"{found}{law}现告知获取该政府信息的方式、途径：{draft.query_method}"),
        p(f"地址（网址）：{draft.query_address}"),
    ]


def _partial(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}申请获取的信息中含有不应当公开的内容，能够作区分处理。"
    return [
        p(f"{found}{law}本机关决定公开可以公开的内容。"),
        p(f"提供信息的时间、地点和方式：{draft.provision}"),
        heading("不予公开的部分"),
        items(withheld_lines(case, draft)),
    ]


def _not_exist(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    reason = [p(f"理由：{draft.reason}")] if draft.reason else []
    verdict = f"经检索没有{you(case)}所申请公开的信息。{law}告知{you(case)}该政府信息不存在。"
    return [_search_table(list(case.searches.order_by("searched_on", "pk"))), *reason, p(verdict)]


def _not_ours(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    organ = (
        "本机关无法确定负责公开该信息的行政机关。"
        if draft.organ_unknown
        else f"该信息由{draft.organ_name}负责公开，联系方式：{draft.organ_contact}，建议{you(case)}向该机关提出申请。"
    )
    found = f"{you(case)}申请获取的信息不属于本机关负责公开。理由：{draft.reason}"
    return [p(found), p(f"{law}告知{you(case)}：{organ}")]


def _petition(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}以政府信息公开申请的形式进行信访、投诉、举报等活动。"
    return [
        p(f"{found}{law}本机关不作为政府信息公开申请处理。"),
        p(f"{you(case)}可以通过以下渠道提出：{draft.legal_channel}"),
    ]


def _publication(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}要求提供的是政府公报、报刊、书籍等公开出版物。"
    return [p(f"{found}{law}本机关不予提供，告知获取的途径：{draft.legal_channel}")]


def _registry_query(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}申请获取的信息属于工商、不动产登记资料等信息，有关法律、行政法规对其获取有特别规定。"
    return [p(f"{found}{law}请依照有关规定办理：{draft.legal_channel}")]


def _repeat(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    found = f"{you(case)}申请获取的同一信息，本机关已经作出答复（{draft.earlier_answer}）。"
    return [p(f"{found}{law}本机关不予重复处理。")]


def _unreasonable_volume(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    return [p(draft.explanation), p(f"理由：{draft.reason}"), p(f"{law}本机关不予处理。")]


def _refused(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    harm = [p(f"公开可能造成的损害：{draft.harm}")] if draft.harm else []
    return [
        p(f"{you(case)}申请获取的信息{SITUATIONS[Outcome(draft.outcome)]}。"),
        p(f"法律依据：{ground_words(case, draft.ground)}。"),
        p(f"理由：{draft.reason}"),
        *harm,
        p("经逐项审查，该信息无法与可以公开的内容作区分处理。"),
        p(f"{law}本机关决定不予公开。"),
    ]


def _neither_confirmed(case: InformationRequest, draft: DraftAnswer, law: str) -> list[Block]:
    situation = SITUATIONS[Outcome(draft.outcome)]
    found = (
        f"{you(case)}申请获取的信息如果存在，{situation}；说明该信息是否存在，即会泄露不应当公开的内容。"
        "因此，本机关对该信息的存在与否不予确认。"
    )
    return [
        p(found),
        p(f"法律依据：{ground_words(case, draft.ground)}。"),
        p(f"理由：{draft.reason}"),
        p(f"{law}本机关决定不予公开。"),
    ]


def _search_table(searches: list[SearchRecord]) -> Block:
    rows = [
        (chinese_date(row.searched_on), row.system, f"{row.keywords}；{row.period}", row.asked or "无", row.result)
        for row in searches
    ]
    head = ("检索日期", "检索的系统或者档案", "关键词和时段", "询问的机构", "结果")
    return table(head, rows, caption="检索情况", widths=(2, 3, 3, 2, 2))


DECISIONS: dict[Outcome, Paragraphs] = {
    Outcome.GRANTED: _granted,
    Outcome.ALREADY_PUBLIC: _already_public,
    Outcome.PARTIAL: _partial,
    Outcome.NOT_EXIST: _not_exist,
    Outcome.NOT_OURS: _not_ours,
    Outcome.PETITION: _petition,
    Outcome.PUBLICATION: _publication,
    Outcome.REGISTRY_QUERY: _registry_query,
    Outcome.REPEAT: _repeat,
    Outcome.UNREASONABLE_VOLUME: _unreasonable_volume,
}
"""The outcomes with words of their own; refusals have theirs, and every other outcome states its reason and the verdict."""

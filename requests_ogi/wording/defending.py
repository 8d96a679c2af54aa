"""The skeleton of a defence (答复书、答辩状): facts filled in from the record, the argument left to those who defend it."""

from collections.abc import Iterable, Sequence

from portal.letters.content import Block, Content, heading, items, p, table
from portal.letters.kinds import LetterKind, register
from portal.moment import chinese_date

from ..models import Challenge, InformationRequest
from .parts import contact, wanted
from .withheld import ground_words, withheld_lines

DEFENCE_KINDS = {
    False: register(LetterKind("defence_reconsideration", "行政复议答复书")),
    True: register(LetterKind("defence_litigation", "行政诉讼答辩状")),
}
"""By whether it goes to a court. They bear the number of the challenge; nothing here is sent by the portal."""

TO_FILL_IN = "（请承办人员补充）"


def kind_of(challenge: Challenge) -> LetterKind:
    """What the defence is called."""
    return DEFENCE_KINDS[challenge.of_court]


def defence(
    challenge: Challenge,
    *,
    events: Iterable[tuple[str, str]],
    limits: Sequence[str],
    evidence: Sequence[str],
) -> Content:
    """Facts, timeline, law and conclusion. `events` are (day, what happened); `limits` sentences; `evidence` the titles."""
    case = challenge.request
    words = challenge.words()
    number = f"（{challenge.case_number}）" if challenge.case_number else ""
    return Content(
        addressee=challenge.authority,
        blocks=(
            p(
                f"本机关于{chinese_date(challenge.received_on)}收到你单位送达的{words['notice']}{number}，"
                f"{words['challenger']}{case.applicant.name}对本机关办理政府信息公开申请（编号{case.number}）不服。现答复如下："
            ),
            heading("基本事实"),
            p(_receipt(case)),
            table(("日期", "办理情况"), [list(event) for event in events], caption="办理经过", widths=(2, 6)),
            heading("关于是否按期答复"),
            *(p(limit) for limit in limits or (f"本件期限情况{TO_FILL_IN}。",)),
            heading("答复的依据和理由"),
            *_grounds(case),
            heading(f"对{words['challenger']}主张的意见"),
            p(f"{words['challenger']}的请求和理由：{challenge.summary}"),
            p(f"本机关认为{TO_FILL_IN}。"),
            heading("结论"),
            p(
                "综上，本机关办理本件申请事实清楚，适用依据正确，程序合法，"
                f"请{'人民法院依法驳回原告的诉讼请求' if challenge.of_court else '行政复议机关依法予以维持'}。"
                "（经审查确有不当的，请改写本段，并先行纠正。）"
            ),
            heading("证据目录"),
            items(evidence),
        ),
        contact=contact(case.body),
    )


def _receipt(case: InformationRequest) -> str:
    if case.received_on is None:
        return f"申请获取{wanted(case)}，以{case.get_channel_display()}方式到达本机关，{case.receipt_basis}。"
    return (
        f"本机关于{chinese_date(case.received_on)}收到申请（{case.get_channel_display()}，{case.receipt_basis}），"
        f"申请获取{wanted(case)}。"
    )


def _grounds(case: InformationRequest) -> list[Block]:
    answer = getattr(case, "answer", None)
    if answer is None:
        return [p(f"截至本证据材料形成之日，本机关尚未作出答复，原因{TO_FILL_IN}。")]
    blocks = [
        p(
            f"本机关作出《{answer.letter.title}》（{answer.letter.number}），办理结果为“{answer.get_outcome_display()}”，"
            f"依据为{answer.article}。"
        )
    ]
    draft = answer.draft
    if draft is None:
        return blocks
    for label, text in (
        ("查明的事实", draft.finding),
        ("具体依据", ground_words(case, draft.ground) if draft.ground else ""),
        ("理由", draft.reason),
        ("公开可能造成的损害", draft.harm),
        ("不予公开的部分", "\n".join(withheld_lines(case, draft)) if draft.parts else ""),
    ):
        if text:
            blocks.append(p(f"{label}：{text}"))
    if draft.severability:
        blocks.append(p(f"能否区分处理：{draft.get_severability_display()}。"))
    return blocks

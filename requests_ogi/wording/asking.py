"""Letters to those who are asked before the decision, and to the third party whose word did not prevail.

None of them names the applicant.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.letters import remedies
from portal.letters.content import Content, p, slip
from portal.letters.kinds import LetterKind
from portal.moment import chinese_date

from ..models import Consultation, InformationRequest
from ..vocabulary import Asked, Weighed
from .kinds import CO_MAKER_CONSULTATION, CONSULTATION, REFERRAL
from .parts import contact


@dataclass(frozen=True)
class Question:
    """What a letter asks: of whom, about what, within how long, what silence leads to; `link` is where it may be answered."""

    party: str
    content: str
    words: str
    silence: str = "organ_decides"
    link: str = ""


SILENCE = {
    "organ_decides": "由本机关依照条例的规定决定是否公开。",
    "refuse": "视为不同意公开。",
    "consent": "视为同意公开。",
}
"""What follows from silence, by the value of the body's option."""


REPLY_ROWS = (
    ("反馈单位（姓名）", "", 1),
    ("意见", "□ 同意公开　　□ 不同意公开", 1),
    ("不同意公开的内容", "", 3),
    ("不同意公开的理由", "", 6),
    ("联系人和联系电话", "", 1),
    ("签名或者盖章", "", 3),
    ("日期", "　　　　年　　　月　　　日", 1),
)
"""意见反馈表: what a third party fills in on paper."""


def consultation(case: InformationRequest, asked: Question) -> Content:
    """征求意见书 to a third party: what concerns them, their term, what follows, and a form to answer on (条例第三十二条)."""
    online = (
        [p(f"也可以在网上反馈，网址：{asked.link}。该网址只供你方使用，请妥善保管，不要转给他人。")]
        if asked.link
        else []
    )
    return Content(
        addressee=asked.party,
        blocks=(
            p(f"本机关收到政府信息公开申请（编号{case.number}），其中以下内容涉及你方："),
            p(asked.content),
            p(
                "根据《中华人民共和国政府信息公开条例》第三十二条的规定，现书面征求你方意见。"
                f"请自收到本征求意见书之日起{asked.words}内，书面答复是否同意公开；不同意公开的，请说明理由。"
                "请填写后附的《意见反馈表》，邮寄或者当面交回本机关。"
            ),
            *online,
            p(
                f"逾期未提出意见的，{SILENCE[asked.silence]}不同意公开且有合理理由的，本机关不予公开；"
                "本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的内容和理由书面告知你方。"
            ),
        ),
        attachments=("意见反馈表",),
        contact=contact(case.body),
        slip=slip(
            "意见反馈表",
            (("涉及的申请编号", case.number, 1), *REPLY_ROWS),
            note=f"请于收到征求意见书之日起{asked.words}内反馈。逾期未提出意见的，{SILENCE[asked.silence]}",
        ),
    )


def co_maker_consultation(case: InformationRequest, asked: Question) -> Content:
    """征求意见书 to an organ that made the information as well (条例第三十四条)."""
    return Content(
        addressee=asked.party,
        blocks=(
            p(f"我机关收到政府信息公开申请（编号{case.number}），所涉下列政府信息由我机关牵头、与你机关共同制作："),
            p(asked.content),
            p(
                "根据《中华人民共和国政府信息公开条例》第三十四条的规定，现征求你机关对公开该信息的意见。"
                f"请自收到本征求意见书之日起{asked.words}内提出意见；不同意公开的，请说明理由和依据。"
            ),
            p(f"逾期未提出意见的，{SILENCE[asked.silence]}"),
        ),
        contact=contact(case.body),
    )


def referral(case: InformationRequest, asked: Question) -> Content:
    """请示函 to the authority that settles whether something may be released (条例第十七条)."""
    return Content(
        addressee=asked.party,
        blocks=(
            p(f"我机关在办理政府信息公开申请（编号{case.number}）时，对下列政府信息不能确定是否可以公开："),
            p(asked.content),
            p(
                "根据《中华人民共和国政府信息公开条例》第十七条的规定，现报请确定上述信息是否可以公开。"
                f"该申请的法定答复期限不因本次报请而中断，请尽量在{asked.words}内予以函复。"
            ),
        ),
        contact=contact(case.body),
    )


ASKING_LETTERS: Mapping[str, tuple[LetterKind, Callable[[InformationRequest, Question], Content]]] = {
    Asked.THIRD_PARTY: (CONSULTATION, consultation),
    Asked.CO_MAKER: (CO_MAKER_CONSULTATION, co_maker_consultation),
    Asked.AUTHORITY: (REFERRAL, referral),
}
"""The letter of each kind of being asked (law.md §4.1 nos 6 and 10, and the letter of 条例第十七条)."""


def party_notice(case: InformationRequest, asked: Consultation, *, content: str, reasons: str, on: date) -> Content:
    """告知书 to a third party: what is released against its word, why, and how it may challenge that (条例第三十二条)."""
    ground = (
        "本机关认为不公开可能对公共利益造成重大影响"
        if asked.finding == Weighed.OVERRIDE
        else "本机关经审查认为你方不同意公开的理由不成立"
    )
    return Content(
        addressee=asked.party,
        blocks=(
            p(
                f"本机关于{chinese_date(asked.sent_on)}以{asked.letter.number}就政府信息公开申请（编号{case.number}）"
                f"征求你方意见，你方于{chinese_date(asked.replied_on)}表示不同意公开。"
            ),
            p(f"{ground}，根据《中华人民共和国政府信息公开条例》第十五条、第三十二条的规定，决定予以公开。"),
            p(f"决定公开的内容：{content}"),
            p(f"公开的理由：{reasons}"),
        ),
        remedy="R2",
        remedy_text=remedies.text("R2", case.body, on, electronic=False),
        contact=contact(case.body),
    )

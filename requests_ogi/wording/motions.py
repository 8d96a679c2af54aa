"""The letters that tell what became of a correction, a suggestion or a complaint."""

from datetime import date

from portal.letters import remedies
from portal.letters.content import Block, Content, p
from portal.letters.kinds import LetterKind, register
from portal.moment import chinese_date

from ..models import Motion
from ..vocabulary import MotionKind, MotionOutcome
from .kinds import NOTICE, REPLY
from .parts import contact

CORRECTION_REFUSED = register(LetterKind("correction_refused", "政府信息不予更正决定书", **REPLY))
CORRECTION_TOLD = register(LetterKind("correction_told", "政府信息更正告知书", **NOTICE))
SUGGESTION_TOLD = register(LetterKind("suggestion_told", "主动公开建议答复书", **NOTICE))
COMPLAINT_TOLD = register(LetterKind("complaint_told", "政府信息公开投诉举报处理结果告知书", **NOTICE))

UNSIGNED = {
    MotionKind.CORRECTION: "申请人",
    MotionKind.SUGGESTION: "建议人",
    MotionKind.COMPLAINT: "投诉举报人",
}


def kind_of_letter(motion: Motion) -> LetterKind:
    """The letter that tells this motion's outcome."""
    if motion.kind == MotionKind.CORRECTION:
        return CORRECTION_REFUSED if motion.outcome == MotionOutcome.ACCURATE else CORRECTION_TOLD
    return SUGGESTION_TOLD if motion.kind == MotionKind.SUGGESTION else COMPLAINT_TOLD


def motion_letter(motion: Motion, *, on: date, remedy: str) -> Content:
    """What the movant is told: what came in, what was found, what follows. `remedy` is R0 unless a correction is refused."""
    label = MotionKind(motion.kind).label
    blocks = [
        p(
            f"本机关于{chinese_date(motion.received_on)}收到你（单位）提出的{label}（编号：{motion.number}），"
            f"涉及“{motion.subject}”。现将处理结果告知如下："
        ),
        p(f"经核实，{(motion.finding or '').strip().rstrip('。')}。"),
        *_result(motion),
    ]
    named = motion.movant.name if motion.movant else ""
    return Content(
        addressee=named or UNSIGNED[MotionKind(motion.kind)],
        blocks=tuple(blocks),
        remedy=remedy,
        remedy_text=remedies.text(remedy, motion.body, on, electronic=True),
        contact=contact(motion.body),
    )


def _result(motion: Motion) -> list[Block]:
    law = "根据《中华人民共和国政府信息公开条例》"
    organ = f"{motion.organ_name}（联系方式：{motion.organ_contact}）"
    match MotionOutcome(motion.outcome):
        case MotionOutcome.CORRECTED:
            return [p(f"{law}第四十一条的规定，本机关已对上述政府信息记录予以更正。")]
        case MotionOutcome.ACCURATE:
            return [p(f"本机关记录的上述政府信息准确。{law}第四十一条的规定，本机关决定不予更正。")]
        case MotionOutcome.TRANSFERRED:
            return [
                p(f"上述记录不属于本机关职能范围。{law}第四十一条的规定，本机关已转送有权更正的行政机关处理：{organ}。")
            ]
        case MotionOutcome.PUBLISH:
            return [p(f"{law}第四十四条的规定，本机关决定将该政府信息纳入主动公开的范围，及时主动公开。")]
        case MotionOutcome.ALREADY_PUBLIC:
            return [p("该政府信息本机关已经主动公开，可以按照上述位置查阅。")]
        case MotionOutcome.NOT_IN_SCOPE:
            return [p(f"{law}第四十四条的规定，经审核，该政府信息不宜纳入主动公开的范围。感谢你（单位）的建议。")]
        case MotionOutcome.UPHELD:
            return [
                p(
                    f"{law}第五十一条的规定，对所反映的问题已责令改正：{(motion.measure or '').strip().rstrip('。')}。"
                    f"改正期限为{motion.mending_days}个工作日。"
                ),
                p(_OTHER_WAYS),
            ]
        case MotionOutcome.UNFOUNDED:
            return [p("所反映的问题不属实，不予处理。"), p(_OTHER_WAYS)]
        case MotionOutcome.NOT_OURS:
            return [p(f"所反映的问题不属于本机关处理，请向{organ}提出。"), p(_OTHER_WAYS)]


_OTHER_WAYS = (
    "认为行政机关在政府信息公开工作中侵犯合法权益的，可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报，"
    "也可以依法申请行政复议或者提起行政诉讼。"
)
"""条例第五十一条, which every complainant is reminded of whatever came of the complaint."""

"""When a request counts as a repetition (条例第三十六条第六项)."""

from portal.regulations.registry import carries

from .refusal import Refused


@carries("LD-A8-9-10", "REG-36")
def is_a_repetition(
    *, picked: bool, same_applicant: bool = False, same_body: bool = False, answered: bool = False
) -> None:
    """Whether a request may be answered as a repetition: an earlier one of the same applicant at the same body is named and
    has been answered.
    """
    if not picked:
        raise Refused("认定重复申请，须指明原申请：请在拟办页面选择同一申请人此前已经答复的申请。")
    if not (same_applicant and same_body):
        raise Refused("所选的原申请不是同一申请人向本机关提出的，不能认定为重复申请。")
    if not answered:
        raise Refused("所选的原申请还没有答复，不能认定为重复申请。请按一般申请办理。")

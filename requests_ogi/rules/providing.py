"""In which form information is handed over (条例第四十条)."""

from portal.regulations.registry import carries

from .refusal import Refused


@carries("LD-A8-11")
def judge_form(*, requested: str, provided: str, reason: str) -> None:
    """The form asked for, or else another suitable one (inspection, copies …) with the reason why."""
    if provided != requested and not reason.strip():
        raise Refused("没有按申请人要求的形式提供的，请写明理由，并采用安排查阅、提供复制件等其他适当形式。")

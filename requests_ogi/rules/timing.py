"""What may still be done, by whom and when: completion, extension, approval, service."""

from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .refusal import Refused


@carries("REG-30", "LD-A8-9-8")
def may_ask_completion(*, already_asked: bool, last_day: date, today: date) -> None:
    """Whether a completion notice (补正告知) may go out: once only, and not after the last day of its term."""
    if already_asked:
        raise Refused("补正只能一次性告知，本件已经发过补正告知书。内容仍不明确的，请按“补正后仍不明确”拟办答复。")
    if today > last_day:
        raise Refused(
            f"发补正告知书的法定期限已于{chinese_date(last_day)}届满，不能再要求补正。可以电话与申请人沟通了解，答复期限不变。"
        )


@carries("REG-30")
def completion_period(days: int, *, shortest: int, longest: int) -> int:
    """The reasonable period for completing a request, in working days, within what the profile calls reasonable."""
    if not shortest <= days <= longest:
        raise Refused(f"补正期限应当合理：请填写{shortest}至{longest}个工作日。")
    return days


@carries("REG-33", "LD-A8-10c", "YQ-S1-10e", "WZ-6.2-6")
def may_extend(
    *, days: int, most: int, already: bool, last_day: date, sent_on: date, lengthenable: bool = True
) -> None:
    """Whether an extension stands: once, not beyond the limit, and its notice sent while the term in force still runs.

    `lengthenable`: the limit is the law's own, not one already delayed (条例第三十五条) or set by a decision on review.
    """
    if not lengthenable:
        raise Refused(
            f"本件的答复期限是延迟答复的期限或者复议决定、裁判限定的期限，不能再延期。请在{chinese_date(last_day)}前（含当日）答复。"
        )
    if already:
        raise Refused("本件已经延期一次，不能再次延期。请在现有期限内答复。")
    if not 1 <= days <= most:
        raise Refused(f"延长的期限最长不得超过{most}日（按本机关规定的计算单位），请重新填写。")
    if sent_on > last_day:
        raise Refused(f"现有答复期限已于{chinese_date(last_day)}届满，期限届满后发出的延期告知无效。请立即答复申请人。")


@carries("WZ-6.2-6")
def consent_is_recorded(*, collective: bool, reference: str, agreed_on: date | None, sent_on: date) -> None:
    """Whether a collective body that must agree to an extension has done so on the record, before the notice goes out."""
    if not collective:
        if agreed_on is not None:
            raise Refused("本机关的延期由政府信息公开工作机构负责人同意，不需要登记集体同意的情况。")
        return
    if agreed_on is None or not reference.strip():
        raise Refused("本机关的延期须经政务公开领导小组同意，请登记同意的形式、日期和会议纪要或者会签单编号。")
    if agreed_on > sent_on:
        raise Refused("领导小组同意的日期不能晚于延期告知书发出日期，请核对后重新填写。")


def may_approve(*, approver: int, authors: set[int]) -> None:
    """Nobody approves what they drafted or changed. `approver` and `authors` are user ids."""
    if approver in authors:
        raise Refused("您参与了本件答复的拟写或修改，不能审签。请由其他有审签职责的负责同志办理。")


@carries("YC-5.2-7", "LD-A6-5-4b")
def in_time(*, answered_on: date, last_day: date) -> bool:
    """Whether the answer came in time: the last day itself still counts (the term ends at its midnight)."""
    return answered_on <= last_day


@carries("LET235-4")
def may_record_service(*, electronic: bool, sent_on: date, today: date, proved: bool) -> None:
    """A service is recorded on its day. Electronic sending happens by recording it; an earlier posting or handing over, which
    decides about lateness, is believed only with its proof (面单、回证) attached.
    """
    if electronic and sent_on != today:
        raise Refused("电子送达在登记的同时发出，以今天为送达日期，不能填写其他日期。")
    if sent_on < today and not proved:
        raise Refused("登记以前日期的送达，请上传送达凭证（邮件面单或者送达回证）的扫描件或者照片。")


@carries("REG-40", "YQ-S1-10d")
def may_serve_electronically(*, chosen_electronic: bool) -> None:
    """Letters go out electronically only where the applicant chose that way of being reached."""
    if not chosen_electronic:
        raise Refused("申请人没有选择以电子方式接收答复，请改用邮寄或者当面送达。")

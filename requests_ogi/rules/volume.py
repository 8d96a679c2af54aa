"""Very many requests of one applicant (条例第三十五条): when reasons may be asked for, and what follows from them."""

from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .refusal import Refused


@dataclass(frozen=True)
class Volume:
    """How much an applicant asked of one body: the number of this request in its calendar month, how many the month has, and
    how many the last twelve months have, this request included.
    """

    nth: int
    month: int
    year: int

    def remarkable(self, *, month: int, year: int) -> bool:
        """Whether it is more than the numbers from which the office is to look at it. A sign, not a finding."""
        return self.nth > month or self.year > year


@carries("REG-35")
def may_ask_reasons(
    volume: Volume,
    *,
    month: int,
    year: int,
    beyond_reason: bool,
    why: str,
    already: bool,
    sent_on: date,
    last_day: date,
) -> None:
    """Whether an applicant may be asked for reasons: nobody else ever has to give any (条例第二十九条 asks for none)."""
    if already:
        raise Refused("本件已经要求申请人说明理由，不能重复要求。请待申请人说明，或者期限届满后依法处理。")
    if not volume.remarkable(month=month, year=year):
        raise Refused(
            f"本件是申请人本月第{volume.nth}件、最近十二个月共{volume.year}件，数量、频次没有超过合理范围，"
            "不得要求申请人说明申请理由。请按期答复。"
        )
    if not beyond_reason or not why.strip():
        raise Refused("请先认定数量、频次明显超过合理范围，并写明认定的情况，该情况将写入说明理由告知书。")
    if sent_on > last_day:
        raise Refused(f"答复期限已于{chinese_date(last_day)}届满，不能再要求说明理由。请立即答复申请人。")


@carries("REG-35")
def reasons_period(days: int, *, shortest: int, longest: int) -> int:
    """The period for giving reasons, in working days, within what the profile calls reasonable."""
    if not shortest <= days <= longest:
        raise Refused(f"说明理由的期限应当合理：请填写{shortest}至{longest}个工作日。")
    return days


@carries("REG-35")
def may_delay(
    *, answered: bool, reasonable: bool, days: int, shortest: int, longest: int, old: date, new: date, sent_on: date
) -> None:
    """Whether the answer may be delayed: the applicant gave reasons, they are reasonable, the limit cannot be kept, and the
    applicant is told of a longer one while the old one still runs.
    """
    if not answered:
        raise Refused("申请人尚未说明理由。只有申请人说明的理由合理、又无法按期答复的，才能确定延迟答复的期限。")
    if not reasonable:
        raise Refused("请先认定申请人说明的理由合理，但是无法在法定期限内答复。理由不合理的，应当告知不予处理。")
    if not shortest <= days <= longest:
        raise Refused(f"延迟答复的期限应当合理：请填写{shortest}至{longest}个工作日。")
    if sent_on > old:
        raise Refused(f"答复期限已于{chinese_date(old)}届满，届满后告知的延迟答复无效。请立即答复申请人。")
    if new <= old:
        raise Refused(
            f"所填期限到{chinese_date(new)}届满，没有晚于现有答复期限（{chinese_date(old)}），不需要延迟。请在现有期限内答复。"
        )


@carries("REG-35")
def may_leave_unprocessed(*, asked: bool, answered: bool, last_day: date | None, today: date) -> None:
    """Whether a request may be left unprocessed for its volume: reasons were asked for, and given or not given in time."""
    if not asked:
        raise Refused(
            "以“数量、频次明显超过合理范围”不予处理的，应当先要求申请人说明理由。请返回本件办理“要求说明理由”。"
        )
    if not answered and last_day is not None and today <= last_day:
        raise Refused(f"申请人说明理由的期限至{chinese_date(last_day)}届满，现在还不能认定理由不合理，请待申请人说明。")

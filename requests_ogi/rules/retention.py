"""When a finished matter may be made anonymous, and by whom (个人信息保护法第十九条、第四十七条)."""

from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .refusal import Refused


@carries("PIPL-19", "PIPL-47")
def may_nominate(*, last_day: date, today: date, challenged: bool, already: bool) -> None:
    """Whether a closed matter may be put up for anonymity: its term of keeping is over and no challenge is pending.

    `last_day` is the last day on which the applicant's data must still be kept.
    """
    if already:
        raise Refused("本件已经提请匿名化，不能重复提请。")
    if today <= last_day:
        raise Refused(f"本件的保存期限到{chinese_date(last_day)}，期限届满以前不能匿名化。")
    if challenged:
        raise Refused("本件的行政复议或者行政诉讼尚未审结，审结以前不能匿名化。")


@carries("PIPL-47")
def may_anonymise(*, nominated_by: int, by: int, challenged: bool) -> None:
    """Whether the one who decides may carry it out: never who put it up, and not while a challenge is pending."""
    if nominated_by == by:
        raise Refused("本件由您提请匿名化，不能由您审定。请由其他有审定职责的负责同志办理。")
    if challenged:
        raise Refused("提请以后本件又有行政复议或者行政诉讼，审结以前不能匿名化。")

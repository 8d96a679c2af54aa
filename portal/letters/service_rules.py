"""Which day counts as the day of service, and what a service must be able to show. Pure."""

from datetime import date

from django.db.models import TextChoices

from portal.regulations.registry import carries

from .refusal import LetterRefused


class Manner(TextChoices):
    """How a letter reaches its addressee."""

    ELECTRONIC = "electronic", "电子送达"
    POST = "post", "邮寄送达"
    IN_PERSON = "in_person", "直接送达"


@carries("LET235-4")
def counts_on(manner: str, sent_on: date, served_on: date | None) -> date:
    """The day that counts (国办公开办函〔2016〕235号): posting for post, the signature in person, sending if electronic.

    A letter handed over in person without a signing day is refused: there is no service to count.
    """
    if Manner(manner) is not Manner.IN_PERSON:
        return sent_on
    if served_on is None:
        raise LetterRefused("直接送达以申请人签收之日为准。请填写签收日期后再登记送达。")
    return served_on


def check_service(
    manner: str, *, dated: date, sent_on: date, served_on: date | None, proof_number: str, today: date
) -> None:
    """Refuse a service that cannot be true or cannot be proved. All dates are days in Shanghai."""
    if sent_on < dated:
        raise LetterRefused(f"发出日期不能早于文书的成文日期（{dated:%Y-%m-%d}）。请核对后重新填写。")
    if max(sent_on, served_on or sent_on) > today:
        raise LetterRefused("发出日期和签收日期不能晚于今天。请在实际发出或者签收之后再登记送达。")
    if served_on is not None and served_on < sent_on:
        raise LetterRefused("签收日期不能早于发出日期。请核对后重新填写。")
    if manner == Manner.POST and not proof_number:
        raise LetterRefused("邮寄送达应当通过邮政企业并留存凭证。请填写邮件号码（以交邮之日为送达日期）。")
    if manner == Manner.ELECTRONIC and served_on not in (None, sent_on):
        raise LetterRefused("电子送达以发出当日为送达日期。请不要填写其他签收日期。")

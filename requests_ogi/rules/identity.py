"""Numbers of identity documents, and text as people type it (条例第二十九条)."""

from datetime import date

from portal.regulations.registry import carries
from portal.texts.plain import normal

from ..vocabulary import ApplicantKind, IdentityDocument
from .refusal import Refused

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@carries("REG-29", "LD-A8-6a")
def identity_number(kind: IdentityDocument, text: str) -> str:
    """The number of an identity document in its normal form (half-width, upper case, no blanks).

    Resident ids are checked by their check digit (GB 11643), credit codes by theirs (GB 32100); others by length and
    characters. Raises Refused with what to look at.
    """
    number = normal(text).upper().replace(" ", "").replace("-", "")
    if not number:
        raise Refused("请填写证件号码。")
    if kind in {IdentityDocument.RESIDENT_ID, IdentityDocument.RESIDENCE_PERMIT}:
        return _resident_id(number)
    if kind is IdentityDocument.CREDIT_CODE:
        return _credit_code(number)
    if not (6 <= len(number) <= 20 and number.isascii() and number.isalnum()):
        raise Refused("证件号码应为6至20位字母和数字，请对照证件核对后重新填写。")
    return number


def _resident_id(number: str) -> str:
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        raise Refused("居民身份证号码应为18位（末位可以是X），请对照证件核对后重新填写。")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Refused("身份证号码中的出生日期不存在，请对照证件核对第7至14位。") from None
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[17]:
        raise Refused("身份证号码校验不通过，可能有一位填错，请对照证件逐位核对。")
    return number


def _credit_code(number: str) -> str:
    if len(number) != 18 or any(character not in _CREDIT_ALPHABET for character in number):
        raise Refused("统一社会信用代码应为18位数字和大写字母（不含I、O、S、V、Z），请对照证书核对后重新填写。")
    total = sum(_CREDIT_ALPHABET.index(character) * 3**place % 31 for place, character in enumerate(number[:17]))
    if _CREDIT_ALPHABET[-total % 31] != number[17]:
        raise Refused("统一社会信用代码校验不通过，可能有一位填错，请对照证书逐位核对。")
    return number


@carries("REG-29")
def document_fits(applicant: ApplicantKind, document: IdentityDocument) -> bool:
    """Organisations prove who they are by their credit code, natural persons by a document of their own."""
    return (document is IdentityDocument.CREDIT_CODE) == (applicant is not ApplicantKind.NATURAL)

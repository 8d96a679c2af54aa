"""The remedy statement (救济告知) of a letter: the words are law and in the profile; names come from the body."""

from datetime import date

from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.registry import carries
from portal.regulations.schema import Profile, Remedy

from .refusal import LetterRefused

LIMITS = ("reconsideration", "litigation_direct", "litigation_after_review")


@carries("ARL-20", "ARL-22", "ARL-23", "ARL-24", "ARL-34", "ALL-45", "ALL-46")
def text(variant: str, body: Body, on: date, electronic: bool) -> str:
    """The remedy statement of variant R0, R1 or R2 for a letter of `body` dated `on`; R0 has none and gives "".

    R1 (refused disclosure) sends to reconsideration first since 2024-01-01 (行政复议法第二十三条); a day on which the law did not
    know it gives the free choice of R2. If the letter is served through the internet it also names the internet channel for
    reconsideration (第二十二条第二款). Raises LetterRefused, saying what to fill in, when the body lacks a name the statement needs.
    """
    profile = library.profile(body.profile, on)
    remedy = remedy_in_force(variant, profile)
    if not remedy.text:
        return ""
    statement = remedy.text.format(**_limits(profile), **_names(remedy, body, profile))
    if electronic and profile.option("delivery.electronic_requires_review_channel"):
        statement += _internet_channel(body)
    return statement


def remedy_in_force(variant: str, profile: Profile) -> Remedy:
    """The remedy of a variant under a profile; before reconsideration had to come first, R1 was R2. Unknown: KeyError."""
    if variant == "R1" and "R1" not in profile.remedies:
        variant = "R2"
    return profile.remedies[variant]


def _limits(profile: Profile) -> dict[str, str]:
    return {key: profile.term(key).words for key in LIMITS}


def _names(remedy: Remedy, body: Body, profile: Profile) -> dict[str, str]:
    if not body.reconsideration_authority:
        raise LetterRefused(f"{body.name}尚未填写行政复议机关。请先在“机关”资料中填写，再制发文书。")
    if not body.litigation_court:
        raise LetterRefused(f"{body.name}尚未填写有管辖权的人民法院。请先在“机关”资料中填写，再制发文书。")
    unit = profile.organisation
    authority = body.reconsideration_authority
    if remedy.authority == "government_or_superior_department" and unit and unit.superior_department:
        authority += f"或者{unit.superior_department}"
    after_review = unit.court_after_review if unit and unit.court_after_review else body.litigation_court
    return {"authority": authority, "court_direct": body.litigation_court, "court_after_review": after_review}


def _internet_channel(body: Body) -> str:
    if not body.reconsideration_url:
        raise LetterRefused(
            f"通过互联网送达的文书应当同时告知提交行政复议申请的互联网渠道，而{body.name}尚未填写。"
            "请先在“机关”资料中填写网上提交复议申请地址，或者改用其他方式送达。"
        )
    return f"行政复议申请也可以通过互联网渠道提交（{body.reconsideration_url}）。"

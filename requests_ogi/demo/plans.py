"""Which requests a body of the demonstration has: when each came, how, and which story it lives."""

from dataclasses import dataclass

from ..vocabulary import Channel, Manner, Outcome


@dataclass(frozen=True)
class Plan:
    """One request: how many working days ago it came, how, how it wants its answer, and which story it lives.

    `again`: the place of the earlier request that this one repeats. `after`: the stories that follow the answer, in turn.
    `matter`: the name of what is asked in `matters`; without one it is the next of the body's topics. `who`: the applicant,
    where several requests are theirs. `only`: the one body that has it.
    """

    age: int
    story: str
    channel: Channel = Channel.ONLINE
    manner: Manner = Manner.ONLINE
    outcome: str = Outcome.GRANTED
    again: int | None = None
    after: tuple[str, ...] = ()
    matter: str = ""
    who: int | None = None
    hour: int = 9
    only: str = ""


C, M, O = Channel, Manner, Outcome  # noqa: E741 - the table below is read across
_LINE: tuple[Plan, ...] = (
    Plan(68, "closed", outcome=O.GRANTED, after=("rated", "published")),
    Plan(66, "closed", C.REGISTERED_MAIL, M.POST, O.PARTIAL, matter="parted:2022"),
    Plan(64, "closed", outcome=O.ALREADY_PUBLIC, after=("rated", "published")),
    Plan(61, "closed", C.COUNTER, M.IN_PERSON, O.NOT_EXIST, after=("upheld", "sued")),
    Plan(58, "closed", outcome=O.NOT_OURS),
    Plan(57, "closed", outcome=O.THIRD_PARTY_RIGHTS, after=("reviewed_now",)),
    Plan(55, "closed", C.EMAIL, M.EMAIL, O.PETITION),
    Plan(53, "closed_late", outcome=O.GRANTED, after=("rated",)),
    Plan(52, "closed", outcome=O.INTERNAL_AFFAIRS),
    Plan(50, "closed_extended", outcome=O.PARTIAL, matter="parted:2023", after=("rated",)),
    Plan(48, "closed", C.ORAL, M.IN_PERSON, O.ALREADY_PUBLIC),
    Plan(46, "lapsed", outcome=O.LAPSED_COMPLETION),
    Plan(45, "closed", outcome=O.NEEDS_PROCESSING, matter="summed", after=("published",)),
    Plan(43, "withdrawn"),
    Plan(41, "closed", C.REGISTERED_MAIL, M.POST, O.PROCESS_INFO),
    Plan(40, "closed_supplemented", outcome=O.GRANTED, after=("rated",)),
    Plan(36, "closed", outcome=O.REPEAT, again=4),
    Plan(34, "closed", outcome=O.PUBLICATION),
    Plan(33, "closed", outcome=O.ENFORCEMENT_FILE),
    Plan(31, "extended"),
    Plan(29, "closed", outcome=O.GRANTED, after=("rated", "proposed")),
    Plan(26, "lapsing"),
    Plan(24, "overdue"),
    Plan(22, "served", outcome=O.ALREADY_PUBLIC),
    Plan(21, "consulting", C.REGISTERED_MAIL, M.POST),
    Plan(20, "submitted", outcome=O.GRANTED),
    Plan(19, "approved", outcome=O.PARTIAL, matter="parted:2025"),
    Plan(18, "submitted", C.COUNTER, M.POST, O.NOT_EXIST),
    Plan(17, "sent_back", outcome=O.PROCESS_INFO),
    Plan(16, "late_draft"),
    Plan(14, "supplemented"),
    Plan(13, "approved", C.REGISTERED_MAIL, M.POST, O.GRANTED),
    Plan(11, "served", outcome=O.NOT_OURS),
    Plan(10, "consulting"),
    Plan(8, "assigned", C.FAX, M.POST),
    Plan(7, "completing"),
    Plan(6, "assigned"),
    Plan(5, "given_back"),
    Plan(4, "assigned", C.COUNTER, M.IN_PERSON),
    Plan(3, "unconfirmed", C.ORDINARY_MAIL, M.POST),
    Plan(2, "received", C.REGISTERED_MAIL, M.POST),
    Plan(1, "received"),
    Plan(1, "unconfirmed", C.FAX, M.POST),
)

MANY = 404
"""The applicant who asks for the same thing year by year: an organisation."""

_DEPTH: tuple[Plan, ...] = (
    Plan(262, "closed", outcome=O.PROCESS_INFO, matter="then", after=("reassessed",)),
    Plan(255, "closed", C.COUNTER, M.IN_PERSON, O.THIRD_PARTY_RIGHTS),
    Plan(74, "closed", outcome=O.PROCESS_INFO, matter="corrected", after=("corrected",)),
    Plan(48, "unpaid", matter="unpaid"),
    Plan(39, "overridden", matter="overridden", after=("rated",)),
    Plan(38, "closed", outcome=O.PARTIAL, matter="parted:2024", after=("rated",)),
    Plan(30, "paid", matter="paid"),
    Plan(25, "returned", C.REGISTERED_MAIL, M.POST, matter="returned"),
    Plan(23, "silent", matter="silent"),
    Plan(15, "co_made", matter="co_made"),
    *(Plan(14, "quick", outcome=O.ALREADY_PUBLIC, matter=f"many:{year}", who=MANY) for year in range(2015, 2025)),
    Plan(14, "delayed", matter="many:2014", who=MANY, hour=11),
    Plan(14, "asked_why", matter="many:2013", who=MANY, hour=11),
    Plan(11, "parting", outcome=O.PARTIAL, matter="parted:2021"),
    Plan(9, "referred", matter="referred"),
    Plan(8, "paying", matter="paying"),
    Plan(12, "suspended", matter="suspended", only="yq"),
    Plan(7, "assigned", C.TELEPHONE, M.POST, matter="told", only="wz"),
)

PLANS = (*_LINE, *_DEPTH)


def plans_of(body_code: str) -> list[tuple[int, Plan]]:
    """The requests of one body, each with its place in the table."""
    return [(place, plan) for place, plan in enumerate(PLANS) if plan.only in {"", body_code}]

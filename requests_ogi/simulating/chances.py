"""How often what happens: the one table of the simulation. Shares are parts of a hundred unless the line says otherwise."""

from random import Random

from ..vocabulary import Channel, Manner, Outcome

C, M, O = Channel, Manner, Outcome  # noqa: E741 - the tables below are read across

CHANNELS = {
    C.ONLINE: 56,
    C.COUNTER: 9,
    C.REGISTERED_MAIL: 14,
    C.ORDINARY_MAIL: 6,
    C.EMAIL: 6,
    C.FAX: 3,
    C.ORAL: 6,
}
MANNERS = {M.ONLINE: 55, M.EMAIL: 15, M.POST: 22, M.IN_PERSON: 8}
OUTCOMES = {
    O.GRANTED: 30,
    O.ALREADY_PUBLIC: 14,
    O.PARTIAL: 9,
    O.STATE_SECRET: 1,
    O.LAW_PROHIBITS: 1,
    O.THREE_SECURITIES: 1,
    O.THIRD_PARTY_RIGHTS: 4,
    O.INTERNAL_AFFAIRS: 3,
    O.PROCESS_INFO: 4,
    O.ENFORCEMENT_FILE: 2,
    O.REGISTRY_QUERY: 3,
    O.NOT_EXIST: 12,
    O.NOT_OURS: 7,
    O.NEEDS_PROCESSING: 3,
    O.STILL_UNCLEAR: 2,
    O.PETITION: 4,
    O.REPEAT: 3,
    O.PUBLICATION: 1,
    O.CONFIRM_REISSUE: 1,
}
"""What the department will find. 逾期 and 撤回 come about on the way; 补正后仍不明确 makes the office ask first."""

ON_THE_WAY = {
    "completion": 12,  # the office asks for completion
    "completion_lapses": 30,  # … of those asked
    "given_back": 6,
    "reassigned": 4,
    "consulted": 8,  # a third party is asked although nothing is refused
    "second_party": 25,  # … of those asked, and asked of a second one too
    "party_silent": 30,
    "extended": 9,
    "sent_back": 14,  # once; of those once more
    "late": 4,
    "withdrawn": 5,
    "posted_earlier": 10,  # service recorded a few days after posting, with its proof
    "scanned": 40,  # a counter or mail application comes with its scan
    "left_at_door": 8,  # a posted answer comes back
    "authority_asked": 6,  # … of those asked, an authority too
    "charged": 7,  # of what is released
    "challenged": 2,  # of what was answered
}
BURST, BURSTS = 14, 250
"""Somebody asks so many things within a few days; one such person for so many requests."""
UNLAWFUL_A_DAY = 3.0
"""How many acts that are not allowed are tried on a day, on average."""


def draw(rng: Random, table: dict[str, int]) -> str:
    """One key of a table, by its share."""
    return rng.choices(list(table), weights=list(table.values()))[0]


def happens(rng: Random, what: str) -> bool:
    """Whether something of ON_THE_WAY happens this time."""
    return rng.random() * 100 < ON_THE_WAY[what]

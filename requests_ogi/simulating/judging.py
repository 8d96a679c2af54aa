"""What must be true when the days are over. Every sentence found here is a fault of the portal, or of the simulation."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from portal.archive.checking import check_dossier, lost_dossiers
from portal.archive.models import Dossier
from portal.clocks import keeper
from portal.clocks.models import Clock, Ended
from portal.clocks.reckoning import Reckoned
from portal.ledger import service as ledger
from portal.letters.models import Letter, Series

from .. import figures
from ..figures import Period
from ..models import Challenge, InformationRequest
from ..rules.report import ALL_RESULTS, COLUMNS, NEW, RESULTS, equations
from ..verifying import differences
from ..vocabulary import OPEN_STATES, RE_EVALUATION, Outcome, State
from .account import table_three as account_table

if TYPE_CHECKING:
    from .world import World

LIMIT = 20
"""How many faults of one kind are told one by one."""


def judge(world: "World") -> list[str]:
    """Every invariant that does not hold, as sentences; empty when all is as it should be."""
    faults = list(world.faults)
    for check in CHECKS:
        found = list(check(world))
        faults += found[:LIMIT]
        if len(found) > LIMIT:
            faults.append(f"……{check.__name__}：同类问题共{len(found)}处。")
    return faults


def every_case_is_accounted_for(world: "World") -> Iterator[str]:
    """The portal has exactly the requests that were filed, with the outcome, the days and the applicant's kind they had."""
    cases = {case.number: case for case in _cases(world)}
    accounts = {account.number: account for account in world.accounts}
    for number in sorted(cases.keys() ^ accounts.keys()):
        yield f"{number}：一边有一边没有的申请。"
    for number in sorted(cases.keys() & accounts.keys()):
        case, account = cases[number], accounts[number]
        for label, said, meant in (
            ("办理结果", case.outcome, account.ending),
            ("收到日期", case.received_on, account.received_on),
            ("答复日期", case.answered_on, account.answered_on),
            ("申请人类别", case.applicant.kind, account.kind),
            ("是否归档", case.state == State.CLOSED, account.closed_on is not None),
        ):
            if said != meant:
                yield f"{number}：{label}存为{said}，应为{meant}。"


def no_case_is_forgotten(world: "World") -> Iterator[str]:
    """A closed case was answered, given up or withdrawn; an open one has a limit running that will call out."""
    of_requests = Clock.objects.running().filter(body=world.body, subject_type=InformationRequest._meta.label_lower)
    running = set(of_requests.exclude(duty=RE_EVALUATION).values_list("subject_id", flat=True))
    for case in _cases(world):
        if case.state == State.CLOSED:
            if case.answered_on is None and case.outcome != Outcome.WITHDRAWN:
                yield f"{case.number}：已归档，却既未送达也未撤回。"
            if case.pk in running:
                yield f"{case.number}：已归档，仍有期限在计算。"
        elif case.state in OPEN_STATES and case.pk not in running and case.outcome != Outcome.LAPSED_COMPLETION:
            yield f"{case.number}：{case.get_state_display()}，没有任何期限在计算，会被遗忘。"
        elif case.state in {State.SERVED, State.WITHDRAWN} and (world.at - case.changed_at).days > 30:
            yield f"{case.number}：{case.get_state_display()}超过三十天。"


def lateness_is_settled_rightly(world: "World") -> Iterator[str]:
    """Whether an answer came in time, counted again day by day; and every limit that stood at the end of it."""
    accounts = {account.number: account for account in world.accounts}
    for case in _cases(world):
        account = accounts.get(case.number)
        if account is None or case.answered_on is None:
            continue
        if case.answered_in_time != account.in_time(world.days):
            yield f"{case.number}：是否按期存为{case.answered_in_time}，逐日计算应为{account.in_time(world.days)}（{account}）。"
    answered = Clock.objects.filter(
        body=world.body, duty="answer", weight="statutory", ended_as__in=(Ended.MET, Ended.LATE)
    )
    for clock in answered:
        account = accounts.get(clock.subject_number)
        if account is not None and clock.last_day != account.last_day(world.days):
            yield f"{clock.subject_number}：届满日存为{clock.last_day}，逐日计算应为{account.last_day(world.days)}。"


def every_clock_can_be_replayed(world: "World") -> Iterator[str]:
    """A running limit gives today, a stopped one gave on the day it stopped, what is stored."""
    for clock in keeper.replay_all(at=world.at):
        yield f"{clock.subject_number}：“{clock.label}”存为{clock.last_day}，重算为{keeper.replay(clock, at=world.at).last_day}。"
    stopped = Clock.objects.filter(body=world.body, stopped_at__isnull=False).select_related("body")
    for clock in stopped.prefetch_related("pauses", "extensions").iterator(chunk_size=2000):
        if keeper.replay(clock, at=world.at) != Reckoned.stored(clock):
            yield f"{clock.subject_number}：已停止的“{clock.label}”存为{clock.last_day}，按停止当日重算不符。"


def the_record_is_whole(world: "World") -> Iterator[str]:
    """The ledger's chain, the facts against it, and every sealed dossier."""
    yield from (fault.sentence for fault in ledger.verify(world.body.code))
    yield from (f"{found.number}：{found.sentence}" for found in differences(world.body))
    yield from lost_dossiers()
    for dossier in Dossier.objects.filter(body=world.body).select_related("file").iterator():
        yield from (f"{dossier.subject_number}：卷宗{sentence}" for sentence in check_dossier(dossier))


def numbers_have_no_gaps(world: "World") -> Iterator[str]:
    """Requests, challenges and letters are numbered from 1 without a gap in every year and series."""
    series: dict[tuple[int, str], list[int]] = defaultdict(list)
    for code, model in (("request", InformationRequest), ("challenge", Challenge)):
        for number in model.objects.filter(body=world.body).values_list("number", flat=True):
            year, serial = re.fullmatch(r"[A-Z-]+-(\d{4})-(\d+)", number).groups()  # type: ignore[union-attr]
            series[int(year), code].append(int(serial))
    rows = Letter.objects.filter(body=world.body).exclude(series="").values_list("year", "series", "serial")
    for year, code, serial in rows:
        series[year, code].append(serial)
    for row in Series.objects.filter(body=world.body):
        given = series.pop((row.year, row.code), [])
        if sorted(given) != list(range(1, row.last + 1)):
            yield f"{row.year}年“{row.code}”编号不连续：最近编号{row.last}，实有{len(given)}件。"
    yield from (f"{year}年“{code}”有编号，没有登记序列。" for year, code in series)


def letters_are_as_many(world: "World") -> Iterator[str]:
    """Every letter that was sent is there, and no other."""
    written = Counter(Letter.objects.filter(body=world.body).values_list("subject_number", flat=True))
    for account in world.accounts:
        if written[account.number] != account.letters:
            yield f"{account.number}：存有{written[account.number]}份文书，应为{account.letters}份。"


def the_tables_agree(world: "World") -> Iterator[str]:
    """Table three balances in every year, and every cell of its results is what the simulation has counted itself."""
    for year in range(world.first.year, world.last.year + 1):
        table = figures.table_three(world.body, Period(date(year, 1, 1), date(year, 12, 31)))
        yield from (f"{year}年表三{fault.equation}：{fault.sentence}" for fault in equations(table))
        meant = account_table(world.accounts, year)
        for line in (*RESULTS, ALL_RESULTS, NEW):
            for column in COLUMNS:
                if table[line, column] != meant.get((line, column), 0):
                    yield f"{year}年表三“{line}”行“{column}”列为{table[line, column]}，应为{meant.get((line, column), 0)}。"


def _cases(world: "World") -> Iterator[InformationRequest]:
    cases = InformationRequest.objects.filter(body=world.body).select_related("applicant").order_by("pk")
    yield from cases.iterator(chunk_size=2000)


CHECKS: tuple[Callable[["World"], Iterator[str]], ...] = (
    every_case_is_accounted_for,
    no_case_is_forgotten,
    lateness_is_settled_rightly,
    every_clock_can_be_replayed,
    the_record_is_whole,
    numbers_have_no_gaps,
    letters_are_as_many,
    the_tables_agree,
)

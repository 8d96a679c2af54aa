"""The figures of a simulation, for people to read."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.letters.models import Letter

from ..vocabulary import ApplicantKind, Outcome
from .account import LINES, table_three

if TYPE_CHECKING:
    from .world import World


def tell(world: "World", *, seconds: float) -> Iterator[str]:
    """Line by line: cases by outcome, acts with their time, what was tried and refused, letters, sweeps, table three."""
    accounts = world.accounts
    yield f"{world.body.name}：{world.first}至{world.last}，种子{world.seed}，用时{seconds:.0f}秒"
    closed = sum(account.closed_on is not None for account in accounts)
    late = sum(account.answered_on is not None and not account.in_time(world.days) for account in accounts)
    letters = Letter.objects.filter(body=world.body).count()
    yield f"申请{len(accounts)}件，归档{closed}件，在办{len(accounts) - closed}件，逾期答复{late}件，制发文书{letters}份"
    yield (
        f"办理{sum(world.acts.values())}次，拒绝不合法的操作{sum(world.refused.values())}次，"
        f"夜间巡查{world.swept['sweeps']}次（提醒{world.swept['reminded']}条，其中逾期{world.swept['overdue']}条，"
        f"移动期限{world.swept['moved']}个）"
    )
    yield "\n办理结果"
    outcomes = Counter(account.ending for account in accounts)
    for outcome, count in outcomes.most_common():
        yield f"  {count:>6}  {Outcome(outcome).label if outcome else '（在办）'}"
    yield "\n办理（次数、平均毫秒）"
    for verb, count in (world.acts + Counter(sweep=world.swept["sweeps"])).most_common():
        yield f"  {count:>6}  {world.seconds[verb] / count * 1000:>7.1f}  {verb}"
    yield "\n拒绝"
    for what, count in sorted(world.refused.items()):
        yield f"  {count:>6}  {what}"
    for year in range(world.first.year, world.last.year + 1):
        yield from _table(world, year)


def _table(world: "World", year: int) -> Iterator[str]:
    columns = [*ApplicantKind.values, "total"]
    cells = table_three(world.accounts, year)
    yield f"\n{year}年表三（自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计）"
    for line, label in {"new": "新收", **{line: line for line in LINES.values()}, "results": "总计"}.items():
        yield f"  {label}　" + "".join(f"{cells.get((line, column), 0):>7}" for column in columns)

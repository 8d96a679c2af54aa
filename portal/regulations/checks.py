"""Profiles that contradict themselves, the catalogue or the code are refused before the site starts.

`problems` is pure and takes a library, so that tests can give it a spoilt one; `register` makes it a Django check.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.regulations import library
from portal.regulations.library import Library
from portal.regulations.reading import ProfileError
from portal.regulations.schema import OWN, STATUTORY, Profile

REPORT_ROWS = frozenset(
    (
        "一",
        "二",
        *(
            f"{section}{line}"
            for section, lines in (("三", 8), ("四", 3), ("五", 5), ("六", 3))
            for line in range(1, lines + 1)
        ),
    )
)
RECEIPTS = frozenset(("submission", "signing", "confirmation"))
SCOPES = frozenset(("body", "department"))
PERIODS = frozenset(("week", "ten_days", "month", "quarter", "year"))
DRAFT, APPROVE, EXTEND = "requests_ogi.draft", "requests_ogi.approve", "requests_ogi.extend"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what is wrong, where, and what to do about it."""

    code: str
    place: str
    message: str
    hint: str


def problems(
    shelves: Library | None = None, *, chapters: Collection[str] = ("portal", "requests_ogi")
) -> list[Problem]:
    """Every fault of every profile on every day its law changed, each once; `chapters` must be fully declared."""
    shelves = shelves or Library()
    found: list[Problem] = []
    for code in shelves.codes():
        try:
            found += _of_profile(shelves, code)
        except ProfileError as error:
            found.append(Problem("E001", code, str(error), "按提示修改该文件；字段名见 portal/regulations/schema.py。"))
    if not any(problem.code == "E001" for problem in found):
        found += _of_catalogue(shelves, chapters)
    return list(dict.fromkeys(found))


def _of_profile(shelves: Library, code: str) -> Iterator[Problem]:
    yield from _dates(shelves, code)
    days = {*shelves.shelf(code).boundaries(), *shelves.shelf(library.NATIONAL).boundaries()}
    stages = [(day, STATUTORY) for day in sorted(days)] + [(max(days), OWN)]
    for day, precedence in stages:
        profile = shelves.resolve(code, day, precedence)
        for rule in (_citations, _roles, _outcomes, _choices, _conflicts, _shapes, _fees):
            yield from rule(profile)
    yield from _organisation(profile)


def _dates(shelves: Library, code: str) -> Iterator[Problem]:
    head = shelves.shelf(code).head
    if "valid_to" in head and head["valid_to"] < head["valid_from"]:
        yield Problem("E002", code, "文件的执行期终止日早于起始日。", "核对 profile.toml 的 valid_from 和 valid_to。")
    for table, entries in shelves.shelf(code).tables.items():
        for entry in entries:
            if entry.get("since", date.min) >= entry.get("until", date.max):
                yield Problem(
                    "E002", entry["source"], f"{table} 的一个条目 since 不早于 until。", "until 是不再适用的第一天。"
                )


def _citing(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    tables: tuple[tuple[str, Any], ...] = (
        ("term", profile.terms), ("promise", profile.promises), ("overruled", profile.overruled), ("lead", profile.leads),
        ("recurrence", profile.recurrences), ("quota", profile.quotas), ("fee", profile.fees), ("role", profile.roles), ("channel", profile.channels),
        ("ground", profile.grounds), ("remedy", profile.remedies), ("outcome", profile.outcomes), ("option", profile.options),
        ("department", profile.departments), ("attribute", profile.attributes), ("chain", profile.chains),
        ("category", profile.categories), ("column", profile.columns), ("question", profile.questions),
    )  # fmt: skip
    for table, entries in tables:
        for name, entry in entries.items():
            extension = getattr(entry, "extension", None)
            yield f"{table} {name}", (*entry.rules, *(extension.rules if extension else ()))


def entries_citing(profile: Profile, rule: str) -> tuple[str, ...]:
    """The entries of a profile that cite a rule, e.g. "term answer"."""
    return tuple(name for name, rules in _citing(profile) if rule in rules)


def _citations(profile: Profile) -> Iterator[Problem]:
    for name, rules in _citing(profile):
        for rule in rules:
            if rule not in profile.articles:
                yield Problem(
                    "E003",
                    profile.code,
                    f"{name} 引用了没有声明的条款 {rule}。",
                    "在 articles_*.toml 中声明该条款，或者改正编号。",
                )


def _roles(profile: Profile) -> Iterator[Problem]:
    for role in profile.roles.values():
        if role.scope not in SCOPES:
            yield Problem(
                "E004",
                profile.code,
                f"角色 {role.code} 的 scope 是 {role.scope}。",
                "scope 只能是 body 或者 department。",
            )
        if {DRAFT, APPROVE} <= set(role.acts):
            yield Problem(
                "E005",
                profile.code,
                f"角色 {role.code} 既能拟稿又能审批。",
                "拟稿与审批应当分属不同角色，去掉其中一个。",
            )
    for term in (*profile.terms.values(), *profile.promises.values()):
        approver = term.extension.approver_role if term.extension else None
        if approver and approver not in profile.roles:
            yield Problem(
                "E004",
                profile.code,
                f"期限 {term.key} 的延期批准人 {approver} 不是已知角色。",
                "approver_role 填写角色代码。",
            )
    if profile.organisation and profile.option("extend.approver_role") not in {
        role.code for role in profile.holders(EXTEND)
    }:
        yield Problem(
            "E004",
            profile.code,
            "延期批准人没有延期权限。",
            "给 extend.approver_role 指定的角色加上 requests_ogi.extend。",
        )


def _outcomes(profile: Profile) -> Iterator[Problem]:
    for outcome in profile.outcomes.values():
        if outcome.report_row not in REPORT_ROWS:
            yield Problem(
                "E006",
                profile.code,
                f"办理结果 {outcome.code} 的年报行 {outcome.report_row} 不存在。",
                "年报行见表三，例如“四1”。",
            )
        if outcome.remedy != "R0" and outcome.remedy not in profile.remedies:
            yield Problem(
                "E006",
                profile.code,
                f"办理结果 {outcome.code} 的救济告知 {outcome.remedy} 当日没有文本。",
                "在 remedies.toml 中补上，或者改用当日有效的种类。",
            )
    for ground in profile.grounds.values():
        if ground.outcome not in profile.outcomes or ground.strength not in {"must", "may"}:
            yield Problem(
                "E007",
                profile.code,
                f"不予公开理由 {ground.code} 的结果或者强度不对。",
                "outcome 填办理结果代码，strength 填 must 或者 may。",
            )


def _choices(profile: Profile) -> Iterator[Problem]:
    for option in profile.options.values():
        if option.values and option.value not in option.values:
            yield Problem(
                "E008",
                profile.code,
                f"选项 {option.key} 的值 {option.value} 不在可选范围内。",
                f"可选：{'、'.join(option.values)}。",
            )


def _conflicts(profile: Profile) -> Iterator[Problem]:
    for article in profile.articles.values():
        if not article.obeyed and not article.conflicts_with:
            yield Problem(
                "E009",
                article.source,
                f"{article.id} 不予执行，却没有写明与哪一条抵触。",
                "补上 conflicts_with、prevails 和 why。",
            )
        if article.conflicts_with and not (article.prevails and article.why):
            yield Problem(
                "E009", article.source, f"{article.id} 与上位法抵触，却没有写明以哪一条为准。", "补上 prevails 和 why。"
            )
        for named in filter(None, (article.conflicts_with, article.prevails)):
            if named not in profile.articles:
                yield Problem(
                    "E009",
                    article.source,
                    f"{article.id} 指向没有声明的条款 {named}。",
                    "改正编号，或者在 national 中声明该条款。",
                )


def _shapes(profile: Profile) -> Iterator[Problem]:
    for channel in profile.channels.values():
        if channel.receipt not in RECEIPTS:
            yield Problem(
                "E010",
                profile.code,
                f"渠道 {channel.code} 的收到日规则 {channel.receipt} 不存在。",
                "填 submission、signing 或者 confirmation。",
            )
    for recurrence in profile.recurrences.values():
        if recurrence.period not in PERIODS:
            yield Problem(
                "E010",
                profile.code,
                f"周期事项 {recurrence.key} 的周期 {recurrence.period} 不存在。",
                f"可选：{'、'.join(sorted(PERIODS))}。",
            )
    for quota in profile.quotas.values():
        if quota.per not in PERIODS or (quota.minimum is None and quota.maximum is None):
            yield Problem(
                "E010",
                profile.code,
                f"数量要求 {quota.key} 缺少周期或者上下限。",
                "填写 per，以及 minimum 或者 maximum。",
            )


def _fees(profile: Profile) -> Iterator[Problem]:
    for fee in profile.fees.values():
        firsts = [bracket.first for bracket in fee.brackets]
        prices = [bracket.price for bracket in fee.brackets]
        rising = [bracket for bracket in fee.brackets if bracket.every is not None or bracket.rise]
        if (
            firsts[:1] != [1]
            or firsts != sorted(set(firsts))
            or prices != sorted(set(prices))
            or prices[0] < 0
            or any(bracket is not fee.brackets[-1] or not bracket.every or bracket.rise <= 0 for bracket in rising)
        ):
            yield Problem(
                "E016",
                profile.code,
                f"收费标准 {fee.key} 的分档不是逐档递增的。",
                "第一档从1起，各档的起点和单价依次递增；every 和 rise 只用于最后一档，同时填写。",
            )


def _organisation(profile: Profile) -> Iterator[Problem]:
    if profile.organisation is None:
        return
    offices = [unit for unit in profile.departments.values() if unit.openness_office]
    if len(offices) != 1:
        yield Problem(
            "E011",
            profile.code,
            "应当有且只有一个部门是政府信息公开工作机构。",
            "在 organisation.toml 中给该部门加 openness_office = true。",
        )


def _of_catalogue(shelves: Library, chapters: Collection[str]) -> Iterator[Problem]:
    """Declared facts agree with the catalogue, nothing is declared in its name, and the chapters are complete."""
    declared = {
        article.id: article
        for code in shelves.codes()
        for article in shelves.resolve(code, date.max, STATUTORY).articles.values()
    }
    listed = library.catalogue()
    for rule in listed.values():
        article = declared.get(rule.id)
        if article is None:
            if rule.tier == 1 and rule.app in chapters:
                yield Problem(
                    "E012",
                    rule.id,
                    f"硬性条款 {rule.id} 没有在任何法规文件中声明。",
                    "在对应机关的 articles_*.toml 中声明。",
                )
        elif (article.app, article.tier, article.kind, article.enforce) != (
            rule.app,
            rule.tier,
            rule.kind,
            rule.enforce,
        ):
            yield Problem(
                "E013",
                article.source,
                f"{rule.id} 的章节、层级、种类或者执行方式与目录不一致。",
                "以 profiles/catalogue.csv 为准。",
            )
    for article in declared.values():
        if article.id.split("-")[0].lower() in library.BODIES and article.id not in listed:
            yield Problem("E013", article.source, f"目录中没有 {article.id}。", "核对编号。")


def check_acts(known_acts: Collection[str]) -> list[Problem]:
    """Acts that some role holds and no step knows; the workflow calls this with the acts it has registered."""
    return [
        Problem(
            "E014",
            code,
            f"角色 {role.code} 的权限 {act} 没有对应的步骤。",
            "改正权限名，或者在该章的 workflow.py 中加上这一步。",
        )
        for code in library.bodies()
        for role in library.profile(code, date.max).roles.values()
        for act in role.acts
        if act not in known_acts
    ]


def as_errors(found: list[Problem]) -> list[Any]:
    """Problems as Django check messages."""
    from django.core.checks import Error

    return [Error(f"{one.place}：{one.message}", hint=one.hint, id=f"regulations.{one.code}") for one in found]


def register() -> None:
    """Make the profiles part of `manage.py check`."""
    from django.apps import apps
    from django.core import checks

    def profiles_are_sound(app_configs: Any, **kwargs: Any) -> list[Any]:
        there = {config.label for config in apps.get_app_configs()}
        chapters = {rule.app for rule in library.catalogue().values()} & there
        return as_errors(problems(chapters={"portal", *chapters}))

    checker: Callable[..., Any] = profiles_are_sound
    checks.register(checker, "regulations")

"""docs/articles.md: every declared article, by profile, as the files have it. Generated; never edited by hand."""

from collections.abc import Iterator
from datetime import date

from portal.regulations import checks, library
from portal.regulations.schema import Article, Profile

HEAD = """# Articles

Generated from `portal/regulations/profiles` by `manage.py document`; do not edit. Each profile lists the clauses it
declares: id, chapter and tier (1 hard, 2 structural, 3 record only), what the clause says, and the profile entries that
cite it. `manage.py article ID` adds the code that enforces a clause and the tests that prove it.
"""
_AFTER_ALL_CHANGES = date.max


def articles_md() -> str:
    """The whole document, for the law as the files have it after every dated change."""
    profiles = [library.profile(code, _AFTER_ALL_CHANGES) for code in (library.NATIONAL, *library.bodies())]
    return "\n".join((HEAD, *(line for profile in profiles for line in _of_profile(profile))))


def _of_profile(profile: Profile) -> Iterator[str]:
    until = f"，执行期至 {profile.valid_to}" if profile.valid_to else ""
    yield f"## {profile.code} · {profile.title}\n"
    yield f"自 {profile.valid_from} 起{until}。\n"
    if conflicts := profile.conflicts():
        yield "### 与上位法不一致的条款\n"
        yield "| 条款 | 以何为准 | 处理 | 说明 |\n|---|---|---|---|"
        for article in conflicts:
            done = "以合法形式执行" if article.obeyed else "任何情况下不执行" if article.barred else "不予执行"
            yield f"| {article.id} | {article.prevails} | {done} | {article.why} |"
        yield ""
    yield "### 条款\n"
    yield "| 条款 | 章节 | 层级 | 内容 | 数据 |\n|---|---|---|---|---|"
    own = f"{library.PLACE}{profile.code}/"
    for article in profile.articles.values():
        if not article.source.startswith(own):
            continue
        yield _row(article, checks.entries_citing(profile, article.id))
    yield ""


def _row(article: Article, entries: tuple[str, ...]) -> str:
    return f"| {article.id} | {article.app} | {article.tier} | {article.text} | {'<br>'.join(entries)} |"

"""Whatever cites a rule cites one that exists, and what is said to enforce it is there."""

import json
import pkgutil
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from portal.regulations import carriers, library, proofs, registry
from portal.workflow.engine import workflows

RULES_OF_THE_DOCUMENTS = 686


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every rule of the five documents and every article a profile declares."""
    return {*library.catalogue(), *carriers.articles()}


@pytest.fixture(scope="module")
def listed() -> list[dict[str, Any]]:
    out = StringIO()
    call_command("rules", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_every_rule_a_test_is_marked_with_exists(known: set[str]) -> None:
    marked = proofs.proofs(settings.BASE_DIR / "tests", root=settings.BASE_DIR)
    real = {rule: tests for rule, tests in marked.items() if not all("test_index" in test for test in tests)}

    assert set(real) - known == set()


def test_every_rule_that_code_cites_exists(known: set[str]) -> None:
    carriers.import_all()

    assert registry.cited() - known == set()


def test_every_rule_a_step_cites_exists(known: set[str]) -> None:
    cited = {rule for workflow in workflows().values() for step in workflow.steps.values() for rule in step.rules}

    assert cited
    assert cited - known == set()


@pytest.mark.parametrize("body", ["national", *library.bodies()])
def test_every_rule_an_entry_of_a_profile_cites_exists(body: str, known: set[str]) -> None:
    from datetime import date

    law = library.profile(body, date.max)
    tables = (law.terms, law.promises, law.recurrences, law.quotas, law.roles, law.channels, law.grounds, law.outcomes)

    cited = {rule for table in (*tables, law.options) for entry in table.values() for rule in entry.rules}

    assert cited - known == set()


def test_the_list_of_rules_has_them_all_in_the_agreed_form(listed: list[dict[str, Any]]) -> None:
    assert len(listed) == len({row["id"] for row in listed}) == RULES_OF_THE_DOCUMENTS
    for row in listed:
        assert list(row) == ["id", "app", "tier", "declared", "enforced", "tests"]
        assert row["declared"] is None or (settings.BASE_DIR / row["declared"]).is_file()


def test_what_is_said_to_enforce_a_rule_can_be_found(listed: list[dict[str, Any]]) -> None:
    names = {name for row in listed for name in row["enforced"]}

    assert names
    for name in names:
        assert pkgutil.resolve_name(name), name


def test_what_is_said_to_prove_a_rule_is_there(listed: list[dict[str, Any]]) -> None:
    for test in {test for row in listed for test in row["tests"]}:
        path, _, name = test.partition("::")
        assert f"def {name.split('::')[-1].split('[')[0]}(" in (settings.BASE_DIR / path).read_text("utf-8"), test


def test_every_rule_of_requests_that_is_obeyed_is_declared_enforced_and_proved(listed: list[dict[str, Any]]) -> None:
    rows = [row for row in listed if row["app"] == "requests_ogi" and row["tier"] in (1, 2)]

    bare = {row["id"] for row in rows if not (row["declared"] and row["enforced"] and row["tests"])}

    assert rows
    assert bare == set()

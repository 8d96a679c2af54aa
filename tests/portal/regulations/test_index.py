"""`manage.py rules`, `manage.py article` and what they are made of."""

import json
from io import StringIO
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from portal.regulations import carriers, library, listing, proofs, registry


@pytest.fixture
def registered(monkeypatch):
    """An empty registry for one test."""
    monkeypatch.setattr(registry, "_places", {})
    monkeypatch.setattr(registry, "_appliers", [])


@pytest.fixture
def cited(tmp_path):
    """What the proofs find in one test file."""

    def cited(source):
        (tmp_path / "tests").mkdir()
        (tmp_path / "tests" / "test_it.py").write_text("import pytest\n" + dedent(source), "utf-8")
        return proofs.proofs(tmp_path / "tests", root=tmp_path)

    return cited


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("registered")
def test_a_function_that_carries_rules_is_unchanged_and_known_by_its_dotted_name():
    def decide():
        return 1

    marked = registry.carries("NX-16-8", "REG-39")(decide)

    assert marked is decide
    assert registry.enforcers("REG-39") == (f"{__name__}.{decide.__qualname__}",)
    assert registry.cited() == {"NX-16-8", "REG-39"}


@pytest.mark.usefixtures("registered")
def test_a_citation_without_a_rule_is_refused():
    with pytest.raises(ValueError, match="must cite at least one rule"):
        registry.cite("somewhere.step")


@pytest.mark.usefixtures("registered")
def test_what_applies_a_profile_entry_enforces_the_rules_that_the_entry_cites():
    @registry.applies("promise *")
    def start():
        pass

    [answer] = carriers.index(("WZ-6.2-5",))

    assert answer.entries == ("wz: promise answer",)
    assert f"{__name__}.{start.__qualname__}" in answer.enforced


def test_marks_on_functions_classes_and_modules_are_found(cited):
    found = cited(
        """
        pytestmark = [pytest.mark.django_db, pytest.mark.rule("M-1")]

        @pytest.mark.rule("F-1", "F-2")
        def test_one(): ...

        @pytest.mark.rule("C-1")
        class TestTwo:
            async def test_inside(self): ...

        def helper(): ...
        """
    )

    assert found == {
        "M-1": ["tests/test_it.py::TestTwo::test_inside", "tests/test_it.py::test_one"],
        "F-1": ["tests/test_it.py::test_one"],
        "F-2": ["tests/test_it.py::test_one"],
        "C-1": ["tests/test_it.py::TestTwo::test_inside"],
    }


def test_marks_on_single_parameters_are_found_in_place_and_in_a_named_table(cited):
    found = cited(
        """
        CASES = [pytest.param(1, marks=[pytest.mark.rule("P-1")], id="first")]

        @pytest.mark.parametrize("n", CASES)
        def test_table(n): ...

        @pytest.mark.parametrize("n", [pytest.param(2, marks=pytest.mark.rule("P-2")), 3])
        def test_inline(n): ...
        """
    )

    assert found == {"P-1": ["tests/test_it.py::test_table[first]"], "P-2": ["tests/test_it.py::test_inline"]}


def test_rules_named_by_a_constant_are_found(cited):
    found = cited(
        """
        IDS = ("A-1", "A-2")

        @pytest.mark.rule(*IDS)
        def test_both(): ...
        """
    )

    assert set(found) == {"A-1", "A-2"}


def test_the_list_of_rules_has_one_row_for_every_rule_of_the_catalogue():
    rows = json.loads(run("rules", "--json"))

    assert len(rows) == 686
    assert set(rows[0]) == {"id", "app", "tier", "declared", "enforced", "tests"}


def test_the_list_of_rules_can_be_narrowed_to_a_chapter_and_a_tier():
    rows = json.loads(run("rules", "--app", "requests_ogi", "--tier", "1", "--json"))

    assert {(row["app"], row["tier"]) for row in rows} == {("requests_ogi", 1)}
    assert all(row["declared"] for row in rows)


def test_a_row_says_where_a_rule_is_declared_and_which_tests_prove_it():
    rows = {row["id"]: row for row in json.loads(run("rules", "--app", "requests_ogi", "--json"))}

    row = rows["WZ-6.2-5"]

    assert row["declared"] == "portal/regulations/profiles/wz/articles_requests.toml"
    assert (
        "tests/portal/regulations/test_library.py::test_wuzhou_promises_seven_working_days_beside_the_statutory_twenty"
        in row["tests"]
    )


def test_the_plain_list_ends_with_a_count():
    lines = run("rules", "--app", "requests_ogi").splitlines()

    assert lines[-1].startswith("共79条：已声明79条")


@pytest.mark.parametrize(("asked", "meant"), [("33", "REG-33"), ("wz-6.2-5", "WZ-6.2-5"), ("REG-33", "REG-33")])
def test_an_article_is_found_by_number_or_id_in_any_case(asked, meant):
    assert carriers.full_id(asked) == meant
    assert run("article", asked).startswith(f"{meant}（requests_ogi，第1层）")


def test_an_article_that_conflicts_says_what_prevails():
    assert "与 REG-32 抵触，以 REG-32 为准，不予执行" in run("article", "LD-A8-9-5b")


def test_a_rule_no_profile_holds_yet_is_still_answered():
    undeclared = next(rule for rule in library.catalogue() if rule not in carriers.articles())

    assert "尚未在法规文件中声明" in run("article", undeclared)


def test_an_unknown_article_is_refused_with_what_is_near():
    with pytest.raises(CommandError, match=r"是否要查：.*WZ-6\.2-5"):
        run("article", "WZ-6.2-55")


def test_the_document_lists_every_declared_article():
    text = listing.articles_md()

    assert all(f"| {rule} |" in text for rule in carriers.articles())


def test_an_unknown_chapter_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match=r"没有章节“nope”。可以使用：.*requests_ogi"):
        run("rules", "--app", "nope")


def test_an_article_names_the_file_that_holds_its_number():
    assert "national: term answer（portal/regulations/profiles/national/terms.toml）" in run("article", "33")


def test_every_entry_that_cites_a_rule_stands_in_a_file():
    cited = {entry for answer in carriers.index(tuple(library.catalogue())) for entry in answer.entries}

    assert "wz: promise answer" in cited
    assert [entry for entry in sorted(cited) if carriers.file_of(entry) is None] == []
    assert carriers.file_of("wz: promise answer") == "portal/regulations/profiles/wz/requests.toml"


def test_an_article_that_the_regulation_never_had_is_not_guessed_at():
    with pytest.raises(CommandError, match="没有编号为“999”的条款。请用 rules 命令"):
        run("article", "999")

"""One act, one word: each step is a function, a permission, a sentence, an address and a page; only acts move a matter."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from portal.ledger import service as ledger
from portal.regulations import library
from portal.workflow.apps import _every_act_is_known
from requests_ogi import workflow
from requests_ogi.admin.acts import ACTS
from requests_ogi.workflow import STEPS
from tests.conftest import TODAY

VERBS = tuple(STEPS.steps)
# What citizens do without an account, and what staff do before there is a case, have pages of their own.
OPENING = {
    "apply": (reverse("requests_ogi:apply"), "requests_ogi/apply_page.html"),
    "register": (reverse("admin:requests_register"), "admin/requests_ogi/register.html"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_is_a_function_of_its_name_that_is_told_who_and_when(verb: str) -> None:
    act = getattr(workflow, verb)

    takes = inspect.signature(act).parameters
    _matter, *facts = takes.values() if STEPS[verb].sources else (None, *takes.values())

    assert verb in workflow.__all__
    assert act.__doc__
    assert all(fact.kind is inspect.Parameter.KEYWORD_ONLY for fact in facts)
    assert takes["at"].default is inspect.Parameter.empty
    assert ("by" in takes) == (verb != "apply")
    assert hasattr(act, "__wrapped__"), "an act is atomic"


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_says_its_article_and_what_it_leads_to(verb: str) -> None:
    step = STEPS[verb]

    ledger.check_described([verb])

    assert step.label
    assert step.article == "申请人自愿" or (
        step.article.startswith("条例第") and step.article.endswith(("条", "款", "项"))
    )
    assert step.consequence.endswith("。")


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_has_an_address_and_a_page_of_its_name(verb: str) -> None:
    path, template = OPENING.get(verb) or (
        reverse(f"admin:requests_{verb}", args=["NX-2026-00001"]),
        ACTS[verb].template,
    )

    assert path.endswith(f"/{verb}/")
    assert get_template(template)


@pytest.mark.parametrize("body", library.bodies())
def test_every_act_of_staff_is_somebodys_duty_in_every_body(body: str) -> None:
    law = library.profile(body, TODAY)

    nobodys = [verb for verb in VERBS if verb != "apply" and not law.holders(f"requests_ogi.{verb}")]

    assert not nobodys


def test_every_act_a_profile_hands_out_is_known() -> None:
    assert _every_act_is_known(None) == []


@pytest.mark.parametrize("body", library.bodies())
def test_no_role_both_drafts_and_signs(body: str) -> None:
    for role in library.profile(body, TODAY).roles.values():
        assert not {"requests_ogi.draft", "requests_ogi.approve"} <= set(role.acts), role.code


# Who writes the columns that say where a matter stands. A notice has a state of its own: sent or not.
WRITERS = {
    "state": (
        "portal/workflow/",
        "requests_ogi/workflow/",
        "portal/notices/",
        "requests_ogi/management/commands/demo.py",
    ),
    "outcome": ("requests_ogi/workflow/",),
    "due_at": ("portal/clocks/keeper.py", "portal/clocks/reckoning.py", "portal/clocks/moving.py"),
}
WRITES = {"update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SHOWING = ("requests_ogi/views", "requests_ogi/admin", "requests_ogi/forms", "requests_ogi/desk.py", "portal/web")


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places:
        found = settings.BASE_DIR / place
        for file in sorted(found.rglob("*.py")) if found.is_dir() else [found]:
            if "migrations" not in file.parts:
                yield file.relative_to(settings.BASE_DIR).as_posix(), ast.parse(file.read_text("utf-8"))


def written(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Column and line of every assignment to an attribute and of every value handed to a writing method."""
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(part, ast.Attribute) and not _is_self(part.value):
                    yield part.attr, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            for word in node.keywords:
                yield word.arg or "", node.lineno
            for part in (part for argument in node.args for part in ast.walk(argument)):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            yield from ((str(part.value), node.lineno) for part in node.args if isinstance(part, ast.Constant))


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


@pytest.mark.parametrize("column", WRITERS)
def test_where_a_matter_stands_is_written_by_acts_and_the_keeper_only(column: str) -> None:
    elsewhere = [
        f"{path}:{line}"
        for path, tree in modules("portal", "requests_ogi")
        for name, line in written(tree)
        if name == column and not path.startswith(WRITERS[column])
    ]

    assert not elsewhere


def test_pages_and_forms_write_nothing_themselves() -> None:
    writing = [
        f"{path}:{node.lineno} .{node.func.attr}()"
        for path, tree in modules(*SHOWING)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func.attr)
    ]

    assert not writing


def _writes(call: ast.Call, method: str) -> bool:
    """`.update(column=…)` is a queryset's, a dict is updated with another; and forgetting in the cache is no writing."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "cache":
        return False
    return method in {"save", "delete", *WRITES} - {"update"} or (method == "update" and bool(call.keywords))


def test_only_acts_take_steps() -> None:
    takers = {
        path
        for path, tree in modules("portal", "requests_ogi")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(name.name == "taking" for name in node.names)
    }

    assert takers
    assert all(Path(path).parent.name == "workflow" for path in takers)


def test_the_table_of_steps_reaches_every_state_and_leaves_every_state_but_the_last() -> None:
    reached = {step.target for step in STEPS.steps.values()} - {None}
    left = {source for step in STEPS.steps.values() for source in step.sources if step.target not in (None, source)}

    assert reached | {"unconfirmed"} == set(STEPS.states)
    assert left == set(STEPS.states) - {"closed"}

"""The repository judges itself: what its files may hold, how long they are, and that nothing lies about unused."""

import ast
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.template import engines

ROOT = Path(settings.BASE_DIR)
LONGEST = 500
ITSELF = Path(__file__).relative_to(ROOT).as_posix()

# Whose addresses may stand here: names made for examples, what standards call things, gazettes that are quoted.
HOSTS = r"""(\w+(:\w+)?@)?(
    localhost | 127\.0\.0\.1 | ([\w-]+\.)*example(\.\w+)? | [\w-]+\.test | ([\w-]+\.)*gov\.cn
    | www\.w3\.org | schemas\.openxmlformats\.org | www\.ofdspec\.org | www\.bjzaiming\.com | boyuntian\.com | \{.*
)"""
MACHINE = re.compile(r"(?<![\w.>}/:-])/(home|root|Users|work|opt|srv|mnt)/\w")
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented\b|pytest\.(skip|xfail|importorskip)|mark\.(skip|xfail)"
)


def tracked() -> list[str]:
    """What git holds or would add, as paths."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in sorted(set(listed.stdout.splitlines())) if (ROOT / path).is_file() and path != ITSELF]


TEXTS = {path: text for path in tracked() if (text := (ROOT / path).read_bytes()) and b"\0" not in text[:4096]}


def lines() -> Iterator[tuple[str, str]]:
    for path, text in TEXTS.items():
        for number, line in enumerate(text.decode("utf-8").splitlines(), 1):
            yield f"{path}:{number}", line


def python(*places: str) -> dict[str, ast.Module]:
    """Our modules by path, migrations and empty packages left out."""
    wanted = {path: text for path, text in TEXTS.items() if path.endswith(".py") and "/migrations/" not in path}
    return {path: ast.parse(text) for path, text in wanted.items() if path.startswith(places or ("",)) and text.strip()}


def test_no_file_is_longer_than_can_be_read_at_one_sitting() -> None:
    long = {path: TEXTS[path].count(b"\n") for path in python() if TEXTS[path].count(b"\n") > LONGEST}

    assert not long


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert not [place for place, line in lines() if MACHINE.search(line)]


def test_every_address_in_a_file_is_one_we_mean() -> None:
    known = re.compile(HOSTS, re.VERBOSE)
    named = [
        (place, host) for place, line in lines() for host in re.findall(r"[a-z]+://([^/\s\"'`<>()），。：”:]+)", line)
    ]
    servers = re.compile(r"(?:[^@]*@)?[\w-]*(\.example\.test)?|user|smtp.*|%2F.*|…|\W+")

    assert not [(place, host) for place, host in named if not known.fullmatch(host) and not servers.fullmatch(host)]


def test_nothing_is_left_for_later_and_no_test_is_skipped() -> None:
    allowed = "raise NotImplementedError"
    assert not [place for place, line in lines() if UNFINISHED.search(line) and allowed not in line]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path for path, tree in python().items() if not ast.get_docstring(tree) and not path.endswith("__init__.py")
    ]

    assert not silent


DOCTRINE = (
    "requests_ogi/rules/",
    "requests_ogi/workflow/",
    "portal/clocks/terms.py",
    "portal/clocks/keeper.py",
    "portal/regulations/library.py",
)


def test_where_the_law_is_applied_every_function_says_what_it_does() -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in python(*DOCTRINE).items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert not silent


# --- templates and static files -------------------------------------------------------------------------------------------

TEMPLATES = {
    path.removeprefix("templates/"): text.decode() for path, text in TEXTS.items() if path.startswith("templates/")
}
SOURCES = "\n".join(
    text.decode() for path, text in TEXTS.items() if path.endswith((".py", ".html")) and not path.startswith("tests/")
)


def overrides(name: str) -> bool:
    """Whether a template takes the place of one that an installed package brings."""
    loaders = engines["django"].engine.template_loaders
    found = {
        str(origin) for loader in loaders for origin in loader.get_template_sources(name) if Path(str(origin)).is_file()
    }
    return len(found) > 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_used(name: str) -> None:
    assert re.search(rf"[\"']{re.escape(name)}[\"']", SOURCES) or overrides(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_loads_what_it_needs_and_nothing_else(name: str) -> None:
    text, found = TEMPLATES[name], engines["django"].engine.template_libraries
    for library in {word for words in re.findall(r"{% load ([\w ]+?) %}", text) for word in words.split()}:
        tags, filters = found[library].tags, found[library].filters

        assert any(re.search(rf"{{% *{tag}\b", text) for tag in tags) or any(f"|{one}" in text for one in filters), (
            library
        )


STATIC = [path.removeprefix("static/") for path in TEXTS if path.startswith("static/")]


@pytest.mark.parametrize("name", STATIC)
def test_a_static_file_is_referred_to(name: str) -> None:
    styles = "\n".join(text.decode() for path, text in TEXTS.items() if path.startswith("static/"))

    assert name in SOURCES or Path(name).name in styles


# --- what the tools keep -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_package_says_why_it_is_needed(name: str) -> None:
    packages = [line for line in TEXTS[name].decode().splitlines() if line and not line.startswith(("#", "-"))]

    assert packages
    assert all(re.fullmatch(r"\S+==\S+ +# \S.*", line) for line in packages)


def test_every_package_asked_for_is_locked() -> None:
    for name in ("requirements", "requirements-dev"):
        asked = re.findall(r"^([\w-]+)(?:\[.*?\])?==(\S+)", TEXTS[f"{name}.in"].decode(), re.MULTILINE)
        lock = TEXTS[f"{name}.lock"].decode()

        assert [package for package, version in asked if f"{package}=={version}" not in lock] == []


def test_the_site_needs_nothing_that_is_installed_for_tests_alone() -> None:
    lock = set(re.findall(r"^([\w.-]+)==", TEXTS["requirements.lock"].decode().lower(), re.MULTILINE))
    carriers = packages_distributions()
    imported = {
        name.partition(".")[0]
        for module in python("portal/", "disclosure/", "requests_ogi/").values()
        for node in ast.walk(module)
        for name in _imported(node)
    }

    foreign = {name: carriers[name] for name in imported if name in carriers}
    found = {
        name for name, packages in foreign.items() if not {one.lower().replace("_", "-") for one in packages} & lock
    }
    assert len(foreign) > 15
    assert found == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def test_nothing_is_registered_in_the_workplace_without_a_page_of_ours() -> None:
    strangers = [model for model, page in admin.site._registry.items() if type(page).__module__.startswith("django.")]

    assert not strangers

"""The environment is read strictly: a bad value stops the start with a sentence, and a careless deployment is told."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgres://portal:x@db.example.test/portal",
    "REDIS_URL": "redis://cache.example.test:6379/0",
    "SECRET_KEY": "q7Lw2" * 12,
    "VAULT_KEYS": "p0Zr4" * 12,
    "ALLOWED_HOSTS": "open.example.test",
    "SITE_URL": "https://open.example.test",
    "EMAIL_URL": "smtp://mail.example.test:25",
    "LEDGER_WITNESS": "witness@example.test",
}


def portal(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process that knows of this environment only."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setting(name: str, **environment: str) -> object:
    code = f"import json; from portal import settings; print(json.dumps(settings.{name}))"
    return json.loads(portal("-c", code, **PRODUCTION | environment).stdout)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "maybe", "DEBUG must be true or false, not 'maybe'"),
        ("HTTPS", "on", "HTTPS must be true or false, not 'on'"),
        ("PORT", "abc", "PORT must be a whole number, not 'abc'"),
        ("PORT", "²", "PORT must be a whole number"),
        ("UPLOAD_LIMIT", "-1", "UPLOAD_LIMIT must be a whole number"),
        ("DATABASE_URL", "sqlite:///portal.db", "DATABASE_URL must name a PostgreSQL database"),
        ("REDIS_URL", "ftp://cache", "REDIS_URL must begin with redis://, rediss:// or unix://, not 'ftp://cache'"),
        ("EMAIL_URL", "https://mail", "EMAIL_URL must begin with smtp://, smtps:// or smtp+tls://"),
        ("REGULATION_PRECEDENCE", "wz", "REGULATION_PRECEDENCE must be pairs like wz:own"),
        ("REGULATION_PRECEDENCE", "xx:own", "REGULATION_PRECEDENCE holds xx:own; write e.g. wz:own"),
        ("REGULATION_PRECEDENCE", "wz:mine", "REGULATION_PRECEDENCE holds wz:mine; write e.g. wz:own"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(name: str, value: str, said: str) -> None:
    started = portal("-c", "import django; django.setup()", **PRODUCTION | {name: value})

    assert started.returncode != 0
    assert said in started.stderr.splitlines()[-1]


def test_a_socket_is_spelled_as_each_client_wants_it() -> None:
    assert setting("CACHE_URL", REDIS_URL="unix:///run/v.sock") == "unix:///run/v.sock?db=1"
    assert setting("CELERY_BROKER_URL", REDIS_URL="unix:///run/v.sock") == "redis+socket:///run/v.sock?virtual_host=0"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "VAULT_KEYS"])
def test_a_production_site_does_not_start_without_its_keys(missing: str) -> None:
    started = portal("-c", "import django; django.setup()", **PRODUCTION | {missing: ""})

    assert started.returncode != 0
    assert f"ImproperlyConfigured: {missing} is not set: a site needs" in started.stderr.splitlines()[-1]


@pytest.mark.parametrize("line", ["check", "rules --json", "article NX-29-1", "due --help", "migrate --help"])
def test_commands_that_sign_and_open_nothing_need_no_key(line: str) -> None:
    ran = portal("manage.py", *line.split(), **PRODUCTION | {"SECRET_KEY": "", "VAULT_KEYS": ""})

    assert ran.returncode == 0, ran.stderr


def test_an_environment_cannot_do_without_keys_by_saying_so() -> None:
    for claim in ("true", "1"):
        started = portal("-c", "import portal.settings", **PRODUCTION | {"SECRET_KEY": "", "KEYLESS": claim})

        assert "SECRET_KEY is not set" in started.stderr


def test_a_trial_has_a_random_key_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    nothing = {"SECRET_KEY": "", "VAULT_KEYS": "", "DEMO": "true"}
    one, two = ({**nothing, "DATA_DIR": str(tmp_path / name)} for name in ("one", "two"))

    first, again, other = (setting("SECRET_KEY", **trial) for trial in (one, one, two))

    assert first == again != other
    assert len(str(first)) >= 50
    assert setting("VAULT_KEYS", **one) == [first]
    assert stat.S_IMODE((tmp_path / "one" / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["secret-key"]


def test_older_vault_keys_still_open_what_they_closed() -> None:
    assert setting("VAULT_KEYS", VAULT_KEYS="new, old") == ["new", "old"]


def test_mail_without_a_server_is_printed_in_trials_only(tmp_path: Path) -> None:
    trial = {"EMAIL_URL": "", "DEMO": "true", "DATA_DIR": str(tmp_path)}

    assert setting("EMAIL_BACKEND", EMAIL_URL="") == "django.core.mail.backends.dummy.EmailBackend"
    assert setting("EMAIL_BACKEND", **trial) == "django.core.mail.backends.console.EmailBackend"


def test_behind_a_proxy_one_hop_is_believed_and_otherwise_none() -> None:
    assert setting("TRUSTED_PROXIES") == 0
    assert setting("TRUSTED_PROXIES", BEHIND_PROXY="true") == 1
    assert setting("TRUSTED_PROXIES", BEHIND_PROXY="true", TRUSTED_PROXIES="2") == 2


def test_without_debug_or_demo_everything_is_strict() -> None:
    assert setting("DEBUG") is False
    assert setting("SECURE_SSL_REDIRECT") is True
    assert setting("SESSION_COOKIE_SECURE") is True
    assert setting("ALLOWED_HOSTS", ALLOWED_HOSTS="") == []


def test_a_production_site_passes_every_deployment_check() -> None:
    checked = portal("manage.py", "check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout + checked.stderr or "0 个" in checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DEMO": "true"}, "web.E001"),
        ({"SECRET_KEY": ""}, "web.E002"),
        ({"VAULT_KEYS": ""}, "web.E003"),
        ({"VAULT_KEYS": "short"}, "web.E004"),
        ({"SITE_URL": "http://open.example.test"}, "web.E005"),
        ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "0"}, "web.E006"),
        ({"EMAIL_URL": ""}, "web.W001"),
        ({"LEDGER_WITNESS": ""}, "web.W002"),
        ({"HTTPS": "false"}, "security.W008"),
    ],
)
def test_a_careless_deployment_is_told_what_is_missing(environment: dict[str, str], said: str) -> None:
    checked = portal("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | environment)

    assert checked.returncode != 0
    assert said in checked.stderr

"""One settings file. Every environment variable is read by a typed reader that refuses bad values."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from portal.embedded.own_key import own_key

BASE_DIR = Path(__file__).resolve().parent.parent


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    value = env_text(name, str(default)).lower()
    if value not in {"true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}")
    return value in {"true", "1"}


def env_int(name: str, default: int) -> int:
    value = env_text(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_pairs(name: str) -> dict[str, str]:
    pairs = [part.split(":") for part in env_list(name)]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise ImproperlyConfigured(f"{name} must be pairs like wz:own, separated by commas, not {env_text(name)!r}")
    return dict(pairs)


# DEMO is what `make run` sets: everything a trial needs, nothing a production site may rely on.
DEMO = env_bool("DEMO", False)
TESTING = env_bool("TESTING", False)
DEBUG = env_bool("DEBUG", False)
DATA_DIR = Path(env_text("DATA_DIR") or BASE_DIR / ".data")

# Trials keep a random key in their data folder, tests have a fixed one; a production site without keys does not start.
TRIAL = DEMO or TESTING or DEBUG
SECRET_KEY = env_text("SECRET_KEY")
# Keys that encrypt personal data at rest, newest first; older ones still open what they closed.
VAULT_KEYS = env_list("VAULT_KEYS")
SECRET_KEY_GIVEN, VAULT_KEYS_GIVEN = bool(SECRET_KEY), bool(VAULT_KEYS)
if TRIAL:
    SECRET_KEY = SECRET_KEY or ("for-tests-only-" + "k" * 40 if TESTING else own_key(DATA_DIR))
    VAULT_KEYS = VAULT_KEYS or [SECRET_KEY]
elif env_text("KEYLESS") == str(os.getpid()):
    # `manage.py` says so of itself for commands that sign and open nothing (portal.embedded.command_line). The key is
    # thrown away with the process, and without VAULT_KEYS nothing can be encrypted by mistake.
    SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(48)
elif not (SECRET_KEY and VAULT_KEYS):
    raise ImproperlyConfigured(
        f"{'VAULT_KEYS' if SECRET_KEY else 'SECRET_KEY'} is not set: a site needs SECRET_KEY and VAULT_KEYS of its own "
        "(long random text, kept apart from the backups; docs/operations.md). For a trial, use `make run` or DEMO=true."
    )

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO or TESTING or DEBUG else "")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_URL = env_text("SITE_URL", f"http://127.0.0.1:{env_int('PORT', 8000)}")
# What 《政府网站发展指引》 asks every page to say about its site; the numbers are issued to whoever deploys it.
SITE = {
    "name": env_text("SITE_NAME", "政务公开服务平台"),
    "domain": urlsplit(SITE_URL).netloc,
    "id_code": env_text("SITE_ID_CODE", "待核发"),
    "icp": env_text("SITE_ICP", "待备案"),
    "police": env_text("SITE_POLICE", "待备案"),
    "sponsor": env_text("SITE_SPONSOR", "各入驻单位政务公开办公室"),
    "contact": env_text("SITE_CONTACT", "见各单位公开指南"),
}
# The doors of the home page: what citizens come for, and where it is.
DOORS = {
    "disclosure": "/disclosure/",
    "apply": "/requests/apply/",
    "track": "/requests/track/",
    "answers": "/requests/answers/",
    "correction": "/requests/correction/",
    "suggest": "/requests/suggest/",
    "complain": "/requests/complain/",
    "form": "/requests/form/",
}

INSTALLED_APPS = [
    "portal.web.apps.WorkplaceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "guardian",
    "simple_history",
    "django_prose_editor",
    "portal.regulations",
    "portal.workdays",
    "portal.organisation",
    "portal.ledger",
    "portal.archive",
    "portal.clocks",
    "portal.letters",
    "portal.notices",
    "portal.workflow",
    "portal.search",
    "portal.web",
    "disclosure",
    "requests_ogi",
]

# Bodies whose own limits are the hard ones, e.g. "wz:own"; all others follow the statutory limits.
REGULATION_PRECEDENCE = env_pairs("REGULATION_PRECEDENCE")

# What `manage.py prepare` runs, in this order; each may be repeated.
PREPARATIONS = [
    "portal.workdays.service.load",
    "portal.organisation.loading.load",
    "requests_ogi.workflow.disposing.load_dispositions",
    "disclosure.workflow.columns.load_columns",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.middleware.content_security_policy",
    "portal.web.middleware.too_large",
    "portal.web.middleware.outage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.web.middleware.strangers_find_nothing",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.web.middleware.reading_never_writes",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.site",
            ],
        },
    }
]

DATABASE_URL = env_text("DATABASE_URL")
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL or "postgres://portal@localhost/portal", conn_max_age=60)
    | {"CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database")
# A dead database host must give the 503 page within seconds, not minutes.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def redis_urls(url: str) -> tuple[str, str]:
    """(cache URL, broker URL) of one Redis: the two clients spell a Unix socket differently."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db=1", f"redis+socket://{parts.path}?virtual_host=0"
    if parts.scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(f"REDIS_URL must begin with redis://, rediss:// or unix://, not {url!r}")
    return url, url


REDIS_URL = env_text("REDIS_URL")
CACHE_URL, CELERY_BROKER_URL = redis_urls(REDIS_URL or "redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "max_retries": 1}

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:  # tests make hundreds of accounts
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
GUARDIAN_GET_INIT_ANONYMOUS_USER = None
# A link to set a password is handed over within the day or made anew.
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env_text("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
# Outside trials and tests, file names carry the hash of what is in them, so that browsers may keep them for ever.
_static_backend = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if TESTING or DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_backend},
}

# There, whitenoise looks files up where they are written; elsewhere it knows those that collectstatic gathered.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING or DEBUG

# Files people hand in or receive: encrypted, never under a URL of their own.
FILES_DIR = Path(env_text("FILES_DIR") or DATA_DIR / "files")
FONT_DIR = env_text("FONT_DIR")  # licensed 方正小标宋 and 仿宋_GB2312, where the body owns them
UPLOAD_LIMIT = env_int("UPLOAD_LIMIT", 20 * 1024 * 1024)
# How large a whole submission may be, by its page: five files and what is written with them, or what is written alone.
UPLOAD_PAGES = (
    r"/requests/apply/files/",
    r"/requests/track/[^/]+/supplement/",
    r"/admin/requests/",
    r"/admin/imports/",
    r"/admin/documents/",
)
PAGE_LIMIT = 1024 * 1024
UPLOAD_PAGE_LIMIT = 5 * UPLOAD_LIMIT + PAGE_LIMIT
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    4 * 1024 * 1024
)  # of fields: the longest text (portal.web.editor.MOST) and what stands beside it
DATA_UPLOAD_MAX_NUMBER_FILES = 30  # forms ask for fewer, and say so themselves
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

EMAIL_URL = env_text("EMAIL_URL")
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "zwgk@localhost")
EMAIL_TIMEOUT = 20
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    if _mail.scheme not in {"smtp", "smtps", "smtp+tls"}:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or smtp+tls://")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
else:  # a trial prints its mails; elsewhere they would lie open in a log
    EMAIL_BACKEND = f"django.core.mail.backends.{'console' if TRIAL else 'dummy'}.EmailBackend"

# Addresses outside the house that keep the daily heads of the ledger.
LEDGER_WITNESS = env_list("LEDGER_WITNESS")

HTTPS = env_bool("HTTPS", not (DEMO or TESTING or DEBUG))
BEHIND_PROXY = env_bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Which hop of X-Forwarded-For may be believed: 0 = none, the peer address is the visitor's.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", int(BEHIND_PROXY))
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.web.problems.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"keys": {"()": "portal.web.quiet_paths.HideKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "WARNING")},
}

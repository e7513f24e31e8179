"""Settings: read from the environment, and from nothing else. The README lists every variable.

A value that cannot be read stops the program with `ImproperlyConfigured`, which names the variable and what is wrong.
DEBUG is on unless it is turned off, so that a fresh clone works; it then serves this machine's own names only.
"""

import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from minutes.parsing.limits import MEGABYTE, Limits

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # what this clone makes for itself: key, database, originals


# Readers of the environment. An empty variable counts as not set, as in compose files.


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _flag(name: str, default: bool) -> bool:
    value = _text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0.")
    return default


def _number(name: str, default: int, *, least: int = 1, most: int = 2**53) -> int:
    value = _text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} is {number}; it must be at least {least}.")
    if number > most:
        raise ImproperlyConfigured(f"{name} is {number}; it must be at most {most}.")
    return number


def _list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return [part.strip() for part in _text(name).split(",") if part.strip()] or list(default)


def _path(name: str, default: Path) -> Path:
    value = _text(name)
    if value and not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be an absolute path.")
    return Path(value) if value else default


def _choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = _text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(choices)}.")
    return value


def _key_of_this_clone(path: Path) -> str:
    """The secret key that this clone made for itself; made now, and readable by its owner only, if there is none."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            path.hardlink_to(draft)  # several processes may start at once: the first key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def _database_from(url: str, *, pool_size: int) -> dict[str, Any]:
    """Django's description of the database at `url`: postgres://user:password@host:port/name?sslmode=require"""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL cannot be read: postgresql://user:password@host:port/name") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://; no other database is supported.")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL must name a database: postgresql://user:password@host:port/name")
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL has a port that is not a number.") from None
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))  # a socket's directory comes as ?host=/path
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10}} if pool_size else options,
    }


# What it runs as

DEBUG = _flag("DEBUG", True)
if DEBUG:
    if _text("ALLOWED_HOSTS"):
        raise ImproperlyConfigured("ALLOWED_HOSTS is for DEBUG=0: while DEBUG is on, only this machine is served.")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    SECRET_KEY = _text("SECRET_KEY") or _key_of_this_clone(VAR_DIR / "secret-key")
else:
    for required in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"):
        if not _text(required):
            raise ImproperlyConfigured(f"DEBUG is off, so {required} must be set.")
    ALLOWED_HOSTS = _list("ALLOWED_HOSTS")
    SECRET_KEY = _text("SECRET_KEY")
    if len(SECRET_KEY) < 50:  # what check --deploy asks for
        raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")

DATABASES: dict[str, dict[str, Any]]
if database_url := _text("DATABASE_URL"):
    DATABASES = {"default": _database_from(database_url, pool_size=_number("DATABASE_POOL_SIZE", 8, least=0))}
else:
    DATABASES = {"default": {"ENGINE": "chefforum.embedded", "NAME": "chefforum", "HOME": VAR_DIR / "postgres"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where and how it is served

WEB_WORKERS = _number("WEB_WORKERS", 2, most=64)
WEB_THREADS = _number("WEB_THREADS", 4, most=64)
URL_PREFIX = _text("URL_PREFIX").rstrip("/")  # where the host has other things beside the archive
if URL_PREFIX and not re.fullmatch(r"(/[\w.~-]+)+", URL_PREFIX, re.ASCII):
    raise ImproperlyConfigured(f"URL_PREFIX is {URL_PREFIX!r}; it must be a path such as /referater.")
FORCE_SCRIPT_NAME = URL_PREFIX or None

# The archive

ARCHIVE_ROOT = _path("ARCHIVE_ROOT", VAR_DIR / "originals")
ARCHIVE_BODIES = _list("ARCHIVE_BODIES", default=("Chefforum",))
# Of text; 300 pages hold about one million, and storing goes through all of it several times.
ARCHIVE_MAX_CHARACTERS = _number("ARCHIVE_MAX_CHARACTERS", 5_000_000)
OPEN_TO_ALL = _flag("OPEN_TO_ALL", False)  # open items without login; closed ones never
SEARCH_SECONDS = _number("SEARCH_SECONDS", 3, most=60)  # of one question to the index, then the page asks for less
PAGE_CACHE_BYTES = _number("PAGE_CACHE_BYTES", 64 * MEGABYTE, least=0)  # of pages as readers see them, each process

# What pages say about the world outside

HELP_CONTACT = _text("HELP_CONTACT")
ACCESSIBILITY_STATEMENT_URL = _text("ACCESSIBILITY_STATEMENT_URL")
if ACCESSIBILITY_STATEMENT_URL and not ACCESSIBILITY_STATEMENT_URL.startswith("https://"):
    raise ImproperlyConfigured("ACCESSIBILITY_STATEMENT_URL must begin with https://, as addresses in WAS-Tool do.")

# What one file may cost to read: defaults and reasons stand with `Limits`

_DEFAULTS = Limits()
READ_LIMITS = Limits(
    max_file_bytes=_number("MAX_FILE_BYTES", _DEFAULTS.max_file_bytes),
    max_pages=_number("MAX_PAGES", _DEFAULTS.max_pages),
    max_line_characters=_number("MAX_LINE_CHARACTERS", _DEFAULTS.max_line_characters),
    max_unpacked_bytes=_number("MAX_UNPACKED_BYTES", _DEFAULTS.max_unpacked_bytes),
    max_archive_entries=_number("MAX_ARCHIVE_ENTRIES", _DEFAULTS.max_archive_entries),
    seconds=_number("READ_SECONDS", int(_DEFAULTS.seconds), most=24 * 3600),
    memory_bytes=_number("READ_MEMORY_BYTES", _DEFAULTS.memory_bytes, least=128 * MEGABYTE, most=2**50),
)

# What people may lay up, and for how long it waits

UPLOAD_MAX_FILES = _number("UPLOAD_MAX_FILES", 20, most=500)  # in one request, as browsers send without JavaScript
UPLOADS_PER_HOUR = _number("UPLOADS_PER_HOUR", 200)  # files, each person
UPLOADS_AT_ONCE = _number("UPLOADS_AT_ONCE", 2, most=64)  # files, each process
DRAFT_DAYS = _number("DRAFT_DAYS", 30, most=3650)
FILE_UPLOAD_HANDLERS = ["minutes.views.receiving.NoFiles"]  # the page for it has its own
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_FILES + 1_000  # up to here the page says itself which were too many
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # the form for an item's borders has one a paragraph

# The parts

INSTALLED_APPS = [
    "minutes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # development serves static files as production does
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "axes",
]
MIDDLEWARE = [
    "minutes.views.health.HealthMiddleware",  # first: it answers whoever asks, however they ask
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "minutes.views.sessions.SessionEndMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minutes.views.writing.WriterMiddleware",  # who writes, for the log of changes
    "minutes.views.access.ReadingMiddleware",  # login by default
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "minutes.views.errors.RefusalMiddleware",
]
ROOT_URLCONF = "chefforum.urls"
WSGI_APPLICATION = "chefforum.wsgi.application"
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
            ],
        },
    },
]

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # no other writes what is logged

# Language and time

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

# Static files: hashed names and compression outside development, where `collectstatic` has run

STATIC_URL = f"{URL_PREFIX}/static/"
WHITENOISE_STATIC_PREFIX = "/static/"  # what is left of it when a request comes here
STATIC_ROOT = _path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Accounts. The messages of these rules come in Danish from Django's own translations.

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_LENGTH = 12
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "minutes.views.accounts.too_old"

# A login ends: when the browser is closed, some hours after it began, and sooner when nothing is asked for.

SESSION_SECONDS = _number("SESSION_HOURS", 12, most=24 * 365) * 3600
SESSION_PAUSE = 300  # the session's row is told no oftener that somebody is there
SESSION_COOKIE_AGE = _number("IDLE_MINUTES", 60, least=5, most=60 * 24 * 365) * 60 + SESSION_PAUSE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{URL_PREFIX}/"
if not DEBUG:  # the prefix binds a cookie to this host and to https; with a path of its own only to the latter
    _BINDING = "__Secure-chefforum-" if URL_PREFIX else "__Host-"
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_BINDING}sessionid", f"{_BINDING}csrftoken"
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")

# Guessing passwords: what is counted, and against whom, is told in `minutes.views.guard`

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = _number("LOGIN_FAILURES", 5, most=1000)
AXES_COOLOFF_TIME = timedelta(minutes=_number("LOGIN_LOCK_MINUTES", 15, most=24 * 60))
CLIENT_ADDRESS_HEADER = _text("CLIENT_ADDRESS_HEADER")  # only where a proxy sets it itself
if not re.fullmatch(r"([A-Za-z][A-Za-z0-9-]*)?", CLIENT_ADDRESS_HEADER):
    raise ImproperlyConfigured(f"CLIENT_ADDRESS_HEADER is {CLIENT_ADDRESS_HEADER!r}; it must be a header's name.")
AXES_HANDLER = "minutes.views.guard.Guard"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "minutes.views.guard.name_of"
AXES_CLIENT_IP_CALLABLE = "minutes.views.guard.address_of"
AXES_CLIENT_STR_CALLABLE = "minutes.views.guard.nobody"
AXES_LOCKOUT_CALLABLE = "minutes.views.guard.refuse"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who goes on trying does not keep the owner out any longer
AXES_DISABLE_ACCESS_LOG = True  # who logs in when is nobody's business
AXES_ENABLE_ADMIN = False  # the archive has a page of its own for them
AXES_VERBOSE = False

# Transport. The hour of HSTS is short, so that a mistake heals by itself; lengthen it once https has proved itself.

SECURE_SSL_REDIRECT = _flag("HTTPS_REDIRECT", not DEBUG)
SECURE_HSTS_SECONDS = _number("HSTS_SECONDS", 0 if DEBUG else 3600, least=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = _flag("HSTS_SUBDOMAINS", not DEBUG)
SECURE_HSTS_PRELOAD = _flag("HSTS_PRELOAD", not DEBUG)
if _flag("BEHIND_HTTPS_PROXY", False):  # only where a proxy sets this header itself and drops what clients send
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What a page may load: files of our own. Nothing inline, nothing from elsewhere, no frames.

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Logging: to stderr. No line holds a name, an address of a reader or what was searched for: requests are logged by
# Django without their query, and SQL, whose parameters are people's texts, never.

LOG_LEVEL = _choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = _choice("LOG_FORMAT", "LINE" if DEBUG else "JSON", ("LINE", "JSON")).lower()
LOG_REQUESTS = _flag("LOG_REQUESTS", False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "full": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},  # faults with their texts
        "line": {"()": "chefforum.logs.LineFormatter"},
        "json": {"()": "chefforum.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "full" if DEBUG and LOG_FORMAT == "line" else LOG_FORMAT,
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {
            "handlers": ["stderr"],
            "level": LOG_LEVEL,
            "propagate": False,
        },
        "minutes": {"level": LOG_LEVEL},
        "django.db.backends": {"level": "WARNING"},
        "django.template": {"level": "INFO"},
        "gunicorn.error": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "gunicorn.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

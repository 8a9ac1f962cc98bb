"""Django's settings, all derived from `environment`."""

import importlib.util
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ as django_environ

from traam.config import environment

ENV = environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
DATA: Path = ENV["TRAAM_DATA"]
DEMONSTRATION: bool = ENV["TRAAM_MODE"] == "demonstration"
PRODUCTION = not DEMONSTRATION
DEBUG = False


def _kept_secret() -> str:
    """The demonstration's key: drawn once, kept beside its data, readable by its owner only."""
    path = DATA / "secret"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = ENV["TRAAM_SECRET_KEY"] or _kept_secret()
SITE_URL: str = ENV["TRAAM_SITE_URL"]
SITE_HOST = urlsplit(SITE_URL).hostname or ""
OFFICIAL_HOSTS: tuple[str, ...] = ENV["TRAAM_OFFICIAL_HOST"]
ALLOWED_HOSTS = [*environment.LOOPBACK_HOSTS, *ENV["TRAAM_HOSTS"], *OFFICIAL_HOSTS, SITE_HOST]
ALLOWED_HOSTS = [name for name in ALLOWED_HOSTS if name]
LISTEN: str = ENV["TRAAM_LISTEN"]
PORT: int = ENV["TRAAM_PORT"]
LOCAL_URL = f"http://{f'[{LISTEN}]' if ':' in LISTEN else LISTEN}:{PORT}"
PROCESSES: int = ENV["TRAAM_PROCESSES"]
PROXIES: int = ENV["TRAAM_PROXIES"]
CONTACT: str = ENV["TRAAM_CONTACT"]
NAAN: str = ENV["TRAAM_NAAN"]
OAI_DOMAIN: str = ENV["TRAAM_OAI_DOMAIN"] or (
    SITE_HOST if "." in SITE_HOST else "demonstration.traam.invalid"
)

INSTALLED_APPS = [
    "traam.desk",
    "traam.dissemination",
    "traam.indicators",
    "traam.catalogue",
    "traam.syntheses",
    "traam.trials",
    "traam.productions",
    "traam.groups",
    "traam.selection",
    "traam.applications",
    "traam.campaigns",
    "traam.people",
    "traam.reference",
    "traam.journal",
    "traam.post",
    "traam.documents",
    "traam.access",
    "traam.kit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "traam.kit.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "traam.kit.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "traam.people.middleware.ActorMiddleware",
    "traam.people.middleware.LoginRequired",
    "traam.people.middleware.SavedViews",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "traam.kit.middleware.ReadOnlyGet",
    "traam.kit.middleware.Refusals",
]

ROOT_URLCONF = "traam.config.urls"
WSGI_APPLICATION = "traam.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "traam.kit.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

FORM_RENDERER = "traam.kit.drawing.Widgets"

if ENV["TRAAM_DATABASE_URL"]:
    _database = django_environ.Env.db_url_config(  # type: ignore[no-untyped-call]
        ENV["TRAAM_DATABASE_URL"]
    )
    DATABASES = {"default": _database}
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "traam.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,  # seconds: a long load holds the writer for half as long
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
            },
        }
    }

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

AUTH_USER_MODEL = "people.User"
ADDRESS_BOOK = "traam.people.queries.address_of"  # how `post`, below people, finds an address
RECORDER = "traam.journal.actions.record"  # where the acts on the vocabularies are noted
ATTACHED_FILES = "traam.documents.queries.attached"  # where the post finds what it joins
PUBLIC_FILES = "traam.catalogue.queries.is_public_file"  # how `documents` knows what is public
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/tableau-de-bord/"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
_DSFR = importlib.util.find_spec("dsfr")
DSFR_STATIC = Path(str(_DSFR.origin)).parent / "static" if _DSFR else PACKAGE
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "traam.config.finders.DesignSystemFinder",
]
STATICFILES_DIRS = [DSFR_STATIC]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "traam.config.static.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CLAMAV: str = ENV["TRAAM_CLAMAV"]
CHECKS_LINKS: bool = ENV["TRAAM_LINKS"] == "oui"
FILES_ROOT = DATA / "fichiers"
INDEX_ROOT = DATA / "index"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = ENV["TRAAM_EMAIL_FROM"]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if ENV["TRAAM_EMAIL_URL"]:
    _email = django_environ.Env.email_url_config(  # type: ignore[no-untyped-call]
        ENV["TRAAM_EMAIL_URL"]
    )
    vars().update(_email)
    EMAIL_TIMEOUT = 20  # seconds
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "courrier"

SESSION_ENGINE = "traam.people.sessions"
SESSION_COOKIE_NAME = "traam_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
CSRF_COOKIE_NAME = "traam_csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "traam.kit.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
X_FRAME_OPTIONS = "DENY"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]

from traam.config.accounts import *  # noqa: E402, F403  (allauth's own settings, apart)
from traam.config.logs import LOGGING  # noqa: E402, F401
from traam.config.navigation import NAVIGATION  # noqa: E402, F401

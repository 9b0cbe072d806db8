"""Settings of the website. Everything that differs between sites comes from the environment:

CONSORTIA_DATA        the data folder (default ./site)
CONSORTIA_DATABASE    postgresql://user:password@host:port/name (default: SQLite in the data folder)
CONSORTIA_SECRET_KEY  the secret key (default: made once and kept in the data folder)
CONSORTIA_HOSTS       host names that the site answers to, with commas (default: this machine only)
CONSORTIA_TLS         1 when people reach the site by https: cookies and redirects are then for https only
CONSORTIA_PROXY       network address of the proxy that speaks https for the site, such as 127.0.0.1
CONSORTIA_DEBUG       1 while working on the site itself
"""

from __future__ import annotations

import os
from pathlib import Path

from consortia.web.data_folder import data_folder, secret_key
from consortia.web.database import database

HERE = Path(__file__).resolve().parent
APPS = (
    "accounts", "studies", "reviews", "ledgers", "mappings", "costs", "definition", "options", "picker", "runs",
    "delivery",
)  # fmt: skip
DATA_FOLDER = data_folder()
SECRET_KEY = secret_key(DATA_FOLDER)
DEBUG = os.environ.get("CONSORTIA_DEBUG") == "1"
TLS = os.environ.get("CONSORTIA_TLS") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [host.strip() for host in os.environ.get("CONSORTIA_HOSTS", "").split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    *(f"consortia.web.{app}" for app in APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "consortia.web.headers.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "consortia.web.refusals.Refusals",
]
ROOT_URLCONF = "consortia.web.urls"
WSGI_APPLICATION = "consortia.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"] + [HERE / app / "templates" for app in APPS],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "consortia.web.pages.environment", "autoescape": True},
    }
]

DATABASES = {"default": database(os.environ.get("CONSORTIA_DATABASE", ""), DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "studies"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "consortia.web.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "consortia.web.accounts.passwords.NotCommon"},
    {"NAME": "consortia.web.accounts.passwords.NotAboutYou"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "consortia.web.refusals.csrf_failure"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True  # the style sheet is served from the package: nothing to collect before the first page
UPLOAD_LIMIT = 50 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

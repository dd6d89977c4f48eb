"""The one settings file. What differs per machine comes from `environment`."""

import os
from pathlib import Path

from vliegwiel.entry import environment
from vliegwiel.entry.composition import (
    AREA_PARTS,
    BOOKED_FILES,
    CONFIDENTIAL_KINDS,
    DECISION_GUARDS,
    DELIVER_LETTER,
    DESK_HEAPS,
    DESK_LINKS,
    FILE_NOTES,
    FOOT,
    HOLDINGS,
    LETTER_BATCHES,
    MENU,
    NEARBY,
    OPEN_TABLES,
    OWN_DEBTS,
    PAPER_ACCESS,
    PAST_ROUNDS,
    POINT_LAYERS,
    PROVINCE_OWNED,
    REMINDERS,
    RETENTION_RULES,
    SEARCHABLES,
    TOMBSTONES,
    WAITING,
    WORK_GROUPS,
    WORK_PAGES,
)
from vliegwiel.entry.languages import languages_in

ENVIRONMENT = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
VLIEGWIEL_HOME = ENVIRONMENT.home
# Engines compile their kernels once per machine; in a notebook the compiler chooses the place itself.
os.environ.setdefault("NUMBA_CACHE_DIR", str(VLIEGWIEL_HOME / "cache" / "numba"))
VLIEGWIEL_DEMO = ENVIRONMENT.demo
VLIEGWIEL_PROVINCE = ENVIRONMENT.province
VLIEGWIEL_SERVICES = ENVIRONMENT.services
VLIEGWIEL_LARGEST_DELIVERY = ENVIRONMENT.largest_delivery
VLIEGWIEL_LARGEST_PAPER = ENVIRONMENT.largest_paper
VLIEGWIEL_CLAMAV = ENVIRONMENT.clamav

VLIEGWIEL_MENU = MENU
VLIEGWIEL_WORK_PAGES = WORK_PAGES
VLIEGWIEL_WORK_GROUPS = WORK_GROUPS
VLIEGWIEL_WAITING = WAITING
VLIEGWIEL_FOOT = FOOT
VLIEGWIEL_AREA_PARTS = AREA_PARTS
# Difficult words in public texts are links to the page of words.
VLIEGWIEL_EXPLAIN_WORDS = True
VLIEGWIEL_PROVINCE_OWNED = PROVINCE_OWNED
VLIEGWIEL_CONFIDENTIAL_KINDS = CONFIDENTIAL_KINDS
VLIEGWIEL_PAPER_ACCESS = PAPER_ACCESS
VLIEGWIEL_DECISION_GUARDS = DECISION_GUARDS
VLIEGWIEL_LETTER_BATCHES = LETTER_BATCHES
VLIEGWIEL_BOOKED_FILES = BOOKED_FILES
VLIEGWIEL_OWN_DEBTS = OWN_DEBTS
VLIEGWIEL_DELIVER_LETTER = DELIVER_LETTER
VLIEGWIEL_PAST_ROUNDS = PAST_ROUNDS
VLIEGWIEL_FILE_NOTES = FILE_NOTES
VLIEGWIEL_DESK_LINKS = DESK_LINKS
VLIEGWIEL_DESK_HEAPS = DESK_HEAPS
VLIEGWIEL_REMINDERS = REMINDERS
VLIEGWIEL_SEARCHABLES = SEARCHABLES
VLIEGWIEL_OPEN_TABLES = OPEN_TABLES
VLIEGWIEL_POINT_LAYERS = POINT_LAYERS
VLIEGWIEL_NEARBY = NEARBY
VLIEGWIEL_RETENTION_RULES = RETENTION_RULES
VLIEGWIEL_HOLDINGS = HOLDINGS
VLIEGWIEL_TOMBSTONES = TOMBSTONES
# Who answers questions about the API and the open data; an installation puts its own here.
VLIEGWIEL_API_CONTACT = {
    "name": "Team open data van Vliegwiel",
    "email": "opendata@vliegwiel.example",
    "url": "https://vliegwiel.example/open-data",
}

VLIEGWIEL_ADDRESS = ENVIRONMENT.address
VLIEGWIEL_SECURITY_CONTACT = ENVIRONMENT.security_contact
VLIEGWIEL_OIDC_NAME = ENVIRONMENT.sign_in_name

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    # only where it is used: it brings a web client along, which every command would wait for
    *(["allauth.socialaccount.providers.openid_connect"] if ENVIRONMENT.sign_in_apps else []),
    "django_tasks",
    "django_tasks_db",
    "django_cotton.apps.SimpleAppConfig",
    "vliegwiel.foundation.api",
    "vliegwiel.foundation.design",
    "vliegwiel.foundation.questions",
    "vliegwiel.foundation.trail",
    "vliegwiel.foundation.jobs",
    "vliegwiel.foundation.people",
    "vliegwiel.foundation.search",
    "vliegwiel.foundation.papers",
    "vliegwiel.foundation.notices",
    "vliegwiel.foundation.budgets",
    "vliegwiel.see.areas",
    "vliegwiel.see.figures",
    "vliegwiel.see.monitor",
    "vliegwiel.see.surveys",
    "vliegwiel.see.fieldwork",
    "vliegwiel.see.facilities",
    "vliegwiel.support.archive",
    "vliegwiel.support.challenges",
    "vliegwiel.support.confidential",
    "vliegwiel.support.offers",
    "vliegwiel.support.direct_grants",
    "vliegwiel.support.experts",
    "vliegwiel.support.initiatives",
    "vliegwiel.support.running_grants",
    "vliegwiel.support.funders",
    "vliegwiel.support.register",
    "vliegwiel.support.state_aid",
    "vliegwiel.support.consents",
    "vliegwiel.support.schemes",
    "vliegwiel.support.grants",
    "vliegwiel.support.objections",
    "vliegwiel.support.settlements",
    "vliegwiel.support.supporters",
    "vliegwiel.support.desk",
    "vliegwiel.support.outreach",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vliegwiel.foundation.design.headers.SecurityHeaders",
    "vliegwiel.foundation.people.second_factor.KeepPrivate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vliegwiel.foundation.design.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vliegwiel.foundation.design.language.ChooseLanguage",
    "django.middleware.common.CommonMiddleware",
    "vliegwiel.foundation.design.uploads.LimitUploads",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vliegwiel.foundation.design.reading.AskOnce",
    "vliegwiel.foundation.people.second_factor.SecondStepFirst",
    "vliegwiel.foundation.design.refusals.TranslateRefusals",
    "vliegwiel.foundation.api.problems.ApiAnswers",
]
ROOT_URLCONF = "vliegwiel.entry.urls"
WSGI_APPLICATION = "vliegwiel.entry.wsgi.application"
APPEND_SLASH = False

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "vliegwiel.foundation.design.dutch",
                "vliegwiel.foundation.design.explain",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "vliegwiel.foundation.design.shell.shell",
                "vliegwiel.foundation.people.shell.who",
                "vliegwiel.entry.history.page.building",
            ],
        },
    }
]
COTTON_DIR = "foundation/design/parts"

LANGUAGE_CODE = "nl"
LOCALE_PATHS = [SOURCE / "locale"]
# Dutch is written in the sources; another language is offered as soon as its compiled words are there.
LANGUAGES = languages_in(LOCALE_PATHS[0])
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VLIEGWIEL_HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "vliegwiel.foundation.papers.whole_files.WholeFiles",
        "OPTIONS": {"location": VLIEGWIEL_HOME / "papers"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
PAGE_CACHE_MEGABYTES = ENVIRONMENT.page_cache
PAGE_CACHE_STAMPS = [
    "vliegwiel.see.areas.queries.stamp",
    "vliegwiel.see.figures.queries.stamp",
    "vliegwiel.see.figures.indicators.stamp",
    "vliegwiel.see.monitor.outcomes.stamp",
    "vliegwiel.see.facilities.queries.stamp",
    "vliegwiel.support.schemes.contributes.stamp",
    "vliegwiel.support.register.queries.stamp",
    "vliegwiel.entry.history.job.stamp",
    "vliegwiel.support.initiatives.queries.stamp",
    "vliegwiel.support.supporters.queries.stamp",
]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
CSRF_FAILURE_VIEW = "vliegwiel.foundation.design.refusals.form_expired"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
ACCOUNT_ADAPTER = "vliegwiel.foundation.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_ADAPTER = "vliegwiel.foundation.people.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Vliegwiel"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.production
SOCIALACCOUNT_ADAPTER = "vliegwiel.foundation.people.adapter.OrganisationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ENVIRONMENT.sign_in_apps}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VLIEGWIEL_HOME / "cache" / "shared"}
}

EMAIL_BACKEND = "vliegwiel.foundation.people.outbox.OutboxBackend"
EMAIL_HOST = ENVIRONMENT.mail.host
EMAIL_PORT = ENVIRONMENT.mail.port
EMAIL_HOST_USER = ENVIRONMENT.mail.user
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
EMAIL_USE_TLS = ENVIRONMENT.mail.tls
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender

SECURE_HTTPS = ENVIRONMENT.production
SECURE_SSL_REDIRECT = SECURE_HTTPS and ENVIRONMENT.ssl_redirect
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SECURE_REDIRECT_EXEMPT = [r"^\.well-known/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "vliegwiel.entry.log.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"vliegwiel": {"level": "INFO"}},
}

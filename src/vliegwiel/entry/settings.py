"""The one settings file. What differs per machine comes from `environment`."""

from pathlib import Path

from vliegwiel.entry import environment
from vliegwiel.entry.composition import MENU

ENVIRONMENT = environment.read()
SOURCE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
VLIEGWIEL_HOME = ENVIRONMENT.home
VLIEGWIEL_DEMO = ENVIRONMENT.demo
VLIEGWIEL_PROVINCE = ENVIRONMENT.province

VLIEGWIEL_MENU = MENU

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "vliegwiel.foundation.design",
    "vliegwiel.see.areas",
    "vliegwiel.see.figures",
    "vliegwiel.see.monitor",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vliegwiel.foundation.design.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vliegwiel.foundation.design.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "vliegwiel.foundation.design.refusals.TranslateRefusals",
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
            "builtins": ["django.templatetags.static", "django_cotton.templatetags.cotton", "vliegwiel.foundation.design.dutch"],
            "context_processors": ["django.template.context_processors.request", "vliegwiel.foundation.design.shell.shell"],
        },
    }
]
COTTON_DIR = "foundation/design/parts"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VLIEGWIEL_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VLIEGWIEL_HOME / "papers"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
PAGE_CACHE_MEGABYTES = ENVIRONMENT.page_cache
PAGE_CACHE_STAMPS = [
    "vliegwiel.see.areas.queries.stamp",
    "vliegwiel.see.figures.queries.stamp",
    "vliegwiel.see.figures.indicators.stamp",
]

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

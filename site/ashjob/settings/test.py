"""The test suite: SQLite in memory unless DATABASE_URL names PostgreSQL; tasks run when the test says so."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, LOGGING, POST_OFFICE, STORAGES, env
from .search import WAGTAIL_ON_ELASTICSEARCH

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
# allauth's own OpenID Connect server plays the publisher's; `tests` has a `flush` of its own.
INSTALLED_APPS = [*INSTALLED_APPS, "dev.demo", "allauth.idp.oidc", "tests"]
_tmp = Path(tempfile.mkdtemp(prefix="ashjob-test-"))
atexit.register(shutil.rmtree, _tmp, ignore_errors=True)
DATABASES = {"default": env.db("DATABASE_URL", default="sqlite://:memory:")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: browser tests serve the site from a thread with a connection of its own.
    DATABASES["default"] |= {
        "NAME": str(_tmp / "db.sqlite3"),
        "TEST": {"NAME": str(_tmp / "test.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "local")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = _tmp / "media"
PRIVATE_ROOT = _tmp / "private"
STORAGES["private"]["OPTIONS"]["location"] = str(PRIVATE_ROOT)
POST_OFFICE["BACKENDS"] = {"default": "django.core.mail.backends.locmem.EmailBackend"}
POST_OFFICE["DEFAULT_PRIORITY"] = "medium"
PAYMENT_CARD_VARIANT = "dummy"
PAYMENT_VARIANTS = {"dummy": ("billing.providers.DummyCardProvider", {})}
WAGTAIL_AUTOSAVE_INTERVAL = 500
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
SELLER = {
    "name": "Presse sociale de test",
    "legal_form": "SAS",
    "capital": "50 000 €",
    "street": "1 rue de la Gare",
    "postcode": "59000",
    "city": "Lille",
    "siren": "732829320",
    "siret": "73282932000074",
    "email": "facturation@presse-sociale.example",
    "phone": "03 99 00 00 00",
    "rcs": "RCS Lille Métropole 732 829 320",
    "vat_number": "FR44732829320",
    "iban": "FR7630006000011234567890189",
    "bic": "AGRIFRPP",
}
# Never the indices of a site that runs beside the tests.
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="ash-test")
# The administration's search is tried on Elasticsearch by its own tests.
WAGTAILSEARCH_BACKENDS = {"default": WAGTAIL_ON_ELASTICSEARCH["database"]}
# The worker tells of each turn it takes.
LOGGING["loggers"] |= {
    name: {"level": "WARNING"} for name in ("django_tasks_db", "django_tasks", "elastic_transport", "wagtail")
}

# Every answer's counts at once.
COUNTS_PAUSE = 0.0

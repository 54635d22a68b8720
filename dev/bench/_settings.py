"""The site as in production, with the bare page types beside it."""

import os

from ashjob.settings.base import *  # noqa: F403
from ashjob.settings.base import INSTALLED_APPS

SECRET_KEY = "only-for-the-bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
if os.environ.get("BENCH_BARE"):
    # After the tables of the site: they have migrations, and a page type without any cannot stand beside them.
    INSTALLED_APPS = [*INSTALLED_APPS, "dev.bench.bare"]
# Only what is measured: no cache in the database, no password of a thousand rounds.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "local")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A measurement that runs a worker names the backend that the worker reads.
TASKS = {
    "default": {
        "BACKEND": os.environ.get("BENCH_TASKS", "django_tasks.backends.dummy.DummyBackend"),
        "QUEUES": [],
    }
}
if "BENCH_TASKS" in os.environ:
    # What one process tells the other about, as on the site.
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ashjob_cache"}

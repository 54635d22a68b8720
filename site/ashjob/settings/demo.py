"""`make demo`: development's conveniences on a database, media and mails of its own under `var/demo/`."""

from .base import ROOT, env
from .dev import *  # noqa: F403
from .dev import DATABASES, POST_OFFICE, STORAGES

DEBUG = False
DEMO_ROOT = ROOT / "var" / "demo"
DATABASES["default"] |= env.db("DATABASE_URL", default=f"sqlite:///{DEMO_ROOT / 'ashjob.sqlite3'}")
MEDIA_ROOT = DEMO_ROOT / "media"
PRIVATE_ROOT = DEMO_ROOT / "private"
STORAGES["private"]["OPTIONS"]["location"] = str(PRIVATE_ROOT)
EMAIL_FILE_PATH = str(DEMO_ROOT / "mails")
POST_OFFICE["BACKENDS"] = {"default": "django.core.mail.backends.filebased.EmailBackend"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True

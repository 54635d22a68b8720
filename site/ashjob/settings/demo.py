"""`make demo`: development's conveniences on a database, media and mails of its own under `var/demo/`."""

from .base import ROOT, env
from .dev import *  # noqa: F403
from .dev import DATABASES, POST_OFFICE, SELLER, STORAGES

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

# A seller who does not exist, with a bank's own example of an account number: transfers and documents are whole.
SELLER = SELLER | {
    "name": "Éditions du Trait d’union (démonstration)",
    "legal_form": "SAS",
    "capital": "50 000 €",
    "street": "12 rue de l’Exemple",
    "postcode": "75011",
    "city": "Paris",
    "siren": "999770001",
    "email": "facturation@magazine.example",
    "phone": "01 99 00 00 00",
    "rcs": "RCS Paris 999 770 001",
    "vat_number": "FR78999770001",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "bic": "AGRIFRPPXXX",
}

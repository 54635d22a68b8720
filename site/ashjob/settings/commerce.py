"""What the seller of ads is and whom its invoices go through. Read by `base`, once `.env` is in the environment."""

import environ

env = environ.Env()

# The platform that transmits electronic invoices: empty (none), "folder" or "http".
EINVOICE_PLATFORM = env("EINVOICE_PLATFORM", default="")
EINVOICE_FOLDER = env("EINVOICE_FOLDER", default="")
EINVOICE_URL = env("EINVOICE_URL", default="")
EINVOICE_TOKEN = env("EINVOICE_TOKEN", default="")
EINVOICE_WEBHOOK_SECRET = env("EINVOICE_WEBHOOK_SECRET", default="")

# The seller, as printed on quotes and invoices, until the office says otherwise under "Réglages". No real values here.
SELLER = {
    "name": env("SELLER_NAME", default="Éditeur d’ASH Job"),
    "legal_form": env("SELLER_LEGAL_FORM", default=""),
    "capital": env("SELLER_CAPITAL", default=""),
    "street": env("SELLER_STREET", default=""),
    "postcode": env("SELLER_POSTCODE", default=""),
    "city": env("SELLER_CITY", default=""),
    "siren": env("SELLER_SIREN", default=""),
    "siret": env("SELLER_SIRET", default=""),
    "rcs": env("SELLER_RCS", default=""),
    "vat_number": env("SELLER_VAT_NUMBER", default=""),
    "email": env("SELLER_EMAIL", default=""),
    "phone": env("SELLER_PHONE", default=""),
    "iban": env("SELLER_IBAN", default=""),
    "bic": env("SELLER_BIC", default=""),
}

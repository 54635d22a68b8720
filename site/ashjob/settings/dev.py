"""A developer's machine: debug pages, mails in the terminal, card payments by the dummy provider."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS

DEBUG = True
SECRET_KEY = "only-for-development"  # noqa: S105
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "dev.demo"]
PAYMENT_CARD_VARIANT = "dummy"
PAYMENT_VARIANTS = {"dummy": ("billing.providers.DummyCardProvider", {})}

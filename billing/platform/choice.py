"""Which platform the settings name, and whether they can be right."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from .base import Platform
from .folder import FolderPlatform
from .http import HttpPlatform

_LOCAL = {"localhost", "127.0.0.1", "::1"}


def active() -> Platform | None:
    """The platform in use; None while invoices are not transmitted."""
    if settings.EINVOICE_PLATFORM == "folder":
        return FolderPlatform(settings.EINVOICE_FOLDER)
    if settings.EINVOICE_PLATFORM == "http":
        return HttpPlatform(settings.EINVOICE_URL, settings.EINVOICE_TOKEN)
    return None


@register(Tags.compatibility)
def check_settings(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """An unknown platform, or one without what it needs, stops the site from starting."""
    name = settings.EINVOICE_PLATFORM
    if name not in ("", "folder", "http"):
        return [Error(f"EINVOICE_PLATFORM is {name!r}: empty, folder or http.", id="billing.E001")]
    if name == "folder" and not settings.EINVOICE_FOLDER:
        return [Error("EINVOICE_PLATFORM=folder needs EINVOICE_FOLDER.", id="billing.E002")]
    if name == "http":
        address = urlsplit(settings.EINVOICE_URL)
        if not settings.EINVOICE_TOKEN or not address.hostname:
            return [Error("EINVOICE_PLATFORM=http needs EINVOICE_URL and EINVOICE_TOKEN.", id="billing.E003")]
        if address.scheme != "https" and address.hostname not in _LOCAL:
            return [Error("EINVOICE_URL must be https: the token travels with it.", id="billing.E004")]
    return []

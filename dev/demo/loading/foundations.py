"""What stands before any customer: reference lists, pages of the site, offers."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from pages.setup import setup_site
from reference.loading import load_reference
from reference.models import Commune

from .scene import Scene


def lay(scene: Scene) -> None:
    """The parts that any installation has; what is there already stays as it is."""
    if not Commune.objects.exists():
        load_reference()
    setup_site()
    call_command("load_offers", verbosity=0, stdout=StringIO())
    call_command("load_vocabulary", verbosity=0, stdout=StringIO())

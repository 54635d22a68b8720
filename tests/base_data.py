"""What is in the database before any test: what migrations make, reference lists, the site's tree, the offers."""

from django.core.management import call_command
from wagtail.models import Collection, Locale, Page

from billing.models import Offer
from pages.models import HomePage
from reference.loading import load_reference
from reference.models import Commune
from search.vocabulary import applied
from tests.databases import Rows

#: Tests need no hamlets, and load ten times faster without.
MIN_POPULATION = 5000


_rows: Rows | None = None


def load_base_data() -> None:
    """Load what no migration makes."""
    if not Commune.objects.exists():
        load_reference(min_population=MIN_POPULATION)
    if not HomePage.objects.exists():
        _wagtail_roots()
        call_command("setup_site", verbosity=0)
    if not Offer.objects.exists():
        call_command("load_offers", verbosity=0)
    applied.refresh()


def remember_base_data() -> None:
    """Load what is missing, and keep all rows for `restore`."""
    global _rows
    load_base_data()
    _rows = Rows()


def restore() -> bool:
    """Bring the database back to what it was at the start of the tests; False before that start."""
    if _rows is None:
        return False
    _rows.restore()
    return True


def _wagtail_roots() -> None:
    """The rows that Wagtail's migrations make and emptying the database deletes."""
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(instance=Collection(name="Root"))

"""The reference lists that come with the project, loaded whole."""

import pytest
from django.core.management import call_command

from reference.models import Commune
from search import places, remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_commune():
    call_command("load_reference", verbosity=0)
    remembered.forget()
    yield Commune.objects.order_by("insee")
    remembered.forget()


def test_every_commune_is_loaded_and_found_by_the_label_that_the_site_writes(every_commune):
    assert every_commune.count() == 34_920
    assert not every_commune.filter(latitude=0, longitude=0).exists()
    assert not every_commune.filter(postcodes="").exists()
    # One in two hundred, hamlets too: each asks the database.
    for commune in every_commune[::200]:
        place = places.find(str(commune), 20)
        assert place.label == str(commune)
        assert (place.area.latitude, place.area.longitude) == (commune.latitude, commune.longitude)
        assert place.area.radius_km == 20

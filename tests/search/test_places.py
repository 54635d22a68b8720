"""What people type under "Où"."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from search import places, remembered, requests
from search.places import radius

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Lyon", "Lyon (69)"),
        ("lyon", "Lyon (69)"),
        ("LYON (69)", "Lyon (69)"),
        ("st etienne", "Saint-Étienne (42)"),
        ("Saint-Étienne", "Saint-Étienne (42)"),
        ("69100", "Villeurbanne (69100)"),
        ("Villeurb", "Villeurbanne (69)"),
        ("Paris", "Paris (75)"),
    ],
)
def test_a_town_is_a_circle(typed, label):
    found = places.find(typed, 20)
    assert (found.label, found.area.is_circle, found.area.radius_km) == (label, True, 20)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("69", "69"), ("1", "01"), ("2a", "2A"), ("Haute-Savoie", "74"), ("seine saint denis", "93")],
)
def test_a_department_is_a_whole(typed, code):
    area = places.find(typed).area
    assert (area.department, area.is_circle) == (code, False)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("69100 Villeurbanne", "Villeurbanne (69)"),
        ("06000 Nice", "Nice (06)"),
        ("Nice 06", "Nice (06)"),
        ("dans le nord", "Nord (59)"),
        ("en Bretagne", "Bretagne"),
        ("département 69", "Rhône (69)"),
        ("le Rhône", "Rhône (69)"),
        ("paris 15ème", "Paris 15e Arrondissement (75)"),
        ("Lyon et alentours", "Lyon (69)"),
        ("près du Mans", "Le Mans (72)"),
        ("près du Havre", "Le Havre (76)"),
        ("Wallis", "Wallis et Futuna (986)"),
        ("La Baule", "La Baule-Escoublac (44)"),
    ],
)
def test_a_place_is_said_in_words(typed, label):
    assert places.find(typed).label == label


@pytest.mark.parametrize("typed", ["Paris ou Lyon", "sauf Paris", "éducateur Lyon"])
def test_what_says_more_than_one_place_is_none(typed):
    assert places.find(typed) is None


@pytest.mark.parametrize(
    ("typed", "left", "km"),
    [
        ("Lyon, 30 km", "Lyon", 30),
        ("lyon 50km", "lyon", 50),
        ("Lyon (20 km)", "Lyon", 20),
        ("Nantes dans un rayon de 25 km", "Nantes", 30),
        ("à moins de 5 kilomètres de Nantes", "Nantes", 10),
        ("20 km autour de Nantes", "Nantes", 20),
        ("éducateur à moins de 20 km de Nantes", "éducateur près de Nantes", 20),
        ("Lyon 300 km", "Lyon", 100),
        ("Lyon jusqu’à 20 km", "Lyon", 20),
        ("Lyon entre 10 et 20 km", "Lyon", 20),
        ("Lyon 5-10 km", "Lyon", 10),
        ("Lyon rayon : 20 km maxi", "Lyon", 20),
        ("20 km du Mans", "près du Mans", 20),
        ("éducateur à 15 km des Sables-d’Olonne", "éducateur près des Sables-d’Olonne", 20),
        ("aide à domicile 0,5 km Lyon", "aide à domicile Lyon", 10),
        ("chauffeur 200 km par jour Lyon", "chauffeur 200 km par jour Lyon", None),
        ("50 km/jour", "50 km/jour", None),
        ("Lyon", "Lyon", None),
        ("ES km", "ES km", None),
    ],
)
def test_a_distance_is_said_with_the_place(typed, left, km):
    """The smallest circle of ours that holds it."""
    assert radius.split(typed) == (left, km)


def asked(**params):
    return requests.ads(QueryDict(urlencode(params)))


def test_the_distance_said_is_the_radius_of_the_search():
    typed = asked(q="éducateur Lyon, 50 km")
    assert (typed.text, typed.place.label, typed.radius) == ("éducateur", "Lyon (69)", 50)
    assert typed.place.area.radius_km == 50
    typed = asked(place="Lyon, 50 km", radius="10")
    assert (typed.place_text, typed.radius, typed.place.area.radius_km) == ("Lyon", 50, 50)
    assert asked(q="aide à domicile 20 km").text == "aide à domicile 20 km"


@pytest.mark.parametrize("typed", ["France", "France entière", "partout"])
def test_all_of_france_is_no_place(typed):
    everywhere = asked(q="éducateur", place=typed)
    assert (everywhere.place, everywhere.place_text, everywhere.place_note["unknown"]) == (None, "", False)


def test_a_region_is_a_whole():
    assert places.find("ile de france").area.region == "11"


@pytest.mark.parametrize(
    "typed", ["", "   ", "Trifouillis-les-Oies", "99999", "xx", "%", "_", "'; --", "🙂", "x" * 500]
)
def test_what_is_no_place(typed):
    assert places.find(typed) is None
    places.suggestions(typed)


def test_a_town_asked_for_lately_is_not_looked_up_again(django_assert_num_queries):
    with django_assert_num_queries(1):
        first = places.find("Lyon (69)", 20)
    with django_assert_num_queries(0):
        assert places.find(" Lyon  (69)", 20) == first
    remembered.forget()
    with django_assert_num_queries(1):
        places.find("Lyon (69)", 20)

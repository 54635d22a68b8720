"""What people type under "Où"."""

import pytest

from search import places, remembered

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

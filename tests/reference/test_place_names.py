"""Places in a sentence: articles contract, "de" loses its vowel before another."""

import pytest
from django.template import Context, Template

from reference.models import Department
from reference.place_names import _BARE, _MASCULINE, _OVERSEAS, _PLURAL, at_area, at_place, of_place


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Paris", "de Paris", "à Paris"),
        ("Lyon (69003)", "de Lyon (69003)", "à Lyon (69003)"),
        ("votre position", "de votre position", "à votre position"),
        ("Angers (49)", "d’Angers (49)", "à Angers (49)"),
        ("Évry-Courcouronnes", "d’Évry-Courcouronnes", "à Évry-Courcouronnes"),
        ("Œuilly", "d’Œuilly", "à Œuilly"),
        ("Yerres", "d’Yerres", "à Yerres"),
        ("Yvetot", "d’Yvetot", "à Yvetot"),
        ("Hyères", "d’Hyères", "à Hyères"),
        ("Houilles", "d’Houilles", "à Houilles"),
        ("Hazebrouck", "d’Hazebrouck", "à Hazebrouck"),
        ("Haguenau (67)", "de Haguenau (67)", "à Haguenau (67)"),
        ("Hem", "de Hem", "à Hem"),
        ("Hem-Hardinval", "de Hem-Hardinval", "à Hem-Hardinval"),
        ("Hombourg-Haut", "de Hombourg-Haut", "à Hombourg-Haut"),
        ("Wattrelos", "de Wattrelos", "à Wattrelos"),
        ("Le Mans (72)", "du Mans (72)", "au Mans (72)"),
        ("Le Havre", "du Havre", "au Havre"),
        ("Les Ulis", "des Ulis", "aux Ulis"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "à L’Haÿ-les-Roses"),
        ("L'Isle-Adam", "de L'Isle-Adam", "à L'Isle-Adam"),
        ("Lens", "de Lens", "à Lens"),
        ("Lesneven", "de Lesneven", "à Lesneven"),
        ("", "de ", "à "),
    ],
)
def test_the_words_before_a_commune(name, of, at):
    assert (of_place(name), at_place(name)) == (of, at)


@pytest.mark.parametrize(
    ("label", "department", "at"),
    [
        ("Rhône (69)", "69", "dans le département du Rhône (69)"),
        ("Vienne (département)", "86", "dans le département de la Vienne (86)"),
        ("Ain (01)", "01", "dans le département de l’Ain (01)"),
        ("Hérault (34)", "34", "dans le département de l’Hérault (34)"),
        ("Haute-Savoie (74)", "74", "dans le département de la Haute-Savoie (74)"),
        ("Hauts-de-Seine (92)", "92", "dans le département des Hauts-de-Seine (92)"),
        ("Loir-et-Cher (41)", "41", "dans le département de Loir-et-Cher (41)"),
        ("Ille-et-Vilaine (35)", "35", "dans le département d’Ille-et-Vilaine (35)"),
        ("Territoire de Belfort (90)", "90", "dans le département du Territoire de Belfort (90)"),
        ("Paris (département)", "75", "dans le département de Paris (75)"),
        ("La Réunion (974)", "974", "à La Réunion (974)"),
        ("Polynésie française (987)", "987", "en Polynésie française (987)"),
        ("La Réunion", "", "à La Réunion"),
        ("Bretagne", "", "en région Bretagne"),
        ("Pays de la Loire", "", "en région Pays de la Loire"),
    ],
)
def test_the_words_before_a_department_and_a_region(label, department, at):
    assert at_area(label, department) == at


@pytest.mark.django_db
def test_every_name_with_words_of_its_own_is_a_department():
    """A name that is spelt otherwise in the lists would get the wrong article."""
    assert set(Department.objects.values_list("name", flat=True)) >= {
        *_BARE,
        *_MASCULINE,
        *_PLURAL,
        *_OVERSEAS,
    }


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("près {{ 'Le Mans (72)'|of_place }}", "près du Mans (72)"),
        ("{{ 'Rhône (69)'|at_area:'69' }}", "dans le département du Rhône (69)"),
        ("{{ 'Bretagne'|at_area }}", "en région Bretagne"),
    ],
)
def test_templates_say_it_too(template, said):
    assert Template("{% load ui %}" + template).render(Context()) == said

"""Communes in a sentence: articles contract, "de" loses its vowel before another."""

import pytest
from django.template import Context, Template

from reference.place_names import at_place, of_place


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


def test_templates_say_it_too():
    template = Template("{% load ui %}près {{ place|of_place }}")
    assert template.render(Context({"place": "Le Mans (72)"})) == "près du Mans (72)"

"""What is taken out of a CV before it is indexed, and what is left."""

import pytest

from search.documents import anonymous


@pytest.mark.parametrize(
    "contact",
    [
        "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06/12/34/56/78", "0 612 345 678", "+33612345678",
        "+33 (0)6 12 34 56 78", "0033 6 12 34 56 78", "(+33) 6 12 34 56 78", "camille.durand@exemple.org",
        "https://exemple.org/moi", "www.exemple.org", "12 bis, rue des Lilas", "3 av. Foch", "14 bd Hugo",
        "5 place de la Gare", "8 allée Zola",
    ],
)  # fmt: skip
def test_no_contact_stays(contact):
    assert anonymous(f"Éducatrice\n{contact}\nCHRS").split() == ["Éducatrice", "CHRS"]


@pytest.mark.parametrize(
    "text",
    [
        "Du 3 avril 2019 au 30 juin 2020 : éducatrice spécialisée en MECS",
        "2017-2019 avec un public autiste en IME",
        "2016\nAVS auprès d’enfants autistes",
        "2013 Avignon : EHPAD Les Lilas",
        "2021 Rueil-Malmaison",
        "2019\nRue du Bac",
        "4 places en crèche, 2 cours d’anglais",
        "01/09/2019-31/08/2020",
        "01/09/2018\n02/10/2019",
        "01.09.2018 02.10.2019",
        "diplômée en 2012 2016 2018 2020",
        "35 heures, 1 850 € brut",
    ],
)
def test_what_is_no_contact_stays(text):
    assert anonymous(text) == text


def test_names_go_in_any_case():
    assert anonymous("DURAND Camille, durandal", "Camille", "Durand").split() == [",", "durandal"]


@pytest.mark.parametrize("piece", ["a@", "+33 ", "1/1/", "a" * 50, "www ", "12 rue\n", "0 1"])
def test_a_long_text_of_beginnings_stays(piece):
    """Made for an expression that tries each of them to the end: quadratic, it would never come back."""
    text = piece * (400_000 // len(piece))
    assert anonymous(text) == text

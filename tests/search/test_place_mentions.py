"""A place typed among the words: taken for the place, only offered, or left alone."""

from functools import lru_cache

import pytest

from reference import loading
from reference.models import Commune
from search import indexing, remembered
from search.places.mentions import read
from tests.search import build

pytestmark = pytest.mark.django_db

#: Small communes that the base data of the tests leave out: traps, most of them.
SMALL = (
    "Die", "Y", "Nuits", "Bois", "Soignolles", "Nonancourt", "Job", "Rue", "Auteuil", "Bretagne", "Landes",
    "Saint-Pierre", "Us", "Ver", "Corrèze", "Vic", "Mas", "Aide", "La Salle", "Le Parc", "Saint-Jean-de-Dieu",
    "Saint-Vincent-de-Paul",
)  # fmt: skip


@lru_cache(maxsize=1)
def small_communes():
    return [commune for commune in loading._communes() if commune.name in SMALL]


@pytest.fixture
def villages(db):
    Commune.objects.bulk_create(small_communes(), ignore_conflicts=True)
    remembered.forget()


#: What is typed, the words left and the place.
PLACES = [
    ("educateur lyon", "educateur", "Lyon (69)"),
    ("éducateur à Lyon", "éducateur", "Lyon (69)"),
    ("lyon éducateur", "éducateur", "Lyon (69)"),
    ("Lyon", "", "Lyon (69)"),
    ("éducatrice spécialisée Villeurbanne cdi", "éducatrice spécialisée cdi", "Villeurbanne (69)"),
    ("as saint étienne", "as", "Saint-Étienne (42)"),
    ("AS St-Etienne", "AS", "Saint-Étienne (42)"),
    ("AS Saint-Étienne (42)", "AS", "Saint-Étienne (42)"),
    ("moniteur éducateur metz et alentours", "moniteur éducateur", "Metz (57)"),
    ("ES près de Bordeaux", "ES", "Bordeaux (33)"),
    ("autour de Nantes assistant social", "assistant social", "Nantes (44)"),
    ("je cherche un poste d'éducateur à lyon", "je cherche un poste d'éducateur", "Lyon (69)"),
    ("éducateur·rice (H/F) lyon", "éducateur·rice (H/F)", "Lyon (69)"),
    ("lyon (H/F)", "", "Lyon (69)"),
    ("ash paris", "ash", "Paris (75)"),
    ("mas lyon", "mas", "Lyon (69)"),
    ("responsable de secteur lyon", "responsable de secteur", "Lyon (69)"),
    # With an article, contracted, with a stroke
    ("crèche la rochelle", "crèche", "La Rochelle (17)"),
    ("directeur de crèche la roche sur yon", "directeur de crèche", "La Roche-sur-Yon (85)"),
    ("chef de service au mans", "chef de service", "Le Mans (72)"),
    ("infirmier du havre", "infirmier", "Le Havre (76)"),
    ("cesf chalon s/ saone", "cesf", "Chalon-sur-Saône (71)"),
    ("éducateur l'isle d'abeau", "éducateur", "L’Isle-d’Abeau (38)"),
    ("infirmier aix en provence", "infirmier", "Aix-en-Provence (13)"),
    ("tisf aix", "tisf", "Aix-en-Provence (13)"),
    ("tisf evry", "tisf", "Évry-Courcouronnes (91)"),
    # Arrondissements and postcodes
    ("psychologue lyon 3", "psychologue", "Lyon 3e Arrondissement (69)"),
    ("psychologue lyon 3ème arrondissement", "psychologue", "Lyon 3e Arrondissement (69)"),
    ("Paris 13e", "", "Paris 13e Arrondissement (75)"),
    ("paris 1er", "", "Paris 1er Arrondissement (75)"),
    ("marseille 13", "", "Marseille (13)"),
    ("éducateur 69100", "éducateur", "Villeurbanne (69100)"),
    ("69100 villeurbanne", "", "Villeurbanne (69)"),
    # Departments
    ("infirmier 93", "infirmier", "Seine-Saint-Denis (93)"),
    ("93", "", "Seine-Saint-Denis (93)"),
    ("educateur 2A", "educateur", "Corse-du-Sud (2A)"),
    ("éducateur 974", "éducateur", "La Réunion (974)"),
    ("éducateur val d'oise", "éducateur", "Val-d’Oise (95)"),
    ("éducateur seine saint denis", "éducateur", "Seine-Saint-Denis (93)"),
    ("éducateur dans le nord", "éducateur", "Nord (59)"),
    ("directeur du lot", "directeur", "Lot (46)"),
    ("assistant familial creuse", "assistant familial", "Creuse (23)"),
    ("assistant familial corrèze", "assistant familial", "Corrèze (département)"),
    # Regions, old ones and short names among them; overseas
    ("eje ile de france", "eje", "Île-de-France"),
    ("eje idf", "eje", "Île-de-France"),
    ("eje grand est", "eje", "Grand Est"),
    ("aes bretagne", "aes", "Bretagne"),
    ("éducateur nord pas de calais", "éducateur", "Hauts-de-France"),
    ("éducateur paca", "éducateur", "Provence-Alpes-Côte d’Azur"),
    ("éducateur pays de la loire", "éducateur", "Pays de la Loire"),
    ("educateur à la réunion", "educateur", "La Réunion (974)"),
    ("ES guadeloupe", "ES", "Guadeloupe (971)"),
    ("infirmier mayotte", "infirmier", "Mayotte (976)"),
    ("nouvelle-calédonie", "", "Nouvelle-Calédonie (988)"),
    # A name that several have, and what decides
    ("éducateur montreuil", "éducateur", "Montreuil (93)"),
    ("éducateur saint-denis 93", "éducateur", "Saint-Denis (93)"),
    ("éducateur saint denis réunion", "éducateur", "Saint-Denis (974)"),
    ("éducateur vienne isère", "éducateur", "Vienne (38)"),
    ("éducateur valence drôme", "éducateur", "Valence (26)"),
    ("educateur rhône lyon", "educateur", "Lyon (69)"),
    ("assistante sociale paris 75", "assistante sociale", "Paris (75)"),
    # Words that are towns as well
    ("éducateur tours", "éducateur", "Tours (37)"),
    ("educateur Die 26", "educateur", "Die (26)"),
    ("infirmier nonancourt", "infirmier", "Nonancourt (27)"),
    ("les lilas", "", "Les Lilas (93)"),
]

#: What is typed, and the places that the page offers; the words stay.
OFFERS = [
    ("éducateur saint denis", ["Saint-Denis (974)", "Saint-Denis (93)"]),
    ("éducateur vienne", ["Vienne (38)", "Vienne (86)"]),
    ("mayenne", ["Mayenne (53)", "Mayenne (département)"]),
    ("éducateur à Die", ["Die (26)"]),
    ("infirmier Soignolles", ["Soignolles (14)"]),
    ("éducateur lyon villeurbanne", ["Lyon (69)", "Villeurbanne (69)"]),
    ("éducateur 75 et 92", ["Paris (département)", "Hauts-de-Seine (92)"]),
    ("ehpad les lilas", ["Les Lilas (93)"]),
    ("fondation saint jean", ["Saint-Jean (31)"]),
    ("éducateur auteuil", ["Auteuil (78)", "Auteuil (60)"]),
    ("66", ["Pyrénées-Orientales (66)"]),
    ("nord", ["Nord (59)"]),
    ("cher", ["Cher (18)"]),
]

#: Nothing here speaks of a place, although communes are named so.
WORDS = [
    "ES", "es", "Me", "AS", "as", "EJE", "ASH", "mas", "fam", "Aide", "aide à domicile", "Cadre", "cadre de santé",
    "Eu", "Y", "bois", "Nuits", "veilleur de nuits", "éducateur de rue", "rue", "job", "job coach",
    "educateur Die", "us", "ver", "la salle", "le parc", "sens", "un métier qui a du sens", "plaisir", "croix",
    "croix rouge", "croix-rouge infirmier", "apprentis d'auteuil", "saint vincent de paul", "saint jean de dieu",
    "ccn 66", "éducateur convention 51", "35 heures", "35h", "24h/24", "écoutant 115", "bac 3", "niveau 6",
    "10000 euros", "80 % d'un temps plein", "2500 €", "réunion de synthèse", "crèche", "la crèche",
    "centre social", "maison de retraite", "foyer de vie", "villes",
    "travailler avec des enfants autistes de nuit", '"éducateur lyon"', "« éducateur à lyon »", "éducateur -lyon",
    "éducateur -\"lyon\"",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "words", "place"), PLACES)
def test_the_place_is_meant(villages, typed, words, place):
    applied = read(typed, 20).applied
    assert applied, read(typed)
    assert (applied.words, applied.place.label) == (words, place)
    assert applied.place.area.radius_km in (0, 20)


@pytest.mark.parametrize(
    "typed",
    [
        "infirmier sauf Paris",
        "infirmier hors Paris",
        "infirmier pas en Bretagne",
        "éducateur ailleurs qu'à Paris",
        "éducateur sauf Paris et Lyon",
        "éducateur ni Paris ni Lyon",
        "je ne veux pas travailler à Paris",
        "je ne veux plus travailler à Paris",
        "n’habite plus à Paris",
        "éducateur 30 km",
    ],
)
def test_no_place_is_meant(typed):
    reading = read(typed)
    assert (reading.applied, reading.offers) == (None, ())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("éducateur sauf Paris à Lyon", "éducateur sauf Paris"),
        ("pourquoi pas à Lyon", "pourquoi pas"),
        ("je ne trouve pas à Lyon", "je ne trouve pas"),
        ("plus à Lyon", "plus"),
        ("éducateur pas loin de Lyon", "éducateur pas loin"),
        ("association Pas à Pas Lyon", "association Pas à Pas"),
    ],
)
def test_another_place_is_denied_or_none(typed, words):
    applied = read(typed).applied
    assert (applied.words, applied.place.label) == (words, "Lyon (69)")


@pytest.mark.parametrize(("typed", "labels"), OFFERS)
def test_the_place_is_offered(villages, typed, labels):
    reading = read(typed)
    assert reading.applied is None
    assert [mention.place.label for mention in reading.offers] == labels


@pytest.mark.parametrize("typed", WORDS)
def test_words_are_words(villages, typed):
    assert read(typed).applied is None and not read(typed).offers


def test_the_name_of_an_employer_is_no_place():
    build.company(build.employer("Hospices civils de Lyon"))
    indexing.rebuild("companies")
    assert read("hospices civils de lyon").applied is None
    assert [mention.place.label for mention in read("hospices civils lyon").offers] == ["Lyon (69)"]
    assert read("infirmier lyon").applied.place.label == "Lyon (69)"


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "%", "_", "'; --", "🙂", "²", "١٢ lyon", "\x00lyon", "(((", "-", '"', "«", "l'", "s/", "d'", "é" * 150,
        "saint " * 40, "69 " * 60, "69100 " * 30, "lyon " * 30, "à " * 75, "a/b/c/d/e/f/g/h/i/j/k/l", "st", "ste st st",
    ],
)  # fmt: skip
def test_no_text_makes_it_fail(typed, django_assert_max_num_queries):
    read("lyon")  # departments and regions are read once in ten minutes
    with django_assert_max_num_queries(2):
        read(typed)


def test_words_of_the_trade_cost_no_query(django_assert_num_queries):
    read("lyon")
    with django_assert_num_queries(0):
        read("éducateur spécialisé internat de nuit")
    with django_assert_num_queries(1):
        read("éducateur spécialisé villeurbanne internat de nuit cdi")

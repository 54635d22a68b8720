"""The French of both engines is one."""

import csv

import pytest
from django.conf import settings

from search import index, mappings
from search.client import patient_client
from search.vocabulary import french, spelling, synonyms
from search.vocabulary.highlight import mark, snippet
from search.vocabulary.stemmer import stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Éducateur·rice spécialisé·e (H/F)", ["educateur", "specialise"]),
        ("Infirmier(e) diplômé(e) d’État", ["infirmier", "diplome", "etat"]),
        ("Chef·fe de service F/H/X", ["chef", "service"]),
        ("Coordinateur-trice de parcours", ["coordinateur", "parcours"]),
        ("Chargé.e de mission", ["charge", "mission"]),
        ("L’œuvre à laquelle on s'attache", ["oeuvre", "laquelle", "attache"]),
        ("ES, ME, AS", ["es", "me", "as"]),
    ],
)
def test_words(text, words):
    assert french.words(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("educateur", "educatrices"),
        ("infirmier", "infirmieres"),
        ("directeur", "directrice"),
        ("conseiller", "conseillere"),
        ("chef", "cheffes"),
        ("travailleur", "travailleuse"),
        ("hopital", "hopitaux"),
    ],
)
def test_gender_and_number_have_one_stem(one, other):
    assert stem(one) == stem(other)


def test_an_acronym_points_one_way():
    found = {phrase for unit in synonyms.units("ES") for phrase in unit.alternatives}
    assert ("eduqu", "specialis") in found
    back = {phrase for unit in synonyms.units("éducatrices spécialisées") for phrase in unit.alternatives}
    assert ("es",) not in back and ("educ", "spe") in back


def test_the_longest_expression_wins():
    assert len(synonyms.units("éducateur technique spécialisé lyon")) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("psycologue", "psychologue"), ("soingante", "soignante"), ("comtable", "comptable"), ("es", "")],
)
def test_the_nearest_word(typed, meant):
    assert spelling.nearest(typed, ["psychologue", "soignante", "comptable", "ets"]) == meant


def test_marks_and_snippets_are_escaped():
    asked = synonyms.units("éducateur spécialisé")
    assert (
        mark("<b>Éducateur·rice spécialisé·e</b>", asked)
        == "&lt;b&gt;<mark>Éducateur·rice spécialisé</mark>·e&lt;/b&gt;"
    )
    text = "Mot & mot. " * 40 + "Vous êtes éducatrice spécialisée diplômée. " + "Fin. " * 60
    html = snippet(text, asked)
    assert html.startswith("…") and html.endswith("…") and "<mark>éducatrice spécialisée</mark>" in html
    assert len(html) < 260
    assert snippet(text, synonyms.units("comptable")) == ""


@pytest.mark.elasticsearch
def test_both_engines_cut_words_alike(server):
    """Every name of the reference lists and every synonym, through Python and through the real analyzer."""
    with open(settings.ROOT / "site" / "reference" / "data" / "professions.csv", encoding="utf-8") as rows:
        texts = [row["label_f_h"] for row in csv.DictReader(rows)]
    texts += [" ".join(phrase) for rule in synonyms.rules() for phrase in (*rule.left, *rule.right)]
    texts += ["Infirmier(ère) d’État F/H", "Maître·sse de maison", "Moniteur.rice d'atelier (H/F)", "l’œuvre"]
    name = index.create("ads")
    es = patient_client()
    answer = es.indices.analyze(index=name, analyzer="fr_index", text=texts)
    theirs = [token["token"] for token in answer["tokens"]]
    ours = [token for text in texts for token in french.tokens(text)]
    assert set(theirs) == set(ours)


def test_no_index_uses_what_a_small_build_lacks():
    lacking = {
        "search_as_you_type",
        "scaled_float",
        "rank_feature",
        "match_only_text",
        "percolator",
        "wildcard",
    }
    for kind in mappings.FIELDS:
        properties = mappings.mapping(kind)["properties"]
        assert not lacking & {definition["type"] for definition in properties.values()}

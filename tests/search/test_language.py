"""What is understood by what people type."""

import pytest

from search.language import spelling, understand, words
from search.vocabulary import french


def said(units):
    return [" ".join(unit.typed) for unit in units]


@pytest.mark.parametrize(
    ("text", "must", "some", "steps"),
    [
        ("Éducateur·rice spécialisé·e (H/F)", ["educateur specialise"], [], (0,)),
        ("ES", ["es"], [], (0,)),
        ("es paris", ["es"], ["paris"], (1, 0)),
        ("ME internat", ["me"], ["internat"], (1, 0)),
        ("adultes handicapés foyer adultes", [], ["adultes handicapes", "foyer"], (2, 1)),
        ("foyer internat nuit", [], ["foyer", "internat", "nuit"], (3, 2)),
        ("infirmier ou aide-soignant", ["infirmier aide soignant"], [], (0,)),
        ("infirmier aide-soignant", [], ["infirmier", "aide soignant"], (2, 1)),
        (
            "je voudrais travailler avec des enfants autistes de nuit",
            [],
            ["enfants", "autistes", "nuit"],
            (2, 1),
        ),
        ("Je suis ES et je cherche en MECS", ["es"], ["mecs"], (1, 0)),
        ("je voudrais me reconvertir dans le social", [], ["social"], (1,)),
        ("offre d'emploi comptable", ["comptable"], [], (0,)),
        ("job coach", ["job coach"], [], (0,)),
        ("de la", [], [], (0,)),
        ("je cherche un emploi", [], [], (0,)),
    ],
)
def test_what_is_needed(text, must, some, steps):
    found = understand(text)
    assert (said(found.must), said(found.some), found.steps) == (must, some, steps)


@pytest.mark.parametrize(
    ("text", "must", "excluded"),
    [
        ("éducateur -nuit", ["educateur"], ["nuit"]),
        ('AES -"foyer de vie"', ["aes"], ["foyer vie"]),
        ('"foyer de vie"', ["foyer vie"], []),
        ("« foyer de vie »", ["foyer vie"], []),
        ("comptable -", ["comptable"], []),
        ("comptable - lyon", ["comptable"], []),
        ("infirmier sans week-end", ["infirmier"], ["week end"]),
        ("infirmier, pas de nuit", ["infirmier"], ["nuit"]),
        ("infirmier sauf ehpad", ["infirmier"], ["ehpad"]),
        ("éducateur -trice", ["educateur"], []),
        ("éducateur \u2011nuit", ["educateur"], ["nuit"]),
        ("éducateur -93", ["educateur"], ["93"]),
        ("infirmier -12h -3x8", ["infirmier"], ["12h", "3x8"]),
        ("éducateur -25 ans", ["educateur"], []),
        ("éducateur 0 -0,5 ETP", ["educateur"], []),
    ],
)
def test_quotes_and_exclusions(text, must, excluded):
    found = understand(text)
    assert (said(found.must), said(found.excluded)) == (must, excluded)


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("je veux travailler mais pas en ehpad", [], ["ehpad"]),
        ("je ne veux pas travailler avec des personnes âgées", [], ["personnes agees"]),
        ("je ne veux pas travailler la nuit", [], ["nuit"]),
        ("je ne veux plus travailler en ehpad", [], ["ehpad"]),
        ("je n’irai plus en ehpad", ["irai"], ["ehpad"]),
        ("éducateur sauf mecs et itep", ["educateur"], ["mecs", "itep"]),
        ("moniteur éducateur sauf internat et nuit", ["moniteur educateur"], ["internat", "nuit"]),
        ("tout sauf ehpad ou hôpital", [], ["ehpad", "hopital"]),
        ("ni ehpad ni mecs", [], ["ehpad", "mecs"]),
        ("infirmier ni nuit ni week-end", ["infirmier"], ["nuit", "week end"]),
        ("infirmier pas Paris", ["infirmier"], ["paris"]),
        ("éducateur ailleurs qu’à Paris", ["educateur"], ["paris"]),
        ("infirmier sauf nuit ou aide-soignant", ["infirmier aide soignant"], ["nuit"]),
        # Nothing is denied, or nothing that one could do without.
        ("pourquoi pas en ehpad", ["ehpad"], []),
        ("je n’ai pas encore travaillé en ehpad", ["ehpad"], []),
        ("ça ne me dérange pas de travailler la nuit", ["travailler nuit"], []),
        ("éducateur ailleurs", ["educateur", "ailleurs"], []),
        ("plus de mecs", ["mecs"], []),
        ("éducateur sans diplôme", ["educateur", "sans diplome"], []),
        ("infirmier pas diplômé", ["infirmier", "diplome"], []),
        ("éducateur pas loin", ["educateur"], []),
        ("je n’ai pas peur de travailler la nuit", ["travailler nuit"], []),
        ("pas mal d’expérience en EHPAD", ["experience", "ehpad"], []),
        ("pas opposée à l’EHPAD", ["ehpad"], []),
        ("pas seulement en EHPAD", ["ehpad"], []),
        ("pas forcément en crèche", ["creche"], []),
        ("pas que crèche", ["creche"], []),
        ("je ne trouve pas de poste en EHPAD", ["ehpad"], []),
        ("je n’ai jamais travaillé en EHPAD", ["ehpad"], []),
        ("peu importe, pas de nuit", [], ["nuit"]),
        ("infirmière sauf EHPAD et CDI", ["infirmiere", "cdi"], ["ehpad"]),
        ("infirmière pas de nuit ou CDI", ["infirmiere", "cdi"], ["nuit"]),
        ("hors week-end et remplacement", ["remplacement"], ["week end"]),
        ("sauf nuits et en crèche", ["creche"], ["nuits"]),
        ("pas de DEAES", ["deaes"], []),
        ("infirmier sauf Paris et Lyon", ["infirmier"], ["paris", "lyon"]),
    ],
)
def test_what_one_does_not_want_is_not_asked_for(text, wanted, excluded):
    found = understand(text)
    assert (said(found.units), said(found.excluded)) == (wanted, excluded)


@pytest.mark.parametrize("text", ["formation", "animation", "coordination", "médiation", "encadrement"])
def test_what_a_trade_does_is_not_the_trade(text):
    """They have the stems of the trades, and are looked for in the whole ad."""
    assert not any(map(words.is_trade, understand(text).units))


def test_words_are_told_as_they_were_typed():
    found = understand("Chef de service éducatif la nuit")
    assert found.said == ("Chef de service éducatif", "nuit")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("educatrise", "éducatrice"), ("infirmire", "infirmier"), ("psycologue", "psychologue")],
)
def test_a_correction_has_its_accents(typed, meant):
    assert spelling.corrected(typed, {typed}) == meant


@pytest.mark.parametrize("text", ["\ufdfa", "abcd\ufc70efgh", "½ temps", "ﬁn"])
def test_a_letter_that_stands_for_several_makes_whole_words(text):
    words = [word for unit in understand(text).units for word in unit.typed]
    assert words and all(word.isalnum() for word in words)


def test_quoted_words_stand_for_themselves():
    assert [unit.alternatives for unit in understand('"ES"').must] == [(("es",),)]
    assert len(understand("ES").must[0].alternatives) > 1


@pytest.mark.parametrize(
    "text",
    ['"', '""', "-", "--", '-"', "«", "\x00", "é" * 500, "mot " * 90, "-a -b " * 40, "🙂", "'", "ou", "sans"],
)
def test_nothing_breaks_it_and_it_stays_small(text):
    found = understand(text)
    assert len(found.units) <= 20 and len(found.excluded) <= 5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("psycologue", "psychologue"),
        ("psichologue", "psychologue"),
        ("ortophoniste", "orthophoniste"),
        ("educatrise", "educatrice"),
        ("assistantesociale", "assistante sociale"),
        ("kinesiterapeute", "kinesitherapeute"),
        ("xyzzy", ""),
        ("es", ""),
        ("psychologue", "psychologue"),
    ],
)
def test_what_was_meant(typed, meant):
    assert spelling.meant(typed) == meant


def test_only_unknown_words_are_put_right():
    assert spelling.corrected("Éducatrise à Tourcoing", {"educatrise"}) == "éducatrice à Tourcoing"
    assert spelling.corrected("xyzzy", {"xyzzy"}) == ""
    asked = understand("je cherche un poste d'educatrise de nuit à Vannes")
    assert spelling.doubtful(asked) == {"educatrise"}
    assert spelling.doubtful(understand("educatrise nuit")) == set()


@pytest.mark.parametrize(
    "text", ["enfants", "nounou", "vieux", "maison de retraite", "mecs", "domicile", "scolaire", "DEES"]
)
def test_topics_are_no_trades(text):
    assert not understand(text).must or text == "nounou"


def test_everyday_words_lead_to_those_of_the_ads():
    for said_so, written in (
        ("gosses", "enfance"),
        ("vieux", "ehpad"),
        ("drogués", "addictologie"),
        ("SDF", "chrs"),
    ):
        (unit,) = understand(said_so).some
        assert tuple(french.tokens(written)) in unit.alternatives, said_so


def test_what_is_excluded_is_narrow():
    (unit,) = understand("éducateur -ehpad").excluded
    assert ("maison", "retrait") in unit.alternatives and ("geriatr",) not in unit.alternatives
    (unit,) = understand("-ES").excluded
    assert ("eduqu", "specialis") in unit.alternatives

"""What an ad must not say: wordings that must be found, and the sector's own words that must not."""

import pytest

from pages import lawful

#: Rule, a wording of an ad that it must find.
FOUND = [
    ("sexe", "Nous recherchons une femme pour le poste de maîtresse de maison."),
    ("sexe", "Recrute homme pour veilles de nuit"),
    ("sexe", "Poste réservé aux femmes."),
    ("sexe", "Hommes uniquement"),
    ("sexe", "Surveillant de nuit de sexe masculin"),
    ("age-limite", "Âge maximum : 45 ans."),
    ("age-limite", "Le candidat aura moins de 35 ans."),
    ("age-limite", "Vous avez entre 25 et 40 ans et le goût du terrain."),
    ("age-limite", "Profil : 30 ans maximum"),
    ("age-limite", "Limite d’âge : 50 ans"),
    ("paiement", "Les frais de dossier sont à la charge du candidat."),
    ("age", "Jeune et dynamique, vous aimez le travail d’équipe."),
    ("age", "Vous rejoindrez une équipe jeune."),
    ("age", "Poste pour jeune diplômé"),
    ("famille", "Célibataire de préférence"),
    ("famille", "Vous êtes sans enfant à charge"),
    ("famille", "Libre, sans attaches familiales"),
    ("famille", "Conviendrait à une mère de famille"),
    ("famille", "Précisez votre situation familiale."),
    ("grossesse", "La candidate ne doit pas être enceinte."),
    ("grossesse", "Sans projet de maternité à court terme"),
    ("sante", "Bonne condition physique exigée"),
    ("sante", "Vous êtes en parfaite santé"),
    ("moeurs", "Non-fumeur"),
    ("apparence", "Bonne présentation exigée"),
    ("apparence", "Présentation soignée"),
    ("origine", "De nationalité française"),
    ("origine", "Français langue maternelle"),
    ("origine", "S’exprimer sans accent"),
    ("opinions", "De confession catholique"),
    ("opinions", "Non syndiqué de préférence"),
    ("residence", "Habiter à proximité de l’établissement"),
    ("residence", "Résidant dans le département"),
    ("vie-privee", "Envoyez votre CV avec photo"),
    ("vie-privee", "Joindre un extrait de casier judiciaire à la candidature"),
    ("salaire-passe", "Indiquez votre salaire actuel"),
    ("salaire-passe", "Joindre le dernier bulletin de paie"),
    ("anglais", "Vous savez travailler avec un team leader."),
    ("anglais", "Poste full-time"),
    ("anglais", "Vos soft skills feront la différence"),
    (
        "langue",
        "You will join the team of our care home and work with the families of our residents for a year.",
    ),
]

#: What the sector writes every day, and what the law allows.
ALLOWED = [
    "Éducateur spécialisé F/H en IME, auprès d’enfants de moins de 6 ans.",
    "MECS accueillant des jeunes de 13 à 18 ans maximum",
    "Foyer pour femmes uniquement : vous les accompagnez au quotidien.",
    "Nous recherchons un homme ou une femme pour ce poste.",
    "Poste ouvert aux hommes et aux femmes.",
    "Poste ouvert aux femmes comme aux hommes.",
    "Accueil de mères célibataires avec enfants en centre maternel",
    "Vous évaluez la situation familiale et sociale de l’usager.",
    "Connaissance de la situation familiale des résidents",
    "Hommes et femmes sans enfants accueillis au CHRS",
    "Remplacement d’un congé maternité",
    "Accompagnement des femmes enceintes en PMI",
    "Éducateur de jeunes enfants F/H",
    "Accompagnement de jeunes majeurs et de jeunes diplômés en recherche d’emploi",
    "Contrat d’apprentissage, pour les moins de 30 ans",
    "Apprenti moniteur éducateur : vous avez moins de 30 ans",
    "Vous avez 20 ans d’expérience ou moins de 10 ans d’expérience",
    "Poste ouvert aux personnes en situation de handicap (RQTH)",
    "Enfants avec ou sans handicap",
    "Veiller à la bonne santé des résidents",
    "Favoriser la bonne condition physique des personnes âgées",
    "Présentation soignée des plats",
    "Public dont le français n’est pas la langue maternelle",
    "Aide à la demande de nationalité française",
    "Association de confession protestante, ouverte à tous",
    "Accompagner les personnes résidant dans la commune",
    "Suivi des familles habitant dans le quartier",
    "Aide à l’ouverture des droits : carte vitale, logement",
    "Prêter attention à la photo de groupe du service",
    "Postulez sur ASH Job",
    "Un bilan (reporting) chaque mois, un feedback (retour) à chaud",
    "Job coach en emploi accompagné F/H",
    "Limite d’âge d’accueil : 21 ans",
    "Débutant accepté, permis B demandé, anglais courant",
    "Vous savez lire un texte en anglais : the team and the people of the house.",
]


def codes(text: str, field: str = "missions") -> set[str]:
    return {finding.rule.code for finding in lawful.check({field: [text]})}


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_what_the_law_forbids_is_found(code, text):
    assert codes(text) == {code}
    assert codes(text.replace("’", "'")) == {code}


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, t in FOUND if c not in ("langue", "anglais")])
def test_capitals_and_missing_accents_hide_nothing(code, text):
    assert code in codes(text.upper())
    assert code in codes(lawful.flat(text))


@pytest.mark.parametrize("text", ALLOWED)
def test_the_words_of_the_sector_are_left_alone(text):
    assert codes(text) == set()


def test_a_question_must_not_ask_for_health_and_an_ad_may_welcome_a_handicap():
    assert codes("Êtes-vous reconnu travailleur handicapé ?", "questions") == {"sante-question"}
    assert codes("Avez-vous des problèmes de santé ?", "questions") == {"sante-question"}
    assert codes("Avez-vous travaillé auprès de personnes handicapées ?", "questions") == set()
    assert codes("Poste ouvert aux travailleurs handicapés", "missions") == set()


def test_every_rule_names_its_article_and_what_to_write_instead():
    for rule in (*lawful.RULES, lawful.FOREIGN):
        assert any(law in rule.law for law in ("L1132-1", "L1142-1", "L1221-6", "L5331-", "L5321-3")), (
            rule.code
        )
        assert len(rule.advice) > 30
    tested = {code for code, _ in FOUND} | {"sante-question"}
    assert tested == {rule.code for rule in lawful.RULES} | {"langue"}


def test_only_what_has_no_exception_is_refused():
    refused = {rule.code for rule in (*lawful.RULES, lawful.FOREIGN) if rule.refused}
    assert refused == {"sexe", "age-limite", "paiement", "langue"}


def test_a_translated_text_is_no_foreign_text():
    english = (
        "You will join the team of our care home and work with the families of our residents for a year. "
    )
    french = "Vous rejoignez l’équipe de notre maison et vous travaillez avec les familles des résidents pour un an."
    assert codes(english) == {"langue"}
    assert codes(english + french) == set()


def test_the_same_words_are_said_once_a_field_and_refused_ones_first():
    found = lawful.check(
        {"missions": ["Célibataire. Célibataire. Âge maximum 40 ans."], "profile": ["célibataire"]}
    )
    assert [(f.rule.code, f.field) for f in found] == [
        ("age-limite", "missions"), ("famille", "missions"), ("famille", "profile"),
    ]  # fmt: skip
    assert found[1].words == "Célibataire"
    assert "C. trav. L1142-1" in found[1].sentence


def test_confirmed_words_ask_no_second_time_but_refused_ones_are_never_confirmed():
    found = lawful.check({"missions": ["Célibataire. Âge maximum 40 ans. Non fumeur."]})
    keys = [finding.key for finding in found]
    assert [f.rule.code for f in lawful.unconfirmed(found, [])] == ["famille", "moeurs"]
    assert [f.rule.code for f in lawful.unconfirmed(found, keys[1:2])] == ["moeurs"]
    assert lawful.unconfirmed(found, keys) == []

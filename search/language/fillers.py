"""Words that say nothing about a job, or little. All folded, as `french.cut` gives them."""

from __future__ import annotations

from search.vocabulary.stemmer import stem

_SPEAKING = """
    aimerais aimerait aime aimons adore voudrais voudrait voulais veux veut voulons souhaite souhaiterais souhaitons
    cherche cherchons recherchons recherchais desire desirerais envie espere peux pourrais puis dois devenir deviens
    suis etais ai avais aurais sommes avons veuille interesse interessee interesses passionne passionnee motive motivee
    travailler travaille travaillerais travaillons bosser bosse exercer intervenir oeuvrer faire fais fait
    occuper occupe occupent aider accompagner soutenir
    sais trouver trouve postuler changer reconvertir reconversion quitter rejoindre integrer commencer debuter evoluer
    derange derangent gene aupres parce lorsque quand comment quel quelle quels quelles pourquoi mes moi
"""
_POLITE = "bonjour bonsoir merci svp stp plait salut madame monsieur urgent"
_JOB = """
    emploi emplois job jobs jobbing poste postes offre offres annonce annonces travail travaux boulot boulots taf metier
    metiers recrutement recrutements recrute recruter recherche recherches rechercher carriere candidature embauche
    embaucher profession professionnel professionnelle pourvoir disponible disponibles h f hf fh
"""
_LITTLE = """
    me ma se ca cela ceci quoi quelque quelques chose quelqu tres trop plus moins bien mieux aussi plutot surtout
    vraiment actuellement maintenant bientot deja encore toujours possible possibles possiblement si oui non voire afin
    car donc loin km ainsi comme sur sous entre pres proche autour vers jusque depuis pendant durant chez avec pour
    contre domaine domaines secteur secteurs type genre sorte lieu endroit ville coin region alentours pouvoir vouloir
    avoir etre etant ayant font va vais aller tout tous toute toutes autre autres chaque plusieurs beaucoup peu assez
    rien besoin besoins aimer prendre donner mettre venir passer rester lequel laquelle dont quelquun aujourdhui
    premier premiere dame etudiant etudiante etudiants importe
"""
_WEAK = """
    aider accompagner accompagnement soutenir soutien soigner personne personnes gens public publics population
    populations situation situations difficulte difficultes difficile vie quotidien equipe equipes structure structures
    service services etablissement etablissements association associations social sociale sociaux humain humaine utile
    experience diplome formation temps an ans annee annees jour jours semaine semaines permanent horaires horaire
    salaire paye projet mission missions suivi
"""
_CONDITIONS = (
    "nuit nuits week weekend weekends internat dimanche dimanches samedi samedis astreinte astreintes"
)
_UNDENYING = """
    encore quoi toujours seulement uniquement forcement necessairement obligatoirement exclusivement simplement
"""
_DENIED_WITH = """
    travailler travaille bosser bosse exercer intervenir faire aller etre avoir poste postes emploi emplois travail
    boulot metier envie interesse interessee veux souhaite voudrais aupres chez trop plus tout surtout
"""
_HEADS = """
    accompagnant accompagnateur agent aide animateur assistant auxiliaire cadre charge chauffeur chef comptable
    conducteur conseiller coordinateur coordonnateur cuisinier delegue dieteticien directeur ecoutant educateur
    encadrant enseignant ergotherapeute employe formateur geriatre gestionnaire gouvernant infirmier inspecteur
    instructeur interprete intervenant job juriste kinesitherapeute linger lingere logopede maitre mandataire masseur
    medecin mediateur moniteur neuropsychologue orthophoniste ouvrier pair pedopsychiatre professeur psychiatre
    psychologue psychomotricien puericulteur referent responsable secretaire surveillant technicien travailleur tuteur
    veilleur accueillant adjoint educ psy psycho psychomot neuropsy kine ergo ortho puer nounou nourrice instit cuistot
    docteur
"""
_VAGUE_HEADS = """
    accompagnateur adjoint agent aide assistant auxiliaire cadre charge chef conseiller employe job maitre pair
    referent responsable travailleur
"""


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


#: Of a person who speaks: one of them makes a text a sentence, of which not every word need be in the ad.
SPEAKING = frozenset(_SPEAKING.split())
#: Stems that in a sentence only lift: nearly every ad holds them, or says the same otherwise.
WEAK = _stems(_WEAK)
#: Dropped wherever they stand by themselves, outside a known expression ("job coach", "milieu ouvert").
FILLERS = frozenset(f"{_SPEAKING} {_POLITE} {_JOB} {_LITTLE}".split()) - frozenset(_WEAK.split())

#: Between two trades: either will do.
OR = frozenset({"ou"})
#: After these nothing is wanted of what follows; after the next set `denial` decides.
EXCEPT = frozenset({"sauf", "hors", "excepte", "hormis"})
NOT = frozenset({"pas", "sans", "ni", "jamais"})
#: Denies what follows "que": "ailleurs qu’à Paris".
ELSEWHERE = "ailleurs"
#: Denies behind "ne": "je ne veux plus travailler en EHPAD".
NO_MORE = "plus"
#: Before "pas", and behind it, these make it deny nothing: "pourquoi pas en EHPAD", "pas encore", "pas seulement".
UNDENYING_BEFORE = frozenset({"pourquoi", "derange", "derangent", "gene", "genent", "crains", "trouve"})
UNDENYING = frozenset(_UNDENYING.split())
#: Past participles of one's own mind: the others tell what one has done, or has not.
DISPOSED = frozenset({"interesse", "interessee"})
#: Through these a denial still reaches what one does not want: "pas travailler en EHPAD", "pas envie d’un poste en".
DENIED_WITH = frozenset(_DENIED_WITH.split())
#: Behind a denial these words lead to where, or with whom, one does not want to work.
TOWARDS = frozenset({"en", "a", "au", "aux", "dans", "sur", "avec", "aupres", "chez"})
CONDITIONS = _stems(_CONDITIONS)

#: What a person has or has not, which is no wish: "sans diplôme", "pas de permis".
OWN = _stems(
    "diplome diplomee experience permis voiture vehicule qualification debutant debutante bac cap formation bts bafa"
    " bafd deaes dees deme deets deeje deass decesf detisf demf deaf deas deap caferuis cafdes deis titre"
)
#: Kinds of contract, which an "et" does not join to what one does not want: "sauf EHPAD et CDI".
CONTRACTS = _stems(
    "cdi cdd interim remplacement vacation alternance apprentissage stage temps partiel plein libre"
)

#: First words of the names of trades; an expression of which most wordings begin so is a trade.
TRADE_HEADS = _stems(_HEADS)
#: Of these, those that name no trade by themselves, and those that begin other expressions too ("aide sociale").
VAGUE_HEADS = _stems(_VAGUE_HEADS)
LOOSE_HEADS = _stems("aide pair")
#: Ordinary words of a sentence that are trades elsewhere: "je voudrais me former", "ME en internat".
PRONOUNS = frozenset({"me", "ma", "es", "as", "ai"})
POSSESSIVE = "ma"

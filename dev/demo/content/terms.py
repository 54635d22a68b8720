"""Codes of the reference lists that go with each structure and profession, and the hours people work there."""

from __future__ import annotations

from dev.demo.content.candidates import FAMILIES

# How a structure is called in the title of an ad, after « en » ; no entry: the house’s own name is used.
SHORT_NAMES: dict[str, str] = {
    "ehpad": "EHPAD", "residence-autonomie": "résidence autonomie", "accueil-jour-pa": "accueil de jour", "usld": "USLD", "ssiad": "SSIAD",
    "saa": "aide à domicile", "saas": "service autonomie à domicile", "had": "HAD", "ime": "IME", "itep": "DITEP", "iem": "IEM", "eeap": "EEAP",
    "sessad": "SESSAD", "camsp": "CAMSP", "cmpp": "CMPP", "cmp": "CMP", "esat": "ESAT", "ea": "entreprise adaptée", "mas": "MAS", "eam": "EAM",
    "eanm": "foyer de vie", "savs": "SAVS", "samsah": "SAMSAH", "mecs": "MECS", "foyer-enfance": "foyer de l’enfance", "pouponniere": "pouponnière",
    "village-enfants": "village d’enfants", "centre-parental": "centre parental", "placement-familial": "placement familial", "aemo-aed": "AEMO",
    "prevention-specialisee": "prévention spécialisée", "lva": "lieu de vie", "chrs": "CHRS", "chu": "hébergement d’urgence", "cada": "CADA", "cph": "CPH",
    "pension-famille": "pension de famille", "fjt": "résidence habitat jeunes", "csapa": "CSAPA", "caarud": "CAARUD", "pmi": "PMI", "eaje": "crèche",
    "mission-locale": "mission locale", "siae": "chantier d’insertion", "centre-social": "centre social", "ccas": "CCAS", "dac": "DAC",
    "contract:cdi": "CDI", "contract:cdd": "CDD", "contract:cdd-remplacement": "CDD de remplacement", "contract:titulaire": "poste de titulaire",
    "contract:contractuel-cdd": "contrat à durée déterminée de droit public", "contract:contractuel-cdi": "CDI de droit public",
    "contract:agrement": "contrat d’assistant familial",
}  # fmt: skip

PUBLICS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("ehpad", "residence-autonomie", "accueil-jour-pa", "usld", "ssiad", "saa"), ("personnes-agees",)
    ),
    **dict.fromkeys(("saas", "had", "dac"), ("personnes-agees", "handicap-adultes")),
    **dict.fromkeys(("ime", "sessad"), ("handicap-enfants", "autisme-tnd")),
    **dict.fromkeys(("iem", "eeap", "ies-visuel", "ies-auditif"), ("handicap-enfants",)),
    "itep": ("enfance-adolescence", "handicap-enfants"),
    "camsp": ("petite-enfance", "handicap-enfants"),
    "cmpp": ("enfance-adolescence", "sante-mentale"),
    "cmp": ("sante-mentale",),
    **dict.fromkeys(("mas", "eanm", "savs"), ("handicap-adultes",)),
    "eam": ("handicap-adultes", "autisme-tnd"),
    **dict.fromkeys(("samsah", "gem"), ("handicap-adultes", "sante-mentale")),
    **dict.fromkeys(("esat", "ea"), ("handicap-adultes", "insertion")),
    "mdph": ("handicap-enfants", "handicap-adultes"),
    **dict.fromkeys(
        ("mecs", "foyer-enfance", "village-enfants", "placement-familial", "lva"),
        ("protection-enfance", "enfance-adolescence"),
    ),
    **dict.fromkeys(("pouponniere", "centre-parental"), ("protection-enfance", "petite-enfance", "familles")),
    "aemo-aed": ("protection-enfance", "familles"),
    "prevention-specialisee": ("jeunes-adultes", "enfance-adolescence"),
    "mna": ("protection-enfance", "asile-migrations"),
    **dict.fromkeys(("chrs", "chu", "emmsp", "pension-famille", "residence-sociale"), ("exclusion",)),
    **dict.fromkeys(("cada", "cph"), ("asile-migrations",)),
    **dict.fromkeys(("lhss", "act"), ("exclusion", "addictions")),
    **dict.fromkeys(("csapa", "caarud"), ("addictions",)),
    **dict.fromkeys(("mjpm", "dpf"), ("protection-juridique",)),
    **dict.fromkeys(("pmi", "eaje"), ("petite-enfance", "familles")),
    **dict.fromkeys(("mda", "paej"), ("enfance-adolescence", "sante-mentale")),
    **dict.fromkeys(("mission-locale", "fjt"), ("jeunes-adultes", "insertion")),
    "siae": ("insertion",),
    "saadf": ("familles",),
    "departement": ("familles", "protection-enfance"),
}

DIPLOMAS: dict[str, tuple[str, ...]] = {
    "educateur-specialise": ("dees",), "moniteur-educateur": ("deme",), "educateur-technique": ("deets",), "educateur-jeunes-enfants": ("deeje",),
    "educateur-prevention": ("dees", "deass"), "chef-de-service": ("caferuis",), "assistant-service-social": ("deass",), "cesf": ("decesf",),
    "tisf": ("detisf",), "mediateur-familial": ("demf",), "mjpm": ("cnc-mjpm",), "travailleur-social": ("deass", "dees", "decesf"),
    "coordinateur-parcours": ("deass", "de-infirmier"), "conseiller-insertion": ("tp-cip",), "formateur-travail-social": ("dees", "deass", "deis"),
    "responsable-secteur": ("bts-sp3s", "decesf"), "directeur-medico-social": ("cafdes",), "directeur-ehpad": ("cafdes",),
    "accompagnant-educatif-social": ("deaes",), "auxiliaire-de-vie": ("deaes",), "assistant-familial": ("deaf",), "auxiliaire-puericulture": ("deap",),
    "aide-soignant": ("deas",), "infirmier": ("de-infirmier",), "infirmier-coordinateur": ("de-infirmier",), "cadre-de-sante": ("de-cadre-sante",),
    "psychologue": ("titre-psychologue",), "psychomotricien": ("de-psychomot",), "ergotherapeute": ("de-ergo",), "orthophoniste": ("cco",),
    "puericulteur": ("de-infirmier",),
}  # fmt: skip

EXECUTIVES = {key for key, family in FAMILIES.items() if family == "direction"} | {
    "medecin-coordonnateur",
    "infirmier-coordinateur",
}

_SHIFTS = (
    "Roulement, un week-end sur deux",
    "Horaires d’internat, un week-end sur trois",
    "7 h-14 h 30 ou 14 h-21 h 30, un week-end sur deux",
)
_DAYS = (
    "35 h du lundi au vendredi",
    "35 h, une soirée par semaine",
    "36 h avec jours de repos compensateurs",
)

# Hours by profession (one text) or by structure (several); "*" for all others.
SCHEDULES: dict = {
    "surveillant-de-nuit": "Nuits de 21 h 30 à 7 h 30, deux semaines de roulement",
    "assistant-familial": "Accueil continu à domicile",
    "auxiliaire-de-vie": "Horaires de journée, un week-end sur trois",
    "educateur-prevention": "35 h, deux soirées par semaine et un samedi par mois",
    "mecs": _SHIFTS,
    "foyer-enfance": _SHIFTS,
    "village-enfants": _SHIFTS,
    "mas": _SHIFTS,
    "eam": _SHIFTS,
    "eanm": _SHIFTS,
    "ehpad": (
        "Roulement de 12 h, un week-end sur deux",
        "7 h 30 par jour, sans coupure, un week-end sur deux",
        "Horaires de journée, un week-end sur quatre",
    ),
    "usld": ("Roulement de 12 h, un week-end sur deux", "Équipes du matin et du soir en alternance"),
    "ssiad": ("Tournées du matin et du soir, un week-end sur deux",),
    "chrs": _SHIFTS,
    "*": _DAYS,
}

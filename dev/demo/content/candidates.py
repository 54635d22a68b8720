"""What candidates and their CVs are made of: names of France as it is, careers, presentations."""

from __future__ import annotations

FEMALE_NAMES = (
    "Camille", "Léa", "Manon", "Chloé", "Inès", "Sarah", "Julie", "Fatou", "Nadia", "Aïcha", "Mathilde", "Pauline", "Clara", "Yasmine", "Élodie",
    "Aurélie", "Sandrine", "Nathalie", "Isabelle", "Valérie", "Catherine", "Amandine", "Laura", "Marion", "Émilie", "Céline", "Karima", "Samira",
    "Mariam", "Aminata", "Thi-Lan", "Mei", "Ana", "Sofia", "Carmen", "Oriane", "Solène", "Maëlle", "Rozenn", "Gaëlle", "Marie-Line", "Ludivine",
    "Coralie", "Estelle", "Fabienne", "Hélène", "Véronique", "Sylvie", "Patricia", "Agnès", "Delphine", "Houria", "Leïla", "Rokia", "Awa", "Djamila",
    "Elena", "Irina", "Zoé", "Jade", "Louise", "Anaïs", "Océane", "Justine", "Morgane", "Lucie", "Mélanie", "Virginie", "Stéphanie", "Corinne",
)  # fmt: skip
MALE_NAMES = (
    "Thomas", "Nicolas", "Julien", "Mehdi", "Karim", "Antoine", "Maxime", "Lucas", "Hugo", "Yanis", "Romain", "Guillaume", "Sébastien", "Mamadou",
    "Ibrahima", "Olivier", "Philippe", "Laurent", "Patrick", "Yann", "Erwan", "Mathieu", "Benoît", "Rachid", "Samuel", "Ousmane", "Jean-Marc",
    "Christophe", "Damien", "Fabrice", "Loïc", "Anthony", "Jérémy", "Florian", "Paulo", "Miguel", "Minh", "Sami", "Adrien", "Gilles", "Cédric",
    "Dylan", "Bilal", "Tom", "Arthur", "Théo", "Quentin", "Xavier", "Bruno", "Tiago",
)  # fmt: skip
LAST_NAMES = (
    "Martineau", "Le Goff", "Benhamou", "Diallo", "Nguyen", "Fernandes", "Roussillon", "Kerboul", "Garnier-Lopez", "Traoré", "Belkacem", "Dubreuil",
    "Lemarchand", "Vasseur", "Cordier", "Payet", "Hoareau", "Baptiste-Rose", "Schmitt", "Muller-Wagner", "Haddad", "Chevallier", "Delattre",
    "Vandenberghe", "Etcheverry", "Casanova", "Poggi", "Sagna", "Cissé", "Bouazza", "Ouali", "Pereira", "Da Costa", "Moreno", "Ruiz-Tapia", "Kowalczyk",
    "Nowak", "Rakoto", "Andriana", "Boyer", "Laborde", "Cazenave", "Puech", "Rigal", "Fontanel", "Berthelot", "Guichard", "Maillot", "Tessier",
    "Lecomte", "Prigent", "Quéré", "Morvan", "Jouan", "Aubry", "Charpentier", "Humbert", "Clerc", "Perrot", "Grosjean", "Bonnaud", "Texier", "Massé",
    "Gautron", "Ferreira", "Slimani", "Zerrouki", "Camara", "Koné", "Mendy", "Lacroix-Adam", "Villedieu", "Toussaint", "Germain", "Césaire-Lubin",
    "Marimoutou", "Grondin", "Saïd-Ali", "Abdou", "Pham", "Tran-Morel", "Lefrançois", "Castagnet", "Dos Reis", "Arnoux", "Blanchet", "Coste", "Estève",
    "Fabiani", "Giraudet", "Hamel", "Imbert", "Jacquemin", "Klein", "Lozano", "Mahé", "Neveu", "Ollivier", "Pasquier", "Rouvière",
)  # fmt: skip

# Where the candidates live: the employers' communes, and others near them.
HOME_COMMUNES = (
    "69123", "69266", "69256", "69029", "42218", "38185", "38421", "07019", "74010", "63113", "75056", "93048", "93066", "94028", "91228", "77288",
    "95127", "78646", "92012", "59350", "59512", "59178", "62041", "80021", "67482", "68224", "57463", "54395", "88160", "51454", "08105", "21231",
    "25056", "37261", "45234", "28085", "41018", "14118", "76540", "27229", "44109", "44184", "49007", "53130", "85191", "72181", "29019", "35238",
    "35360", "56260", "22278", "33063", "33281", "86194", "40088", "17300", "87085", "64102", "64445", "31555", "31149", "34172", "66136", "12202",
    "30189", "13055", "13001", "06088", "83137", "84007", "2A004", "2B033", "97101", "97209", "97302", "97411", "97611",
)  # fmt: skip

# Made-up former employers: kind of place and a name that no map knows.
PAST_PLACES: dict[str, tuple[str, ...]] = {
    "éducatif": (
        "MECS Les Glycines",
        "IME La Sapinière",
        "DITEP Le Gué",
        "Foyer de vie Les Capucines",
        "SESSAD Ricochets",
        "Service AEMO Passerelle",
        "Foyer Le Ponton",
    ),
    "social": (
        "Maison des solidarités Est",
        "CCAS des Trois Ponts",
        "CHRS L’Embellie",
        "CADA Le Relais",
        "Hôpital des Quatre-Vents",
        "SAVS Les Allées",
        "Pension de famille Le Puits",
    ),
    "insertion": (
        "Mission locale Nord-Vallée",
        "Chantier Les Mains vertes",
        "ESAT La Passementerie",
        "Régie de quartier Sud",
        "PLIE des Coteaux",
        "Centre social Le Préau",
    ),
    "soin": (
        "EHPAD Les Magnolias",
        "SSIAD des Marais",
        "MAS La Clairière",
        "Clinique du Mail",
        "Centre hospitalier de la Boucle",
        "Résidence L’Oustal",
        "Service Domicile Plus",
    ),
    "petite enfance": (
        "Crèche Les Coccinelles",
        "Multi-accueil Pirouette",
        "Pouponnière La Ruche",
        "Relais Bout’chou",
        "Centre de PMI des Remparts",
    ),
    "rééducation": (
        "CAMSP du Val",
        "CMPP Jean-de-la-Lune",
        "SESSAD L’Envol",
        "IEM Le Ressort",
        "Hôpital de jour La Source",
        "Cabinet pluridisciplinaire des Halles",
    ),
    "direction": (
        "Association Les Deux Vallées",
        "EHPAD Le Clos fleuri",
        "IME La Colombière",
        "Fondation Saint-Aubert",
        "Service Horizon",
    ),
}

PRESENTATIONS = (
    "{Metier} depuis {ans}, je cherche un poste {a_ville} ou dans un rayon de {rayon} km. J’aime les équipes où l’on discute et où l’on rit.",
    "Après {ans} dans le secteur, dont plusieurs en {domaine}, je souhaite changer de public sans changer de métier.",
    "{Metier}. Ce que je sais faire : {competence}, {competence2}. Ce que je veux apprendre : presque tout le reste.",
    "Mon fil rouge : {competence}. Mon moteur : travailler avec des collègues qui se remettent en question. {Ans} d’expérience.",
    "En poste mais à l’écoute, je recherche un projet d’établissement ambitieux et un encadrement de proximité, {a_ville} de préférence.",
    "Je viens de m’installer {a_ville} et j’apporte {ans} de pratique, un carnet d’adresses à refaire et beaucoup d’envie.",
    "Reconversion réussie : dix ans de commerce, un diplôme obtenu sur le tard, et le sentiment d’être enfin à ma place.",
    "J’ai appris le métier en {domaine}, je l’ai approfondi auprès des familles. {Competence}, {competence2} : voilà mes appuis.",
    "Sens de l’observation, écrits soignés, calme dans les moments difficiles : ce sont mes collègues qui le disent. {Metier}, {ans} d’expérience.",
    "Je cherche un temps {temps} {a_ville}, dans une équipe pluridisciplinaire où chacun garde sa voix.",
    "Ce qui me fait lever le matin : le terrain, les collègues, et un projet qui ne soit pas que sur le papier. {Metier}, {a_ville}.",
    "De retour après un congé parental, je souhaite reprendre mon métier dans une structure à taille humaine {a_ville}.",
)

# What follows the presentation: one of these for each candidate.
CLOSING_WORDS = (
    "Mes trois points d’appui : {competence}, {competence2}, {competence3}.",
    "Mes écrits sont relus, mes horaires souples, mon café trop fort.",
    "Références disponibles sur demande.",
    "{Langue} ; permis B et véhicule.",
    "À côté : {loisir}.",
    "Je réponds vite aux messages, et je me déplace volontiers pour une demi-journée de rencontre.",
    "En formation continue cette année : {competence3}.",
    "Jusqu’à {rayon} km autour de chez moi, davantage pour un projet qui en vaut la peine.",
)

DOMAINS = {
    "éducatif": "protection de l’enfance", "social": "polyvalence de secteur", "insertion": "insertion par l’activité économique", "soin": "gériatrie",
    "petite enfance": "accueil collectif", "rééducation": "pédiatrie", "direction": "gestion d’établissement",
}  # fmt: skip

HOBBIES = (
    "Randonnée, chorale, bénévolat à l’épicerie solidaire", "Football amateur, entraîneur des moins de 11 ans", "Lecture, jardin partagé, cuisine du monde",
    "Théâtre d’improvisation", "Vélo, photographie argentique", "Natation, premiers secours à la Protection civile", "Musique, batterie dans un groupe local",
    "Couture, réparation d’objets", "Escalade, encadrement de jeunes", "Échecs, bibliothèque de rue",
)  # fmt: skip

LANGUAGES = (
    "Anglais courant", "Anglais scolaire, espagnol courant", "Arabe courant, anglais scolaire", "Langue des signes, niveau A2", "Portugais bilingue",
    "Créole, anglais courant", "Wolof, anglais courant", "Espagnol courant", "Allemand courant", "Italien scolaire",
)  # fmt: skip

# Which family a profession key belongs to, for places and domains.
FAMILIES: dict[str, str] = {
    "educateur-specialise": "éducatif", "moniteur-educateur": "éducatif", "educateur-technique": "éducatif", "educateur-prevention": "éducatif",
    "surveillant-de-nuit": "éducatif", "maitre-de-maison": "éducatif", "assistant-familial": "éducatif", "chef-de-service": "direction",
    "educateur-jeunes-enfants": "petite enfance", "auxiliaire-puericulture": "petite enfance", "puericulteur": "petite enfance",
    "assistant-service-social": "social", "cesf": "social", "tisf": "social", "mediateur-familial": "social", "mjpm": "social", "travailleur-social": "social",
    "coordinateur-parcours": "social", "secretaire-medico-social": "social", "conseiller-insertion": "insertion", "encadrant-technique": "insertion",
    "moniteur-atelier": "insertion", "animateur-socioculturel": "insertion", "formateur-travail-social": "social", "responsable-secteur": "direction",
    "directeur-medico-social": "direction", "directeur-ehpad": "direction", "cadre-de-sante": "direction", "infirmier-coordinateur": "soin",
    "accompagnant-educatif-social": "soin", "auxiliaire-de-vie": "soin", "aide-soignant": "soin", "infirmier": "soin", "psychologue": "rééducation",
    "psychomotricien": "rééducation", "ergotherapeute": "rééducation", "orthophoniste": "rééducation", "medecin-coordonnateur": "soin",
    "animateur-gerontologie": "soin", "educateur-sportif": "rééducation",
}  # fmt: skip

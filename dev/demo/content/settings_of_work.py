"""What an ad says of its place of work, by kind of structure: the public, the team, the day."""

from __future__ import annotations

CONTEXTS: dict[str, tuple[str, ...]] = {
    "ime": (
        "{Le} accueille 72 enfants et adolescents de 6 à 20 ans présentant une déficience intellectuelle ou un trouble du spectre de l’autisme, en "
        "semi-internat et en unités d’enseignement externalisées.",
        "Quatre groupes d’âge, une équipe enseignante, un plateau paramédical et un atelier préprofessionnel : {le} suit le rythme scolaire, avec cinq "
        "semaines de fermeture.",
        "Soixante jeunes fréquentent {le} ; la moitié passe désormais plusieurs demi-journées par semaine à l’école du quartier.",
    ),
    "itep": (
        "{Le} accompagne des jeunes dont les difficultés psychologiques perturbent la vie sociale et les apprentissages, en modalités souples : internat, "
        "accueil de jour, ambulatoire.",
        "Quarante-cinq enfants, des intensités émotionnelles fortes, une équipe qui débriefe chaque soir : voilà la réalité {du}.",
    ),
    "iem": (
        "{Le} s’adresse à cinquante jeunes ayant une déficience motrice, avec ou sans troubles associés, et dispose d’un plateau technique complet.",
        "Scolarité, rééducation, vie d’internat pour douze d’entre eux : le quotidien {du} se joue à plusieurs métiers autour de chaque jeune.",
    ),
    "eeap": (
        "{Le} reçoit vingt-quatre enfants polyhandicapés de 3 à 20 ans, avec un professionnel pour chaque enfant.",
        "Petite unité, grande technicité : positionnement, alimentation, épilepsie, communication sont le quotidien {du}.",
    ),
    "sessad": (
        "{Le} suit quarante-huit enfants de 3 à 16 ans à l’école, à domicile et dans les lieux de loisirs, sur un secteur de trente kilomètres.",
        "L’équipe {du} intervient là où l’enfant vit : la cour de récréation, la cuisine familiale, le club de judo.",
        "Seize professionnels, une voiture pour deux, un bureau partagé et un temps de coordination protégé le vendredi matin : ainsi fonctionne {le}.",
    ),
    "ies-visuel": (
        "{Le} accompagne cent trente enfants aveugles ou malvoyants, scolarisés pour la plupart en milieu ordinaire.",
        "Transcription, locomotion, basse vision, informatique adaptée : les métiers {du} se complètent et se transmettent.",
    ),
    "ies-auditif": (
        "{Le} suit quatre-vingt-dix enfants et adolescents sourds, dans le respect du mode de communication choisi par la famille.",
        "La langue des signes est pratiquée chaque jour {au} ; une formation de soixante heures est offerte à l’embauche.",
    ),
    "camsp": (
        "{Le} reçoit des enfants de la naissance à 6 ans, pour des actions de dépistage, de diagnostic et de soins précoces.",
        "Chaque année, deux cent cinquante familles sont accueillies {au}, souvent adressées par la maternité ou par la PMI.",
    ),
    "cmpp": (
        "Consultation ambulatoire ouverte aux 0-20 ans, {le} soigne des troubles du développement et de la relation, avec quatre cents enfants suivis.",
        "{Le} tient à la clinique, au temps long et à l’échange : deux heures de synthèse hebdomadaires y sont sacrées.",
    ),
    "cmp": (
        "{Le} assure les consultations, les visites à domicile et le lien avec l’hospitalisation, pour un secteur de 70 000 habitants.",
        "Équipe mixte, réunion clinique le mardi, permanence d’accueil sans rendez-vous : {le} privilégie la réactivité.",
    ),
    "mas": (
        "{Le} est le lieu de vie d’adultes lourdement handicapés, qui ont besoin d’une présence et de soins continus.",
        "Cinq maisonnées, une balnéothérapie, un minibus : {le} fait vivre au quotidien le droit d’aller et venir.",
    ),
    "eam": (
        "{Le} accueille quarante adultes, dont six en accueil de jour, avec un accompagnement médico-social soutenu.",
        "Les résidents {du} ont entre 22 et 63 ans ; plusieurs ont choisi de travailler quelques heures par semaine à l’extérieur.",
    ),
    "eanm": (
        "{Le} héberge trente-huit adultes autonomes dans certains actes, en petites unités et en appartements.",
        "Ici, les résidents élisent leur conseil, choisissent leurs vacances et reçoivent leurs amis : {le} est d’abord leur maison.",
    ),
    "esat": (
        "{Le} réunit cent vingt travailleurs handicapés dans sept ateliers, des espaces verts à la restauration.",
        "Qualité certifiée, clients fidèles, parcours individualisés : {le} concilie production et développement des personnes.",
    ),
    "ea": (
        "Entreprise à part entière, {le} emploie une majorité de salariés reconnus travailleurs handicapés.",
        "Espaces verts, conditionnement, numérique : {le} se développe et certifie ses savoir-faire.",
    ),
    "savs": (
        "{Le} accompagne soixante personnes vivant en appartement, pour que chez-soi ne rime pas avec isolement.",
        "Une équipe de huit, des visites à domicile, un café hebdomadaire : {le} cultive le sur-mesure.",
    ),
    "samsah": (
        "{Le} associe accompagnement social et soins pour quarante-cinq adultes, avec une infirmière, un ergothérapeute et un médecin présents chaque semaine.",
        "Public en situation de handicap moteur, psychique ou cérébrolésé : la coordination des soins est au cœur {du}.",
    ),
    "gem": (
        "{Le} est une association d’adhérents qui s’entraident, avec l’appui de deux animateurs salariés.",
        "Ouvert cinq jours sur sept, {le} compte soixante adhérents et aucune blouse blanche.",
    ),
    "mdph": (
        "{Le} instruit chaque année 22 000 demandes et reçoit le public dans un espace entièrement réaménagé.",
        "L’équipe pluridisciplinaire {du} évalue les besoins de compensation et va, quand il le faut, à domicile.",
    ),
    "ehpad": (
        "{Le} accueille quatre-vingt-quatre résidents, dont quatorze en unité protégée, dans des locaux rénovés.",
        "Pôle d’activités et de soins adaptés, jardin clos, salle Snoezelen : {le} investit dans la qualité de vie de ses résidents et de ses équipes.",
        "L’organisation {du} repose sur des équipes dédiées par étage, un référent par résident et des horaires sans coupure.",
        "À {ville}, {le} est une maison ouverte : marché le jeudi, classe de CM1 le vendredi, familles à toute heure.",
    ),
    "residence-autonomie": (
        "{Le} propose soixante logements à des personnes de plus de 60 ans, autonomes mais entourées.",
        "Restaurant, ateliers, prévention : {le} retarde la dépendance et combat la solitude.",
    ),
    "accueil-jour-pa": (
        "{Le} reçoit du lundi au vendredi douze personnes ayant des troubles de la mémoire, et soutient leurs proches.",
        "Transport adapté, petit groupe, cuisine ouverte : {le} offre du répit sans jamais infantiliser.",
    ),
    "usld": (
        "{Le} prend soin de quarante patients polypathologiques, avec une forte présence médicale.",
        "Deux unités de vingt lits, un jardin thérapeutique, une équipe mobile de soins palliatifs toute proche : {le} soigne dans la durée.",
    ),
    "ssiad": (
        "{Le} dispose de soixante-quinze places et intervient sept jours sur sept, avec des véhicules récents et une tablette par soignant.",
        "Des tournées de neuf patients, un temps de bureau quotidien, une infirmière toujours joignable : {le} soigne ses soignants.",
    ),
    "had": (
        "{Le} prend en charge cinquante patients à domicile, avec une astreinte infirmière de nuit.",
        "Chimiothérapies, pansements complexes, soins palliatifs : {le} apporte l’hôpital à la maison.",
    ),
    "saa": (
        "{Le} intervient auprès de trois cents personnes âgées ou handicapées, en équipes autonomes de proximité.",
        "Sectorisé, {le} limite les déplacements et fidélise les binômes entre intervenants et bénéficiaires.",
    ),
    "saas": (
        "{Le} réunit aide et soins dans une même équipe et partage un plan d’accompagnement unique.",
        "Avec {le}, l’aide-soignante et l’auxiliaire de vie se voient chaque jour, et cela change tout pour la personne.",
    ),
    "saadf": (
        "{Le} soutient chaque année deux cents familles, sur financement de la CAF et du département.",
        "Naissance multiple, maladie d’un parent, mesure de protection : {le} intervient là où le quotidien vacille.",
    ),
    "mecs": (
        "{Le} héberge des enfants et des adolescents confiés par l’aide sociale à l’enfance, en petits groupes de vie.",
        "Quatre maisons, quarante-deux places, un service de suite : {le} travaille le lien plus que le lieu.",
        "Chacun des groupes {du} est animé par cinq éducateurs, une maîtresse de maison et un veilleur de nuit.",
    ),
    "village-enfants": (
        "{Le} réunit des frères et sœurs dans des maisons de six enfants, sous la responsabilité d’une éducatrice familiale.",
        "Huit maisons autour d’une place, un terrain de sport, une école à cinq minutes : {le} ressemble à un village, et c’en est un.",
    ),
    "foyer-enfance": (
        "{Le} accueille en urgence, observe, évalue et oriente des enfants de 3 à 18 ans.",
        "Ouvert toute l’année, {le} travaille avec le parquet, les écoles, l’hôpital et une centaine de familles.",
    ),
    "pouponniere": (
        "{Le} accueille dix-huit enfants de la naissance à 3 ans séparés de leurs parents, en unités de six.",
        "Une référente par enfant, des visites médiatisées quotidiennes, une attention constante à l’attachement : {le} suit des repères précis.",
    ),
    "centre-parental": (
        "{Le} offre vingt-quatre studios à des parents de jeunes enfants, et un collectif qui veille sans envahir.",
        "Jour et nuit, l’équipe {du} soutient des liens qui se construisent dans l’adversité.",
    ),
    "placement-familial": (
        "{Le} accompagne quatre-vingt-dix enfants chez des assistants familiaux et entoure ces derniers d’une équipe disponible jour et nuit.",
        "Un référent pour vingt enfants, une psychologue, des groupes d’échange mensuels : {le} prend soin de ses familles d’accueil.",
    ),
    "aemo-aed": (
        "{Le} exerce 480 mesures judiciaires et administratives, dont soixante renforcées, avec vingt-six mesures par travailleur social.",
        "À domicile, au café, en voiture : {le} va où se joue la relation entre l’enfant et ses parents.",
    ),
    "prevention-specialisee": (
        "{Le} réunit six éducateurs sur trois quartiers, avec deux soirées par semaine en présence sociale.",
        "Conventionné pour cinq ans, {le} a le temps de tenir ses promesses aux jeunes.",
    ),
    "lva": (
        "{Le} est une maison de sept jeunes et de quatre permanents, sans étages ni organigramme.",
        "On partage tout {au} : les repas, les trajets, les colères et les bonnes nouvelles.",
    ),
    "mna": (
        "{Le} accueille soixante mineurs non accompagnés, en hôtel social puis en appartements partagés.",
        "Scolarité, santé, démarches, langue, deuils : {le} avance sur tous les fronts avec des jeunes d’une énergie rare.",
    ),
    "chrs": (
        "{Le} héberge soixante-cinq adultes et familles, en collectif et en appartements diffus.",
        "Équipe de douze, présence jour et nuit, atelier d’adaptation à la vie active : {le} mise sur la durée et sur la confiance.",
    ),
    "chu": (
        "{Le} offre cent vingt places d’urgence, ouvertes toute l’année et sans sélection.",
        "Orientations par le 115, séjours incertains, présences précieuses : {le} tient l’accueil inconditionnel.",
    ),
    "cada": (
        "{Le} héberge cent trente demandeurs d’asile, en appartements, et les accompagne jusqu’à la décision.",
        "Récit, santé, scolarité, français : quatre piliers structurent l’action {du}.",
    ),
    "cph": (
        "{Le} accompagne cinquante réfugiés vers l’emploi et le logement, pour neuf mois renouvelables.",
        "Bailleurs, entreprises et bénévoles : {le} s’appuie sur un réseau patiemment tissé.",
    ),
    "pension-famille": (
        "{Le} compte vingt-cinq logements, des espaces communs et deux hôtes présents en journée.",
        "Sans limite de durée, {le} est un chez-soi pour celles et ceux qui ont connu la rue ou l’hôpital.",
    ),
    "residence-sociale": (
        "{Le} loge quatre-vingt-dix personnes en situation de précarité, avec un accompagnement léger mais constant.",
        "Au-delà du bail, l’équipe {du} prévient les impayés et crée du voisinage.",
    ),
    "fjt": (
        "{Le} loge cent dix jeunes de 16 à 30 ans, en mobilité, en apprentissage ou en rupture.",
        "Accueil 24 heures sur 24, animation, accompagnement social : {le} est un tremplin.",
    ),
    "act": (
        "{Le} propose vingt-huit places à des personnes malades et sans logement, pour se soigner et se poser.",
        "Médecin, infirmière, travailleurs sociaux : {le} coordonne le soin et la vie.",
    ),
    "lhss": (
        "{Le} accueille vingt-cinq personnes sans domicile dont l’état de santé ne supporte plus la rue.",
        "Soins continus, séjours de deux mois renouvelables, travail d’orientation : {le} répare et prépare.",
    ),
    "emmsp": (
        "{Le} parcourt la ville quatre soirs par semaine, avec un binôme social et soignant.",
        "Maraudes, permanences en accueil de jour, accompagnements physiques : {le} ne renonce devant aucune porte.",
    ),
    "csapa": (
        "{Le} suit 1 100 patients, avec ou sans produit, dans une approche globale et sans jugement.",
        "Consultations, groupes, traitements de substitution, consultation jeunes consommateurs : {le} couvre tout le parcours.",
    ),
    "caarud": (
        "{Le} reçoit chaque jour soixante usagers, pour un café, du matériel, une douche, un soin, un début de projet.",
        "Accueil, travail de rue, milieu festif : {le} sauve des vies en les respectant.",
    ),
    "mjpm": (
        "{Le} exerce 940 mesures, confiées à vingt-deux mandataires répartis en trois antennes.",
        "Pôle juridique, pôle comptable, accueil dédié : {le} a organisé les fonctions supports autour du mandataire.",
    ),
    "dpf": (
        "{Le} met en œuvre soixante-dix mesures d’aide à la gestion du budget familial.",
        "Au service des enfants et de leurs besoins, {le} agit avec les parents, jamais contre eux.",
    ),
    "pmi": (
        "{Le} couvre sept communes et assure consultations, visites à domicile et suivi des modes d’accueil.",
        "Sage-femme, médecin, puéricultrices, auxiliaire : l’équipe {du} se réunit chaque lundi.",
    ),
    "eaje": (
        "{Le} accueille trente-deux enfants de dix semaines à trois ans, en âges mêlés.",
        "Jardin, cuisine sur place, atelier de peinture au sol : {le} laisse aux petits la liberté d’explorer.",
        "Projet d’accueil bienveillant, trois journées pédagogiques annuelles : {le} soigne aussi le temps des adultes.",
    ),
    "mda": (
        "{Le} reçoit sans rendez-vous des adolescents et leurs parents, gratuitement et en confidence.",
        "Écouter d’abord, orienter ensuite : {le} réunit le soin, l’éducatif et le juridique sous un même toit.",
    ),
    "paej": (
        "{Le} offre une écoute de première ligne à six cents jeunes par an.",
        "Canapé, bouilloire, silence respecté : {le} est un lieu où l’on vient sans motif déclaré.",
    ),
    "mission-locale": (
        "{Le} accompagne les 16-25 ans et porte le contrat d’engagement jeune sur tout son territoire.",
        "Conseillers, psychologue, chargée de relation entreprises : {le} travaille en équipe pluridisciplinaire.",
    ),
    "siae": (
        "{Le} emploie quarante salariés en insertion et produit pour des collectivités, des bailleurs et des particuliers.",
        "Un bon chantier est un chantier livré et une personne relancée : {le} tient les deux bouts.",
    ),
    "centre-social": (
        "{Le} est agréé par la CAF et porté par ses habitants ; son projet social a été renouvelé pour quatre ans.",
        "Parentalité, jeunesse, seniors, français langue étrangère : {le} fait place à tous.",
    ),
    "ccas": (
        "{Le} assure l’accueil social, l’instruction des aides légales et facultatives, la domiciliation et les secours d’urgence.",
        "Service public de proximité, {le} reçoit quarante personnes par jour et n’en renvoie aucune sans réponse.",
    ),
    "departement": (
        "{Le} met en œuvre l’action sociale de proximité, la prévention et la protection de l’enfance sur son territoire.",
        "Équipe de quatorze travailleurs sociaux, deux cadres, trois secrétaires : {le} a fait du soutien mutuel une organisation.",
        "Accueil inconditionnel le matin, visites l’après-midi : {le} a protégé le temps d’accompagnement.",
    ),
    "dac": (
        "{Le} répond à tous les professionnels confrontés à une situation complexe, quels que soient l’âge ou la pathologie.",
        "Trois antennes, un numéro unique, des binômes santé et social : {le} va au domicile sous cinq jours.",
    ),
    "formation-sociale": (
        "{Le} réunit 720 étudiants et apprentis, cinquante salariés et quatre cents intervenants occasionnels.",
        "Bibliothèque, laboratoire de recherche, plateau de simulation : {le} a les moyens de ses idées.",
    ),
    "siege": (
        "{Le} rassemble les fonctions de direction, de ressources humaines, de finances et de qualité.",
        "Une petite équipe au service de tous les établissements : {le} tient à rester proche du terrain.",
    ),
}

BENEFITS: dict[str, tuple[str, ...]] = {
    "ccn66": (
        "Rémunération selon la convention collective du 15 mars 1966, reprise d’ancienneté",
        "Congés trimestriels selon la filière, en plus des congés annuels",
        "Indemnité « Laforcade » ou « Ségur » de 238 € brut versée chaque mois",
        "Complémentaire santé prise en charge à 60 %, œuvres sociales du CSE",
        "Analyse de la pratique et plan de formation",
    ),
    "ccn51": (
        "Rémunération selon la convention collective du 31 octobre 1951, reprise d’ancienneté à 100 %",
        "Prime décentralisée de 5 % et complément métier",
        "Complémentaire santé et prévoyance avantageuses",
        "Restauration sur place à prix modéré",
        "Aide au logement par Action Logement",
    ),
    "fpt": (
        "Recrutement statutaire, ou contractuel sur le fondement de l’article L332-8 2° du code général de la fonction publique",
        "Traitement indiciaire, régime indemnitaire, supplément familial, complément de traitement indiciaire",
        "Participation de l’employeur à la mutuelle et à la prévoyance",
        "Vingt-cinq jours de congés et jours de réduction du temps de travail",
        "Comité d’action sociale, titres restaurant",
    ),
    "fph": (
        "Recrutement par mutation, détachement ou contrat, mise en stage possible",
        "Traitement selon la grille de la fonction publique hospitalière, complément de traitement indiciaire inclus",
        "Prime de service, forfait mobilités durables",
        "Crèche et restaurant du personnel",
        "Vingt-huit jours de congés et jours de réduction du temps de travail",
    ),
    "bad": (
        "Rémunération selon la convention collective de la branche de l’aide à domicile, avenant 43",
        "Temps et frais de trajet indemnisés",
        "Téléphone professionnel et équipements fournis",
        "Évolution possible par la formation diplômante",
        "Complémentaire santé, avantages du CSE",
    ),
    "fhp": (
        "Convention de l’hospitalisation privée et son annexe EHPAD, reprise d’ancienneté",
        "Prime d’assiduité et prime de cooptation",
        "Repas offert pendant le service",
        "Cycle de travail choisi, révisable chaque semestre",
        "Mutuelle d’entreprise",
    ),
    "chrs": (
        "Rémunération selon les accords CHRS, reprise d’ancienneté",
        "Neuf jours de congés supplémentaires par an",
        "Supervision d’équipe toutes les trois semaines",
        "Titres restaurant et prise en charge du transport à 75 %",
        "Accès à la formation dès la première année",
    ),
    "missions-locales": (
        "Convention collective des missions locales, cotation 11 à 13 selon l’expérience",
        "Horaires variables, télétravail un jour par semaine",
        "Titres restaurant, prime de vacances",
        "Véhicule de service pour les permanences",
    ),
    "mutualite": (
        "Convention collective de la mutualité, treizième mois et prime de vacances",
        "Mutuelle familiale prise en charge à 80 %",
        "Intéressement et compte épargne temps",
        "Mobilité interne encouragée",
    ),
    "alisfa": (
        "Rémunération selon la convention ALISFA, pesée révisée en 2024",
        "Une semaine de congés supplémentaire en hiver",
        "Formation de branche et accompagnement à la VAE",
        "Prise en charge des frais de transport à 75 %",
    ),
    "hla": (
        "Convention de l’habitat et du logement accompagnés",
        "Chèques vacances et complémentaire santé",
        "Possibilité de logement temporaire",
        "Récupération majorée des soirées",
    ),
    "aci": (
        "Convention collective des ateliers et chantiers d’insertion",
        "Semaine de quatre jours et demi",
        "Titre professionnel financé par l’employeur",
        "Vêtements de travail et panier repas",
    ),
    "accord-entreprise": (
        "Accord d’entreprise plus favorable que le droit commun",
        "Treizième mois après un an de présence",
        "Jours de repos supplémentaires et semaine de quatre jours possible",
        "Prise en charge des transports et forfait vélo",
    ),
    "aucune": (
        "Rémunération négociée selon l’expérience",
        "Statut cadre le cas échéant, prévoyance et retraite supplémentaire",
        "Frais de recrutement et de déménagement pris en charge",
    ),
}

# What the agreement adds to (or takes from) the middle of the market, as a factor.
PAY_FACTOR: dict[str, float] = {
    "ccn66": 1.0, "ccn51": 1.02, "fpt": 1.03, "fph": 1.04, "bad": 0.98, "fhp": 1.01, "chrs": 0.99, "missions-locales": 1.02,
    "mutualite": 1.05, "alisfa": 0.97, "hla": 0.98, "aci": 0.97, "accord-entreprise": 1.04, "aucune": 1.08,
}  # fmt: skip

CLOSINGS = (
    "Merci d’adresser votre candidature avec un CV et quelques lignes qui vous ressemblent. Nous répondons à chacun, sous quinze jours.",
    "Les entretiens auront lieu {a_ville}, avec une visite et un déjeuner en équipe ; les frais de transport sont remboursés.",
    "Vous hésitez ? Venez passer une demi-journée avec nous avant de postuler, sans engagement.",
    "Une première conversation par téléphone précédera l’entretien avec la direction et une personne de l’équipe.",
    "À compétences égales, tous les profils sont étudiés avec la même attention.",
    "Les candidatures sont lues au fil de l’eau ; le poste pourra être pourvu avant la fin de la parution.",
    "Dans le cadre de la protection des publics, une attestation d’honorabilité sera demandée à la personne recrutée.",
)

INSERTS = (
    "{Employeur} recrute {pour_le} : {titre}. {contrat}, {temps}. {Debut}. Une équipe stable, un projet vivant et le temps de bien faire. Candidatures sur le site du magazine.",
    "{titre}, {a_ville}. {contrat}, {temps}. Reprise d’ancienneté, formation, analyse de la pratique. Postulez en ligne, avec un CV et quelques lignes.",
    "{Le} recherche : {titre}. {contrat}, {temps}. {Debut}. Rejoignez un collectif qui prend soin de ses professionnels. Répondre en ligne, CV et courte lettre.",
)

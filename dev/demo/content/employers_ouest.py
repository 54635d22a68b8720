"""Employers of Bretagne and Nouvelle-Aquitaine."""

from dev.demo.content.shapes import Employer, House

EMPLOYERS = (
    Employer(
        key="ti-avel",
        name="Association Ti Avel",
        sector="associatif",
        insee="29019",
        agreement="ccn66",
        founded=1974,
        staff=290,
        tagline="La maison du vent, ouverte aux plus fragiles",
        street="16 rue de Siam",
        ads=7,
        houses=(
            House("eeap", "EEAP Les Goélands"),
            House("mas", "MAS Ti Avel"),
            House("eam", "EAM Kerlann"),
        ),
        text="""
Ti Avel accompagne à Brest des enfants et des adultes polyhandicapés, de leur premier fauteuil à leurs cheveux gris. On y sait lire un battement
de cils, ajuster une posture au millimètre, attendre une réponse pendant une minute entière.

L’association a construit ses maisons autour de patios abrités du vent d’ouest. Chaque résident a sa chambre, son rythme, son référent ; les
familles entrent sans sonner.

Kinésithérapeutes, ergothérapeutes, accompagnants et infirmiers suivent ensemble la même formation au polyhandicap, cinq jours par an, et
partagent un dossier unique. Des rails au plafond équipent toutes les pièces : ici, on ne porte plus à bras.
""",
    ),
    Employer(
        key="saint-meldan",
        name="CCAS de Saint-Meldan",
        sector="public territorial",
        insee="35360",
        agreement="fpt",
        founded=1986,
        staff=120,
        tagline="La solidarité à hauteur de commune",
        street="2 place du Marchix",
        ads=4,
        on_invoice=True,
        houses=(
            House("ccas", "CCAS de Saint-Meldan"),
            House("saa", "Service d’aide à domicile municipal"),
            House("residence-autonomie", "Résidence autonomie La Hallerie"),
        ),
        text="""
Au rez-de-chaussée de la mairie, une porte rouge : c’est le CCAS. On y vient pour une facture d’énergie, une place en résidence, une
domiciliation, ou parce qu’on ne sait plus à qui parler. Trois travailleurs sociaux assurent un accueil inconditionnel chaque matin.

L’établissement emploie 120 agents, dont 80 à domicile. Une élue les rencontre tous les mois sans intermédiaire. La collectivité a revu le régime
indemnitaire en 2025 et prend en charge l’intégralité des frais kilométriques.
""",
    ),
    Employer(
        key="le-grand-pre",
        name="Habitat Jeunes Le Grand Pré",
        sector="associatif",
        insee="56260",
        agreement="hla",
        founded=1959,
        staff=33,
        tagline="Se loger pour se lancer",
        street="14 avenue Victor Hugo",
        ads=3,
        houses=(
            House("fjt", "Résidence Habitat Jeunes Le Grand Pré"),
            House("residence-sociale", "Résidence sociale La Rabine"),
        ),
        text="""
Apprentis du chantier naval, internes de l’hôpital, jeunes en rupture familiale : ils sont 230 à vivre dans nos trois résidences du pays de Vannes.
La mixité n’est pas un mot de plaquette, elle se règle chaque soir à la cuisine collective.

L’équipe socio-éducative anime, écoute, tranche parfois. Elle organise avec les résidents un festival, un atelier de réparation et un
conseil de vie sociale qui décide vraiment d’un budget.
""",
    ),
    Employer(
        key="armor-coordination",
        name="Armor Coordination",
        sector="associatif",
        insee="22278",
        agreement="ccn51",
        founded=2018,
        staff=29,
        tagline="Un numéro unique quand tout se complique",
        street="48 boulevard Carnot",
        ads=3,
        houses=(House("dac", "Dispositif d’appui à la coordination Armor"),),
        text="""
Une femme de 84 ans, diabétique, un fils schizophrène à charge, un médecin parti à la retraite : c’est pour de telles situations que le
dispositif existe. Les professionnels du territoire nous appellent, nous répondons dans la journée, nous allons sur place.

Vingt-neuf coordinateurs, infirmiers, assistants de service social, ergothérapeutes et un gériatre couvrent 160 communes depuis quatre
antennes. La diversité des métiers fait la force des évaluations, toujours menées en binôme.

Télétravail deux jours par semaine, véhicule partagé, forfait de 206 jours pour les cadres.
""",
    ),
    Employer(
        key="echoppes-solidaires",
        name="Les Échoppes solidaires",
        sector="associatif",
        insee="33063",
        agreement="chrs",
        founded=1985,
        staff=210,
        tagline="Hospitalité et droit commun",
        street="71 cours de l’Yser",
        ads=7,
        tier="marque",
        houses=(
            House("chrs", "CHRS Saint-Michel"),
            House("cada", "CADA des Deux Ponts"),
            House("mna", "Accueil Cap au large"),
            House("lhss", "Lits halte soins santé des Capucins"),
        ),
        text="""
Bordeaux attire, Bordeaux loge mal. Les Échoppes solidaires transforment depuis quarante ans des maisons vides en lieux d’accueil : on compte
aujourd’hui soixante et une adresses, du studio à l’ancien couvent.

Nos publics sont ceux que la ville oublie au petit matin, familles à l’hôtel, demandeurs d’asile, sortants de prison, jeunes étrangers isolés. Nos équipes
sont celles que l’on remarque : juristes tenaces, infirmières inventives, cuisiniers qui connaissent les recettes de douze pays.

Chaque salarié peut saisir le comité de mission, qui publie ses avis. L’association s’est engagée à ne laisser aucun poste de nuit
seul et à compenser chaque heure de réunion.
""",
    ),
    Employer(
        key="chenes-alienor",
        name="Les Chênes d’Aliénor",
        sector="associatif",
        insee="86194",
        agreement="ccn66",
        founded=1966,
        staff=225,
        tagline="L’école pour tous les enfants, avec les moyens qu’il faut",
        street="95 rue de la Gibauderie",
        ads=6,
        houses=(
            House("ime", "IME Pierre-Levée"),
            House("iem", "IEM du Clain"),
            House("sessad", "SESSAD Aliénor"),
        ),
        text="""
La moitié des enfants de nos instituts suivent leur classe dans une école ou un collège de Poitiers. Les murs de l’IME n’ont pas disparu, ils
servent de base arrière : rééducations, ateliers, répit, fêtes.

Cette organisation suppose des professionnels mobiles, à l’aise avec les enseignants, capables d’expliquer un trouble du langage à une
salle des maîtres un vendredi à 16 h 30. Nous les y préparons.

Deux cent vingt-cinq salariés, trois sites accessibles en bus, calendrier scolaire aménagé, dix-huit jours de congés trimestriels pour
les éducatifs : l’équilibre est réel.
""",
    ),
    Employer(
        key="sources-adour",
        name="EHPAD Les Sources de l’Adour",
        sector="public hospitalier",
        insee="40088",
        agreement="fph",
        founded=1965,
        staff=104,
        tagline="Thermalisme, gascon et grand âge",
        street="24 avenue de la Gare",
        ads=4,
        houses=(House("ehpad", "EHPAD Les Sources"), House("ssiad", "SSIAD du Marensin")),
        text="""
L’établissement a une particularité que Dax seule pouvait offrir : un bassin d’eau chaude où les résidents flottent deux fois par semaine, avec un
masseur-kinésithérapeute et un aide-soignant formé.

Cent vingt lits, un service de soins à domicile de soixante places, une équipe stable. Le projet d’établissement prévoit pour 2027
l’ouverture d’une unité de dix places pour personnes handicapées vieillissantes, et les recrutements ont commencé.

On travaille en horaires fixes, on déjeune au patio, on part à la retraite ici : l’âge moyen du premier départ volontaire est de 61 ans.
""",
    ),
    Employer(
        key="phare-des-petits",
        name="Le Phare des Petits",
        sector="associatif",
        insee="17300",
        agreement="ccn51",
        founded=1982,
        staff=44,
        tagline="Repérer tôt, soutenir longtemps",
        street="39 avenue Jean Guiton",
        ads=4,
        houses=(House("camsp", "CAMSP du Phare"), House("cmpp", "CMPP du Phare")),
        text="""
Huit cents enfants franchissent chaque année la porte du Phare, certains à quelques semaines de vie. Prématurité, troubles du langage, du
neurodéveloppement, de la relation : nous évaluons vite et nous rééduquons sans délai.

L’équipe est exclusivement pluridisciplinaire : pédiatre, pédopsychiatre, orthophonistes, psychomotriciens, ergothérapeute, psychologues,
éducatrices de jeunes enfants. Les synthèses se tiennent le lundi matin, sur le temps de travail, et les comptes rendus ont leur
plage réservée.

La liste d’attente nous préoccupe : l’agence régionale de santé vient d’autoriser cinq postes supplémentaires.
""",
    ),
    Employer(
        key="limousin-presence",
        name="Limousin Présence",
        sector="associatif",
        insee="87085",
        agreement="bad",
        founded=1971,
        staff=340,
        tagline="De Limoges aux Monédières, une main sur l’épaule",
        street="17 avenue Garibaldi",
        ads=6,
        houses=(
            House("saas", "Service autonomie Limousin Présence"),
            House("saadf", "Soutien aux familles"),
            House("ssiad", "SSIAD des Monts"),
        ),
        text="""
Sur le plateau, la voisine la plus proche habite parfois à quatre kilomètres. Nos intervenantes sont alors le lien, le journal et la première
alerte. Limousin Présence compte 340 salariés et suit 1 700 foyers dans le plus vieux des territoires de métropole.

Nous avons découpé la carte en vingt-six micro-secteurs. Les équipes se réunissent chaque semaine dans une salle prêtée par la mairie, et
choisissent leur planning. Temps partiel choisi, indemnités kilométriques au barème fiscal, vêtements et chaussures fournis.

Formation en alternance au diplôme d’accompagnant éducatif et social, payée à 100 % : dix-huit promus en deux ans.
""",
    ),
    Employer(
        key="etxe-alaia",
        name="Maison d’enfants Etxe Alaia",
        sector="associatif",
        insee="64102",
        agreement="ccn66",
        founded=1951,
        staff=68,
        tagline="La maison joyeuse",
        street="Chemin de Hargous",
        ads=4,
        houses=(House("mecs", "MECS Etxe Alaia"), House("foyer-enfance", "Accueil d’urgence Itsasoa")),
        text="""
Etxe Alaia signifie « la maison joyeuse ». Le nom a été choisi par des enfants, dans les années cinquante, et il oblige. Quarante-cinq jeunes y
vivent, en trois maisons, entre le fronton et la forêt.

Notre pédagogie passe par le corps et le groupe : surf, pelote, chant, cuisine. Un projet de transfert se monte chaque été, avec nuits sous la
tente et carnets de route. Ce sont ces souvenirs-là que les anciens racontent lorsqu’ils reviennent.

Équipe de soixante-huit professionnels, une psychologue par maison, analyse de la pratique toutes les trois semaines.
""",
    ),
    Employer(
        key="vieux-pressoir",
        name="Foyer médicalisé Le Vieux Pressoir",
        sector="associatif",
        insee="24322",
        agreement="ccn51",
        founded=1992,
        staff=78,
        tagline="Autisme et âge adulte, en Périgord",
        street="Lieu-dit Le Pressoir",
        ads=4,
        houses=(House("eam", "EAM Le Vieux Pressoir"), House("savs", "SAVS de l’Isle")),
        text="""
Quarante adultes autistes habitent cinq maisons à flanc de coteau, près de Périgueux. Chacune a été dessinée avec un architecte et une
neuropsychologue : acoustique douce, lumière réglable, espaces de retrait, potager à portée de main.

Les accompagnements suivent les recommandations de la Haute Autorité de santé. Communication alternative, évaluation fonctionnelle, santé
somatique suivie de près : l’équipe est formée pendant trois semaines avant sa première journée seule.

Le taux d’encadrement est de 1,4 professionnel par résident. C’est notre choix budgétaire le plus constant.
""",
    ),
)

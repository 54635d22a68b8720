"""Employers of Île-de-France and Hauts-de-France."""

from dev.demo.content.shapes import Employer, House

EMPLOYERS = (
    Employer(
        key="passerelles-urbaines",
        name="Passerelles urbaines",
        sector="associatif",
        insee="75056",
        agreement="chrs",
        founded=1991,
        staff=280,
        tagline="De la rue au chez-soi, sans rupture",
        street="44 rue de la Fontaine au Roi",
        ads=9,
        tier="marque-plus",
        houses=(
            House("chrs", "CHRS Les Récollets"),
            House("chu", "Centre d’hébergement d’urgence Bercy"),
            House("pension-famille", "Pension de famille Le Passage"),
            House("emmsp", "Équipe mobile Est parisien"),
        ),
        text="""
Chaque nuit, 1 100 personnes dorment dans un lieu que nous gérons : familles avec enfants, femmes seules, grands marginaux, jeunes
sortants de l’aide sociale à l’enfance. Passerelles urbaines est née d’une maraude d’hiver ; elle compte désormais seize sites
à Paris et en petite couronne.

Notre conviction tient en deux mots : logement d’abord. Les équipes cherchent un bail avant de chercher la perfection, puis accompagnent
aussi longtemps qu’il le faut. Les travailleurs sociaux sont référents de dix-huit ménages au plus et disposent d’un budget d’aide
directe qu’ils engagent eux-mêmes.

Nous sommes exigeants sur l’accueil des nouveaux collègues : trois jours d’intégration, une semaine en double, un parrain dans un autre
service. Et parce que vivre à Paris coûte cher, vingt logements sont réservés aux salariés à loyer modéré.
""",
    ),
    Employer(
        key="fondation-renee-marsac",
        name="Fondation Renée-Marsac",
        sector="fondation",
        insee="93048",
        agreement="ccn51",
        founded=1947,
        staff=195,
        tagline="Soigner là où la précarité abîme",
        street="120 rue de Rosny",
        ads=6,
        houses=(
            House("csapa", "CSAPA La Ruche"),
            House("caarud", "CAARUD Le Comptoir"),
            House("lhss", "Lits halte soins santé Les Buttes"),
            House("act", "Appartements de coordination thérapeutique"),
        ),
        text="""
Renée Marsac, médecin d’un dispensaire de Montreuil, répétait qu’on ne soigne pas quelqu’un qui n’a nulle part où revenir. La
fondation tient ensemble le soin et l’hébergement : addictologie, réduction des risques, lits halte soins santé, appartements
thérapeutiques.

Médecins, infirmiers, éducateurs, assistants de service social et médiateurs pairs se retrouvent chaque matin pour une demi-heure de
transmissions, sans chef ni ordre du jour imposé. Les décisions cliniques se prennent là.

L’équipe accueille tous les publics sans condition d’abstinence. Si vous aimez le travail d’équipe, l’imprévu et la précision, vous
trouverez ici votre place, et une formation à l’entretien motivationnel dans les trois premiers mois.
""",
    ),
    Employer(
        key="lilas-bleus",
        name="La Maison des Lilas bleus",
        sector="associatif",
        insee="91228",
        agreement="ccn66",
        founded=1958,
        staff=96,
        tagline="Une enfance en groupe de huit",
        street="6 allée des Lilas",
        ads=5,
        houses=(
            House("mecs", "MECS Les Lilas bleus"),
            House("aemo-aed", "Service éducatif renforcé à domicile"),
        ),
        text="""
La maison d’enfants accueille cinquante-six garçons et filles de 4 à 18 ans en sept groupes de huit, chacun dans son pavillon, avec
cuisine, jardin et chien de la maison. Les repas sont préparés avec les enfants ; il n’y a plus de liaison froide depuis 2018.

Trois éducateurs et une maîtresse de maison forment le noyau stable de chaque groupe. Le roulement donne un week-end sur trois travaillé,
et les veilleurs de nuit participent aux synthèses : ils savent des choses que la journée ignore.

Un service éducatif renforcé suit en parallèle trente familles à domicile, pour préparer les retours ou éviter les départs.
""",
    ),
    Employer(
        key="val-de-brie",
        name="Département du Val-de-Brie",
        sector="public territorial",
        insee="77288",
        agreement="fpt",
        founded=1968,
        staff=4200,
        tagline="Au service des solidarités, de la naissance au grand âge",
        street="1 place de l’Hôtel du département",
        ads=10,
        tier="marque",
        on_invoice=True,
        houses=(
            House("departement", "Maison des solidarités de Melun"),
            House("departement", "Direction de la protection de l’enfance"),
            House("pmi", "Centre de PMI de la Brie centrale"),
            House("mdph", "Maison départementale des personnes handicapées"),
        ),
        text="""
Première administration sociale du territoire, le département emploie 1 600 agents dans ses directions de l’enfance, de l’autonomie et de
l’insertion. Quatorze maisons des solidarités reçoivent le public sans rendez-vous chaque matin.

Les plafonds sont votés et tenus : vingt-huit mesures par référent de l’aide sociale à l’enfance, un encadrant pour neuf travailleurs
sociaux, un secrétariat dédié dans chaque équipe. Une brigade de titulaires remplaçants couvre les congés longs.

Mobilité interne facilitée, école de la pratique, prise en charge de la moitié du titre de transport, complémentaire santé, télétravail
deux jours par semaine lorsque le poste s’y prête. Les contractuels sont accompagnés vers les concours sur leur temps de travail.
""",
    ),
    Employer(
        key="mutuelle-harmelia",
        name="Mutuelle Harmélia",
        sector="mutualiste",
        insee="94028",
        agreement="mutualite",
        founded=1923,
        staff=640,
        tagline="Des services de soin et d’accompagnement ouverts à tous",
        street="15 avenue du Général Pierre Billotte",
        ads=7,
        houses=(
            House("eaje", "Crèche Les Petits Meuniers"),
            House("ehpad", "EHPAD Les Bords de Marne"),
            House("ssiad", "SSIAD Val de Marne centre"),
            House("samsah", "SAMSAH Harmélia"),
        ),
        text="""
Une mutuelle n’a pas d’actionnaires : les excédents d’Harmélia financent depuis un siècle des services que ni le marché ni l’État
n’ouvraient. Six crèches, trois EHPAD, deux services de soins à domicile et un SAMSAH accueillent adhérents et non-adhérents, au
même tarif.

Les métiers y dialoguent. Une aide-soignante d’EHPAD passe une journée en crèche lors des rencontres intergénérationnelles, une
psychomotricienne partage son temps entre les deux âges de la vie. Trente mobilités internes ont eu lieu l’an dernier.

Salaire sur treize mois et demi, mutuelle familiale prise en charge à 80 %, intéressement : nous tenons à ce que prendre soin des autres
permette de prendre soin des siens.
""",
    ),
    Employer(
        key="espace-ricochet",
        name="Espace Ricochet",
        sector="associatif",
        insee="95127",
        agreement="alisfa",
        founded=1987,
        staff=27,
        tagline="Le centre social où les habitants ont les clés",
        street="Place des Touleuses",
        ads=3,
        houses=(House("centre-social", "Centre social Ricochet"), House("eaje", "Halte-garderie Ricochet")),
        text="""
Ricochet n’a pas d’enseigne lumineuse mais une terrasse, un café à prix libre et quatre cents adhérents. Au conseil d’administration, les
habitants sont majoritaires ; au comité d’animation, ils sont seuls à voter.

Accompagnement à la scolarité, ateliers de français, sorties familiales, jardin partagé, halte-garderie de douze places : vingt-sept salariés et
soixante bénévoles font tourner la maison six jours sur sept. Le nouveau projet social met l’accent sur les 11-15 ans et sur les
parents qui élèvent seuls leurs enfants.
""",
    ),
    Employer(
        key="cabinet-arpege",
        name="Cabinet Arpège médico-social",
        sector="privé",
        insee="92012",
        agreement="aucune",
        founded=2011,
        staff=12,
        tagline="Le recrutement de dirigeants du secteur non lucratif",
        street="88 route de la Reine",
        ads=4,
        houses=(
            House("siege", "Association gestionnaire du secteur du handicap"),
            House("ehpad", "EHPAD associatif francilien"),
        ),
        text="""
Arpège recrute des directrices, des directeurs et des cadres pour les associations, fondations et mutuelles de l’action sociale. Nos six
consultants ont tous dirigé un établissement avant de conseiller ceux qui les dirigent.

Nous présentons quatre candidatures, jamais quinze. Chaque personne reçue obtient une réponse motivée, de vive voix ; chaque employeur, une
analyse franche de ce qui rend son poste attirant ou non. Deux ans après, neuf cadres sur dix sont encore en fonction.
""",
    ),
    Employer(
        key="petit-colibri",
        name="Crèches Petit Colibri",
        sector="privé",
        insee="78646",
        agreement="accord-entreprise",
        founded=2014,
        staff=84,
        tagline="Huit petites crèches, dehors par tous les temps",
        street="23 rue du Maréchal Foch",
        ads=5,
        houses=(House("eaje", "Crèche du Potager"), House("eaje", "Micro-crèche du Chesnay", "78158")),
        text="""
Chez Petit Colibri, on sort tous les jours, même sous la pluie : bottes, salopettes et potager font partie du projet. Nos huit crèches
versaillaises accueillent entre douze et trente-deux enfants chacune.

Le taux d’encadrement est d’un adulte pour cinq enfants, tous âges confondus. Trois journées pédagogiques par an, une psychologue
présente deux demi-journées par mois, du temps d’équipe payé le soir une fois par mois : nous pensons que la qualité de l’accueil se
joue là.

Fermeture entre Noël et le jour de l’An, semaine de quatre jours possible, treizième mois après un an.
""",
    ),
    Employer(
        key="beffroi-solidaire",
        name="Le Beffroi solidaire",
        sector="associatif",
        insee="59350",
        agreement="ccn66",
        founded=1957,
        staff=350,
        tagline="Aller vers les jeunes et leurs familles",
        street="37 rue de Wazemmes",
        ads=9,
        tier="marque",
        houses=(
            House("prevention-specialisee", "Équipe de prévention Lille-Sud"),
            House("aemo-aed", "Service AEMO de la métropole"),
            House("mna", "Service d’accueil Boussole"),
            House("paej", "Point accueil écoute jeunes Le Kiosque"),
        ),
        text="""
Des éducateurs de rue sans bureau fixe, un service d’AEMO qui reçoit les familles le samedi, un accueil pour jeunes venus seuls de l’autre
bout du monde : le Beffroi travaille là où sont les gens, aux heures où ils y sont.

L’association est habilitée justice et aide sociale à l’enfance. Ses neuf services interviennent dans vingt-trois communes de la
métropole lilloise, auprès de 4 000 enfants et jeunes par an.

Notre projet 2024-2028 a été écrit en assemblée, avec les jeunes. Il parle de santé mentale, d’emprise numérique, de racisme, de logement ;
il engage aussi l’employeur sur l’égalité des salaires, le temps de réflexion collective et la sécurité des équipes.

Un droit à la formation de cinq jours par an est ouvert dès la première année, et les référents bénéficient d’une supervision
individuelle.
""",
    ),
    Employer(
        key="peupliers-de-la-scarpe",
        name="EHPAD public Les Peupliers de la Scarpe",
        sector="public hospitalier",
        insee="59178",
        agreement="fph",
        founded=1894,
        staff=128,
        tagline="L’ancien hospice devenu maison commune",
        street="75 rue des Bénédictins",
        ads=4,
        on_invoice=True,
        houses=(
            House("ehpad", "EHPAD Les Peupliers"),
            House("residence-autonomie", "Résidence autonomie La Scarpe"),
        ),
        text="""
L’hospice de 1894 a gardé sa cour pavée et son kiosque. Derrière les façades de brique, tout a été refait : 132 chambres individuelles, une
unité d’hébergement renforcée, un pôle d’activités et de soins adaptés, une salle de cinéma où les écoliers du quartier viennent le jeudi.

Établissement public autonome, nous employons 128 agents, titulaires pour les trois quarts. L’encadrement de proximité a été renforcé :
un cadre pour trente-cinq soignants, présent le week-end une fois sur quatre.

La commune réserve à nos agents des places en crèche et un tarif préférentiel de stationnement.
""",
    ),
    Employer(
        key="coquelicots-artois",
        name="Les Coquelicots d’Artois",
        sector="associatif",
        insee="62041",
        agreement="ccn66",
        founded=1965,
        staff=390,
        tagline="Des adultes chez eux, dans la ville",
        street="19 rue de la Paix",
        ads=7,
        houses=(
            House("mas", "MAS Les Trois Fontaines"),
            House("eanm", "Foyer de vie Les Coquelicots"),
            House("esat", "ESAT de l’Artois"),
            House("samsah", "SAMSAH d’Artois"),
        ),
        text="""
Près de sept cents adultes handicapés vivent, travaillent ou se soignent avec l’appui des Coquelicots. L’association de parents d’origine
s’est ouverte : son conseil d’administration compte désormais quatre personnes accompagnées, élues par leurs pairs.

La maison d’accueil spécialisée accueille quarante-cinq résidents lourdement handicapés dans des maisonnées de neuf. Les soins y sont
précis, le rythme volontairement lent. À l’ESAT, la blanchisserie et la conserverie tournent avec les commandes des hôpitaux et des
restaurateurs arrageois.

Ce qui fait rester : des équipes complètes, un parcours d’intégration de quatre semaines, et des chefs de service qui ont tous exercé
auprès des personnes.
""",
    ),
    Employer(
        key="nid-hirondelle",
        name="Centre parental Le Nid d’Hirondelle",
        sector="associatif",
        insee="80021",
        agreement="ccn66",
        founded=1989,
        staff=41,
        tagline="Devenir parents à l’abri",
        street="12 rue Saint-Leu",
        ads=3,
        houses=(
            House("centre-parental", "Centre parental Le Nid d’Hirondelle"),
            House("eaje", "Crèche La Couvée"),
        ),
        text="""
Vingt-quatre studios, un jardin clos, une crèche de quinze berceaux ouverte aussi aux voisins : le Nid d’Hirondelle accueille des femmes
enceintes et des jeunes parents avec un enfant de moins de trois ans, parfois pour six mois, parfois pour deux ans.

Ici, on ne surveille pas, on fait avec : les biberons de nuit, les démarches, la visite chez le pédiatre, les premières disputes et les
premiers pas. Une sage-femme et une psychologue interviennent chaque semaine. L’équipe de quarante et un salariés est présente jour et nuit,
en binômes stables.
""",
    ),
)

"""Employers of Grand Est, Normandie and Pays de la Loire."""

from dev.demo.content.shapes import Employer, House

EMPLOYERS = (
    Employer(
        key="fondation-ritterwald",
        name="Fondation Ritterwald",
        sector="fondation",
        insee="67482",
        agreement="ccn51",
        founded=1877,
        staff=920,
        tagline="Prendre soin, depuis cinq générations",
        street="8 quai des Bateliers",
        ads=8,
        tier="marque-plus",
        houses=(
            House("ehpad", "EHPAD Im Garten"),
            House("ssiad", "SSIAD de l’Ill"),
            House("had", "Hospitalisation à domicile de l’Ill"),
            House("iem", "IEM Les Cigognes"),
        ),
        text="""
Fondée par une famille de tanneurs, reconnue d’utilité publique avant 1900, la fondation dirige huit établissements du Bas-Rhin : grand âge,
soins à domicile, handicap moteur. Le droit local y fait la semaine un peu plus courte, avec deux jours fériés de plus qu’ailleurs.

Neuf cents professionnels soignent et accompagnent 2 300 personnes. L’institut d’éducation motrice dispose d’un plateau technique rare :
appareillage, analyse de la marche, balnéothérapie, fablab où l’on imprime des aides techniques sur mesure.

La fondation a signé un accord sur la qualité de vie au travail qui limite à deux les week-ends consécutifs et crée une équipe de
compensation propre. Le bilinguisme est valorisé par une prime ; l’alsacien, lui, fait sourire les résidents.
""",
    ),
    Employer(
        key="horizons-mosans",
        name="Horizons mosans",
        sector="associatif",
        insee="08105",
        agreement="chrs",
        founded=2001,
        staff=58,
        tagline="Accueillir, c’est un métier",
        street="27 cours Briand",
        ads=4,
        houses=(House("cada", "CADA de la Meuse"), House("cph", "CPH de l’Ardenne")),
        text="""
Deux cent dix demandeurs d’asile et cinquante réfugiés vivent dans des appartements loués aux quatre coins de Charleville-Mézières. Le choix
du diffus est assumé : on apprend mieux le français sur un palier que dans un couloir.

L’équipe compte des intervenants sociaux, une juriste, un médiateur santé et deux agents techniques. Les récits se préparent dans le calme, avec
interprète, et jamais par le collègue qui assure le suivi quotidien.

Les pizzerias, fonderies et exploitations forestières voisines recrutent : un emploi trouvé avant la fin de l’hébergement, c’est ce que
nous visons pour chaque réfugié.
""",
    ),
    Employer(
        key="cde-haute-orbe",
        name="Centre départemental de l’enfance de la Haute-Orbe",
        sector="public hospitalier",
        insee="88160",
        agreement="fph",
        founded=1923,
        staff=210,
        tagline="L’accueil d’urgence, tous les jours, à toute heure",
        street="40 rue de la Maix",
        ads=6,
        on_invoice=True,
        houses=(
            House("foyer-enfance", "Foyer de l’enfance d’Épinal"),
            House("pouponniere", "Pouponnière Les Mésanges"),
            House("placement-familial", "Accueil familial d’urgence"),
        ),
        text="""
Un enfant peut arriver ici à trois heures du matin, en pyjama, avec un gendarme. Toute l’organisation du centre tient à ce moment : une
chambre prête, un visage calme, un chocolat chaud, puis le temps qu’il faut pour comprendre et orienter.

Établissement public non autonome, le centre dispose de cent places : pouponnière, groupes d’enfants et d’adolescents, studios, familles
d’accueil relais. Deux cent dix agents s’y relaient, tous formés aux psychotraumatismes et à la gestion de crise.

Les éducateurs travaillent en cycle de trente-cinq heures sur six semaines ; les repos sont sanctuarisés. La prime de sujétion et la
reprise d’ancienneté du secteur associatif sont appliquées dès la nomination.
""",
    ),
    Employer(
        key="trait-dunion-remois",
        name="Trait d’union rémois",
        sector="associatif",
        insee="51454",
        agreement="ccn66",
        founded=1994,
        staff=52,
        tagline="Vivre en ville avec un handicap psychique",
        street="5 rue du Jard",
        ads=4,
        houses=(
            House("savs", "SAVS Trait d’union"),
            House("samsah", "SAMSAH Trait d’union"),
            House("gem", "GEM Les Voisins"),
        ),
        text="""
Schizophrénie, troubles bipolaires, lésions cérébrales : 180 Rémois sont accompagnés par nos deux services, chez eux, au café, dans le
tramway, partout où la vie ordinaire devient difficile.

Notre méthode s’inspire du rétablissement. La personne fixe ses buts, l’équipe apporte ses outils : remédiation cognitive, médiation santé,
coaching d’emploi, groupe d’entraide. Deux médiatrices de santé paires font partie de l’équipe à part entière.

Les bureaux se trouvent dans une ancienne maison de négociant, à quatre minutes de la cathédrale. On y travaille du lundi au vendredi, avec un
samedi sur six.
""",
    ),
    Employer(
        key="enfance-et-rivages",
        name="Enfance et Rivages",
        sector="associatif",
        insee="14118",
        agreement="ccn66",
        founded=1943,
        staff=330,
        tagline="Un port d’attache pour 600 enfants",
        street="66 avenue de la Côte de Nacre",
        ads=7,
        houses=(
            House("mecs", "MECS La Dune"),
            House("placement-familial", "Service d’accueil familial du Bocage"),
            House("aemo-aed", "Service de milieu ouvert"),
            House("lva", "Lieu de vie Le Chalut"),
        ),
        text="""
L’association a ouvert ses premiers dortoirs en 1943, pour des enfants que les bombardements avaient laissés seuls. Elle en suit maintenant
six cents, à domicile, en famille d’accueil, en petites maisons près de la mer.

Chaque dispositif se veut une étape et non une case. Un enfant garde son référent quand il change de lieu ; l’équipe suit, pas le
dossier. Cela demande de l’endurance, et des collègues qui se parlent.

Une base nautique, une ferme et un atelier vélo donnent aux adolescents de quoi apprendre de leurs mains. Les éducateurs volontaires y
consacrent jusqu’à une journée par semaine.
""",
    ),
    Employer(
        key="cias-pays-aubette",
        name="CIAS du Pays d’Aubette",
        sector="public territorial",
        insee="27229",
        agreement="fpt",
        founded=2013,
        staff=175,
        tagline="Le service public de proximité de 34 communes",
        street="10 place du Général de Gaulle",
        ads=5,
        on_invoice=True,
        houses=(
            House("ccas", "CIAS du Pays d’Aubette"),
            House("saa", "Service autonomie du Pays d’Aubette"),
            House("residence-autonomie", "Résidence autonomie Les Pommiers"),
        ),
        text="""
Trente-quatre communes ont mis en commun leur action sociale. Le CIAS gère l’aide à domicile, deux résidences autonomie, l’accueil des
gens du voyage, une épicerie solidaire et un bus France services qui ne manque jamais un marché.

Les agents interviennent en secteur rural : on y connaît son monde, on prévient tôt, on invente beaucoup. Véhicule de service, tablette,
équipe de remplacement et participation employeur à la prévoyance sont acquis.

Le conseil d’administration a décidé en 2024 de porter les aides à domicile à temps complet lorsqu’elles le souhaitent ; quarante-deux
agents l’ont choisi.
""",
    ),
    Employer(
        key="falaises-blanches",
        name="Hôpital de proximité des Falaises-Blanches",
        sector="public hospitalier",
        insee="76217",
        agreement="fph",
        founded=1901,
        staff=240,
        tagline="Soigner face à la mer",
        street="Avenue de la Plage",
        ads=5,
        houses=(
            House("ehpad", "EHPAD Le Grand Large"),
            House("camsp", "CAMSP de la Côte"),
            House("usld", "USLD Le Grand Large"),
        ),
        text="""
Depuis la salle à manger, on voit partir le ferry. L’hôpital réunit soixante lits de médecine et de soins médicaux et de réadaptation, un
EHPAD de 110 places et un centre d’action médico-sociale précoce pour les tout-petits.

C’est un établissement où l’on se croise : le kinésithérapeute du CAMSP prête ses tapis à l’EHPAD, les résidents récoltent les tomates de la
cuisine. La direction est commune avec l’hôpital voisin, ce qui ouvre des mobilités sans déménager.

Temps de travail en 35 heures ou forfait, semaine de quatre jours à l’essai dans deux services, logement de dépannage pour les remplaçants.
""",
    ),
    Employer(
        key="les-gabares",
        name="Association Les Gabares",
        sector="associatif",
        insee="44109",
        agreement="ccn66",
        founded=1970,
        staff=270,
        tagline="Apprendre autrement, avec les autres",
        street="21 quai de la Fosse",
        ads=8,
        tier="marque",
        houses=(
            House("itep", "DITEP Les Gabares"),
            House("sessad", "SESSAD de l’Erdre"),
            House("cmpp", "CMPP du Bouffay"),
            House("mda", "Maison des adolescents du Sillon"),
        ),
        text="""
Ces enfants ont été exclus de partout, et pourtant ils sont vifs, drôles, impatients. Le dispositif ITEP des Gabares en accompagne 140, en
internat séquentiel, en accueil de jour, en classe ordinaire, selon les semaines et leurs besoins.

Une équipe mobile ressource soutient les écoles avant que la rupture n’arrive. Le SESSAD, le centre médico-psycho-pédagogique et la maison
des adolescents complètent un ensemble où l’on change de service sans changer de main.

Le travail est intense. C’est pourquoi nous finançons la formation à la régulation émotionnelle de tous les professionnels, deux journées
de retrait par trimestre et une présence de cadre sur chaque soirée.
""",
    ),
    Employer(
        key="fondation-lydie-chauveau",
        name="Fondation Lydie-Chauveau",
        sector="fondation",
        insee="49007",
        agreement="ccn51",
        founded=1938,
        staff=460,
        tagline="La grande vieillesse est un âge de la vie",
        street="33 rue de la Madeleine",
        ads=7,
        houses=(
            House("ehpad", "EHPAD Les Ardoisières"),
            House("residence-autonomie", "Résidence autonomie Les Ponts"),
            House("accueil-jour-pa", "Plateforme de répit L’Escale"),
        ),
        text="""
La fondation gère quatre EHPAD angevins, trois résidences autonomie et une plateforme de répit pour les aidants. Elle a renoncé aux
blouses en 2020 et aux horaires de lever imposés en 2022 ; la direction n’a pas encore trouvé de résident pour s’en plaindre.

Les plannings sont construits par les équipes elles-mêmes, dans un cadre légal strict, et validés en une heure. Le taux d’absentéisme a
été divisé par deux.

Nous formons chaque année douze assistants de soins en gérontologie et finançons le diplôme d’aide-soignant par la validation des acquis.
La recherche y a sa place : une neuropsychologue coordonne deux études sur le sommeil avec l’université.
""",
    ),
    Employer(
        key="la-closerie",
        name="Lieu de vie La Closerie",
        sector="associatif",
        insee="53130",
        agreement="aucune",
        founded=2006,
        staff=9,
        tagline="Sept jeunes, deux ânes et du temps",
        street="La Closerie, route de Saint-Nicolas",
        ads=2,
        houses=(House("lva", "Lieu de vie La Closerie"),),
        text="""
La Closerie est une longère mayennaise où sept jeunes de 8 à 17 ans vivent avec des permanents qui partagent leur quotidien. On y apprend à
nourrir les bêtes, à réparer une mobylette, à dire ce qui ne va pas.

Le lieu de vie s’adresse à des enfants que les collectifs ont épuisés. Le vivre-avec ne se décrète pas : nous proposons toujours deux
séjours d’essai rémunérés avant de s’engager.
""",
    ),
    Employer(
        key="bocage-et-littoral",
        name="Mission locale du Bocage et du Littoral",
        sector="associatif",
        insee="85191",
        agreement="missions-locales",
        founded=1990,
        staff=46,
        tagline="Avec les jeunes et les entreprises vendéennes",
        street="70 rue Molière",
        ads=3,
        houses=(House("mission-locale", "Mission locale du Bocage et du Littoral"),),
        text="""
Le chômage est bas en Vendée, les jeunes que nous recevons n’en sont que plus isolés : sans permis, sans logement saisonnier, sans réseau.
Quarante-six salariés vont à leur rencontre dans onze antennes et sur les plages l’été.

La mission locale s’appuie sur un club de 120 entreprises marraines, sur une flotte de scooters à deux euros par jour et sur une résidence
de huit chambres. Les conseillers portent chacun un projet collectif de leur choix.

Accord de branche, 35 heures sur quatre jours et demi, tickets restaurant et prime vacances.
""",
    ),
)

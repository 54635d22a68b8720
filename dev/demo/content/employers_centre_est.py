"""Employers of Auvergne-Rhône-Alpes, Bourgogne-Franche-Comté and Centre-Val de Loire."""

from dev.demo.content.shapes import Employer, House

EMPLOYERS = (
    Employer(
        key="les-ormeaux",
        name="Association Les Ormeaux",
        sector="associatif",
        insee="69123",
        agreement="ccn66",
        founded=1962,
        staff=430,
        tagline="Grandir, habiter, travailler : le handicap n’arrête pas une vie",
        street="18 rue des Ormeaux",
        ads=14,
        tier="marque-plus",
        houses=(
            House("ime", "IME La Feuilleraie"),
            House("sessad", "SESSAD Les Deux Berges"),
            House("esat", "ESAT Les Ateliers du Tilleul", "69266"),
            House("eanm", "Foyer de vie La Grande Charmille", "69256"),
            House("savs", "SAVS Pas de côté"),
            House("siege", "Siège de l’association"),
        ),
        text="""
En 1962, onze familles de la Croix-Rousse louaient une salle paroissiale pour que leurs enfants, dont l’école ne voulait pas,
apprennent à lire. Les Ormeaux accompagnent aujourd’hui plus de 900 personnes déficientes intellectuelles ou autistes, de la
petite enfance à la retraite, dans onze établissements et services de l’agglomération lyonnaise.

Nous travaillons en équipes pluridisciplinaires à taille humaine : aucune unité ne compte plus de douze professionnels. Chaque
éducateur dispose de deux heures hebdomadaires d’écrits inscrites au planning, d’une analyse de la pratique mensuelle avec un
intervenant extérieur et d’un tuteur pendant ses six premiers mois.

Depuis trois ans, l’association transforme son offre : classes externalisées dans cinq écoles, habitat inclusif à Villeurbanne,
équipe mobile d’appui aux lycées professionnels. Ces projets sont portés par celles et ceux qui les font vivre ; vous aurez voix au
chapitre dès votre arrivée.

Un plan de formation doté de 2,1 % de la masse salariale, une prime de mobilité durable, un accord sur le télétravail des écrits et
dix-huit jours de congés trimestriels complètent ce que prévoit la convention de 1966.
""",
    ),
    Employer(
        key="fondation-hortense-delmas",
        name="Fondation Hortense-Delmas",
        sector="fondation",
        insee="38185",
        agreement="ccn66",
        founded=1931,
        staff=310,
        tagline="Protéger les enfants sans les séparer de leur histoire",
        street="4 chemin de la Bastide",
        ads=8,
        tier="marque",
        houses=(
            House("mecs", "MECS Le Belvédère"),
            House("village-enfants", "Village d’enfants de Chartreuse"),
            House("placement-familial", "Service de placement familial du Drac"),
            House("aemo-aed", "Service AEMO du Grésivaudan"),
        ),
        text="""
La fondation porte le nom de l’institutrice qui, en 1931, légua sa maison « pour des frères et sœurs qu’on voudrait élever ensemble ».
Ce legs est resté notre boussole : trois fratries sur quatre confiées à nos services grandissent sous le même toit.

Deux cent quarante enfants et adolescents sont accueillis en maison d’enfants, au village ou chez l’un de nos cinquante assistants
familiaux ; trois cents autres sont suivis à domicile. Les équipes s’appuient sur une psychologue par unité, une infirmière et
un pôle scolarité qui travaille main dans la main avec les établissements grenoblois.

Nous recrutons des personnes solides et curieuses. En retour, nous garantissons des plannings connus deux mois à l’avance, une
astreinte de cadre joignable à toute heure et le remplacement effectif des absents : c’est écrit dans un accord d’entreprise.
""",
    ),
    Employer(
        key="ch-val-orsane",
        name="Centre hospitalier du Val d’Orsane",
        sector="public hospitalier",
        insee="07019",
        agreement="fph",
        founded=1858,
        staff=780,
        tagline="Un hôpital de proximité entre Cévennes et vallée du Rhône",
        street="25 avenue de l’Hôpital",
        ads=7,
        on_invoice=True,
        houses=(
            House("ehpad", "EHPAD Les Mûriers"),
            House("usld", "USLD Les Mûriers"),
            House("cmp", "CMP adultes de la Place"),
            House("ssiad", "SSIAD du Val d’Orsane"),
        ),
        text="""
Le centre hospitalier dessert un bassin de 60 000 habitants dont un tiers a plus de 65 ans. Médecine, soins de suite, psychiatrie de
secteur, unité de soins de longue durée et deux EHPAD : le parcours de nos patients se fait sans quitter l’Ardèche.

L’établissement mène depuis 2022 un programme « Bien vieillir ici » : chambres rénovées, jardin thérapeutique ouvert aux familles, équipe
d’animation renforcée le week-end. Les agents y ont consacré vingt réunions de service ; la moitié de leurs propositions sont
déjà réalisées.

Une crèche hospitalière, un self ouvert aux équipes de nuit et douze logements pour les nouveaux arrivants facilitent l’installation.
La titularisation est proposée après un an aux professionnels diplômés.
""",
    ),
    Employer(
        key="mission-locale-deux-rives",
        name="Mission locale des Deux Rives",
        sector="associatif",
        insee="42187",
        agreement="missions-locales",
        founded=1983,
        staff=38,
        tagline="1 900 jeunes reçus chaque année, un par un",
        street="7 place du Promenoir",
        ads=3,
        houses=(House("mission-locale", "Mission locale des Deux Rives"),),
        text="""
Une équipe de trente-huit salariés, cinq lieux d’accueil du Roannais aux monts de la Madeleine, un bus qui va chercher les jeunes là
où le car ne passe plus : la mission locale accompagne les 16-25 ans vers l’emploi, la formation, le logement et la santé.

Ici, un conseiller suit quatre-vingts jeunes, pas deux cents. Nous avons préféré ouvrir moins de files et garder du temps pour les
visites d’entreprise, les ateliers mobilité et les petits déjeuners du mardi, où l’on parle d’autre chose que de CV.
""",
    ),
    Employer(
        key="a-pas-comptes",
        name="À pas comptés",
        sector="coopérative",
        insee="74010",
        agreement="bad",
        founded=2009,
        staff=95,
        tagline="La coopérative d’aide à domicile qui appartient à ses salariées",
        street="31 avenue du Parmelan",
        ads=5,
        tier="marque",
        houses=(
            House("saa", "Service autonomie À pas comptés"),
            House("saas", "Équipe aide et soins du lac"),
        ),
        text="""
Quatorze auxiliaires de vie ont créé la coopérative après la liquidation de leur ancien employeur. Elles étaient lassées des tournées de
quarante kilomètres et des remplacements annoncés la veille. Elles ont écrit leurs propres règles : secteurs de moins de six
kilomètres, équipes autonomes de huit, un après-midi libre par semaine garanti.

Quinze ans plus tard, nous intervenons chez 340 personnes âgées ou handicapées du bassin annécien. Le temps de trajet est payé, la
voiture de service est électrique et rentre à la maison avec vous, la réunion d’équipe hebdomadaire compte comme du travail.

Après dix-huit mois, chaque salariée peut devenir associée : une personne, une voix.
""",
    ),
    Employer(
        key="tilleuls-argent",
        name="Résidence Les Tilleuls d’Argent",
        sector="privé",
        insee="63113",
        agreement="fhp",
        founded=1998,
        staff=62,
        tagline="Une maison de 74 résidents au pied des volcans",
        street="52 boulevard Lavoisier",
        ads=4,
        houses=(House("ehpad", "EHPAD Les Tilleuls d’Argent"),),
        text="""
Maison familiale et indépendante, la résidence accueille 74 personnes âgées dont quatorze en unité protégée. La directrice connaît le
prénom de chaque salarié et l’histoire de chaque résident ; son bureau donne sur le hall, la porte est ouverte.

Nous avons supprimé les journées coupées en 2021. Les équipes travaillent en douze heures ou en sept heures trente selon leur choix,
révisable chaque semestre. Deux référentes bientraitance, formées à la méthode Montessori adaptée, animent un atelier mensuel.

La cuisine est faite sur place, par un chef, avec des légumes de la Limagne : les salariés mangent comme les résidents, gratuitement.
""",
    ),
    Employer(
        key="au-fil-des-jours",
        name="Au fil des jours en Bourgogne",
        sector="associatif",
        insee="21231",
        agreement="bad",
        founded=1954,
        staff=260,
        tagline="L’aide et le soin à domicile, une seule équipe pour une même personne",
        street="9 rue de la Préfecture",
        ads=6,
        houses=(
            House("saas", "Service autonomie du Dijonnais"),
            House("ssiad", "SSIAD de la Plaine"),
            House("saadf", "Service d’aide aux familles de la Plaine"),
        ),
        text="""
Née du mouvement des travailleuses familiales, l’association réunit depuis 2019 l’aide, le soin et le soutien aux familles. Une même
personne n’a plus qu’un numéro à appeler et qu’un plan d’accompagnement, préparé par une infirmière et une responsable de secteur
qui partagent le même bureau.

Soixante communes, 1 200 foyers, de jeunes parents épuisés comme des centenaires bien décidés à rester chez eux : aucune journée ne
ressemble à la précédente. Les techniciennes de l’intervention sociale et familiale interviennent aussi en protection de l’enfance, sur
mandat du département.

Téléphone professionnel, véhicules partagés, tutorat rémunéré, passerelle vers le diplôme d’aide-soignant : nous investissons
dans la durée, et sept salariés sur dix ont plus de cinq ans d’ancienneté.
""",
    ),
    Employer(
        key="tremplin-comtois",
        name="Association Le Tremplin comtois",
        sector="associatif",
        insee="25056",
        agreement="chrs",
        founded=1976,
        staff=88,
        tagline="Un toit, un travail, et quelqu’un à qui parler",
        street="14 rue de la Viotte",
        ads=5,
        houses=(
            House("chrs", "CHRS La Citadelle"),
            House("siae", "Chantier d’insertion Les Jardins du Doubs"),
            House("pension-famille", "Pension de famille La Maison jaune"),
        ),
        text="""
À Besançon, le Tremplin héberge 120 personnes et en salarie 46 dans ses chantiers : maraîchage sur les bords du Doubs, recyclerie,
second œuvre du bâtiment. L’idée n’a pas changé depuis 1976 : on ne se reconstruit pas par morceaux, le logement d’un côté, le travail
de l’autre.

L’équipe rassemble des travailleurs sociaux, des encadrants venus des métiers, une infirmière à mi-temps et deux pairs-aidants qui ont
eux-mêmes connu la rue. On débat beaucoup, on rit aussi. La supervision a lieu toutes les trois semaines, hors hiérarchie.
""",
    ),
    Employer(
        key="ivts",
        name="Institut Val de Loire du travail social",
        sector="associatif",
        insee="37261",
        agreement="ccn66",
        founded=1968,
        staff=54,
        tagline="Former des professionnels qui pensent ce qu’ils font",
        street="60 rue du Plat d’Étain",
        ads=3,
        tier="marque",
        on_invoice=True,
        houses=(House("formation-sociale", "Institut Val de Loire du travail social"),),
        text="""
L’institut prépare 720 étudiants et apprentis aux diplômes d’État du travail social, du niveau 3 au niveau 7, et forme chaque année un
millier de professionnels en activité. Ses trois départements, intervention, encadrement et recherche, partagent le même campus
tourangeau.

Nos formateurs viennent du terrain et y retournent : quinze jours par an leur sont réservés pour une immersion, une recherche-action ou
une mission d’étude. Le laboratoire associe des personnes accompagnées, rémunérées comme tous les intervenants.

La réforme des diplômes de niveau 6 est l’occasion de repenser les cursus avec les employeurs de la région. Nous cherchons des collègues
que ce chantier enthousiasme.
""",
    ),
    Employer(
        key="jardins-de-beauce",
        name="Les Jardins de Beauce",
        sector="associatif",
        insee="28085",
        agreement="ccn66",
        founded=1979,
        staff=140,
        tagline="Le travail protégé qui ouvre ses portes",
        street="2 rue du Grand Faubourg",
        ads=5,
        houses=(
            House("esat", "ESAT Les Jardins de Beauce"),
            House("ea", "Entreprise adaptée Beauce Paysages"),
            House("eanm", "Foyer d’hébergement Le Moulin"),
        ),
        text="""
Cent soixante travailleurs handicapés entretiennent les espaces verts de vingt communes, conditionnent des semences et tiennent, face à
la gare de Chartres, un restaurant qui affiche complet le midi. L’entreprise adaptée voisine en emploie trente de plus.

Depuis la loi plein emploi, nous préparons des passerelles : mises à disposition, temps partagé, emploi accompagné. Les moniteurs sont au
cœur de cette évolution, épaulés par une conseillère en insertion et par une formatrice interne.

Horaires de journée, pas de travail le week-end dans les ateliers, chèques vacances et vingt-cinq jours de congés auxquels s’ajoutent
les congés trimestriels : ici, on tient dans la durée.
""",
    ),
    Employer(
        key="sologne-bleue",
        name="Association tutélaire de la Sologne bleue",
        sector="associatif",
        insee="41018",
        agreement="ccn66",
        founded=1986,
        staff=47,
        tagline="Protéger sans décider à la place",
        street="11 rue du Bourg Neuf",
        ads=4,
        houses=(
            House("mjpm", "Service de protection des majeurs"),
            House("dpf", "Service des prestations familiales"),
        ),
        text="""
Vingt-deux mandataires exercent ici près d’un millier de mesures : tutelles, curatelles, mandats spéciaux. Chacun en suit
quarante-deux, pas davantage, parce que l’audition d’une personne ne se fait pas entre deux appels.

Un pôle comptable, un pôle patrimoine et deux juristes déchargent les mandataires de ce qui les tient loin des visites. Un comité
d’éthique, auquel siègent des majeurs protégés, se saisit des situations difficiles : refus de soins, maintien à domicile,
dernières volontés.
""",
    ),
)

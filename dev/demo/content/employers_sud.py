"""Employers of Occitanie, Provence-Alpes-Côte d’Azur, Corse and overseas."""

from dev.demo.content.shapes import Employer, House

EMPLOYERS = (
    Employer(
        key="fondation-bellerive",
        name="Fondation Bellerive d’Occitanie",
        sector="fondation",
        insee="31555",
        agreement="ccn66",
        founded=1919,
        staff=1150,
        tagline="Trente-deux maisons, une même attention",
        street="54 allées Charles de Fitte",
        ads=11,
        tier="marque-plus",
        houses=(
            House("ime", "IME Les Violettes"),
            House("itep", "DITEP du Canal"),
            House("esat", "ESAT Garonne"),
            House("ehpad", "EHPAD Saint-Cyprien"),
            House("mecs", "MECS Les Minimes"),
            House("siege", "Direction générale"),
        ),
        text="""
Reconnue d’utilité publique en 1919, la fondation est l’un des grands employeurs associatifs de la région : trente-deux établissements et
services, 1 150 salariés, 4 000 personnes accompagnées entre Toulouse, Montauban et Saint-Gaudens.

Cette taille permet ce que les petites structures ne peuvent offrir : une équipe de remplacement interne de quarante personnes, une école des cadres,
une bourse à la mobilité, un service de recherche. Elle n’empêche pas les maisons de garder leur caractère ; chacune a son projet, son budget et
sa table.

Nos engagements d’employeur sont publics et mesurés chaque année : accidents du travail en baisse de 22 % en trois ans, 96 % de contrats à durée
indéterminée, écart de salaire entre les femmes et les hommes inférieur à un point.

Les nouveaux venus passent une semaine d’intégration commune, du cuisinier au directeur.
""",
    ),
    Employer(
        key="la-garrigue",
        name="La Garrigue addictologie",
        sector="associatif",
        insee="34172",
        agreement="ccn66",
        founded=1988,
        staff=63,
        tagline="Accueillir l’usage, accompagner le changement",
        street="12 rue de la Méditerranée",
        ads=4,
        houses=(
            House("csapa", "CSAPA de l’Écusson"),
            House("caarud", "CAARUD La Halte"),
            House("act", "Appartements thérapeutiques du Lez"),
        ),
        text="""
Alcool, cocaïne, jeux d’argent, écrans : les conduites changent, l’hospitalité demeure. La Garrigue reçoit à Montpellier 2 600 personnes
par an dans un centre de soins ambulatoire, un accueil de réduction des risques et vingt-quatre appartements.

Nos consultations jeunes consommateurs se tiennent dans les lycées et au stade. Une unité mobile passe le vendredi soir dans les villages du
Pic Saint-Loup. L’usager décide du but ; l’équipe, elle, ne renonce pas.
""",
    ),
    Employer(
        key="les-amandiers",
        name="Les Amandiers, maison de retraite",
        sector="privé",
        insee="66136",
        agreement="fhp",
        founded=1990,
        staff=55,
        tagline="L’accent catalan et les portes ouvertes",
        street="101 avenue du Palais des Expositions",
        ads=3,
        houses=(House("ehpad", "EHPAD Les Amandiers"),),
        text="""
Une maison de soixante-huit résidents, un seul étage, des amandiers dans la cour : voilà pour le décor. Les Amandiers appartiennent à la même
famille depuis leur création, et la petite-fille de la fondatrice y est infirmière coordinatrice.

Nous embauchons peu, et longtemps. Les soignants sont sept le matin, cinq l’après-midi, deux la nuit, toujours. Le remplacement du jour même
est majoré pour celui ou celle qui dépanne.

Une sardane est dansée chaque premier dimanche du mois. Venez voir.
""",
    ),
    Employer(
        key="hauts-causses",
        name="Département des Hauts-Causses",
        sector="public territorial",
        insee="12202",
        agreement="fpt",
        founded=1982,
        staff=1300,
        tagline="Un petit département, de grandes solidarités",
        street="7 place Charles de Gaulle",
        ads=6,
        on_invoice=True,
        houses=(
            House("departement", "Maison des solidarités de Rodez"),
            House("departement", "Service de l’aide sociale à l’enfance"),
            House("pmi", "Service de PMI des Hauts-Causses"),
        ),
        text="""
Ici, une assistante sociale de polyvalence couvre un canton grand comme Paris, et connaît le nom du boulanger. Le département des Hauts-Causses a
choisi de maintenir ses vingt et un points d’accueil, quand la mode était à les fermer.

Les équipes médico-sociales sont petites et complètes : puéricultrice, assistant de service social, éducateur, sage-femme, médecin, secrétaire. Les
décisions de protection sont prises en commission hebdomadaire, jamais par une personne seule.

L’installation est aidée : prime de 3 000 euros, logement temporaire, recherche d’emploi pour le conjoint, école de ski nordique à la
sortie du bureau pour ceux que cela tente.
""",
    ),
    Employer(
        key="pierres-et-soleil",
        name="Pierres et Soleil",
        sector="associatif",
        insee="30189",
        agreement="bad",
        founded=1980,
        staff=150,
        tagline="Rester chez soi, bien entouré",
        street="41 rue de l’Aspic",
        ads=5,
        houses=(
            House("ssiad", "SSIAD de la Vistrenque"),
            House("saas", "Service autonomie de Nîmes"),
            House("dac", "Équipe spécialisée Alzheimer"),
        ),
        text="""
L’association nîmoise soigne et aide à domicile neuf cents personnes, du centre ancien aux mas de Camargue. Elle a créé une équipe spécialisée
Alzheimer, une garde itinérante de nuit et une maison des aidants où le café est toujours chaud.

Pendant les canicules, la tournée commence à six heures et s’arrête à treize. Ce rythme d’été, demandé par les aides-soignantes, a été
adopté dans un accord qui fait école.

Prime de fidélité à trois ans, véhicules climatisés, planning à quatre semaines.
""",
    ),
    Employer(
        key="calanques-insertion",
        name="Calanques Insertion",
        sector="associatif",
        insee="13055",
        agreement="aci",
        founded=1993,
        staff=120,
        tagline="Apprendre un métier en réparant Marseille",
        street="150 boulevard de la Libération",
        ads=6,
        tier="marque",
        houses=(
            House("siae", "Chantier Sentiers et Calanques"),
            House("siae", "Chantier Belle de Mai"),
            House("centre-social", "Espace de vie sociale Le Cabanon"),
        ),
        text="""
Reprendre un mur de pierre sèche au-dessus de Sormiou, repeindre une école, remettre en marche une machine à laver : à Calanques Insertion, on
apprend en faisant des choses utiles, que tout le quartier peut voir.

Quatre-vingts salariés en parcours, douze encadrants techniques, cinq conseillers. Chaque chantier associe un métier, une certification et un
projet de sortie. Le permis de conduire est financé, le français s’apprend le matin, avant le travail.

L’association est née d’une colère d’habitants. Elle en garde une franchise qui surprend parfois, puis qu’on ne voudrait plus quitter.
""",
    ),
    Employer(
        key="les-mimosas",
        name="Institut Les Mimosas",
        sector="associatif",
        insee="06088",
        agreement="ccn51",
        founded=1948,
        staff=135,
        tagline="Voir, entendre, communiquer autrement",
        street="63 avenue de Pessicart",
        ads=5,
        houses=(
            House("ies-visuel", "Institut pour déficients visuels"),
            House("ies-auditif", "Section déficience auditive"),
            House("savs", "SAVS sensoriel"),
        ),
        text="""
Braille, langue des signes, locomotion, basse vision, implant cochléaire : l’institut réunit sur les hauteurs de Nice des savoir-faire que l’on
rencontre rarement au même endroit. Deux cent vingt enfants et quatre-vingt-dix adultes en bénéficient.

Tous les salariés apprennent les bases de la langue des signes, direction comprise ; les réunions sont interprétées. Un atelier
de transcription produit des manuels pour toute la région.

Les postes sont souvent à temps partiel aménageable, et l’institut accompagne la préparation du certificat d’aptitude à l’éducation
des aveugles ou des sourds.
""",
    ),
    Employer(
        key="ch-trois-caps",
        name="Centre hospitalier des Trois-Caps",
        sector="public hospitalier",
        insee="83137",
        agreement="fph",
        founded=1880,
        staff=1400,
        tagline="La psychiatrie publique du littoral",
        street="200 avenue Colonel Picot",
        ads=6,
        on_invoice=True,
        houses=(
            House("cmp", "CMP enfants et adolescents du Mourillon"),
            House("cmp", "CMP adultes de l’Ouest"),
            House("mas", "MAS Les Restanques"),
        ),
        text="""
Spécialisé en santé mentale, le centre hospitalier dispose de neuf centres médico-psychologiques, de quatre hôpitaux de jour et d’une équipe
mobile de crise qui se déplace en deux heures. Il a réduit de moitié le recours à la contention en cinq ans, et publie ses chiffres.

Les éducateurs, assistants de service social et psychologues y sont nombreux, et consultés. Chaque service compte un pair-aidant. Une plateforme de
formation par la simulation a été ouverte en 2023.

Les recrutements se font par mutation, détachement ou contrat, avec mise en stage rapide. La mer est à un arrêt de bus.
""",
    ),
    Employer(
        key="la-boussole",
        name="La Boussole d’Avignon",
        sector="associatif",
        insee="84007",
        agreement="chrs",
        founded=1999,
        staff=36,
        tagline="Des lieux pour ne pas rester seul",
        street="8 rue des Teinturiers",
        ads=3,
        houses=(
            House("gem", "GEM La Boussole"),
            House("pension-famille", "Pension de famille Les Platanes"),
            House("savs", "SAVS La Boussole"),
        ),
        text="""
Un groupe d’entraide où l’on joue aux boules, une pension de famille de vingt-cinq logements, un service d’accompagnement : trois portes
différentes pour des personnes que la maladie ou la rue ont isolées.

Les adhérents tiennent la caisse du groupe d’entraide et recrutent leurs animateurs ; vous serez donc reçu par eux. Les hôtes de la pension vivent au rythme des
résidents, entre le déjeuner du mardi et la soirée de juillet dans la cour du festival.
""",
    ),
    Employer(
        key="mimoria-viva",
        name="A Mimoria Viva",
        sector="associatif",
        insee="2A004",
        agreement="ccn51",
        founded=2003,
        staff=57,
        tagline="La mémoire vivante",
        street="Route des Sanguinaires",
        ads=3,
        houses=(House("ehpad", "EHPAD A Mimoria"), House("accueil-jour-pa", "Accueil de jour Paese Nostru")),
        text="""
À Ajaccio, la maison reçoit soixante résidents et, chaque jour, douze personnes atteintes de troubles de la mémoire que l’on va chercher jusqu’aux
villages du Celavo. On y parle corse et français, on y cuisine le brocciu, on y chante en paghjella.

L’équipe a bâti un projet de soins centré sur les repères : objets de métier, photographies, odeurs. Les proches, souvent loin, reçoivent une
lettre hebdomadaire rédigée avec le résident.

Logement temporaire et prise en charge du déménagement pour les professionnels venant du continent.
""",
    ),
    Employer(
        key="kaz-a-lespwa",
        name="Kaz à Lespwa",
        sector="associatif",
        insee="97101",
        agreement="ccn66",
        founded=1984,
        staff=82,
        tagline="Lakou, lékòl, lavi : une maison pour repartir",
        street="Rue Achille René-Boisneuf",
        ads=4,
        houses=(House("mecs", "MECS Lakou Flanbwayan"), House("chrs", "CHRS Bwa Rouj")),
        text="""
Aux Abymes, la Kaz accueille trente-deux enfants confiés par l’aide sociale à l’enfance et soixante adultes sans logement, en majorité des
femmes ayant fui des violences. La vie s’organise autour de la cour, comme dans tous les lakous.

Le créole et le français y ont la même place. Un partenariat avec les marins-pêcheurs, le conservatoire de musique et le régiment du service
militaire adapté ouvre aux jeunes des chemins concrets.

Indemnité de vie chère, aide à l’installation et billet annuel pour les salariés recrutés hors de l’île.
""",
    ),
    Employer(
        key="alizes-bleus",
        name="EHPAD Les Alizés bleus",
        sector="privé",
        insee="97209",
        agreement="fhp",
        founded=2008,
        staff=66,
        tagline="Vieillir sous les alizés",
        street="Route de Didier",
        ads=3,
        houses=(House("ehpad", "EHPAD Les Alizés bleus"),),
        text="""
La résidence domine la rade de Fort-de-France. Elle accueille quatre-vingts personnes âgées, beaucoup d’anciens dockers, enseignants, couturières,
et leurs familles nombreuses le dimanche.

Tournée vers le quartier, elle ouvre son jardin créole aux écoles et son salon de coiffure aux voisins. L’équipe soignante s’est formée aux plantes
médicinales avec un pharmacien de l’université.

Sur une île qui vieillit vite, nous recrutons et formons sur place, en lien avec les instituts martiniquais.
""",
    ),
    Employer(
        key="fleuves-et-familles",
        name="Fleuves et Familles",
        sector="associatif",
        insee="97302",
        agreement="ccn66",
        founded=1995,
        staff=110,
        tagline="Protéger l’enfance, de Cayenne aux villages du fleuve",
        street="Avenue de la Liberté",
        ads=5,
        houses=(
            House("aemo-aed", "Service de milieu ouvert de Cayenne"),
            House("placement-familial", "Placement familial du Maroni", "97311"),
            House("prevention-specialisee", "Équipe de prévention de l’Ouest", "97311"),
        ),
        text="""
Rejoindre une famille demande parfois deux heures de pirogue. Fleuves et Familles intervient dans toute la Guyane, en bushinengé, en créole, en
portugais et en français, auprès de 1 300 enfants.

Nos équipes mêlent travailleurs sociaux diplômés et médiateurs du territoire, qui connaissent les usages, les parentés, les chemins. Chacun
apprend de l’autre ; la procédure judiciaire n’en est que plus respectée.

Majoration de 40 %, logement pendant trois mois, deux semaines d’accompagnement interculturel avant la prise de poste. Nous demandons de
l’engagement et de la modestie.
""",
    ),
    Employer(
        key="fondation-les-filaos",
        name="Fondation Les Filaos",
        sector="fondation",
        insee="97411",
        agreement="ccn66",
        founded=1969,
        staff=480,
        tagline="Le handicap a toute sa place sur l’île",
        street="22 rue de Paris",
        ads=7,
        tier="marque",
        houses=(
            House("ime", "IME Bois Joli"),
            House("sessad", "SESSAD des Hauts"),
            House("mas", "MAS du Barachois"),
            House("ea", "Entreprise adaptée Filao Services"),
        ),
        text="""
Du Barachois aux îlets de Mafate, que l’on ne rejoint qu’à pied, la fondation accompagne 1 100 Réunionnais en situation de handicap. Le SESSAD
des Hauts dispose même d’une éducatrice itinérante équipée d’un sac à dos pour tout bureau.

Trois nouvelles unités d’enseignement ouvrent à la rentrée, ainsi qu’un pôle de compétences pour le polyhandicap. Une trentaine de postes sont
créés en deux ans.

Les équipes réunissent natifs et zoreys. La prise de fonction comprend une initiation au créole et à l’histoire de l’île, que même
les natifs redemandent.
""",
    ),
    Employer(
        key="mwana-salama",
        name="Mwana Salama",
        sector="associatif",
        insee="97611",
        agreement="accord-entreprise",
        founded=2005,
        staff=130,
        tagline="Un enfant en paix",
        street="Boulevard des Crabes",
        ads=5,
        houses=(
            House("mecs", "MECS Cavani"),
            House("mna", "Service des mineurs isolés"),
            House("prevention-specialisee", "Équipe de rue de Kawéni"),
        ),
        text="""
Mayotte est le plus jeune département de France : un habitant sur deux a moins de dix-huit ans. Mwana Salama, « l’enfant en paix » en shimaoré,
protège et scolarise ceux qui n’ont personne.

Cent trente professionnels animent une maison d’enfants, des familles d’accueil, un service pour mineurs isolés, des équipes de rue et une école de
football qui sert surtout à faire ses devoirs. Après le cyclone, ils ont rouvert en neuf jours.

Nous offrons un poste exigeant, une équipe soudée, l’indexation des salaires, un logement de fonction meublé et un sas de supervision
mensuel par visioconférence.
""",
    ),
)

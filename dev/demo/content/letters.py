"""Thirty application letters. `{poste}`, `{le}`, `{au}`, `{du}`, `{a_ville}` are filled in from the ad they answer."""

from dev.demo.content.shapes import Letter

LETTERS = (
    Letter(
        "educateur-specialise",
        """
Madame, Monsieur,

Ce qui m’a arrêté dans votre annonce, c’est la phrase sur le temps. Je travaille depuis six ans en internat éducatif, et j’ai appris que les
progrès se jouent rarement pendant les rendez-vous prévus.

J’ai porté pendant deux ans un atelier radio avec des adolescents qui ne parlaient plus à leurs parents. Certains ont fini par leur envoyer
l’enregistrement. J’aimerais poursuivre ce genre de détours {au}.

Je suis disponible après un préavis d’un mois et me déplacerai volontiers {a_ville} pour en parler.
""",
    ),
    Letter(
        "educateur-specialise",
        """
Bonjour,

Jeune dans le métier mais pas dans l’engagement : huit années d’animation, puis le diplôme d’éducateur spécialisé en apprentissage. Mon mémoire
portait sur la place des fratries dans les projets personnalisés.

Je cherche une équipe qui discute ses pratiques. Votre description {du} m’a donné envie de vous rencontrer. Je sais écrire, je sais me taire, je ne
sais pas encore tout le reste et je compte sur vous pour me l’apprendre.
""",
    ),
    Letter(
        "educateur-specialise",
        """
Madame la directrice, Monsieur le directeur,

Après douze ans en milieu ouvert, je souhaite revenir vers le collectif. Les visites à domicile m’ont beaucoup appris sur les familles ; il me manque
aujourd’hui le quotidien partagé, celui qui permet de voir un enfant rire avant de lire son dossier.

Mes écrits sont régulièrement cités en exemple par le juge des enfants de mon ressort, ce dont je tire surtout une exigence. Le poste proposé {au}
correspond à mon projet et à ma géographie.
""",
    ),
    Letter(
        "moniteur-educateur",
        """
Bonjour,

Je suis de ceux qui préparent les crêpes avec les jeunes un soir de pluie et qui s’assoient ensuite pour écouter ce qui se dit au-dessus de la pâte.
Cinq ans d’internat, deux transferts à la montagne, un diplôme obtenu par la validation des acquis.

Le poste {au} m’intéresse pour son effectif réduit et pour son relais d’équipe quotidien. Je joue de la guitare, mal, mais avec conviction.
""",
        "m",
    ),
    Letter(
        "moniteur-educateur",
        """
Madame, Monsieur,

Actuellement en contrat à durée déterminée jusqu’à la fin du trimestre, je souhaite m’inscrire dans la durée. J’accompagne des adultes en foyer de
vie ; j’y ai mis en place un potager dont les récoltes sont vendues au marché.

Le projet {du}, tel que vous le présentez, met la vie quotidienne au centre. C’est exactement là que je me sens utile.
""",
    ),
    Letter(
        "educateur-technique",
        """
Bonjour,

Menuisier pendant onze ans, j’ai rejoint le médico-social à la suite d’un stage d’un jeune de l’institut voisin dans mon atelier. Il a fabriqué une
chaise ; j’ai changé de métier.

J’ai depuis obtenu le diplôme et animé un atelier bois de huit postes. Je connais la sécurité des machines, la patience et le prix du chêne. Je
serais heureux d’en faire profiter les jeunes {du}.
""",
        "m",
    ),
    Letter(
        "educateur-jeunes-enfants",
        """
Madame, Monsieur,

« Fais pas ci » est la phrase que j’ai le plus désapprise. Formée à l’itinérance ludique et à l’accueil en plein air, je cherche une structure où
l’on fasse confiance aux enfants et aux professionnels.

J’ai assuré la continuité de direction d’un multi-accueil de trente places pendant un congé maternité. Vos journées pédagogiques et votre jardin m’ont
convaincue d’écrire.
""",
        "f",
    ),
    Letter(
        "educateur-jeunes-enfants",
        """
Bonjour,

J’exerce depuis quatre ans en centre d’action médico-sociale précoce. J’y ai appris à observer finement et à annoncer doucement. Je souhaite maintenant
retrouver un collectif d’enfants, avec l’idée d’y rendre possible l’accueil de ceux dont on doute.

{Le} semble partager cette ambition. Je serais ravie d’échanger avec votre équipe.
""",
        "f",
    ),
    Letter(
        "educateur-prevention",
        """
Bonjour,

J’ai grandi dans un quartier comme celui où vous travaillez. J’en suis parti, j’y suis revenu, diplômé. Je sais ce que vaut une promesse tenue au pied
d’un immeuble.

Mes quatre années de prévention m’ont appris à marcher longtemps et à ne pas parler trop vite. J’aimerais mettre cela au service {du}.
""",
        "m",
    ),
    Letter(
        "assistant-service-social",
        """
Madame, Monsieur,

Assistante de service social en polyvalence depuis sept ans, je reçois vingt-cinq ménages par semaine. J’aime ce métier, moins la course. Ce que vous
dites du plafonnement des situations m’a fait relire votre annonce deux fois.

Je maîtrise les procédures de protection, le surendettement et les recours contentieux. Je tiens surtout à ce que chacun reparte en ayant compris.
""",
        "f",
    ),
    Letter(
        "assistant-service-social",
        """
Bonjour,

Diplômée cette année, j’ai effectué mes stages longs à l’hôpital et en centre d’hébergement. Mon maître de stage peut témoigner de mon sérieux ; les
personnes que j’ai suivies, de ma ténacité devant un guichet fermé.

Je serais heureuse de débuter {au}, où le soutien aux nouveaux collègues paraît réel.
""",
        "f",
    ),
    Letter(
        "cesf",
        """
Madame, Monsieur,

J’anime des ateliers « petits budgets » où l’on cuisine plus que l’on ne compte. En trois ans, vingt-deux ménages accompagnés ont évité l’expulsion,
et je dois la moitié de ces réussites à la bonne volonté d’un gardien d’immeuble.

Le poste {au} me permettrait d’aller plus loin dans l’accompagnement vers le logement. Je suis véhiculée et disponible rapidement.
""",
        "f",
    ),
    Letter(
        "tisf",
        """
Bonjour,

Technicienne de l’intervention sociale et familiale depuis neuf ans, j’ai appris qu’un évier vide ouvre parfois la conversation. Je connais les
interventions mandatées, les visites en présence d’un tiers et les écrits que le juge lira.

Je souhaite rejoindre un secteur plus rassemblé. Quinze minutes de route au lieu de cinquante, c’est une heure de plus avec les familles.
""",
        "f",
    ),
    Letter(
        "mjpm",
        """
Madame, Monsieur,

Juriste de formation, titulaire du certificat national de compétence, j’exerce quarante-huit mesures dans un service voisin. Je suis attachée au recueil
de la parole des personnes, même lorsque le budget a déjà décidé pour elles.

L’existence d’un comité d’éthique et d’un pôle comptable {au} me paraît la condition d’un travail loyal. J’aimerais vous rencontrer.
""",
        "f",
    ),
    Letter(
        "travailleur-social",
        """
Bonjour,

J’ai passé trois hivers en maraude et deux ans en centre d’hébergement d’urgence. Je parle arabe et anglais, je me débrouille en dari. J’ai obtenu le
diplôme d’assistant de service social en cours d’emploi.

Je cherche un lieu où l’on vise le logement dès le premier jour. Votre annonce {a_ville} dit cela sans détour.
""",
    ),
    Letter(
        "travailleur-social",
        """
Madame, Monsieur,

La demande d’asile est une procédure ; l’attente est une vie. J’ai accompagné une centaine de personnes dans la préparation de leur récit, avec des
interprètes et beaucoup de thé.

Je souhaite poursuivre {au} et partager une pratique collective, notamment sur le psychotraumatisme, auquel je viens de me former.
""",
    ),
    Letter(
        "coordinateur-parcours",
        """
Bonjour,

Infirmière puis gestionnaire de cas, je coordonne depuis cinq ans des situations dont chacun se renvoie la balle. J’ai découvert que le mot magique est
« je vous rappelle avant midi », à condition de rappeler.

Le rôle décrit {au} est celui que j’exerce avec passion. Ma mobilité est totale dans le département.
""",
        "f",
    ),
    Letter(
        "conseiller-insertion",
        """
Bonjour,

Ancienne responsable d’agence d’intérim, j’ai rejoint l’insertion il y a quatre ans. Je connais les entreprises, leurs urgences, leurs préjugés
aussi. Soixante immersions organisées l’an dernier, trente-quatre embauches.

Je souhaite mettre ce réseau au service des personnes accompagnées {au}.
""",
        "f",
    ),
    Letter(
        "conseiller-insertion",
        """
Madame, Monsieur,

Éducateur de formation, j’ai choisi l’emploi parce qu’il est souvent le premier sujet des jeunes que je suivais. Je suis à l’aise dans les ateliers
collectifs et je prépare volontiers les entretiens dans la voiture, moteur arrêté.

Votre territoire m’intéresse, votre façon de limiter les files actives plus encore.
""",
        "m",
    ),
    Letter(
        "encadrant-technique",
        """
Bonjour,

Maçon pendant quinze ans, chef d’équipe pendant six, je me suis cassé le dos une fois et c’est un apprenti qui m’a relevé. Depuis, je transmets.

J’encadre des chantiers d’insertion depuis 2021. Je sais faire un devis, une équerre, un bilan. Le projet {du} me plaît et la pierre sèche aussi.
""",
        "m",
    ),
    Letter(
        "moniteur-atelier",
        """
Madame, Monsieur,

Cuisinier de métier, j’ai formé six apprentis avant de découvrir les établissements d’aide par le travail lors d’un service traiteur commun. J’y ai vu
la précision et la fierté ; j’ai eu envie d’en être.

Je suis prêt à passer le certificat de branche. Une journée d’essai à l’atelier {du} serait le meilleur des entretiens.
""",
        "m",
    ),
    Letter(
        "accompagnant-educatif-social",
        """
Bonjour,

Diplômée depuis un an, j’ai travaillé auprès d’adultes polyhandicapés. Monsieur D. ne parlait pas ; il a mis trois mois à me sourire et je n’ai pas
oublié la date.

J’aime les gestes bien faits et les équipes qui se saluent. Le poste {au} correspond à ce que je cherche, les week-ends alternés ne me font pas peur.
""",
        "f",
    ),
    Letter(
        "auxiliaire-de-vie",
        """
Bonjour Madame, bonjour Monsieur,

Je m’occupe depuis deux ans de ma grand-mère et j’ai obtenu mon titre d’assistante de vie en septembre. Je suis ponctuelle, je cuisine, je chante un
peu.

J’ai le permis et j’habite le secteur. Je serais contente de vous rencontrer et d’essayer quelques tournées en double.
""",
        "f",
    ),
    Letter(
        "aide-soignant",
        """
Madame, Monsieur,

Aide-soignante depuis dix ans, j’ai quitté un établissement où l’on comptait les minutes. Votre annonce parle de toilettes à l’heure choisie ; je
voudrais le voir, et y contribuer.

Je suis formée aux soins palliatifs et à l’accompagnement des troubles cognitifs. Je peux commencer au premier du mois prochain.
""",
        "f",
    ),
    Letter(
        "aide-soignant",
        """
Bonjour,

Je termine un remplacement au service de soins à domicile et souhaite un poste stable. J’apprécie l’autonomie des tournées et la confiance des familles.
Mes collègues me reconnaissent un regard clinique précis : j’ai signalé deux fois, à temps, une décompensation cardiaque.

Je reste à votre disposition pour un entretien {a_ville}.
""",
    ),
    Letter(
        "infirmier",
        """
Madame, Monsieur,

Huit ans aux urgences m’ont appris la vitesse. Je voudrais réapprendre la lenteur. Le travail de coordination et de prévention que vous proposez {au}
me permettrait d’employer mes compétences cliniques autrement.

J’ai suivi un diplôme universitaire d’addictologie l’an dernier et réalisé mon stage dans une équipe proche de la vôtre.
""",
    ),
    Letter(
        "infirmier",
        """
Bonjour,

Infirmier en gériatrie depuis cinq ans, je suis référent douleur et plaies. Ce que je préfère reste la conversation de dix-sept heures, celle où l’on
apprend que madame a été couturière chez un grand couturier.

Le roulement et la reprise d’ancienneté annoncés me conviennent. Pourrions-nous convenir d’une visite ?
""",
        "m",
    ),
    Letter(
        "psychologue",
        """
Madame, Monsieur,

Psychologue clinicienne d’orientation psychodynamique, formée à la thérapie familiale, j’interviens à mi-temps en protection de l’enfance. Je souhaite
compléter ce temps par un poste où la réflexion d’équipe est tenue pour un outil de soin.

Ce que vous écrivez de la place du psychologue {au} m’encourage à vous adresser ma candidature.
""",
        "f",
    ),
    Letter(
        "psychomotricien",
        """
Bonjour,

Psychomotricien diplômé depuis trois ans, j’ai exercé en libéral, seul dans mon cabinet. Le travail d’équipe me manque, tout comme les synthèses du
vendredi que je fuyais pourtant en stage.

J’utilise la médiation par l’eau, le jeu et le conte. Les déplacements sur le secteur {du} ne posent aucune difficulté.
""",
        "m",
    ),
    Letter(
        "chef-de-service",
        """
Madame, Monsieur,

Éducatrice pendant quatorze ans, faisant fonction de cheffe de service depuis deux ans, je termine le CAFERUIS en juin. J’ai appris à encadrer en
gardant la porte ouverte et l’agenda fermé une heure par jour.

La transformation engagée {au} est un projet pour lequel je peux apporter méthode et sens du dialogue. Vous trouverez ci-joint mon parcours.
""",
        "f",
    ),
)

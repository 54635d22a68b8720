"""The texts the site starts with. The office edits them in the CMS; these are never written over its own.

Marks: `## ` begins a heading, `- ` a list item, an empty line ends a block.
"""

from django.utils.html import format_html, format_html_join

HOME = {
    "title": "ASH Job",
    "slug": "accueil",
    "kicker": "Le recrutement du travail social et médico-social",
    "headline": "Trouvez le poste où votre métier a du sens",
    "lede": "Associations, collectivités et hôpitaux cherchent leurs éducateurs, soignants et cadres. "
    "Leurs annonces sont ici, avec le salaire, la convention et le lieu.",
    "body": """
## Un site fait par un magazine

ASH Job prolonge ce que le magazine fait depuis toujours : regarder de près les métiers de l’accompagnement, dire ce
qu’ils sont, et aider celles et ceux qui les exercent à se rencontrer.

## Vous recrutez

Une page entreprise gratuite, des annonces en ligne en dix minutes, des encarts dans le magazine et une CVthèque. Nos
équipes vous répondent au téléphone.
""",
}

COMPANY_INDEX = {"title": "Les entreprises", "slug": "entreprises"}

#: slug: (title, lede, text)
EDITORIAL = {
    "mentions-legales": (
        "Mentions légales",
        "Qui édite ce site, qui l’héberge, comment nous joindre.",
        """
## Éditeur

Ce site est édité par la société éditrice du magazine, dont la dénomination, la forme, le capital, le siège, le
numéro d’immatriculation, le numéro de TVA intracommunautaire et les coordonnées téléphoniques sont à compléter
ici avant l’ouverture au public.

Le directeur de la publication est la représentante ou le représentant légal de la société.

## Hébergeur

Le nom, l’adresse et le téléphone de l’hébergeur figurent dans cette rubrique, conformément à la loi du 21 juin
2004 pour la confiance dans l’économie numérique.

## Propriété intellectuelle

Les textes, photographies et éléments graphiques du site appartiennent à l’éditeur ou à leurs auteurs. Les
annonces et les pages entreprise demeurent la propriété des employeurs qui les publient.

## Données ouvertes

Les communes proviennent de l’INSEE, de La Poste et d’Etalab (Licence Ouverte 2.0), les coordonnées de GeoNames
(CC BY 4.0), les métiers du répertoire ROME.

## Signaler un contenu

Une annonce vous paraît discriminatoire, trompeuse ou contraire à la loi ? Écrivez-nous par le formulaire de
contact en indiquant son adresse : nous l’examinons sous deux jours ouvrés.
""",
    ),
    "vos-donnees": (
        "Vos données",
        "Ce que nous savons de vous, pourquoi, combien de temps, et comment reprendre la main.",
        """
## Qui est responsable

L’éditeur du site est responsable des comptes, de la CVthèque, des alertes et des statistiques. Chaque employeur
est responsable des candidatures qu’il reçoit ; le site les transporte et les conserve pour lui.

## Quand vous postulez

Votre nom, votre adresse électronique, votre CV et votre lettre sont transmis à l’employeur de l’annonce, et à
lui seul. Nous ne demandons ni photographie, ni date de naissance, ni situation de famille, ni information de
santé : n’en indiquez pas.

Une candidature est conservée le temps du recrutement puis trois mois. L’employeur ne peut la garder plus
longtemps qu’avec votre accord, et deux ans au plus après le dernier contact.

## La CVthèque

Votre profil n’y figure que si vous le demandez. Les employeurs abonnés peuvent alors consulter votre CV ;
chaque consultation est enregistrée et vous pouvez la voir. Après quarante-cinq jours sans mise à jour, votre
profil quitte la liste. Après deux ans d’inactivité, il est supprimé.

Vous retirez votre accord d’un clic, aussi facilement que vous l’avez donné.

## Statistiques et témoins de connexion

Le site ne dépose aucun traceur publicitaire et n’affiche donc aucun bandeau. Les vues des annonces sont
comptées par jour, sans identifier personne. Les seuls témoins utilisés servent à vous connecter et à garder
votre panier.

## Vos droits

- accéder à vos données et en recevoir une copie
- les rectifier, les effacer ou en limiter l’usage
- vous opposer à un traitement
- les emporter ailleurs dans un format lisible

Ces droits s’exercent depuis « Mon compte » ou par le formulaire de contact ; nous répondons dans le mois. Vous
pouvez aussi saisir la Commission nationale de l’informatique et des libertés.
""",
    ),
    "accessibilite": (
        "Accessibilité : partiellement conforme",
        "Nous voulons que chacun puisse chercher, postuler et recruter ici. Voici où nous en sommes.",
        """
L’éditeur s’engage à rendre ce site accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février
2005.

## État de conformité

Le site est partiellement conforme au référentiel général d’amélioration de l’accessibilité, version 4.1. Aucun
audit externe n’a encore été conduit ; cette déclaration repose sur une évaluation menée par l’équipe de
développement.

## Contenus non accessibles

- les photographies ajoutées par les employeurs, lorsque leur description est insuffisante
- les documents PDF déposés par les candidats et les pages du magazine, qui ne sont pas toujours balisés
- certains écrans de l’éditeur de contenus, dont l’accessibilité dépend du logiciel libre Wagtail

## Établissement de cette déclaration

Les essais ont été réalisés au clavier, avec un agrandissement de 200 %, sans JavaScript, et à l’aide d’un outil
de contrôle automatique, sur un téléphone et sur un ordinateur.

## Retour d’information et contact

Si un contenu ou un service vous résiste, écrivez-nous par le formulaire de contact ou téléphonez-nous : nous
vous apporterons l’information par un autre moyen et corrigerons le défaut.

## Voies de recours

Si vous constatez un défaut qui vous empêche d’accéder à un service et que notre réponse ne vous satisfait pas, vous
pouvez écrire au Défenseur des droits ou contacter l’un de ses délégués.
""",
    ),
    "conditions-generales": (
        "Conditions générales de vente",
        "Texte court de départ : il est à compléter et à faire relire avant l’ouverture des ventes.",
        """
## Objet

Ces conditions régissent la vente en ligne, aux employeurs, d’annonces, d’encarts dans le magazine, de pages
entreprise et d’accès à la CVthèque. Elles s’adressent aux professionnels.

## Prix et commande

Les prix sont indiqués en euros hors taxes ; la TVA en vigueur s’ajoute. La commande est ferme à sa validation.
Un devis est valable trente jours et ne réserve rien.

## Paiement

Le règlement se fait par carte, par virement ou, pour les organismes qui y sont autorisés, sur facture à trente
jours. Les prestations commandées par virement sont ouvertes à réception des fonds. Tout retard entraîne des
pénalités et une indemnité forfaitaire de 40 euros pour frais de recouvrement.

## Crédits et durées

Un crédit publie une annonce pendant deux mois. Les crédits s’utilisent dans l’année qui suit l’achat et ne sont
ni remboursables ni cessibles, sauf erreur de notre fait. Les pages entreprise et l’accès à la CVthèque courent
à compter de leur ouverture.

## Contenu des annonces

L’employeur répond du contenu de ses annonces, qui doivent être sincères, datées, rédigées en français et
exemptes de tout critère discriminatoire. L’éditeur peut refuser ou retirer une annonce qui ne respecterait pas
ces règles ; le crédit est alors restitué.

## Données, droit applicable

Le traitement des données est décrit à la page « Vos données ». Le droit français s’applique ; tout litige
relève des tribunaux du siège de l’éditeur, après une tentative de règlement amiable.
""",
    ),
    "magazine": (
        "Le magazine",
        "Un numéro par mois, consacré aux femmes et aux hommes qui accompagnent.",
        """
Enquêtes, portraits, décryptage du droit, retours d’expérience : le magazine donne la parole aux professionnels
de l’action sociale et médico-sociale.

Chaque numéro comporte un cahier d’offres d’emploi. L’annonce que vous publiez ici avec l’option « web + print »
y paraît dans le format de votre choix, relue et mise en page par la rédaction.

Le bouclage des encarts a lieu environ deux semaines avant la parution ; la date figure dans votre espace au
moment de publier.
""",
    ),
}


def to_html(text: str) -> str:
    """The HTML of a marked text."""
    return "".join(_block(block.strip()) for block in text.strip().split("\n\n"))


def _block(block: str) -> str:
    if block.startswith("## "):
        return format_html("<h2>{}</h2>", block[3:])
    if block.startswith("- "):
        items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in block.splitlines()))
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", " ".join(block.splitlines()))

"""Checks of identifiers by python-stdnum, with sentences a recruiter understands."""

import re

from django.core.exceptions import ValidationError
from stdnum import luhn
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.fr import siret


def validate_siret(value: str) -> None:
    """Accept a SIRET with a valid key (the exception of La Poste included). Raises ValidationError."""
    try:
        siret.validate(value)
    except StdnumError as error:
        raise ValidationError(
            "Ce SIRET n’est pas valide : il compte 14 chiffres, vérifiez-le sur votre avis de situation."
        ) from error


def validate_vat_number(value: str) -> None:
    """Accept the VAT number of a country of the European Union with a valid key. Raises ValidationError."""
    try:
        vat.validate(value)
    except StdnumError as error:
        raise ValidationError(
            "Ce n° de TVA n’est pas valide : les deux lettres du pays, puis le numéro (en France, FR et 11 caractères)."
        ) from error


def validate_finess(value: str) -> None:
    """Accept a FINESS number: nine characters, the last a Luhn key. Raises ValidationError.

    In Corsica the second is a letter; how it enters the key is not published, so there the key is not checked.
    """
    corsica = re.fullmatch(r"2[AB]\d{7}", value)
    if not corsica and not (re.fullmatch(r"\d{9}", value) and luhn.is_valid(value)):
        raise ValidationError(
            "Ce n° FINESS n’est pas valide : il compte 9 caractères, vérifiez-le sur finess.esante.gouv.fr."
        )


#: What a mail program makes a link of, or what no name contains.
_NO_NAME = re.compile(r"[:@<>\\{}|\x00-\x1f\x7f]|www\.|\w\.\w{2,}", re.IGNORECASE)


def validate_person_name(value: str) -> None:
    """Refuse what would put a link of a stranger's into the mails that greet by this name. Raises ValidationError."""
    if _NO_NAME.search(value):
        raise ValidationError("Écrivez votre nom seul, sans adresse ni lien.")


#: As above, but an association may be called "A.D.M.R. du Gers" or "Oui : demain".
_NO_ORGANISATION = re.compile(r"[@<>\\{}|\x00-\x1f\x7f]|://|www\.|\w{2,}\.\w{2,}|\w\.\w{2,}/", re.IGNORECASE)


def validate_organisation_name(value: str) -> None:
    """Refuse a link in the name that invitations, sent to anybody, carry in their subject. Raises ValidationError."""
    if _NO_ORGANISATION.search(value):
        raise ValidationError("Écrivez le nom de l’organisation seul, sans adresse ni lien.")


#: Signs that nobody sees or types, which no invoice takes (XML 1.0), and those that turn the direction of reading.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


def validate_one_line(value: str) -> None:
    """Refuse what a line of a document cannot hold: line breaks, control characters. Raises ValidationError."""
    if _UNSEEN.search(value):
        raise ValidationError(
            "Ce texte contient un retour à la ligne ou un caractère invisible : effacez-le, puis retapez-le."
        )

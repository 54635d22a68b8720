"""Checks of identifiers by python-stdnum, with sentences a recruiter understands."""

from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.fr import siret, tva


def validate_siret(value: str) -> None:
    """Accept a SIRET with a valid key (the exception of La Poste included). Raises ValidationError."""
    try:
        siret.validate(value)
    except StdnumError as error:
        raise ValidationError(
            "Ce SIRET n’est pas valide : il compte 14 chiffres, vérifiez-le sur votre avis de situation."
        ) from error


def validate_vat_number(value: str) -> None:
    """Accept a French VAT number with a valid key. Raises ValidationError."""
    try:
        tva.validate(value)
    except StdnumError as error:
        raise ValidationError("Ce n° de TVA n’est pas valide : FR suivi de 11 caractères.") from error

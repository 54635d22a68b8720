"""To whom an invoice is made out: what each country asks, and which VAT follows."""

import pytest

from accounts.models import Employer
from billing import identity, pricing
from tests.factories import EmployerFactory

from .shop import offer

pytestmark = pytest.mark.django_db

FRENCH = {"country": "FR", "siret": "73282932000074", "postcode": "69100", "city": "Villeurbanne"}
GERMAN = {"country": "DE", "siret": "", "postcode": "10115", "city": "Berlin", "vat_number": "DE136695976"}
GREEK = {"country": "GR", "siret": "", "postcode": "104 31", "city": "Athènes", "vat_number": "EL094259216"}
SWISS = {"country": "CH", "siret": "", "postcode": "1201", "city": "Genève"}


def employer(**fields) -> Employer:
    found = Employer(
        legal_name="Association",
        legal_form="association",
        address="1 rue Neuve",
        billing_email="" if fields.get("siret") else "compta@test.example",
    )
    for name, value in fields.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    "fields",
    [
        FRENCH,
        FRENCH | {"vat_number": "FR44732829320"},
        FRENCH | {"siret": "", "vat_status": "hors_champ"},
        GERMAN,
        GERMAN | {"vat_number": ""},
        GREEK,
        SWISS,
        {"country": "MC", "postcode": "98000", "city": "Monaco"},
        {"country": "GB", "postcode": "sw1a 1aa", "city": "Londres"},
        {"country": "HK", "postcode": "", "city": "Hong Kong"},
        FRENCH | {"postcode": "97400", "city": "Saint-Denis"},
    ],
    ids=lambda fields: f"{fields['country']} {fields['postcode']}",
)
def test_a_valid_identity(fields):
    assert identity.faults(employer(**fields)) == {}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (FRENCH | {"siret": ""}, "siret", "doit figurer sur votre facture"),
        (FRENCH | {"siret": "73282932000075"}, "siret", "n’est pas valide"),
        (FRENCH | {"postcode": "6910"}, "postcode", "Cinq chiffres"),
        (FRENCH | {"postcode": ""}, "postcode", "Indiquez le code postal"),
        (FRENCH | {"city": "  "}, "city", "Indiquez la ville"),
        (FRENCH | {"address": ""}, "address", "Indiquez l’adresse"),
        (FRENCH | {"legal_name": ""}, "legal_name", "raison sociale"),
        (FRENCH | {"vat_number": "FR00732829320"}, "vat_number", "n’est pas valide"),
        (FRENCH | {"vat_number": "DE136695976"}, "vat_number", ""),
        (GERMAN | {"postcode": "1011"}, "postcode", "n’est pas de ce pays, par exemple"),
        (GERMAN | {"vat_number": "DE136695977"}, "vat_number", "n’est pas valide"),
        (GERMAN | {"vat_number": "FR44732829320"}, "vat_number", "commence par DE"),
        (GREEK | {"vat_number": "DE136695976"}, "vat_number", "commence par EL"),
        (GERMAN | {"siret": "73282932000074"}, "country", "établissement en France"),
        (SWISS | {"vat_number": "DE136695976"}, "vat_number", "Hors de l’Union européenne"),
        (SWISS | {"postcode": "ABC"}, "postcode", "n’est pas de ce pays"),
        (SWISS | {"billing_email": ""}, "billing_email", "la facture y est adressée"),
        (
            FRENCH | {"siret": "", "vat_status": "hors_champ", "billing_email": ""},
            "billing_email",
            "adressée",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(fields, field, words):
    faults = identity.faults(employer(**fields))
    assert set(faults) == {field}
    assert words in faults[field]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (FRENCH, "La TVA française s’applique : 20 %."),
        (FRENCH | {"postcode": "97400"}, "La TVA de votre département s’applique : 8,5 %."),
        (FRENCH | {"postcode": "97300"}, "sans TVA. TVA non applicable, article 294"),
        (GERMAN, "sans TVA. Autoliquidation"),
        (
            GERMAN | {"vat_number": ""},
            "Sans n° de TVA intracommunautaire, la TVA française s’applique : 20 %",
        ),
        (SWISS, "sans TVA. TVA non applicable, article 259-1"),
    ],
)
def test_the_vat_that_applies_is_said_with_its_reason(fields, words):
    buyer = employer(**fields)
    assert words in identity.vat_words(buyer, pricing.sold_lines(buyer, [(offer("web-1"), 1)]))


def test_looking_at_it_changes_nothing():
    found = EmployerFactory(vat_status=Employer.VatStatus.LIABLE)
    before = found.vat_number
    identity.faults(found)
    assert found.vat_number == before

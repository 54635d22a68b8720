"""Electronic invoices of every kind of customer, payment and VAT: the validators find nothing against any of them.

Each is made as the site makes it: an order through the cart or the office, its invoice, the XML from the frozen row.
"""

import io
from collections.abc import Callable
from decimal import Decimal

import facturx as library
import pytest
from lxml import etree
from pypdf import PdfReader

from accounts.models import Employer
from billing import carts, checkout, documents, facturx, invoices, orders
from billing.models import DiscountCode, Invoice, InvoiceLine, Order, VatRule, Zone
from tests.billing.einvoices import archive_findings, findings
from tests.billing.shop import fill, offer, order_of
from tests.factories import EmployerFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db

Form, Vat = Employer.LegalForm, Employer.VatStatus
SIRET = "35600000000048"
FRENCH = {
    "legal_name": "Association Les Tilleuls",
    "siret": SIRET,
    "vat_number": "FR39356000000",
    "vat_status": Vat.LIABLE,
    "billing_email": "compta@tilleuls.example",
}
TAGS = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


def paid(employer: Employer, method=Order.Method.TRANSFER, codes=("web-3", "print-1-4")) -> Invoice:
    order = order_of(employer, employer.memberships.get().user, method, codes)
    return orders.pay(order).invoices.get()


def on_invoice(employer: Employer, *items, reference: str = "") -> Invoice:
    employer.pays_on_invoice = True
    employer.save()
    lines = list(items) or [(offer("web-1"), 2)]
    return orders.order_on_invoice(
        employer, lines, by=UserFactory(), purchase_order_number=reference
    ).invoices.get()


def by_transfer() -> Invoice:
    return paid(EmployerFactory(**FRENCH))


def by_card() -> Invoice:
    return paid(EmployerFactory(**FRENCH), Order.Method.CARD)


def to_be_paid() -> Invoice:
    return on_invoice(EmployerFactory(**FRENCH), reference="BC 2026/12")


def credit_note() -> Invoice:
    return invoices.credit_note(to_be_paid())


def credit_note_of_a_card() -> Invoice:
    return invoices.credit_note(by_card())


def exempt(mention: str, code: str) -> Invoice:
    VatRule.objects.update_or_create(
        zone=Zone.METROPOLE,
        defaults={"rate": 0, "category": "E", "mention": mention, "exemption_code": code},
    )
    return paid(EmployerFactory(**FRENCH))


def exempt_261() -> Invoice:
    return exempt("Exonération de TVA, article 261, 4, 4° du CGI.", "VATEX-EU-132")


def exempt_293b() -> Invoice:
    return exempt("TVA non applicable, article 293 B du CGI.", "VATEX-FR-FRANCHISE")


def reunion() -> Invoice:
    return paid(EmployerFactory(**FRENCH, postcode="97400", city="Saint-Denis"))


def guyane() -> Invoice:
    return paid(EmployerFactory(**FRENCH, postcode="97300", city="Cayenne"))


def mayotte() -> Invoice:
    return on_invoice(EmployerFactory(**FRENCH, postcode="97600", city="Mamoudzou"))


def european() -> Invoice:
    return paid(
        EmployerFactory(
            legal_name="Sozialwerk Berlin gGmbH",
            country="DE",
            vat_number="DE136695976",
            postcode="10115",
            city="Berlin",
            billing_email="rechnung@sozialwerk.example",
        )
    )


def greek() -> Invoice:
    """Greece is GR as a country and EL as a VAT number."""
    return paid(
        EmployerFactory(
            legal_name="Filoxenia",
            country="GR",
            vat_number="EL094259216",
            postcode="105 64",
            city="Αθήνα",
            billing_email="logistirio@filoxenia.example",
        )
    )


def outside() -> Invoice:
    return on_invoice(
        EmployerFactory(
            legal_name="Fondation du Léman",
            country="CH",
            postcode="1003",
            city="Lausanne",
            billing_email="factures@leman.example",
        )
    )


def hospital() -> Invoice:
    return on_invoice(
        EmployerFactory(
            **FRENCH | {"legal_name": "Centre hospitalier du Parc", "vat_number": ""},
            legal_form=Form.HOSPITAL,
            public_body=True,
            chorus_service_code="SERV-RH",
        ),
        reference="ENG-2026-42",
    )


def not_taxable() -> Invoice:
    return paid(EmployerFactory(**FRENCH | {"vat_number": "", "vat_status": Vat.OUTSIDE}))


def without_siret() -> Invoice:
    return paid(EmployerFactory(**FRENCH | {"vat_number": "", "vat_status": Vat.OUTSIDE, "siret": ""}))


def discounted() -> Invoice:
    employer = EmployerFactory(**FRENCH)
    code = DiscountCode.objects.create(code="RENTREE", label="Remise de rentrée", percent=Decimal("12.5"))
    fill(employer, "web-3", "page-marque")
    cart = carts.cart_of(employer)
    cart.discount_code = code
    cart.save()
    return orders.pay(
        checkout.confirm(employer, cart.key, Order.Method.TRANSFER, employer.memberships.get().user)
    ).invoices.get()


def many_rates() -> Invoice:
    """Prices whose VAT, rounded line by line, would not add up to that of each rate."""
    items = [
        (OfferFactory(price=Decimal(price), vat_rate=Decimal(rate)), quantity)
        for price, rate, quantity in (
            ("0.03", "20.00", 7), ("33.33", "20.00", 3), ("9.99", "5.50", 11), ("0.10", "5.50", 1), ("19.97", "2.10", 13)
        )
    ]  # fmt: skip
    return on_invoice(EmployerFactory(**FRENCH), *items)


def typed_by_people() -> Invoice:
    """What people type: markup, quotation marks, more than one line, letters of other alphabets."""
    return paid(
        EmployerFactory(
            **FRENCH | {"legal_name": '« L’Élan » & fils <b>"Œuvre"</b> – Łódź'},
            address="Bâtiment C, 2ᵉ étage",
            address_2="12 bis, rue de l’Été",
        )
    )


CASES: list[Callable[[], Invoice]] = [
    by_transfer, by_card, to_be_paid, credit_note, credit_note_of_a_card, exempt_261, exempt_293b, reunion, guyane,
    mayotte, european, greek, outside, hospital, not_taxable, without_siret, discounted, many_rates, typed_by_people,
]  # fmt: skip


def text_of(invoice: Invoice, path: str) -> str:
    """The text at a path within the file."""
    return etree.fromstring(facturx.invoice_xml(invoice)).findtext(f".//{path}", "", TAGS)


def notes_of(invoice: Invoice) -> dict[str, str]:
    root = etree.fromstring(facturx.invoice_xml(invoice))
    return {
        note.findtext("ram:SubjectCode", "", TAGS): note.findtext("ram:Content", "", TAGS)
        for note in root.iterfind(".//ram:IncludedNote", TAGS)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_validators_find_nothing(case):
    assert findings(facturx.invoice_xml(case())) == []


@pytest.mark.verapdf
def test_every_document_is_an_archive(tmp_path):
    pdfs = {}
    for case in CASES:
        VatRule.objects.filter(zone=Zone.METROPOLE).delete()
        pdfs[case.__name__] = documents.invoice_pdf(case())
    assert archive_findings(tmp_path, **pdfs) == {name: [] for name in pdfs}

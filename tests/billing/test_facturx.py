"""Electronic invoices of every kind of customer, payment and VAT: the validators find nothing against any of them.

Each is made as the site makes it: an order through the cart or the office, its invoice, the XML from the frozen row.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import facturx as library
import pytest
from lxml import etree
from pypdf import PdfReader

from accounts.models import Employer
from billing import carts, checkout, documents, facturx, invoices, orders, transfers
from billing.models import DiscountCode, Invoice, Order, SellerSettings, VatRule, Zone
from reference.dates import paris_day
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


def by_transfer_typed_later() -> Invoice:
    employer = EmployerFactory(**FRENCH)
    order = order_of(employer, employer.memberships.get().user, Order.Method.TRANSFER)
    transfers.receive(order, order.total_incl_vat, paris_day() - timedelta(days=4), UserFactory())
    return order.invoices.get()


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


def with_code(percent: str) -> Order:
    employer = EmployerFactory(**FRENCH)
    code = DiscountCode.objects.create(
        code=f"RENTREE{percent}", label="Remise de rentrée", percent=Decimal(percent)
    )
    fill(employer, "web-3", "page-marque")
    cart = carts.cart_of(employer)
    cart.discount_code = code
    cart.save()
    return checkout.confirm(employer, cart.key, Order.Method.TRANSFER, employer.memberships.get().user)


def discounted() -> Invoice:
    return orders.pay(with_code("12.5")).invoices.get()


def nothing_to_pay() -> Invoice:
    return with_code("100").invoices.get()


def many_rates() -> Invoice:
    """Prices whose VAT, rounded line by line, would not add up to that of each rate."""
    items = [
        (OfferFactory(price=Decimal(price), vat_rate=Decimal(rate)), quantity)
        for price, rate, quantity in (
            ("0.03", "20.00", 7), ("33.33", "20.00", 3), ("9.99", "5.50", 11), ("0.10", "5.50", 1),
            ("19.97", "2.10", 13),
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
    by_transfer, by_transfer_typed_later, by_card, to_be_paid, credit_note, credit_note_of_a_card, exempt_261,
    exempt_293b, reunion, guyane, mayotte, european, greek, outside, hospital, not_taxable, without_siret, discounted,
    nothing_to_pay, many_rates, typed_by_people,
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


def test_the_pdf_holds_the_file_and_says_so_in_its_one_packet():
    invoice = to_be_paid()
    pdf = documents.invoice_pdf(invoice)
    name, xml = library.get_xml_from_pdf(pdf, check_xsd=True, check_schematron=False)
    assert (name, xml) == ("factur-x.xml", facturx.invoice_xml(invoice))
    catalog = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    packet = catalog["/Metadata"].get_data()
    assert packet.count(b"<rdf:RDF") == 1
    for words in ("ConformanceLevel>EN 16931<", "DocumentType>INVOICE<", "DocumentFileName>factur-x.xml<"):
        assert words.encode() in packet
    (attached,) = [file.get_object() for file in catalog["/AF"]]
    assert attached["/AFRelationship"] == "/Data"
    assert attached["/EF"]["/F"]["/Subtype"] == "/text/xml"


def test_the_same_row_gives_the_same_bytes_wherever_it_is_made(settings):
    invoice = by_card()
    before = documents.invoice_pdf(invoice)
    settings.TIME_ZONE = "Pacific/Auckland"
    settings.SELLER = {**settings.SELLER, "name": "Repreneur", "iban": "FR00"}
    Employer.objects.update(legal_name="Autre nom", siret="", city="Ailleurs")
    VatRule.objects.filter(zone=Zone.METROPOLE).update(rate=0, category="E", mention="Autre")
    assert documents.invoice_pdf(Invoice.objects.get(pk=invoice.pk)) == before


def test_a_credit_note_names_its_invoice_and_its_date():
    note = credit_note()
    named = "ram:InvoiceReferencedDocument"
    assert text_of(note, "rsm:ExchangedDocument/ram:TypeCode") == "381"
    assert text_of(note, f"{named}/ram:IssuerAssignedID") == note.refers_to.number
    day = etree.fromstring(facturx.invoice_xml(note)).find(f".//{named}/ram:FormattedIssueDateTime", TAGS)
    assert "".join(day.itertext()).strip() == f"{note.refers_to.issued_on:%Y%m%d}"
    assert Decimal(text_of(note, "ram:DuePayableAmount")) == note.refers_to.total_incl_vat
    # The refund is no payment to us: it names no account and no means.
    assert text_of(note, "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == ""


def test_an_invoice_by_card_is_one_of_services_already_paid():
    invoice = by_card()
    process = "ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
    assert (text_of(invoice, process), text_of(to_be_paid(), process)) == ("S2", "S1")
    assert text_of(invoice, "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode") == "48"
    assert text_of(invoice, "ram:TotalPrepaidAmount") == f"{invoice.total_incl_vat:.2f}"
    assert text_of(invoice, "ram:DuePayableAmount") == "0.00"


@pytest.mark.parametrize(
    ("case", "category", "rate", "code"),
    [
        (by_transfer, "S", "20.00", ""),
        (reunion, "S", "8.50", ""),
        (guyane, "E", "0.00", ""),
        (mayotte, "E", "0.00", ""),
        (exempt_261, "E", "0.00", "VATEX-EU-132"),
        (exempt_293b, "E", "0.00", "VATEX-FR-FRANCHISE"),
        (european, "AE", "0.00", "VATEX-EU-AE"),
        (outside, "O", "", "VATEX-EU-O"),
    ],
)
def test_vat_and_why_there_is_none(case, category, rate, code):
    invoice = case()
    group = "ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
    names = ("CategoryCode", "RateApplicablePercent", "ExemptionReasonCode")
    assert tuple(text_of(invoice, f"{group}/ram:{name}") for name in names) == (category, rate, code)
    mention = text_of(invoice, f"{group}/ram:ExemptionReason")
    assert bool(mention) == (category != "S")
    assert mention in documents.invoice_html(invoice).replace("\u00a0", " ").replace("&#x27;", "'")


def test_money_that_came_days_before_was_paid_then_and_served_now():
    invoice = by_transfer_typed_later()
    days = {
        "ram:ActualDeliverySupplyChainEvent//udt:DateTimeString": paris_day(),
        "ram:SpecifiedTradePaymentTerms//udt:DateTimeString": paris_day() - timedelta(days=4),
    }
    for path, day in days.items():
        assert text_of(invoice, path) == f"{day:%Y%m%d}", path


def test_vat_is_rounded_once_for_each_rate():
    invoice = many_rates()
    root = etree.fromstring(facturx.invoice_xml(invoice))
    groups = root.findall(".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax", TAGS)
    amounts = {
        group.findtext("ram:RateApplicablePercent", "", TAGS): group.findtext(
            "ram:CalculatedAmount", "", TAGS
        )
        for group in groups
    }
    # Line by line it would be 20.04 + 6.05 + 5.45 only by luck: 0.042 + 19.998, 6.04395 + 0.0055, 5.45181.
    assert amounts == {"2.10": "5.45", "5.50": "6.05", "20.00": "20.04"}
    assert text_of(invoice, "ram:TaxTotalAmount") == "31.54" == f"{invoice.total_vat:.2f}"


def test_a_discount_stands_on_its_line():
    invoice = discounted()
    line = "ram:SpecifiedLineTradeSettlement/"
    assert text_of(invoice, f"{line}ram:SpecifiedTradeAllowanceCharge/ram:ActualAmount") == "97.50"
    assert text_of(invoice, f"{line}ram:SpecifiedTradeAllowanceCharge/ram:Reason") == "Remise de rentrée"
    total = f"{line}ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
    assert text_of(invoice, total) == "682.50"


def test_a_public_customer_is_routed_by_chorus_and_has_its_own_penalty():
    invoice = hospital()
    assert text_of(invoice, "ram:BuyerReference") == "SERV-RH"
    assert text_of(invoice, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == "ENG-2026-42"
    assert text_of(invoice, "ram:BuyerTradeParty/ram:GlobalID") == SIRET
    assert "8 points" in notes_of(invoice)["PMD"] and "10 points" in notes_of(to_be_paid())["PMD"]
    assert "8 points" in documents.invoice_html(invoice)
    assert "à 50 jours" in text_of(invoice, "ram:SpecifiedTradePaymentTerms/ram:Description")


@pytest.mark.parametrize(
    ("case", "treatment", "scheme", "address"),
    [
        (by_transfer, "B2B", "0225", "356000000"),
        (hospital, "B2B", "0225", "356000000"),
        (not_taxable, "B2C", "EM", "compta@tilleuls.example"),
        (without_siret, "B2C", "EM", "compta@tilleuls.example"),
        (european, "B2BINT", "EM", "rechnung@sozialwerk.example"),
        (outside, "B2BINT", "EM", "factures@leman.example"),
    ],
)
def test_how_each_kind_of_customer_is_treated_and_reached(case, treatment, scheme, address):
    invoice = case()
    assert notes_of(invoice)["BAR"] == treatment
    reached = etree.fromstring(facturx.invoice_xml(invoice)).find(
        ".//ram:BuyerTradeParty/ram:URIUniversalCommunication/ram:URIID", TAGS
    )
    assert (reached.get("schemeID"), reached.text) == (scheme, address)


def test_a_seller_that_opted_for_debits_says_so(settings):
    due = "ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:DueDateTypeCode"
    before = to_be_paid()
    assert text_of(before, due) == "72" and "à l’encaissement" in documents.invoice_html(before)
    SellerSettings.objects.update_or_create(pk=SellerSettings.load().pk, defaults={"vat_on_debits": True})
    after = on_invoice(EmployerFactory(**FRENCH))
    assert text_of(after, due) == "5" and "d’après les débits" in documents.invoice_html(after)


def test_a_seller_without_an_account_asks_for_no_transfer(settings):
    """A site whose office has not said who it is yet: nothing breaks, and no code leads nowhere."""
    settings.SELLER = {**settings.SELLER, "iban": "", "bic": ""}
    invoice = to_be_paid()
    assert findings(facturx.invoice_xml(invoice)) == []
    assert "Régler par virement" not in documents.invoice_html(invoice)

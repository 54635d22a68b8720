"""PDFs: what stands in them, the same bytes each time, and nothing fetched."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from billing import carts, checkout, documents, invoices, orders, quotes
from billing.models import DiscountCode, Invoice, Offer, Order
from tests.billing.shop import fill, offer, order_of
from tests.factories import EmployerFactory

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    """The text of a PDF, with plain spaces."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


@pytest.fixture
def employer():
    return EmployerFactory(siret="73282932000074", billing_email="compta@ormeaux.example")


@pytest.fixture
def buyer(employer):
    return employer.memberships.get().user


@pytest.fixture
def invoice(employer, buyer) -> Invoice:
    order = orders.pay(order_of(employer, buyer, Order.Method.TRANSFER, ("web-3", "print-1-4")))
    return order.invoices.get()


def test_an_invoice_carries_the_mentions_of_the_law(invoice, employer, settings):
    text = words(documents.invoice_pdf(invoice))
    for mention in (
        invoice.number,
        invoice.order.number,
        employer.legal_name,
        "SIREN 732 829 320",
        "SIRET 732 829 320 00074",
        settings.SELLER["name"],
        settings.SELLER["vat_number"],
        "SAS au capital de 50 000 €",
        "1 rue de la Gare 59000 Lille",
        "RCS Lille",
        "3 annonces web",
        "780,00 €",
        "1 930,00 €",
        "20 %",
        "386,00 €",
        "2 316,00 €",
        "Acquittée le",
        "Reste à payer 0,00 €",
        "Virement",
        "Prestation du",
        "Catégorie d’opération Prestation de services",
        "Escompte pour paiement anticipé : néant",
        "Pénalités de retard : taux de refinancement de la BCE majoré de 10 points",
        "40 €",
        "TVA exigible à l’encaissement",
    ):
        assert mention in text, mention
    assert "IBAN" not in text


def test_an_invoice_to_be_paid_says_when_and_where(employer, sales, settings):
    order = orders.order_on_invoice(employer, [(offer("web-1"), 2)], by=sales, purchase_order_number="BC-12")
    text = words(documents.invoice_pdf(order.invoices.get()))
    assert "Échéance, à 30 jours" in text and "BC-12" in text
    assert "FR76 3000 6000 0112 3456 7890 189" in text and "Net à payer" in text
    assert "Acquittée" not in text


def test_a_credit_note_names_its_invoice(invoice, sales):
    note = invoices.credit_note(invoice, by=sales)
    text = words(documents.invoice_pdf(note))
    assert f"Avoir n° {note.number}" in text
    assert f"Annule la facture {invoice.number} du" in text
    assert "Acquittée" not in text and "Échéance" not in text and "IBAN" not in text


def test_an_invoice_of_nothing_to_pay_names_no_means_of_payment(employer, buyer, invoice):
    assert "Réglée par Virement" in words(documents.invoice_pdf(invoice))
    free = DiscountCode.objects.create(code="OFFERT", label="Offert", percent=Decimal("100"))
    fill(employer, "web-1")
    carts.apply_code(employer, free.code)
    order = checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.CARD, buyer)
    text = words(documents.invoice_pdf(order.invoices.get()))
    assert "Reste à payer 0,00 €" in text
    assert "Réglée par" not in text and "Carte bancaire" not in text


def test_a_quote_says_how_long_it_holds(employer, buyer, settings):
    fill(employer, "page-marque")
    quote = quotes.request_quote(employer, carts.cart_of(employer).key, buyer)
    text = words(documents.quote_pdf(quote))
    assert f"Devis n° {quote.number}" in text and "Valable jusqu’au" in text and "Bon pour accord" in text
    assert "1 788,00 €" in text and "Pendant 12 mois" in text
    for mention in ("Conditions", "Réclamations", "03 99 00 00 00", "RCS Lille", settings.SELLER["email"]):
        assert mention in text, mention
    assert not PdfReader(io.BytesIO(documents.quote_pdf(quote))).attachments


def test_a_quote_says_how_long_credits_and_ads_last(employer, buyer):
    fill(employer, "web-3")
    quote = quotes.request_quote(employer, carts.cart_of(employer).key, buyer)
    text = words(documents.quote_pdf(quote))
    assert "Crédits valables 12 mois, parution de 2 mois par annonce" in text


def test_a_screen_reader_finds_headings_and_tables(invoice):
    catalog = PdfReader(io.BytesIO(documents.invoice_pdf(invoice))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == "fr"
    pending, kinds = [catalog["/StructTreeRoot"]], set()
    while pending:
        node = pending.pop().get_object()
        kinds.add(node.get("/S"))
        children = node.get("/K", [])
        children = children if isinstance(children, list) else [children]
        pending += [child for child in children if hasattr(child.get_object(), "get")]
    assert {"/H1", "/Table", "/TH", "/TD"} <= kinds


def test_a_document_made_again_has_the_same_bytes(invoice, settings):
    before = documents.invoice_pdf(invoice)
    # Whatever has changed since: the document is the frozen row's.
    Offer.objects.update(name="Autre chose", price=Decimal("1.00"))
    settings.SELLER = {**settings.SELLER, "name": "Repreneur", "iban": "FR00"}
    documents.style.cache_clear()
    assert documents.invoice_pdf(Invoice.objects.get(pk=invoice.pk)) == before


def test_what_a_customer_typed_is_text(employer, buyer):
    """Markup in a name or an address is printed, and the address of a picture is not asked for."""
    employer.legal_name = '<img src="http://127.0.0.1:1/espion.png"> & fils'
    employer.address = '"><style>@import url(file:///etc/passwd)</style>'
    employer.save()
    invoice = orders.pay(order_of(employer, buyer, Order.Method.TRANSFER)).invoices.get()
    text = words(documents.invoice_pdf(invoice))
    assert "espion.png" in text and "& fils" in text and "@import" in text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9200/",
        "https://example.org/a.css",
        "file:///etc/passwd",
        "ftp://example.org/a",
        f"file://{documents.FONTS}/../../ashjob/settings/base.py",
        f"file://{documents.FONTS}-of-somebody/a.woff2",
        "data:text/css,body{}",
    ],
)
def test_a_document_fetches_our_fonts_and_nothing_else(url):
    with pytest.raises(ValueError, match="may not fetch"):
        documents.FontsOnly().fetch(url)


def test_our_fonts_are_fetched():
    font = documents.FONTS / "source-sans" / "SourceSans3VF-Upright.ttf.woff2"
    found = documents.FontsOnly().fetch(font.as_uri())
    assert found.read(4) == b"wOF2"
    found.close()

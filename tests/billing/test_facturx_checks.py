"""Each validator finds what is wrong: a check that cannot fail says nothing of the invoices that pass it."""

import pytest
from lxml import etree

from billing import documents, facturx
from billing.facturx import embedding, xml
from billing.models import Invoice
from tests.billing.einvoices import archive_findings, findings, rule_findings, schema_findings
from tests.billing.test_facturx import TAGS, credit_note, to_be_paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice() -> Invoice:
    return to_be_paid()


def changed(file: bytes, path: str, text: str | None = None) -> bytes:
    """The file with the element at a path given another text, or taken out."""
    root = etree.fromstring(file)
    element = root.find(f".//{path}", TAGS)
    assert element is not None, path
    if text is None:
        element.getparent().remove(element)
    else:
        element.text = text
    return etree.tostring(root)


def without_note(file: bytes, code: str) -> bytes:
    root = etree.fromstring(file)
    for note in root.findall(".//ram:IncludedNote", TAGS):
        if note.findtext("ram:SubjectCode", "", TAGS) == code:
            note.getparent().remove(note)
    return etree.tostring(root)


def rules(file: bytes, which: str) -> set[str]:
    return {rule for rule, _ in rule_findings(file, which)}


def test_the_schema_finds_what_is_missing(invoice):
    file = facturx.invoice_xml(invoice)
    assert schema_findings(file) == []
    assert "TypeCode" in schema_findings(changed(file, "rsm:ExchangedDocument/ram:TypeCode"))[0]


def test_nothing_is_written_that_the_schema_refuses(invoice, monkeypatch):
    """The check that the site itself makes, before it keeps a PDF."""
    monkeypatch.setattr(xml, "_served_on", lambda invoice: None)
    with pytest.raises(Exception, match="not valid against the official XML Schema"):
        facturx.invoice_xml(invoice)


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("ram:GrandTotalAmount", "1.00", "BR-CO-15"),
        ("ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:LineTotalAmount", "1.00", "BR-CO-10"),
        ("ram:DuePayableAmount", "1.00", "BR-CO-16"),
        ("ram:PayeePartyCreditorFinancialAccount/ram:IBANID", None, "BR-61"),
        ("ram:BuyerTradeParty/ram:PostalTradeAddress/ram:CountryID", None, "BR-11"),
    ],
)
def test_the_rules_of_en_16931_find_it(invoice, path, text, rule):
    found = rules(changed(facturx.invoice_xml(invoice), path, text), "EN 16931")
    assert any(rule in name for name in found), found


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("rsm:ExchangedDocument/ram:ID", "FA 2026 42", "BR-FR-02"),
        ("rsm:ExchangedDocument/ram:TypeCode", "751", "BR-FR-04"),
        ("ram:BusinessProcessSpecifiedDocumentContextParameter", None, "BR-FR-08"),
        ("ram:SellerTradeParty/ram:GlobalID", "11111111100074", "BR-FR-09"),
        ("ram:SellerTradeParty/ram:SpecifiedLegalOrganization", None, "BR-FR-10"),
        ("ram:BuyerTradeParty/ram:SpecifiedLegalOrganization", None, "BR-FR-11"),
        ("ram:BuyerTradeParty/ram:URIUniversalCommunication", None, "BR-FR-12"),
        ("ram:SellerTradeParty/ram:URIUniversalCommunication", None, "BR-FR-13"),
        ("ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent", "19", "BR-FR-16"),
        ("ram:BuyerTradeParty/ram:URIUniversalCommunication/ram:URIID", "732829320", "BR-FR-21"),
        ("ram:DueDateDateTime/udt:DateTimeString", "20200101", "BR-FR-CO-07"),
    ],
)  # fmt: skip
def test_the_french_rules_find_it(invoice, path, text, rule):
    found = rules(changed(facturx.invoice_xml(invoice), path, text), "BR-FR")
    assert any(rule in name for name in found), found


@pytest.mark.parametrize("code", ["PMT", "PMD", "AAB"])
def test_the_french_rules_miss_a_note(invoice, code):
    found = rules(without_note(facturx.invoice_xml(invoice), code), "BR-FR")
    assert any("BR-FR-05" in name for name in found), found


def test_a_credit_note_that_names_no_invoice_is_found():
    found = rules(changed(facturx.invoice_xml(credit_note()), "ram:InvoiceReferencedDocument"), "BR-FR")
    assert any("BR-FR-CO-05" in name for name in found), found


def test_one_call_asks_all_three(invoice):
    file = changed(facturx.invoice_xml(invoice), "ram:GrandTotalAmount", "1.00")
    assert findings(file) and findings(without_note(file, "PMT")) != findings(file)


@pytest.mark.verapdf
def test_verapdf_finds_a_pdf_that_is_no_archive_and_metadata_that_explain_nothing(
    invoice, tmp_path, monkeypatch
):
    """Without their extension schema the properties of Factur-X are refused: so veraPDF did read them."""
    good = documents.invoice_pdf(invoice)
    plain = documents._laid_out(documents.invoice_html(invoice)).write_pdf()
    whole = embedding._extension()
    rdf = etree.fromstring(whole)
    rdf.remove(rdf[-1])
    monkeypatch.setattr(embedding, "_extension", lambda: etree.tostring(rdf))
    unexplained = documents.invoice_pdf(invoice)
    found = archive_findings(tmp_path, good=good, plain=plain, unexplained=unexplained)
    assert found["good"] == []
    assert "not PDF/A-3b" in found["plain"]
    assert any("6.6.2.3" in rule for rule in found["unexplained"]), found

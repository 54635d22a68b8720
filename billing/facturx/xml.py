"""The file itself: an invoice's business terms (BT-…, BG-…) by their numbers in EN 16931, written by factur-x."""

import re
from datetime import date
from typing import Any

import facturx
from stdnum import iban

from billing.models import Invoice, Order, VatCategory

from . import amounts, notes, parties

#: What XML 1.0 does not take. Forms refuse it; a row that holds it all the same must not stay without its file.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: UNTDID 1001.
INVOICE, CREDIT_NOTE = "380", "381"
#: Services; services already paid (BT-23).
SERVICES, SERVICES_PAID = "S1", "S2"
#: UNTDID 4461: card, transfer, and a means that we cannot name.
CARD, TRANSFER, UNNAMED = "48", "30", "1"


def invoice_xml(invoice: Invoice) -> bytes:
    """The EN 16931 CII of an invoice or a credit note, valid against the schema of Factur-X.

    Raises an exception of factur-x when it is not: nothing is sent then, and the invoice stays as it is.
    """
    # Its schematrons are run by the tests: here factur-x would ask a server, and call a silence a success.
    return facturx.generate_xml(
        _writable(business_terms(invoice)),
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        check_schematron=False,
    )


def business_terms(invoice: Invoice) -> dict[str, Any]:
    """What `factur-x` writes, by the numbers of EN 16931. Reads frozen rows only."""
    lines = list(invoice.lines.all())
    credit = invoice.kind == Invoice.Kind.CREDIT_NOTE
    scope = all(line.vat_category != VatCategory.OUT_OF_SCOPE for line in lines)
    terms: dict[str, Any] = {
        "BT-1": invoice.number,
        "BT-2": invoice.issued_on,
        "BT-3": CREDIT_NOTE if credit else INVOICE,
        "BT-5": "EUR",
        "BT-10": invoice.chorus_service_code,
        "BT-13": invoice.purchase_order_number,
        "BT-14": invoice.order.number,
        "BT-72": _served_on(invoice),
        "BT-23": SERVICES_PAID if invoice.paid_on else SERVICES,
        "BG-1": notes.notes(invoice),
        "BG-4": parties.seller_party(invoice.seller, vat_numbers=scope),
        "BG-7": parties.buyer_party(invoice, vat_numbers=scope),
        "BG-23": amounts.vat_breakdown(lines),
        "BG-25": amounts.line_items(lines),
        **amounts.totals(invoice),
        **_payment(invoice),
    }
    if any(line.vat_category == VatCategory.STANDARD for line in lines):
        # When VAT falls due: for services on payment, unless the seller has opted for the invoice's date.
        terms["BT-8"] = "invoice" if invoice.seller.get("vat_on_debits") else "payment"
    if credit and invoice.refers_to:
        terms["BG-3"] = [{"BT-25": invoice.refers_to.number, "BT-26": invoice.refers_to.issued_on}]
    return {key: value for key, value in terms.items() if value}


def _served_on(invoice: Invoice) -> date:
    """The day of the service: what is sold is delivered as its invoice is issued, however long its money was there."""
    return (invoice.refers_to or invoice).issued_on


def _payment(invoice: Invoice) -> dict[str, Any]:
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        return {"BT-20": "Somme à déduire de la facture, ou remboursée si elle est déjà payée."}
    if invoice.paid_on:
        # Already paid: the day it fell due is the day it was paid (BR-FR-CO-09).
        terms = {"BT-9": invoice.paid_on, "BT-20": f"Payée le {invoice.paid_on:%d/%m/%Y}."}
    else:
        days = (invoice.due_on - invoice.issued_on).days
        text = f"Paiement à {days} jours, au plus tard le {invoice.due_on:%d/%m/%Y}."
        terms = {"BT-9": invoice.due_on, "BT-20": text}
    return terms | {"BT-83": invoice.number} | _means(invoice)


def _means(invoice: Invoice) -> dict[str, str]:
    if invoice.payment_method == Order.Method.CARD:
        return {"BT-81": CARD, "BT-82": "Carte bancaire"}
    account = iban.compact(invoice.seller.get("iban", ""))
    if not iban.is_valid(account):
        # A transfer without an account would break BR-61.
        return {"BT-81": UNNAMED}
    return {
        "BT-81": TRANSFER,
        "BT-82": "Virement",
        "BT-84": account,
        "BT-85": invoice.seller["name"],
        "BT-86": invoice.seller.get("bic", "").replace(" ", ""),
    }


def _writable(term: Any) -> Any:
    """A term and all that is in it, a blank in place of each sign that XML does not take."""
    if isinstance(term, str):
        return _NO_XML.sub(" ", term)
    if isinstance(term, dict):
        return {key: _writable(value) for key, value in term.items()}
    return [_writable(value) for value in term] if isinstance(term, list) else term

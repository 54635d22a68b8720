"""The notes of a French invoice (BG-1), each exactly once: recovery fee, late penalties, discount, treatment."""

from billing.models import BuyerIdentity, Invoice

Kind = BuyerIdentity.BuyerKind

#: How the administration treats the invoice, by what the buyer is (BR-FR-20). Somebody who is no taxable person takes
#: no part in e-invoicing: the sale is reported as one to a consumer (CGI art. 290).
TREATMENTS = {Kind.TAXABLE: "B2B", Kind.PUBLIC: "B2B", Kind.NOT_TAXABLE: "B2C", Kind.FOREIGN: "B2BINT"}

#: Where the frozen seller says each, by its code (UNTDID 4451).
MENTIONS = {"PMT": "recovery_fee", "PMD": "late_penalty", "AAB": "discount_terms"}


def mentions(invoice: Invoice) -> dict[str, str]:
    """The three commercial mentions by their code, as printed. Public customers have a late penalty of their own."""
    found = {code: invoice.seller[key] for code, key in MENTIONS.items()}
    if invoice.buyer_kind == Kind.PUBLIC:
        found["PMD"] = invoice.seller["late_penalty_public"]
    return found


def treatment(invoice: Invoice) -> str:
    """The BAR note. A taxable French buyer whose SIREN we lack cannot be reached by e-invoicing (BR-FR-11)."""
    found = TREATMENTS[Kind(invoice.buyer_kind)]
    return "OUTOFSCOPE" if found == "B2B" and not invoice.buyer_siren else found


def notes(invoice: Invoice) -> list[dict[str, str]]:
    """BG-1."""
    by_code = {**mentions(invoice), "BAR": treatment(invoice)}
    return [{"BT-21": code, "BT-22": text} for code, text in by_code.items()]

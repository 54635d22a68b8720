"""Seller and buyer (BG-4, BG-7): names, identifiers, addresses, and where an electronic invoice reaches them."""

from typing import Any

from billing.models import BuyerIdentity, Invoice

#: Schemes of ISO 6523 and the EAS list: SIREN, SIRET, French electronic address, e-mail.
SIREN, SIRET, FRENCH_ADDRESS, EMAIL = "0002", "0009", "0225", "EM"
#: A French electronic address is one of the national directory, which lists taxable persons and public bodies.
IN_THE_DIRECTORY = {BuyerIdentity.BuyerKind.TAXABLE, BuyerIdentity.BuyerKind.PUBLIC}


def seller_party(seller: dict[str, Any], *, vat_numbers: bool = True) -> dict[str, Any]:
    """BG-4 from an invoice's frozen seller. Without VAT numbers for a sale outside the scope of VAT (BR-O-02)."""
    siren = seller.get("siren", "")
    contact = {"name": seller["name"], "phone": seller.get("phone"), "email": seller.get("email")}
    return _filled(
        {
            "name": seller["name"],
            "legal_info": " – ".join(filter(None, [legal_form(seller), seller.get("rcs")])),
            "legal_identifier": siren,
            "legal_identifier_schemeid": SIREN,
            "identifiers": {SIRET: seller["siret"]} if seller.get("siret") else None,
            "vat_identifier": seller.get("vat_number") if vat_numbers else None,
            "contacts": [_filled(contact)] if contact["phone"] or contact["email"] else None,
            "einvoicing_addr": siren,
            "einvoicing_addr_schemeid": FRENCH_ADDRESS,
            **_address([seller.get("street", "")], seller.get("postcode", ""), seller.get("city", ""), "FR"),
        }
    )


def buyer_party(invoice: Invoice, *, vat_numbers: bool = True) -> dict[str, Any]:
    """BG-7 from an invoice's frozen buyer. Without VAT numbers for a sale outside the scope of VAT (BR-O-02)."""
    address, scheme = electronic_address(invoice)
    lines = [line for line in (invoice.buyer_street, invoice.buyer_street_2) if line]
    return _filled(
        {
            "name": invoice.buyer_name,
            "legal_identifier": invoice.buyer_siren,
            "legal_identifier_schemeid": SIREN,
            "identifiers": {SIRET: invoice.buyer_siret} if invoice.buyer_siret else None,
            "vat_identifier": invoice.buyer_vat_number if vat_numbers else None,
            "einvoicing_addr": address,
            "einvoicing_addr_schemeid": scheme,
            **_address(lines, invoice.buyer_postcode, invoice.buyer_city, invoice.buyer_country),
        }
    )


def electronic_address(invoice: Invoice) -> tuple[str, str]:
    """Where an electronic invoice reaches the buyer (BT-49) and the scheme of that address.

    The SIREN is the address of whoever is in the national directory (BR-FR-21); the e-mail that of the others.
    """
    listed = invoice.buyer_kind in IN_THE_DIRECTORY
    if invoice.buyer_siren and (listed or not invoice.buyer_email):
        return invoice.buyer_siren, FRENCH_ADDRESS
    return (invoice.buyer_email, EMAIL) if invoice.buyer_email else ("", "")


def legal_form(seller: dict[str, Any]) -> str:
    """ "SAS au capital de 50 000 €", from one field or two."""
    form, capital = seller.get("legal_form", ""), seller.get("capital", "")
    return f"{form} au capital de {capital}" if form and capital else form


def _address(lines: list[str], postcode: str, city: str, country: str) -> dict[str, Any]:
    numbered = {f"addr_l{number}": line for number, line in enumerate(lines[:3], start=1)}
    return {**numbered, "postcode": postcode, "city": city, "country_code": country}


def _filled(party: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: factur-x writes no element for it."""
    return {key: value for key, value in party.items() if value}

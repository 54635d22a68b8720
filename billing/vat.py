"""Where a customer is for VAT, and what its lines bear there: a table by zone that the office edits."""

from dataclasses import dataclass
from decimal import Decimal

from stdnum.eu import vat as eu_vat

from accounts.models import Employer

from .models import BuyerIdentity, Offer, VatCategory, VatRule, Zone

Kind = BuyerIdentity.BuyerKind

#: Monaco is France for VAT.
FRANCE = {"FR", "MC"}
#: Communes of the former Guadeloupe that left it: outside the territory of European VAT.
LEFT_GUADELOUPE = {"97133", "97150"}
NOUGHT = Decimal("0.00")

#: The rules a new site begins with; `load_offers` writes them, the office edits them.
#: CGI art. 296 (8.5 %), 294 (Guyane, Mayotte), 283-2 and 259-1 (services to businesses abroad).
DEFAULTS: dict[Zone, dict] = {
    Zone.METROPOLE: {"rate": None, "category": VatCategory.STANDARD},
    Zone.DROM: {"rate": Decimal("8.50"), "category": VatCategory.STANDARD},
    Zone.DROM_NO_VAT: {
        "rate": NOUGHT,
        "category": VatCategory.EXEMPT,
        "mention": "TVA non applicable, article 294 du CGI.",
    },
    Zone.EU: {
        "rate": NOUGHT,
        "category": VatCategory.REVERSE_CHARGE,
        "mention": "Autoliquidation : TVA due par le preneur (CGI, art. 259-1 ; directive 2006/112/CE, art. 196).",
        "exemption_code": "VATEX-EU-AE",
    },
    Zone.OUTSIDE: {
        "rate": NOUGHT,
        "category": VatCategory.OUT_OF_SCOPE,
        "mention": "TVA non applicable, article 259-1 du CGI.",
        "exemption_code": "VATEX-EU-O",
    },
}


@dataclass(frozen=True)
class LineVat:
    """What a line keeps of its VAT: rate in percent, category, printed mention, VATEX code."""

    vat_rate: Decimal
    vat_category: str
    vat_mention: str = ""
    vat_exemption_code: str = ""


def zone_of(employer: Employer) -> Zone:
    """The customer's zone by its country and its postcode. No query.

    A customer elsewhere in the EU without a VAT number is none that owes the VAT itself: it pays the French one.
    """
    country = str(employer.country)
    if country in FRANCE:
        return _french_zone(employer.postcode)
    if country.lower() in eu_vat.MEMBER_STATES:
        return Zone.EU if employer.vat_number else Zone.METROPOLE
    return Zone.OUTSIDE


def kind_of(employer: Employer) -> Kind:
    """What the customer is for the electronic invoice (domain of the BAR note, BR-FR-20)."""
    if str(employer.country) not in FRANCE:
        return Kind.FOREIGN
    if employer.is_public_body:
        return Kind.PUBLIC
    # Exempt and franchise customers are taxable persons who owe nothing; only the last is none.
    return Kind.NOT_TAXABLE if employer.vat_status == Employer.VatStatus.OUTSIDE else Kind.TAXABLE


def line_vat(offer: Offer, zone: str) -> LineVat:
    """The VAT of an offer sold into a zone. One query; for many lines take `rule_of` once and `apply_rule`."""
    return apply_rule(offer, rule_of(zone))


def rule_of(zone: str) -> VatRule:
    """The zone's rule as the office set it, else the initial one (not saved). One query."""
    return VatRule.objects.filter(zone=zone).first() or VatRule(zone=zone, **DEFAULTS[Zone(zone)])


def apply_rule(offer: Offer, rule: VatRule) -> LineVat:
    """The VAT of an offer under a rule. No query."""
    rate = offer.vat_rate if rule.rate is None else rule.rate
    return LineVat(rate, rule.category, rule.mention, rule.exemption_code)


def load() -> int:
    """Write the initial rules that are not there; those that the office edited stay. Returns how many were written."""
    return sum(
        VatRule.objects.get_or_create(zone=zone, defaults=values)[1] for zone, values in DEFAULTS.items()
    )


def _french_zone(postcode: str) -> Zone:
    prefix = postcode[:3]
    if postcode in LEFT_GUADELOUPE or prefix in {"975", "977", "978"} or postcode.startswith("98"):
        # 980 is Monaco's.
        return Zone.METROPOLE if prefix == "980" else Zone.OUTSIDE
    if prefix in {"971", "972", "974"}:
        return Zone.DROM
    if prefix in {"973", "976"}:
        return Zone.DROM_NO_VAT
    return Zone.METROPOLE

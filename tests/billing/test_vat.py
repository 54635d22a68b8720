"""The VAT of a customer's zone, on a cart, a quote and an order; and how a discount is shared out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Employer
from billing import discounts, pricing, vat
from billing.models import DiscountCode, Offer, VatRule, Zone

ZONES = [
    ("FR", "69003", "", Zone.METROPOLE),
    ("FR", "20200", "", Zone.METROPOLE),
    ("FR", "97200", "", Zone.DROM),
    ("FR", "97410", "", Zone.DROM),
    ("FR", "97300", "", Zone.DROM_NO_VAT),
    ("FR", "97600", "", Zone.DROM_NO_VAT),
    ("FR", "97133", "", Zone.OUTSIDE),
    ("FR", "97150", "", Zone.OUTSIDE),
    ("FR", "97500", "", Zone.OUTSIDE),
    ("FR", "98800", "", Zone.OUTSIDE),
    ("MC", "98000", "", Zone.METROPOLE),
    ("BE", "1000", "BE0428759497", Zone.EU),
    ("BE", "1000", "", Zone.METROPOLE),
    ("GR", "10431", "EL094259216", Zone.EU),
    ("CH", "1201", "", Zone.OUTSIDE),
    ("GB", "SW1A 1AA", "", Zone.OUTSIDE),
]


@pytest.mark.parametrize(("country", "postcode", "number", "zone"), ZONES)
def test_a_zone_follows_from_the_address_and_the_number(country, postcode, number, zone):
    assert vat.zone_of(Employer(country=country, postcode=postcode, vat_number=number)) == zone


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "rate", "category"),
    [("69003", "20.00", "S"), ("97200", "8.50", "S"), ("97300", "0.00", "E")],
)
def test_a_line_bears_the_vat_of_its_zone(ormeaux, postcode, rate, category):
    ormeaux.postcode = postcode
    [line] = pricing.sold_lines(ormeaux, [(Offer(name="1 annonce web", price=Decimal("290.00")), 1)])
    assert (line["vat_rate"], line["vat_category"]) == (Decimal(rate), category)
    assert bool(line["vat_mention"]) == (category != "S")


@pytest.mark.django_db
def test_the_office_changes_the_rate_of_a_zone(ormeaux):
    VatRule.objects.update_or_create(zone=Zone.DROM, defaults={"rate": Decimal("10.00"), "category": "S"})
    ormeaux.postcode = "97400"
    [line] = pricing.sold_lines(ormeaux, [(Offer(name="1 annonce web", price=Decimal("290.00")), 1)])
    assert line["vat_rate"] == Decimal("10.00")
    vat.load()
    assert VatRule.objects.get(zone=Zone.DROM).rate == Decimal("10.00")


prices = st.lists(
    st.tuples(st.decimals(min_value="0.01", max_value="9999.99", places=2), st.integers(1, 99)),
    min_size=1,
    max_size=6,
)


@pytest.mark.django_db
@given(
    items=prices,
    reduction=st.one_of(
        st.builds(dict, percent=st.decimals(min_value="0.01", max_value="100", places=2)),
        st.builds(dict, amount=st.decimals(min_value="0.01", max_value="99999.99", places=2)),
    ),
)
def test_a_discount_never_takes_more_than_a_line_nor_loses_a_cent(items, reduction):
    code = DiscountCode(code="X", label="Remise", **reduction)
    code.pk = 0
    lines = [(Offer(pk=number, price=price), quantity) for number, (price, quantity) in enumerate(items, 1)]
    found = discounts.shares(code, lines)
    assert all(
        0 <= share <= offer.price * quantity for share, (offer, quantity) in zip(found, lines, strict=True)
    )
    if code.amount is not None:
        whole = sum(offer.price * quantity for offer, quantity in lines)
        assert sum(found) == min(code.amount, whole)

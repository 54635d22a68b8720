"""The catalogue that the site starts with, and what the office makes of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from billing.models import Offer, PrintFormat
from reference.dates import paris_day

pytestmark = pytest.mark.django_db


def test_it_sells_what_the_guide_names():
    web = Offer.objects.filter(kind=Offer.Kind.WEB)
    assert list(web.values_list("quantity", flat=True)) == [1, 3, 5, 10]
    prices = [offer.unit_price for offer in web]
    assert prices == sorted(prices, reverse=True), "the larger the pack, the cheaper the ad"
    printed = Offer.objects.filter(kind=Offer.Kind.WEB_PRINT)
    assert set(printed.values_list("print_format", flat=True)) == set(PrintFormat.values)
    tiers = Offer.objects.filter(kind=Offer.Kind.COMPANY_PAGE)
    assert list(tiers.values_list("tier", flat=True)) == Offer.Tier.values
    assert tiers.get(tier=Offer.Tier.STANDARD).price == 0
    library = Offer.objects.filter(kind=Offer.Kind.CV_ACCESS)
    assert list(library.values_list("months", flat=True)) == [3, 6, 9, 12]
    assert set(Offer.objects.filter(kind__in=Offer.CREDIT_KINDS).values_list("months", "ad_months")) == {
        (12, 2)
    }
    for offer in Offer.objects.all():
        offer.full_clean()


def test_loading_it_again_leaves_what_the_office_changed(capsys):
    count = Offer.objects.count()
    Offer.objects.filter(code="web-1").update(price=Decimal("333.00"), is_active=False)
    Offer.objects.filter(code="web-10").delete()
    call_command("load_offers")
    assert "1 offers added" in capsys.readouterr().out
    assert Offer.objects.count() == count
    changed = Offer.objects.get(code="web-1")
    assert (changed.price, changed.is_active) == (Decimal("333.00"), False)


@pytest.mark.parametrize(
    ("from_days", "until_days", "sold"),
    [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False)],
)
def test_an_offer_is_sold_between_its_dates_the_last_day_included(from_days, until_days, sold):
    today = paris_day()
    offer = Offer.objects.get(code="web-1")
    offer.sold_from = None if from_days is None else today + timedelta(days=from_days)
    offer.sold_until = None if until_days is None else today + timedelta(days=until_days)
    offer.save()
    assert (offer in Offer.objects.on_sale(today)) is sold


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "web_print", "print_format": ""},
        {"print_format": "1-4"},
        {"kind": "company_page", "tier": ""},
        {"tier": "marque"},
        {"price": Decimal("-1.00")},
    ],
)
def test_an_offer_that_makes_no_sense_is_refused(changes):
    offer = Offer.objects.get(code="web-1")
    for name, value in changes.items():
        setattr(offer, name, value)
    with pytest.raises(ValidationError):
        offer.full_clean()

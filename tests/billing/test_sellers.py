"""What quotes and invoices say of the seller: the office's settings, else the environment, and the law's mentions."""

from datetime import date
from decimal import Decimal

import pytest

from billing import sellers
from billing.models import PenaltyRate, SellerSettings

pytestmark = pytest.mark.django_db


def penalties(day: date) -> tuple[str, str]:
    seller = sellers.seller(day)
    return tuple(
        " ".join(seller[name].split()) for name in ("late_penalty", "late_penalty_public")
    )  # plain spaces


def test_what_the_office_set_takes_the_place_of_the_environment(settings):
    SellerSettings.objects.update_or_create(
        pk=SellerSettings.load().pk, defaults={"name": "Éditions du Pont", "city": "Nantes"}
    )
    seller = sellers.seller()
    assert seller["name"] == "Éditions du Pont"
    assert seller["vat_number"] == settings.SELLER["vat_number"]
    assert seller["address"] == "1 rue de la Gare\n59000 Nantes"


def test_the_rate_is_that_of_the_half_year_of_the_day():
    for day, rate in ((date(2026, 1, 1), "2.15"), (date(2026, 7, 1), "2.40")):
        PenaltyRate.objects.create(valid_from=day, ecb_rate=Decimal(rate))
    private, public = penalties(date(2026, 6, 30))
    assert "majoré de 10 points, soit 12,15 % l’an" in private
    assert "majoré de 8 points, soit 10,15 % l’an" in public
    private, public = penalties(date(2026, 7, 1))
    assert "soit 12,40 % l’an" in private and "soit 10,40 % l’an" in public


def test_a_rate_that_nobody_renewed_is_not_printed_any_more():
    PenaltyRate.objects.create(valid_from=date(2026, 7, 1), ecb_rate=Decimal("2.40"))
    private, public = penalties(date(2027, 1, 1))
    assert private.endswith("majoré de 10 points.") and public.endswith("majoré de 8 points.")


def test_the_mentions_of_the_law_cannot_be_emptied():
    SellerSettings.objects.update_or_create(
        pk=SellerSettings.load().pk, defaults={"recovery_fee": "", "discount_terms": ""}
    )
    seller = sellers.seller()
    assert "40" in seller["recovery_fee"] and "néant" in seller["discount_terms"]

import uuid
from decimal import Decimal

import factory
from django.utils import timezone

from billing import credits
from billing.models import CreditLot, Offer, Order

from .accounts import EmployerFactory


class OfferFactory(factory.django.DjangoModelFactory):
    """A pack of three web ads unless told otherwise."""

    class Meta:
        model = Offer

    code = factory.Sequence(lambda n: f"offre-{n}")
    kind = Offer.Kind.WEB
    name = "Trois annonces web"
    price = Decimal("900.00")
    quantity = 3


class CreditLotFactory(factory.Factory):
    """Credits granted to an employer through the ledger: `quantity` of `kind`."""

    class Meta:
        model = CreditLot

    kind = Offer.Kind.WEB
    quantity = 1
    print_format = ""

    @classmethod
    def _create(cls, model_class, *args, employer=None, quantity, kind, print_format, **kwargs):
        return credits.grant(
            employer or EmployerFactory(),
            kind,
            quantity,
            print_format=print_format,
            reference=f"test:{uuid.uuid4()}",
            reason="Essai",
            **kwargs,
        )


class OrderFactory(factory.django.DjangoModelFactory):
    """A bare order row, for tests of lists and permissions; the services make real ones."""

    class Meta:
        model = Order

    number = factory.Sequence(lambda n: f"T2026-{n:06d}")
    employer = factory.SubFactory(EmployerFactory)
    key = factory.LazyFunction(uuid.uuid4)
    state = Order.State.AWAITING_TRANSFER
    method = Order.Method.TRANSFER
    placed_at = factory.LazyFunction(timezone.now)
    buyer_name = factory.SelfAttribute("employer.legal_name")
    buyer_address = "12 rue des Tilleuls\n69100 Villeurbanne"
    total_excl_vat = Decimal("900.00")
    total_vat = Decimal("180.00")
    total_incl_vat = Decimal("1080.00")

"""What the tests of the shop's screens share."""

from django.contrib.messages import get_messages
from django.urls import reverse

from billing import carts, checkout
from billing.models import Offer, Order

OFFERS, CART, ADD = "/offres/", "/panier/", "/panier/ajouter/"
INFORMATION, DELIVERY, REVIEW = "/commande/informations/", "/commande/expedition/", "/commande/verification/"
ORDERS = "/espace-recruteur/commandes/"


def offer(code: str) -> Offer:
    return Offer.objects.get(code=code)


def text(answer) -> str:
    return answer.content.decode()


def said(answer) -> str:
    """The messages that the person will read, in one text."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def fill(employer, *codes: str) -> None:
    for code in codes:
        carts.add(employer, offer(code))


def order_of(employer, user, method=Order.Method.CARD, codes=("web-3",)) -> Order:
    """An order by the services, for screens that show one."""
    fill(employer, *codes)
    return checkout.confirm(employer, carts.cart_of(employer).key, method, user)


def contents(employer) -> list[tuple[str, int]]:
    return [(line.offer.code, line.quantity) for line in carts.cart_of(employer).lines.all()]


def url(name: str, *args) -> str:
    return reverse(f"billing:{name}", args=args)

"""What billing keeps about a person, and what hinders the end of an account: money still there."""

from __future__ import annotations

from django.dispatch import receiver

from accounts.exports import Archive
from accounts.models import Employer, User
from accounts.signals import closing_asked, data_exported

from . import credits
from .models import CreditMovement, Order, OrderMove, Quote


@receiver(data_exported, dispatch_uid="billing.data_exported")
def export(user: User, archive: Archive, **kwargs) -> None:
    """Orders and quotes that the person asked for, what it did with credits; invoices are the organisation's."""
    archive.add(
        "commandes",
        Order.objects.filter(placed_by=user).values("number", "placed_at", "buyer_email", "state"),
    )
    archive.add("devis", Quote.objects.filter(requested_by=user).values("number", "issued_at"))
    archive.add(
        "suivi_des_commandes",
        OrderMove.objects.filter(by=user).values("order__number", "from_state", "to_state", "note", "at"),
    )
    archive.add(
        "credits_utilises",
        CreditMovement.objects.filter(by=user).values("kind", "quantity", "label", "at"),
    )


@receiver(closing_asked, dispatch_uid="billing.closing_asked")
def hindrances(employers: list[Employer], **kwargs) -> list[str]:
    """A sentence for each employer that would be left with credits that nobody can use."""
    found = []
    for employer in employers:
        left = sum(balance.quantity for balance in credits.balances(employer))
        if left:
            noun = "un crédit d’annonce" if left == 1 else f"{left} crédits d’annonces"
            found.append(
                f"{employer} a encore {noun}, et vous en êtes le seul administrateur : utilisez-les, "
                "ou nommez un autre administrateur."
            )
    return found

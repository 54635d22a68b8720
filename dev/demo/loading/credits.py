"""Credits outside the orders: granted, corrected, given back, expired. Each has its reason in the statement."""

from __future__ import annotations

from datetime import timedelta

from billing import credits
from billing.models import CreditMovement, Offer

from .scene import Scene

WEB = Offer.Kind.WEB
#: Three months ago and some: what was granted then for three months has just ended.
OVER = 100
#: The same to a few days: its end is near, and the recruiter is warned.
ALMOST_OVER = 86


def move_credits(scene: Scene) -> None:
    """Every kind of movement in the statement of the recruiter who logs in."""
    employer, sales = scene.customers["les-ormeaux"].row, scene.office["ventes"]
    trial = credits.grant(
        employer,
        WEB,
        1,
        reference="demo:essai",
        reason="Une annonce offerte pour essayer ASH Job",
        months=3,
        by=sales,
        at=scene.ago(OVER),
    )
    credits.grant(
        employer,
        Offer.Kind.WEB_PRINT,
        1,
        print_format="1-8",
        reference="demo:salon",
        reason="Offert sur notre stand au salon du travail social",
        months=3,
        by=sales,
        at=scene.ago(ALMOST_OVER),
    )
    gesture = credits.grant(
        employer,
        WEB,
        2,
        reference="demo:geste",
        reason="Geste commercial, après une parution retardée",
        by=sales,
        at=scene.ago(50),
    )
    credits.correct(
        gesture,
        -1,
        reference="demo:correction",
        reason="Un seul crédit était convenu",
        by=sales,
        at=scene.ago(49),
    )
    credits.expire(min(trial.expires_at + timedelta(hours=3), scene.now))
    first = CreditMovement.objects.filter(lot__employer=employer, kind=CreditMovement.Kind.SPENDING)
    credits.give_back(
        first.earliest("at").reference,
        label="L’annonce a paru avec une adresse erronée, de notre fait",
        by=sales,
        at=scene.ago(3),
    )

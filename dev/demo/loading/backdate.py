"""Moves the dates with which rows stamp themselves into the past of the demonstration."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model
from wagtail.models import Page, Revision

from billing.models import Order


def backdate(row: Model, **moments: datetime) -> None:
    """Set date columns of one row by an update: no `save()`, so that nothing else follows from it."""
    type(row)._default_manager.filter(pk=row.pk).update(**moments)
    for name, moment in moments.items():
        setattr(row, name, moment)


def backdate_page(page: Page, at: datetime, published: bool = True) -> None:
    """A page and its revisions as if written, and published, at a moment."""
    dates = {"latest_revision_created_at": at}
    if published:
        dates |= {"first_published_at": at, "last_published_at": at}
    Page.objects.filter(pk=page.pk).update(**dates)
    Revision.objects.for_instance(page).update(created_at=at)


def stamp(order: Order, at: datetime) -> None:
    """Moves of an order are logged when they are made: the newest one was made at this moment."""
    if newest := order.moves.order_by("-pk").first():
        backdate(newest, at=at)

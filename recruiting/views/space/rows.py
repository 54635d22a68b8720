"""An ad as its employer sees it: state in words, last day, figures, where to read and where to write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from billing import credits
from pages import ads
from pages.models import AdDay, JobAd
from recruiting.models import Application
from reference.dates import paris_day

State = ads.State

#: Kind of badge of each state: green means that the public sees the ad now.
BADGES = {
    State.LIVE: "live",
    State.ENDING: "end",
    State.REVIEW: "wait",
    State.RETURNED: "end",
    State.SCHEDULED: "wait",
    State.DRAFT: "draft",
    State.OFFLINE: "neutral",
    State.ENDED: "neutral",
    State.FILLED: "neutral",
}


@dataclass(frozen=True)
class AdRow:
    """What the templates of the space read of an ad. Made by `row`."""

    pk: int
    title: str
    place: str
    offer: str
    offer_key: str
    author: str
    state: State
    state_label: str
    badge: str
    starts_on: date | None
    last_day: date | None
    ends_at: datetime | None
    runs: bool
    views: int
    applications: int
    unanswered: int
    has_changes: bool
    public_url: str
    edit_url: str
    preview_url: str

    @property
    def is_public(self) -> bool:
        """Whether a visitor sees the ad now."""
        return bool(self.public_url)

    @property
    def is_online(self) -> bool:
        return self.state in (State.LIVE, State.ENDING)

    @property
    def has_run(self) -> bool:
        """Whether it was ever published: then it has figures."""
        return self.last_day is not None

    @property
    def may_unpublish(self) -> bool:
        return self.is_online or self.state == State.SCHEDULED

    @property
    def may_renew(self) -> bool:
        """Whether another credit prolongs it or brings it back."""
        return self.is_online or self.state == State.ENDED

    @property
    def renews_next(self) -> bool:
        """Whether renewing is what one comes for: it ends soon, or is over."""
        return self.state in (State.ENDING, State.ENDED)

    @property
    def may_come_back(self) -> bool:
        """Taken offline while what was paid for still runs."""
        return self.state == State.OFFLINE

    @property
    def may_be_deleted(self) -> bool:
        """Never published: a draft, also one on the schedule or sent back by a reviewer."""
        return not self.has_run and self.state != State.REVIEW


def with_figures(ads_queryset):
    """Annotates `views`, `applications_count` and `unanswered_count`, in the query of the list."""
    views = (
        AdDay.objects.filter(ad=models.OuterRef("pk")).order_by().values("ad").annotate(n=models.Sum("views"))
    )
    received = Application.objects.filter(ad=models.OuterRef("pk")).order_by()
    return ads_queryset.annotate(
        views=_count(views.values("n")),
        applications_count=_count(received.values("ad").annotate(n=models.Count("pk")).values("n")),
        unanswered_count=_count(
            received.unanswered().values("ad").annotate(n=models.Count("pk")).values("n")
        ),
    )


def _count(counts):
    return Coalesce(models.Subquery(counts, output_field=models.IntegerField()), 0)


def row(ad: JobAd, request: HttpRequest, company_is_live: bool) -> AdRow:
    """The row of an ad that carries the annotations of `pages.ads.with_state` and `with_figures`. No query.

    The place is the row's own, as the filters have it: of an ad online, the one the public finds it at. What its
    author changed since and did not publish is said by a mark, not mixed in.
    """
    state = State(ad.state)
    last_day = paris_day(ad.placement_ends_at - timedelta(microseconds=1)) if ad.placement_ends_at else None
    online = state in (State.LIVE, State.ENDING) and company_is_live
    return AdRow(
        pk=ad.pk,
        title=ad.draft_title or ad.title,
        place=ad.place,
        offer=credits.describe(ad.offer_kind, ad.print_format).removeprefix("annonce "),
        offer_key=credits.key_of(ad.offer_kind, ad.print_format),
        author=str(ad.owner) if ad.owner else "",
        state=state,
        state_label=state_words(state, last_day),
        badge=BADGES[state],
        starts_on=paris_day(ad.goes_live_at) if ad.goes_live_at else None,
        last_day=last_day,
        ends_at=ad.placement_ends_at,
        runs=ad.running_until is not None,
        views=ad.views,
        applications=ad.applications_count,
        unanswered=ad.unanswered_count,
        has_changes=ad.live and ad.has_unpublished_changes,
        public_url=ad.get_url(request) if online else "",
        edit_url=reverse("wagtailadmin_pages:edit", args=[ad.pk]),
        preview_url=reverse("wagtailadmin_pages:view_draft", args=[ad.pk]),
    )


def state_words(state: State, last_day: date | None) -> str:
    """The badge of a state: "En ligne", "Finit dans 6 jours"…"""
    if state != State.ENDING or last_day is None:
        return str(state.label)
    left = (last_day - paris_day()).days
    if left <= 0:
        return "Finit aujourd’hui"
    return "Finit demain" if left == 1 else f"Finit dans {left}\u00a0jours"

"""Ads and their lives: planned first, so that enough credits are ordered; then written, published, taken offline."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from billing.models import Offer
from dev.demo.compose import AdDraft, compose_ads
from dev.demo.content import EMPLOYERS
from pages import ads, placements
from pages.models import JobAd
from reference.dates import months_later
from reference.models import (
    CollectiveAgreement,
    Commune,
    ContractType,
    Diploma,
    Profession,
    Public,
    StructureType,
)

from .backdate import backdate_page
from .scene import PlannedAd, Scene, html

State = ads.State
#: Of a hundred ads, how many are in each state; what is left over is live.
SHARES = {
    State.ENDING: 8,
    State.ENDED: 14,
    State.SCHEDULED: 4,
    State.DRAFT: 8,
    State.OFFLINE: 4,
    State.FILLED: 2,
}
#: The newest web + print ads: old ones would have been in an issue that is out. Formats by turns.
PRINT_FORMATS = ("1-8", "1-4", "1-8", "1-2", "1-4", "1-8", "1-1", "1-4")
PRINT_SHARE = 8
#: What the employer of the demonstration has to show in its own list.
OF_ORMEAUX = (
    State.LIVE, State.LIVE, State.ENDING, State.LIVE, State.DRAFT, State.ENDED, State.LIVE, State.OFFLINE,
    State.SCHEDULED,
    State.LIVE, State.FILLED, State.REVIEW, State.ENDED, State.RETURNED,
)  # fmt: skip

#: Those that the public never saw. What becomes of the last two: `drafts.send_to_review`.
UNPUBLISHED = (State.DRAFT, State.SCHEDULED, State.REVIEW, State.RETURNED)


def plan_ads(scene: Scene) -> None:
    """Decide of each ad which life it has had. Nothing is written yet."""
    drafts = compose_ads(scene.cities(), scene.scale.ads, EMPLOYERS[: scene.scale.employers])
    states = _states(scene, len(drafts))
    ormeaux = iter(OF_ORMEAUX)
    for draft, state in zip(drafts, states, strict=True):
        if draft.employer.key == "les-ormeaux":
            state = next(ormeaux, State.LIVE)
        scene.ads.append(PlannedAd(draft, state, _opened(scene, state), Offer.Kind.WEB))
    _choose_print(scene)


def _states(scene: Scene, count: int) -> list[str]:
    states: list[str] = []
    for state, share in SHARES.items():
        states += [state] * max(1, round(count * share / 100))
    states += [State.LIVE] * (count - len(states))
    scene.rng.shuffle(states)
    return states


def _opened(scene: Scene, state: str) -> int | None:
    """How many days ago the ad opened, or None if it never did."""
    rng = scene.rng
    if state in UNPUBLISHED:
        return None
    if state == State.ENDED:
        return rng.randint(66, 150)
    if state == State.ENDING:
        # The day that lies two months before one of the coming days; months differ in length.
        last = scene.today + timedelta(days=rng.randint(0, 5))
        return next(
            days for days in range(50, 70) if months_later(scene.today - timedelta(days=days), 2) <= last
        )
    # Newest ads are many: the list is read from the top.
    return min(rng.randint(0, 50), rng.randint(1, 50))


def _choose_print(scene: Scene) -> None:
    """The newest live ads with the print option, Les Ormeaux's newest first: it shows step 5 and the insert."""
    fresh = [ad for ad in scene.ads if ad.state == State.LIVE and (ad.opened_days_ago or 0) <= 9]
    fresh.sort(key=lambda ad: (ad.draft.employer.key != "les-ormeaux", ad.opened_days_ago))
    for number, ad in enumerate(fresh[: max(3, len(scene.ads) * PRINT_SHARE // 100)]):
        ad.kind, ad.print_format = Offer.Kind.WEB_PRINT, PRINT_FORMATS[number % len(PRINT_FORMATS)]
        if number == 1:
            # Its text is still to come: the desk has to ask for it.
            ad.draft.insert = ""


def write_ads(scene: Scene) -> None:
    """Write each ad by the project's services, oldest first, so that numbers grow with time."""
    for planned in sorted(scene.ads, key=lambda ad: -(ad.opened_days_ago or 0)):
        with transaction.atomic():
            _write(scene, planned)


def _write(scene: Scene, planned: PlannedAd) -> None:
    customer = scene.customers[planned.draft.employer.key]
    ad = ads.create_draft(customer.row, customer.recruiter, planned.kind, planned.print_format)
    _fill(scene, ad, planned.draft)
    planned.row = ad
    if planned.state in (State.DRAFT, State.REVIEW, State.RETURNED):
        ad.save_revision(user=customer.recruiter)
        backdate_page(ad, scene.ago(scene.rng.randint(0, 20)), published=False)
        return
    if planned.state == State.SCHEDULED:
        ad.go_live_at = _morning(scene, scene.rng.randint(3, 25))
        ad.save_revision(user=customer.recruiter).publish(user=customer.recruiter)
        backdate_page(ad, scene.ago(2), published=False)
        return
    _publish(scene, planned, ad, customer.recruiter)


def _publish(scene: Scene, planned: PlannedAd, ad: JobAd, user) -> None:
    """Open the placement at its moment in the past, then publish: an ad that holds a placement goes live for nothing.

    An ad that has ended is not published any more: its row keeps what it said.
    """
    opened = scene.ago(planned.opened_days_ago or 0)
    placements.hold(ad, placements.state_before(ad), by=user, at=opened)
    revision = ad.save_revision(user=user)
    if planned.state == State.ENDED:
        ad.save(user=user)
    else:
        revision.publish(user=user)
    backdate_page(ad, opened)
    ad.refresh_from_db()
    if planned.state == State.OFFLINE:
        ads.unpublish(ad, user)
    if planned.state == State.FILLED:
        ads.mark_filled(ad, user, at=scene.ago(max(0, (planned.opened_days_ago or 0) // 3)))


def _morning(scene: Scene, days: int) -> datetime:
    day = scene.today + timedelta(days=days)
    return datetime.combine(day, time(8), tzinfo=timezone.get_default_timezone())


def _fill(scene: Scene, ad: JobAd, draft: AdDraft) -> None:
    ad.title = ad.draft_title = draft.title
    ad.slug = f"{slugify(draft.title)}-{ad.pk}"
    ad.profession = scene.term(Profession, draft.profession.code)
    ad.structure_type = scene.term(StructureType, draft.house.structure)
    ad.commune = Commune.objects.get(insee=draft.insee)
    ad.remote = draft.remote
    ad.lede = draft.lede
    ad.missions = html(draft.context, draft.missions)
    ad.profile = html(draft.profile)
    ad.experience = draft.experience
    ad.driving_licence = draft.driving_licence
    ad.contract_type = scene.term(ContractType, draft.contract)
    ad.contract_length = draft.contract_length
    ad.working_time = draft.working_time
    ad.hours = draft.hours
    ad.starts_on = scene.today + timedelta(days=draft.starts_in_days) if draft.starts_in_days else None
    ad.agreement = scene.term(CollectiveAgreement, draft.employer.agreement)
    ad.pay_min, ad.pay_max = (Decimal(amount) for amount in draft.pay)
    ad.pay_period = draft.pay_period
    ad.benefits = html(draft.benefits, draft.closing)
    if draft.apply_by_link:
        ad.apply_mode = JobAd.Apply.LINK
        ad.apply_url = f"https://recrutement.{draft.employer.domain}/offres/{draft.profession.key}"
    ad.print_text = draft.insert
    ad.publics = [scene.term(Public, code) for code in draft.publics]
    ad.diplomas = [scene.term(Diploma, code) for code in draft.diplomas]

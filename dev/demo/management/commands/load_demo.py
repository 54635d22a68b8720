"""`manage.py load_demo`: the demonstration, made through the project's own services. A second run does nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from dev.demo.content import accounts
from dev.demo.loading import (
    ads,
    applications,
    candidates,
    codes,
    credits,
    drafts,
    employers,
    finish,
    foundations,
    magazine,
    orders,
    people,
    statistics,
    team,
)
from dev.demo.loading.scene import SCALES, Scene

#: In this order: each stage stands on those before it.
STAGES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("Communes, professions, pages of the site, offers", foundations.lay),
    ("The publisher's people", people.make_office),
    ("Issues of the magazine", magazine.make_issues),
    ("Employers", employers.make_employers),
    ("The team of Les Ormeaux", team.make_team),
    ("Ads, planned", ads.plan_ads),
    ("Orders, payments, invoices", orders.make_orders),
    ("Discount codes", codes.make_codes),
    ("Company pages", employers.make_pages),
    ("Ads, written and published", ads.write_ads),
    ("Credits granted, corrected, given back", credits.move_credits),
    ("Models of ads", drafts.make_models),
    ("Ads in review", drafts.send_to_review),
    ("Inserts of the magazine", magazine.lay_out),
    ("Candidates and their CVs", candidates.make_candidates),
    ("Applications and conversations", applications.make_applications),
    ("Statistics", statistics.make_statistics),
    ("Search", finish.finish),
)


class Command(BaseCommand):
    """Fills an empty database with the demonstration."""

    help = "Fills an empty database with demonstration data. A second run does nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--scale", choices=sorted(SCALES), default="full", help="how much to make (default: full)"
        )

    def handle(self, *args, scale: str, **options) -> None:
        if User.objects.filter(email=accounts.RECRUITER.email).exists():
            self.stdout.write("The demonstration data is there already.")
            return
        scene = Scene(timezone.now(), SCALES[scale], self.say, make_password(accounts.PASSWORD))
        started = time.monotonic()
        # All or nothing, so that a run cut short leaves nothing half made.
        with transaction.atomic():
            for title, stage in STAGES:
                self._run(scene, title, stage)
        finish.catch_up(scene)
        self.say(f"Done in {time.monotonic() - started:.0f} s.")

    def _run(self, scene: Scene, title: str, stage: Callable[[Scene], None]) -> None:
        before = time.monotonic()
        stage(scene)
        self.say(f"  {title} ({time.monotonic() - before:.1f} s)")

    def say(self, sentence: str) -> None:
        """A line for the terminal, at once."""
        self.stdout.write(sentence)
        self.stdout.flush()

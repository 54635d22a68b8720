"""What stands before any customer: reference lists, pages of the site, offers, issues of the magazine."""

from __future__ import annotations

from datetime import datetime, time

from django.core.management import call_command
from django.utils import timezone

from dev.demo.content.magazine import coming_issues
from pages.magazine.models import MagazineIssue
from pages.setup import setup_site
from reference.loading import load_reference
from reference.models import Commune

from .scene import Scene


def lay(scene: Scene) -> None:
    """The parts that any installation has; what is there already stays as it is."""
    if not Commune.objects.exists():
        load_reference()
    setup_site()
    call_command("load_offers", verbosity=0)


def make_issues(scene: Scene) -> None:
    """The two issues that take inserts now."""
    for issue in coming_issues(scene.today):
        MagazineIssue.objects.get_or_create(
            number=issue.number,
            defaults={
                "title": issue.title,
                "closes_at": datetime.combine(
                    issue.closes_on, time(12), tzinfo=timezone.get_default_timezone()
                ),
                "published_on": issue.published_on,
            },
        )

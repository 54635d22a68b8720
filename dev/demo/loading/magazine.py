"""Issues of the magazine, and how far the desk has come with their inserts."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from dev.demo.content.magazine import coming_issues
from pages.magazine import inserts
from pages.magazine.models import MagazineIssue, PrintInsert

from .scene import Scene


def make_issues(scene: Scene) -> None:
    """The two issues that take inserts now."""
    for issue in coming_issues(scene.today):
        closes_at = datetime.combine(issue.closes_on, time(12), tzinfo=timezone.get_default_timezone())
        MagazineIssue.objects.get_or_create(
            number=issue.number,
            defaults={"title": issue.title, "closes_at": closes_at, "published_on": issue.published_on},
        )


def lay_out(scene: Scene) -> None:
    """Some customers asked for the later issue; the desk has laid out the first inserts of the next one."""
    later = MagazineIssue.objects.order_by("published_on").last()
    desk = scene.office["redaction"]
    ready = PrintInsert.objects.filter(state=PrintInsert.State.READY).order_by("pk")
    for number, insert in enumerate(ready):
        if number % 3 == 0:
            inserts.move(insert, PrintInsert.State.LAID_OUT, desk)
        elif number % 3 == 1:
            insert.issue = later
            insert.save(update_fields=["issue"])
